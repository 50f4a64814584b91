"""Findings follow from the lines about cases."""

import pytest

from harness.diff import Verdict
from harness.model.case import Case
from harness.model.source import Mark, Source
from harness.model.tree import Root, Tree
from reports import CaseRecord, Departure, Finding, Group, Record
from reports.gathering import Findings, verdict

TREE = Tree((Root(),))
LARGE, SMALL, OTHER = Case(TREE, Source((Mark("x"), Mark("y")))), Case(TREE, Source()), Case(TREE, Source((Mark("z"),)))


def departure(signature: str, *, seen: int = 2, expectation: str = "", suspect: bool = False) -> Departure:
    """One divergence."""
    return Departure(f"binding/{signature}", (0, 1), (1,), seen, signature, expectation, suspect)


def group(number: int, case: Case | None, *told: tuple[Verdict, tuple[Departure, ...]]) -> Group:
    """What is said of one case on one implementation after the other."""
    records = tuple(
        Record(number, f"case{number}", "generated", place, said, departures=departures)
        for place, (said, departures) in enumerate(told)
    )
    return Group(None if case is None else CaseRecord(f"case{number}", case), records)


def found(*groups: Group) -> list[Finding]:
    """The findings, as they were met."""
    findings = Findings()
    for item in groups:
        findings.take(item)
    return list(findings.lines())


DIVERGES, KNOWN = Verdict.DIVERGES, Verdict.KNOWN


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param(departure("s", expectation="as it is"), KNOWN, id="expected"),
        pytest.param(departure("s", expectation="as it is", suspect=True), KNOWN, id="expected, of everybody"),
        pytest.param(departure("s", suspect=True), Verdict.DOCS_SUSPECT, id="of everybody"),
        pytest.param(departure("s"), DIVERGES, id="neither"),
    ],
)
def test_verdict(given: Departure, said: Verdict) -> None:
    """A divergence is known if it is expected, suspect if everybody shows it; else the verdict is that of the case."""
    assert said is verdict(Record(0, "id", "generated", 0, DIVERGES, departures=(given,)), given)


def test_one_signature_is_one_finding() -> None:
    """It is told by its first case, with the number of all its cases and those of each implementation."""
    wrong = (DIVERGES, (departure("s"),))
    right = (Verdict.CONFORMS, ())
    late = (DIVERGES, (departure("s", seen=3),))
    lines = found(group(4, LARGE, right, wrong), group(6, SMALL, late, late), group(7, OTHER, right, late))
    assert [
        Finding("s", DIVERGES, 1, "", "", "binding/s", (0, 1), (1,), 2, 3, {"0": 1, "1": 3}, "case4", LARGE)
    ] == lines


def test_a_case_counts_once() -> None:
    """A case with two divergences of one signature is one sample."""
    (line,) = found(group(0, LARGE, (DIVERGES, (departure("s"), departure("s", seen=3)))))
    assert (1, {"0": 1}) == (line.samples, line.cases)


def test_verdicts_are_told_apart() -> None:
    """One signature that is known of some and not of others is two findings, what is known last."""
    known = (KNOWN, (departure("s", expectation="as it is"),))
    lines = found(group(0, LARGE, known), group(1, SMALL, (DIVERGES, (departure("s"),))))
    assert [(DIVERGES, ""), (KNOWN, "as it is")] == [(line.verdict, line.expectation) for line in lines]


def test_by_their_first_cases() -> None:
    """Findings stand in the order in which they were met."""
    lines = found(
        group(0, LARGE, (DIVERGES, (departure("z"), departure("b")))), group(1, SMALL, (DIVERGES, (departure("a"),)))
    )
    assert ["z", "b", "a"] == [line.signature for line in lines]


def test_without_its_case() -> None:
    """Where the case is not told there is no finding."""
    assert [] == found(group(0, None, (DIVERGES, (departure("s"),))))


def test_shrunk() -> None:
    """What no expectation names is shrunk, on who showed it first; how it shows itself there is told."""
    asked: list[tuple[Case, int, str, Verdict]] = []

    def shrink(case: Case, place: int, shown: Departure, said: Verdict) -> tuple[Case, Departure]:
        asked.append((case, place, shown.signature, said))
        return SMALL, departure("s", seen=9)

    findings = Findings()
    right = (Verdict.CONFORMS, ())
    findings.take(group(0, LARGE, right, (DIVERGES, (departure("s"),))))
    findings.take(group(1, OTHER, (KNOWN, (departure("k", expectation="as it is"),)), right))
    lines = list(findings.lines(shrink))
    assert [(LARGE, 1, "s", DIVERGES)] == asked
    assert [("s", 9, SMALL), ("k", 2, OTHER)] == [(line.signature, line.seen, line.minimal) for line in lines]
