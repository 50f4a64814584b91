"""What a reproducer is to show: a case, the fact, and all that was expected and seen around it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from harness.model.case import Case, Embedded
from harness.model.observation import Observation
from harness.model.prediction import Expected, Prediction, World, allowed
from harness.model.rendering import PROGRAM
from harness.model.saying import last_line
from harness.model.values import ABSENT, Value, same
from reports.plain.spelling import Names

COURSE: Final = ("trace/", "outcome", "exception/type")
"""How the keys begin of the facts that tell which way the program took."""

LOST: Final = frozenset({"crashed", "exited", "timed-out"})
"""The outcomes of a program whose process ended before it."""


class Sight(msgspec.Struct, frozen=True):
    """One fact of a case that differs: the values that the documents allow, and what was seen.

    ``world`` has the values allowed for each fact of the world of the documents that is nearest to what was
    ``observed``; ``ends`` are the types of the exceptions that may end the program in any of the worlds, empty where
    it may end well, or none at all where the documents do not say how it ends. It ``raises`` if they say that much.
    ``message`` is what the exception said that ended it, if it is known.
    """

    case: Case
    fact: str
    expected: tuple[Value, ...]
    seen: Value
    world: Mapping[str, tuple[Value, ...]]
    observed: Mapping[str, Value]
    ends: tuple[str, ...] = ()
    raises: bool = False
    message: str = ""

    def of(self, fact: str) -> "Sight":
        """The same case, and another fact of it that differs."""
        return msgspec.structs.replace(self, fact=fact, expected=self.allowed(fact), seen=self.held(fact))

    def allowed(self, fact: str) -> tuple[Value, ...]:
        """What the documents allow for a fact."""
        return self.world.get(fact) or (ABSENT,)

    def held(self, fact: str) -> Value:
        """What was seen of a fact."""
        return self.observed.get(fact, ABSENT)

    @property
    def wanted(self) -> tuple[str, ...]:
        """How the program is to end; as it was seen to, where the documents do not say."""
        return self.ends or (self.ended,)

    @property
    def ends_anyhow(self) -> bool:
        """Whether the documents do not say how the program ends."""
        return not self.ends

    @property
    def ends_well_instead(self) -> bool:
        """Whether the program is to raise something, whatever that is, and does not."""
        return self.raises and self.ends_anyhow and self.held("outcome") == "completed"

    @property
    def ended(self) -> str:
        """The type of the exception that ended the program, empty where none did."""
        return str(self.held("exception/type")) if self.held("outcome") == "raised" else ""

    @property
    def told(self) -> str:
        """The same, with what it says, as the last line of a traceback has it."""
        return f"{self.ended}: {self.message}" if self.ended and self.message else self.ended

    @property
    def lost(self) -> str:
        """What became of the process where it ended before the program did, empty where it did not."""
        outcome = self.held("outcome")
        kind = str(outcome[0]) if isinstance(outcome, tuple) else str(outcome)
        return kind if kind in LOST else ""

    @property
    def ends_otherwise(self) -> bool:
        """Whether the program ends otherwise than it is to."""
        return bool(self.lost) or self.begins_otherwise or self.ends_well_instead or self.ended not in self.wanted

    @property
    def begins_otherwise(self) -> bool:
        """Whether the program begins and is not to, or does not and is to."""
        seen = _unbegun(self.held("outcome"))
        return all(_unbegun(item) != seen for item in self.allowed("outcome"))

    @property
    def finished(self) -> int:
        """How many statements of the program end both as it was seen and as it is to be."""
        wanted = {_number(values[0], self._label) for values in self.world.values() if len(values) == 1}
        return max(self._seen & wanted, default=0)

    @property
    def done(self) -> int:
        """How many statements of the program are seen to end."""
        return max(self._seen, default=0)

    @property
    def _label(self) -> str:
        return PROGRAM if isinstance(self.case.launch, Embedded) else self.case.launch.path

    @property
    def _seen(self) -> set[int]:
        return {_number(value, self._label) for value in self.observed.values()}

    def mirrored(self) -> "Sight":
        """The same, as if what was seen were what is expected."""
        world: dict[str, tuple[Value, ...]] = dict.fromkeys(self.world, (ABSENT,))
        world |= {key: (value,) for key, value in self.observed.items()}
        return Sight(self.case, self.fact, (self.seen,), self.expected[0], world, self.observed, _ends(world))

    def differing(self) -> Iterator[str]:
        """The facts that differ, the one that is to be shown first."""
        yield self.fact
        for key, values in self.world.items():
            if key != self.fact and values and not any(same(self.held(key), value) for value in values):
                yield key


def _number(value: Value, label: str) -> int:
    """The number of the statement of that text that has ended, if the value is of such an event, else 0."""
    number = value[2] if isinstance(value, tuple) and value[:2] == ("event", label) else 0
    return number if type(number) is int else 0


def sight(case: Case, fact: str, expected: Sequence[Value], prediction: Prediction, observation: Observation) -> Sight:
    """What is to be shown of a fact that differs in an observation, by the documents."""
    world = min(prediction.worlds, key=lambda item: _distance(item, fact, observation))
    facts = {key: allowed(item) for key, item in world.facts.items()}
    seen = observation.facts.get(fact, ABSENT)
    every = [_ends({key: allowed(item) for key, item in world.facts.items()}) for world in prediction.worlds]
    ends = tuple(dict.fromkeys(end for held in every for end in held)) if all(every) else ()
    outcomes = [world.facts.get("outcome") for world in prediction.worlds]
    raises = all(item is not None and allowed(item) == ("raised",) for item in outcomes)
    message = Names(case).local(last_line(observation.notes.get("message", "")))
    facts |= {fact: tuple(expected)}
    return Sight(case, fact, tuple(expected), seen, facts, observation.facts, ends, raises, message)


def _unbegun(outcome: Value) -> bool:
    return isinstance(outcome, tuple) and outcome[0] == "unbegun"


def _ends(world: Mapping[str, tuple[Value, ...]]) -> tuple[str, ...]:
    """How the program ends in a world: the types of exceptions, empty where it ends well; none where it is open."""
    outcomes, raised = world.get("outcome", ()), world.get("exception/type", ())
    if "raised" in outcomes and not raised:
        return ()
    types = tuple(str(item) for item in raised if item != ABSENT) if "raised" in outcomes else ()
    return (*types, *([""] if "completed" in outcomes else ()))


def _distance(world: World, fact: str, observation: Observation) -> tuple[bool, bool, int]:
    """Worlds in which that fact is as it was seen are farther than others, and so are those that end otherwise."""
    wrong = [key for key, item in world.facts.items() if not _holds(item, observation.facts.get(key, ABSENT))]
    return fact not in wrong, any(key.startswith(COURSE) for key in wrong), len(wrong)


def _holds(expected: Expected, seen: Value) -> bool:
    values = allowed(expected)
    return not values or any(same(value, seen) for value in values)
