"""Whatever a subject does to its process becomes the right outcome, and nothing of it stays."""

import re
from itertools import count
from pathlib import Path

import pytest

from harness.model.case import Launch, Script
from harness.model.values import Value
from harness.run import Limits, Mode, Stopped, Workspace, connect
from harness.run.tests.fakes import ENVIRONMENT, ask, fake, implementation, importing, living, subject

_DEEDS = [
    pytest.param("os._exit(3)", ("exited", 3), id="exits"),
    pytest.param("os._exit(0)", ("exited", 0), id="exits-well"),
    pytest.param("os.kill(os.getpid(), signal.SIGSEGV)", ("crashed", 11), id="crashes"),
    pytest.param("time.sleep(60)", "timed-out", id="hangs"),
    pytest.param("os.write(1, b'IC1M garbage' * 99)", "completed", id="garbage-on-stdout"),
    pytest.param("os.write(2, b'garbage' * 99999)", "completed", id="garbage-on-stderr"),
    pytest.param("sys.exit(4)", "raised", id="system-exit"),
    pytest.param("os.close(1) or os.close(2) or os.close(0)", "completed", id="closes-streams"),
]
_MODES = [pytest.param(mode, id=mode.value) for mode in Mode]


@pytest.mark.parametrize("mode", _MODES)
@pytest.mark.parametrize(("deed", "outcome"), _DEEDS)
def test_outcome(deed: str, outcome: Value, mode: Mode, tmp_path: Path) -> None:
    """The deed has its outcome, cases before and after it have theirs, and no process stays."""
    command = fake(tmp_path, f"on_import('bad', lambda: {deed})\nhonest()\n")
    seen = ask(command, importing("good"), importing("bad"), importing("good"), mode=mode)
    assert ["completed", outcome, "completed"] == [observation.outcome for observation in seen]
    assert living(tmp_path) == []


@pytest.mark.parametrize("launch", [None, Script("r0/main.py")], ids=["embedded", "script"])
@pytest.mark.parametrize("mode", _MODES)
def test_hard_to_kill(launch: Launch | None, mode: Mode, tmp_path: Path) -> None:
    """A process that ignores the request to end is made to, and so are the processes it started."""
    deed = "(signal.signal(signal.SIGTERM, signal.SIG_IGN), os.fork(), keep(), time.sleep(60))"
    keep = f"keep = lambda: open({str(tmp_path / 'pids')!r}, 'a').write('%d\\n' % os.getpid())\n"
    command = fake(tmp_path, f"{keep}on_import('bad', lambda: {deed})\nhonest()\n")
    (seen,) = ask(command, importing("bad", launch=launch), mode=mode)
    assert seen.outcome == "timed-out"
    assert living(tmp_path) == []


@pytest.mark.parametrize("mode", _MODES)
def test_left_behind(mode: Mode, tmp_path: Path) -> None:
    """What a finished case left running is ended with it."""
    keep = f"open({str(tmp_path / 'pids')!r}, 'a').write('%d\\n' % child)"
    body = f"def act():\n    child = os.fork()\n    if not child:\n        time.sleep(60)\n    {keep}\n"
    command = fake(tmp_path, f"{body}on_import('bad', act)\nhonest()\n")
    (seen,) = ask(command, importing("bad"), mode=mode)
    assert seen.outcome == "completed"
    assert living(tmp_path) == []


def test_streams_are_notes(tmp_path: Path) -> None:
    """The end of what a case wrote is a note of that case and of no other."""
    command = fake(tmp_path, "on_import('bad', lambda: os.write(2, b'told'))\nhonest()\n")
    seen = ask(command, importing("bad"), importing("good"))
    assert [observation.notes for observation in seen] == [{"stderr": "told"}, {}]


_ANSWERS = [
    pytest.param("b'IC1M0000'", id="half-a-head"),
    pytest.param("b'IC1M0000001000000000ab'", id="half-a-frame"),
    pytest.param("b'garbage in the answer'", id="garbage"),
    pytest.param("b'IC1T0000000200006d311m'", id="no-facts"),
]


@pytest.mark.parametrize("answer", _ANSWERS)
@pytest.mark.parametrize("mode", _MODES)
def test_bad_answer(answer: str, mode: Mode, tmp_path: Path) -> None:
    """An answer that is none is a fault of the harness, never of the implementation."""
    act = f"import posix\nreal = posix.write\nposix.write = lambda d, data: real(d, {answer}) and len(data)\n"
    act = "def spoil():\n" + "".join(f"    {line}\n" for line in act.splitlines())
    body = f"{act}if arguments[0] == 'once':\n    spoil()\n" if mode is Mode.FRESH else _spoilt_child(answer)
    (seen,) = ask(fake(tmp_path, f"{body}honest()\n"), importing("good"), mode=mode)
    assert isinstance(seen.outcome, tuple)
    assert seen.outcome[0] == "fault"
    assert living(tmp_path) == []


def _spoilt_child(answer: str) -> str:
    """Makes a fork server put ``answer`` into the file of answers in place of what its child wrote."""
    lines = [
        "import posix",
        "real = posix.waitpid",
        "def waitpid(child, options):",
        "    result = real(child, options)",
        "    os.ftruncate(int(arguments[3]), 0)",
        f"    os.write(int(arguments[3]), {answer})",
        "    return result",
        "posix.waitpid = waitpid",
    ]
    return "if arguments[0] == 'serve':\n" + "".join(f"    {line}\n" for line in lines)


@pytest.mark.parametrize("mode", _MODES)
def test_leaves_its_session(mode: Mode, tmp_path: Path) -> None:
    """A process that a case started and that leads a session of its own is gone with the scratch directory."""
    keep = f"open({str(tmp_path / 'pids')!r}, 'a').write('%d\\n' % os.getpid())"
    lines = ["if not os.fork():", "    os.setsid()", f"    {keep}", "    if not os.fork():", "        os.setsid()"]
    lines += [f"        {keep}", "    time.sleep(60)"]
    body = "def act():\n" + "".join(f"    {line}\n" for line in lines)
    (seen,) = ask(fake(tmp_path, f"{body}on_import('bad', act)\nhonest()\n"), importing("bad"), mode=mode)
    assert seen.outcome == "completed"
    assert living(tmp_path) == []


_HUNGRY = [
    pytest.param("len(bytearray(3 << 30))", ("raised", "MemoryError"), id="memory"),
    pytest.param("[os.dup(0) for _ in range(2000)]", ("raised", "OSError"), id="files"),
    pytest.param("signal.signal(signal.SIGXFSZ, signal.SIG_DFL)", ("crashed", 25), id="file-size"),
]


@pytest.mark.parametrize("mode", _MODES)
@pytest.mark.parametrize(("deed", "seen"), _HUNGRY)
def test_limits(deed: str, seen: tuple[str, Value], mode: Mode, tmp_path: Path) -> None:
    """What goes beyond a limit ends by it, in its own process, and the next case has all there is."""
    flood = "open('flood', 'wb').truncate(1 << 30)" if "SIGXFSZ" in deed else "None"
    command = fake(tmp_path, f"on_import('bad', lambda: ({deed}, {flood}))\nhonest()\n")
    bad, good = ask(command, importing("bad"), importing("good"), mode=mode)
    outcome = bad.outcome if isinstance(bad.outcome, tuple) else (bad.outcome, bad.facts["exception/type"])
    assert (outcome, good.outcome) == (seen, "completed")


@pytest.mark.parametrize("mode", _MODES)
def test_flood(mode: Mode, tmp_path: Path) -> None:
    """Of hundreds of megabytes on both streams the end is kept, and the disk gets them back."""
    deed = "[os.write(1, b'x' * (1 << 20)) and os.write(2, b'y' * (1 << 20)) for _ in range(100)]"
    command = fake(tmp_path, f"on_import('bad', lambda: {deed})\nhonest()\n")
    with subject(command, mode=mode, limits=Limits(case=20.0)) as (found, workspace):
        bad, good = found.observe([workspace.place(importing(name)) for name in ("bad", "good")])
        left = sum(path.stat().st_size for path in workspace.path.rglob("*") if path.is_file())
    assert (bad.outcome, good.notes) == ("completed", {})
    assert {key: set(text) for key, text in bad.notes.items()} == {"stdout": {"x"}, "stderr": {"y"}}
    assert left < 1 << 20


@pytest.mark.parametrize("mode", _MODES)
@pytest.mark.parametrize("hung", [True, False])
def test_stopped(mode: Mode, tmp_path: Path, *, hung: bool) -> None:
    """Who asks to stop does not wait for a case that hangs, and leaves nothing of it."""
    asked = count()
    body = f"on_import('bad', lambda: {'time.sleep(60)' if hung else 'None'})\nhonest()\n"
    with Workspace() as workspace:
        found = connect(
            implementation(fake(tmp_path, body)),
            workspace,
            environment=ENVIRONMENT,
            mode=mode,
            stopped=lambda: next(asked) > 2,
        )
        with pytest.raises(Stopped):
            found.observe([workspace.place(importing("bad")) for _ in range(9)])
        found.close()
        assert living(tmp_path) == []


@pytest.mark.parametrize("mode", _MODES)
def test_fork_bomb(mode: Mode, tmp_path: Path) -> None:
    """A case whose processes multiply is ended long before its time is over, all of them are."""
    keep = f"open({str(tmp_path / 'pids')!r}, 'a').write('%d\\n' % os.getpid())"
    body = f"def act():\n    [os.fork() for _ in range(8)]\n    {keep}\n    time.sleep(600)\n"
    command = fake(tmp_path, f"{body}on_import('bad', act)\nhonest()\n")
    with subject(command, mode=mode, limits=Limits(case=600.0)) as (found, workspace):
        bad, good = found.observe([workspace.place(importing(name)) for name in ("bad", "good")])
    assert (bad.outcome, good.outcome) == ("timed-out", "completed")
    assert living(tmp_path) == []


@pytest.mark.parametrize("mode", _MODES)
def test_agent_fails(mode: Mode, tmp_path: Path) -> None:
    """Where the agent itself fails its words and the line are the reason; no disk is said to be full that is not."""
    bodies = {Mode.AUTO: "os.setsid = posix.setsid = fail\n", Mode.FRESH: "posix.open = fail\n"}
    body = f"import posix\ndef fail(*_): raise ProcessLookupError(3, 'No such process')\n{bodies[mode]}honest()\n"
    (seen,) = ask(fake(tmp_path, body), importing("good"), mode=mode)
    (word, reason) = seen.outcome if isinstance(seen.outcome, tuple) else ("", "")
    told = r"the agent failed: ProcessLookupError: \[Errno 3\] No such process \(rooms/(serve|once)\.py, line \d+\)"
    assert ("fault", True) == (word, bool(re.fullmatch(told, reason)))
