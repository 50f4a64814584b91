"""Processes are killed from outside while a run goes on: no verdict is invented, none is lost, nothing is left."""

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from conformance.tests.faults.stage import CASES, Stage, children, soon
from harness.diff import Verdict
from harness.tests.hosts import PYTHON

_HARMLESS = {Verdict.FLAKY, Verdict.HARNESS_FAULT}
_DEATHS = 12


def _victims(runner: int, whom: str) -> list[int]:
    servers = children(runner)
    return servers if whom == "servers" else [number for server in servers for number in children(server)]


def _hunt(process: "subprocess.Popen[str]", stage: Stage, whom: str) -> int:
    """Kill some of them, once the run has begun; how many it were."""
    chance = random.Random(whom)  # noqa: S311 - which is killed is no secret
    deaths = 0
    while process.poll() is None and deaths < _DEATHS:
        victims = _victims(process.pid, whom) if stage.records() else []
        for victim in victims[:1]:
            try:
                os.kill(victim, signal.SIGKILL)
                deaths += 1
            except ProcessLookupError:
                pass
            time.sleep(chance.random() / 50)
    return deaths


@pytest.mark.parametrize("whom", ["servers", "subjects"])
def test_killed_again_and_again(tmp_path: Path, whom: str) -> None:
    """Whoever is killed: what was asked of it is asked again, or told as a fault; nobody diverges.

    He may be killed, too, when he is asked in the end whether he is still the same: that is told as a change.
    """
    stage = Stage(tmp_path)
    stage.prepare()
    with stage.running("--examples", "0") as process:
        deaths = _hunt(process, stage, whom)
        code = stage.ended(process)
    run, found = stage.checked(), set(stage.verdicts().values())
    told = bool(found) or (run.footer is not None and run.footer.changed != ())
    assert (deaths > 0, found - _HARMLESS, code) == (True, set(), 3 if told else 0), stage.stderr
    assert len(run.records) == CASES


def test_killed_runner(tmp_path: Path) -> None:
    """What a run that was killed left, processes and directories, is removed by the next one."""
    stage = Stage(tmp_path)
    stage.prepare("time.sleep(600)")
    with stage.running() as process:
        assert soon(lambda: stage.records() > 0 or process.poll() is not None)
        process.kill()
        process.wait()
        assert stage.scratches() != []
        stage.prepare()
        assert (stage.run(), stage.verdicts()) == (0, {})


def test_stopped_runner(tmp_path: Path) -> None:
    """A runner that stood still for longer than any deadline, as when a machine is suspended, makes no case late."""
    stage = Stage(tmp_path)
    stage.prepare()
    with stage.running() as process:
        assert soon(lambda: stage.records() > 0)
        for _ in range(2):
            os.kill(process.pid, signal.SIGSTOP)
            time.sleep(1.3)
            os.kill(process.pid, signal.SIGCONT)
            time.sleep(0.1)
        assert stage.ended(process) == 0
    assert stage.verdicts() == {}


def test_hung_under_load(tmp_path: Path) -> None:
    """Where the machine is busy and a case hangs, that one is late and no other is."""
    stage = Stage(tmp_path, 0.5)
    stage.prepare("time.sleep(600)")
    busy = [subprocess.Popen([PYTHON, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        code = stage.run("--budget", "60")
    finally:
        for process in busy:
            process.kill()
            process.wait()
    assert (set(stage.verdicts().values()), len(stage.verdicts()), code) == ({Verdict.DIVERGES}, 1, 1)
