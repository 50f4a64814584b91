"""Private scratch directories: locked while they are used, so that what a killed run left can be told and removed."""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from harness.run.errors import AdapterError, TreeRefusedError
from harness.run.leftovers import end_marked

__all__ = ["MEMORY", "lock", "made", "tree_refused"]

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - tried, not trusted: the directory made in it is private
"""Where a file system in memory usually is."""

_PREFIX: Final = "import-conformance-"
_WORDS: Final = {errno.ENOSPC: "no space left", errno.EDQUOT: "no space left", errno.EMFILE: "too many open files"}
_NAMES: Final = frozenset({errno.EEXIST, errno.EILSEQ, errno.EINVAL, errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR})
_ROOM: Final = 8 << 20
"""So many bytes are to be free where there is another place."""
_HINT: Final = "name another scratch directory, or make room in this one"


def made(bases: Sequence[Path]) -> tuple[Path, int]:
    """A new directory in the first of ``bases`` that takes one, and the descriptor that holds its lock.

    What runs that were killed left there is removed. One that is full then is passed over, but for the last.

    Raises:
        AdapterError: nothing can be written in any of them.
    """
    failed: OSError | None = None
    for base in bases:
        try:
            place = _usable(base)
            _sweep(place)
            if base != bases[-1] and shutil.disk_usage(place).free < _ROOM:
                continue
            while True:
                path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
                locked = lock(path)
                if locked is not None:
                    return path, locked
        except OSError as error:
            failed = error
    raise refused(str(bases[-1]), failed) from failed


def _usable(base: Path) -> Path:
    """The directory, links resolved, if subjects can be told paths in it: one after the other, in UTF-8."""
    place = os.path.realpath(base)
    if os.pathsep in place or place != place.encode("utf-8", "ignore").decode():
        raise OSError(errno.EINVAL, f"search paths cannot name what lies in it: '{os.pathsep}', or no UTF-8")
    return Path(place)


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


def refused(place: str, error: OSError | None) -> AdapterError:
    """The error for a directory that cannot be written to."""
    number = 0 if error is None else error.errno or 0
    told = error.strerror if error else "no reason given"
    reason = _WORDS.get(number) or f"expected a directory that can be written to ({told})"
    named = place.encode("utf-8", "backslashreplace").decode()
    return AdapterError(f"scratch directory {named}".rstrip(), reason, _HINT)


def tree_refused(error: Exception) -> AdapterError:
    """The error for a tree that could not be written: the file system does not take it, or there is no room."""
    if isinstance(error, OSError) and error.errno not in _NAMES:
        return refused("", error)
    told = error.strerror if isinstance(error, OSError) else error
    return TreeRefusedError("tree", f"the file system does not take it ({told})", _HINT)


def _sweep(base: Path) -> None:
    for path in base.glob(f"{_PREFIX}*"):
        locked = lock(path)
        if locked is not None:
            end_marked(path)
            shutil.rmtree(path, ignore_errors=True)
            os.close(locked)
