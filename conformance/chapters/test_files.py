"""Files of modules other than source."""

from hypothesis import given

from conformance.demands import Implementation, divergences, surprises, vectors_of
from generators import cases
from harness.model.case import Case


@vectors_of("files")
def test_vectors(case: Case, implementation: Implementation) -> None:
    """No vector of the chapter departs from the documents, but as is expected, and nothing else is observed."""
    assert surprises(case, implementation) == ()


@given(case=cases(wide=True))
def test_odd(case: Case, implementation: Implementation) -> None:
    """No program departs from them, of cases of every wide kind, odd files among them."""
    assert divergences(case, implementation) == ()
