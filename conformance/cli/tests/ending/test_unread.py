"""Nobody reads what is said: the run is as any other, to its last byte and in its exit code."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from harness.tests.hosts import PYTHON

CLOSED: Final = "standard output is closed: results are not shown\n"
TOLD: Final = "error: standard output cannot be written (No space left on device)"


def command(shell: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a command does whose streams a shell has put elsewhere."""
    script = f'exec "$0" -m conformance "$@" {shell}'
    return subprocess.run(
        ["/bin/sh", "-c", script, sys.executable, *arguments], capture_output=True, text=True, check=False
    )


def left(stream: str, *arguments: str) -> tuple[int, str]:
    """The exit code of a command whose reader of that stream is gone, and what it says on the other."""
    process = subprocess.Popen(
        [sys.executable, "-m", "conformance", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    gone, kept = (process.stdout, process.stderr) if stream == "stdout" else (process.stderr, process.stdout)
    assert gone is not None
    assert kept is not None
    gone.close()
    with kept:
        return process.wait(), kept.read()


@pytest.fixture(scope="module")
def run(few: str) -> tuple[str, ...]:
    """The words of a run."""
    return ("run", PYTHON, "--cases", few, "--contain", "off")


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory, run: tuple[str, ...]) -> tuple[str, str, bytes]:
    """What a run says to those who listen, on both streams, OUT being its file, and what that holds."""
    out = tmp_path_factory.mktemp("heard") / "run.jsonl"
    result = command("", *run, "--out", str(out))
    assert (result.returncode, "planned" in result.stdout, "answers" in result.stderr) == (0, True, True)
    return result.stdout, result.stderr.replace(str(out), "OUT"), out.read_bytes()


@pytest.mark.parametrize(
    ("shell", "said", "told"),
    [
        pytest.param(">&-", False, CLOSED, id="no output"),
        pytest.param("<&- >&- 2>&-", False, None, id="nothing"),
        pytest.param("2>/dev/full", True, None, id="error stream full"),
    ],
)
def test_elsewhere(
    tmp_path: Path, heard: tuple[str, str, bytes], run: tuple[str, ...], shell: str, said: object, told: str | None
) -> None:
    """Streams that are closed or cannot be written to change nothing of a run; a closed output is told of."""
    out = tmp_path / "run.jsonl"
    result = command(shell, *run, "--out", str(out))
    expected = (0, heard[0] if said else "", "" if told is None else told + heard[1])
    assert (result.returncode, result.stdout, result.stderr.replace(str(out), "OUT")) == expected
    assert out.read_bytes() == heard[2]


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_gone(tmp_path: Path, heard: tuple[str, str, bytes], run: tuple[str, ...], stream: str) -> None:
    """Readers that go early change nothing of a run."""
    out = tmp_path / "run.jsonl"
    code, said = left(stream, *run, "--out", str(out))
    assert (0, heard[stream == "stdout"]) == (code, said.replace(str(out), "OUT"))
    assert out.read_bytes() == heard[2]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("list", "clauses", "--json"), id="results"),
        pytest.param(("--help",), id="help"),
        pytest.param(("run", "--help"), id="help of a command"),
        pytest.param(("--version",), id="version"),
    ],
)
def test_full(arguments: tuple[str, ...]) -> None:
    """What is asked for and cannot be written is told as a failure, without more."""
    result = command(">/dev/full", *arguments)
    assert (result.returncode, result.stderr.splitlines()[0], "Traceback" in result.stderr) == (3, TOLD, False)


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_error(stream: str) -> None:
    """A command that fails has its exit code, whoever reads why."""
    assert left(stream, "report", "no-such-run.jsonl")[0] == 2


def test_page() -> None:
    """Who has read enough of a long list is not answered."""
    assert left("stdout", "list", "vectors") == (0, "")
