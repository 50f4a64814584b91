"""Departures that are alike for every clause: of what a fact holds, and of which exception is raised."""

import functools
from typing import Final, NamedTuple

import msgspec

from harness.model.departure import Departure
from harness.model.prediction import Ending, Exactly, Expected, Prediction, Unspecified, World
from harness.model.values import ABSENT, Value

ANOTHER: Value = ("object", "another")
"""Stands for a value that no clause gives."""

RAISES: Final = "raises "
"""How the name of a departure begins that is another exception."""

_COURSE = ("trace/", "outcome", "exception/type")


@functools.cache
def absent(clause: str) -> Departure:
    """What the clause gives is not there."""
    return Departure(clause, "absent", "what the clause gives is not there")


@functools.cache
def another(clause: str) -> Departure:
    """What the clause gives has another value."""
    return Departure(clause, "another value", "what the clause gives has another value")


@functools.cache
def raising(clause: str, error: str) -> Departure:
    """The exception that the clause names is another one."""
    return Departure(clause, f"{RAISES}{error}", f"{error} is raised")


def raises(clause: str, *errors: str) -> tuple[Departure, ...]:
    """The exception that the clause names is another one, of these."""
    return tuple(raising(clause, error) for error in errors)


@functools.cache
def refused(clause: str) -> Departure:
    """What the clause permits is not done: it raises TypeError."""
    return Departure(clause, "refused", "what the clause permits raises TypeError")


def given(*clauses: str) -> tuple[Departure, ...]:
    """The departures from clauses that decide nothing but what a fact of the final state holds."""
    return tuple(make(clause) for clause in clauses for make in (absent, another))


def generic(departure: Departure) -> bool:
    """Whether it is one of what a fact holds, which every clause could have."""
    return departure is absent(departure.clause) or departure is another(departure.clause)


def gives_another(departure: Departure) -> bool:
    """Whether it is that what the clause gives has another value, whichever."""
    return departure is another(departure.clause)


def raises_another(departure: Departure) -> bool:
    """Whether it is that the exception is another one."""
    return departure.name.startswith(RAISES)


class _Sorts(NamedTuple):
    """The clauses of departures that raise another exception, and those that are :func:`generic`, by their clauses."""

    raised: frozenset[str]
    generic: dict[str, Departure]


@functools.lru_cache(maxsize=1024)
def _sorts(otherwise: frozenset[Departure]) -> _Sorts:
    """Of what is known of an implementation each case asks it."""
    return _Sorts(
        frozenset(item.clause for item in otherwise if item.name.startswith(RAISES)),
        {item.clause: item for item in otherwise if generic(item)},
    )


def may_take(prediction: Prediction, otherwise: frozenset[Departure]) -> bool:
    """Whether an implementation that makes these departures could do something else than what is predicted."""
    if not otherwise.isdisjoint(prediction.consulted):
        return True
    sorts = _sorts(otherwise)
    raised = sorts.raised
    if raised and any(item.clause in raised and item.name.startswith(RAISES) for item in prediction.consulted):
        return True
    return bool(sorts.generic) and not sorts.generic.keys().isdisjoint(prediction.clauses())


def departed_at_end(documents: Prediction, departure: Departure) -> Prediction:
    """What is predicted where a :func:`generic` departure is made that no rule consults: the course stays the same."""
    worlds: list[World] = []
    for world in documents.worlds:
        facts, taken = world.facts, world.taken
        if world.ending is Ending.COMPLETED:
            facts, made = departed(facts, frozenset({departure}))
            taken = (*taken, *made)
        worlds.append(msgspec.structs.replace(world, facts=facts, taken=taken))
    return msgspec.structs.replace(documents, worlds=tuple(worlds))


def departed(
    facts: dict[str, Expected], otherwise: frozenset[Departure]
) -> tuple[dict[str, Expected], frozenset[Departure]]:
    """The facts of the final state in a world that takes some of :func:`absent` and :func:`another`, and which it took.

    The clause that gives a fact is the last of its clauses. The course of the case is as before.
    """
    asked = _sorts(otherwise).generic
    if not asked:
        return facts, frozenset()
    found: dict[str, Expected] = {}
    taken: set[Departure] = set()
    for key, expected in facts.items():
        departure = asked.get(expected.clauses[-1]) if expected.clauses and not key.startswith(_COURSE) else None
        if departure is None or isinstance(expected, Unspecified):
            found[key] = expected
            continue
        value = ABSENT if departure is absent(departure.clause) else ANOTHER
        found[key] = Exactly(value, expected.clauses)
        taken.add(departure)
    return found, frozenset(taken)
