"""Implementations that are not there: subjects that answer with what the documents say, but for one planted fault."""

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec

from conformance.catalogue import Expectation, catalogue
from conformance.engine import Crew, Engine, Ground, Plan, Predictions, Shard, Shrinker, Timing, table
from generators import generate, reduce_case
from harness.model.case import Case
from harness.model.codec import decode, encode
from harness.model.departure import Departure
from harness.model.observation import Identity, Observation
from harness.model.prediction import Exactly, Expected, OneOf, Prediction
from harness.model.values import Value
from harness.model.versions import Version
from harness.oracle import predict
from harness.run import Mode, Placed, Subject, Workspace
from reports import Footer, Line, Record

Plant: TypeAlias = Callable[[Case, Mapping[str, Value]], Mapping[str, Value]]
"""Changes the facts of a case."""

NOTHING: frozenset[Departure] = frozenset()


def _answer(expected: Expected) -> Value:
    match expected:
        case Exactly(value=value):
            return value
        case OneOf(values=values):
            return values[0]
        case _:
            return "silence"


@functools.lru_cache(maxsize=10_000)
def _known(case: bytes, language: Version, otherwise: frozenset[Departure]) -> Prediction:
    return predict(decode(case, Case), language, otherwise)


def known(case: Case, language: Version, otherwise: frozenset[Departure]) -> Prediction:
    """What the oracle says, which in the runs of one test is asked about the same cases again and again."""
    return _known(encode(case), language, otherwise)


class Fake:
    """A subject that is right, apart from what ``plant`` does to its facts."""

    def __init__(self, identity: Identity, plant: Plant, otherwise: frozenset[Departure] = NOTHING) -> None:
        self.identity = identity
        self._plant = plant
        self._otherwise = otherwise

    def observe(self, placed: Sequence[Placed]) -> list[Observation]:
        """What the documents say, changed."""
        return [self._one(item.case) for item in placed]

    def close(self) -> None:
        """Nothing to end."""

    def _one(self, case: Case) -> Observation:
        usual = known(case, self.identity.language, self._otherwise).worlds[0]
        facts = {key: _answer(item) for key, item in usual.facts.items()}
        return Observation(dict(self._plant(case, facts)))


class Member(msgspec.Struct, frozen=True):
    """A fake implementation: its name, language, fault and expectations; ``subject`` makes another subject of it.

    ``otherwise`` are departures that it makes besides its fault.
    """

    plant: Plant = lambda _case, facts: facts
    name: str = "fake"
    language: Version = (3, 12)
    expected: tuple[Expectation, ...] = ()
    every: int = 1
    otherwise: frozenset[Departure] = NOTHING
    subject: Callable[[Identity], Subject] | None = None


class Outcome(msgspec.Struct, frozen=True):
    """A run of fakes: its lines and its footer."""

    lines: tuple[Line, ...]
    footer: Footer

    @property
    def records(self) -> tuple[Record, ...]:
        """The records among the lines."""
        return tuple(line for line in self.lines if isinstance(line, Record))


WHOLE = Shard()


def run(
    *members: Member,
    examples: int = 20,
    cases: Sequence[Case] | None = None,
    shard: Shard = WHOLE,
    jobs: int = 1,
    stop: Callable[[], str] = lambda: "",
) -> Outcome:
    """Run fakes on generated cases, or on those given."""
    given = tuple(cases if cases is not None else generate(seed=0, examples=examples))
    with standing(members, jobs, stop) as ground:
        engine = Engine(ground, Plan((), lambda: iter(given), len(given), shard))
        shrink = Shrinker(ground, reduce_case)
        lines = tuple(engine.lines(shrink, shrink.answering))
        return Outcome(lines, engine.footer())


@contextlib.contextmanager
def standing(members: Sequence[Member], jobs: int, stop: Callable[[], str]) -> Iterator[Ground]:
    """What the engine needs, with fakes as its crews."""
    crews = tuple(_crew(member, jobs) for member in members)
    expected = tuple(member.expected for member in members)
    try:
        with Workspace() as workspace:
            timing = Timing(lambda: 0.0)
            yield Ground(workspace, crews, Predictions(known), expected, table(catalogue()), timing, stop)
    finally:
        for crew in crews:
            crew.close()


def _crew(member: Member, jobs: int) -> Crew:
    identity = Identity(member.name, "1.0", member.language, ("fake",), ("fork",))
    made = member.subject
    start = (
        (lambda _mode: Fake(identity, member.plant, member.otherwise))
        if made is None
        else (lambda _mode: made(identity))
    )
    return Crew(identity, start, size=jobs, mode=Mode.AUTO, every=member.every)
