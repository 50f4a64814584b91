"""A folder for each finding of a run: what is written was tried."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conformance.catalogue import catalogue, vectors
from conformance.catalogue.sections import linked
from conformance.cli import main
from conformance.cli.cases import suspicion
from conformance.stored import stored_cases
from harness.model.admission import decode_case
from harness.run.tests.fakes import fake
from harness.tests.hosts import PYTHON
from reports.quoting import prose

NAME = "import-dotted-as-hidden-by-attribute"
"""A case on which every CPython departs."""


def invoke(*arguments: str) -> Result:
    """What a command does."""
    return CliRunner().invoke(main, arguments)


def invoke_python(code: str) -> str:
    """What a line of Python prints there."""
    return subprocess.run([PYTHON, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def run_of(command: str, place: Path) -> Path:
    """The file of a run of the one case."""
    (place / "cases.jsonl").write_bytes(b"".join(stored_cases([vectors()[NAME].case])))
    words = ("--cases", str(place / "cases.jsonl"), "--contain", "off", "--out", str(place / "run.jsonl"))
    result = invoke("run", command, *words)
    assert result.exit_code in {0, 1}, result.output
    return place / "run.jsonl"


@pytest.fixture(scope="module")
def run_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the interpreter that runs the tests."""
    return run_of(PYTHON, tmp_path_factory.mktemp("run"))


def test_folder(run_file: Path, tmp_path: Path) -> None:
    """It has a report, the case, and a program that ends with 1."""
    result = invoke("findings", str(run_file), PYTHON, "--only", "--every", "--out", str(tmp_path / "out"), "--json")
    (told,) = json.loads(result.stdout)
    folder = tmp_path / "out" / told["folder"]
    ended = subprocess.run([PYTHON, folder / "repro.py"], check=False, capture_output=True)
    assert (0, True, 1) == (result.exit_code, told["plain"], ended.returncode), result.output
    assert vectors()[NAME].case == decode_case((folder / "case.json").read_bytes(), where="case.json")
    report = (folder / "report.md").read_text("utf-8")
    version = invoke_python("import sys; print(' '.join(sys.version.split()))")
    assert [True, True] == ["import a.b as x binds" in report, prose(f"sys.version: {version}") in report]


def test_what_was_done(run_file: Path, tmp_path: Path) -> None:
    """It shows how far it is, and says where what is, and who was asked."""
    out = tmp_path / "out"
    result = invoke("findings", str(run_file), PYTHON, "--only", "--every", "--out", str(out))
    last = result.stdout.splitlines()[-1]
    assert (True, True) == (
        "tried: 1 of 1 findings" in result.stderr,
        last.startswith(f"1 folder in {out}; asked: "),
    )
    assert last.endswith("; each program was run on everybody it names")


def test_known_ones_are_left_out(run_file: Path, tmp_path: Path) -> None:
    """What an expectation names is no news."""
    result = invoke("findings", str(run_file), PYTHON, "--only", "--out", str(tmp_path / "out"))
    assert (0, False) == (result.exit_code, (tmp_path / "out").exists())


def test_numbers(run_file: Path, tmp_path: Path) -> None:
    """That finding alone is written, be it one that an expectation names; a number that no finding has is refused."""
    given = ("findings", str(run_file), PYTHON, "--only", "--out", str(tmp_path / "out"))
    results = [invoke(*given, "--number", number) for number in ("2", "1")]
    assert [2, 0] == [result.exit_code for result in results]
    assert "there is no finding 2" in results[0].output
    assert [path.name[:3] for path in (tmp_path / "out").iterdir()] == ["01-"]


def test_listed(run_file: Path, tmp_path: Path) -> None:
    """What is new comes first, by its own number, and is counted apart from what is known, above and below."""
    lines = run_file.read_text("utf-8").splitlines()
    at, known = next((at, item) for at, item in enumerate(map(json.loads, lines)) if item["type"] == "finding")
    new = {**known, "verdict": "diverges", "expectation": "", "signature": "another"}
    other = tmp_path / "other.jsonl"
    other.write_text("\n".join([*lines[: at + 1], json.dumps(new), *lines[at + 1 :]]) + "\n", "utf-8")
    shown = invoke("list", "findings", str(other)).output.splitlines()
    counted = "1 new finding (number 2), and 1 that is known"
    assert [counted, counted] == [shown[0], shown[-1]]
    assert ["2.", "1."] == [line.split()[0] for line in shown if line[:2] in {"1.", "2."}]


def test_passes_are_told(run_file: Path, tmp_path: Path) -> None:
    """What is as documented although it was not to be is no finding, and is told beside them all the same."""
    lines = list(map(json.loads, run_file.read_text("utf-8").splitlines()))
    passed = [
        {**item, "verdict": "unexpected-pass", "departures": []} if item["type"] == "record" else item for item in lines
    ]
    other = tmp_path / "other.jsonl"
    other.write_text("\n".join(map(json.dumps, passed)) + "\n", "utf-8")
    given = [
        ("list", "findings", str(other)),
        ("findings", str(other), PYTHON, "--only", "--out", str(tmp_path / "out")),
    ]
    assert [True, True] == [": unexpected pass: 1 case" in invoke(*words).stdout for words in given]
    assert "; 1 unexpected pass" in invoke(*given[0]).stdout.splitlines()[0]


def test_replay(run_file: Path, tmp_path: Path) -> None:
    """``replay --repro`` gives such a program too; ``replay`` begins with the cause, and tells it once."""
    clause = linked(catalogue()["bind.import-dotted-as-direct"], sys.version_info[:3])
    result = invoke("replay", "1", PYTHON, "--run", str(run_file), "--repro", str(tmp_path / "repro.py"))
    text = (tmp_path / "repro.py").read_text("utf-8")
    assert (0, True) == (result.exit_code, "import a.b as x" in text.splitlines()[-2]), text
    head, *lines = (line.strip() for line in result.output.splitlines())
    cause = "bind.import-dotted-as-direct: through attributes"
    label = json.loads(run_file.read_text("utf-8").splitlines()[0])["implementations"][0]["label"]
    assert f"finding 1 of the run, in {label}: {cause}" == head
    at = lines.index("known to depart: the name x")
    told = [cause, f"the documents: {clause.statement}", clause.source, clause.link]
    assert told == lines[at + 1 : at + 5]
    assert 1 == result.output.count(clause.statement)


def test_replay_shows_what_the_finding_says(run_file: Path, tmp_path: Path) -> None:
    """Of several facts that differ the program shows that of the finding, not the first."""
    lines = run_file.read_text("utf-8").splitlines()
    at, finding = next((at, item) for at, item in enumerate(map(json.loads, lines)) if item["type"] == "finding")
    told = []
    for fact, seen in ((finding["fact"], finding["seen"]), ("module/a/names", ["list", "b"])):
        lines[at] = json.dumps({**finding, "fact": fact, "seen": seen, "text": f"{fact} is amiss"})
        other = tmp_path / "other.jsonl"
        other.write_text("\n".join(lines) + "\n", "utf-8")
        told.append(suspicion("1", other))
    assert ["module/a/names", ("list", "b")] == [told[1].fact, told[1].seen]
    assert finding["fact"] == told[0].fact
    assert vectors()[NAME].case == suspicion(NAME, None).case


def test_nobody_named(run_file: Path, tmp_path: Path) -> None:
    """With ``--only`` somebody is to be named; it is said so."""
    result = invoke("findings", str(run_file), "--only", "--out", str(tmp_path / "out"))
    assert (2, True) == (result.exit_code, "--only asks nobody but those named" in result.output), result.output


def test_nobody_there(run_file: Path, tmp_path: Path) -> None:
    """Who is not at hand is named, and nothing is written: the next attempt finds the directory as it was."""
    other = " ".join(fake(tmp_path, "sys.implementation.name = 'other'\nhonest()\n"))
    result = invoke("findings", str(run_file), other, "--only", "--every", "--out", str(tmp_path / "out"))
    assert (3, True) == (result.exit_code, "nobody at hand is cpython" in result.stdout), result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("", "any more; if it was found in another, name its command behind RUN.jsonl"),
        ("cpython (build)", "; it was found in cpython (build): name its command behind RUN.jsonl"),
    ],
)
def test_another_does_as_documented(run_file: Path, tmp_path: Path, label: str, told: str) -> None:
    """Where it is not seen in what is called alike, it is said in what it was found, and what is to be done."""
    lines = [json.loads(item) for item in run_file.read_text("utf-8").splitlines()]
    header, (finding,) = lines[0], [item for item in lines if item["type"] == "finding"]
    header["implementations"][0]["label"] = label or header["implementations"][0]["label"]
    finding["minimal"]["program"]["statements"] = []
    other = tmp_path / "other.jsonl"
    other.write_text("\n".join(map(json.dumps, lines)) + "\n", "utf-8")
    result = invoke("findings", str(other), PYTHON, "--only", "--every", "--out", str(tmp_path / "out"))
    assert (3, [True, True]) == (result.exit_code, [word in result.stdout for word in ("not seen in cpython", told)])


def test_a_directory_that_is_not_empty(run_file: Path, tmp_path: Path) -> None:
    """What was written before is not mixed with it."""
    (tmp_path / "old").touch()
    result = invoke("findings", str(run_file), sys.executable, "--out", str(tmp_path))
    assert (2, True) == (result.exit_code, "new or an empty directory" in result.output)
