"""The table of chapters in ARCHITECTURE.md: which areas each has."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

__all__ = ["ARCHITECTURE", "tabled"]

ARCHITECTURE: Final = Path(__file__).resolve().parents[2] / "ARCHITECTURE.md"

_COLUMNS: Final = 3
_TABLE: Final = re.compile(r"^\|(?: chapter \| areas \|)+\n\|[-|]+\n((?:\|.*\n)*)", re.MULTILINE)


def tabled(text: str, chapters: Mapping[str, Sequence[str]]) -> str:
    """The text with these chapters in its table, in the order in which it has them; what is new stands behind."""
    found = _TABLE.search(text)
    if found is None:
        return text
    known = dict(_told(found[1]))
    names = sorted(chapters, key=lambda name: _place(name, [*known]))
    cells = [f" {name} | {', '.join(_ordered(chapters[name], known.get(name, [])))} |" for name in names]
    rows = -(-len(cells) // _COLUMNS)
    cells += [" | |"] * (rows * _COLUMNS - len(cells))
    lines = ["|" + " chapter | areas |" * _COLUMNS, "|" + "---|---|" * _COLUMNS]
    lines += ["|" + "".join(cells[row::rows]) for row in range(rows)]
    return text.replace(found[0], "\n".join(lines) + "\n")


def _told(rows: str) -> Iterator[tuple[str, list[str]]]:
    """The chapters of a table and their areas, column by column."""
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows.splitlines()]
    for column in range(0, len(cells[0]), 2):
        yield from ((row[column], row[column + 1].split(", ")) for row in cells if row[column])


def _ordered(areas: Sequence[str], known: Sequence[str]) -> list[str]:
    return sorted(areas, key=lambda area: _place(area, known))


def _place(name: str, known: Sequence[str]) -> tuple[int, str]:
    return (known.index(name), "") if name in known else (len(known), name)
