"""Where the time of a run goes."""

import contextlib
from collections.abc import Callable, Iterator
from typing import TypeAlias

Clock: TypeAlias = Callable[[], float]
"""Seconds since some moment."""


class Timing:
    """Seconds spent in each stage of the work, by the clock given."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began = clock()
        self.stages: dict[str, float] = {}

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of the block for the stage ``name``."""
        began = self._clock()
        try:
            yield
        finally:
            self.stages[name] = self.stages.get(name, 0.0) + self._clock() - began

    @property
    def elapsed(self) -> float:
        """Seconds since this was made."""
        return self._clock() - self._began
