"""Import statements and what they bind; submodules bound in their packages."""

from hypothesis import given

from conformance.demands import Implementation, divergences, from_parent, imported, programs_of, surprises, vectors_of
from harness.model.case import Case


@vectors_of("binding")
def test_vectors(case: Case, implementation: Implementation) -> None:
    """No vector of the chapter departs from the documents, but as is expected, and nothing else is observed."""
    assert surprises(case, implementation) == ()


@given(case=programs_of(imported))
def test_imports(case: Case, implementation: Implementation) -> None:
    """No program departs from them, of statements that import modules."""
    assert divergences(case, implementation) == ()


@given(case=programs_of(from_parent))
def test_submodules(case: Case, implementation: Implementation) -> None:
    """No program departs from them, of programs that take submodules from their packages."""
    assert divergences(case, implementation) == ()
