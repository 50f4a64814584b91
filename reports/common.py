"""What cases that depart have in common: the clause that tells them best from cases in which nothing departs."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import sqrt
from typing import Final, TypeAlias

import msgspec

from harness.model.values import kind
from reports.kinship import AMISS
from reports.records import Record

ORDER: Final = "scope.statements-in-order"
"""The clause of what nothing but the order of statements decides: it says nothing of causes."""

COMMON: Final = 0.5
"""A clause that tells departing cases from others so well is what they have in common."""

_NEAR: Final = 0.9
"""What gives a state that differs comes first if it does so well, by the best; where a course does, and the best leads
nowhere near that, what leads there."""

_FAR: Final = 2
"""What is close to what differs is passed over where something else tells cases so many times as well."""

_LEAST: Final = 0.1
"""Nor is it where that tells them worse than so: it is asked in too many others."""

_OFTEN: Final = 1 / 3
"""A clause leads to where courses differ if the first fact that differs has it in so large a part of the cases."""

_HARDLY: Final = 0.1
"""It does not lead there if that is so in less than such a part of them."""

_SILENT: Final = 0.1
"""How much it counts that cases have a clause in common by which something is not said."""


DEAD: Final = frozenset({"crashed", "exited"})
"""The kinds of outcomes of a process that ended without an answer, after the program began."""


class Case(msgspec.Struct, frozen=True, eq=False):
    """A case that departs, and the clauses that could have mattered (``asked``) or did (``close``).

    Close are those by which the first fact of the course differs and those of single departures that explain it; where
    only a ``state`` differs, those that give it. Of a program that did not begin those about its launch are too, where
    nothing explains it that is not refuted; of one whose process died all: it did not say where.
    """

    record: Record
    asked: frozenset[int]
    close: frozenset[int]
    state: frozenset[int]

    @property
    def died(self) -> bool:
        """Whether its process ended without an answer."""
        return kind(self.record.departures[0].seen) in DEAD


Within: TypeAlias = Callable[[Case], frozenset[int]]
"""Clauses of a case."""


def asked(case: Case) -> frozenset[int]:
    """Those that could have mattered."""
    return case.asked


def close(case: Case) -> frozenset[int]:
    """Those that did."""
    return case.close


def given(case: Case) -> frozenset[int]:
    """Those that give a state, where only that differs."""
    return case.state


class Common:
    """How often clauses are asked where nothing departs; ``clauses`` are the ids of the run's, some ``silent``."""

    def __init__(self, clauses: Sequence[str], silent: AbstractSet[str]) -> None:
        self._silent = {place for place, clause in enumerate(clauses) if clause in silent}
        self._areas = [clause.partition(".")[0] for clause in clauses]
        self._order = clauses.index(ORDER) if ORDER in clauses else None
        self._orderly: Counter[int] = Counter()
        self._conforming = 0

    def take(self, record: Record) -> None:
        """Take in a case in which nothing departs."""
        self._orderly.update(record.asked)
        self._conforming += 1

    def usual(self, clause: int) -> float:
        """In which part of the cases in which nothing departs the clause is asked."""
        return self._orderly[clause] / (self._conforming or 1)

    def foremost(self, among: Mapping[int, float], ranks: Mapping[int, float], cases: Sequence[Case] = ()) -> int:
        """Which comes first, by its rank; of those that are alike the one of whose area the largest part is near.

        What is nearly the first is so too, where far more of the ``cases`` ask it.
        """
        best = max(among.values())
        counts = Counter(clause for case in cases for clause in case.asked)
        first_ = max(counts[clause] for clause, rank in among.items() if rank == best)
        wide = {
            clause: rank for clause, rank in among.items() if rank >= _NEAR * best and counts[clause] > _FAR * first_
        }
        among = wide or among
        near = Counter(self._areas[clause] for clause, rank in ranks.items() if rank >= _NEAR * best)
        part = {area: near[area] / count for area, count in Counter(self._areas).items()}
        return min(among, key=lambda clause: (-among[clause], -part[self._areas[clause]], clause))

    def kin(self, mine: Sequence[Case], left: Sequence[Case]) -> frozenset[int]:
        """The clauses that half of these cases ask or more, and few others but those that depart."""
        counts = Counter(clause for case in mine for clause in case.asked)
        tells = self.telling(left)
        return frozenset(clause for clause, count in counts.items() if 2 * count >= len(mine) and clause in tells)

    def telling(self, left: Sequence[Case]) -> frozenset[int]:
        """The clauses that are hardly ever asked but where it departs, by how often it does at all."""
        counts = Counter(clause for case in left for clause in case.asked)
        bar = 1 - AMISS * self._conforming / (len(left) + self._conforming)
        return frozenset(clause for clause, count in counts.items() if count >= bar * (count + self._orderly[clause]))

    def found(self, left: Sequence[Case], explaining: Callable[[Sequence[Case]], frozenset[int]]) -> tuple[int, Within]:
        """The clause that tells these cases best from others, and which of them it stands for.

        ``explaining`` gives the clauses of departures that explain each of some cases, refuted though they are.
        """
        states = Counter(clause for case in left for clause in case.state)
        course = Counter(clause for case in left for clause in case.close)
        often = {clause for clause, count in course.items() if count >= _OFTEN * len(left)}
        ranks = every = self.ranks(left, asked)
        if 2 * sum(bool(case.state) for case in left) > len(left):
            ranks = {clause: rank for clause, rank in ranks.items() if clause in states}
        best = first(ranks)
        if ranks[best] >= COMMON and best in self.telling(left):
            near = {clause: rank for clause, rank in ranks.items() if rank >= _NEAR * ranks[best]}
            state = {clause: states[clause] for clause in states.keys() & near.keys()}
            if all(case.died for case in left):
                every_one = Counter(clause for case in left for clause in case.asked if clause in near)
                most = max(every_one.values())
                near = {clause: near[clause] for clause, count in every_one.items() if count == most}
                return self.foremost(near, ranks), asked
            leads = course[best] >= _HARDLY * len(left)
            leading = {} if states or leads else {clause: near[clause] for clause in often & near.keys()}
            return (first(state) if state else self.foremost(leading or ranks, ranks)), asked
        if states:
            named = first(states)
            alone = explaining([case for case in left if named in case.state])
            better = {clause: every[clause] for clause in alone if every.get(clause, 0) > every[named]}
            return (first(better), asked) if better else self._telling_more(named, left, given)
        within = close if any(self.ranks(left, close).values()) else asked
        return self._telling_more(first(self.ranks(left, within)), left, within)

    def _telling_more(self, named: int, left: Sequence[Case], within: Within) -> tuple[int, Within]:
        """The same, unless something tells far better that leads to it: it decides the facts, or a function is called.

        Of what tells nearly as well it is then the nearest to what differs.
        """
        ranks = self.ranks(left, asked)
        calls = all(map(_calls, left))
        near = {clause: _nearness(clause, left) for clause in ranks}
        decides = Counter(clause for case in left for clause in case.record.departures[0].clauses)
        leading = {clause: rank for clause, rank in ranks.items() if calls or 2 * decides[clause] >= len(left)}
        best = max(leading.values(), default=0.0)
        if best < max(_FAR * ranks[named], _LEAST):
            return named, within
        alike = [clause for clause, rank in leading.items() if rank >= _NEAR * best]
        away = {clause for clause in alike if self._areas[clause] != self._areas[named]}
        return min(alike, key=lambda clause: (-near[clause], clause in away, -ranks[clause], clause)), asked

    def ranks(self, left: Sequence[Case], among: Within) -> dict[int, float]:
        """How well each clause tells these cases from others (Ochiai).

        A clause that is not close to what differs counts the less, the fewer cases there are; a silent one hardly does.
        """
        every = Counter(clause for case in left for clause in case.asked)
        near = Counter(clause for case in left for clause in case.close)
        named = Counter(clause for case in left for clause in among(case))
        aside = 1 - 1 / sqrt(1 + len(left))
        scores = {
            clause: (near[clause] + aside * (count - near[clause]))
            / sqrt(len(left) * (every[clause] + self._orderly[clause]))
            for clause, count in named.items()
        }
        scores |= {clause: _SILENT * score for clause, score in scores.items() if clause in self._silent}
        return {clause: 0.0 if clause == self._order else score for clause, score in scores.items()}


def first(ranks: Mapping[int, float]) -> int:
    """Which comes first, by its rank and then by its place."""
    return min(ranks, key=lambda item: (-ranks[item], item))


def _nearness(clause: int, cases: Sequence[Case]) -> float:
    """How near it is to the first facts that differ, of the clauses that decide those."""
    decides = (case.record.departures[0].clauses[::-1] for case in cases)
    return sum(1 / (1 + each.index(clause)) for each in decides if clause in each)


def _calls(case: Case) -> bool:
    """Whether it calls a function of the library, or a method there."""
    return any("." in word and not word.startswith("builtins.") for word in case.record.words)
