"""A run that is asked to end does so, and its file tells what it did and what it did not do."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.tests.hosts import PYTHON
from reports.tests.memory import read_run


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Starts a long run in a process of its own, and gives it once it has recorded something."""
    started: list[subprocess.Popen[str]] = []

    def start(out: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "conformance", "run", PYTHON, "--examples", "100000"]
        # Measured by coverage, a process that is interrupted while coverage holds its lock would wait for it for ever.
        host = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
        environment = {**host, "TMPDIR": str(tmp_path)}
        process = subprocess.Popen(
            [*command, "--out", str(out)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            start_new_session=True,
        )
        started.append(process)
        while process.poll() is None and (not out.exists() or out.read_bytes().count(b'"type":"record"') < 10):
            time.sleep(0.02)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted(tmp_path: Path, running: Callable[[Path], subprocess.Popen[str]], number: signal.Signals) -> None:
    """Asked to end, a run accounts for what it did not do, and what it recorded can be read."""
    out = tmp_path / "run.jsonl"
    process = running(out)
    process.send_signal(number)
    stdout, stderr = process.communicate()
    run = read_run(out)
    assert (process.returncode, "Traceback" in stderr) == (3, False)
    assert run.footer is not None
    assert (run.footer.interrupted, run.footer.accounted, run.footer.executed) == (True, True, len(run.records))
    assert "interrupted" in stdout


def test_interrupted_twice(tmp_path: Path, running: Callable[[Path], subprocess.Popen[str]]) -> None:
    """Asked twice it ends at once, with one message."""
    out = tmp_path / "run.jsonl"
    process = running(out)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)
    _, stderr = process.communicate()
    assert (process.returncode, "Traceback" in stderr, bool(read_run(out).records)) == (3, False, True)
