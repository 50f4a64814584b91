"""Shards give the smaller cases that they have."""

from harness.model.case import Case, case_id
from harness.model.source import Mark, Source
from harness.model.tree import Root, Tree
from reports import Departure
from reports.merging import told
from reports.records import Aim, Step

CASES = [Case(Tree((Root(),)), Source((Mark("x"),) * number)) for number in range(4)]
AIM, OTHER = Aim(("a: no",)), Aim(signature="s")


def step(first: Case, smaller: Case, aim: Aim = AIM, place: int = 0) -> Step:
    """What a shard tells of a case."""
    return Step(place, case_id(first), aim, smaller, Departure("outcome", (0,), (1,), 2, "s"))


def test_of_the_same_case() -> None:
    """They are those that were made of the same case of the same implementation in the same way, in their order."""
    mine = [step(CASES[3], CASES[3]), step(CASES[3], CASES[1])]
    others = [step(CASES[2], CASES[0]), step(CASES[3], CASES[0], OTHER), step(CASES[3], CASES[0], AIM, 1)]
    assert mine == list(told([others[0], mine[0], *others[1:], mine[1]])(CASES[3], 0, AIM))


def test_of_another() -> None:
    """Of a case of which no shard tells there is none."""
    assert [] == list(told([step(CASES[3], CASES[0])])(CASES[2], 0, AIM))
