"""A run can be ended at any moment: it says so, leaves nothing, its file can be read, and it can go on."""

import random
import signal
import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

import pytest

from conformance.engine.judging import COLD, WARM
from conformance.tests.faults.stage import CASES, Stage, soon
from harness.diff import Verdict
from reports.tests.memory import read_run

_MOMENTS = 6
_ASKING = [(signal.SIGINT,), (signal.SIGTERM, signal.SIGINT)]
_PATIENCE = 20
_CONFIRMED = 1 + WARM + COLD
"""How often a case is run that differs, before smaller ones are."""


def _length(stage: Stage, *options: str) -> float:
    """How long an undisturbed run takes."""
    began = time.monotonic()
    assert stage.run(*options) in {0, 1}
    return time.monotonic() - began


def test_at_any_moment(tmp_path: Path) -> None:
    """Whenever somebody asks it to end, from its start to its end, once or twice: never a verdict that is wrong."""
    stage = Stage(tmp_path)
    stage.prepare("raise ValueError")
    length = _length(stage)
    whole = {(item.number, item.verdict) for item in stage.checked().records}
    for moment, numbers in zip(range(_MOMENTS), cycle(_ASKING), strict=False):
        stage.out.unlink(missing_ok=True)
        with stage.running() as process:
            assert soon(stage.begun.exists)
            time.sleep(length * moment / (_MOMENTS - 1))
            for number in numbers:
                process.send_signal(number)
                time.sleep(0.05)
            code = stage.ended(process)
        assert code in {1, 3, *(-number for number in numbers)}, stage.stderr
        if stage.out.exists() and b"\n" in stage.out.read_bytes():
            found = read_run(stage.out)
            assert {(item.number, item.verdict) for item in found.records} <= whole
            assert found.footer is None or found.footer.accounted
            assert code != 1 or found.whole


def _ended_after(count: int, number: signal.Signals, stage: Stage, *options: str) -> None:
    """End a run by a signal as soon as it has recorded so many answers more."""
    goal = stage.records() + count
    with stage.running(*options) as process:
        assert soon(lambda: stage.records() >= goal or process.poll() is not None)
        process.send_signal(number)
        process.wait()


def test_goes_on(tmp_path: Path) -> None:
    """A run that is interrupted again and again, and goes on each time, writes what an undisturbed one writes."""
    stage = Stage(tmp_path)
    stage.prepare("raise ValueError")
    assert stage.run("--examples", "40") == 1
    whole = stage.out.read_bytes()
    stage.out.unlink()
    chance = random.Random(0)  # noqa: S311 - the moments are no secret
    attempts = 0
    while not stage.out.exists() or stage.out.read_bytes() != whole:
        attempts += 1
        assert attempts < _PATIENCE, stage.stderr
        number = chance.choice([signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
        _ended_after(chance.randrange(40, 80), number, stage, "--resume", "--examples", "40")
    assert attempts > 1
    assert Verdict.DIVERGES in {item.verdict for item in read_run(stage.out).records}


@pytest.mark.parametrize("numbers", _ASKING)
def test_while_it_shrinks(tmp_path: Path, numbers: Sequence[signal.Signals]) -> None:
    """A run that is interrupted while it looks for smaller cases has told all others, and goes on to the same file."""
    stage = Stage(tmp_path)
    deeds = tmp_path / "deeds"
    stage.prepare(f"open({str(deeds)!r}, 'a').write('x'); time.sleep(0.1); raise ValueError")
    assert stage.run() == 1
    whole = stage.out.read_bytes()
    deeds.unlink()
    with stage.running() as process:
        assert soon(lambda: deeds.exists() and deeds.stat().st_size > _CONFIRMED)
        assert stage.records() == CASES
        for number in numbers:
            process.send_signal(number)
            time.sleep(0.05)
        assert stage.ended(process) == 3
    assert (stage.checked().whole, stage.records(), stage.out.read_bytes() == whole) == (False, CASES, False)
    assert (stage.run("--resume"), stage.out.read_bytes() == whole) == (1, True)
