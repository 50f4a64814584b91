"""Writing and reading run files: appended line by line, readable up to the last whole line."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, cast

import msgspec

from harness.model.codec import CodecError, decode, encode
from reports.admitting import admitted
from reports.groups import Placed
from reports.records import READERS, RUN_SCHEMA, Header, Line

LONGEST: Final = 1 << 24
"""How many bytes a line may have; the longest ones, headers, have far less."""


class RunFileError(ValueError):
    """A file that is no run file, or one this version cannot read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        """The file and what was expected of it."""
        return f"{self.path}: {self.reason}"


class RunWriter:
    """Appends lines to a file that the caller opened; each is whole on disk before the next one begins."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, *lines: Line) -> None:
        """Append ``lines``.

        Raises:
            OSError: the file cannot take them, as when the disk is full.
        """
        for line in lines:
            self._file.write(encode(line) + b"\n")
        self._file.flush()


def read_lines(path: Path, file: BinaryIO) -> Iterator[Placed]:
    """The whole lines of a file, opened at its beginning, each with the offset at which the next one begins.

    Raises:
        RunFileError: it cannot be read, a line is none of a run file, or the first one is of another version.
    """
    end = 0
    header: Header | None = None
    try:
        for number, text in enumerate(iter(lambda: file.readline(LONGEST + 1), b""), 1):
            if len(text) > LONGEST:
                raise RunFileError(path, f"line {number} is not what a run writes (it has more than {LONGEST:,} bytes)")
            if not text.endswith(b"\n"):
                return
            end += len(text)
            line = _line(path, number, text, header)
            if isinstance(line, Header):
                header = line
            yield line, end
    except OSError as error:
        raise RunFileError(path, error.strerror or str(error)) from error


class _Schema(msgspec.Struct, frozen=True):
    schema: int = RUN_SCHEMA


def _reader(schema: int) -> str:
    """Who reads a run file of that schema."""
    if schema > RUN_SCHEMA:
        return ": a newer version of import-conformance wrote it"
    return f": import-conformance {READERS[schema]} reads it" if schema in READERS else ": no released version reads it"


def _line(path: Path, number: int, text: bytes, header: Header | None) -> Line:
    where = f"line {number}"
    try:
        found = decode(text, _Schema, where=where).schema if number == 1 else RUN_SCHEMA
        if found != RUN_SCHEMA:
            raise RunFileError(path, f"run file of schema version {found}, expected {RUN_SCHEMA}{_reader(found)}")
        line = decode(text, cast("type[Line]", Line), where=where)
        tables = line if isinstance(line, Header) else header
        if tables is None or (tables is line and header is not None):
            raise RunFileError(path, "expected a run file, which begins with a header line")
        return admitted(line, tables, where)
    except CodecError as error:
        raise RunFileError(path, f"{error.where} is not what a run writes ({error.reason})") from error
