"""``run --cases``: exactly the cases of the files that the user named."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conformance.catalogue import catalogue, vectors
from conformance.cli import main
from conformance.cli.cases import resolved
from conformance.cli.output import CommandError
from conformance.stored import stored_cases
from harness.model.case import case_id
from harness.tests.hosts import PYTHON
from reports import RUN_SCHEMA, Arguments, Header, RunWriter
from reports.records import Difference
from reports.tests.memory import Run, read_run

CASES = tuple(vector.case for vector in vectors().values())[::100][:6]


def run(*arguments: str) -> Result:
    """What ``run`` does with the interpreter that runs the tests."""
    return CliRunner().invoke(main, ["run", PYTHON, *arguments, "--contain", "off"])


@pytest.fixture
def stored(tmp_path: Path) -> str:
    """A file of cases."""
    path = tmp_path / "cases.jsonl"
    path.write_bytes(b"".join(stored_cases(CASES)))
    return str(path)


def asked(tmp_path: Path, *arguments: str) -> Run:
    """The run file of a run with those arguments."""
    out = tmp_path / "run.jsonl"
    run(*arguments, "--out", str(out))
    return read_run(out)


def test_those_and_no_others(tmp_path: Path, stored: str) -> None:
    """The stored cases are asked, in order; neither vectors nor generated cases."""
    found = asked(tmp_path, "--cases", stored)
    assert [(item.number, item.origin) for item in found.records] == [(at, "stored") for at in range(len(CASES))]


def test_generated_ones_on_demand(tmp_path: Path, stored: str) -> None:
    """With --examples as many generated cases follow, and only they count for the shares."""
    found = asked(tmp_path, "--cases", stored, "--examples", "4")
    assert found.footer is not None
    assert (len(found.records), found.footer.shares.generated) == (len(CASES) + 4, 4)


def test_where_implementations_differ(tmp_path: Path) -> None:
    """A case that is kept to show a difference is found by its id, as one is on which somebody departs."""
    path = tmp_path / "run.jsonl"
    clauses = tuple(catalogue().values())[:1]
    case = CASES[0]
    with path.open("wb") as file:
        writer = RunWriter(file)
        writer.write(Header(RUN_SCHEMA, "1", 1, Arguments(1), (), clauses), Difference(0, 3, case_id(case), case))
    assert case == resolved(case_id(case)[:12], path)
    with pytest.raises(CommandError, match="0 cases of"):
        resolved("f" * 64, path)


def test_header(tmp_path: Path, stored: str) -> None:
    """The header tells stored cases from others, and by nothing but the cases themselves."""
    elsewhere = tmp_path / "elsewhere.jsonl"
    elsewhere.write_bytes(Path(stored).read_bytes())
    fewer = tmp_path / "fewer.jsonl"
    fewer.write_bytes(b"".join(stored_cases(CASES[:5])))
    one, same, other = (asked(tmp_path, "--cases", str(path)).header.arguments for path in (stored, elsewhere, fewer))
    assert (one == same, one == other, one.examples) == (True, False, 0)


def test_clauses(tmp_path: Path, stored: str) -> None:
    """With a glob of clauses only those stored cases that such a clause decides."""
    everything = asked(tmp_path, "--cases", stored)
    wanted = {at for at, clause in enumerate(everything.header.clauses) if clause.id.startswith("module.file")}
    decided = [record.case for record in everything.records if wanted & set(record.clauses)]
    found = asked(tmp_path, "--cases", stored, "--clauses", "module.file*", "--examples", "0")
    assert (decided, 0 < len(decided) < len(CASES)) == ([record.case for record in found.records], True)


@pytest.mark.parametrize("given", [("module.file*", "star.*"), ("module.file*,star.*",)], ids=["again", "commas"])
def test_several_globs(tmp_path: Path, stored: str, given: tuple[str, ...]) -> None:
    """Several globs are all that each of them matches."""
    each = [asked(tmp_path, "--cases", stored, "--clauses", glob).records for glob in ("module.file*", "star.*")]
    options = [word for glob in given for word in ("--clauses", glob)]
    found = asked(tmp_path, "--cases", stored, *options).records
    assert {record.case for record in found} == {record.case for records in each for record in records}


def test_bad_line(tmp_path: Path, stored: str) -> None:
    """A line that is no case is named, with its file, before anybody is asked."""
    path = Path(stored)
    path.write_bytes(path.read_bytes() + b"{}\n")
    result = run("--cases", stored, "--out", str(tmp_path / "run.jsonl"))
    told = f"error: {path}, line {len(CASES) + 1}: "
    assert (result.exit_code, result.stderr.startswith(told), "hint: " in result.stderr) == (2, True, True)


def test_nothing_would_be_left(stored: str) -> None:
    """Stored cases and --vectors-only exclude each other."""
    result = run("--cases", stored, "--vectors-only")
    assert (result.exit_code, "--vectors-only" in result.stderr) == (2, True)
