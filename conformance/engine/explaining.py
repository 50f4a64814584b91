"""What each answer to a case says of causes: what explains it, or which departures it refutes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

import msgspec

from conformance.engine.causes import Explained, Question, explained, named, refuted
from conformance.engine.predictions import Predict
from conformance.engine.verdicts import Answer
from harness.diff import Judgement, Verdict
from harness.diff.fitting import COURSE
from harness.model.case import Case, every, scope, words
from harness.model.departure import Departure
from harness.model.observation import Observation
from harness.model.prediction import Exactly, Prediction
from harness.model.saying import LEFT_OUT, last_line, last_words
from harness.model.values import Value
from harness.model.versions import Version
from reports import Record

_NOT_FOUND: Final = re.compile(r"No module named '([^']+)'")
_WITHOUT: Final = re.compile(r"module '([\w.]+)' has no attribute '(\w+)'")
_SAID: Final = re.compile(r"\b([A-Za-z_]\w*(?:Error|Exception)): (.*?)\)?$")
_QUOTED: Final = re.compile(r"(?<!\w)'([^']*)'")

_AS_EXPECTED = frozenset({Verdict.CONFORMS, Verdict.ALLOWED, Verdict.KNOWN})
"""The verdicts of who did what is expected of him: that shows what he does not do."""


class Reasons(msgspec.Struct, frozen=True):
    """What an answer says of causes; ``consulted`` are the clauses that could have mattered and decide no fact.

    ``raised`` is the exception that ended a program which was not to end with it, ``missing`` which of its own modules
    the implementation did not find then, or without a function that is called there.
    """

    explained: Explained = Explained()
    refuted: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    raised: str = ""
    missing: str = ""


class Explainer:
    """Tells the reasons of answers, case by case; what was refuted of an implementation before is not told again."""

    def __init__(self, predict: Predict, known: Sequence[frozenset[Departure]]) -> None:
        self._predict = predict
        self._known = known
        self._refuted: tuple[set[Departure], ...] = tuple(set() for _ in known)

    def recall(self, record: Record) -> None:
        """Take in what was told earlier."""
        self._refuted[record.implementation].update(named(record.refuted))

    def refuted(self, place: int) -> AbstractSet[Departure]:
        """What was refuted of the implementation at that position."""
        return self._refuted[place]

    def of(self, case: Case, answers: Mapping[int, Answer], *, refuting: bool = True) -> dict[int, Reasons]:
        """The reasons of the answers to one case, by the positions of implementations.

        Unless it is ``refuting`` nothing is told of those that are as expected.
        """
        departing = _Departing(self._predict, case)
        return {place: self._one(departing, place, answer, refuting=refuting) for place, answer in answers.items()}

    def _one(self, departing: "_Departing", place: int, answer: Answer, *, refuting: bool) -> Reasons:
        language, known = answer.identity.language, self._known[place]
        question = Question(lambda otherwise: departing.predicted(language, otherwise), known, answer.predicted)
        consulted = {item.clause for item in question.base.consulted}.difference(answer.judgement.clauses)
        told = Reasons(consulted=tuple(sorted(consulted)))
        if answer.judgement.verdict is Verdict.DIVERGES:
            found = explained(question, answer.observation)
            raised, missing = unexpected(departing.case, answer)
            return msgspec.structs.replace(told, explained=found, raised=raised, missing=missing)
        if refuting and answer.judgement.verdict in _AS_EXPECTED:
            new = list(refuted(question, answer.observation, self._refuted[place]))
            self._refuted[place].update(new)
            return msgspec.structs.replace(told, refuted=tuple(sorted(map(str, new))))
        return told


def unexpected(case: Case, answer: Answer) -> tuple[str, str]:
    """The exception that ended a program which was not to end with it, and which own module was not there then.

    Where the process ended without an answer, it is the last one of which it said something. What is quoted of the case
    is left out; one that quotes anything else is not the one that the case was to end with.
    """
    facts = answer.observation.facts
    if not _leaves_course(answer.judgement):
        return "", ""
    found, said = _ended(answer.observation)
    missing = _missing(case, facts.get("exception/name"), said, answer.identity.modules)
    if not isinstance(found, str):
        return "", missing
    names = frozenset(_names(case))
    masked = _QUOTED.sub(lambda quoted: _masked(quoted, names), said)
    expected = answer.predicted.expected.facts.get("exception/type")
    if isinstance(expected, Exactly) and expected.value == found and not _QUOTED.search(masked):
        return "", missing
    return f"{found}: {masked}", missing


def _missing(case: Case, name: Value, said: str, own: AbstractSet[str]) -> str:
    """The module of its own that the implementation did not find, or in which a function is not that the case calls."""
    lacking = (module for module, function in _WITHOUT.findall(said) if f"{module}.{function}" in words(case))
    found = next(lacking, None) or name or next(iter(_NOT_FOUND.findall(said)), None)
    return found if isinstance(found, str) and found.partition(".")[0] in own else ""


def raised(judgement: Judgement, observation: Observation) -> str:
    """The exception that ended a program which was to go on or to end otherwise, and all that it says."""
    found, said = _ended(observation) if _leaves_course(judgement) else ("", "")
    return f"{found}: {said}".removesuffix(": ") if isinstance(found, str) else ""


def _leaves_course(judgement: Judgement) -> bool:
    return any(item.fact.startswith(COURSE) for item in judgement.divergences)


def _ended(observation: Observation) -> tuple[Value, str]:
    """The exception that ended a program, or of which the process said something last, and what it says."""
    for error, text in reversed(_SAID.findall(last_line(last_words(observation)))):
        return error, text
    return observation.facts.get("exception/type"), last_line(observation.notes.get("message", ""))


def _masked(quoted: re.Match[str], names: frozenset[str]) -> str:
    """What is quoted, but for the names of the case; those of the language are not its own."""
    own = not quoted[1].startswith("__") and quoted[1].partition(".")[0] in names
    return LEFT_OUT if own else quoted[0]


def _names(case: Case) -> Iterator[str]:
    """The names that a case gives: to modules, to files, and in its sources."""
    yield from scope(case)
    for root in case.tree.roots:
        for entry in root.entries:
            yield from entry.path.removesuffix(".py").split("/")
    for statement in every(case):
        yield from statement.bound()
        yield from statement.roots()


class _Departing:
    """What is predicted of one case with departures; each is asked for once."""

    def __init__(self, predict: Predict, case: Case) -> None:
        self._predict = predict
        self.case = case
        self._found: dict[frozenset[Departure], list[Prediction]] = {}

    def predicted(self, language: Version, otherwise: frozenset[Departure]) -> Prediction:
        """What is predicted for that version of the language."""
        known = self._found.setdefault(otherwise, [])
        for prediction in known:
            if prediction.holds(language):
                return prediction
        known.append(self._predict(self.case, language, otherwise))
        return known[-1]
