"""How far a world explains what was observed: as a whole, how it begins, or not at all."""

import enum
from collections.abc import Collection
from typing import Final

import msgspec

from harness.diff.fitting import COURSE, Fit, all_fits
from harness.model.departure import Departure
from harness.model.observation import Observation
from harness.model.prediction import UNFINISHED, Prediction, Unspecified, World


class Extent(enum.Enum):
    """How much of an observation is explained."""

    FULLY = enum.auto()
    """It is the world as a whole."""

    WEAKLY = enum.auto()
    """It begins as the world does, of the rest of which nothing is said."""

    NOT = enum.auto()
    """The world says otherwise."""


_BEST: Final = (Extent.FULLY, Extent.WEAKLY, Extent.NOT)


class Explanation(msgspec.Struct, frozen=True):
    """How far the nearest world is from what was observed, and how much of that it explains."""

    extent: Extent
    fit: Fit

    @property
    def distance(self) -> tuple[int, ...]:
        """The less, the nearer."""
        return (_BEST.index(self.extent), *self.fit.distance)


def explanation(departed: Prediction, observation: Observation, made: Collection[Departure] = ()) -> Explanation | None:
    """What of the observation is explained by the worlds in which all of these departures are made; none if none is."""
    worlds = [world for world in departed.worlds if all(item in world.taken for item in made)]
    if not worlds:
        return None
    found = (Explanation(_extent(fit), fit) for fit in all_fits(worlds, observation))
    return min(found, key=lambda item: item.distance)


def freed(departed: Prediction, departure: Departure) -> Prediction:
    """The same, where what the clause gives in the end has any value: what is observed of it is explained by that."""
    return msgspec.structs.replace(departed, worlds=tuple(_freed(world, departure) for world in departed.worlds))


def given(world: World) -> dict[str, str]:
    """The facts of the final state on which the documents are not silent, each with the clause that gives it."""
    return {
        key: item.clauses[-1]
        for key, item in world.facts.items()
        if item.clauses and not isinstance(item, Unspecified) and not key.startswith(COURSE)
    }


def _freed(world: World, departure: Departure) -> World:
    mine = [key for key, clause in given(world).items() if clause == departure.clause]
    if not mine:
        return world
    facts = {**world.facts, **dict.fromkeys(mine, Unspecified((departure.clause,)))}
    return msgspec.structs.replace(world, facts=facts, taken=(*world.taken, departure))


def _extent(fit: Fit) -> Extent:
    if fit.differing:
        return Extent.NOT
    return Extent.WEAKLY if fit.world.ending in UNFINISHED else Extent.FULLY
