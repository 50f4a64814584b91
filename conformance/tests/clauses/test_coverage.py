"""Every clause that decides something is covered by the vectors, and every vector covers something."""

from typing import Final

import msgspec
import pytest

from conformance.catalogue import catalogue, chapter, cited_clauses, vectors
from conformance.coverage import anything_shown_by, decides, languages, showing, told_by, uncovered
from conformance.sensitivity.departing import unnoticed
from harness.model.versions import Version, dotted

every_language = pytest.mark.parametrize("language", [pytest.param(item, id=dotted(item)) for item in languages()])

SIDES: Final = 3
"""A clause is shown where it says what happens, where it forbids or limits, and in a corner."""

SHOWN: Final = (
    "binding",
    "from_import",
    "star",
    "names",
    "caching",
    "failing",
    "packages",
    "attributes",
    "module_hooks",
    "dunder_import",
)
"""The chapters of the language whose clauses are shown from all sides."""

WHOLE: Final = (*SHOWN, "library", "reloading", "walking")
"""The chapters of which every clause has its rule."""


@every_language
def test_every_clause_is_covered(language: Version) -> None:
    """Of every clause that decides something in that version a vector notices a departure, or tells the answer."""
    assert uncovered(language) == ()


@every_language
def test_every_clause_is_shown_from_all_sides(language: Version) -> None:
    """Three vectors are written for each clause of those chapters that decides something, and notice it."""
    those = [clause for clause in catalogue().values() if clause.tier == "language" and chapter(clause.id) in SHOWN]
    deciding = [clause.id for clause in those if clause.holds(language) and decides(clause) and not clause.awaits]
    found = {name: showing(name, language) for name in deciding}
    assert {name: seen for name, seen in found.items() if len(seen) < SIDES} == {}


def test_every_departure_is_noticed() -> None:
    """What an implementation could do instead is noticed by a vector, each way in which a clause can be left."""
    assert unnoticed() == ()


def test_chapters_that_are_whole() -> None:
    """Each clause of a chapter that is whole decides something in the oracle, or the catalogue says why it does not."""
    known = [clause for clause in catalogue().values() if chapter(clause.id) in WHOLE or clause.area == "runpy"]
    silent = [clause for clause in known if clause.id not in cited_clauses()]
    unsaid = [clause.id for clause in silent if not clause.untestable and not clause.awaits]
    assert [name for name in unsaid if catalogue()[name].restates not in cited_clauses()] == []


def test_what_awaits_nothing_says_so() -> None:
    """No clause that the oracle cites awaits anything, and none that no case can test."""
    awaiting = [clause for clause in catalogue().values() if clause.awaits]
    assert [clause.id for clause in awaiting if clause.untestable or clause.id in cited_clauses()] == []


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
