"""Judgements, each made once."""

import marshal
from collections.abc import Callable
from typing import TypeAlias

from conformance.engine.predictions import Predicted
from harness.diff import Judgement
from harness.model.observation import Observation

Judge: TypeAlias = Callable[[Predicted, Observation], Judgement]
"""Says what an observation means by what was predicted."""


class Judgements:
    """Judgements, one for all implementations that have a prediction in common and did the same."""

    def __init__(self, judge: Judge, *, kept: int = 1024) -> None:
        self._judge = judge
        self._kept = kept
        self._found: dict[tuple[int, bytes], tuple[Predicted, Judgement]] = {}

    def of(self, predicted: Predicted, observation: Observation) -> Judgement:
        """What ``observation`` means by what was ``predicted``."""
        key = id(predicted), marshal.dumps(tuple(observation.facts.items()), 2)
        known = self._found.get(key)
        if known is None:
            if len(self._found) >= self._kept:
                del self._found[next(iter(self._found))]
            known = self._found[key] = predicted, self._judge(predicted, observation)
        return known[1]
