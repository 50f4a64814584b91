"""Expectations that no longer happen."""

import fnmatch
from collections.abc import Iterator, Sequence

from conformance.catalogue import Expectation
from conformance.catalogue.expectations import ENOUGH
from conformance.engine.verdicts import JUDGED, Answer, Ruling
from harness.model.prediction import Prediction, Unspecified
from reports import UnexpectedPass


class _Watched:
    """One expectation of one implementation: how often it could have happened, and whether it did."""

    def __init__(self, place: int, expectation: Expectation) -> None:
        self.place = place
        self.expectation = expectation
        self.exercised = 0
        self.happened = False
        self.failed: list[str] = []

    def take(self, origin: str, answer: Answer, ruling: Ruling) -> None:
        happened = any(finding.expectation is self.expectation for finding in ruling.findings)
        self.happened = self.happened or happened
        if origin in self.expectation.vectors and not happened:
            self.failed.append(origin)
        if not self.happened and self.exercised < ENOUGH and _has(answer.prediction, self.expectation):
            self.exercised += 1

    @property
    def passed(self) -> bool:
        """Whether the expectation no longer happens."""
        return bool(self.failed) or (not self.expectation.vectors and not self.happened and self.exercised >= ENOUGH)


class Watch:
    """All expectations of a run, for the implementations at their positions."""

    def __init__(self, expected: Sequence[tuple[Expectation, ...]]) -> None:
        self._watched = [[_Watched(place, item) for item in entries] for place, entries in enumerate(expected)]

    def take(self, origin: str, place: int, answer: Answer, ruling: Ruling) -> None:
        """Take in what was said of the implementation at ``place`` for a case of that origin."""
        if answer.judgement.verdict in JUDGED:
            for watched in self._watched[place]:
                watched.take(origin, answer, ruling)

    def lines(self) -> Iterator[UnexpectedPass]:
        """One line for each expectation that no longer happens."""
        for group in self._watched:
            for item in group:
                if item.passed:
                    entry = item.expectation
                    yield UnexpectedPass(item.place, entry.clause, entry.fact, entry.reason)


def _has(prediction: Prediction, expectation: Expectation) -> bool:
    """Whether the prediction decides a fact that the expectation is about."""
    return any(
        not isinstance(expected, Unspecified) and expectation.names(fact, expected.clauses)
        for fact, expected in prediction.facts.items()
        if fnmatch.fnmatchcase(fact, expectation.fact)
    )
