"""A real run that is ended goes on: the file is that of a run that nobody ended."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from conformance.cli import main
from harness.tests.hosts import PYTHON
from reports import Record
from reports.tests.memory import read_run

HOST: Final = (PYTHON, "--contain", "off", "--cases")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, few: str) -> Path:
    """The file of a run of the interpreter that runs the tests."""
    path = tmp_path_factory.mktemp("real") / "run.jsonl"
    CliRunner().invoke(main, ["run", *HOST, few, "--out", str(path)])
    assert read_run(path).whole
    return path


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_ended_and_resumed(tmp_path: Path, real: Path, few: str, number: signal.Signals) -> None:
    """A real run that is killed or interrupted, and then goes on, leaves the file of one that was not."""
    out = tmp_path / "run.jsonl"
    command = [sys.executable, "-m", "conformance", "run", *HOST, few, "--fresh", "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        while process.poll() is None and (not out.exists() or out.read_bytes().count(b'"type":"record"') < 2):
            time.sleep(0.01)
        process.send_signal(number)
        process.communicate()
    before = sum(isinstance(line, Record) for group in read_run(out).groups for line in group.lines)
    CliRunner().invoke(main, ["run", *HOST, few, "--fresh", "--out", str(out), "--resume"])
    plain = real.read_bytes().replace(b'"cases":', b'"fresh":true,"cases":', 1)
    assert (before > 0, out.read_bytes()) == (True, plain)
