"""Whatever is wrong with the input: one message, one hint, the exit code of the contract, and no traceback."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conformance.cli import explaining, interpreters, main
from harness.model.case import Case
from harness.model.codec import encode_document
from harness.model.source import Alias, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.run import HarnessError, Workspace
from harness.tests.hosts import PYTHON

CASE = Case(Tree((Root((SourceFile("a.py"),)),)), Source((Import((Alias("a"),)),)))


HUGE = "9" * 5000


def told(*arguments: str) -> tuple[int, str]:
    """The exit code and what was written to standard error."""
    result: Result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.stderr


def written(path: Path, text: str, mode: int = 0o644) -> str:
    """The path of a new file."""
    path.write_text(text)
    path.chmod(mode)
    return str(path)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        pytest.param("exit 7", "it ended with status 7", id="dies"),
        pytest.param("echo hello", "expected an interpreter", id="something else"),
        pytest.param("kill -SEGV $$", "it ended by signal 11", id="crashes"),
        pytest.param('echo "refused: this is Python 2.7, expected 3.8 or later" > $3', "this is Python 2.7", id="old"),
    ],
)
def test_no_interpreter(tmp_path: Path, script: str, message: str) -> None:
    """A command that is no interpreter, or one too old, is refused with what it did."""
    command = written(tmp_path / "python", f"#!/bin/sh\n{script}\n", 0o755)
    code, error = told("run", command, "--vectors-only")
    assert (code, error.startswith(f"error: {command}: "), message in error, "hint: " in error) == (2, True, True, True)


@pytest.mark.parametrize(
    ("script", "hint"),
    [
        pytest.param(
            "echo x: error while loading shared libraries: y >&2; exit 127", "LD_LIBRARY_PATH=DIR", id="library"
        ),
        pytest.param("echo Fatal Python error: x >&2; exit 1", "FILE, a file of yours with one line", id="file"),
    ],
)
def test_no_interpreter_hint(tmp_path: Path, script: str, hint: str) -> None:
    """What keeps an interpreter from starting is told with what helps against that."""
    code, error = told("run", written(tmp_path / "python", f"#!/bin/sh\n{script}\n", 0o755), "--vectors-only")
    assert (2, True, False) == (code, hint in error, "3.8 or later" in error)


@pytest.mark.parametrize("others", [["exit 127"], ["kill -SEGV $$", "exit 7"]])
def test_doctor_tells_of_the_others(tmp_path: Path, others: list[str]) -> None:
    """Who does not start keeps ``doctor`` from nobody else, and the exit code is that of one who is none."""
    broken = [written(tmp_path / f"python{at}", f"#!/bin/sh\n{text}\n", 0o755) for at, text in enumerate(others)]
    result = CliRunner().invoke(main, ["doctor", *broken, PYTHON])
    assert (2, True) == (result.exit_code, PYTHON in result.stdout), result.output
    assert [f"error: {name}: " in result.stderr for name in broken] == [True] * len(broken)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("./there/is/no/python", "expected a file", id="path"),
        pytest.param("no-such-command", "there is no such command", id="command"),
        pytest.param("9.99", "no such interpreter is found", id="version"),
        pytest.param("'", "No closing quotation", id="quotes"),
    ],
)
@pytest.mark.parametrize("command", ["run", "doctor", "replay"])
def test_nothing_there(tmp_path: Path, command: str, name: str, message: str) -> None:
    """What names no interpreter is refused by every command that needs one."""
    case = tmp_path / "case.json"
    case.write_bytes(encode_document(CASE))
    code, error = told(command, *([str(case)] if command == "replay" else []), name)
    assert (code, message in error, "hint: " in error) == (2, True, True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("hello", "JSON is malformed", id="text"),
        pytest.param("", "truncated", id="empty"),
        pytest.param('{"schema": 99, "case": {}}', "schema version 99, expected 1 to 2", id="schema"),
        pytest.param('{"schema": 2, "case": {"tree": 3}}', "Expected", id="no case"),
        pytest.param('{"schema": 2, "case": {"program": {}, "tree": {"roots": [{"entries": ['
                     '{"type": "source-file", "path": "../x"}]}]}}}', "path '../x' of a tree entry", id="outside"),
        pytest.param("[" * 100_000, "recursion", id="deep"),
    ],
)  # fmt: skip
def test_no_case(tmp_path: Path, text: str, message: str) -> None:
    """A file that is no case, or one of another schema version, is refused before anybody is asked."""
    code, error = told("replay", written(tmp_path / "case.json", text), sys.executable)
    assert (code, message in error, "hint: " in error) == (2, True, True)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("explain", "no.such-clause"), id="explain"),
        pytest.param(("run", sys.executable, "--clauses", "no.such-*"), id="run"),
        pytest.param(("explain", "no-such-file.json"), id="file"),
        pytest.param(("list", "findings", "no-such-run.jsonl"), id="no such run"),
        pytest.param(("list", "vectors", "--uncovered"), id="uncovered vectors"),
        pytest.param(("explain", "bind.import-toplevel-binds-name", "--language", "new"), id="language"),
        pytest.param(("explain", "import-as-binds-alias-only", "--language", "2.7"), id="language of no document"),
        pytest.param(("explain", "import-as-binds-alias-only", "--language", f"3.{HUGE}"), id="language too long"),
        pytest.param(("explain", "a" * 5000), id="name too long"),
        pytest.param(("explain", "/dev/zero"), id="no file"),
        pytest.param(("replay", "/dev/zero", sys.executable), id="endless case"),
        pytest.param(("run", sys.executable, "--cases", "/dev/zero"), id="endless cases"),
        pytest.param(("report", "/dev/zero"), id="endless run"),
        pytest.param(("run", sys.executable, "--expectations", "/dev/zero"), id="endless expectations"),
        pytest.param(("run", sys.executable, "--update-expectations", "/dev/zero"), id="endless update"),
        pytest.param(("list", "vectors", "run.jsonl"), id="vectors of a run"),
        pytest.param(("replay", "a", sys.executable, "--run", "no-such-run.jsonl"), id="case of no run"),
    ],
)
def test_unknown(arguments: Sequence[str]) -> None:
    """A clause, a file or a version that there is not is refused with a hint."""
    code, error = told(*arguments)
    assert (code, error.startswith("error: "), error.count("\n")) == (2, True, 2)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        pytest.param("--seed", "9" * 30, id="seed"),
        pytest.param("--seed", HUGE, id="seed of many digits"),
        pytest.param("--examples", "9" * 30, id="examples"),
        pytest.param("--sparse", "9" * 30, id="sparse"),
        pytest.param("-j", "1001", id="subjects"),
        pytest.param("--budget", "nan", id="no number of seconds"),
        pytest.param("--budget", "1e400", id="seconds without end"),
    ],
)
def test_number(option: str, value: str) -> None:
    """A number that nothing can be counted by is refused, by the option that it was given to."""
    code, error = told("run", sys.executable, option, value)
    assert (code, f"Invalid value for '{option}'" in error) == (2, True)


@pytest.mark.parametrize("command", [("run", sys.executable), ("explain", "bind.import-toplevel-binds-name")])
def test_observed(monkeypatch: pytest.MonkeyPatch, command: Sequence[str]) -> None:
    """Where each generated case would be written down by others none is generated."""
    monkeypatch.setenv("HYPOTHESIS_EXPERIMENTAL_OBSERVABILITY", "1")
    code, error = told(*command)
    assert (code, error.startswith("error: HYPOTHESIS_EXPERIMENTAL_OBSERVABILITY is set: ")) == (2, True)


@pytest.mark.parametrize("shard", ["0/2", "3/2", "1", "a/b", "1/0"])
def test_shard(shard: str) -> None:
    """A shard that is none is refused."""
    code, error = told("run", sys.executable, "--shard", shard)
    assert (code, "expected I/N" in error) == (2, True)


def test_no_directory_for_the_run_file(tmp_path: Path) -> None:
    """A run file that cannot be made is refused before any case is asked."""
    out = tmp_path / "missing" / "run.jsonl"
    code, error = told("run", PYTHON, "--vectors-only", "--out", str(out))
    assert (code, error.startswith(f"error: {out}: cannot be written")) == (2, True)


@pytest.mark.parametrize("arguments", [("--examples", "5")])
def test_full_disk(arguments: Sequence[str]) -> None:
    """When the disk is full the run is incomplete, and says so."""
    code, error = told("run", PYTHON, "--out", "/dev/full", *arguments)
    assert (code, "No space left on device" in error, "hint: " in error) == (3, True, True)


def test_no_scratch_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no scratch directory can be made nothing is run."""
    monkeypatch.setattr(interpreters, "Workspace", lambda: Workspace(tmp_path / "missing"))
    code, error = told("run", sys.executable)
    assert (code, "scratch directory" in error, "hint: " in error) == (3, True, True)


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        pytest.param(HarnessError("it broke"), 2, id="known"),
        pytest.param(RuntimeError("it broke"), 5, id="unknown"),
    ],
)
def test_fault_of_the_suite(monkeypatch: pytest.MonkeyPatch, error: Exception, lines: int) -> None:
    """When the suite itself fails nothing is said of the implementation: exit code 3, and not 1."""

    def broken(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(explaining, "predict", broken)
    code, told_ = told("explain", "import-as-binds-alias-only")
    assert (code, "fault of the suite" in told_, "it broke" in told_, told_.count("\n") >= lines) == (
        3,
        True,
        True,
        True,
    )


def test_cut_run_file(tmp_path: Path, few: str) -> None:
    """What a cut run file holds can be listed, with a word about its end."""
    out = tmp_path / "run.jsonl"
    told("run", PYTHON, "--cases", few, "--contain", "off", "--out", str(out))
    out.write_bytes(out.read_bytes()[:-10])
    result = CliRunner().invoke(main, ["list", "findings", str(out)])
    assert (result.exit_code, "the run has no end" in result.stdout) == (0, True)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        pytest.param("star.all-names-required-to-exit", "star.all-names-required-to-exist", id="clause"),
        pytest.param("star-all-mising-name", "star-all-missing-name", id="vector"),
        pytest.param("star.all-names", "star.all-names-required-to-exist", id="beginning"),
    ],
)
def test_what_is_misspelt_is_guessed(name: str, meant: str) -> None:
    """Of a clause or a vector that is not there, those are named that are spelt much the same."""
    code, error = told("explain", name)
    assert (code, meant in error) == (2, True)


def test_what_a_case_file_looks_like_is_told(tmp_path: Path) -> None:
    """Who writes a case file by hand is told of its outermost fields."""
    code, error = told("replay", written(tmp_path / "case.json", '{"tree": {}}'), sys.executable)
    assert (code, '{"schema": 2, "case": {' in error) == (2, True)
