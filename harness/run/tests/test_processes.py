"""A process ends by itself or by its deadline, and what it wrote is limited."""

import errno
import os
import time
from pathlib import Path

import pytest

from harness.run import AdapterError, HarnessError
from harness.run.processes import Ended, Task, execute
from harness.run.tests.fakes import ENVIRONMENT, QUICK
from harness.tests.hosts import PYTHON


def _run(code: str, scratch: Path, *, seconds: float = 5.0) -> Ended:
    task = Task((PYTHON, "-c", code), str(scratch), ENVIRONMENT)
    return execute(task, seconds=seconds, limits=QUICK, scratch=scratch)


def test_end(tmp_path: Path) -> None:
    """Status and both streams of a process that ends by itself."""
    code = "import os; os.write(1, b'out'); os.write(2, b'err'); os._exit(5)"
    assert Ended(5, late=False, stdout=b"out", stderr=b"err") == _run(code, tmp_path)


def test_deadline(tmp_path: Path) -> None:
    """A process that takes too long is ended soon after its deadline."""
    begin = time.monotonic()
    ended = _run("import time; time.sleep(60)", tmp_path, seconds=0.1)
    assert ended.late
    assert time.monotonic() - begin < 30.0


def test_streams_are_limited(tmp_path: Path) -> None:
    """Only the end of what a process wrote is kept."""
    ended = _run("import os; os.write(1, b'a' * 40000 + b'z')", tmp_path)
    assert ended.stdout == b"a" * 19_999 + b"z"


def test_environment_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the host's environment is inherited."""
    monkeypatch.setenv("PYTHONPATH", "leaked")
    ended = _run("import os; print(sorted(os.environ.keys() - {'LC_CTYPE'}))", tmp_path)
    assert f"{sorted(ENVIRONMENT)}\n".encode() == ended.stdout


@pytest.mark.parametrize("number", [errno.ESRCH, errno.EPERM, errno.EMFILE])
def test_what_is_no_full_disk(tmp_path: Path, number: int) -> None:
    """What goes wrong while a process is waited for is a fault of ours, by its own name, and nothing stays of it."""

    def stopped() -> bool:
        raise OSError(number, os.strerror(number))

    task = Task((PYTHON, "-c", "import time; time.sleep(60)"), str(tmp_path), ENVIRONMENT)
    with pytest.raises(HarnessError, match=os.strerror(number)) as caught:
        execute(task, seconds=9.0, limits=QUICK, scratch=tmp_path, stopped=stopped)
    assert "scratch" not in str(caught.value)


def test_no_scratch(tmp_path: Path) -> None:
    """A scratch directory that is gone is the environment's fault."""
    task = Task((PYTHON, "-c", ""), str(tmp_path), ENVIRONMENT)
    with pytest.raises(AdapterError, match="cannot be used"):
        execute(task, seconds=1.0, limits=QUICK, scratch=tmp_path / "gone")
