"""One case does its worst: it is told, its neighbours are not touched, and nothing of it stays."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from conformance.tests.faults.stage import BAD, CASES, Stage
from harness.diff import Verdict

_CONFORMS: Final[Mapping[int, Verdict]] = {}
_DIVERGES: Final = {BAD: Verdict.DIVERGES}

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

_DEEDS = [
    pytest.param("bytearray(3 << 30)", _DIVERGES, id="out of memory"),
    pytest.param("[os.open('/dev/null', 0) for _ in range(10 ** 5)]", _DIVERGES, id="out of descriptors"),
    pytest.param("[os.write(1, b'x' * (1 << 24)) for _ in range(18)]", None, id="a flood"),
    pytest.param("os.write(1, b'x' * (1 << 20)) and os.write(2, b'y' * (1 << 20))", _CONFORMS, id="a stream"),
    pytest.param(_GRANDCHILD, _CONFORMS, id="a grandchild that sleeps in a session of its own"),
    pytest.param(_MANY, _CONFORMS, id="many processes"),
    pytest.param(_TREE + "shutil.rmtree(tree)", _DIVERGES, id="removes its tree"),
    pytest.param(_TREE + "os.unlink(tree + '/r0/own.py')", _CONFORMS, id="removes a file of its neighbours"),
    pytest.param(_TREE + "open(tree + '/r0/own.py', 'w').write('x = 0')", _CONFORMS, id="changes a file"),
    pytest.param(_TREE + "open(tree + '/r0/new.py', 'w').close()", _CONFORMS, id="adds a file"),
    pytest.param(_TREE + "[os.chmod(tree + p, 0) for p in ('/r0/own.py', '/r0', '')]", None, id="permissions"),
    pytest.param("os.chdir('/')", _CONFORMS, id="goes elsewhere"),
    pytest.param("sys.argv[1] == 'serve' and os.kill(os.getppid(), signal.SIGKILL)", None, id="kills the fork server"),
    pytest.param("sys.argv[1] == 'serve' and os.kill(os.getppid(), signal.SIGSTOP)", None, id="stops the fork server"),
    *(
        pytest.param(f"os.kill(os.getpid(), signal.{name})", _DIVERGES, id=name)
        for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGALRM", "SIGUSR1", "SIGXCPU", "SIGSTOP")
    ),
]


@pytest.mark.parametrize(("deed", "verdicts"), _DEEDS)
def test_deed(tmp_path: Path, deed: str, verdicts: Mapping[int, Verdict] | None) -> None:
    """The deed has its verdict, where one can be told; every other case conforms."""
    stage = Stage(tmp_path)
    stage.prepare(deed)
    code = stage.run()
    found = stage.verdicts()
    assert set(found) <= {BAD}
    if verdicts is not None:
        assert (found, code) == (verdicts, 1 if verdicts else 0)
    assert code == {Verdict.DIVERGES: 1, Verdict.FLAKY: 3, Verdict.HARNESS_FAULT: 3, None: 0}[found.get(BAD)]


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
