"""Several things at once: results in order, and nobody kept waiting."""

import time
from collections.abc import Callable

import pytest

from harness.run import Stopped
from harness.run.together import together


def waiting(item: int, stopped: Callable[[], bool]) -> int:
    """Gives the item; above 1 only after a long time, unless somebody asks to stop."""
    end = time.monotonic() + (0 if item < 2 else 60)
    while time.monotonic() < end:
        if stopped():
            raise Stopped
        time.sleep(0.01)
    return item


def test_order() -> None:
    """Results come in the order of the items."""
    assert together(waiting, [1, 0, 1], jobs=2) == [1, 0, 1]


def test_slow_first() -> None:
    """What takes longest is begun first; results come in the order of the items nevertheless."""
    began: list[int] = []

    def noted(item: int, _stopped: Callable[[], bool]) -> int:
        began.append(item)
        return item

    assert [together(noted, [1, 3, 2], jobs=1, slow=float), began] == [[1, 3, 2], [3, 2, 1]]


def test_stopped() -> None:
    """Who is asked to stop stops, and what was not begun is not."""
    began: list[int] = []

    def noted(item: int, stopped: Callable[[], bool]) -> int:
        began.append(item)
        return waiting(item, stopped)

    with pytest.raises(Stopped):
        together(noted, range(2, 50), jobs=2, stopped=lambda: len(began) >= 2)
    assert len(began) < 10


def test_failure() -> None:
    """Where one call fails the others are told to stop."""

    def failing(item: int, stopped: Callable[[], bool]) -> int:
        if not item:
            raise ZeroDivisionError
        return waiting(item, stopped)

    began = time.monotonic()
    with pytest.raises(ZeroDivisionError):
        together(failing, [0, 2], jobs=2)
    assert time.monotonic() - began < 30
