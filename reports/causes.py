"""From what explains each case to causes: why one implementation departs, in as few departures as there are.

The departure that explains most, and that no case refutes, is taken to be made; then it is asked again what explains
the rest beside it, until nothing does. That departs from a clause in a way that is not listed: from the one that cases
which depart have in common and others have not.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import sqrt
from typing import Final

import msgspec

from harness.diff import Verdict
from harness.model.exceptions import akin
from harness.model.values import kind
from reports.common import COMMON, DEAD, ORDER, Case, Common, asked, first, given
from reports.doubting import ABSENT, ANOTHER, FEW, explains_little, rivals, says_nothing
from reports.kinship import IMPORTING, NEARLY, Kinship
from reports.records import Record

_ORDERLY: Final = frozenset({Verdict.CONFORMS, Verdict.ALLOWED, Verdict.UNSPECIFIED, Verdict.KNOWN})
_RAISES: Final = ": raises "
_GENERIC: Final = frozenset({ABSENT, ANOTHER, "refused"})
"""What departures are called from any clause."""

_COURSE: Final = ("trace/", "exception/", "outcome")
_LAUNCHING: Final = frozenset({"dashm", "script"})
"""The areas about how a program is launched."""

_BEGINS: Final = "dashm.executes-as-main"
"""The clause by which a program that is named by a module begins."""

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


class Evidence:
    """What the cases of one implementation say of causes; ``clauses`` are the ids of the run's, some ``silent``."""

    def __init__(self, clauses: Sequence[str], silent: AbstractSet[str] = frozenset()) -> None:
        self._areas = [clause.partition(".")[0] for clause in clauses]
        self._places = {clause: place for place, clause in enumerate(clauses)}
        self._common = Common(clauses, silent)
        self._amiss: list[Record] = []
        self._departing: list[Case] = []
        self._refuted: set[str] = set()
        self._documented: dict[str, set[str]] = {}
        self._known: dict[str, list[Record]] = {}
        self._kinship = Kinship(clauses)

    @property
    def refuted(self) -> AbstractSet[str]:
        """The departures that the implementation does not make."""
        return self._refuted

    def take(self, record: Record) -> bool:
        """Take in what was said of a case: whether a cause is sought of it."""
        self._refuted.update(record.refuted)
        if record.verdict in _ORDERLY:
            self._common.take(record)
            self._kinship.take(record)
        elif record.departures:
            self._amiss.append(record)
            for name in {name for item in record.explained for name in item if _RAISES in name}:
                self._documented.setdefault(name, set()).update(_exceptions(record))
        if record.verdict is Verdict.KNOWN and record.departures:
            for name in record.taken:
                self._known.setdefault(name, []).append(record)
        return bool(record.departures) and record.verdict not in _ORDERLY

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
        usual = self._common.usual(cause.clause)
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
        ranks = self._common.ranks(cases, asked)
        named = _importing(parts) or _asked_by_all(parts, cases, ranks) or parts
        among = {cause.clause: ranks.get(cause.clause, 0) for cause in named}
        return Cause(self._common.foremost(among, ranks, cases), "", tuple(mine.values()))

    def _parts(self, left: Sequence[Case]) -> Iterator[Cause]:
        """What explains these cases, one after the other."""
        groups: dict[str, list[Case]] = {}
        made: set[str] = set()
        weak: list[Case] = []
        while (best := self._best(left, made)) is not None:
            made.add(best)
            rest: list[Case] = []
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

    def _case(self, record: Record) -> Case:
        asked = record.asked
        course = record.departures[0]
        if any(item.fact.startswith(_COURSE) for item in record.departures):
            singles = [item[0] for item in record.explained if len(item) == 1]
            close = frozenset({*course.clauses, *map(self._clause, singles)})
            if kind(course.seen) == "unbegun" and all(map(self._is_refuted, singles)):
                launching = {clause for clause in asked if self._areas[clause] in _LAUNCHING}
                close |= launching & {self._places.get(_BEGINS)} or launching
            if kind(course.seen) in DEAD:
                close |= asked
            return Case(record, close | asked, close, frozenset())
        state = frozenset(item.clauses[-1] for item in record.departures).difference([self._places.get(ORDER)])
        close = state or frozenset(course.clauses)
        return Case(record, close | asked, close, state)

    def _best(self, left: Sequence[Case], made: AbstractSet[str]) -> str | None:
        """The departure that explains most of these cases together with those that are made, and is not refuted."""
        whole: Counter[str] = Counter()
        part: Counter[str] = Counter()
        for case in left:
            missing = [frozenset(item).difference(made) for item in case.record.explained if _is_told(item)]
            missing = [item for item in missing if not any(map(self._is_refuted, item))]
            whole.update({name for item in missing if len(item) == 1 for name in item})
            part.update({name for item in missing for name in item})
        ranks = self._common.ranks(left, asked)
        found = {name: count for name, count in (whole or part).items() if self._is_enough(name, count, left, ranks)}
        rank = {name: -ranks.get(self._clause(name), 0) for name in found}
        return min(found, key=lambda name: (-found[name], says_nothing(name), rank[name], name), default=None)

    def _is_enough(self, name: str, count: int, left: Sequence[Case], ranks: Mapping[int, float]) -> bool:
        """Whether no other clause has far more in common, of which that departure is but a part."""
        best = first(ranks)
        if best == self._clause(name) or ranks[best] < COMMON or best not in self._common.telling(left):
            return True
        kin = self._common.kin([case for case in left if best in case.asked], left)
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

    def _beside(self, name: str, cases: Sequence[Case], left: Sequence[Case]) -> tuple[Case, ...]:
        """The few cases that a departure does not explain where its clause is what all have in common."""
        clause = self._clause(name)
        found = tuple(case for case in left if clause in case.asked)
        common = clause in self._common.telling([*cases, *left])
        return found if common and len(found) <= FEW * len(cases) else ()

    def _unlisted(self, left: Sequence[Case]) -> Iterator[Cause]:
        """What gives a state that differs; else what clauses have in common that are seldom asked elsewhere."""
        found: dict[int, list[Case]] = {}
        while left:
            clause, within = self._common.found(left, self._explaining)
            mine = [case for case in left if clause in within(case)]
            kin = self._common.kin(mine, left) if within is asked else frozenset()
            shapes = {shape for case in mine for shape in _shapes(case)} if within is given else set()
            mine = [
                case
                for case in left
                if clause in within(case) or not (kin.isdisjoint(case.asked) and shapes.isdisjoint(_shapes(case)))
            ]
            found.setdefault(clause, []).extend(mine)
            left = [case for case in left if case not in mine]
        for clause, cases in found.items():
            records = {case.record.number: case.record for case in cases}
            yield Cause(clause, "", tuple(records[number] for number in sorted(records)))

    def _explaining(self, cases: Sequence[Case]) -> frozenset[int]:
        """The clauses of departures that explain each of these cases by themselves, refuted though they are."""
        alone = ([item[0] for item in case.record.explained if len(item) == 1] for case in cases)
        return frozenset.intersection(*(frozenset(map(self._clause, names)) for names in alone))


def _is_told(made: Sequence[str]) -> bool:
    """Whether these departures explain anything: with one that leads to where it fails any exception is explained."""
    return len(made) == 1 or not any(_RAISES in name for name in made)


def _all(causes: Sequence[Cause]) -> dict[int, Record]:
    """The records of these, by the numbers of their cases, in order."""
    found = {record.number: record for cause in causes for record in (*cause.records, *cause.beside)}
    return {number: found[number] for number in sorted(found)}


def _importing(parts: Sequence[Cause]) -> list[Cause]:
    """Those whose cases all call a function that imports by name and does nothing else; none if they are few."""
    found = [cause for cause in parts if all(not IMPORTING.isdisjoint(record.words) for record in cause.records)]
    return found if len(_all(found)) > FEW * len(_all(parts)) else []


def _asked_by_all(parts: Sequence[Cause], cases: Sequence[Case], ranks: Mapping[int, float]) -> list[Cause]:
    """Those whose clause nearly all of these cases ask, and tells them nearly as well as any of the others."""
    asking = Counter(clause for case in cases for clause in case.asked)
    bar = NEARLY * max(ranks.get(cause.clause, 0) for cause in parts)
    return [cause for cause in parts if asking[cause.clause] >= NEARLY * len(cases) and ranks[cause.clause] >= bar]


def _leading(cause: Cause, records: Mapping[int, Record]) -> Cause:
    """The cause beside which all others of these records stand."""
    explained = {record.number for record in cause.records}
    beside = tuple(record for number, record in records.items() if number not in explained)
    return msgspec.structs.replace(cause, beside=beside)


def _shapes(case: Case) -> frozenset[str]:
    """What differs where only a state does, whichever clause gives it."""
    return frozenset(item.signature.partition(" · ")[2] for item in case.record.departures if case.state)


def _exceptions(record: Record) -> Iterator[str]:
    """The exceptions that are documented where another one was seen."""
    for item in record.departures:
        if item.fact == "exception/type":
            yield from (value for value in item.expected if isinstance(value, str))


def _united(groups: Mapping[str, list[Case]]) -> dict[str, list[Case]]:
    """The same, where what is called alike is one cause: that of most cases.

    An exception is, whatever clauses say that it is another; all else is where it is of clauses of one area.
    """
    found: dict[str, list[Case]] = {}
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
