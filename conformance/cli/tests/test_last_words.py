"""What an implementation says that ends without an answer is shown wherever the finding is."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conformance.cli import main
from conformance.stored import stored_cases
from harness.model.case import Case
from harness.model.source import Alias, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.run.tests.fakes import fake
from harness.tests.hosts import PYTHON

CASE = Case(Tree((Root((SourceFile("bad.py"),)),)), Source((Import((Alias("bad"),)),)))
SAYS = "os.write(2, b'%d: broken at %s/x.c, it is\\n' % (os.getpid(), os.getcwd().encode()))"


@pytest.fixture(scope="module")
def crashing(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python that says something and is killed where ``bad`` is imported, as a command."""
    body = f"on_import('bad', lambda: {SAYS} and os.kill(os.getpid(), 9))\nhonest()\n"
    return " ".join(fake(tmp_path_factory.mktemp("crashing"), body))


def invoke(*arguments: str) -> Result:
    """What a command does."""
    return CliRunner().invoke(main, arguments)


@pytest.fixture(scope="module")
def run_file(crashing: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run file of the one case."""
    place = tmp_path_factory.mktemp("run")
    (place / "cases.jsonl").write_bytes(b"".join(stored_cases([CASE])))
    out = place / "run.jsonl"
    result = invoke("run", crashing, "--cases", str(place / "cases.jsonl"), "--out", str(out), "--contain", "off")
    assert (1, True) == (result.exit_code, "broken at …/x.c, it is" in result.stdout), result.output
    return out


def test_findings(run_file: Path, tmp_path: Path) -> None:
    """List, Markdown and JUnit have the words."""
    files = [tmp_path / "report.md", tmp_path / "report.xml"]
    invoke("report", str(run_file), "--markdown", str(files[0]), "--junit", str(files[1]))
    texts = [invoke("list", "findings", str(run_file)).stdout, *(path.read_text("utf-8") for path in files)]
    assert [True] * 3 == ["x.c, it is" in text for text in texts]


def test_the_run_file_does_not_tell_of_the_process(crashing: str, run_file: Path, tmp_path: Path) -> None:
    """Another run gives the same bytes."""
    out = tmp_path / "run.jsonl"
    cases = str(run_file.parent / "cases.jsonl")
    invoke("run", crashing, "--cases", cases, "--out", str(out), "--contain", "off", "-j", "2")
    assert run_file.read_bytes() == out.read_bytes()


def test_report_keeps_them(run_file: Path, tmp_path: Path) -> None:
    """What ``report --out`` makes of the one shard of a run is that run, byte for byte."""
    invoke("report", str(run_file), "--out", str(tmp_path / "run.jsonl"))
    assert run_file.read_bytes() == (tmp_path / "run.jsonl").read_bytes()


def test_replay(crashing: str, run_file: Path) -> None:
    """``replay`` shows all that this process said."""
    result = invoke("replay", "1", crashing, "--run", str(run_file), "--contain", "off")
    assert "broken at …/x.c, it is" in result.stdout


def test_reproducer(crashing: str, run_file: Path, tmp_path: Path) -> None:
    """The reproducer's output has the words too."""
    repro = tmp_path / "repro.py"
    invoke("replay", "1", crashing, "--run", str(run_file), "--contain", "off", "--repro", str(repro))
    shown = subprocess.run([sys.executable, repro, *crashing.split()], capture_output=True, check=False, text=True)
    assert (1, True) == (shown.returncode, "broken at " in shown.stdout), shown.stdout + shown.stderr


def test_doctor(tmp_path: Path) -> None:
    """``doctor`` shows all that a command said that is no interpreter."""
    (tmp_path / "bad.py").write_text("import sys\nsys.exit('first line\\nlast line')\n")
    result = invoke("doctor", f"{PYTHON} {tmp_path / 'bad.py'}")
    assert (2, True) == (result.exit_code, "    first line\n    last line\nhint" in result.output)
