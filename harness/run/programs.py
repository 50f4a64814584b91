"""Which files the system executes so that a command runs. Nothing is run to find out."""

import os
import re
import shutil
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

__all__ = ["programs"]

_TEXT: Final = 1 << 18
_MOST: Final = 256
_LONGEST: Final = 4096
_WORD: Final = re.compile(rb"[\w./+@-]+")
_ELF: Final = b"\x7fELF\x02\x01"
_INTERPRETER: Final = 3


def programs(command: Sequence[str], search: str) -> tuple[frozenset[str], bool]:
    """The files, links resolved, and whether the command is one compiled program that starts no other.

    They are the command's words that are executable files, by their path or on the search path; the loader that a
    compiled program names; and, as a script starts what it likes, all its words that are executable files, and so on.
    """
    waiting = [path for word in command for path in _executable(word, search)]
    first = waiting[:1]
    found: dict[str, bool] = {}
    loaders: set[str] = set()
    while waiting and len(found) < _MOST:
        path = waiting.pop(0)
        if path not in found:
            head = _head(path)
            found[path] = head.startswith(b"\x7fELF")
            loaders.update(_loader(path, head))
            waiting += [other for word in _words(head) for other in _executable(word, search)]
    return frozenset({*found, *loaders}), list(found) == first and all(found.values())


def _executable(word: str, search: str) -> Iterator[str]:
    path = word if os.sep in word else shutil.which(word, path=search)
    if path and Path(path).is_absolute() and Path(path).is_file() and os.access(path, os.X_OK):
        yield os.path.realpath(path)


def _head(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(_TEXT)
    except OSError:
        return b""


def _words(head: bytes) -> list[str]:
    if not head.startswith(b"#!"):
        return []
    return [os.fsdecode(word) for word in dict.fromkeys(_WORD.findall(head))]


def _loader(path: str, head: bytes) -> Iterator[str]:
    """The loader that a program of 64 bits names."""
    if not head.startswith(_ELF):
        return
    try:
        (start,), (size, count) = struct.unpack_from("<Q", head, 32), struct.unpack_from("<HH", head, 54)
        for at in range(start, start + size * count, size):
            kind, offset, length = *struct.unpack_from("<I4xQ", head, at), *struct.unpack_from("<Q", head, at + 32)
            if kind == _INTERPRETER:
                with Path(path).open("rb") as file:
                    file.seek(offset)
                    yield from _executable(os.fsdecode(file.read(min(length, _LONGEST)).rstrip(b"\0")), "")
    except (OSError, struct.error, ValueError):
        return
