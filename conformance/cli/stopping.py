"""Why to stop a run early: somebody asks for it, or its time is spent."""

import contextlib
import signal
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Final

from conformance.engine import INTERRUPTED, Clock

SPENT: Final = "budget spent"
"""The reason of what was not asked because the time given was over."""


class Stop:
    """Says why to stop now, or nothing. ``told`` is called when somebody asks for it."""

    def __init__(self, clock: Clock, budget: float | None, told: Callable[[], None]) -> None:
        self._clock = clock
        self._end = None if budget is None else clock() + budget
        self._told = told
        self._reason = ""

    def __call__(self) -> str:
        """The reason to stop now; empty to go on. Once there is a reason it stays."""
        if not self._reason and self._end is not None and self._clock() >= self._end:
            self._reason = SPENT
        return self._reason

    @property
    def interrupted(self) -> bool:
        """Whether somebody asked to stop."""
        return self._reason == INTERRUPTED

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Within the block the first SIGINT or SIGTERM is a reason to stop, the second ends everything at once."""
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self._handle) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        if self.interrupted:
            raise KeyboardInterrupt
        self._reason = INTERRUPTED
        self._told()
