"""How far an observation is from a world: which facts differ, and which of them are no consequences of others."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from harness.model.lacking import unobservable
from harness.model.observation import Observation, too_many_events
from harness.model.prediction import Answer, Ending, Exactly, Expected, Unspecified, World
from harness.model.values import ABSENT, UNOBSERVED, Value, kind, same

_EVENTS: Final = ("trace/0", "trace/1")
COURSE: Final = (*_EVENTS, "exception/type", "outcome", "trace/length", "exception/")


class Fit(NamedTuple):
    """How far an observation is from a world: the facts that differ, and those of them that are no consequences.

    ``followed`` counts the events that are as they should be; ``goes_on`` tells whether another one was seen then.
    """

    world: World
    differing: tuple[str, ...]
    roots: tuple[str, ...]
    followed: int = 0
    goes_on: bool = False

    @property
    def on_course(self) -> bool:
        """Whether the observation differs, if at all, in the final state alone."""
        return not self.roots or not self.roots[0].startswith(COURSE)

    @property
    def distance(self) -> tuple[int, ...]:
        """Worlds whose course the observation leaves are further than others, the earlier the further."""
        if self.on_course:
            return 0, len(self.differing)
        rank = _rank(self.roots[0])[0]
        return 1, -self.followed, rank if self.goes_on else len(COURSE) - rank, len(self.differing)

    @property
    def left(self) -> tuple[int, ...]:
        """The distance as far as it is one of the course: the less, the later that is left."""
        return self.distance[:3]


def all_fits(worlds: Sequence[World], observation: Observation) -> list[Fit]:
    """How far it is from each world; a fact that a world shares with the first one is compared once."""
    first, seen = worlds[0].facts, observation.facts.get
    wrong = dict.fromkeys(key for key, item in first.items() if not _holds(key, item, seen(key, ABSENT)))

    def unlike(facts: Mapping[str, Expected]) -> tuple[str, ...]:
        if facts is first:
            return tuple(wrong)
        return tuple(
            key
            for key, item in facts.items()
            if (key in wrong if first.get(key) is item else not _holds(key, item, seen(key, ABSENT)))
        )

    return [_fit(world, observation, unlike(world.facts)) for world in worlds]


def _fit(world: World, observation: Observation, differing: tuple[str, ...]) -> Fit:
    """How far it is from a world, if these facts differ."""
    outcome = observation.outcome
    if world.ending is Ending.ENDLESS:
        deep = outcome == "raised" and observation.facts.get("exception/type") == "RecursionError"
        begun = _lost(outcome) or not differing
        endless = begun and (deep or _lost(outcome) or outcome == too_many_events())
        return Fit(world, (), ()) if endless else _ended(world)
    if world.ending is Ending.DEEP and _lost(outcome):
        return Fit(world, (), ())
    differing = differing or tuple(_contradicting(world, observation))
    if _lost(outcome) or (differing and kind(outcome) == "unbegun"):
        return _ended(world)
    if not differing:
        return Fit(world, (), ())
    missed = [int(key.removeprefix("trace/")) for key in differing if key.startswith(_EVENTS)]
    followed = min(missed) if missed else sum(key.startswith(_EVENTS) for key in world.facts)
    return Fit(world, differing, _rooted(differing), followed, f"trace/{followed:04}" in observation.facts)


def _ended(world: World) -> Fit:
    """How far it is where the end is wrong, and nothing else is to be compared."""
    return Fit(world, ("outcome",), ("outcome",))


def seen_of(observation: Observation, key: str) -> Value:
    """The value of a fact; what was not observed is absent."""
    return observation.facts.get(key, ABSENT)


def _holds(key: str, expected: Expected, seen: Value) -> bool:
    if isinstance(expected, Exactly):
        value = expected.value
        holds = value == seen if type(value) is str else same(value, seen)
    else:
        holds = isinstance(expected, Unspecified) or any(same(value, seen) for value in expected.values)
    return holds or (seen == UNOBSERVED and unobservable(key))


def _lost(outcome: Value) -> bool:
    """Whether the program began and its process ended before it: no document allows that, wherever it is silent."""
    return outcome == "timed-out" or kind(outcome) in {"exited", "crashed"}


def _rooted(differing: Sequence[str]) -> tuple[str, ...]:
    """The differing keys that are no mere consequence of another one."""
    course = min((key for key in differing if key.startswith(COURSE)), key=_rank, default=None)
    if course is not None:
        return (course,)
    seen = frozenset(differing)
    heads = frozenset(_head(key) for key in differing)
    return tuple(key for key in differing if not _consequence(key, seen, heads))


def _rank(key: str) -> tuple[int, str]:
    return next((rank, key) for rank, prefix in enumerate(COURSE) if key.startswith(prefix))


def _head(key: str) -> str:
    """What a list that sums up the fact calls it: all but the name at its end."""
    return key.rpartition("/")[0] + "/"


def _consequence(key: str, differing: AbstractSet[str], heads: AbstractSet[str]) -> bool:
    """Whether ``key`` differs only because a fact it depends on does: a detail on its whole, a list on its items."""
    items = _items(key)
    if items:
        return items in heads
    parts = key.split("/")
    wholes = ["/".join(parts[:depth]) for depth in range(2, len(parts))]
    wholes += [f"{key.partition('/spec.')[0]}/__spec__"] if "/spec." in key else []
    wholes += [f"{key.removesuffix('/__loader__')}/__spec__"] if key.endswith("/__loader__") else []
    return any(whole in differing for whole in wholes)


def _items(key: str) -> str:
    """How the keys of the facts begin that a list of names sums up."""
    if key == "modules":
        return "module/"
    if key == "names":
        return "binding/"
    return f"{key.removesuffix('names')}value/" if key.endswith("/names") else ""


def answers_of(world: World, observation: Observation) -> Iterator[tuple[str, Answer]]:
    """The answers to open questions that single facts give, each with the key of the fact."""
    for key, item in world.choices:
        if item.options:
            seen = seen_of(observation, key)
            for value, option in zip(item.values, item.options, strict=True):
                if same(value, seen):
                    yield key, Answer(item.clauses[-1], "", option)


def _contradicting(world: World, observation: Observation) -> Iterator[str]:
    """The facts by which a question has another answer than by those before them."""
    given: dict[str, Answer] = {}
    for key, answer in answers_of(world, observation):
        if given.setdefault(answer.clause, answer) != answer:
            yield key
