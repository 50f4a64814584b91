"""What explains a divergence: the departures with which what was observed is what is predicted."""

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, TypeAlias

import msgspec

from conformance.engine.predictions import Predicted
from harness.diff import Explanation, Extent, explanation, freed, given
from harness.model.departure import Departure
from harness.model.observation import Observation
from harness.model.prediction import Prediction
from harness.model.values import ABSENT
from harness.oracle import departure, departures_of, generic, gives_another, raises_another

Departed: TypeAlias = Callable[[frozenset[Departure]], Prediction]
"""What is predicted of a case where these departures are made."""

DEEPEST: Final = 2
"""So many departures are made together at most to explain one observation."""

_NONE: Final[frozenset[Departure]] = frozenset()


class Explained(msgspec.Struct, frozen=True):
    """What explains an observation beside what is known: sets of departures that do fully, and those that do weakly."""

    fully: tuple[tuple[str, ...], ...] = ()
    weakly: tuple[str, ...] = ()


class _Step(msgspec.Struct, frozen=True):
    """What is predicted with some departures, and how near that is."""

    made: frozenset[Departure]
    predicted: Prediction
    near: Explanation


class Question(msgspec.Struct, frozen=True):
    """A case for one implementation: what is predicted of it, and where departures are made, of which ``known`` are."""

    departed: Departed
    known: frozenset[Departure]
    predicted: Predicted

    @property
    def base(self) -> Prediction:
        """What is to be expected: the known world where there is one."""
        return self.predicted.expected

    @property
    def predictions(self) -> tuple[Prediction, ...]:
        """What the documents say, and what else is to be expected."""
        known = self.predicted.known
        return (self.predicted.documents, *(() if known is None else (known,)))

    def made(self, departures: frozenset[Departure]) -> Prediction:
        """What is predicted where these are made too."""
        told = frozenset(item for item in departures if not gives_another(item))
        found = self.departed(self.known | told) if told else self.base
        for item in sorted(departures - told, key=str):
            found = freed(found, item)
        return found


def explained(question: Question, observation: Observation) -> Explained:
    """The smallest sets of departures that explain the observation; each step tries further what brings it nearest."""
    near = explanation(question.base, observation)
    if near is None:
        return Explained()
    steps = [_Step(_NONE, question.base, near)]
    weakly: tuple[str, ...] = ()
    for depth in range(DEEPEST):
        further = list(_further(question, observation, steps))
        fully = sorted(_named(step.made) for step in further if step.near.extent is Extent.FULLY)
        if not depth:
            weakly = tuple(name for step in further if step.near.extent is Extent.WEAKLY for name in _named(step.made))
        if fully:
            return Explained(tuple(fully), weakly)
        nearer = (step for step in further if step.near.extent is Extent.NOT and _is_ahead(step, steps[0]))
        steps = sorted(nearer, key=lambda step: (step.near.distance, _named(step.made)))[:1]
    return Explained((), weakly)


def _is_ahead(step: _Step, first: _Step) -> bool:
    """Whether it goes on where the first one stops: what leaves the course where it was left explains no part."""
    return step.near.fit.left < first.near.fit.left


def refuted(question: Question, observation: Observation, before: AbstractSet[Departure]) -> Iterator[Departure]:
    """The departures that an implementation that did this does not make: it would have been noticed.

    What was observed is what is expected; ``before`` are those that were refuted before.
    """
    for item in question.base.consulted:
        if item in before or item in question.known or generic(item):
            continue
        departed = question.made(frozenset({item}))
        if departed.excess or not any(item in world.taken for world in departed.worlds):
            continue
        match explanation(departed, observation):
            case Explanation(extent=Extent.NOT) if not _raised_all_the_same(question, observation, item):
                yield item
            case _:
                pass
    yield from _refuted_at_end(question, observation, before)


def _raised_all_the_same(question: Question, observation: Observation, item: Departure) -> bool:
    """Whether the exception that was seen may be what comes of the clause: then only which one it is was refuted.

    What is documented otherwise, or left open, may be that as well.
    """
    kind = observation.facts.get("exception/type")
    if not raises_another(item) or not isinstance(kind, str):
        return False
    near = explanation(question.base, observation)
    told = None if near is None else near.fit.world.facts.get("exception/type")
    if told is not None and item.clause in told.clauses:
        return False
    with contextlib.suppress(LookupError):
        alike = departure(item.clause, f"raises {kind}")
        found = explanation(question.made(frozenset({alike})), observation, {alike})
        return found is not None and found.extent is not Extent.NOT
    return False


def _refuted_at_end(
    question: Question, observation: Observation, before: AbstractSet[Departure]
) -> Iterator[Departure]:
    """Of the departures that are alike for every clause: what it gives is there, and has its value."""
    giving = question.base.clauses() & _generic().keys()
    left = [item for clause in giving for item in _generic()[clause] if item not in before]
    near = explanation(question.base, observation) if left else None
    if near is None or near.extent is not Extent.FULLY:
        return
    there: dict[str, bool] = {}
    for key, clause in given(near.fit.world).items():
        there[clause] = there.get(clause, False) or observation.facts.get(key, ABSENT) != ABSENT
    for item in left:
        if there.get(item.clause, False) or (item.clause in there and gives_another(item)):
            yield item


def _further(question: Question, observation: Observation, steps: Sequence[_Step]) -> Iterator[_Step]:
    """With one departure more, where that brings it nearer."""
    for step in steps:
        for item in _candidates(question, observation, step):
            made = step.made | {item}
            predicted = question.made(made)
            near = explanation(predicted, observation, made)
            if near is not None and near.distance < step.near.distance:
                yield _Step(made, predicted, near)


def _candidates(question: Question, observation: Observation, step: _Step) -> list[Departure]:
    """The departures that could make a difference, and of those that any clause may have those of what differs.

    Where the course is left that is what decides where: other facts differ because of it.
    """
    asked = [item for item in step.predicted.consulted if item not in question.known and not generic(item)]
    found = set(asked)
    kind = observation.facts.get("exception/type")
    for clause in {item.clause for item in asked if raises_another(item)}:
        with contextlib.suppress(LookupError):
            found.add(departure(clause, f"raises {kind}"))
    fit = step.near.fit
    gives = given(fit.world)
    decided = {clause for key in fit.roots if key in fit.world.facts for clause in fit.world.facts[key].clauses}
    for clause in {gives[key] for key in fit.differing if key in gives}:
        if fit.on_course or clause in decided:
            found.update(_generic().get(clause, ()))
    return sorted(found - step.made - question.known, key=str)


def named(texts: Sequence[str]) -> tuple[Departure, ...]:
    """The departures that are spelt so, as far as the rules know them."""
    found: list[Departure] = []
    for text in texts:
        clause, _, name = text.partition(": ")
        with contextlib.suppress(LookupError):
            found.append(departure(clause, name))
    return tuple(found)


def sentence(text: str) -> str:
    """What happens with the departure that is spelt so; of one that says no more than that it departs, nothing."""
    return next((item.text for item in named([text]) if not generic(item)), "")


def _named(made: frozenset[Departure]) -> tuple[str, ...]:
    return tuple(sorted(map(str, made)))


@functools.cache
def _generic() -> Mapping[str, tuple[Departure, ...]]:
    """The departures of what a fact holds, by clause."""
    found = {clause: tuple(filter(generic, items)) for clause, items in departures_of().items()}
    return {clause: items for clause, items in found.items() if items}
