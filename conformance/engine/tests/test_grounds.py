"""What a run stands on is gone afterwards, and at once where something went wrong."""

import contextlib
import itertools
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest

from conformance.catalogue import Class, Expectation, Knowledge
from conformance.engine import Way, grounds
from generators import generate
from harness.model.observation import Identity, Observation
from harness.run import Implementation, Mode, Placed, Stopped, Workspace

CASE = 30.0


class Endless:
    """A subject every case of which takes its whole deadline, unless it is stopped."""

    def __init__(self, identity: Identity, stopped: Callable[[], bool]) -> None:
        self.identity = identity
        self.asked = 0
        self._stopped = stopped

    def observe(self, placed: Sequence[Placed]) -> list[Observation]:
        """Waits."""
        end = time.monotonic() + CASE * len(placed)
        self.asked += 1
        while time.monotonic() < end:
            if self._stopped():
                raise Stopped
            time.sleep(0.01)
        return [Observation({}) for _ in placed]

    def close(self) -> None:
        """Nothing to end."""


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Whatever ends the block, nobody waits for the deadline of a case, and what is queued is asked no more."""
    made: list[Endless] = []
    identities = [Identity(name, "1", (3, 12), (name,), ("fork",)) for name in ("one", "two")]

    def connect(
        implementation: Implementation, *_given: object, stopped: Callable[[], bool], **_more: object
    ) -> Endless:
        made.append(Endless(implementation.identity, stopped))
        return made[-1]

    monkeypatch.setattr(grounds, "connect", connect)
    began = time.monotonic()
    with Workspace(tmp_path) as place:
        placed = [place.place(case) for case in generate(seed=0, examples=24)]
        both = [Implementation(item, 0.0) for item in identities]
        with (
            contextlib.suppress(type(error)),
            grounds.standing(both, place, {}, way=Way(), clock=time.monotonic) as ground,
        ):
            asked = [future for crew in ground.crews for future in crew.ask(placed)]
            while len(made) < len(both) or not all(item.asked for item in made):
                time.sleep(0.01)
            raise error
    assert (time.monotonic() - began < CASE, [item.asked for item in made]) == (True, [1, 1])
    assert all(future.cancelled() or future.result() == [None] * 8 for future in asked)


class Quiet:
    """A subject that sees nothing once it has waited for others, and knows whether it was ended."""

    def __init__(self, identity: Identity, mode: Mode, others: threading.Barrier | None = None) -> None:
        self.identity = identity
        self.mode = mode
        self.closed = False
        self._others = others

    def observe(self, placed: Sequence[Placed]) -> list[Observation]:
        """Nothing is seen."""
        if self._others is not None:
            self._others.wait(CASE / 3)
        return [Observation({}) for _ in placed]

    def close(self) -> None:
        """It is ended."""
        self.closed = True


def test_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many subjects as are wanted are asked at once; each is told where it works, and the time is taken."""
    told: list[tuple[object, ...]] = []
    both = threading.Barrier(2)

    def connect(
        implementation: Implementation, *given: object, mode: Mode, environment: object, **_more: object
    ) -> Quiet:
        told.append((implementation, *given, environment))
        return Quiet(implementation.identity, mode, both)

    monkeypatch.setattr(grounds, "connect", connect)
    one = Implementation(Identity("one", "1", (3, 12), ("x",), ("fork",)), 0.0)
    ticks = itertools.count()
    with (
        Workspace(tmp_path) as place,
        grounds.standing([one], place, {"A": "b"}, way=Way(size=2), clock=lambda: float(next(ticks))) as ground,
    ):
        (crew,) = ground.crews
        placed = [place.place(case) for case in generate(seed=0, examples=9)]
        assert [8, 1] == [len(future.result()) for future in crew.ask(placed)]
        assert [(one, place, {"A": "b"})] * 2 == told
        assert crew.busy > 0
        assert (place, "", True) == (ground.workspace, ground.stop(), ground.timing.elapsed > 0)


def test_expected() -> None:
    """What files say of an implementation in its version counts, each departure once, by the first that says so."""
    who = Implementation(Identity("nobody", "1", (3, 12), ("x",)), 0.0)
    mine = Expectation("module.loader-attribute", "absent", "mine", Class.BUG)
    later, other = (msgspec.structs.replace(mine, reason=reason) for reason in ("later", "of another"))
    older = Expectation("module.doc-attribute", "absent", "once", Class.BUG, "<3.10")
    files = (
        Knowledge(name="other", expectation=(other,)),
        Knowledge(name="nobody", expectation=(mine, older)),
        Knowledge(expectation=(later,)),
    )
    assert (mine,) == grounds.expected(who, files)


def test_a_reason_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is a reason to stop, nothing more is asked, and the reason can be told."""
    monkeypatch.setattr(grounds, "connect", lambda one, *_given, mode, **_more: Quiet(one.identity, mode))
    one = Implementation(Identity("one", "1", (3, 12), ("x",), ("fork",)), 0.0)
    with (
        Workspace(tmp_path) as place,
        grounds.standing([one], place, {}, clock=time.monotonic, stop=lambda: "enough") as ground,
    ):
        placed = [place.place(case) for case in generate(seed=0, examples=2)]
        assert ([[None, None]], "enough") == (
            [future.result() for future in ground.crews[0].ask(placed)],
            ground.stop(),
        )


def test_as_it_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Subjects are of the mode that is wanted, those that cannot fork are asked more rarely, and all are ended."""
    made: list[Quiet] = []

    def connect(implementation: Implementation, *_given: object, mode: Mode, **_more: object) -> Quiet:
        made.append(Quiet(implementation.identity, mode))
        return made[-1]

    monkeypatch.setattr(grounds, "connect", connect)
    identities = [Identity("pypy", "1", (3, 11), ("x",), ("fork",)), Identity("nobody", "1", (3, 12), ("y",))]
    way = Way(mode=Mode.FRESH, sparse=3)
    both = [Implementation(item, 0.0) for item in identities]
    with (
        Workspace(tmp_path) as place,
        grounds.standing(both, place, {}, way=way, clock=time.monotonic, stop=lambda: "") as ground,
    ):
        placed = [place.place(case) for case in generate(seed=0, examples=2)]
        seen = [future.result() for crew in ground.crews for future in crew.ask(placed)]
        assert [2, 2] == [len(found) for found in seen]
        assert ([1, 3], [True, False]) == (
            [crew.every for crew in ground.crews],
            [bool(expected) for expected in ground.expected],
        )
        assert all(item.applies((3, 11)) for item in ground.expected[0])
        assert [(Mode.FRESH, False)] * 2 == [(item.mode, item.closed) for item in made]
    assert [True, True] == [item.closed for item in made]
