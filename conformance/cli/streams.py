"""Standard output and standard error, whose reader may go at any moment, or never was there."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

__all__ = ["Forgiving", "attach", "silence"]

_STANDARD: Final = (0, 1, 2)
_OUT: Final = 1


def attach() -> bool:
    """Let those that are closed lead nowhere, before a file that is opened for something else takes their place.

    It tells whether standard output was open.
    """
    heard = True
    for number in _STANDARD:
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # noqa: FBT003 - the lowest number that is free
            heard = heard and number != _OUT
    sys.stdout = sys.stdout or _stream(1)
    sys.stderr = sys.stderr or _stream(2)
    return heard


def silence(stream: TextIO) -> None:
    """Let all that is written to a stream, and what it still holds, go nowhere; it does not fail any more."""
    with contextlib.suppress(OSError, ValueError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


class Forgiving:
    """A stream for what need not be read: once it cannot be written, nothing is said any more."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.encoding = stream.encoding

    def write(self, text: str) -> int:
        """Write the text, if that can be."""
        with self._forgiven():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Hand over what was written, if that can be."""
        with self._forgiven():
            self._stream.flush()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """The descriptor below it."""
        return self._stream.fileno()

    @contextlib.contextmanager
    def _forgiven(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            silence(self._stream)


def _stream(number: int) -> TextIO:
    return io.TextIOWrapper(io.FileIO(number, "w", closefd=False), "utf-8", "backslashreplace", line_buffering=True)
