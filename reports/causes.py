"""From what explains each case to causes: why one implementation departs, in as few departures as there are.

The departure that explains most, and that no case refutes, is taken to be made; then it is asked again what explains
the rest beside it, until nothing does. That departs from a clause in a way that is not listed: from the one that cases
which depart have in common and others have not.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from math import sqrt
from typing import Final

import msgspec

from harness.diff import Verdict
from reports.records import Record

_ORDERLY: Final = frozenset({Verdict.CONFORMS, Verdict.ALLOWED, Verdict.UNSPECIFIED, Verdict.KNOWN})
_RAISES: Final = ": raises "
_COURSE: Final = ("trace/", "exception/", "outcome")


class Cause(msgspec.Struct, frozen=True):
    """Why some cases depart: from the clause at ``clause``, by the departure that ``departure`` spells out, if listed.

    ``records`` are those that it explains, in order.
    """

    clause: int
    departure: str
    records: tuple[Record, ...]


class Evidence:
    """What the cases of one implementation say of causes; ``clauses`` are the ids of the run's."""

    def __init__(self, clauses: Sequence[str]) -> None:
        self._places = {clause: place for place, clause in enumerate(clauses)}
        self._orderly: Counter[int] = Counter()
        self._departing: list[Record] = []
        self._refuted: set[str] = set()
        self._known: dict[str, list[Record]] = {}

    def take(self, record: Record) -> None:
        """Take in what was said of a case."""
        self._refuted.update(record.refuted)
        if record.verdict in _ORDERLY:
            self._orderly.update({*record.clauses, *record.consulted})
        elif record.departures:
            self._departing.append(record)
        if record.verdict is Verdict.KNOWN and record.departures:
            for name in record.taken:
                self._known.setdefault(name, []).append(record)

    def expected(self) -> Iterator[tuple[str, tuple[Record, ...]]]:
        """Each departure that expectations name, with the records in which it is made."""
        yield from ((name, tuple(records)) for name, records in self._known.items())

    def causes(self) -> Iterator[Cause]:
        """Each cause; a case may have more than one."""
        left = self._departing
        made: set[str] = set()
        groups: dict[str, list[Record]] = {}
        while (best := self._best(left, made)) is not None:
            made.add(best)
            rest = []
            for record in left:
                whole = next((item for item in record.explained if made.issuperset(item)), None)
                if whole is None:
                    rest.append(record)
                for item in whole or ():
                    groups.setdefault(item, []).append(record)
            left = rest
        for name, records in groups.items():
            yield Cause(self._places[name.partition(": ")[0]], name, tuple(records))
        yield from self._unlisted(left)

    def _best(self, left: Iterable[Record], made: AbstractSet[str]) -> str | None:
        """The departure that explains most of these records together with those that are made, and is not refuted."""
        whole: Counter[str] = Counter()
        part: Counter[str] = Counter()
        for record in left:
            missing = [frozenset(item).difference(made) for item in record.explained]
            missing = [item for item in missing if not any(map(self._is_refuted, item))]
            whole.update({name for item in missing if len(item) == 1 for name in item})
            part.update({name for item in missing for name in item})
        found = whole or part
        return min(found, key=lambda name: (-found[name], -self._likeness(left, name), name), default=None)

    def _likeness(self, left: Iterable[Record], name: str) -> float:
        clause = self._places[name.partition(": ")[0]]
        return self._score(clause, sum(clause in _asked(record) for record in left), len(list(left)))

    def _is_refuted(self, name: str) -> bool:
        """Whether it is refuted itself, or is one exception of those of which another is."""
        clause, found, _ = name.partition(_RAISES)
        return name in self._refuted or (bool(found) and any(item.startswith(clause + found) for item in self._refuted))

    def _unlisted(self, left: Sequence[Record]) -> Iterator[Cause]:
        """By the clauses that are asked where it departs and seldom elsewhere; what gives a differing state."""
        while left:
            asked = Counter(clause for record in left for clause in _asked(record))
            clause = min(asked, key=lambda item: (-self._score(item, asked[item], len(left)), item))
            mine = tuple(record for record in left if clause in _asked(record))
            yield Cause(clause, "", mine)
            left = [record for record in left if clause not in _asked(record)]

    def _score(self, clause: int, departing: int, total: int) -> float:
        """How well the clause tells departing cases from others (Ochiai)."""
        return departing / sqrt(total * (departing + self._orderly[clause])) if departing else 0.0


def _asked(record: Record) -> set[int]:
    """The clauses that could have mattered; where only a state differs, those that give what differs."""
    if any(item.fact.startswith(_COURSE) for item in record.departures):
        return {*record.clauses, *record.consulted}
    return {item.clauses[-1] for item in record.departures}
