"""A plain reproducer also where something is missing: a loader, or of the library what makes directories for a time."""

from pathlib import Path

from harness.model.case import Case
from harness.model.language.attributes import SetAttribute
from harness.model.observation import Observation
from harness.model.prediction import Exactly, certain
from harness.model.source import Alias, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from reports.plain import programs, sight
from reports.plain.tests.test_programs import FACTS, PROGRAM, TREE, first, status


def test_no_loader(tmp_path: Path) -> None:
    """A module that has no loader, nor has its spec, is told from one that has what its spec has."""
    fact, lost = "module/a/__loader__", [SetAttribute(("a", "__loader__")), SetAttribute(("a", "__spec__", "loader"))]
    so, other = ({"outcome": "completed", fact: loader} for loader in ("spec.loader", None))
    for done in (lost, []):
        case = Case(Tree((Root((SourceFile("a.py"),)),)), Source((Import((Alias("a"),)), *done)))
        assert bool(done) == status(tmp_path / "repro.py", first(case, fact, so, other))


def test_files_that_stay(tmp_path: Path) -> None:
    """A program that needs nothing of the library to make a directory for a time leaves it beside itself."""
    prediction = certain({key: Exactly(value, ("z.z",)) for key, value in FACTS.items()})
    observed = Observation({**FACTS, "module/a/__doc__": None})
    shown = sight(Case(TREE, PROGRAM), "module/a/__doc__", ('"""',), prediction, observed)
    plain = next(programs(shown, bare=True))
    assert (0, False) == (status(tmp_path / "repro.py", plain), "tempfile" in plain.code)
    assert [] == [name for name in ("getpid", "makedirs") if name in plain.code]  # MicroPython has neither
    assert (tmp_path / "repro.py").is_file()
    assert 2 == len(list(tmp_path.iterdir()))
