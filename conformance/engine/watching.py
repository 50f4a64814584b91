"""What becomes of expectations."""

import fnmatch
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from conformance.catalogue import Expectation
from conformance.catalogue.expectations import ENOUGH
from conformance.engine.recording import Table
from harness.diff import Verdict
from harness.model.prediction import Prediction, Unspecified
from reports import Departure, ExpectationRecord, Record

UNJUDGED: Final = frozenset({Verdict.UNSUPPORTED, Verdict.FLAKY, Verdict.HARNESS_FAULT})
"""The verdicts of records from which nothing follows about an expectation."""

KEPT: Final = 8192
"""How many answers to one question are kept."""


class _Watched:
    """One expectation of one implementation: how many cases could have shown it, and how many did.

    Where its vectors decide nothing else is counted but them.
    """

    def __init__(self, place: int, expectation: Expectation, clauses: Iterable[str]) -> None:
        self._place = place
        self._clauses = frozenset(fnmatch.filter(clauses, expectation.clause))
        self._expectation = expectation
        self._enough = 0 if expectation.vectors else ENOUGH
        self._exercised = 0
        self._happened = 0
        self._failed: set[str] = set()
        self._named: dict[tuple[str, tuple[str, ...]], bool] = {}

    def take(self, origin: str, prediction: Prediction, cited: AbstractSet[str], *, happened: bool) -> None:
        self._happened += happened
        if origin in self._expectation.vectors and not happened:
            self._failed.add(origin)
        if self._exercised < self._enough and not self._clauses.isdisjoint(cited) and self._has(prediction):
            self._exercised += 1

    def line(self) -> ExpectationRecord:
        entry = self._expectation
        return ExpectationRecord(
            self._place,
            entry.clause,
            entry.fact,
            entry.reason,
            entry.kind.value,
            self._enough,
            self._exercised,
            self._happened,
            tuple(sorted(self._failed)),
        )

    def names(self, fact: str, clauses: tuple[str, ...]) -> bool:
        """Whether the expectation names a divergence of that fact."""
        key = fact, clauses
        known = self._named.get(key)
        if known is None:
            if len(self._named) >= KEPT:
                self._named.clear()
            known = self._named[key] = self._expectation.names(fact, clauses)
        return known

    def _has(self, prediction: Prediction) -> bool:
        """Whether the prediction decides a fact that the expectation is about."""
        return any(
            not isinstance(expected, Unspecified) and self.names(fact, expected.clauses)
            for fact, expected in prediction.facts.items()
        )


class Watch:
    """All expectations of a run, for the implementations at their positions; the order of cases does not matter."""

    def __init__(self, expected: Sequence[tuple[Expectation, ...]], known: Table) -> None:
        self._expected = expected
        self._watched = [
            [_Watched(place, item, known.places) for item in entries] for place, entries in enumerate(expected)
        ]
        self._clauses = tuple(known.places)
        self._last: tuple[Prediction, frozenset[str]] | None = None

    def take(self, record: Record, prediction: Prediction) -> None:
        """Take in what was said of an implementation, whose prediction it was."""
        watched = self._watched[record.implementation]
        if watched and record.verdict not in UNJUDGED:
            happened = {self._naming(record.implementation, item) for item in record.departures}
            cited = self._cited(prediction)
            for at, item in enumerate(watched):
                item.take(record.origin, prediction, cited, happened=at in happened)

    def explains(self, record: Record) -> bool:
        """Whether the expectations named in a record are those of today."""
        entries = self._expected[record.implementation]
        named = ((self._naming(record.implementation, item), item.expectation) for item in record.departures)
        return all((entries[at].reason if at is not None else "") == reason for at, reason in named)

    def lines(self) -> Iterator[ExpectationRecord]:
        """One line for each expectation."""
        for group in self._watched:
            for item in group:
                yield item.line()

    def _cited(self, prediction: Prediction) -> frozenset[str]:
        """The clauses that decide a fact of a prediction, which most implementations have in common."""
        if self._last is None or self._last[0] is not prediction:
            facts = prediction.facts.values()
            self._last = prediction, frozenset(clause for expected in facts for clause in expected.clauses)
        return self._last[1]

    def _naming(self, place: int, departure: Departure) -> int | None:
        """The position of the expectation that names a divergence: the first one that does."""
        clauses = tuple(self._clauses[clause] for clause in departure.clauses)
        found = (at for at, item in enumerate(self._watched[place]) if item.names(departure.fact, clauses))
        return next(found, None)
