"""What is different between two sets of answers: two runs, or two implementations of one run."""

from collections.abc import Iterable, Mapping

import msgspec

from harness.diff import Verdict
from reports.groups import Group
from reports.records import UNEXECUTED, Header


class Said(msgspec.Struct, frozen=True):
    """What is said of one case: the signatures of its divergences, each with its clause."""

    verdict: Verdict
    shown: tuple[tuple[str, str], ...] = ()


Answers = Mapping[str, Said]
"""What is said of cases, by their names."""


class Change(msgspec.Struct, frozen=True):
    """A signature that one side shows and the other does not, with how many of the shared cases show it.

    ``first`` is one of them: the name of a vector, or the id of another case.
    """

    signature: str
    clause: str
    cases: int
    first: str


class Comparison(msgspec.Struct, frozen=True):
    """``shared`` cases are on both sides, and ``judged`` of them were judged on both.

    ``gone`` only the first side shows, ``new`` only the second. A vector is the same as long as its name is.

    ``verdicts`` counts the shared cases by both verdicts where they differ.
    """

    shared: int
    judged: int
    gone: tuple[Change, ...]
    new: tuple[Change, ...]
    verdicts: dict[str, int]

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return not (self.gone or self.new or self.verdicts)


def answers(header: Header, groups: Iterable[Group]) -> tuple[Answers, ...]:
    """What is said of each implementation, in the order of the header."""
    found: tuple[dict[str, Said], ...] = tuple({} for _ in header.implementations)
    plain = {verdict: Said(verdict) for verdict in Verdict}
    for group in groups:
        case = group.records[0].named
        for record in group.records:
            said = plain[record.verdict]
            if record.departures:
                shown = {item.signature: header.clauses[item.clauses[-1]].id for item in record.departures}
                said = Said(record.verdict, tuple(shown.items()))
            found[record.implementation][case] = said
    return found


def compare(before: Answers, after: Answers) -> Comparison:
    """What changed in the cases that both sides have."""
    shared = [case for case in before if case in after]
    shown = [_signatures(side, shared) for side in (before, after)]
    pairs = [(before[case].verdict, after[case].verdict) for case in shared]
    return Comparison(
        len(shared),
        sum(UNEXECUTED.isdisjoint(pair) for pair in pairs),
        tuple(change for signature, change in shown[0].items() if signature not in shown[1]),
        tuple(change for signature, change in shown[1].items() if signature not in shown[0]),
        _counted([pair for pair in pairs if pair[0] is not pair[1]]),
    )


def _signatures(side: Answers, cases: Iterable[str]) -> dict[str, Change]:
    found: dict[str, Change] = {}
    for case in cases:
        for signature, clause in side[case].shown:
            known = found.get(signature, Change(signature, clause, 0, case))
            found[signature] = msgspec.structs.replace(known, cases=known.cases + 1)
    return found


def _counted(pairs: list[tuple[Verdict, Verdict]]) -> dict[str, int]:
    named = [f"{before.value} → {after.value}" for before, after in pairs]
    return {name: named.count(name) for name in dict.fromkeys(named)}
