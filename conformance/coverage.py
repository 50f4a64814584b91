"""Which clauses the vectors cover, and by what: covered means that not to keep the clause is noticed.

A clause is covered in a version of the language where one of its departures is noticed in a vector; an open question
where two of its options give different facts in one. A clause that restates another counts with it. A departure that is
the documented behaviour of that version changes nothing there, and so covers nothing.

What a vector notices is found out when it is asked for, the vectors that were written for a clause first: to know that
a clause is covered one of them is enough.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import msgspec

from conformance.catalogue import catalogue, cited_clauses, vectors
from harness.diff import noticed, told_apart
from harness.model.case import Case
from harness.model.clauses import Clause, Level
from harness.model.departure import Departure
from harness.model.prediction import Prediction
from harness.model.versions import Version, parsed, within
from harness.oracle import departed_at_end, departures, departures_of, generic, predict

_LINES: Final = tuple((3, minor) for minor in range(8, 16))
_NEXT: Final = (3, 16)


class Shown(msgspec.Struct, frozen=True):
    """What a case shows in a version: which departures are noticed in it, and of which open questions the answers."""

    departures: tuple[Departure, ...]
    questions: frozenset[str]


class _Documents(msgspec.Struct, frozen=True):
    """What the documents say of a case, and what is asked again and again of that."""

    predicted: Prediction
    consulted: frozenset[Departure]
    giving: frozenset[str]
    questions: frozenset[str]
    asked: frozenset[str]

    def could_take(self, departure: Departure) -> bool:
        """Whether the departure could change what is predicted: consulted, or from the clause that gives a fact."""
        return departure in self.consulted or (departure.clause in self.giving and generic(departure))


def shown(case: Case, language: Version, among: Sequence[Departure] | None = None) -> Shown:
    """What the case shows by the documents of that version, of the departures ``among`` those there are."""
    return _shown(case, language, _documented(predict(case, language)), departures() if among is None else among)


def shown_by(vector: str, language: Version, among: Sequence[Departure]) -> Shown:
    """What a vector shows."""
    return _shown(vectors()[vector].case, language, _said(vector, language), among)


def exercised_by(vector: str, language: Version) -> frozenset[str]:
    """The clauses that decide a fact of a vector."""
    return _said(vector, language).predicted.clauses()


def _shown(case: Case, language: Version, documents: _Documents, among: Sequence[Departure]) -> Shown:
    found = (
        item
        for item in among
        if documents.could_take(item) and noticed(documents.predicted, _departed(case, language, documents, item), item)
    )
    return Shown(tuple(found), documents.questions)


def anything_shown_by(vector: str) -> bool:
    """Whether in some version an implementation can do something that is noticed in a vector, or told."""
    own = [item for clause in vectors()[vector].clauses for item in departures_of().get(clause, ())]
    return any(_documents(vector, language).questions for language in languages()) or any(
        _noticing(vector, departure) for departure in (*own, *departures())
    )


@functools.cache
def is_noticed(departure: Departure, language: Version) -> bool:
    """Whether a vector notices the departure in that version."""
    return any(language in _noticing(name, departure) for name in _nearest(departure.clause))


@functools.cache
def languages() -> tuple[Version, ...]:
    """The versions of the language that are judged."""
    return told_by(catalogue().values())


def told_by(clauses: Iterable[Clause]) -> tuple[Version, ...]:
    """Each line of the language, and where one of these clauses begins or ends within a line."""
    changes = {parsed(text) for clause in clauses for text in (clause.since, clause.until) if text}
    return tuple(sorted({*_LINES, *(item for item in changes if within(item, _LINES[0], _NEXT))}))


@functools.cache
def covers(clause: str, language: Version) -> bool:
    """Whether it is noticed in that version if the clause, or the one it restates, is not kept."""
    return any(
        any(item in _documents(name, language).questions for name in _nearest(item))
        or any(is_noticed(departure, language) for departure in departures_of().get(item, ()))
        for item in _families()[catalogue()[clause].restates or clause]
    )


def showing(clause: str, language: Version) -> tuple[str, ...]:
    """The vectors written for the clause, or one it counts with, that notice in that version if it is not kept."""
    family = _families()[catalogue()[clause].restates or clause]
    items = [departure for item in family for departure in departures_of().get(item, ())]
    return tuple(
        name
        for name, vector in vectors().items()
        if not frozenset(family).isdisjoint(vector.clauses)
        and (
            not _documents(name, language).questions.isdisjoint(family)
            or any(language in _noticing(name, departure) for departure in items)
        )
    )


def uncovered(language: Version) -> tuple[str, ...]:
    """The clauses that the oracle cites, in force in that version, that decide something and that no vector covers."""
    cited = (catalogue()[identifier] for identifier in sorted(cited_clauses()))
    deciding = (clause for clause in cited if clause.holds(language) and decides(clause))
    return tuple(clause.id for clause in deciding if not covers(clause.id, language))


def decides(clause: Clause) -> bool:
    """Whether there is anything in the clause to be covered.

    There is nothing where no case can test it, nor where it only says that the documents are silent.
    """
    binding = clause.level in {Level.MUST, Level.SHOULD} or clause.id in departures_of() or clause.id in _asked()
    return binding and clause.untestable is None


def _documented(predicted: Prediction) -> _Documents:
    facts = (expected for world in predicted.worlds for expected in world.facts.values())
    return _Documents(
        predicted,
        frozenset(predicted.consulted),
        frozenset(expected.clauses[-1] for expected in facts if expected.clauses),
        told_apart(predicted),
        frozenset(answer.clause for world in predicted.worlds for answer in world.answers),
    )


def _departed(case: Case, language: Version, documents: _Documents, departure: Departure) -> Prediction:
    """What is predicted where the departure is made."""
    if departure in documents.consulted:
        return predict(case, language, frozenset({departure}))
    return departed_at_end(documents.predicted, departure)


@functools.cache
def _said(vector: str, language: Version) -> _Documents:
    """What the documents of one version say of a vector, and no others."""
    return _documented(predict(vectors()[vector].case, language))


@functools.cache
def _every(vector: str) -> tuple[_Documents, ...]:
    """What the documents of all versions say of a vector."""
    found: list[_Documents] = []
    for language in languages():
        if not any(item.predicted.holds(language) for item in found):
            found.append(_documented(predict(vectors()[vector].case, language)))
    return tuple(found)


def _documents(vector: str, language: Version) -> _Documents:
    return next(item for item in _every(vector) if item.predicted.holds(language))


@functools.cache
def _noticing(vector: str, departure: Departure) -> frozenset[Version]:
    """The versions in which a vector notices the departure."""
    found: set[Version] = set()
    for documents in _every(vector):
        if documents.could_take(departure):
            found.update(_noticing_where(vectors()[vector].case, documents, departure))
    return frozenset(found)


def _noticing_where(case: Case, documents: _Documents, departure: Departure) -> Iterator[Version]:
    """The versions in which the documents say that and the departure is noticed."""
    since = documents.predicted.since
    for language in languages():
        if within(language, since, documents.predicted.until):
            departed = _departed(case, language, documents, departure)
            since = departed.until
            until = min(since, documents.predicted.until)
            if noticed(documents.predicted, departed, departure):
                yield from (item for item in languages() if within(item, language, until))


@functools.cache
def _nearest(clause: str) -> tuple[str, ...]:
    """The vectors, those first that were written for the clause."""
    return tuple(sorted(vectors(), key=lambda name: clause not in vectors()[name].clauses))


@functools.cache
def _asked() -> frozenset[str]:
    """The open questions that come up in any vector."""
    return frozenset(clause for name in vectors() for item in _every(name) for clause in item.asked)


@functools.cache
def _families() -> Mapping[str, tuple[str, ...]]:
    """Each clause that decides by itself, and those that restate it."""
    found: dict[str, list[str]] = {}
    for clause in catalogue().values():
        found.setdefault(clause.restates or clause.id, []).append(clause.id)
    return MappingProxyType({key: tuple(items) for key, items in found.items()})
