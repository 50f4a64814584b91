"""Stored cases: files of cases that a run asks instead of generated ones.

Such a file is JSON Lines, each line a case document, as :func:`stored_cases` writes it; or one case document, as a
vector or what ``replay`` reads; or a run file, whose cases are those on which somebody departs.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from harness.model.admission import decode_case
from harness.model.case import Case, case_id
from harness.model.codec import SCHEMA, CodecError, decode, encode
from reports import RunFileError, reading

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


class _Line(msgspec.Struct, frozen=True):
    schema: int
    case: Case


class _Kind(msgspec.Struct, frozen=True):
    type: str = ""


def stored_cases(cases: Iterable[Case]) -> Iterator[bytes]:
    """The lines of a file that holds ``cases``."""
    for case in cases:
        yield encode(_Line(SCHEMA, case)) + b"\n"


def read_stored(paths: Iterable[Path]) -> tuple[Case, ...]:
    """The cases of these files, each once, in order.

    Raises:
        StoredError: a file cannot be read, or holds something else, or nothing.
    """
    return tuple({case_id(case): case for path in paths for case in _read(path)}.values())


def digest(cases: Sequence[Case]) -> str:
    """What stands for these cases, in this order, in the header of a run file; empty if there are none."""
    text = "\n".join(map(case_id, cases))
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS] if cases else ""


def _read(path: Path) -> Iterator[Case]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoredError(str(path), f"cannot be read ({error.strerror})") from error
    first, _, _ = data.partition(b"\n")
    if not data.strip():
        raise StoredError(str(path), "expected a case")
    if first.strip() == b"{":
        yield _document(data, str(path))
    elif _is_run(first):
        yield from _recorded(path)
    else:
        for number, line in enumerate(data.splitlines(), 1):
            if line.strip():
                yield _document(line, f"{path}, line {number}")


def _is_run(line: bytes) -> bool:
    try:
        return bool(decode(line, _Kind).type)
    except CodecError:
        return False


def _recorded(path: Path) -> list[Case]:
    try:
        with reading(path) as run:
            found = [group.case.case for group in run.groups() if group.case is not None]
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
