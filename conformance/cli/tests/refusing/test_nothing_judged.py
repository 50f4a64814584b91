"""Where nothing was judged the exit code is never 0."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conformance.catalogue import vectors
from conformance.cli import main, replaying
from conformance.stored import stored_cases
from harness.diff import Verdict
from harness.model.clauses import Clause, Level
from harness.tests.hosts import PYTHON
from reports import RUN_SCHEMA, Arguments, Footer, Header, Implementation, Line, Record, RunWriter, Shares

HOST = ("run", PYTHON)
CLAUSE = Clause("a.b", "a", "language", "It holds.", "a document", "", "", Level.MUST, "something", seed=False)


def said(*arguments: str) -> Result:
    """What a command does."""
    return CliRunner().invoke(main, arguments)


def header(*names: str) -> Header:
    """The header of a run of these implementations."""
    who = tuple(Implementation(name, name, "1", (3, 12)) for name in names)
    return Header(RUN_SCHEMA, "1.0", 0, Arguments(1), who, (CLAUSE,))


def record(place: int, verdict: Verdict, case: str = "id") -> Record:
    """What is said of the only case."""
    reason = "no fork" if verdict is Verdict.UNSUPPORTED else ""
    return Record(0, case, "generated", place, verdict, 1, (0,), reason=reason)


def footer(executed: int, left: int = 0) -> Footer:
    """The end of a run that left so many questions out."""
    return Footer(executed + left, executed, {"unsupported: no fork": left} if left else {}, Shares())


def written(path: Path, *lines: Line) -> str:
    """The path of a run file of those lines."""
    with path.open("wb") as file:
        RunWriter(file).write(*lines)
    return str(path)


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        pytest.param(("--clauses", "threads.*"), 2, "they decide none of the cases", id="clauses without a case"),
        pytest.param(("--clauses", ""), 2, "the catalogue has none that matches", id="no clause"),
        pytest.param(
            ("--cases", "CASES", "--clauses", "relative.*"), 2, "they decide none", id="stored cases of others"
        ),
        pytest.param(("--cases", "CASES", "--shard", "3/4"), 2, "of 2 cases that part has none", id="empty shard"),
        pytest.param(("--vectors-only", "--budget", "0.000001"), 3, "budget spent before", id="budget"),
    ],
)
def test_run(tmp_path: Path, options: Sequence[str], code: int, message: str) -> None:
    """A run that leaves nothing to ask, or comes to its end before it asked, says so with one message and a hint."""
    cases = tmp_path / "cases.jsonl"
    cases.write_bytes(b"".join(stored_cases([vector.case for vector in list(vectors().values())[:2]])))
    result = said(*HOST, *(str(cases) if item == "CASES" else item for item in options), "--examples", "0")
    assert (result.exit_code, message in result.stderr, result.stderr.count("\n")) == (code, True, 2)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((header("a"), footer(0)), id="no case"),
        pytest.param((header("a"), record(0, Verdict.UNSUPPORTED), footer(0, 1)), id="nobody"),
        pytest.param(
            (header("a", "b"), record(0, Verdict.CONFORMS), record(1, Verdict.UNSUPPORTED), footer(1, 1)), id="one"
        ),
        pytest.param((header(), footer(0)), id="no implementation"),
    ],
)
def test_report(tmp_path: Path, lines: Sequence[Line]) -> None:
    """A run in which nothing was judged of somebody is not complete, whatever its footer says."""
    assert said("report", written(tmp_path / "run.jsonl", *lines)).exit_code == 3


def test_report_of_what_was_judged(tmp_path: Path) -> None:
    """One case of each implementation is enough."""
    lines = (header("a", "b"), record(0, Verdict.CONFORMS), record(1, Verdict.CONFORMS), footer(2))
    assert said("report", written(tmp_path / "run.jsonl", *lines)).exit_code == 0


@pytest.mark.parametrize(
    ("after", "code", "message"),
    [
        pytest.param((header("b"), record(0, Verdict.CONFORMS)), 2, "no implementation in common", id="others"),
        pytest.param((header("a"), record(0, Verdict.CONFORMS, "other")), 2, "no case in common", id="other cases"),
        pytest.param((header("a"),), 2, "no case in common", id="no cases"),
        pytest.param((header("a"), record(0, Verdict.UNSUPPORTED)), 3, "nothing was judged on both", id="unsupported"),
        pytest.param((header("a", "b"), record(0, Verdict.CONFORMS)), 0, "only in one of the runs: b", id="one more"),
    ],
)
def test_compare(tmp_path: Path, after: Sequence[Line], code: int, message: str) -> None:
    """Runs without a case that was judged in both of them tell nothing of each other."""
    before = written(tmp_path / "before.jsonl", header("a"), record(0, Verdict.CONFORMS))
    result = said("compare", before, written(tmp_path / "after.jsonl", *after))
    assert (result.exit_code, message in result.output) == (code, True)


def test_compare_implementations(tmp_path: Path) -> None:
    """Two implementations of which one was not judged tell nothing of each other."""
    path = written(
        tmp_path / "run.jsonl", header("a", "b"), record(0, Verdict.CONFORMS), record(1, Verdict.UNSUPPORTED)
    )
    assert said("compare", path, "--interpreters", "a", "b").exit_code == 3


@pytest.mark.parametrize(
    ("verdicts", "incomplete"),
    [
        pytest.param((Verdict.UNSUPPORTED, Verdict.UNSUPPORTED), True, id="nobody"),
        pytest.param((Verdict.CONFORMS, Verdict.UNSUPPORTED), False, id="one"),
        pytest.param((Verdict.CONFORMS, Verdict.FLAKY), True, id="flaky"),
        pytest.param((Verdict.CONFORMS, Verdict.HARNESS_FAULT), True, id="fault"),
    ],
)
def test_replay(verdicts: Sequence[Verdict], *, incomplete: bool) -> None:
    """A case that nobody can be asked has told nothing, and neither has one whose repetition disagreed."""
    assert replaying._incomplete(set(verdicts)) == incomplete
