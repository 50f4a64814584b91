"""A fork server: embedded programs in forked children, everything else in fresh processes."""

import contextlib
import os
import signal
from collections.abc import Callable, Sequence
from typing import Final

from harness.model.case import Embedded
from harness.model.observation import Identity, Observation
from harness.run.answers import fault, observed, refused
from harness.run.containment import NONE, Containment
from harness.run.errors import AdapterError, ProtocolError
from harness.run.frames import encode
from harness.run.limits import Limits
from harness.run.needs import missing
from harness.run.patience import Late, Stopped
from harness.run.processes import Ended, signal_group
from harness.run.requests import request
from harness.run.subject import Subject
from harness.run.workspace import Placed
from harness.run.zygotes import Told, Zygote

__all__ = ["ForkServer"]

_AHEAD: Final = 8
_TRIES: Final = 2
_SUSPECTS: Final = 2
"""Where a fork server fails, the case whose end it does not tell has failed it, or the one after, already begun."""


class ForkServer:
    """A subject that runs embedded programs in children of one warm process; ``others`` gets the other cases."""

    def __init__(
        self, spawn: Callable[[], Zygote], others: Subject, *, limits: Limits, containment: Containment = NONE
    ) -> None:
        """``spawn`` starts a zygote; it is called when there is none."""
        self._spawn = spawn
        self._others = others
        self._limits = limits
        self._containment = containment
        self._zygote: Zygote | None = None
        self._hopeless = ""
        self._worked = False

    @property
    def identity(self) -> Identity:
        """Who it is."""
        return self._others.identity

    def observe(self, placed: Sequence[Placed]) -> list[Observation]:
        """What each case does, in order.

        Raises:
            Stopped: somebody asked to stop.
        """
        mine = [self._takes(item) for item in placed]
        rest = [item for item, own in zip(placed, mine, strict=True) if not own]
        forked = iter(self._forked([item for item, own in zip(placed, mine, strict=True) if own]))
        fresh = iter(self._others.observe(rest) if rest else [])
        return [next(forked if own else fresh) for own in mine]

    def close(self) -> None:
        """End the zygote."""
        self._drop()
        self._others.close()

    def _takes(self, placed: Placed) -> bool:
        """Whether a child is asked the case: the others are asked, or can tell why nobody is."""
        return isinstance(placed.case.launch, Embedded) and missing(placed, self.identity) is None

    def _forked(self, placed: Sequence[Placed]) -> list[Observation]:
        found: list[Observation] = []
        tries = 0
        while len(found) < len(placed):
            before = len(found)
            try:
                self._serve(placed, found, alone=_SUSPECTS if tries else 0)
            except Stopped:
                self._drop()
                raise
            except (ProtocolError, AdapterError, OSError) as error:
                self._drop()
                tries = tries + 1 if len(found) == before else 1
                if tries >= _TRIES:
                    found.append(fault(f"fork server: {error}"))
                    tries = 0
        return found

    def _serve(self, placed: Sequence[Placed], found: list[Observation], *, alone: int) -> None:
        """Add to ``found`` until it is as long as ``placed``; the first ``alone`` cases run while no other does."""
        zygote = self._running()
        sent = first = len(found)
        while len(found) < len(placed):
            ahead = 1 if len(found) < first + alone else _AHEAD
            while sent < min(len(placed), len(found) + ahead):
                zygote.send(encode(request(placed[sent], self._limits.case, guard=bool(self._containment.hook))))
                sent += 1
            found.append(self._next(zygote, placed[len(found)].directory))

    def _running(self) -> Zygote:
        """The zygote; where none ever started, two attempts are enough."""
        if self._zygote is None:
            if self._hopeless:
                raise ProtocolError(self._hopeless)
            try:
                self._zygote = self._spawn()
            except (ProtocolError, AdapterError, OSError):
                try:
                    self._zygote = self._spawn()
                except (ProtocolError, AdapterError, OSError) as error:
                    self._hopeless = "" if self._worked else f"does not start: {error}"
                    raise
            self._worked = True
        return self._zygote

    def _next(self, zygote: Zygote, directory: str) -> Observation:
        """What the case that is now at the head of the queue does."""
        try:
            child = zygote.child(self._limits.start)
        except Late as error:
            message = "it does not start the next case"
            raise ProtocolError(message) from error
        late = False
        try:
            told = zygote.ended(self._limits.case)
        except Late:
            late = True
            told = self._end(zygote, child)
        code = os.waitstatus_to_exitcode(told.status)
        ended = Ended(code, late and code != 0, told.stdout, told.stderr)
        return refused(observed(ended, told.answer, directory, begun=True), self._containment)

    def _end(self, zygote: Zygote, child: int) -> Told:
        """Ask a child to end, then make it end."""
        for number, seconds in ((signal.SIGTERM, self._limits.grace), (signal.SIGKILL, self._limits.start)):
            signal_group(child, number)
            with contextlib.suppress(Late):
                return zygote.ended(seconds)
        message = "it does not tell that a child has ended"
        raise ProtocolError(message)

    def _drop(self) -> None:
        if self._zygote is not None:
            self._zygote.close()
            self._zygote = None
