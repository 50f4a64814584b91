"""Every clause that decides something is covered by the vectors, and every vector covers something."""

import msgspec
import pytest

from conformance.catalogue import catalogue, vectors
from conformance.coverage import anything_shown_by, languages, told_by, uncovered
from harness.model.versions import Version, dotted

every_language = pytest.mark.parametrize("language", [pytest.param(item, id=dotted(item)) for item in languages()])

slow = pytest.mark.timeout(600)  # the first of them asks for every departure from every rule in every vector


@slow
@every_language
def test_every_clause_is_covered(language: Version) -> None:
    """Of every clause that decides something in that version a vector notices a departure, or tells the answer."""
    assert uncovered(language) == ()


@slow
def test_every_vector_notices_something() -> None:
    """No vector passes whatever an implementation does."""
    idle = [name for name in vectors() if not anything_shown_by(name)]
    assert idle == []


def test_a_change_within_a_line_is_judged() -> None:
    """Each line of the language is judged, and the versions in which a clause begins or ends inside of one."""
    clause = next(iter(catalogue().values()))
    given = [
        msgspec.structs.replace(clause, since="3.7.1", until="3.15.2"),
        msgspec.structs.replace(clause, since="4.0.1"),
    ]
    lines = [(3, minor) for minor in range(8, 16)]
    assert (*lines, (3, 15, 2)) == told_by(given)
