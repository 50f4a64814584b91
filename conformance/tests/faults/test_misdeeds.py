"""A case does its worst: it is told, its neighbours are not touched, and nothing of it stays."""

import os
from pathlib import Path
from typing import Final

import pytest

from conformance.tests.faults.stage import BAD, CASES, MOST, Stage, bad
from harness.diff import Verdict

_GRANDCHILD: Final = """if not os.fork():
        os.setsid()
        if not os.fork():
            os.setsid()
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(600)
        os._exit(0)"""
_MANY: Final = """for _ in range(5):
        if not os.fork():
            os.setsid()
            kept = True
    "kept" in locals() and time.sleep(600)"""
_TREE: Final = "tree = builtins._tree; import shutil; "

_HARMLESS: Final = {
    "a stream": "os.write(1, b'x' * (1 << 20)) and os.write(2, b'y' * (1 << 20))",
    "a grandchild that sleeps in a session of its own": _GRANDCHILD,
    "many processes": _MANY,
    "removes a file of its neighbours": _TREE + "os.unlink(tree + '/r0/own.py')",
    "changes a file": _TREE + "open(tree + '/r0/own.py', 'w').write('x = 0')",
    "adds a file": _TREE + "open(tree + '/r0/new.py', 'w').close()",
    "goes elsewhere": "os.chdir('/')",
}
_WRONG: Final = {
    "out of memory": "bytearray(3 << 30)",
    "out of descriptors": "[os.open('/dev/null', 0) for _ in range(10 ** 5)]",
    "removes its tree": _TREE + "shutil.rmtree(tree)",
    **{
        name: f"os.kill(os.getpid(), signal.{name})"
        for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGALRM", "SIGUSR1", "SIGXCPU", "SIGSTOP")
    },
}


def _judged(stage: Stage, deeds: dict[str, str]) -> tuple[int, dict[str, Verdict]]:
    """The exit code of a run with those deeds, and of each that does not conform the verdict; all others conform."""
    stage.prepare(*deeds.values())
    code = stage.run()
    done = dict(zip(bad(len(deeds)), deeds, strict=True))
    return code, {
        done.get(number, f"beside another, {number}"): verdict for number, verdict in stage.verdicts().items()
    }


@pytest.mark.parametrize("part", [0, 1])
def test_what_harms_nobody(tmp_path: Path, part: int) -> None:
    """What a case does beside its imports is nobody's concern: it conforms as all others do."""
    assert _judged(Stage(tmp_path), dict(list(_HARMLESS.items())[part::2])) == (0, {})


@pytest.mark.parametrize("part", [0, 1])
def test_what_ends_it(tmp_path: Path, part: int) -> None:
    """What keeps a case from its imports is told of that case, and of no other."""
    deeds = dict(list(_WRONG.items())[part::2])
    assert _judged(Stage(tmp_path), deeds) == (1, dict.fromkeys(deeds, Verdict.DIVERGES))


def test_they_have_room() -> None:
    """Deeds that share a run are not neighbours."""
    assert (max(len(_HARMLESS), len(_WRONG)) + 1) // 2 <= MOST


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param("[os.write(1, b'x' * (1 << 24)) for _ in range(18)]", id="a flood"),
        pytest.param(_TREE + "[os.chmod(tree + p, 0) for p in ('/r0/own.py', '/r0', '')]", id="permissions"),
        pytest.param("sys.argv[1] == 'serve' and os.kill(os.getppid(), signal.SIGKILL)", id="kills the fork server"),
        pytest.param("sys.argv[1] == 'serve' and os.kill(os.getppid(), signal.SIGSTOP)", id="stops the fork server"),
    ],
)
def test_what_may_end_many(tmp_path: Path, deed: str) -> None:
    """Whatever can be told of a deed that reaches further, the exit code says it; every other case conforms."""
    code, found = _judged(Stage(tmp_path), {"deed": deed})
    assert code == {Verdict.DIVERGES: 1, Verdict.FLAKY: 3, Verdict.HARNESS_FAULT: 3, None: 0}[found.get("deed")]


def test_ignored_signals(tmp_path: Path) -> None:
    """What the suite was started to ignore, as by nohup, is not ignored by a subject."""
    stage = Stage(tmp_path)
    stage.prepare("os.kill(os.getpid(), signal.SIGHUP)")
    code = stage.run(before=["/bin/sh", "-c", "trap '' HUP QUIT USR1; exec \"$@\"", "sh"])
    assert (stage.verdicts(), code) == ({BAD: Verdict.DIVERGES}, 1)


def test_undisturbed(tmp_path: Path) -> None:
    """Where nothing is done everything conforms, and the stage sees what runs."""
    stage = Stage(tmp_path)
    stage.prepare()
    with stage.running() as process:
        while process.poll() is None and stage.records() < 1:
            os.sched_yield()
        assert len(stage.processes()) >= 1
        assert stage.ended(process) == 0
    assert (stage.verdicts(), len(stage.checked().records)) == ({}, CASES)
