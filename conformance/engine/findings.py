"""Divergences gathered by signature, each with its smallest case."""

from collections.abc import Callable, Iterator

from conformance.engine.planning import Planned
from conformance.engine.recording import Table
from conformance.engine.verdicts import Ruling
from harness.diff import Divergence, Verdict
from harness.model.case import Case
from reports import Finding

Shrink = Callable[[Case, int, str, Divergence], tuple[Case, Divergence]]
"""A smaller case on which the implementation at a position still shows the signature, with its divergence there."""


class _Group:
    """The divergences of one signature and verdict."""

    def __init__(self, planned: Planned, place: int, divergence: Divergence, reason: str) -> None:
        self.first = planned
        self.place = place
        self.divergence = divergence
        self.reason = reason
        self.cases: dict[int, set[int]] = {}

    def add(self, planned: Planned, place: int) -> None:
        self.cases.setdefault(place, set()).add(planned.number)


class Findings:
    """The divergences of a run so far."""

    def __init__(self) -> None:
        self._groups: dict[tuple[Verdict, str], _Group] = {}

    def add(self, planned: Planned, place: int, ruling: Ruling) -> None:
        """Take in what was said of one implementation."""
        for finding in ruling.findings:
            divergence = finding.divergence
            verdict = _verdict(ruling, named=finding.expectation is not None, suspect=finding.suspect)
            reason = finding.expectation.reason if finding.expectation else ""
            group = self._groups.setdefault((verdict, divergence.signature), _Group(planned, place, divergence, reason))
            group.add(planned, place)

    def lines(self, known: Table, shrink: Shrink) -> Iterator[Finding]:
        """One line a signature: those that no expectation names, shrunk, then the known; each by their first cases."""
        for (verdict, signature), group in sorted(self._groups.items(), key=lambda item: item[0][0] is Verdict.KNOWN):
            case, divergence = group.first.case, group.divergence
            if verdict is not Verdict.KNOWN:
                case, divergence = shrink(case, group.place, signature, divergence)
            yield Finding(
                signature,
                verdict,
                divergence.fact,
                known.of(divergence.clauses),
                divergence.expected,
                divergence.seen,
                len(set().union(*group.cases.values())),
                {str(place): len(numbers) for place, numbers in sorted(group.cases.items())},
                group.first.identifier,
                case,
                group.reason,
            )


def _verdict(ruling: Ruling, *, named: bool, suspect: bool) -> Verdict:
    if named:
        return Verdict.KNOWN
    return Verdict.DOCS_SUSPECT if suspect else ruling.verdict
