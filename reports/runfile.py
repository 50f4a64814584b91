"""Writing and reading run files: appended line by line, readable up to the last whole line."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from harness.model.codec import CodecError, decode, encode
from reports.admitting import admitted
from reports.gathering import Findings
from reports.groups import Group, Placed, grouped
from reports.records import (
    RUN_SCHEMA,
    CaseRecord,
    ExpectationRecord,
    Finding,
    Footer,
    Header,
    Line,
    Record,
    UnexpectedPass,
)


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
    groups: tuple[Group, ...]
    findings: tuple[Finding, ...]
    expectations: tuple[ExpectationRecord, ...]
    footer: Footer | None
    lost: int = 0

    @property
    def records(self) -> tuple[Record, ...]:
        """All records, in order."""
        return tuple(record for group in self.groups for record in group.records)

    @property
    def cases(self) -> tuple[CaseRecord, ...]:
        """The cases that are told."""
        return tuple(group.case for group in self.groups if group.case is not None)

    @property
    def unexpected(self) -> tuple[UnexpectedPass, ...]:
        """The expectations that no longer happen."""
        passed = (item for item in self.expectations if item.passed)
        return tuple(UnexpectedPass(item.implementation, item.clause, item.fact, item.reason) for item in passed)

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
        with path.open("rb") as file:
            placed = list(read_lines(path, file))
            size = file.seek(0, os.SEEK_END)
    except OSError as error:
        raise RunFileError(path, error.strerror or str(error)) from error
    if not placed or not isinstance(placed[0][0], Header):
        raise RunFileError(path, "expected a run file, which begins with a header line")
    header, (last, end) = placed[0][0], placed[-1]
    groups = tuple(grouped(placed[1:]))
    found = tuple(line for line, _ in placed if isinstance(line, Finding))
    return Run(
        header,
        groups,
        found if isinstance(last, Footer) or found else tuple(_findings(groups)),
        tuple(line for line, _ in placed if isinstance(line, ExpectationRecord)),
        last if isinstance(last, Footer) else None,
        size - end,
    )


def _findings(groups: Iterable[Group]) -> Iterator[Finding]:
    """What follows from the records, with cases that nobody made smaller."""
    findings = Findings()
    for group in groups:
        findings.take(group)
    return findings.lines()


def read_lines(path: Path, file: BinaryIO) -> Iterator[Placed]:
    """The whole lines of a file, opened at its beginning, each with the offset at which the next one begins.

    Raises:
        RunFileError: a line is none of a run file, or the first one is of another version.
    """
    end = 0
    header: Header | None = None
    for number, text in enumerate(file, 1):
        if not text.endswith(b"\n"):
            return
        end += len(text)
        line = _line(path, number, text, header)
        if isinstance(line, Header):
            header = line
        yield line, end


class _Schema(msgspec.Struct, frozen=True):
    schema: int = RUN_SCHEMA


class _Box(msgspec.Struct, frozen=True):
    line: Line


def _line(path: Path, number: int, text: bytes, header: Header | None) -> Line:
    where = f"line {number}"
    try:
        found = decode(text, _Schema, where=where).schema if number == 1 else RUN_SCHEMA
        if found != RUN_SCHEMA:
            raise RunFileError(path, f"run file of schema version {found}, expected {RUN_SCHEMA}")
        line = decode(b'{"line":%b}' % text, _Box, where=where).line
        tables = line if isinstance(line, Header) else header
        if tables is None or (tables is line and header is not None):
            raise RunFileError(path, "expected a run file, which begins with a header line")
        return admitted(line, tables, where)
    except CodecError as error:
        raise RunFileError(path, f"{error.where} is not what a run writes ({error.reason})") from error
