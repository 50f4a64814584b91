"""What a cut run file would have said at its end."""

from collections.abc import Iterator

from harness.diff import Verdict
from reports.records import CaseRecord, Departure, Finding, Record


def findings_of(records: tuple[Record, ...], cases: tuple[CaseRecord, ...]) -> Iterator[Finding]:
    """The findings that follow from records alone: each with its first case, which nobody made smaller."""
    known = {item.id: item.case for item in cases}
    groups: dict[tuple[Verdict, str], list[tuple[Record, Departure]]] = {}
    for record in records:
        for departure in record.departures:
            verdict = Verdict.KNOWN if departure.expectation else record.verdict
            groups.setdefault((verdict, departure.signature), []).append((record, departure))
    for (verdict, signature), found in groups.items():
        first, departure = found[0]
        if first.case in known:
            yield Finding(
                signature,
                verdict,
                departure.fact,
                departure.clauses,
                departure.expected,
                departure.seen,
                len({record.number for record, _ in found}),
                _counts([record for record, _ in found]),
                first.case,
                known[first.case],
                departure.expectation,
            )


def _counts(records: list[Record]) -> dict[str, int]:
    """The number of cases of each implementation, by its position."""
    cases: dict[int, set[int]] = {}
    for record in records:
        cases.setdefault(record.implementation, set()).add(record.number)
    return {str(place): len(numbers) for place, numbers in sorted(cases.items())}
