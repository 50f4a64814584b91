"""Imports that fail, in cycles too: what is raised, and what is left."""

from hypothesis import given

from conformance.demands import Implementation, divergences, from_parent, programs_of, surprises, vectors_of
from generators import cases
from harness.model.case import Case


@vectors_of("failing")
def test_vectors(case: Case, implementation: Implementation) -> None:
    """No vector of the chapter departs from the documents, but as is expected, and nothing else is observed."""
    assert surprises(case, implementation) == ()


@given(case=cases())
def test_any(case: Case, implementation: Implementation) -> None:
    """No program departs from them, of cases of every plain kind."""
    assert divergences(case, implementation) == ()


@given(case=programs_of(from_parent))
def test_cycles(case: Case, implementation: Implementation) -> None:
    """No program departs from them, of modules that take from one another."""
    assert divergences(case, implementation) == ()
