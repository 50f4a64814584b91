"""What the documents say a case does."""

import enum
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias, Union

import msgspec

from harness.model.departure import Departure
from harness.model.values import ABSENT, Value, same
from harness.model.versions import FIRST, LAST, Version, within


class Exactly(msgspec.Struct, frozen=True, tag="exactly"):
    """The documents give this value; ``clauses`` are the ones that decide it."""

    value: Value
    clauses: tuple[str, ...]


class OneOf(msgspec.Struct, frozen=True, tag="oneof"):
    """The documents leave the choice among these values.

    Where they are the ``options`` of an open question, which the last of the clauses describes, an implementation has
    one answer to it: it is the same for every fact in all cases.
    """

    values: tuple[Value, ...]
    clauses: tuple[str, ...]
    options: tuple[str, ...] = ()


class Unspecified(msgspec.Struct, frozen=True, tag="unspecified"):
    """The documents are silent; ``clauses`` say about what."""

    clauses: tuple[str, ...]


Expected: TypeAlias = Union[Exactly, OneOf, Unspecified]


ANOTHER: Final = "another"
"""The option of a question that is none of the others: it counts only where none of them fits."""


class Ending(enum.Enum):
    """How far a world is predicted."""

    COMPLETED = "completed"
    """To its end: every fact the documents decide is among its facts."""

    SILENT = "silent"
    """Up to a point after which the documents say nothing."""

    DEEP = "deep"
    """Up to a point from which it goes deeper, or on for longer, than it is followed: perhaps it never ends."""

    ENDLESS = "endless"
    """Up to a point from which it never ends, which is seen as RecursionError, a crash or a time-out."""


UNFINISHED: Final = frozenset({Ending.SILENT, Ending.DEEP})
"""How a world ends of which the documents say no more than the beginning."""


class Answer(msgspec.Struct, frozen=True, order=True):
    """The option that a world takes on a question which ``clause`` describes and the documents do not settle.

    ``situation`` tells like situations from unlike ones; ``choice`` whether the documents leave the choice in so many
    words.
    """

    clause: str
    situation: str
    option: str
    choice: bool = False


class World(msgspec.Struct, frozen=True, dict=True):
    """One way in which everything can happen by the documents; an observation fits it as a whole or not at all.

    ``answers`` are the options it takes, in the order in which they came up; ``taken`` the departures it makes.
    """

    facts: dict[str, Expected]
    answers: tuple[Answer, ...] = ()
    ending: Ending = Ending.COMPLETED
    taken: tuple[Departure, ...] = ()

    @functools.cached_property
    def choices(self) -> tuple[tuple[str, OneOf], ...]:
        """The facts that can have one of several values."""
        return tuple((key, expected) for key, expected in self.facts.items() if isinstance(expected, OneOf))


class Prediction(msgspec.Struct, frozen=True, dict=True):
    """The worlds that the documents allow, the usual one first.

    A fact that is observed and not predicted is not judged; one that is predicted and not observed counts as absent.
    ``consulted`` are the departures that could have made a difference, or did. ``excess``: there are more worlds than
    were looked at; the last ones then tell how the rest begin.

    The same is predicted for every version of the language from ``since`` on and before ``until``.
    """

    worlds: tuple[World, ...]
    since: Version = FIRST
    until: Version = LAST
    consulted: tuple[Departure, ...] = ()
    excess: bool = False

    def holds(self, language: Version) -> bool:
        """Whether it is the prediction for that version of the language too."""
        return within(language, self.since, self.until)

    @property
    def facts(self) -> dict[str, Expected]:
        """What can be said of each fact by itself: the values it has in some world, the usual one first.

        A fact is unspecified if it is in one of the worlds. All worlds together say more than that.
        """
        if len(self.worlds) == 1:
            return self.worlds[0].facts
        asked = tuple(dict.fromkeys(answer.clause for world in self.worlds for answer in world.answers))
        return _united(self.worlds, asked)

    def told(self, key: str) -> tuple[tuple[Value, ...], bool]:
        """The values that a fact has in any world, and whether some world says nothing of it."""
        found = [world.facts.get(key, Unspecified(())) for world in self.worlds]
        silent = any(isinstance(expected, Unspecified) for expected in found)
        return tuple(_different(value for expected in found for value in allowed(expected))), silent

    def open_facts(self) -> tuple[str, ...]:
        """The facts on which the documents are silent, whichever of the choices they leave is taken.

        A fact that differs with an open question is one of them; one that differs with a choice is not.
        """
        return self._open_facts

    def clauses(self) -> frozenset[str]:
        """The clauses that decide any fact."""
        return self._clauses

    @functools.cached_property
    def _open_facts(self) -> tuple[str, ...]:
        usual = {(item.clause, item.situation): item.option for item in self.worlds[0].answers if item.choice}
        worlds = [
            world
            for world in self.worlds
            if all(usual.get((item.clause, item.situation), item.option) == item.option for item in world.answers)
        ]
        if len(worlds) == 1:
            return tuple(key for key, expected in worlds[0].facts.items() if isinstance(expected, Unspecified))
        keys = dict.fromkeys(key for world in worlds for key in world.facts)
        return tuple(key for key in keys if _open(worlds, key))

    @functools.cached_property
    def _clauses(self) -> frozenset[str]:
        every = {expected.clauses for world in self.worlds for expected in world.facts.values()}
        return frozenset().union(*every, (answer.clause for world in self.worlds for answer in world.answers))


def certain(facts: Mapping[str, Expected]) -> Prediction:
    """The prediction that leaves one world, in which these facts hold."""
    return Prediction((World(dict(facts)),))


def allowed(expected: Expected) -> tuple[Value, ...]:
    """The values of a fact on which the documents are not silent."""
    match expected:
        case Exactly(value=value):
            return (value,)
        case OneOf(values=values):
            return values
        case Unspecified():
            return ()


def sharing(worlds: Iterable[World]) -> tuple[World, ...]:
    """The same worlds; where one holds a fact as the first one does, it is the very object."""
    first, *others = worlds
    for world in others:
        for key, expected in world.facts.items():
            held = first.facts.get(key)
            if held is not None and _alike(held, expected):
                world.facts[key] = held
    return first, *others


def _of(world: World, key: str) -> Expected:
    found = world.facts.get(key)
    if found is not None:
        return found
    if world.ending is Ending.COMPLETED:
        return Exactly(ABSENT, ())
    return Unspecified(())


def _open(worlds: Sequence[World], key: str) -> bool:
    """Whether the documents are silent, or do not say which of several values a fact has."""
    held = worlds[0].facts.get(key)
    if held is not None and all(world.facts.get(key) is held for world in worlds):  # as nearly all that they share are
        return isinstance(held, Unspecified)
    found = [_of(world, key) for world in worlds]
    if any(isinstance(expected, Unspecified) for expected in found):
        return True
    first, *others = map(allowed, found)
    return not all(same(first, values) for values in others)


def _united(worlds: Sequence[World], asked: tuple[str, ...]) -> dict[str, Expected]:
    keys = dict.fromkeys(key for world in worlds for key in world.facts)
    return {key: _union([_of(world, key) for world in worlds], asked) for key in keys}


def _union(found: list[Expected], asked: tuple[str, ...]) -> Expected:
    clauses = tuple(dict.fromkeys(clause for expected in found for clause in expected.clauses))
    if any(isinstance(expected, Unspecified) for expected in found):
        return Unspecified((*clauses, *asked))
    first, *others = found
    if all(_alike(first, expected) for expected in others):
        return first
    value, *more = _different(value for expected in found for value in allowed(expected))
    if more:
        return OneOf((value, *more), tuple(dict.fromkeys((*clauses, *asked))))
    return Exactly(value, clauses or asked)


def _alike(one: Expected, other: Expected) -> bool:
    """Whether both are the same, also in that ``True`` is not ``1``."""
    if one != other:
        return False
    if type(one) is type(other) is Exactly:
        return type(one.value) is str or same(one.value, other.value)
    return same(allowed(one), allowed(other))


def _different(values: Iterator[Value]) -> Iterator[Value]:
    seen: list[Value] = []
    for value in values:
        if not any(same(value, other) for other in seen):
            seen.append(value)
            yield value
