"""What is different between two sets of answers: two runs, or two implementations of one run."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from harness.diff import Verdict
from harness.model.clauses import silent
from reports.causes import Evidence
from reports.groups import Group
from reports.records import UNEXECUTED, Header
from reports.wording import UNLISTED


class Said(msgspec.Struct, frozen=True):
    """What is said of one case: in which ways it departs, each with its clause, and why, each cause with its clause."""

    verdict: Verdict
    ways: tuple[tuple[str, str], ...] = ()
    causes: tuple[tuple[str, str], ...] = ()


Answers = Mapping[str, Said]
"""What is said of cases, by their names."""


class Change(msgspec.Struct, frozen=True):
    """A cause that one side shows and the other does not, with how many of the shared cases show it.

    ``signature`` is that of its finding, or the way to depart where that alone changed; ``first`` is one of them: the
    name of a vector, or the id of another case.
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
    clauses = [clause.id for clause in header.clauses]
    found: tuple[dict[str, Said], ...] = tuple({} for _ in header.implementations)
    evidence = tuple(Evidence(clauses, silent(header.clauses)) for _ in header.implementations)
    plain = {verdict: Said(verdict) for verdict in Verdict}
    for group in groups:
        case = group.records[0].named
        for record in group.records:
            evidence[record.implementation].take(record)
            ways = {item.signature: clauses[item.clauses[-1]] for item in record.departures}
            said = Said(record.verdict, tuple(ways.items())) if ways else plain[record.verdict]
            found[record.implementation][case] = said
    for mine, seen in zip(found, evidence, strict=True):
        for case, causes in _caused(seen, clauses).items():
            mine[case] = msgspec.structs.replace(mine[case], causes=tuple(causes.items()))
    return found


def _caused(evidence: Evidence, clauses: Sequence[str]) -> Mapping[str, dict[str, str]]:
    """Why each case departs, by its name: the causes that have it, or what expectations name."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for cause in evidence.causes():
        clause = clauses[cause.clause]
        for record in (*cause.records, *cause.beside):
            found[record.named][cause.departure or f"{clause}: {UNLISTED}"] = clause
    for name, records in evidence.expected():
        for record in records:
            found[record.named][name] = name.partition(": ")[0]
    return found


def compare(before: Answers, after: Answers) -> Comparison:
    """What changed in the cases that both sides have.

    A case that departs in the same ways has the same causes, however the other cases of either side tell it.
    """
    shared = {case: _aligned(before[case], after[case]) for case in before if case in after}
    shown = [_causes((case, pair[side]) for case, pair in shared.items()) for side in (0, 1)]
    pairs = [(one.verdict, other.verdict) for one, other in shared.values()]
    return Comparison(
        len(shared),
        sum(UNEXECUTED.isdisjoint(pair) for pair in pairs),
        tuple(change for signature, change in shown[0].items() if signature not in shown[1]),
        tuple(change for signature, change in shown[1].items() if signature not in shown[0]),
        _counted([pair for pair in pairs if pair[0] is not pair[1]]),
    )


def _aligned(one: Said, other: Said) -> tuple[Said, Said]:
    """Both, with causes that are others only if something is; where nothing but the way is another, with the ways."""
    if (one.verdict, one.ways) == (other.verdict, other.ways):
        return one, one
    if one.causes == other.causes:
        first, second = (msgspec.structs.replace(item, causes=item.ways) for item in (one, other))
        return first, second
    return one, other


def _causes(told: Iterable[tuple[str, Said]]) -> dict[str, Change]:
    found: dict[str, Change] = {}
    for case, said in told:
        for signature, clause in said.causes:
            known = found.get(signature, Change(signature, clause, 0, case))
            found[signature] = msgspec.structs.replace(known, cases=known.cases + 1)
    return found


def _counted(pairs: list[tuple[Verdict, Verdict]]) -> dict[str, int]:
    named = [f"{before.value} → {after.value}" for before, after in pairs]
    return {name: named.count(name) for name in dict.fromkeys(named)}
