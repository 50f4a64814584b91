"""Regular and namespace packages, and their `__path__`."""

from hypothesis import given
from hypothesis import strategies as st

from conformance.demands import Implementation, divergences, imported, programs_of, surprises, vectors_of
from generators.trees import trees
from harness.model.case import Case


@vectors_of("packages")
def test_vectors(case: Case, implementation: Implementation) -> None:
    """No vector of the chapter departs from the documents, but as is expected, and nothing else is observed."""
    assert surprises(case, implementation) == ()


@given(case=programs_of(imported, trees(roots=st.just(1))))
def test_regular(case: Case, implementation: Implementation) -> None:
    """No program departs from them, of imports from one root."""
    assert divergences(case, implementation) == ()


@given(case=programs_of(imported, trees(roots=st.integers(2, 3))))
def test_namespace(case: Case, implementation: Implementation) -> None:
    """No program departs from them, of imports from two or three roots, over which packages are spread."""
    assert divergences(case, implementation) == ()
