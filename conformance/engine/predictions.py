"""The oracle's answers, each asked for once."""

from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias

import msgspec

from harness.diff import Judgement, judge
from harness.model.case import Case
from harness.model.departure import Departure
from harness.model.observation import Observation
from harness.model.prediction import Exactly, Prediction
from harness.model.values import Value
from harness.model.versions import Version
from harness.oracle import may_take

Predict: TypeAlias = Callable[[Case, Version, frozenset[Departure]], Prediction]
"""The oracle: what a case does by the documents of a version of the language, but for some departures."""

NOTHING: Final[frozenset[Departure]] = frozenset()


class Predicted(msgspec.Struct, frozen=True, eq=False):
    """What the documents say of a case, and what of an implementation that is known to depart from them.

    Without ``known`` nothing that is known of it makes a difference here.
    """

    documents: Prediction
    known: Prediction | None = None

    @property
    def expected(self) -> Prediction:
        """What is to be expected of that implementation: what is known of it, where that makes a difference."""
        return self.known or self.documents

    def judge(self, observation: Observation) -> Judgement:
        """What the observation says of that implementation."""
        return judge(self.documents, observation, self.known)


class _Known(NamedTuple):
    """What is predicted of one case, with which departures; and the pairs that were made of that, by their identity."""

    predictions: list[tuple[frozenset[Departure], Prediction]]
    pairs: dict[tuple[int, int], Predicted]


class Predictions:
    """Predictions for some versions of the language, one for all that agree; those of the last cases are kept."""

    def __init__(self, predict: Predict, *, kept: int = 128) -> None:
        self.predict = predict
        self._kept = kept
        self._found: dict[str, _Known] = {}

    def of(
        self, identifier: str, case: Case, language: Version, otherwise: frozenset[Departure] = NOTHING
    ) -> Predicted:
        """What ``case``, whose id is ``identifier``, does in that version, and with those departures."""
        known = self._found.get(identifier)
        if known is None:
            if len(self._found) >= self._kept:
                del self._found[next(iter(self._found))]
            known = self._found[identifier] = _Known([], {})
        documents = self._one(known, case, language, NOTHING)
        departing = self._one(known, case, language, otherwise) if may_take(documents, otherwise) else None
        return known.pairs.setdefault((id(documents), id(departing)), Predicted(documents, departing))

    def _one(self, known: _Known, case: Case, language: Version, otherwise: frozenset[Departure]) -> Prediction:
        for departures, prediction in known.predictions:
            if prediction.holds(language) and _alike(prediction, departures, otherwise):
                return prediction
        found = self.predict(case, language, otherwise)
        known.predictions.append((otherwise, found))
        return found


def _alike(prediction: Prediction, departures: frozenset[Departure], otherwise: frozenset[Departure]) -> bool:
    """Whether what is predicted of one who makes ``departures`` holds for who makes ``otherwise``."""
    return bool(departures) == bool(otherwise) and not may_take(prediction, departures ^ otherwise)


def predicted_outcome(prediction: Prediction) -> Value:
    """The outcome the documents give, or ``None`` where they leave it open."""
    expected = [world.facts.get("outcome") for world in prediction.worlds]
    values = {item.value if isinstance(item, Exactly) else None for item in expected}
    return values.pop() if len(values) == 1 else None
