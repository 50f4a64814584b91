"""The oracle's answers, each asked for once."""

from collections.abc import Callable
from typing import TypeAlias

from harness.model.case import Case
from harness.model.prediction import Exactly, Prediction
from harness.model.values import Value

Predict: TypeAlias = Callable[[Case, tuple[int, int]], Prediction]
"""The oracle: what a case does by the documents of a version of the language."""


class Predictions:
    """Predictions for some versions of the language, one for all that agree; those of the last cases are kept."""

    def __init__(self, predict: Predict, *, kept: int = 4096) -> None:
        self._predict = predict
        self._kept = kept
        self._found: dict[str, list[Prediction]] = {}

    def of(self, identifier: str, case: Case, language: tuple[int, int]) -> Prediction:
        """What ``case``, whose id is ``identifier``, does in that version of the language."""
        if len(self._found) >= self._kept:
            self._found.clear()
        known = self._found.setdefault(identifier, [])
        for prediction in known:
            if prediction.since <= language < prediction.until:
                return prediction
        known.append(self._predict(case, language))
        return known[-1]


def predicted_outcome(prediction: Prediction) -> Value:
    """The outcome the documents give, or ``None`` where they leave it open."""
    expected = prediction.facts.get("outcome")
    return expected.value if isinstance(expected, Exactly) else None
