"""One seed, one run file: whatever is around it, and however the work is divided, no byte of it is another."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from conformance.catalogue import vectors
from conformance.cli import main
from conformance.stored import stored_cases
from conformance.tests.zoo.building import built
from conformance.tests.zoo.naming import underscored_names_taken
from harness.run import workspace
from harness.tests.hosts import PYTHON
from reports.tests.memory import read_run

ROOT: Final = Path(__file__).resolve().parents[3]
ODD: Final = (
    "two words",
    "Grüße",
    "日本",
    'quo\'te "and" $x %s {} \\ * [ # &',
    "new\nline",
    "x.zip",
    "d" * 200,
    "e" * 200,
)
"""Names of directories, one in the other."""

ABOUT: Final = ("star.no-all", "star.all-in", "star.missing")
"""What the clauses begin with of which some are kept by neither, and some by the sound one."""

Command = tuple[str, str]
"""A sound interpreter and one with a fault."""

What = tuple[str, ...]
"""The options that say what is asked."""


@pytest.fixture(scope="module")
def what(tmp_path_factory: pytest.TempPathFactory) -> What:
    """Cases about star imports, and some that are generated."""
    path = tmp_path_factory.mktemp("cases") / "cases.jsonl"
    about = (vector for vector in vectors().values() if any(name.startswith(ABOUT) for name in vector.clauses))
    path.write_bytes(b"".join(stored_cases(vector.case for vector in about)))
    return ("--seed", "5", "--examples", "12", "--contain", "off", "--cases", str(path))


@pytest.fixture(scope="module")
def interpreters(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """The interpreter at hand, and it with a fault."""
    return PYTHON, str(built(tmp_path_factory.mktemp("fake") / "fake", underscored_names_taken))


def ran(out: Path, interpreters: Command, what: What, *options: str) -> bytes:
    """The file of a run in this process."""
    result = CliRunner().invoke(main, ["run", *interpreters, *what, "--out", str(out), *options])
    assert result.exit_code == 1, result.output
    return out.read_bytes()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, interpreters: Command, what: What) -> bytes:
    """What all are compared with: divergences, findings, things known."""
    path = tmp_path_factory.mktemp("expected") / "run.jsonl"
    data = ran(path, interpreters, what, "-j", "1")
    run = read_run(path)
    assert {item.verdict.value for item in run.records} > {"conforms", "diverges", "known"}
    assert (run.whole, len(run.findings) > 2) == (True, True)
    return data


def test_jobs(tmp_path: Path, interpreters: Command, what: What, expected: bytes) -> None:
    """However many subjects there are; the parts of a divided run have one, two and three."""
    assert ran(tmp_path / "run.jsonl", interpreters, what, "-j", "4") == expected


def test_places(
    tmp_path: Path, interpreters: Command, what: What, expected: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever trees lie and the runner stands, and by whatever paths interpreters go that tell them apart."""
    place = tmp_path.joinpath(*ODD)
    place.mkdir(parents=True)
    one, other = (_moved(command, place) for command in interpreters)
    monkeypatch.setattr(workspace, "MEMORY", place)
    monkeypatch.chdir(place)
    assert ran(tmp_path / "run.jsonl", (one, other), what) == expected


def _moved(command: str, place: Path) -> str:
    """Another path of the command, with an end that says the same."""
    path = Path(command)
    (place / path.parts[-3]).symlink_to(path.parents[1])
    return str(place.joinpath(*path.parts[-3:]))


@contextlib.contextmanager
def busy() -> Iterator[None]:
    """Within the block every processor has more to do than it can."""
    processes = [subprocess.Popen([PYTHON, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_surroundings(tmp_path: Path, interpreters: Command, what: What, expected: bytes) -> None:
    """Whatever the order of sets, language, time zone, home and permissions are, on a machine that is busy."""
    out = tmp_path / "run.jsonl"
    around = {
        "PYTHONHASHSEED": "4711",
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "tr_TR.UTF-8",
        "TZ": "Asia/Kathmandu",
        "HOME": str(tmp_path),
        "CI": "true",
    }
    command = [sys.executable, "-m", "conformance", "run", *interpreters, *what, "--out", str(out)]
    with busy():
        environment = {**os.environ, **around}
        ended = subprocess.run(command, cwd=tmp_path, env=environment, umask=0o077, capture_output=True, check=False)
    assert (ended.returncode, out.read_bytes() == expected) == (1, True), ended.stderr.decode()


def test_shards(tmp_path: Path, interpreters: Command, what: What, expected: bytes) -> None:
    """However a run is divided, and in whatever order its parts are put together."""
    parts = [tmp_path / f"{index}.jsonl" for index in (1, 2, 3)]
    for index, path in enumerate(parts, 1):
        ran(path, interpreters, what, "--shard", f"{index}/3", "-j", str(index))
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        out = tmp_path / "merged.jsonl"
        result = CliRunner().invoke(main, ["report", *(str(parts[at]) for at in order), "--out", str(out)])
        assert (result.exit_code, out.read_bytes() == expected) == (1, True), result.output
