"""Judgements, each made once."""

import marshal
from collections.abc import Callable
from typing import TypeAlias

from harness.diff import Judgement
from harness.model.observation import Observation
from harness.model.prediction import Prediction

Judge: TypeAlias = Callable[[Prediction, Observation], Judgement]
"""Says what an observation means by a prediction."""


class Judgements:
    """Judgements, one for all implementations that have a prediction in common and did the same."""

    def __init__(self, judge: Judge, *, kept: int = 4096) -> None:
        self._judge = judge
        self._kept = kept
        self._found: dict[tuple[int, bytes], tuple[Prediction, Judgement]] = {}

    def of(self, prediction: Prediction, observation: Observation) -> Judgement:
        """What ``observation`` means by ``prediction``."""
        key = id(prediction), marshal.dumps(tuple(observation.facts.items()), 2)
        known = self._found.get(key)
        if known is None:
            if len(self._found) >= self._kept:
                self._found.clear()
            known = self._found[key] = prediction, self._judge(prediction, observation)
        return known[1]
