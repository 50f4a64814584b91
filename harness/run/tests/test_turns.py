"""The children of a fork server take turns, and what its reports may say of them."""

import signal
from pathlib import Path

import pytest

from harness.run import Limits, Workspace
from harness.run.frames import Wire, encode
from harness.run.tests.fakes import ENVIRONMENT, QUICK, ask, fake, importing, living, outcomes
from harness.run.zygotes import Zygote

_SOON = Limits(start=0.4, case=0.4, grace=0.1)
_MANY = 300
"""More than one fork server has turns for."""


def _telling(directory: Path, *lines: str) -> tuple[str, ...]:
    """A fake whose lines can ``tell`` a word that :func:`_told` gives back."""
    tell = (
        f"def tell(word):\n    with open({str(directory / 'told')!r}, 'a') as file:\n        file.write(word + ' ')\n"
    )
    return fake(directory, tell + "\n".join(lines) + "\nhonest()\n")


def _told(directory: Path) -> list[str]:
    return (directory / "told").read_text().split()


def test_one_after_the_other(tmp_path: Path) -> None:
    """A program begins when the one before it has ended, however long that takes."""
    slow = "on_import('slow', lambda: (time.sleep(0.2), tell('slow')))"
    command = _telling(tmp_path, slow, "on_import('next', lambda: tell('next'))")
    ask(command, importing("slow"), importing("next"), importing("slow"), importing("next"))
    assert _told(tmp_path) == ["slow", "next", "slow", "next"]


def test_what_is_left_ends_before(tmp_path: Path) -> None:
    """A program begins when what the one before it left running has been ended."""
    leaving = "def leave():\n    child = os.fork()\n    while not child:\n        tell('left')"
    look = "def look():\n    tell('began')\n    time.sleep(0.1)\n    tell('ended')"
    command = _telling(tmp_path, leaving, look, "on_import('bad', leave)", "on_import('next', look)")
    seen = ask(command, importing("bad"), importing("next"))
    assert [item.outcome for item in seen] == ["completed", "completed"]
    assert _told(tmp_path)[-2:] == ["began", "ended"]
    assert living(tmp_path) == []


_SLOW = """
class Slow:
    def __iter__(self):
        time.sleep(0.2)
        tell("observed")
        return iter(())
    def __getitem__(self, at):
        raise IndexError
"""


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        pytest.param("Slow()", ["next", "observed"], id="silent"),
        pytest.param("os.write(1, b'said') and Slow()", ["observed", "next"], id="printing"),
    ],
)
def test_while_the_other_is_observed(deed: str, told: list[str], tmp_path: Path) -> None:
    """A program begins while the one before it is observed, unless there are traces of that to be cleared away."""
    command = _telling(tmp_path, _SLOW, f"on_import('bad', lambda: {deed})", "on_import('next', lambda: tell('next'))")
    seen = ask(command, importing("bad"), importing("next"))
    assert [item.outcome for item in seen] == ["completed", "completed"]
    assert _told(tmp_path) == told


_SCRIBBLE = """
def scribble(word):
    for number in range(3, 40):
        try:
            os.write(number, word)
        except OSError:
            pass
def shut():
    for name in os.listdir("/proc/self/fd"):
        if os.path.exists("/proc/self/fd/" + name) and os.readlink("/proc/self/fd/" + name).startswith("pipe:"):
            os.close(int(name))
"""


@pytest.mark.parametrize(
    ("deed", "outcome"),
    [
        pytest.param("scribble(b'x')", "fault", id="noise"),
        pytest.param("scribble(b'?')", "fault", id="words"),
        pytest.param("shut()", "completed", id="closed"),
    ],
)
def test_neighbours_keep_their_own(deed: str, outcome: str, tmp_path: Path) -> None:
    """A case that writes to every descriptor it has, or closes its pipes, spoils its own answer at most."""
    command = fake(tmp_path, f"{_SCRIBBLE}on_import('bad', lambda: {deed})\nhonest()\n")
    names = ["good", "bad", "good", "good", "bad", "good"]
    seen = ask(command, *map(importing, names))
    assert outcomes(seen) == [outcome if name == "bad" else "completed" for name in names]


def test_alarm_of_each(tmp_path: Path) -> None:
    """Nobody watches: a child that hangs is ended by its alarm, the one that waited for it has all of its own time."""
    waits = "on_import('next', lambda: time.sleep(0.5))"
    command = fake(tmp_path, f"on_import('bad', lambda: time.sleep(60))\n{waits}\nhonest()\n")
    with Workspace() as space:
        zygote = Zygote(command, space, environment=ENVIRONMENT, limits=QUICK)
        for name in ("bad", "next"):
            zygote.send(encode((str(tmp_path), (), (), f"import {name}", None, 1, None, ())))
        ends = []
        for _ in range(2):
            zygote.child(5.0)
            ends.append(zygote.ended(5.0).status)
        zygote.close()
    assert ends == [signal.SIGALRM, 0]


def test_streams_of_each(tmp_path: Path) -> None:
    """What a case wrote is a note of that case, whichever files its turn gives it."""
    command = fake(tmp_path, "on_import('bad', lambda: os.write(2, b'told') and os.write(1, b'said'))\nhonest()\n")
    names = ["bad", "good", "good", "bad", "bad", "bad", "good"]
    seen = ask(command, *map(importing, names))
    assert [bool(item.notes) for item in seen] == [name == "bad" for name in names]
    assert [item.notes for item in seen if item.notes] == [{"stdout": "said", "stderr": "told"}] * 4


def test_servers_take_turns_too(tmp_path: Path) -> None:
    """No process forks for long: others do, from the same warm one, and no case is lost between them."""
    command = _telling(tmp_path, "on_import('good', lambda: tell(str(os.getppid())))")
    seen = ask(command, *[importing("good")] * _MANY)
    told = _told(tmp_path)
    assert [item.outcome for item in seen] == ["completed"] * _MANY
    assert len(told) == _MANY
    assert 1 < len(set(told)) < _MANY / 100
    assert living(tmp_path) == []


def test_the_warm_one_is_killed(tmp_path: Path) -> None:
    """A fork server whose first process is gone serves on, or another does; nothing stays."""
    command = fake(tmp_path, "on_import('bad', lambda: os.kill(os.getpgid(os.getppid()), 9))\nhonest()\n")
    seen = ask(command, importing("bad"), *[importing("good")] * _MANY)
    assert [item.outcome for item in seen] == ["completed"] * (_MANY + 1)
    assert living(tmp_path) == []


def test_nobody_begins_alone(tmp_path: Path) -> None:
    """A child that waits for its turn does not begin when its fork server is gone; its case is asked anew."""
    deed = "on_import('bad', lambda: (os.kill(os.getppid(), 9), time.sleep(0.2), tell('bad')))"
    command = _telling(tmp_path, deed, "on_import('next', lambda: tell('next'))")
    seen = ask(command, importing("bad"), importing("next"))
    assert [item.outcome for item in seen][1:] == ["completed"]
    assert _told(tmp_path) == ["next"]
    assert living(tmp_path) == []


def test_the_other_one_is_guilty(tmp_path: Path) -> None:
    """A case that stops its fork server is the only one that suffers, also where the one before it is not reported."""
    command = _telling(tmp_path, "import signal", "on_import('bad', lambda: os.kill(os.getppid(), signal.SIGSTOP))")
    cases = [importing(name) for name in ("good", "good", "bad", "good", "good")]
    seen = ask(command, *cases, limits=_SOON)
    assert [item.outcome for number, item in enumerate(seen) if number != 2] == ["completed"] * 4
    assert living(tmp_path) == []


_LIES = [
    pytest.param(("ended", 0, 0, b"", b""), id="end-of-no-child"),
    pytest.param(("started", 1), id="no-child"),
    pytest.param(("started",), id="half-a-report"),
    pytest.param(("ready", 0), id="no-server"),
    pytest.param("started", id="no-tuple"),
]
_SIZES = [pytest.param(size, id=str(size)) for size in (-1, 1 << 40, "7", None)]


@pytest.mark.parametrize("lie", _LIES)
def test_lies(lie: Wire, tmp_path: Path) -> None:
    """Where a fork server reports what cannot be, each case is a fault of the harness."""
    _expect_faults(tmp_path, lie)


@pytest.mark.parametrize("size", _SIZES)
def test_lies_about_sizes(size: Wire, tmp_path: Path) -> None:
    """The size of an answer is one that there can be."""
    _expect_faults(tmp_path, ("started", 99999999), ("ended", 0, size, b"", b""))


def test_too_many_children(tmp_path: Path) -> None:
    """No fork server has three children at a time."""
    _expect_faults(tmp_path, *[("started", 99999999)] * 3)


def _expect_faults(directory: Path, *lies: Wire) -> None:
    frames = b"".join(map(encode, (("ready", 99999999), *lies)))
    command = fake(directory, f"os.write(int(arguments[2]), {frames!r})\ntime.sleep(60)\n")
    seen = ask(command, importing("good"), importing("good"), limits=_SOON)
    assert outcomes(seen) == ["fault", "fault"]
    assert living(directory) == []
