"""The chapters: what they are written with can fail, and each class is about what its clause says."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from conformance.catalogue import catalogue, vectors
from conformance.demands import Implementation, clause, divergences, witness
from conformance.engine.tests.fakes import Member, standing
from harness.model.case import Case
from harness.model.prediction import Prediction
from harness.model.source import Alias, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.model.values import Value
from harness.oracle import predict
from harness.run import HarnessError

CHAPTERS = sorted((Path(__file__).parent.parent / "chapters").glob("test_*.py"))
CASE = Case(Tree((Root((SourceFile("a.py"),)),)), Source((Import((Alias("a"),)),)))
VERSIONS = [(3, minor) for minor in range(8, 16)]


def told(change: Mapping[str, Value]) -> tuple[str, ...]:
    """What is said of an implementation whose facts differ so."""
    with standing([Member(lambda _case, facts: {**facts, **change})], 1, lambda: "") as ground:
        return divergences(CASE, Implementation("fake", ground))


def test_no_divergence() -> None:
    """Of an implementation that is right nothing is said."""
    assert told({}) == ()


def test_divergence() -> None:
    """A divergence is told with what was expected, what was seen, and its clause."""
    (message,) = told({"module/a/__name__": "b"})
    expected = catalogue()["module.name-fully-qualified"]
    assert message == f"module/a/__name__: expected 'a', seen 'b' ({expected.id}: {expected.statement})"


def test_fault() -> None:
    """A failure of the harness is none of the implementation."""
    with pytest.raises(HarnessError, match="broken"):
        told({"outcome": ("fault", "broken")})


def test_unsupported() -> None:
    """What an implementation cannot be asked it does not do wrong."""
    assert told({"outcome": ("unsupported", "no such thing")}) == ()


def test_unknown_clause() -> None:
    """A class cannot be about a clause that the catalogue does not have."""
    with pytest.raises(LookupError, match=r"no\.such"):
        clause("no.such")


def test_unknown_vector() -> None:
    """A test cannot have a witness that there is not."""
    with pytest.raises(KeyError):
        witness("no-such-vector")


def classes(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The clause of each class of a chapter, with the vectors of its tests."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            calls = [item for method in ast.walk(node) for item in getattr(method, "decorator_list", ())]
            named = {
                (call.func.id, argument.value)
                for call in calls
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
                for argument in call.args
                if isinstance(argument, ast.Constant)
            }
            ((identifier),) = (value for name, value in named if name == "clause")
            yield str(identifier), tuple(sorted(str(value) for name, value in named if name == "witness"))


def exercises(clause: str, prediction: Prediction) -> bool:
    """Whether the clause decides something, or could be departed from."""
    return clause in prediction.clauses() or any(clause == item.clause for item in prediction.consulted)


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in CHAPTERS])
def test_witnesses(path: Path) -> None:
    """By the documents of some version each witness of a class exercises the clause of that class."""
    wrong = [
        (identifier, name)
        for identifier, names in classes(path)
        for name in names
        if not any(exercises(identifier, predict(vectors()[name].case, version)) for version in VERSIONS)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in CHAPTERS])
def test_classes(path: Path) -> None:
    """A chapter has at least two clauses, each with a witness."""
    found = list(classes(path))
    assert (len(found) >= 2, [identifier for identifier, names in found if not names]) == (True, [])
