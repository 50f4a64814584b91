"""Shards give the smaller cases that they have."""

import msgspec

from harness.diff import Verdict
from harness.model.case import Case, case_id
from harness.model.source import Mark, Source
from harness.model.tree import Root, Tree
from reports import Departure, Finding
from reports.gathering import Shown
from reports.merging import smallest

CASES = [Case(Tree((Root(),)), Source((Mark("x"),) * number)) for number in range(4)]
SHOWN = Shown("a: no", ("a: no",), (), Departure("outcome", (0,), (1,), 2, "a: no"))


def found(first: Case, minimal: Case, place: int = 0) -> Finding:
    """What a shard found of that cause in that implementation."""
    told = ("outcome", (0,), (1,), 2, 1, {str(place): 1}, case_id(first), minimal)
    return Finding("a: no", Verdict.DIVERGES, 0, "no", "it does not", *told)


def test_of_the_same_first_case() -> None:
    """It is the one that was made of the same case, whatever others there are."""
    shrink = smallest([found(CASES[2], CASES[0]), found(CASES[3], CASES[1])])
    assert CASES[1] == shrink(CASES[3], 0, SHOWN)[0]


def test_of_the_same_cause() -> None:
    """Where the shard that has the case took another cause for it, it is the smallest that others made of this one."""
    shrink = smallest([found(CASES[2], CASES[1]), found(CASES[1], CASES[0])])
    assert [CASES[0], CASES[3]] == [shrink(CASES[3], place, SHOWN)[0] for place in (0, 1)]


def test_of_no_other_cause() -> None:
    """Of another cause, or of what is known, nothing is taken."""
    known = msgspec.structs.replace(found(CASES[2], CASES[0]), verdict=Verdict.KNOWN)
    other = msgspec.structs.replace(found(CASES[2], CASES[0]), signature="b: no")
    assert CASES[3] == smallest([known, other])(CASES[3], 0, SHOWN)[0]
