"""Writing and reading run files: appended line by line, readable up to the last whole line."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from harness.model.codec import CodecError, decode, encode
from reports.records import (
    RUN_SCHEMA,
    CaseRecord,
    Finding,
    Footer,
    Header,
    Line,
    Record,
    UnexpectedPass,
)
from reports.recovery import findings_of


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


class Run(msgspec.Struct, frozen=True):
    """A run file in memory; ``lost`` counts the bytes after its last whole line.

    Where it was cut before its findings, those are what follows from the records.
    """

    header: Header
    records: tuple[Record, ...]
    cases: tuple[CaseRecord, ...]
    findings: tuple[Finding, ...]
    unexpected: tuple[UnexpectedPass, ...]
    footer: Footer | None
    lost: int = 0

    @property
    def whole(self) -> bool:
        """Whether the run came to its end and everything planned is accounted for."""
        return self.footer is not None and self.footer.accounted and not self.footer.interrupted


def read_run(path: Path) -> Run:
    """The run in the file ``path``; of a cut file everything up to its last whole line.

    Raises:
        RunFileError: the file cannot be read, does not begin with a header of this version, or a line is malformed.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RunFileError(path, error.strerror or str(error)) from error
    whole, _, rest = data.rpartition(b"\n")
    lines = list(_lines(path, whole)) if whole else []
    if not lines or not isinstance(lines[0], Header):
        raise RunFileError(path, "expected a run file, which begins with a header line")
    footer = lines[-1] if isinstance(lines[-1], Footer) else None
    records = tuple(line for line in lines if isinstance(line, Record))
    cases = tuple(line for line in lines if isinstance(line, CaseRecord))
    found = tuple(line for line in lines if isinstance(line, Finding))
    return Run(
        lines[0],
        records,
        cases,
        found if footer is not None or found else tuple(findings_of(records, cases)),
        tuple(line for line in lines if isinstance(line, UnexpectedPass)),
        footer,
        len(rest),
    )


class _Schema(msgspec.Struct, frozen=True):
    schema: int = RUN_SCHEMA


class _Box(msgspec.Struct, frozen=True):
    line: Line


def _lines(path: Path, data: bytes) -> Iterator[Line]:
    for number, text in enumerate(data.split(b"\n"), 1):
        where = f"line {number}"
        try:
            found = decode(text, _Schema, where=where).schema if number == 1 else RUN_SCHEMA
            if found != RUN_SCHEMA:
                raise RunFileError(path, f"run file of schema version {found}, expected {RUN_SCHEMA}")
            yield decode(b'{"line":%b}' % text, _Box, where=where).line
        except CodecError as error:
            raise RunFileError(path, f"{error.where} is not what a run writes ({error.reason})") from error
