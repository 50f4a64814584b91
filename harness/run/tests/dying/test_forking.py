"""A fork server that misbehaves loses no case, and leaves no process."""

import signal
from pathlib import Path

import msgspec
import pytest

from harness.model.language.expressions import Bind, Call, Constant
from harness.model.source import Source
from harness.run import Limits, Mode, Workspace
from harness.run.frames import encode
from harness.run.patience import Late
from harness.run.requests import request
from harness.run.tests.fakes import ENVIRONMENT, QUICK, ask, fake, importing, living, outcomes
from harness.run.zygotes import Zygote

_GOOD = [importing("good"), importing("nowhere")]
_SOON = Limits(start=0.4, case=0.4, grace=0.1)


_STARTS = [
    pytest.param("sys.exit(0)", id="exits"),
    pytest.param("time.sleep(60)", id="hangs"),
    pytest.param("os.write(int(arguments[2]), b'garbage garbage garbage')", id="garbage"),
    pytest.param("os.write(int(arguments[2]), b'IC1M000000ff00000000(')", id="half-a-frame"),
    pytest.param("os.close(int(arguments[2])); time.sleep(60)", id="closed-pipe"),
    pytest.param("signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)", id="hangs-on"),
]


@pytest.mark.parametrize("body", _STARTS)
def test_never_ready(body: str, tmp_path: Path) -> None:
    """Each case of a fork server that does not start is a fault."""
    assert outcomes(ask(fake(tmp_path, body), *_GOOD, limits=_SOON)) == ["fault", "fault"]
    assert living(tmp_path) == []


def _dying(deed: str, times: str) -> str:
    """A fork server that does the deed after a case that imports ``bad`` has ended."""
    lines = [
        "import posix",
        f"flag = {times}",
        "real = posix.waitpid",
        "def waitpid(child, options):",
        "    result = real(child, options)",
        "    if os.WEXITSTATUS(result[1]) == 9 and flag():",
        f"        {deed}",
        "    return result",
        "posix.waitpid = waitpid",
    ]
    return "\n".join(lines) + "\non_import('bad', lambda: os._exit(9))\nhonest()\n"


_DEEDS = [
    pytest.param("os._exit(1)", id="exits"),
    pytest.param("os.kill(os.getpid(), 9)", id="killed"),
    pytest.param("time.sleep(60)", id="hangs"),
    pytest.param("os.write(int(arguments[2]), b'garbage' * 9)", id="garbage"),
    pytest.param("os.write(int(arguments[2]), b'IC1M000000ff00000000('); os._exit(1)", id="half-a-frame"),
]


@pytest.mark.parametrize("deed", _DEEDS)
def test_dies_again_and_again(deed: str, tmp_path: Path) -> None:
    """A case that ends the fork server each time is a fault; its neighbours are observed."""
    cases = [_GOOD[0], importing("bad"), *_GOOD]
    seen = ask(fake(tmp_path, _dying(deed, "lambda: True")), *cases, limits=_SOON)
    assert outcomes(seen) == ["completed", "fault", "completed", "raised"]
    assert living(tmp_path) == []


def test_dies_once(tmp_path: Path) -> None:
    """A fork server that ends for reasons of its own is started anew, and the case is asked again."""
    flag = f"lambda: not os.path.exists({str(tmp_path / 'flag')!r}) and open({str(tmp_path / 'flag')!r}, 'w')"
    seen = ask(fake(tmp_path, _dying("os._exit(1)", flag)), _GOOD[0], importing("bad"), *_GOOD)
    assert outcomes(seen) == ["completed", "exited", "completed", "raised"]


def test_closed_in_the_middle(tmp_path: Path) -> None:
    """Closing a fork server while a case hangs leaves neither it nor its child."""
    command = fake(tmp_path, "on_import('bad', lambda: time.sleep(60))\nhonest()\n")
    with Workspace() as space:
        zygote = Zygote(command, space, environment=ENVIRONMENT, limits=QUICK)
        zygote.send(encode(request(space.place(importing("bad")), 5.0)))
        zygote.child(5.0)
        with pytest.raises(Late):
            zygote.ended(0.2)
        assert len(living(tmp_path, seconds=0.0)) == 2
        zygote.close()
    assert living(tmp_path) == []


@pytest.mark.parametrize(("mode", "expected"), [(Mode.AUTO, 1), (Mode.FRESH, 3)])
def test_library_loaded_once(tmp_path: Path, mode: Mode, expected: int) -> None:
    """What cases use of the library the fork server loads before it forks, and each fresh process before its case."""
    log = tmp_path / "log"
    body = f"""
sys.modules.pop("importlib.util", None)
real = builtins.__import__
def counting(name, *rest, **more):
    if name == "importlib.util":
        with open({str(log)!r}, "a") as file:
            file.write("%d\\n" % os.getpid())
    return real(name, *rest, **more)
builtins.__import__ = counting
honest()
"""
    find = Bind(Call("importlib.util.find_spec", (Constant("good"),)), "s")
    case = msgspec.structs.replace(importing("good"), program=Source((find,)))
    seen = ask(fake(tmp_path, body), case, case, case, mode=mode)
    assert [("spec", "good")] * 3 == [item.facts["binding/s"] for item in seen]
    assert expected == len(set(log.read_text().split()))


def test_nobody_watches(tmp_path: Path) -> None:
    """A child that hangs is ended by its alarm even if nobody watches the fork server."""
    command = fake(tmp_path, "on_import('bad', lambda: time.sleep(60))\nhonest()\n")
    with Workspace() as space:
        zygote = Zygote(command, space, environment=ENVIRONMENT, limits=QUICK)
        zygote.send(encode((str(tmp_path), (), (), "import bad", None, 1, None, ())))
        zygote.child(5.0)
        told = zygote.ended(5.0)
        zygote.close()
    assert told == (signal.SIGALRM, b"", b"", b"")
