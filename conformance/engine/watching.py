"""What becomes of expectations."""

from collections.abc import Iterator, Sequence

from conformance.catalogue import Expectation
from conformance.engine.verdicts import reasons
from harness.diff import Verdict
from reports import ExpectationRecord, Record


class Watch:
    """All expectations of a run, for the implementations at their positions; the order of cases does not matter."""

    def __init__(self, expected: Sequence[tuple[Expectation, ...]]) -> None:
        self._expected = expected
        self._happened = [[0] * len(entries) for entries in expected]

    def take(self, record: Record) -> None:
        """Take in what was said of an implementation."""
        if record.verdict is not Verdict.KNOWN:
            return
        counts = self._happened[record.implementation]
        for at, entry in enumerate(self._expected[record.implementation]):
            counts[at] += str(entry.taken) in record.taken

    def explains(self, record: Record) -> bool:
        """Whether the expectations named in a record are those of today."""
        entries = self._expected[record.implementation]
        reason = reasons(entries, record.taken) if record.verdict is Verdict.KNOWN else ""
        today = {str(entry.taken) for entry in entries}
        return today.issuperset(record.taken) and all(item.expectation == reason for item in record.departures)

    def lines(self) -> Iterator[ExpectationRecord]:
        """One line for each expectation."""
        for place, entries in enumerate(self._expected):
            for entry, happened in zip(entries, self._happened[place], strict=True):
                yield ExpectationRecord(place, entry.clause, entry.departure, entry.reason, entry.kind.value, happened)
