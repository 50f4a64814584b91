"""Why a run stops, and how insistently it is asked to."""

import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.cli.stopping import GRACE, SPENT, URGE, Stop
from conformance.engine import INTERRUPTED
from harness.run import Stopped, Workspace, workspace


@pytest.fixture
def stop() -> Iterator[Stop]:
    """Somebody who listens, without a budget."""
    found = Stop(time.monotonic, None, lambda: None)
    with found.listening():
        yield found


def test_budget() -> None:
    """Time that is spent is a reason to stop, and stays one."""
    now = iter([0.0, 4.9, 5.0])
    stop = Stop(lambda: next(now), 5.0, lambda: None)
    assert [stop(), stop(), stop()] == ["", SPENT, SPENT]


def test_overdue() -> None:
    """What is still to be done when the time is over has some seconds, and none once somebody asks to stop."""
    now = iter([0.0, 5.0, 5.0 + GRACE])
    stop = Stop(lambda: next(now), 5.0, lambda: None)
    assert [stop.overdue(), stop.overdue()] == [False, True]


def test_heeded() -> None:
    """Items come for as long as there is no reason to stop."""
    now = iter([0.0, 1.0, 2.0, 9.0])
    stop = Stop(lambda: next(now), 5.0, lambda: None)
    items = stop.heeded("abcdef")
    assert (next(items), next(items)) == ("a", "b")
    with pytest.raises(Stopped):
        next(items)


def test_first_signal(stop: Stop) -> None:
    """The first signal is a reason to stop, and nothing else."""
    signal.raise_signal(signal.SIGTERM)
    assert (stop(), stop.interrupted) == (INTERRUPTED, True)


def test_second_signal(stop: Stop) -> None:
    """The second signal ends everything."""
    signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)
    assert stop.interrupted


def test_urged(stop: Stop) -> None:
    """One signal ends what does not ask for reasons, too."""
    began = time.monotonic()
    signal.raise_signal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt):
        time.sleep(60)
    assert (stop.interrupted, URGE * 0.9 < time.monotonic() - began < 30) == (True, True)


def test_whole_lines(stop: Stop) -> None:
    """What is being written is written to its end."""
    written: list[str] = []

    def write() -> None:
        with stop.whole():
            signal.raise_signal(signal.SIGTERM)
            written.append("line")

    signal.raise_signal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt):
        write()
    assert written == ["line"]


def test_writing_without_end(stop: Stop) -> None:
    """What cannot be written to its end is given up."""
    signal.raise_signal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), stop.whole():
        time.sleep(60)
    assert stop.interrupted


def test_scratch_directory_is_removed(stop: Stop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often somebody asks while the scratch directory is removed, it is removed to its end."""
    remove = workspace._remove

    def asked(path: str | Path) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
            signal.raise_signal(number)
        remove(path)

    monkeypatch.setattr(workspace, "_remove", asked)
    with stop.outlasted(Workspace(tmp_path)) as place:
        assert place.path.is_dir()
    assert (list(tmp_path.iterdir()), stop.interrupted) == ([], True)


def test_scratch_directory_is_removed_after_an_end(stop: Stop, tmp_path: Path) -> None:
    """Also where everything was to end at once, and once more."""
    signal.raise_signal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), stop.outlasted(Workspace(tmp_path)):
        signal.raise_signal(signal.SIGINT)
    signal.raise_signal(signal.SIGINT)
    assert list(tmp_path.iterdir()) == []


class _Heard:
    """An event; the first one that is made is set while a signal comes, and waits for itself if that sets it too."""

    made = 0
    real = threading.Event

    def __init__(self) -> None:
        self._event = _Heard.real()
        self.is_set, self.wait = self._event.is_set, self._event.wait
        self._first = not _Heard.made
        _Heard.made += 1
        self._held = threading.Lock()

    def set(self) -> None:
        """Set it."""
        assert self._held.acquire(timeout=5), "it waits for itself"
        try:
            if self._first:
                signal.raise_signal(signal.SIGINT)
            self._event.set()
        finally:
            self._held.release()


def test_a_signal_at_the_very_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signal that comes while the command stops listening is heard, and keeps nothing from its end."""
    monkeypatch.setattr(threading, "Event", _Heard)
    stop = Stop(time.monotonic, None, lambda: None)
    with stop.listening():
        pass
    assert stop.interrupted
