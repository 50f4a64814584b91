"""Divergences gathered by signature, from nothing but the lines of a run file."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from harness.diff import Verdict
from harness.model.case import Case
from reports.groups import Group
from reports.records import Departure, Finding, Record

Shrink: TypeAlias = Callable[[Case, int, Departure, Verdict], tuple[Case, Departure]]
"""A smaller case on which the implementation at a position still shows the signature of the departure, and how."""


def unshrunk(case: Case, _place: int, departure: Departure, _verdict: Verdict) -> tuple[Case, Departure]:
    """The case as it is."""
    return case, departure


class _Sample:
    """The divergences of one signature and verdict: the first one, and how many cases there are."""

    def __init__(self, group: Group, record: Record, departure: Departure) -> None:
        self.first = record
        self.case = group.case.case if group.case else None
        self.departure = departure
        self.samples = 0
        self.cases: dict[int, int] = {}


class Findings:
    """The divergences of a run so far; cases are taken in by their numbers, in order."""

    def __init__(self) -> None:
        self._samples: dict[tuple[Verdict, str], _Sample] = {}

    def take(self, group: Group) -> None:
        """Take in what was said of one case."""
        touched: dict[tuple[Verdict, str], dict[int, None]] = {}
        for record in group.records:
            for departure in record.departures:
                key = verdict(record, departure), departure.signature
                if key not in self._samples:
                    self._samples[key] = _Sample(group, record, departure)
                touched.setdefault(key, {})[record.implementation] = None
        for key, places in touched.items():
            sample = self._samples[key]
            sample.samples += 1
            for place in places:
                sample.cases[place] = sample.cases.get(place, 0) + 1

    def lines(self, shrink: Shrink = unshrunk) -> Iterator[Finding]:
        """One line a signature: those that no expectation names, shrunk, then the known; each by their first cases."""
        for (said, signature), sample in sorted(self._samples.items(), key=lambda item: item[0][0] is Verdict.KNOWN):
            if sample.case is None:
                continue
            case, departure = sample.case, sample.departure
            if said is not Verdict.KNOWN:
                case, departure = shrink(case, sample.first.implementation, departure, said)
            yield Finding(
                signature,
                said,
                departure.clauses[-1],
                "",
                "",
                departure.fact,
                departure.clauses,
                departure.expected,
                departure.seen,
                sample.samples,
                {str(place): count for place, count in sorted(sample.cases.items())},
                sample.first.case,
                case,
                sample.departure.expectation,
                departure.said,
            )


def verdict(record: Record, departure: Departure) -> Verdict:
    """What is said of one divergence."""
    if departure.expectation:
        return Verdict.KNOWN
    return Verdict.DOCS_SUSPECT if departure.suspect else record.verdict
