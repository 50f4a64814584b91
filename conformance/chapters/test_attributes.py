"""The attributes of modules and specs, and what a module's repr says."""

from hypothesis import given

from conformance.demands import Implementation, divergences, imported, programs_of, surprises, vectors_of
from harness.model.case import Case


@vectors_of("attributes")
def test_vectors(case: Case, implementation: Implementation) -> None:
    """No vector of the chapter departs from the documents, but as is expected, and nothing else is observed."""
    assert surprises(case, implementation) == ()


@given(case=programs_of(imported))
def test_imports(case: Case, implementation: Implementation) -> None:
    """No program departs from them, of imported modules, whose attributes are looked at."""
    assert divergences(case, implementation) == ()
