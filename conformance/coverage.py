"""Which clauses the vectors cover, and by what: covered means that not to keep the clause is noticed.

A clause is covered in a version of the language where one of its departures is noticed in a vector; an open question
where two of its options give different facts in one. A clause that restates another counts with it. A departure that is
the documented behaviour of that version changes nothing there, and so covers nothing.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeVar

import msgspec

from conformance.catalogue import catalogue, cited_clauses, vectors
from harness.diff import noticed, told_apart
from harness.model.case import Case
from harness.model.clauses import Clause, Level
from harness.model.departure import Departure
from harness.model.prediction import Prediction
from harness.oracle import departed_at_end, departures, departures_of, generic, predict

LANGUAGES: Final = tuple((3, minor) for minor in range(8, 16))
"""The versions of the language that are judged."""

_Key = TypeVar("_Key")


class Shown(msgspec.Struct, frozen=True):
    """What a case shows in the versions from ``since`` on and before ``until``.

    Each of ``departures`` is noticed in it. Of the open questions that are ``asked`` those in ``questions`` have
    answers that are seen.
    """

    since: tuple[int, int]
    until: tuple[int, int]
    departures: tuple[Departure, ...]
    questions: frozenset[str]
    asked: frozenset[str]

    @property
    def anything(self) -> bool:
        """Whether an implementation can do something here that is noticed or told."""
        return bool(self.departures or self.questions)


class Coverage(msgspec.Struct, frozen=True):
    """What the vectors show in one version: the names of those that notice a departure, or tell of a question."""

    departures: Mapping[Departure, tuple[str, ...]]
    questions: Mapping[str, tuple[str, ...]]

    def covers(self, clause: Clause) -> bool:
        """Whether not to keep the clause, or the one it restates, is noticed."""
        return any(
            item in self.questions or any(departure in self.departures for departure in departures_of().get(item, ()))
            for item in _families()[clause.restates or clause.id]
        )


def shown(case: Case, language: tuple[int, int], among: Sequence[Departure] | None = None) -> Shown:
    """What the case shows by the documents of that version, of the departures ``among`` those there are."""
    documents = predict(case, language)
    since, until = documents.since, documents.until
    found: list[Departure] = []
    for departure in _candidates(documents, departures() if among is None else among):
        if departure in documents.consulted:
            departed = predict(case, language, frozenset({departure}))
        else:
            departed = departed_at_end(documents, departure)
        since, until = max(since, departed.since), min(until, departed.until)
        if noticed(documents, departed, departure):
            found.append(departure)
    asked = frozenset(answer.clause for world in documents.worlds for answer in world.answers)
    return Shown(since, until, tuple(found), told_apart(documents), asked)


def shown_by(vector: str, language: tuple[int, int]) -> Shown:
    """What a vector shows in that version."""
    return next(item for item in _everything(vector) if item.since <= language < item.until)


@functools.cache
def coverage(language: tuple[int, int]) -> Coverage:
    """What the vectors show in that version."""
    departures: dict[Departure, list[str]] = {}
    questions: dict[str, list[str]] = {}
    for name in vectors():
        item = shown_by(name, language)
        for departure in item.departures:
            departures.setdefault(departure, []).append(name)
        for clause in item.questions:
            questions.setdefault(clause, []).append(name)
    return Coverage(_fixed(departures), _fixed(questions))


def vectors_for(clause: Clause) -> tuple[str, ...]:
    """The vectors that notice in some version a departure from the clause, or tell the answer of the question it is."""
    found = dict.fromkeys(
        name
        for held in map(coverage, LANGUAGES)
        for name in (
            *held.questions.get(clause.id, ()),
            *(name for departure in departures_of().get(clause.id, ()) for name in held.departures.get(departure, ())),
        )
    )
    return tuple(found)


def uncovered(language: tuple[int, int]) -> tuple[str, ...]:
    """The clauses that the oracle cites, in force in that version, that decide something and that no vector covers."""
    cited = (catalogue()[identifier] for identifier in sorted(cited_clauses()))
    deciding = (clause for clause in cited if clause.holds(language) and decides(clause))
    return tuple(clause.id for clause in deciding if not coverage(language).covers(clause))


def decides(clause: Clause) -> bool:
    """Whether there is anything in the clause to be covered.

    There is nothing where no case can test it, nor where it only says that the documents are silent.
    """
    binding = clause.level in {Level.MUST, Level.SHOULD} or clause.id in departures_of() or clause.id in _asked()
    return binding and clause.untestable is None


def _candidates(documents: Prediction, among: Iterable[Departure]) -> Iterator[Departure]:
    """The departures that could change what is predicted: consulted, or from the clause that gives a fact."""
    consulted = frozenset(documents.consulted)
    facts = (expected for world in documents.worlds for expected in world.facts.values())
    giving = {expected.clauses[-1] for expected in facts if expected.clauses}
    return (item for item in among if item in consulted or (item.clause in giving and generic(item)))


@functools.cache
def _everything(name: str) -> tuple[Shown, ...]:
    found: list[Shown] = []
    for language in LANGUAGES:
        if not any(item.since <= language < item.until for item in found):
            found.append(shown(vectors()[name].case, language))
    return tuple(found)


@functools.cache
def _asked() -> frozenset[str]:
    """The open questions that come up in any vector."""
    return frozenset(clause for name in vectors() for item in _everything(name) for clause in item.asked)


@functools.cache
def _families() -> Mapping[str, tuple[str, ...]]:
    """Each clause that decides by itself, and those that restate it."""
    found: dict[str, list[str]] = {}
    for clause in catalogue().values():
        found.setdefault(clause.restates or clause.id, []).append(clause.id)
    return _fixed(found)


def _fixed(found: dict[_Key, list[str]]) -> Mapping[_Key, tuple[str, ...]]:
    return MappingProxyType({key: tuple(items) for key, items in found.items()})
