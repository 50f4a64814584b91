"""The commands on an implementation that is there: the interpreter that runs the tests."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from conformance.catalogue import catalogue, vectors
from conformance.cli import explaining, main, running
from conformance.cli.stopping import Stop
from harness.model.case import Case
from harness.model.codec import encode_document
from harness.model.source import Alias, Assign, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.tests.hosts import PYTHON
from reports.tests.memory import read_run

SOME = 20
PARTS = 12
CASE = Case(Tree((Root((SourceFile("a.py", Source((Assign("x", 1),))),)),)), Source((Import((Alias("a"),)),)))


def output(*arguments: str) -> str:
    """What a command that ends well writes to standard output."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def case_file(tmp_path: Path) -> str:
    """A case in a file."""
    path = tmp_path / "case.json"
    path.write_bytes(encode_document(CASE))
    return str(path)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a part of a run of all vectors and some generated cases."""
    out = tmp_path_factory.mktemp("everything") / "run.jsonl"
    CliRunner().invoke(main, ["run", PYTHON, "--examples", "120", "--shard", f"1/{PARTS}", "--out", str(out)])
    return out


def test_run_writes_one_record_a_case(everything: Path) -> None:
    """A run file holds a record for every case: its part of the vectors, and then of the generated cases."""
    run = read_run(everything)
    generated = sum(record.origin == "generated" for record in run.records)
    assert (run.whole, len(run.records)) == (True, -(-(120 + len(vectors())) // PARTS))
    assert abs(generated - 120 / PARTS) <= 1


def test_run_file_holds_no_path_of_this_machine(everything: Path) -> None:
    """Neither the command nor the scratch directory nor that of the file can be read from a run file."""
    data = everything.read_text()
    absent = (sys.base_prefix, "import-conformance-", str(everything.parent))
    assert [text for text in absent if text in data] == []


def test_run_of_merged_cases(tmp_path: Path, few: str) -> None:
    """Vectors are merged as well by the shards of a run, which together are that run, and by one that goes on."""
    paths = [tmp_path / name for name in ("whole", "1", "2", "both")]
    command = ["run", PYTHON, "--cases", few, "--contain", "off", "--mix", "merged", "--examples", "12"]
    for shard, path in zip(("1/1", "1/2", "2/2"), paths, strict=False):
        CliRunner().invoke(main, [*command, "--shard", shard, "--out", str(path)])
    CliRunner().invoke(main, ["report", str(paths[1]), str(paths[2]), "--out", str(paths[3])])
    whole = paths[0].read_bytes()
    paths[0].write_bytes(whole[: len(whole) * 9 // 10])
    CliRunner().invoke(main, [*command, "--out", str(paths[0]), "--resume"])
    assert (paths[3].read_bytes(), paths[0].read_bytes(), b'"mix":"merged"' in whole) == (whole, whole, True)


def test_run_of_some_clauses() -> None:
    """With a glob only cases are asked whose prediction cites such a clause."""
    result = CliRunner().invoke(main, ["run", PYTHON, "--clauses", "star.*", "--examples", "3", "--json"])
    told = json.loads(result.stdout)
    written = sum(any(clause.startswith("star.") for clause in vector.clauses) for vector in vectors().values())
    assert (told["complete"], told["implementations"][0]["cases"] >= 3 + written) == (True, True)


def test_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the time given is over the run ends, and what was not asked is counted with that reason."""
    out = tmp_path / "run.jsonl"

    def clock() -> float:
        """The time is over as soon as some answers are recorded."""
        return 16.0 if out.exists() and out.read_bytes().count(b'"type":"record"') > SOME else 0.0

    monkeypatch.setattr(running, "Stop", lambda _clock, budget, told: Stop(clock, budget, told))
    arguments = ["--examples", "100000", "--budget", "15", "--json", "--out", str(out)]
    result = CliRunner().invoke(main, ["run", PYTHON, *arguments])
    footer = json.loads(result.stdout)["footer"]
    assert footer["planned"] == footer["executed"] + sum(footer["reasons"].values())
    assert (footer["reasons"]["budget spent"] > 0, result.exit_code) == (True, 0)


def test_replay(case_file: str) -> None:
    """Replay shows tree, program, verdict and, if they are asked for, all facts with their clauses."""
    shown = output("replay", case_file, PYTHON, "--facts")
    for part in ("r0/a.py", "import a", "conforms", "x in module a", "bind.import-toplevel-binds-name"):
        assert part in shown


def test_replay_json(case_file: str) -> None:
    """Replay --json gives prediction and observation of each implementation."""
    told = json.loads(output("replay", case_file, PYTHON, "--json"))
    (only,) = told["implementations"]
    assert only["observation"]["facts"]["binding/a"] == ["module", "a"]
    (world,) = only["prediction"]["worlds"]
    assert world["facts"]["binding/a"]["value"] == ["module", "a"]


def test_explain_clause() -> None:
    """Explain tells the statement and the source of a clause, and where it is published."""
    clause = catalogue()["bind.import-as-binds-alias-only"]
    shown = output("explain", clause.id)
    assert [part for part in (clause.statement, clause.source, clause.link) if part not in shown] == []


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hardly any generated case is looked through for those that exercise a clause."""
    monkeypatch.setattr(explaining, "SAMPLE", 1)


@pytest.mark.usefixtures("hasty")
def test_explain_restatement() -> None:
    """Explain tells which clause a restatement shares its decision with."""
    clause = catalogue()["errors.mnfe-for-none"]
    assert f"restates    {clause.restates}" in output("explain", clause.id)


@pytest.mark.usefixtures("hasty")
def test_explain_untestable() -> None:
    """Explain tells why no case can test a clause."""
    clause = catalogue()["flags.presite"]
    assert f"untestable  build: {clause.untestable_reason}" in output("explain", clause.id)


def test_explain_case(case_file: str) -> None:
    """Explain tells what the documents say of a case."""
    shown = output("explain", case_file)
    assert ("x in module a" in shown, "bind.import-toplevel-binds-name" in shown) == (True, True)


@pytest.mark.parametrize("kind", ["clauses", "vectors"])
def test_list(kind: str) -> None:
    """List tells as many as there are, for people and for machines."""
    everything = {"clauses": len(catalogue()), "vectors": len(vectors())}[kind]
    assert len(json.loads(output("list", kind, "--json"))) == everything
    assert f"{everything:,} {kind[:-1]}" in output("list", kind)


def test_list_uncovered() -> None:
    """A clause is uncovered unless a vector notices, in every version, that it is not kept."""
    some = ("star", "flags", "from.names-*")
    uncovered = {clause["id"] for clause in json.loads(output("list", "clauses", *some, "--uncovered", "--json"))}
    covered = {"star.all-in-namespace", "from.names-processed-in-order", "flags.presite"}
    assert (uncovered & covered, len(uncovered) > 0) == (set(), True)


@pytest.mark.usefixtures("hasty")
def test_explain_departure() -> None:
    """Explain tells what could be done instead of what a clause says, and which vectors notice it."""
    shown = output("explain", "star.all-in-namespace")
    assert "from __getattr__: a star import takes __all__ from a module __getattr__ or its class (noticed by" in shown


def test_explain_what_is_no_longer_in_force() -> None:
    """A clause is explained by the newest documents that have it, which are named."""
    shown = " ".join(output("explain", "loading.load-module-must-reuse").split())
    assert "until 3.15; what follows is by those of 3.14" in shown
    assert "noticed by no vector" not in shown


def test_explain_what_a_case_notices() -> None:
    """Explain tells which departures a case brings to light."""
    assert "star.all-in-namespace: from __getattr__" in output("explain", "getattr-star-all-itself")


def test_doctor() -> None:
    """Doctor says that the adapter of a working interpreter works."""
    (told,) = json.loads(output("doctor", PYTHON, "--json"))
    assert ({smoke["outcome"] for smoke in told["smokes"]}, told["identity"]["name"]) == (
        {"completed", "raised"},
        "cpython",
    )
    assert "works" in output("doctor", PYTHON)


def test_doctor_of_an_adapter_that_fails(tmp_path: Path) -> None:
    """An interpreter that says hello and then answers nothing has an adapter that does not work: exit code 3."""
    command = tmp_path / "python"
    command.write_text(f'#!/bin/sh\n[ "$2" = hello ] && exec {sys.executable} "$@"\nexit 0\n')
    command.chmod(0o755)
    result = CliRunner().invoke(main, ["doctor", str(command)])
    assert (result.exit_code, "its adapter cannot be trusted" in result.stdout) == (3, True)


def test_help() -> None:
    """Every command explains itself."""
    assert all("Usage: " in output(name, "--help") for name in ("run", "replay", "list", "explain", "doctor"))


@pytest.fixture(scope="module")
def run_files(tmp_path_factory: pytest.TempPathFactory, few: str) -> tuple[str, str]:
    """The two shards of a run."""
    directory = tmp_path_factory.mktemp("runs")
    for shard in (1, 2):
        out = str(directory / f"{shard}.jsonl")
        arguments = ["--cases", few, "--contain", "off", "--shard", f"{shard}/2", "--out", out]
        CliRunner().invoke(main, ["run", PYTHON, *arguments])
    return str(directory / "1.jsonl"), str(directory / "2.jsonl")


def test_report_adds_shards_up(tmp_path: Path, run_files: tuple[str, str]) -> None:
    """Of two shards report tells as of one run, in every form."""
    paths = {form: tmp_path / f"all.{form}" for form in ("markdown", "json", "junit")}
    asked = [word for form, path in paths.items() for word in (f"--{form}", str(path))]
    CliRunner().invoke(main, ["report", *run_files, *asked])
    told = json.loads(paths["json"].read_text())
    both = sum(len(read_run(Path(path)).records) for path in run_files)
    assert (told["footer"]["planned"], told["implementations"][0]["cases"]) == (both, both)
    assert all(path.stat().st_size > 0 for path in paths.values())
    assert "--shard" not in paths["markdown"].read_text("utf-8")


def test_compare_a_run_with_itself(run_files: tuple[str, str]) -> None:
    """Between a run and itself nothing changed."""
    assert "nothing changed" in output("compare", run_files[0], run_files[0])


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["compare", "{0}"], id="one"),
        pytest.param(["compare", "{0}", "{1}", "--interpreters", "a", "b"], id="two with labels"),
        pytest.param(["compare", "{0}", "--interpreters", "a", "b"], id="labels"),
        pytest.param(["report", "{0}", "no-such-run.jsonl"], id="missing"),
        pytest.param(["report", "{0}", "--markdown", "{1}"], id="written over a run file"),
    ],
)
def test_wrong_runs(run_files: tuple[str, str], arguments: list[str]) -> None:
    """What cannot be compared or added up is refused."""
    result = CliRunner().invoke(main, [word.format(*run_files) for word in arguments])
    assert (result.exit_code, "error: " in result.stderr) == (2, True)
