"""Zip archives on `sys.path` and in `__path__`."""

from conformance.demands import Implementation, surprises, vectors_of
from harness.model.case import Case


@vectors_of("archives")
def test_vectors(case: Case, implementation: Implementation) -> None:
    """No vector of the chapter departs from the documents, but as is expected, and nothing else is observed."""
    assert surprises(case, implementation) == ()
