"""One process of a subject: started in a session of its own, ended by a deadline at the latest, never left behind."""

import contextlib
import os
import resource
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Final

import msgspec

from harness.run.errors import AdapterError
from harness.run.limits import Limits

__all__ = ["Ended", "Task", "end_group", "ends", "execute", "signal_group", "start"]

_LARGEST_FILE: Final = 256 << 20
_TAIL: Final = 2000
_HINT: Final = "name a Python interpreter: a path, a command or a version"


class Task(msgspec.Struct, frozen=True):
    """What to start, where, with which environment."""

    command: tuple[str, ...]
    directory: str
    environment: Mapping[str, str]


class Ended(msgspec.Struct, frozen=True):
    """How a process ended: ``status`` is an exit status, or a signal as a negative number.

    ``late`` tells that it had to be ended; ``stdout`` and ``stderr`` are the ends of what it wrote.
    """

    status: int
    late: bool
    stdout: bytes = b""
    stderr: bytes = b""


def start(
    task: Task, *, stdout: IO[bytes], stderr: IO[bytes], descriptors: Sequence[int] = ()
) -> "subprocess.Popen[bytes]":
    """Start a process that leads a session of its own.

    Raises:
        AdapterError: there is no such command, or it is no program.
    """
    try:
        process = subprocess.Popen(
            task.command,
            cwd=task.directory,
            env=dict(task.environment),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            pass_fds=descriptors,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise AdapterError(task.command[0], f"cannot be started ({reason})", _HINT) from error
    if hasattr(resource, "prlimit"):
        with contextlib.suppress(OSError):
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    return process


def execute(task: Task, *, seconds: float, limits: Limits, scratch: Path) -> Ended:
    """Run a process to its end, or end it after ``seconds``; nothing of its session is left.

    Raises:
        AdapterError: there is no such command, or nothing can be written to ``scratch``.
    """
    try:
        with tempfile.TemporaryFile(dir=scratch) as stdout, tempfile.TemporaryFile(dir=scratch) as stderr:
            process = start(task, stdout=stdout, stderr=stderr)
            late = True
            try:
                late = not ends(process, seconds)
            finally:
                end_group(process, limits.grace if late else 0.0)
            return Ended(process.returncode, late, _tail(stdout), _tail(stderr))
    except OSError as error:
        message = f"cannot be used ({error.strerror})"
        raise AdapterError(str(scratch), message, "name another scratch directory, or make room in this one") from error


def end_group(process: "subprocess.Popen[bytes]", grace: float) -> None:
    """Ask what is left of a process and its session to end, and after ``grace`` seconds make it end."""
    if process.returncode is not None:
        return
    if grace:
        signal_group(process.pid, signal.SIGTERM)
        ends(process, grace)
    signal_group(process.pid, signal.SIGKILL)
    process.wait()


def signal_group(group: int, number: signal.Signals) -> None:
    """Send a signal to every process of a group that may be gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def ends(process: "subprocess.Popen[bytes]", seconds: float) -> bool:
    """Whether the process ends within ``seconds``; it is not reaped, so that its number stays its own."""
    if not hasattr(os, "pidfd_open"):
        return _ends_elsewhere(process, seconds)
    descriptor = os.pidfd_open(process.pid)
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        return bool(poll.poll(max(0.0, seconds) * 1000))
    finally:
        os.close(descriptor)


def _ends_elsewhere(process: "subprocess.Popen[bytes]", seconds: float) -> bool:
    end = time.monotonic() + seconds
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if time.monotonic() > end:
            return False
        time.sleep(0.002)
    return True


def _tail(file: IO[bytes]) -> bytes:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    return file.read(_TAIL)
