"""Every clause that decides something is covered by the vectors, and every vector covers something."""

import pytest

from conformance.catalogue import vectors
from conformance.coverage import LANGUAGES, anything_shown_by, uncovered

every_language = pytest.mark.parametrize("language", [pytest.param(item, id=f"3.{item[1]}") for item in LANGUAGES])

slow = pytest.mark.timeout(600)  # the first of them asks for every departure from every rule in every vector


@slow
@every_language
def test_every_clause_is_covered(language: tuple[int, int]) -> None:
    """Of every clause that decides something in that version a vector notices a departure, or tells the answer."""
    assert uncovered(language) == ()


@slow
def test_every_vector_notices_something() -> None:
    """No vector passes whatever an implementation does."""
    idle = [name for name in vectors() if not anything_shown_by(name)]
    assert idle == []
