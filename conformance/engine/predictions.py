"""The oracle's answers, each asked for once."""

from collections.abc import Callable
from typing import Final, TypeAlias

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

    def judge(self, observation: Observation) -> Judgement:
        """What the observation says of that implementation."""
        return judge(self.documents, observation, self.known)


class Predictions:
    """Predictions for some versions of the language, one for all that agree; those of the last cases are kept."""

    def __init__(self, predict: Predict, *, kept: int = 4096) -> None:
        self.predict = predict
        self._kept = kept
        self._found: dict[str, list[tuple[frozenset[Departure], Prediction]]] = {}
        self._pairs: dict[tuple[int, int], Predicted] = {}

    def of(
        self, identifier: str, case: Case, language: Version, otherwise: frozenset[Departure] = NOTHING
    ) -> Predicted:
        """What ``case``, whose id is ``identifier``, does in that version, and with those departures."""
        if len(self._found) >= self._kept:
            self._found.clear()
            self._pairs.clear()
        documents = self._one(identifier, case, language, NOTHING)
        departing = may_take(documents, otherwise)
        known = self._one(identifier, case, language, otherwise) if departing else None
        return self._pairs.setdefault((id(documents), id(known)), Predicted(documents, known))

    def _one(self, identifier: str, case: Case, language: Version, otherwise: frozenset[Departure]) -> Prediction:
        known = self._found.setdefault(identifier, [])
        for departures, prediction in known:
            if prediction.holds(language) and _alike(prediction, departures, otherwise):
                return prediction
        known.append((otherwise, self.predict(case, language, otherwise)))
        return known[-1][1]


def _alike(prediction: Prediction, departures: frozenset[Departure], otherwise: frozenset[Departure]) -> bool:
    """Whether what is predicted of one who makes ``departures`` holds for who makes ``otherwise``."""
    return bool(departures) == bool(otherwise) and not may_take(prediction, departures ^ otherwise)


def predicted_outcome(prediction: Prediction) -> Value:
    """The outcome the documents give, or ``None`` where they leave it open."""
    expected = [world.facts.get("outcome") for world in prediction.worlds]
    values = {item.value if isinstance(item, Exactly) else None for item in expected}
    return values.pop() if len(values) == 1 else None
