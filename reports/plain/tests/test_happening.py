"""What happens is listed where the program itself does it, asked of the cache, or else printed."""

from pathlib import Path

import pytest

from harness.model.case import Case
from harness.model.source import Alias, Function, Import, Invoke, Mark, Source, Try
from harness.model.tree import Root, SourceFile, Tree
from harness.model.values import Value
from reports.plain.tests.test_programs import both, events, first

CAUGHT = Try((Import((Alias("nowhere"),)),), "ImportError", (Mark("caught"),))
"""A statement that does something where an import fails."""


def marked(*labels: str) -> dict[str, Value]:
    """What is seen where the program does these things."""
    return events(*(f"{label} __main__" for label in labels))


@pytest.mark.parametrize(
    "program",
    [
        pytest.param((CAUGHT,), id="at the top"),
        pytest.param((Function("f", (CAUGHT,)), Invoke(("f",))), id="in a function"),
    ],
)
def test_what_the_program_does(tmp_path: Path, program: tuple[Function | Invoke | Try, ...]) -> None:
    """It is put into a list, whose name and values the head of the program tells."""
    case, so, other = Case(Tree((Root(),)), Source(program)), marked("caught"), marked()
    plain = first(case, "trace/0000", so, other)
    assert both(tmp_path / "repro.py", case, "trace/0000", so, other) == (0, 1)
    assert ("'caught'", "nothing") == (plain.expected, plain.seen)
    assert [True, False] == [word in plain.code for word in ("assert happened == ['caught'], happened", "print")]


def test_what_a_file_does(tmp_path: Path) -> None:
    """What a module of the tree does is printed: it has no list of the program's."""
    tree = Tree((Root((SourceFile("a.py", Source((CAUGHT,))),)),))
    case, so = Case(tree, Source((Import((Alias("a"),)),))), events("r0/a.py a", "caught a")
    assert both(tmp_path / "repro.py", case, "trace/0001", so, events("r0/a.py a")) == (0, 1)
    assert "redirect_stdout" in first(case, "trace/0001", so, events("r0/a.py a")).code
