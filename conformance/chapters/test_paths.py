"""Where modules are looked for: sys.path and its entries."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.demands import Implementation, divergences, imported, programs_of, surprises, vectors_of
from conformance.relations import disjoint, preceded, turned, unlike
from generators.trees import trees
from harness.model.case import Case


@vectors_of("paths")
def test_vectors(case: Case, implementation: Implementation) -> None:
    """No vector of the chapter departs from the documents, but as is expected, and nothing else is observed."""
    assert surprises(case, implementation) == ()


@given(case=programs_of(imported, trees(roots=st.integers(2, 3))))
def test_roots(case: Case, implementation: Implementation) -> None:
    """No program departs from them, of imports from two or three roots."""
    assert divergences(case, implementation) == ()


@pytest.mark.clause(id="path.disjoint-entries-commute")
@given(case=programs_of(imported, trees(roots=st.integers(2, 3))).map(disjoint))
@settings(max_examples=25)
def test_turned(case: Case, implementation: Implementation) -> None:
    """Roots that have no name in common may stand in any order."""
    last = len(case.tree.roots) - 1
    assert unlike(case, turned(case), implementation, lambda place: last - place) == ()


@pytest.mark.clause(id="path.entry-without-the-module")
@given(case=programs_of(imported))
@settings(max_examples=25)
def test_preceded(case: Case, implementation: Implementation) -> None:
    """A root in which nothing lies that is imported changes nothing."""
    assert unlike(case, preceded(case), implementation, lambda place: place - 1) == ()
