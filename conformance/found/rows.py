"""The rows of the table of findings: ``found.toml``, and ``answers.toml`` of who departed when they were asked last."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from conformance.catalogue import CatalogueError, catalogue, vectors
from harness.model.admission import decode_case
from harness.model.case import Case

FOLDER: Final = Path(__file__).parent
ROWS: Final = FOLDER / "found.toml"
ANSWERS: Final = FOLDER / "answers.toml"


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A finding: what happens, and what the documents say instead, in the words of people.

    The case is that of the ``vector``, or else of the vector or the case file beside this one that is called ``name``.
    It is shown on an implementation that is called ``on`` (a spec such as ``pypy3.11``), in ``fact`` where several
    differ. ``clause`` is what it departs from, ``departures`` are those that expectations know it by. ``readme``: it is
    one of the few that README shows.
    """

    name: str
    on: str
    clause: str
    what: str
    documents: str
    departures: tuple[str, ...] = ()
    fact: str = ""
    vector: str = ""
    readme: bool = False

    @property
    def case(self) -> Case:
        """The case.

        Raises:
            CatalogueError: there is none of that name, or it is no case.
        """
        if (self.vector or self.name) in vectors():
            return vectors()[self.vector or self.name].case
        path = FOLDER / f"{self.name}.json"
        try:
            return decode_case(path.read_bytes(), where=str(path))
        except OSError as error:
            raise CatalogueError(path, "expected a case, or the name of a vector") from error


class _Rows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    row: tuple[Row, ...]


def rows(path: Path = ROWS) -> tuple[Row, ...]:
    """The rows, in the order of the table.

    Raises:
        CatalogueError: the file is malformed, or names a clause that there is not.
    """
    try:
        found = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _Rows).row
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CatalogueError(path, str(error)) from error
    for row in found:
        if row.clause not in catalogue():
            raise CatalogueError(path, f"clause {row.clause}: expected one of the catalogue")
    return found


def answered(path: Path = ANSWERS) -> dict[str, tuple[str, ...]]:
    """Who departed, by the name of the row, as it was asked last."""
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), dict[str, tuple[str, ...]])


def written(answers: Mapping[str, tuple[str, ...]]) -> str:
    """The text of the file of answers."""
    head = "# Who departs, as python -m conformance.found wrote it.\n\n"
    texts = {name: ", ".join(f'"{who}"' for who in held) for name, held in answers.items()}
    return head + "".join(f"{name} = [{held}]\n" for name, held in texts.items())
