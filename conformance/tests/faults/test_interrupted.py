"""A run can be ended at any moment: it says so, leaves nothing, its file can be read, and it can go on."""

import random
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from conformance.tests.faults.stage import Stage, soon
from harness.diff import Verdict
from reports import read_run

_MOMENTS = 5
_PATIENCE = 12


def _length(stage: Stage, *options: str) -> float:
    """How long an undisturbed run takes."""
    began = time.monotonic()
    assert stage.run(*options) in {0, 1}
    return time.monotonic() - began


@pytest.mark.parametrize("numbers", [(signal.SIGINT,), (signal.SIGTERM, signal.SIGINT)])
def test_at_any_moment(tmp_path: Path, numbers: Sequence[signal.Signals]) -> None:
    """Whenever somebody asks it to end, from its start to its end, once or twice: never a verdict that is wrong."""
    stage = Stage(tmp_path)
    stage.prepare("raise ValueError")
    length = _length(stage)
    whole = {(item.number, item.verdict) for item in stage.checked().records}
    for moment in range(_MOMENTS):
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


def test_goes_on(tmp_path: Path) -> None:
    """A run that is interrupted again and again, and goes on each time, writes what an undisturbed one writes."""
    stage = Stage(tmp_path)
    stage.prepare("raise ValueError")
    length = _length(stage, "--examples", "100")
    whole = stage.out.read_bytes()
    stage.out.unlink()
    chance = random.Random(0)  # noqa: S311 - the moments are no secret
    for attempt in range(_PATIENCE):
        with stage.running("--resume", "--examples", "100") as process:
            if attempt < _PATIENCE - 1 and soon(stage.begun.exists):
                time.sleep(length * (0.4 + chance.random() / 2))
                process.send_signal(chance.choice([signal.SIGINT, signal.SIGTERM, signal.SIGKILL]))
                process.wait()
            else:
                assert stage.ended(process) == 1
        if stage.out.exists() and stage.out.read_bytes() == whole:
            break
    assert stage.out.read_bytes() == whole
    assert Verdict.DIVERGES in {item.verdict for item in read_run(stage.out).records}
