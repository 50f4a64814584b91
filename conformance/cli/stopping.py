"""Why to stop a run early: somebody asks for it, or its time is spent."""

import contextlib
import os
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Final

from conformance.cli.output import signalled
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
        self._hasty = False

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
        with signalled(self._handle):
            yield

    @contextlib.contextmanager
    def at_once(self) -> Iterator[None]:
        """Within the block, in which nobody asks for the reason to stop, the first signal ends everything too."""
        self._hasty = True
        if self.interrupted:
            raise KeyboardInterrupt
        yield
        self._hasty = False

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        if self.interrupted or self._hasty:
            raise KeyboardInterrupt
        self._reason = INTERRUPTED
        self._told()


def say_stopping() -> None:
    """Tell what a second signal does; by a plain write, since a signal can come while anything else is written."""
    with contextlib.suppress(OSError):
        os.write(2, b"stopping; once more to stop at once\n")
