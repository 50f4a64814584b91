"""What the chapters are written with can fail, and each test has the vectors of its chapter."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import pytest

from conformance.catalogue import catalogue, vectors
from conformance.demands import Implementation, divergences, surprises, vectors_of
from conformance.engine.tests.fakes import Member, standing
from harness.model.case import Case
from harness.model.source import Alias, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.model.values import Value
from harness.run import HarnessError

CASE = Case(Tree((Root((SourceFile("a.py"),)),)), Source((Import((Alias("a"),)),)))


Demand: TypeAlias = Callable[[Case, Implementation], tuple[str, ...]]


def told(change: Mapping[str, Value], demand: Demand = divergences) -> tuple[str, ...]:
    """What is said of an implementation whose facts differ so."""
    with standing([Member(lambda _case, facts: {**facts, **change})], 1, lambda: "") as ground:
        return demand(CASE, Implementation("fake", ground))


def test_no_divergence() -> None:
    """Of an implementation that is right nothing is said."""
    assert told({}) == ()


def test_divergence() -> None:
    """A divergence is told with what was expected, what was seen, and its clause."""
    (message,) = told({"module/a/__name__": "b"})
    expected = catalogue()["module.name-fully-qualified"]
    assert message == f"__name__ of module a: expected 'a', seen 'b' ({expected.id}: {expected.statement})"


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        pytest.param("module/a/odd", ("module/*/odd: seen, and no rule predicts it",), id="of no rule"),
        pytest.param("exception/context", (), id="of which no document says anything"),
    ],
)
def test_what_is_not_predicted(fact: str, expected: tuple[str, ...]) -> None:
    """Of a vector a fact that no rule predicts is told, unless there is a reason; of what is generated it is not."""
    assert told({fact: "b"}, surprises) == expected
    assert told({fact: "b"}) == ()


def test_what_diverges_is_no_surprise_twice() -> None:
    """Of what diverges nothing is said but that."""
    change: dict[str, Value] = {"module/a/__name__": "b", "module/a/odd": "b"}
    assert told(change, surprises) == told(change)


def test_fault() -> None:
    """A failure of the harness is none of the implementation."""
    with pytest.raises(HarnessError, match="broken"):
        told({"outcome": ("fault", "broken")})


def test_unsupported() -> None:
    """What an implementation cannot be asked it does not do wrong."""
    assert told({"outcome": ("unsupported", "no such thing")}) == ()


def test_unknown_chapter() -> None:
    """A test cannot have the vectors of a chapter that there is not."""
    with pytest.raises(LookupError, match="nothing"):
        vectors_of("nothing")


def test_vectors_of_a_chapter() -> None:
    """A test has all vectors of its chapter, marked with their clauses."""
    ((_, given),) = [mark.args for mark in [vectors_of("reloading").mark]]
    (first, *_) = given
    expected = vectors()[first.id]
    assert [name for name, vector in vectors().items() if vector.chapter == "reloading"] == [item.id for item in given]
    assert first.values == (expected.case,)
    assert tuple(mark.kwargs["id"] for mark in first.marks) == expected.clauses
