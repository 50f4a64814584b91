"""A deadline counts the time in which a process could run."""

import os
from collections.abc import Iterator
from itertools import count, repeat

import pytest

from harness.run.patience import Late, Patience, State, Stopped, state_of


def _ticks(seconds: float, steps: Iterator[float], states: Iterator[State]) -> int:
    """How many ticks there are before it is late, if so much time goes by at each and the process is so."""
    now = 0.0

    def clock() -> float:
        return now

    patience = Patience(seconds, 1, clock=clock, look=lambda _process: next(states))
    for number in count():
        try:
            patience.tick()
        except Late:
            return number
        now += next(steps)
    raise AssertionError


def _computing(share: float) -> Iterator[State]:
    """A process that gets that share of each tick of 0.2 s."""
    return (("R", 0.2 * share * number) for number in count())


@pytest.mark.parametrize(
    ("states", "ticks"),
    [
        pytest.param(repeat(("S", 0.0)), 5, id="sleeps"),
        pytest.param(repeat(("T", 0.0)), 5, id="is-stopped"),
        pytest.param(repeat(("", None)), 5, id="is-gone"),
        pytest.param(_computing(1.0), 6, id="computes"),
        pytest.param(_computing(0.5), 10, id="gets-half"),
        pytest.param(_computing(0.0), 50, id="starves"),
    ],
)
def test_what_counts(states: Iterator[State], ticks: int) -> None:
    """A second is five ticks, for who sleeps or computes; longer for who waits for a processor, but not for ever."""
    assert _ticks(1.0, repeat(0.2), states) in range(ticks - 1, ticks + 2)


@pytest.mark.parametrize("leap", [3600.0, 1e9])
def test_leap(leap: float) -> None:
    """A leap of the clock counts as one tick: nothing could run meanwhile."""
    steps = iter([0.2, leap, *repeat(0.2, 99)])
    assert _ticks(1.0, steps, repeat(("S", 0.0))) in (5, 6)


def test_busy_wait() -> None:
    """Many short waits count as one long one."""
    assert _ticks(1.0, repeat(0.01), repeat(("S", 0.0))) in range(99, 103)


def test_stopped() -> None:
    """Who asks to stop is heard at the next tick."""
    answers = iter([False, True])
    patience = Patience(9.0, os.getpid(), lambda: next(answers))
    assert 0 < patience.tick() <= 0.2
    with pytest.raises(Stopped):
        patience.tick()


def test_state() -> None:
    """A process that runs has a state and a time; one that is gone has neither."""
    letter, seconds = state_of(os.getpid())
    assert (letter, seconds is not None and seconds > 0) == ("R", True)
    assert state_of(1 << 30) == ("", None)
