"""Private scratch directories: locked while they are used, so that what a killed run left can be told and removed."""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from harness.run.errors import AdapterError

__all__ = ["MEMORY", "lock", "made", "refused"]

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - tried, not trusted: the directory made in it is private
"""Where a file system in memory usually is."""

_PREFIX: Final = "import-conformance-"
_HINT: Final = "name another scratch directory, or make room in this one"


def made(bases: Sequence[Path]) -> tuple[Path, int]:
    """A new directory in the first of ``bases`` that takes one, and the descriptor that holds its lock.

    What runs that were killed left there is removed.

    Raises:
        AdapterError: nothing can be written in any of them.
    """
    failed: OSError | None = None
    for base in bases:
        try:
            _sweep(base)
            while True:
                path = Path(os.path.realpath(tempfile.mkdtemp(prefix=_PREFIX, dir=base)))
                locked = lock(path)
                if locked is not None:
                    return path, locked
        except OSError as error:
            failed = failed or error
    raise refused(str(bases[-1]), failed) from failed


def lock(path: Path) -> int | None:
    """A descriptor that holds the lock of a directory, None if another process holds it or the directory is gone."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            return descriptor
    except OSError:
        pass
    os.close(descriptor)
    return None


def refused(where: str, error: Exception | None) -> AdapterError:
    """The error for a file system that did not take what was written to it."""
    if isinstance(error, OSError):
        if error.errno == errno.ENOSPC:
            return AdapterError(f"scratch directory {where}", "no space left", _HINT)
        reason = f"expected a directory that can be written to ({error.strerror})"
        return AdapterError(f"scratch directory {where}", reason, _HINT)
    return AdapterError(f"scratch directory {where}", f"the file system takes no such name ({error})", _HINT)


def _sweep(base: Path) -> None:
    for path in base.glob(f"{_PREFIX}*"):
        locked = lock(path)
        if locked is not None:
            shutil.rmtree(path, ignore_errors=True)
            os.close(locked)
