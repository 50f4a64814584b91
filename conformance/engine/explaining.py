"""What each answer to a case says of causes: what explains it, or which departures it refutes."""

from collections.abc import Mapping, Sequence

import msgspec

from conformance.engine.causes import Explained, Question, explained, named, refuted
from conformance.engine.predictions import Predict
from conformance.engine.verdicts import Answer
from harness.diff import Verdict
from harness.diff.fitting import COURSE
from harness.model.case import Case
from harness.model.departure import Departure
from harness.model.prediction import Exactly, Prediction
from harness.model.saying import last_line
from harness.model.versions import Version
from reports import Record

_AS_EXPECTED = frozenset({Verdict.CONFORMS, Verdict.ALLOWED, Verdict.KNOWN})
"""The verdicts of who did what is expected of him: that shows what he does not do."""


class Reasons(msgspec.Struct, frozen=True):
    """What an answer says of causes; ``consulted`` are the clauses that could have mattered and decide no fact.

    ``raised`` is the exception that ended a program which was not to end with it, ``missing`` which of its own modules
    the implementation did not find then.
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

    def of(self, case: Case, answers: Mapping[int, Answer]) -> dict[int, Reasons]:
        """The reasons of the answers to one case, by the positions of implementations."""
        departing = _Departing(self._predict, case)
        return {place: self._one(departing, place, answer) for place, answer in answers.items()}

    def _one(self, departing: "_Departing", place: int, answer: Answer) -> Reasons:
        language, known = answer.identity.language, self._known[place]
        question = Question(lambda otherwise: departing.predicted(language, otherwise), known, answer.predicted)
        consulted = {item.clause for item in question.base.consulted}.difference(answer.judgement.clauses)
        told = Reasons(consulted=tuple(sorted(consulted)))
        if answer.judgement.verdict is Verdict.DIVERGES:
            found = explained(question, answer.observation)
            raised, missing = unexpected(answer)
            return msgspec.structs.replace(told, explained=found, raised=raised, missing=missing)
        if answer.judgement.verdict in _AS_EXPECTED:
            new = list(refuted(question, answer.observation, self._refuted[place]))
            self._refuted[place].update(new)
            return msgspec.structs.replace(told, refuted=tuple(sorted(map(str, new))))
        return told


def unexpected(answer: Answer) -> tuple[str, str]:
    """The exception that ended a program which was not to end with it, and which own module was not found then."""
    facts = answer.observation.facts
    found = facts.get("exception/type")
    expected = (answer.predicted.known or answer.predicted.documents).facts.get("exception/type")
    course = any(item.fact.startswith(COURSE) for item in answer.judgement.divergences)
    if not (course and isinstance(found, str)) or (isinstance(expected, Exactly) and expected.value == found):
        return "", ""
    name = facts.get("exception/name")
    own = isinstance(name, str) and name.partition(".")[0] in answer.identity.modules
    said = last_line(answer.observation.notes.get("message", ""))
    return f"{found}: {said}", str(name) if own else ""


class _Departing:
    """What is predicted of one case with departures; each is asked for once."""

    def __init__(self, predict: Predict, case: Case) -> None:
        self._predict = predict
        self._case = case
        self._found: dict[frozenset[Departure], list[Prediction]] = {}

    def predicted(self, language: Version, otherwise: frozenset[Departure]) -> Prediction:
        """What is predicted for that version of the language."""
        known = self._found.setdefault(otherwise, [])
        for prediction in known:
            if prediction.holds(language):
                return prediction
        known.append(self._predict(self._case, language, otherwise))
        return known[-1]
