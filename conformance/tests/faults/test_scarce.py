"""Descriptors, room on the disk and everything else can run out: the run says so, and blames nobody."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.tests.faults.stage import ROOT, Stage
from harness.diff import Verdict
from harness.tests.hosts import PYTHON

_HARMLESS = {Verdict.FLAKY, Verdict.HARNESS_FAULT}


def _limited(option: str, value: int) -> tuple[str, ...]:
    """The command that starts another one with that limit of the shell."""
    return ("sh", "-c", f'ulimit {option} {value}; exec "$@"', "sh")


def test_no_directory(tmp_path: Path) -> None:
    """Where the working directory is gone nothing is asked, and one message says so."""
    around = {**os.environ, "PYTHONPATH": str(ROOT)}
    script = 'mkdir gone && cd gone && rmdir ../gone && exec "$0" -m conformance "$@"'
    command = ["sh", "-c", script, sys.executable, "doctor", PYTHON]
    ended = subprocess.run(command, cwd=tmp_path, env=around, capture_output=True, text=True, check=False)
    lines = ended.stderr.splitlines()
    assert (ended.returncode, [line.partition(":")[0] for line in lines]) == (3, ["error", "hint"]), ended.stderr


@pytest.mark.parametrize("files", [9, 12, 15, 20, 64])
def test_descriptors(tmp_path: Path, files: int) -> None:
    """With few open files a run is incomplete, or comes to its end; it never blames an implementation."""
    stage = Stage(tmp_path)
    stage.prepare()
    code = stage.run(before=_limited("-n", files))
    assert code in {0, 2, 3}, stage.stderr
    assert "error: " in stage.stderr or code != 2
    if stage.out.exists() and stage.records():
        assert set(stage.verdicts().values()) <= _HARMLESS
    assert files < 64 or code == 0


@pytest.mark.parametrize("blocks", [1, 8, 100])
def test_disk(tmp_path: Path, blocks: int) -> None:
    """Where files cannot grow a run is incomplete and says why; what is in its file can be read."""
    stage = Stage(tmp_path)
    stage.prepare()
    code = stage.run(before=_limited("-f", blocks))
    assert code in {2, 3}, stage.stderr
    assert ("error: " in stage.stderr, "hint: " in stage.stderr) == (True, True)
