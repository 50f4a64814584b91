"""What the commands do to contain the cases of a file, and what they say of it."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from conformance.cli import main
from conformance.cli.cases import foreign
from harness.model.case import Case
from harness.model.codec import encode_document
from harness.model.source import Alias, Assign, Import, Source
from harness.model.tree import Root, SourceFile, Tree

CASE = Case(Tree((Root((SourceFile("a.py", Source((Assign("x", 1),))),)),)), Source((Import((Alias("a"),)),)))


@pytest.fixture
def case_file(tmp_path: Path) -> str:
    """A case in a file."""
    path = tmp_path / "case.json"
    path.write_bytes(encode_document(CASE))
    return str(path)


@pytest.fixture
def writing(tmp_path: Path) -> str:
    """A command that writes outside the scratch directory before it becomes an interpreter."""
    path = tmp_path / "command"
    path.write_text(f'#!/bin/sh\necho >> {tmp_path / "log"} || exit 9\nexec {sys.executable} "$@"\n')
    path.chmod(0o755)
    return str(path)


def test_doctor_tells_the_lines(writing: str) -> None:
    """By act, who keeps a case from it; by measure, why it is not taken."""
    told = json.loads(CliRunner().invoke(main, ["doctor", "--base", sys.executable, writing, "--json"]).stdout)
    assert [[], ["alone", "writing"]] == [sorted(item["lost"]) for item in told]
    assert ["hook", "Landlock"] == told[0]["lines"]["writing"]
    assert ["hook"] == told[1]["lines"]["writing"]
    shown = CliRunner().invoke(main, ["doctor", writing]).stdout
    assert "is asked without writing: expected an interpreter, it ended with status 9" in " ".join(shown.split())


@pytest.mark.parametrize("arguments", [["replay", "CASE", "COMMAND"], ["run", "COMMAND", "--cases", "CASE"]])
@pytest.mark.parametrize(("contain", "code"), [("auto", 0), ("require", 3), ("off", 0)])
def test_required(contain: str, code: int, arguments: list[str], case_file: str, writing: str) -> None:
    """A case of a file is asked behind what holds, or refused where the system does not contain it."""
    words = {"CASE": case_file, "COMMAND": writing}
    given = [words.get(word, word) for word in arguments]
    result = CliRunner().invoke(main, [*given, "--contain", contain])
    assert code == result.exit_code, result.output
    assert (contain == "auto") == ("the system does not contain its writing;" in " ".join(result.stderr.split()))
    assert (code == 3) == ("the system does not contain it:" in " ".join(result.stderr.split()))


def test_whose_cases_are_foreign() -> None:
    """Those of files are, run files among them; vectors are the suite's own."""
    assert [True, True, False] == [
        foreign("case.json", None),
        foreign("1", Path("run.jsonl")),
        foreign("namespace-two-roots", None),
    ]


def test_vectors_do_not_pay(writing: str) -> None:
    """What is the suite's own is asked of a command that no system contains, whatever is required of files."""
    for given in (["replay", "namespace-two-roots"], ["run", "--vectors-only", "--clauses", "namespace.*"]):
        result = CliRunner().invoke(main, [given[0], *given[1:], writing, "--contain", "require"])
        assert ("does not contain" in result.output, result.exit_code in {0, 1}) == (False, True), result.output
