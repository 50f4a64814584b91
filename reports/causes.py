"""From what explains each case to causes: why one implementation departs, in as few departures as there are.

The departure that explains most, and that no case refutes, is taken to be made; then it is asked again what explains
the rest beside it, until nothing does. That departs from a clause in a way that is not listed: from the one that cases
which depart have in common and others have not.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import sqrt
from typing import Final, TypeAlias

import msgspec

from harness.diff import Verdict
from reports.records import Record

_ORDERLY: Final = frozenset({Verdict.CONFORMS, Verdict.ALLOWED, Verdict.UNSPECIFIED, Verdict.KNOWN})
_RAISES: Final = ": raises "
_COURSE: Final = ("trace/", "exception/", "outcome")
_ORDER: Final = "scope.statements-in-order"
"""The clause of what nothing but the order of statements decides: it says nothing of causes."""

_COMMON: Final = 0.5
"""A clause that tells departing cases from others so well is what they have in common."""

_KIN: Final = 0.4
"""One that does so well, and is asked with that one, stands for the same."""

_FEW: Final = 0.1
"""So many cases beside those that a departure explains are few."""

_POOR: Final = 0.6
"""A departure explains too little if it explains less than this part of what one clause has in common."""


_Within: TypeAlias = Callable[[Record], set[int]]


class Cause(msgspec.Struct, frozen=True):
    """Why some cases depart: from the clause at ``clause``, by the departure that ``departure`` spells out, if listed.

    ``records`` are those that it explains, in order; ``beside`` counts a few that it does not explain, and that depart
    where the clause is asked: nothing else explains them.
    """

    clause: int
    departure: str
    records: tuple[Record, ...]
    beside: tuple[Record, ...] = ()


def _asked(record: Record) -> set[int]:
    """The clauses that could have mattered."""
    return {*record.clauses, *record.consulted, *_close(record)}


def _leaves(record: Record) -> bool:
    """Whether it leaves the documented course, rather than only end in another state."""
    return any(item.fact.startswith(_COURSE) for item in record.departures)


def _state(record: Record) -> set[int]:
    """The clauses of what differs where only a state does."""
    return set() if _leaves(record) else _close(record)


def _first(ranks: Mapping[int, float]) -> int:
    """Which comes first, by its rank and then by its place."""
    return min(ranks, key=lambda item: (-ranks[item], item))


def _close(record: Record) -> set[int]:
    """The clauses by which the first fact of the course differs; where only a state does, those that give it."""
    if _leaves(record):
        return set(record.departures[0].clauses)
    return {item.clauses[-1] for item in record.departures}


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
            self._orderly.update(_asked(record))
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
        left: Sequence[Record] = self._departing
        groups: dict[str, list[Record]] = {}
        made: set[str] = set()
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
            beside = self._beside(name, records, left)
            left = [record for record in left if record not in beside]
            yield Cause(self._clause(name), name, tuple(records), beside)
        yield from self._unlisted(left)

    def _beside(self, name: str, records: Sequence[Record], left: Sequence[Record]) -> tuple[Record, ...]:
        """The few records that a departure does not explain where its clause is what all have in common."""
        clause = self._clause(name)
        found = tuple(record for record in left if clause in _asked(record))
        common = self._ranks([*records, *left], _asked).get(clause, 0) >= _COMMON
        return found if common and len(found) <= _FEW * len(records) else ()

    def _best(self, left: Sequence[Record], made: AbstractSet[str]) -> str | None:
        """The departure that explains most of these records together with those that are made, and is not refuted."""
        whole: Counter[str] = Counter()
        part: Counter[str] = Counter()
        for record in left:
            missing = [frozenset(item).difference(made) for item in record.explained]
            missing = [item for item in missing if not any(map(self._is_refuted, item))]
            whole.update({name for item in missing if len(item) == 1 for name in item})
            part.update({name for item in missing for name in item})
        ranks = self._ranks(left, _asked)
        found = {name: count for name, count in (whole or part).items() if self._is_enough(name, count, left, ranks)}
        return min(found, key=lambda name: (-found[name], -ranks.get(self._clause(name), 0), name), default=None)

    def _is_enough(self, name: str, count: int, left: Sequence[Record], ranks: Mapping[int, float]) -> bool:
        """Whether no other clause has far more in common, of which that departure is but a part."""
        best = _first(ranks)
        if best == self._clause(name) or ranks[best] < _COMMON:
            return True
        kin = self._kin([record for record in left if best in _asked(record)], left)
        explained = [record for record in left if any(name in item for item in record.explained)]
        inside = sum(not kin.isdisjoint(_asked(record)) for record in explained)
        return 2 * inside <= len(explained) or sqrt(count / len(left)) >= _POOR * ranks[best]

    def _clause(self, name: str) -> int:
        return self._places[name.partition(": ")[0]]

    def _is_refuted(self, name: str) -> bool:
        """Whether it is refuted itself, or is one exception of those of which another is."""
        clause, found, _ = name.partition(_RAISES)
        return name in self._refuted or (bool(found) and any(item.startswith(clause + found) for item in self._refuted))

    def _unlisted(self, left: Sequence[Record]) -> Iterator[Cause]:
        """What gives a state that differs; else what clauses have in common that are seldom asked elsewhere."""
        while left:
            clause, within = self._common(left)
            mine = [clause in within(record) for record in left]
            if within is _asked:
                kin = self._kin([record for record, is_mine in zip(left, mine, strict=True) if is_mine], left)
                mine = [not kin.isdisjoint(_asked(record)) for record in left]
            yield Cause(clause, "", tuple(record for record, is_mine in zip(left, mine, strict=True) if is_mine))
            left = [record for record, is_mine in zip(left, mine, strict=True) if not is_mine]

    def _kin(self, mine: Sequence[Record], left: Sequence[Record]) -> set[int]:
        """The clauses that most of these records ask, and few others but those that depart."""
        asked = Counter(clause for record in mine for clause in _asked(record))
        ranks = self._ranks(left, _asked)
        return {clause for clause, count in asked.items() if 2 * count >= len(mine) and ranks[clause] >= _KIN}

    def _common(self, left: Sequence[Record]) -> tuple[int, _Within]:
        """The clause that tells these records best from others, and which of them it stands for."""
        states = Counter(clause for record in left for clause in _state(record))
        ranks = self._ranks(left, _asked)
        if 2 * sum(map(_leaves, left)) < len(left):
            ranks = {clause: rank for clause, rank in ranks.items() if clause in states}
        best = _first(ranks)
        if ranks[best] >= _COMMON:
            return best, _asked
        return (_first(states), _state) if states else (_first(self._ranks(left, _close)), _close)

    def _ranks(self, left: Sequence[Record], among: _Within) -> dict[int, float]:
        """How well each clause tells these records from others (Ochiai).

        A clause that is not close to what differs counts the less, the fewer records there are.
        """
        asked = Counter(clause for record in left for clause in _asked(record))
        close = Counter(clause for record in left for clause in _close(record))
        named = Counter(clause for record in left for clause in among(record))
        aside = 1 - 1 / sqrt(1 + len(left))
        order = self._places.get(_ORDER)
        return {
            clause: 0.0
            if clause == order
            else (close[clause] + aside * (count - close[clause]))
            / sqrt(len(left) * (asked[clause] + self._orderly[clause]))
            for clause, count in named.items()
        }
