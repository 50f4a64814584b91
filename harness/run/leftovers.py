"""Processes of subjects that left their session: found by the mark that their environment carries, and ended."""

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from harness.run.patience import processes
from harness.run.surroundings import SCRATCH

__all__ = ["end_marked"]

_ROUNDS: Final = 100


def end_marked(scratch: Path) -> None:
    """End every process that belongs to ``scratch`` and what those start meanwhile, where the system lists them."""
    for _ in range(_ROUNDS):
        found = list(_marked(scratch))
        for process in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
        if not found:
            return


def _marked(scratch: Path) -> Iterator[int]:
    """The processes that carry the mark, but those that are dead and this one."""
    mark = f"{SCRATCH}={scratch}".encode()
    for process in processes():
        if process != os.getpid():
            with contextlib.suppress(OSError):
                if mark in Path(f"/proc/{process}/environ").read_bytes().split(b"\0"):
                    yield process
