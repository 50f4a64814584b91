"""Tables of numbers on terminals of every width."""

import io

import pytest
from rich.console import Console

from reports.folding import Folded

TABLE = Folded(("who", "conforms", "diverges", "unspecified"), (("cpython", "1,309", "7", "96"), ("x", "1", "22", "3")))


def lines(width: int) -> list[list[str]]:
    """The words of each line on a terminal so wide."""
    file = io.StringIO()
    Console(file=file, width=width).print(TABLE)
    shown = file.getvalue().splitlines()
    assert max(map(len, shown)) <= width
    return [line.split() for line in shown if line.strip("─ ")]


def test_room() -> None:
    """Where there is room each row is one line."""
    expected = [["who", "conforms", "diverges", "unspecified"], ["cpython", "1,309", "7", "96"], ["x", "1", "22", "3"]]
    assert lines(80) == expected


@pytest.mark.parametrize(("width", "parts"), [(40, 1), (39, 2), (27, 2), (26, 3), (20, 3)])
def test_folded(width: int, parts: int) -> None:
    """Where there is none no number is cut, and each part begins with the first column."""
    found = lines(width)
    assert [line[0] for line in found] == ["who", "cpython", "x"] * parts
    assert {word for line in found for word in line[1:]} == {
        *("conforms", "diverges", "unspecified", "1,309", "7", "96", "1", "22", "3")
    }
