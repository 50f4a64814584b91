"""Why to stop a run early: somebody asks for it, or its time is spent."""

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from types import FrameType
from typing import Final, TypeVar

from conformance.cli.output import IncompleteError
from conformance.cli.signals import signalled
from conformance.engine import INTERRUPTED, Clock
from harness.run import Stopped, Workspace
from harness.run.patience import Late, Patience

SPENT: Final = "budget spent"
"""The reason of what was not asked because the time given was over."""

URGE: Final = 0.8
"""Seconds in which it could have come to its end, after which who asked to stop is taken to have asked once more."""

GRACE: Final = 5.0
"""Seconds for what is still to be done when the time is over."""

_Item = TypeVar("_Item")


class Stop:
    """Says why to stop now, or nothing. ``told`` is called when somebody asks for it."""

    def __init__(self, clock: Clock, budget: float | None, told: Callable[[], None]) -> None:
        self._clock = clock
        self._end = None if budget is None else clock() + budget
        self._told = told
        self._reason = ""
        self._asked = threading.Event()
        self._over = threading.Event()
        self._writing = self._urged = self._leaving = False

    def __call__(self) -> str:
        """The reason to stop now; empty to go on. Once there is a reason it stays."""
        if not self._reason and self._end is not None and self._clock() >= self._end:
            self._reason = SPENT
        return self._reason

    @property
    def interrupted(self) -> bool:
        """Whether somebody asked to stop."""
        return self._reason == INTERRUPTED

    def overdue(self) -> bool:
        """Whether somebody asked to stop, or the time has been over for so long that nothing more can be begun."""
        return self.interrupted or (self._end is not None and self._clock() >= self._end + GRACE)

    def check(self) -> None:
        """Go on.

        Raises:
            Stopped: there is a reason to stop.
        """
        if self():
            raise Stopped

    def heeded(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """The items, for as long as there is no reason to stop.

        Raises:
            Stopped: there is one.
        """
        for item in items:
            self.check()
            yield item

    def unbegun(self) -> IncompleteError:
        """What to say of a run that ends before anybody was asked anything."""
        if self.interrupted:
            return IncompleteError("interrupted")
        return IncompleteError(f"{SPENT} before the first case was asked", "give --budget more seconds")

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Within the block the first SIGINT or SIGTERM is a reason to stop, the second ends everything at once.

        Where the first has not led to the end soon, it counts as the second too.
        """
        urging = threading.Thread(target=self._urge, args=(threading.get_ident(),), daemon=True)
        with signalled(self._handle):
            urging.start()
            try:
                yield
            finally:
                self._over.set()
                self._asked.set()
                urging.join()

    @contextlib.contextmanager
    def outlasted(self, place: Workspace) -> Iterator[Workspace]:
        """The scratch directory, which is gone at the end of the block, whatever is asked while it is removed."""
        try:
            yield place
        finally:
            self._leaving = True
            place.close()

    @contextlib.contextmanager
    def whole(self) -> Iterator[None]:
        """What is written within the block is written to its end, unless that takes too long."""
        self._writing = True
        try:
            yield
        finally:
            self._writing = False
        if self._urged:
            raise KeyboardInterrupt

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        if not self.interrupted:
            self._reason = INTERRUPTED
            if not self._over.is_set():  # else this thread may be setting it, and would wait for itself
                self._asked.set()
            self._told()
        elif self._writing and not self._urged:
            self._urged = True
        elif not self._leaving:
            raise KeyboardInterrupt

    def _urge(self, main: int) -> None:
        """Once somebody has asked to stop, ask again and again, whatever keeps the thread ``main`` from its end."""
        self._asked.wait()
        while not self._over.is_set():
            patience = Patience(URGE, os.getpid())
            with contextlib.suppress(Late):
                while not self._over.wait(patience.tick()):
                    pass
                return
            signal.pthread_kill(main, signal.SIGTERM)


def say_stopping() -> None:
    """Tell what a second signal does; by a plain write, since a signal can come while anything else is written."""
    with contextlib.suppress(OSError):
        os.write(2, b"stopping; once more to stop at once\n")
