"""Whether an observation could show which of two ways a rule was taken."""

import itertools
from collections.abc import Iterator
from typing import Final

from harness.model.departure import Departure
from harness.model.prediction import UNFINISHED, Ending, Exactly, Expected, Prediction, World, allowed
from harness.model.values import ABSENT, same

_LISTED: Final = ("trace/", "binding/", "exception/", "module/")
"""Facts of what is listed: what the list does not hold is absent."""


def noticed(documents: Prediction, departed: Prediction, departure: Departure) -> bool:
    """Whether an implementation that makes the departure is bound to be told from one that does as documented.

    ``departed`` is what it does. Some of its worlds make the departure, and none of those is one that the documents
    allow. (In the others an open question is answered so that there is nothing to depart from.)
    """
    made = [world for world in departed.worlds if departure in world.taken]
    return bool(made) and not any(_could_be(world, other) for world in made for other in documents.worlds)


def told_apart(documents: Prediction) -> frozenset[str]:
    """The open questions of which an observation shows the answer.

    Of such a question two worlds take different options, and all else that both are asked alike; nothing that is
    observed of one of them fits the other.
    """
    return frozenset(
        clause
        for first, second in itertools.combinations(documents.worlds, 2)
        for clause in _split(first, second)
        if not _could_be(first, second) and not _could_be(second, first)
    )


def _split(first: World, second: World) -> tuple[str, ...]:
    """The question that parts two worlds, if it is one."""
    options = {(item.clause, item.situation): item.option for item in first.answers}
    split = [
        item.clause for item in second.answers if options.get((item.clause, item.situation), item.option) != item.option
    ]
    return tuple(split) if len(split) == 1 else ()


def _could_be(world: World, other: World) -> bool:
    """Whether what is observed of ``world`` could fit ``other`` too."""
    if world.ending is Ending.ENDLESS or other.ending is Ending.ENDLESS:
        return world.ending in UNFINISHED or other.ending in UNFINISHED or world.ending is other.ending
    return not any(_apart(found, expected) for found, expected in _pairs(world, other))


def _pairs(world: World, other: World) -> Iterator[tuple[Expected, Expected]]:
    for key, expected in other.facts.items():
        found = world.facts.get(key)
        if found is not None:
            yield found, expected
        elif world.ending is Ending.COMPLETED and _is_absent(world, key):
            yield Exactly(ABSENT, ()), expected


def _is_absent(world: World, key: str) -> bool:
    """Whether a fact that the world does not predict is then absent, not merely unknown."""
    kind, *parts = key.split("/")
    if kind != "module" or len(parts) == 1 or parts[1] == "value":
        return key.startswith(_LISTED)
    held = world.facts.get(f"module/{parts[0]}")
    return held is None or (isinstance(held, Exactly) and held.value == ABSENT)


def _apart(found: Expected, expected: Expected) -> bool:
    """Whether no value of the one is a value of the other; where a document is silent every value is."""
    values, others = allowed(found), allowed(expected)
    return bool(values and others) and not any(same(value, each) for value in values for each in others)
