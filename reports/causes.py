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
from harness.model.exceptions import akin
from harness.model.values import kind
from reports.doubting import FEW, explains_little, rivals
from reports.kinship import AMISS, IMPORTING, Kinship
from reports.records import Record

_ORDERLY: Final = frozenset({Verdict.CONFORMS, Verdict.ALLOWED, Verdict.UNSPECIFIED, Verdict.KNOWN})
_RAISES: Final = ": raises "
_GENERIC: Final = frozenset({"absent", "another value", "refused"})
"""What departures are called from any clause."""

_COURSE: Final = ("trace/", "exception/", "outcome")
_ORDER: Final = "scope.statements-in-order"
"""The clause of what nothing but the order of statements decides: it says nothing of causes."""

_LAUNCHING: Final = frozenset({"dashm", "script"})
"""The areas about how a program is launched."""

_COMMON: Final = 0.5
"""A clause that tells departing cases from others so well is what they have in common."""

_NEAR: Final = 0.9
"""What gives a state that differs comes first if it does so well, by the best; where a course does, and the best leads
nowhere near that, what leads there."""

_OFTEN: Final = 1 / 3
"""A clause leads to where courses differ if the first fact that differs has it in so large a part of the cases."""

_SILENT: Final = 0.1
"""How much it counts that cases have a clause in common by which something is not said."""

_POOR: Final = 0.6
"""A departure explains too little if it explains less than this part of what one clause has in common."""


class Cause(msgspec.Struct, frozen=True):
    """Why some cases depart: from the clause at ``clause``, by the departure that ``departure`` spells out, if listed.

    ``records`` are those that it explains, in order; ``beside`` a few that it does not explain, and that depart where
    the clause is asked: nothing else explains them. ``doubts`` are what may be so in place of the departure: others
    that explain all of it as well, and none that is listed (empty) where more than a few stand beside.
    """

    clause: int
    departure: str
    records: tuple[Record, ...]
    beside: tuple[Record, ...] = ()
    doubts: tuple[str, ...] = ()


class _Case(msgspec.Struct, frozen=True, eq=False):
    """A case that departs, and the clauses that could have mattered (``asked``) or did (``close``).

    Close are those by which the first fact of the course differs and those of single departures that explain it; where
    only a ``state`` differs, those that give it. Of a program that did not begin those about its launch are too, where
    nothing explains it that is not refuted.
    """

    record: Record
    asked: frozenset[int]
    close: frozenset[int]
    state: frozenset[int]


_Within: TypeAlias = Callable[[_Case], frozenset[int]]


class Evidence:
    """What the cases of one implementation say of causes; ``clauses`` are the ids of the run's, some ``silent``."""

    def __init__(self, clauses: Sequence[str], silent: AbstractSet[str] = frozenset()) -> None:
        self._silent = {place for place, clause in enumerate(clauses) if clause in silent}
        self._areas = [clause.partition(".")[0] for clause in clauses]
        self._places = {clause: place for place, clause in enumerate(clauses)}
        self._orderly: Counter[int] = Counter()
        self._conforming = 0
        self._amiss: list[Record] = []
        self._departing: list[_Case] = []
        self._refuted: set[str] = set()
        self._documented: dict[str, set[str]] = {}
        self._known: dict[str, list[Record]] = {}
        self._kinship = Kinship(clauses)

    def take(self, record: Record) -> None:
        """Take in what was said of a case."""
        self._refuted.update(record.refuted)
        if record.verdict in _ORDERLY:
            self._orderly.update(record.asked)
            self._conforming += 1
            self._kinship.take(record)
        elif record.departures:
            self._amiss.append(record)
            for name in {name for item in record.explained for name in item if _RAISES in name}:
                self._documented.setdefault(name, set()).update(_exceptions(record))
        if record.verdict is Verdict.KNOWN and record.departures:
            for name in record.taken:
                self._known.setdefault(name, []).append(record)

    def expected(self) -> Iterator[tuple[str, tuple[Record, ...]]]:
        """Each departure that expectations name, with the records in which it is made."""
        yield from ((name, tuple(records)) for name, records in self._known.items())

    def causes(self) -> Iterator[Cause]:
        """Each cause; a case may have more than one.

        Who does not find his own modules cannot be asked: that has the cause of the rest, unless it is nearly all.
        """
        self._departing = [self._case(record) for record in self._amiss]
        numbers = self._kinship.lost(self._amiss)
        lost = [case for case in self._departing if case.record.number in numbers]
        parts = list(self._parts([case for case in self._departing if case.record.number not in numbers]))
        found = self._united(parts)
        largest = max(found, key=lambda cause: len(cause.records), default=None)
        if largest is None or len(largest.records) < FEW * len(lost):
            found = self._united([*parts, *self._parts(lost)])
        else:
            beside = (*largest.beside, *(case.record for case in lost))
            found[found.index(largest)] = msgspec.structs.replace(largest, beside=beside)
        yield from (self._doubted(item, found) for item in found)

    def _doubted(self, cause: Cause, among: Sequence[Cause]) -> Cause:
        """The same, with what may be so in place of its departure."""
        if not cause.departure:
            return cause
        others = [record for item in among for record in item.records if not item.departure and not record.missing]
        told = cause.departure, cause.clause, cause.records, cause.beside
        usual = self._orderly[cause.clause] / (self._conforming or 1)
        doubts = [*rivals(cause.departure, cause.records, self._is_refuted)]
        doubts += [""] * explains_little(*told, others, usual)
        return msgspec.structs.replace(cause, doubts=tuple(doubts))

    def _united(self, parts: Sequence[Cause]) -> list[Cause]:
        """These causes, those that share what they have in common as one."""
        groups = [(*cause.records, *cause.beside) for cause in parts]
        return [
            self._one([parts[place] for place in places]) for places in self._kinship.united(groups, self._is_refuted)
        ]

    def _one(self, parts: Sequence[Cause]) -> Cause:
        """The cause of what is one: the departure that explains half of it or more, else the clause in common."""
        first = parts[0]
        mine = _all(parts)
        if len(parts) == 1:
            return first
        if first.departure and 2 * len(first.records) >= len(mine):
            return _leading(first, mine)
        cases = [case for case in self._departing if case.record.number in mine]
        ranks = self._ranks(cases, _asked)
        named = _importing(parts) or parts
        clause = self._foremost({cause.clause: ranks.get(cause.clause, 0) for cause in named}, ranks)
        return Cause(clause, "", tuple(mine.values()))

    def _foremost(self, among: Mapping[int, float], ranks: Mapping[int, float]) -> int:
        """Which comes first, by its rank; of those that are alike the one of whose area the largest part is near."""
        best = max(among.values())
        near = Counter(self._areas[clause] for clause, rank in ranks.items() if rank >= _NEAR * best)
        part = {area: near[area] / count for area, count in Counter(self._areas).items()}
        return min(among, key=lambda clause: (-among[clause], -part[self._areas[clause]], clause))

    def _parts(self, left: Sequence[_Case]) -> Iterator[Cause]:
        """What explains these cases, one after the other."""
        groups: dict[str, list[_Case]] = {}
        made: set[str] = set()
        weak: list[_Case] = []
        while (best := self._best(left, made)) is not None:
            made.add(best)
            rest: list[_Case] = []
            for case in left:
                whole = next((item for item in case.record.explained if made.issuperset(item)), None)
                if whole is None:
                    (weak if best in case.record.weakly else rest).append(case)
                for item in whole or ():
                    groups.setdefault(item, []).append(case)
            left = rest
        found: dict[int, Cause] = {}
        for name, cases in _united(groups).items():
            beside = self._beside(name, cases, left)
            left = [case for case in left if case not in beside]
            beside += tuple(case for case in weak if name in case.record.weakly)
            cause = Cause(
                self._clause(name), name, tuple(case.record for case in cases), tuple(case.record for case in beside)
            )
            largest = found.setdefault(cause.clause, cause)
            if largest is not cause:
                yield cause
        for cause in self._unlisted(left):
            listed = found.get(cause.clause)
            if listed is None:
                yield cause
            elif len(listed.records) < len(cause.records):
                found[cause.clause] = msgspec.structs.replace(cause, beside=(*listed.records, *listed.beside))
            else:
                found[cause.clause] = msgspec.structs.replace(listed, beside=(*listed.beside, *cause.records))
        yield from found.values()

    def _case(self, record: Record) -> _Case:
        asked = record.asked
        if any(item.fact.startswith(_COURSE) for item in record.departures):
            singles = [item[0] for item in record.explained if len(item) == 1]
            close = frozenset({*record.departures[0].clauses, *map(self._clause, singles)})
            if kind(record.departures[0].seen) == "unbegun" and all(map(self._is_refuted, singles)):
                close |= {clause for clause in asked if self._areas[clause] in _LAUNCHING}
            return _Case(record, close | asked, close, frozenset())
        state = frozenset(item.clauses[-1] for item in record.departures).difference([self._places.get(_ORDER)])
        close = state or frozenset(record.departures[0].clauses)
        return _Case(record, close | asked, close, state)

    def _best(self, left: Sequence[_Case], made: AbstractSet[str]) -> str | None:
        """The departure that explains most of these cases together with those that are made, and is not refuted."""
        whole: Counter[str] = Counter()
        part: Counter[str] = Counter()
        for case in left:
            missing = [frozenset(item).difference(made) for item in case.record.explained]
            missing = [item for item in missing if not any(map(self._is_refuted, item))]
            whole.update({name for item in missing if len(item) == 1 for name in item})
            part.update({name for item in missing for name in item})
        ranks = self._ranks(left, _asked)
        found = {name: count for name, count in (whole or part).items() if self._is_enough(name, count, left, ranks)}
        return min(found, key=lambda name: (-found[name], -ranks.get(self._clause(name), 0), name), default=None)

    def _is_enough(self, name: str, count: int, left: Sequence[_Case], ranks: Mapping[int, float]) -> bool:
        """Whether no other clause has far more in common, of which that departure is but a part."""
        best = _first(ranks)
        if best == self._clause(name) or ranks[best] < _COMMON or best not in self._telling(left):
            return True
        kin = self._kin([case for case in left if best in case.asked], left)
        explained = [case for case in left if any(name in item for item in case.record.explained)]
        inside = sum(not kin.isdisjoint(case.asked) for case in explained)
        return 2 * inside <= len(explained) or sqrt(count / len(left)) >= _POOR * ranks[best]

    def _clause(self, name: str) -> int:
        return self._places[name.partition(": ")[0]]

    def _is_refuted(self, name: str) -> bool:
        """Whether it is refuted itself, or is one exception where another is, and no kin of the documented one."""
        clause, found, error = name.partition(_RAISES)
        if not found or any(akin(error, item) for item in self._documented.get(name, ())):
            return name in self._refuted
        return any(item.startswith(clause + found) for item in self._refuted)

    def _beside(self, name: str, cases: Sequence[_Case], left: Sequence[_Case]) -> tuple[_Case, ...]:
        """The few cases that a departure does not explain where its clause is what all have in common."""
        clause = self._clause(name)
        found = tuple(case for case in left if clause in case.asked)
        common = clause in self._telling([*cases, *left])
        return found if common and len(found) <= FEW * len(cases) else ()

    def _unlisted(self, left: Sequence[_Case]) -> Iterator[Cause]:
        """What gives a state that differs; else what clauses have in common that are seldom asked elsewhere."""
        while left:
            clause, within = self._common(left)
            mine = [case for case in left if clause in within(case)]
            kin = self._kin(mine, left) if within is _asked else frozenset()
            shapes = {shape for case in mine for shape in _shapes(case)} if within is _state else set()
            mine = [
                case
                for case in left
                if clause in within(case) or not (kin.isdisjoint(case.asked) and shapes.isdisjoint(_shapes(case)))
            ]
            yield Cause(clause, "", tuple(case.record for case in mine))
            left = [case for case in left if case not in mine]

    def _kin(self, mine: Sequence[_Case], left: Sequence[_Case]) -> frozenset[int]:
        """The clauses that half of these cases ask or more, and few others but those that depart."""
        asked = Counter(clause for case in mine for clause in case.asked)
        tells = self._telling(left)
        return frozenset(clause for clause, count in asked.items() if 2 * count >= len(mine) and clause in tells)

    def _telling(self, left: Sequence[_Case]) -> frozenset[int]:
        """The clauses that are hardly ever asked but where it departs, by how often it does at all."""
        asked = Counter(clause for case in left for clause in case.asked)
        bar = 1 - AMISS * self._conforming / (len(left) + self._conforming)
        return frozenset(clause for clause, count in asked.items() if count >= bar * (count + self._orderly[clause]))

    def _common(self, left: Sequence[_Case]) -> tuple[int, _Within]:
        """The clause that tells these cases best from others, and which of them it stands for."""
        states = Counter(clause for case in left for clause in case.state)
        course = Counter(clause for case in left for clause in case.close)
        often = {clause for clause, count in course.items() if count >= _OFTEN * len(left)}
        ranks = every = self._ranks(left, _asked)
        if 2 * sum(bool(case.state) for case in left) > len(left):
            ranks = {clause: rank for clause, rank in ranks.items() if clause in states}
        best = _first(ranks)
        if ranks[best] >= _COMMON and best in self._telling(left):
            near = {clause: rank for clause, rank in ranks.items() if rank >= _NEAR * ranks[best]}
            given = {clause: states[clause] for clause in states.keys() & near.keys()}
            leading = {} if states or course[best] else {clause: near[clause] for clause in often & near.keys()}
            return (_first(given) if given else self._foremost(leading or ranks, ranks)), _asked
        if states:
            named = _first(states)
            alone = self._explaining([case for case in left if named in case.state])
            better = {clause: every[clause] for clause in alone if every.get(clause, 0) > every[named]}
            return (_first(better), _asked) if better else (named, _state)
        within = _close if any(self._ranks(left, _close).values()) else _asked
        return _first(self._ranks(left, within)), within

    def _explaining(self, cases: Sequence[_Case]) -> frozenset[int]:
        """The clauses of departures that explain each of these cases by themselves, refuted though they are."""
        alone = ([item[0] for item in case.record.explained if len(item) == 1] for case in cases)
        return frozenset.intersection(*(frozenset(map(self._clause, names)) for names in alone))

    def _ranks(self, left: Sequence[_Case], among: _Within) -> dict[int, float]:
        """How well each clause tells these cases from others (Ochiai).

        A clause that is not close to what differs counts the less, the fewer cases there are; a silent one hardly does.
        """
        asked = Counter(clause for case in left for clause in case.asked)
        close = Counter(clause for case in left for clause in case.close)
        named = Counter(clause for case in left for clause in among(case))
        aside = 1 - 1 / sqrt(1 + len(left))
        scores = {
            clause: (close[clause] + aside * (count - close[clause]))
            / sqrt(len(left) * (asked[clause] + self._orderly[clause]))
            for clause, count in named.items()
        }
        scores |= {clause: _SILENT * score for clause, score in scores.items() if clause in self._silent}
        order = self._places.get(_ORDER)
        return {clause: 0.0 if clause == order else score for clause, score in scores.items()}


def _all(causes: Sequence[Cause]) -> dict[int, Record]:
    """The records of these, by the numbers of their cases, in order."""
    found = {record.number: record for cause in causes for record in (*cause.records, *cause.beside)}
    return {number: found[number] for number in sorted(found)}


def _importing(parts: Sequence[Cause]) -> list[Cause]:
    """Those whose cases all call a function that imports by name and does nothing else; none if they are few."""
    found = [cause for cause in parts if all(not IMPORTING.isdisjoint(record.words) for record in cause.records)]
    return found if len(_all(found)) > FEW * len(_all(parts)) else []


def _leading(cause: Cause, records: Mapping[int, Record]) -> Cause:
    """The cause beside which all others of these records stand."""
    explained = {record.number for record in cause.records}
    beside = tuple(record for number, record in records.items() if number not in explained)
    return msgspec.structs.replace(cause, beside=beside)


def _asked(case: _Case) -> frozenset[int]:
    return case.asked


def _close(case: _Case) -> frozenset[int]:
    return case.close


def _state(case: _Case) -> frozenset[int]:
    return case.state


def _shapes(case: _Case) -> frozenset[str]:
    """What differs where only a state does, whichever clause gives it."""
    return frozenset(item.signature.partition(" · ")[2] for item in case.record.departures if case.state)


def _exceptions(record: Record) -> Iterator[str]:
    """The exceptions that are documented where another one was seen."""
    for item in record.departures:
        if item.fact == "exception/type":
            yield from (value for value in item.expected if isinstance(value, str))


def _united(groups: Mapping[str, list[_Case]]) -> dict[str, list[_Case]]:
    """The same, where what is called alike is one cause: that of most cases.

    An exception is, whatever clauses say that it is another; all else is where it is of clauses of one area.
    """
    found: dict[str, list[_Case]] = {}
    leading: dict[tuple[str, ...], str] = {}
    for name, cases in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        _, raises, error = name.partition(_RAISES)
        clause, _, called = name.partition(": ")
        area = clause.partition(".")[0]
        alike = (error,) if raises else (name,) if called in _GENERIC else (area, called)
        leader = leading.setdefault(alike, name)
        mine = {case.record.number: case for case in (*found.get(leader, ()), *cases)}
        found[leader] = [mine[number] for number in sorted(mine)]
    return found


def _first(ranks: Mapping[int, float]) -> int:
    """Which comes first, by its rank and then by its place."""
    return min(ranks, key=lambda item: (-ranks[item], item))
