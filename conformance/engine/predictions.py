"""The oracle's answers, each asked for once."""

from collections.abc import Callable
from typing import TypeAlias

from harness.model.case import Case
from harness.model.prediction import Exactly, Prediction
from harness.model.values import Value

Predict: TypeAlias = Callable[[Case, tuple[int, int]], Prediction]
"""The oracle: what a case does by the documents of a version of the language."""


class Predictions:
    """Predictions for some versions of the language; those of the last cases are kept."""

    def __init__(self, predict: Predict, *, kept: int = 4096) -> None:
        self._predict = predict
        self._kept = kept
        self._found: dict[tuple[str, tuple[int, int]], Prediction] = {}

    def of(self, identifier: str, case: Case, language: tuple[int, int]) -> Prediction:
        """What ``case``, whose id is ``identifier``, does in that version of the language."""
        key = (identifier, language)
        if key not in self._found:
            if len(self._found) >= self._kept:
                self._found.clear()
            self._found[key] = self._predict(case, language)
        return self._found[key]


def predicted_outcome(prediction: Prediction) -> Value:
    """The outcome the documents give, or ``None`` where they leave it open."""
    expected = prediction.facts.get("outcome")
    return expected.value if isinstance(expected, Exactly) else None
