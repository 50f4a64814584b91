"""How long somebody waits for a process: what counts is the time in which the process could run."""

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

__all__ = ["Late", "Patience", "State", "Stopped", "crowded", "never", "processes", "state_of"]

_TICK: Final = 0.2
_JUMP: Final = 1.0
_STARVED: Final = 0.1
_CROWD: Final = 64
_TICKS: Final = os.sysconf("SC_CLK_TCK")


State: TypeAlias = tuple[str, float | None]
"""The state of a process, in the letters of ``/proc``, and the seconds it has computed."""


class Late(Exception):  # noqa: N818 - it names an event, not an error
    """It did not happen in time."""


class Stopped(Exception):  # noqa: N818 - the same
    """Somebody asked to wait no longer."""


def never() -> bool:
    """Nobody asks to stop."""
    return False


def state_of(process: int) -> State:
    """How a process is, as Linux tells it; nothing elsewhere."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        return fields[0], (int(fields[11]) + int(fields[12])) / _TICKS
    except (OSError, ValueError, IndexError):
        return "", None


def crowded(group: int) -> bool:
    """Whether more processes than any case has reason for belong to a group, as Linux tells it."""
    count = 0
    for process in processes():
        with contextlib.suppress(OSError, IndexError):
            text = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
            count += text.rpartition(")")[2].split()[2] == str(group)
    return count > _CROWD


def processes() -> list[int]:
    """The processes there are, as Linux tells it: some may be gone when they are looked at."""
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdecimal()]  # noqa: PTH208 - it looks at none of them
    except OSError:
        return []


class Patience:
    """Time for one process, ``seconds`` of it.

    While the process sleeps the clock counts. While it could compute, what it computed counts and a tenth of the rest,
    so that a busy machine makes no case late. A leap of the clock, as when everything is suspended, counts as one tick.
    """

    def __init__(
        self,
        seconds: float,
        process: int,
        stopped: Callable[[], bool] = never,
        *,
        group: int = 0,
        clock: Callable[[], float] = time.monotonic,
        look: Callable[[int], State] = state_of,
    ) -> None:
        """``group``: a process group that is late too when it has grown beyond all reason.

        ``clock`` counts seconds, ``look`` tells how a process is.
        """
        self._left = seconds
        self._process = process
        self._group = group
        self._stopped = stopped
        self._clock = clock
        self._look = look
        self._before = clock()
        self._spent: float | None = None

    def turn_to(self, process: int) -> None:
        """From now on it is the time of that process that counts."""
        self._process = process
        self._spent = None

    def tick(self) -> float:
        """How many seconds to wait now, after those waited before.

        Raises:
            Late: there is no time left, or there are too many processes.
            Stopped: somebody asks to stop.
        """
        if self._stopped():
            raise Stopped
        now = self._clock()
        elapsed, self._before = now - self._before, now
        if elapsed > _TICK / 2:
            self._left -= self._charge(_TICK if elapsed > _TICK + _JUMP else elapsed)
            if self._group and crowded(self._group):
                raise Late
        else:
            self._left -= elapsed
        if self._left <= 0:
            raise Late
        return min(_TICK, self._left)

    def _charge(self, elapsed: float) -> float:
        """How much of the time that went by counts."""
        state, spent = self._look(self._process)
        before, self._spent = self._spent, spent
        computed = 0.0 if before is None or spent is None else spent - before
        if spent is None or (state not in {"R", "D"} and computed <= 0):
            return elapsed
        return min(elapsed, max(computed, elapsed * _STARVED))
