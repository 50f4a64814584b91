"""What the chapters' tests are written with: every vector of the chapter, and properties by hand.

::

    @vectors_of("packages")
    def test_vectors(case: Case, implementation: Implementation) -> None:
        '''No vector of the chapter departs from the documents, but as is expected, and nothing else is observed.'''
        assert surprises(case, implementation) == ()


    @given(case=programs_of(imported, trees(roots=st.integers(2, 3))))
    def test_namespace(case: Case, implementation: Implementation) -> None:
        '''No program departs from them, of imports from two or three roots.'''
        assert divergences(case, implementation) == ()
"""

from collections.abc import Callable

import msgspec
import pytest
from _pytest.mark import ParameterSet
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from conformance.catalogue import Vector, catalogue, vectors
from conformance.engine import Ground, Reply, replies
from conformance.unpredicted import unpredicted
from generators.trees import trees
from harness.diff import Divergence, Verdict
from harness.model.case import Case
from harness.model.source import Alias, FromImport, Import, Source, StarImport, Statement
from harness.model.tree import SourceFile, Tree
from harness.run import HarnessError
from reports.stating import about, allowed, told

__all__ = [
    "Implementation",
    "divergences",
    "from_parent",
    "imported",
    "programs_of",
    "starred",
    "surprises",
    "vectors_of",
]


class Implementation(msgspec.Struct, frozen=True):
    """An implementation that answers: ``ground`` has one crew."""

    label: str
    ground: Ground


def vectors_of(chapter: str) -> pytest.MarkDecorator:
    """Give a test each vector of the chapter as its ``case``, marked with the clauses it was written for.

    Raises:
        LookupError: no vector is in a chapter of that name.
    """
    found = [vector for vector in vectors().values() if vector.chapter == chapter]
    if not found:
        message = f"chapter {chapter}: expected one that has vectors"
        raise LookupError(message)
    return pytest.mark.parametrize("case", [_marked(vector) for vector in found])


def _marked(vector: Vector) -> ParameterSet:
    return pytest.param(vector.case, id=vector.name, marks=[pytest.mark.clause(id=name) for name in vector.clauses])


def divergences(case: Case, implementation: Implementation) -> tuple[str, ...]:
    """What the implementation does unlike the documents, confirmed by re-runs, and no expectation names.

    Raises:
        HarnessError: the suite or the adapter failed, or a re-run gave something else.
    """
    return _diverging(_asked(case, implementation))


def surprises(case: Case, implementation: Implementation) -> tuple[str, ...]:
    """Those divergences; and what is observed where it conforms, no rule predicts, and has no reason not to be.

    Raises:
        HarnessError: the suite or the adapter failed, or a re-run gave something else.
    """
    reply = _asked(case, implementation)
    return (*_diverging(reply), *(f"{key}: seen, and no rule predicts it" for key in unpredicted(reply)))


def _asked(case: Case, implementation: Implementation) -> Reply:
    (reply,) = replies(case, implementation.ground)
    if reply.ruling.verdict in {Verdict.HARNESS_FAULT, Verdict.FLAKY}:
        message = f"{implementation.label}: {reply.ruling.verdict.value}: {reply.ruling.judgement.reason}"
        raise HarnessError(message)
    return reply


def _diverging(reply: Reply) -> tuple[str, ...]:
    return tuple(_told(finding.divergence) for finding in reply.ruling.findings if not finding.reason)


def _told(item: Divergence) -> str:
    statement = catalogue()[item.clause].statement
    expected, seen = allowed(item.fact, item.expected), told(item.fact, item.seen)
    return f"{about(item.fact)}: expected {expected}, seen {seen} ({item.clause}: {statement})"


def programs_of(
    statement: Callable[[str], Statement], tree: SearchStrategy[Tree] | None = None
) -> SearchStrategy[Case]:
    """Cases whose programs are one to three such statements about modules of the tree."""

    def over(drawn: Tree) -> SearchStrategy[Case]:
        body = st.lists(st.sampled_from(_importable(drawn)).map(statement), min_size=1, max_size=3)
        return body.map(lambda statements: Case(drawn, Source(tuple(statements))))

    return (trees() if tree is None else tree).flatmap(over)


def _importable(tree: Tree) -> tuple[str, ...]:
    """The dotted names of the modules of a tree, and one that it does not have."""
    found = {"missing"}
    for entry in (entry for root in tree.roots for entry in root.entries if isinstance(entry, SourceFile)):
        parts = entry.path.removesuffix(".py").removesuffix("/__init__").split("/")
        found.add(".".join(parts))
    return tuple(sorted(found))


def imported(name: str) -> Statement:
    """``import name``."""
    return Import((Alias(name),))


def from_parent(name: str) -> Statement:
    """``from parent import child``, or ``from name import x`` of a top-level module."""
    parent, dot, child = name.rpartition(".")
    return FromImport(parent, (Alias(child),)) if dot else FromImport(name, (Alias("x"),))


def starred(name: str) -> Statement:
    """``from name import *``."""
    return StarImport(name)
