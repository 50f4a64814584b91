"""Stored cases: files of cases that a run asks instead of generated ones.

Such a file is JSON Lines, each line a case document, as :func:`stored_cases` writes it; or one case document, as a
vector or what ``replay`` reads; or a run file, whose cases are those on which somebody departs.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from harness.model.admission import LARGEST, decode_case
from harness.model.case import Case, case_id
from harness.model.codec import SCHEMA, CodecError, decode, encode
from reports import Reading, RunFileError
from reports.runfile import LONGEST

LINES: Final = 1_000_000
"""How many lines a file of cases may have."""

_DIGITS: Final = 16


class StoredError(ValueError):
    """A file that holds no cases. ``where`` names the file, and its line where it has several; ``reason`` the fault."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, reason)
        self.where = where
        self.reason = reason

    def __str__(self) -> str:
        """The place and what was expected there."""
        return f"{self.where}: {self.reason}"


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: int
    case: Case


class _Kind(msgspec.Struct, frozen=True):
    type: str = ""


def stored_cases(cases: Iterable[Case]) -> Iterator[bytes]:
    """The lines of a file that holds ``cases``."""
    for case in cases:
        yield encode(_Line(SCHEMA, case)) + b"\n"


def read_stored(paths: Iterable[Path], check: Callable[[], None] = lambda: None) -> tuple[Case, ...]:
    """The cases of these files, each once, in order; ``check`` is called again and again and may end it by raising.

    Raises:
        StoredError: a file cannot be read, or holds something else, or nothing.
    """
    return tuple({case_id(case): case for path in paths for case in _read(path, check)}.values())


def digest(cases: Sequence[Case]) -> str:
    """What stands for these cases, in this order, in the header of a run file; empty if there are none."""
    text = "\n".join(map(case_id, cases))
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS] if cases else ""


def _read(path: Path, check: Callable[[], None]) -> Iterator[Case]:
    try:
        with path.open("rb") as file:
            yield from _cases(path, file, check)
    except OSError as error:
        raise StoredError(str(path), f"cannot be read ({error.strerror})") from error


def _cases(path: Path, file: BinaryIO, check: Callable[[], None]) -> Iterator[Case]:
    """Nothing is taken in but a line, or a document, of bounded length: a file may have no end."""
    told = False
    for number, line in enumerate(iter(lambda: file.readline(LONGEST + 1), b""), 1):
        check()
        if number > LINES:
            raise StoredError(str(path), f"expected at most {LINES:,} lines")
        if not told and line.strip() == b"{":
            yield _document(line + file.read(LARGEST), str(path))
            return
        if not told and _is_run(line):
            file.seek(0)
            yield from _recorded(path, file, check)
            return
        if line.strip():
            told = True
            yield _document(line.rstrip(b"\n"), f"{path}, line {number}")
    if not told:
        raise StoredError(str(path), "expected a case")


def _is_run(line: bytes) -> bool:
    try:
        return bool(decode(line, _Kind).type)
    except CodecError:
        return False


def _recorded(path: Path, file: BinaryIO, check: Callable[[], None]) -> list[Case]:
    found: list[Case] = []
    try:
        for group in Reading(path, file).groups():
            check()
            if group.case is not None:
                found.append(group.case.case)
    except RunFileError as error:
        raise StoredError(str(path), error.reason) from error
    if not found:
        raise StoredError(str(path), "expected a run in which somebody departs: other cases are not kept in a run file")
    return found


def _document(data: bytes, where: str) -> Case:
    try:
        return decode_case(data, where=where)
    except CodecError as error:
        raise StoredError(error.where, error.reason) from error
