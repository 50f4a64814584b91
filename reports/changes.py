"""What is different between two sets of answers: two runs, or two implementations of one run."""

from collections.abc import Mapping

import msgspec

from harness.diff import Verdict
from reports.records import Record
from reports.runfile import Run

Answers = Mapping[str, Record]
"""Records by the ids of their cases."""


class Change(msgspec.Struct, frozen=True):
    """A signature that one side shows and the other does not, with how many of the shared cases show it."""

    signature: str
    clause: str
    cases: int
    first: str


class Comparison(msgspec.Struct, frozen=True):
    """``shared`` cases were judged on both sides; ``gone`` only the first side shows, ``new`` only the second.

    ``verdicts`` counts the shared cases by both verdicts where they differ.
    """

    shared: int
    gone: tuple[Change, ...]
    new: tuple[Change, ...]
    verdicts: dict[str, int]

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return not (self.gone or self.new or self.verdicts)


def answers(run: Run, place: int) -> Answers:
    """The records about the implementation at ``place``."""
    return {record.case: record for record in run.records if record.implementation == place}


def compare(before: Answers, after: Answers, run: Run) -> Comparison:
    """What changed in the cases that both sides have; ``run`` names the clauses."""
    shared = [case for case in before if case in after]
    left, right = ({case: side[case] for case in shared} for side in (before, after))
    shown = [_signatures(left, run), _signatures(right, run)]
    pairs = [(left[case].verdict, right[case].verdict) for case in shared]
    return Comparison(
        len(shared),
        tuple(change for signature, change in shown[0].items() if signature not in shown[1]),
        tuple(change for signature, change in shown[1].items() if signature not in shown[0]),
        _counted([pair for pair in pairs if pair[0] is not pair[1]]),
    )


def _signatures(side: Answers, run: Run) -> dict[str, Change]:
    found: dict[str, Change] = {}
    for case, record in side.items():
        for signature, clauses in {item.signature: item.clauses for item in record.departures}.items():
            clause = run.header.clauses[clauses[-1]].id
            known = found.get(signature, Change(signature, clause, 0, case))
            found[signature] = msgspec.structs.replace(known, cases=known.cases + 1)
    return found


def _counted(pairs: list[tuple[Verdict, Verdict]]) -> dict[str, int]:
    named = [f"{before.value} → {after.value}" for before, after in pairs]
    return {name: named.count(name) for name in dict.fromkeys(named)}
