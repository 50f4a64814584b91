"""A signal and a budget end a command wherever it is, and soon."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from reports.tests.memory import read_run

SOON: Final = 2.0
"""Seconds within which a signal ends a command, of a machine that has time for it."""

BUSY: Final = 15.0
"""How many times longer a busy machine may take."""

WORKED: Final = 1.5
"""So many seconds of processor time later a command generates cases."""

WAITED: Final = 0.5
"""A command that does nothing for so many seconds waits for what does not come."""

_BEGUN: Final = """
import pathlib, sys
from conformance.cli import entry
pathlib.Path(sys.argv.pop(1)).touch()
entry()
"""


def begun(tmp_path: Path, *arguments: str) -> "subprocess.Popen[str]":
    """A command under way: by now a signal is the command's."""
    mark = tmp_path / "begun"
    # Measured by coverage, a process that is interrupted while coverage holds its lock would wait for it for ever.
    host = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    process = subprocess.Popen(
        [sys.executable, "-c", _BEGUN, str(mark), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**host, "PATH": f"{tmp_path}:{host['PATH']}"},
    )
    while not mark.exists():
        time.sleep(0.01)
    return process


def soon(process: "subprocess.Popen[str]") -> None:
    """Wait until a command has prepared what it is to do: it has worked for long enough, or it waits."""
    before, since = -1.0, time.monotonic()
    while (worked := seconds(process)) < WORKED:
        if worked > before:
            before, since = worked, time.monotonic()
        elif time.monotonic() - since > WAITED:
            return
        time.sleep(0.05)


def seconds(process: "subprocess.Popen[str]") -> float:
    """Seconds of processor time that the process has had."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ended(process: "subprocess.Popen[str]") -> tuple[float, int, str]:
    """How many seconds it takes to its end, its exit code, and what it says to standard error."""
    began = time.monotonic()
    try:
        _, stderr = process.communicate()
    finally:
        process.kill()
    return time.monotonic() - began, process.returncode, stderr


@pytest.fixture
def asleep(tmp_path: Path) -> str:
    """An interpreter that says nothing; it lies on the search path too."""
    path = tmp_path / "python3"
    path.write_text(f"#!/bin/sh\ntouch {tmp_path}/asked\nexec sleep 100\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("run", "ASLEEP"), id="run"),
        pytest.param(("run", "all"), id="run all"),
        pytest.param(("doctor", "ASLEEP"), id="doctor"),
        pytest.param(("doctor", "all"), id="doctor all"),
        pytest.param(("replay", "import-as-binds-alias-only", "ASLEEP"), id="replay"),
        pytest.param(("list", "interpreters"), id="list"),
    ],
)
def test_while_it_looks_for_interpreters(tmp_path: Path, asleep: str, arguments: Sequence[str]) -> None:
    """One that gives no answer holds nobody up."""
    process = begun(tmp_path, *(asleep if item == "ASLEEP" else item for item in arguments))
    while not (tmp_path / "asked").exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    seconds, code, stderr = ended(process)
    assert (code, "error: interrupted" in stderr, "Traceback" in stderr, seconds < SOON * BUSY) == (
        3,
        True,
        False,
        True,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("--clauses", "threads.*", "--examples", "1000000"), id="clauses"),
        pytest.param(("--shard", "9999/9999", "--examples", "1000000000"), id="shard"),
        pytest.param(("--out", "PIPE", "--examples", "0"), id="nobody reads the run file"),
        pytest.param(("--cases", "PIPE"), id="nobody writes the cases"),
    ],
)
def test_while_it_waits_or_generates(tmp_path: Path, arguments: Sequence[str]) -> None:
    """What is looked for without being found, and what does not come, holds nobody up."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = begun(tmp_path, "run", sys.executable, *(str(pipe) if item == "PIPE" else item for item in arguments))
    soon(process)
    process.send_signal(signal.SIGTERM)
    seconds, code, stderr = ended(process)
    assert (code, "Traceback" in stderr, seconds < SOON * BUSY) == (3, False, True)


def test_budget_while_nobody_answers(tmp_path: Path, asleep: str) -> None:
    """The time that is given holds also before the first case."""
    seconds, code, stderr = ended(begun(tmp_path, "run", asleep, "--budget", "1"))
    assert (code, "error: budget spent before the first case" in stderr, seconds < 1 + SOON * BUSY) == (3, True, True)


def test_budget_while_a_case_hangs(tmp_path: Path, few: str) -> None:
    """The time that is given holds while cases hang, and what was told before is the beginning of the run."""
    slow = tmp_path / "python"
    slow.write_text(f'#!/bin/sh\n[ "$2" = once ] && exec sleep 100\nexec {sys.executable} "$@"\n')
    slow.chmod(0o755)
    out = tmp_path / "run.jsonl"
    words = ("--cases", few, "--contain", "off", "--fresh", "--budget", "5", "--out", str(out))
    process = begun(tmp_path, "run", str(slow), *words)
    seconds, code, stderr = ended(process)
    assert (code, "Traceback" in stderr, seconds < 5 + SOON * BUSY) == (3, False, True)
    run = read_run(out)
    assert run.footer is not None
    assert (run.footer.accounted, run.footer.reasons["budget spent"] > 0, run.footer.interrupted) == (True, True, False)
