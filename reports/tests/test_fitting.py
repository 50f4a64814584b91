"""Tables of words on terminals of every width."""

import io

import pytest
from rich.console import Console
from rich.text import Text

from reports.fitting import Fitted
from reports.listing import listing
from reports.showing import Shown

HEADS = ("implementation", "language", "lacks", "command")
ROWS = (
    ("cpython 3.12.1", "3.12.1", "·", "/usr/local/lib/some-python/bin/python3.12"),
    ("micropython3.4 1.26.1", "3.4", "fork, importlib, marshal, pkgutil, zip", "/usr/bin/micropython"),
)


def shown(table: Fitted, width: int) -> list[str]:
    """The lines on a terminal so wide."""
    file = io.StringIO()
    Console(file=file, width=width, color_system=None).print(table)
    return file.getvalue().splitlines()


@pytest.mark.parametrize("width", [40, 60, 80, 120, 10_000])
def test_no_word_is_broken(width: int) -> None:
    """No line is wider than the terminal, and every word is whole, but for paths, which are broken at a slash."""
    lines = shown(Fitted(HEADS, ROWS), width)
    words = {word for line in lines for word in line.split() if "─" not in word}
    wanted = {word for row in (HEADS, *ROWS) for cell in row for word in cell.split()}
    assert max(map(len, lines)) <= width
    assert {word for word in wanted if "/" not in word} <= words
    assert [] == [word for word in words - wanted if not any(word in path for path in wanted if "/" in path)]


@pytest.mark.parametrize(("width", "parts"), [(120, 1), (40, 3)])
def test_columns_without_room_stand_below(width: int, parts: int) -> None:
    """Each part begins with the first column, whose names stand on one line."""
    lines = shown(Fitted(HEADS, ROWS), width)
    assert [parts] * 3 == [
        sum(line.startswith(name) for line in lines)
        for name in ("implementation", "cpython 3.12.1", "micropython3.4 1.26.1")
    ]


def test_rows_without_room_stand_below_each_other() -> None:
    """Where a word has no room beside the first column each row is told in lines, and nothing is broken."""
    rows = [("a-name-of-some-length", "an.id-that-is-longer, b.other", "")]
    lines = ["vector", "    clauses", "    shows", "a-name-of-some-length", "    an.id-that-is-longer, b.other"]
    assert lines == [line.rstrip() for line in shown(Fitted(("vector", "clauses", "shows"), rows), 40)]


def test_bare() -> None:
    """A bare table has no heads; a style stays where it was."""
    table = Fitted(("a", "b"), [("x", Text("y", style="red"))], bare=True)
    assert ["x  y"] == [line.rstrip() for line in shown(table, 40)]


def test_nothing() -> None:
    """A table of no rows has its heads."""
    assert "implementation" in shown(Fitted(HEADS, []), 80)[0]


@pytest.mark.parametrize("width", [20, 80])
def test_a_program_stays_as_it_is(width: int) -> None:
    """No line of a file is broken, wherever it stands; what a process said is wrapped like other text."""
    line = "    assert " + "a " * 40 + "b"
    shown_ = (
        Shown("main.py", f"if a:\n{line}"),
        Shown("m.py", "import a, " + "b" * 60),
        Shown("it said", line, prose=True),
    )
    file = io.StringIO()
    Console(file=file, width=width, color_system=None).print(*listing(shown_, 3), sep="\n", crop=False)
    lines = [line.rstrip() for line in file.getvalue().splitlines()]
    at = next(place for place, line in enumerate(lines) if line == "   it said")
    head, said = lines[:at], lines[at + 1 :]
    assert ["   main.py", "       if a:", f"       {line}"] == head[:3]
    assert f"import a, {'b' * 60}" in head[-1]
    assert [True, True] == [len(said) > 1, max(map(len, said)) <= width]
