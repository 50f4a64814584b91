"""Star imports and `__all__`."""

from hypothesis import given

from conformance.demands import Implementation, divergences, programs_of, starred, surprises, vectors_of
from harness.model.case import Case


@vectors_of("star")
def test_vectors(case: Case, implementation: Implementation) -> None:
    """No vector of the chapter departs from the documents, but as is expected, and nothing else is observed."""
    assert surprises(case, implementation) == ()


@given(case=programs_of(starred))
def test_star_imports(case: Case, implementation: Implementation) -> None:
    """No program departs from them, of programs of star imports."""
    assert divergences(case, implementation) == ()
