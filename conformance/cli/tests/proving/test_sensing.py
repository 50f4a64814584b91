"""``sensitivity`` on an interpreter that is there: the one that runs the tests."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from conformance.catalogue import vectors
from conformance.cli import main, sensing
from conformance.sensitivity import departing
from conformance.sensitivity.originals import original
from conformance.sensitivity.ourselves import own_places
from harness.oracle import departures
from harness.run import AdapterError
from harness.tests.hosts import PYTHON

SOME = 8
"""Of the vectors one in so many is asked here."""

FEWER = 40
"""Of the departures one in so many is: all are where the vectors are tested."""


def told(*arguments: str) -> Result:
    """What the command says of the interpreter that runs the tests."""
    return CliRunner().invoke(main, ["sensitivity", PYTHON, *arguments])


@pytest.fixture(scope="module", autouse=True)
def some() -> Iterator[None]:
    """Of the vectors of every chapter a part is asked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sensing, "vectors", lambda: dict(list(vectors().items())[::SOME]))
        yield


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    """A small sample of a module that every import needs."""
    result = told("--sample", "3", "--seed", "1", "--module", "importlib._bootstrap", "--examples", "0", "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_every_fault_has_an_outcome(measured: dict[str, Any]) -> None:
    """Each fault that was drawn is told with what became of it, and figures add up."""
    total = measured["total"]
    outcomes = [entry["trial"]["outcome"] for entry in measured["entries"]]
    assert 3 == len(outcomes) == total["drawn"]
    assert outcomes.count("unfit") == total["unfit"]
    assert total["killed"] + total["survived"] + total["unfit"] + total["invisible"] == 3


def test_again_and_below_the_floor(measured: dict[str, Any], tmp_path: Path) -> None:
    """A fault can be judged again by its id, with the same outcome; where more is demanded the exit code is 1.

    The figures are written nevertheless.
    """
    entry = next(entry for entry in measured["entries"] if entry["trial"]["outcome"] == "killed")
    fault = entry["fault"]
    name = ":".join(str(fault[key]) for key in ("module", "function", "line", "kind", "number"))
    out = tmp_path / "figures.json"
    result = told("--fault", name, "--examples", "0", "--kills", "2", "--out", str(out))
    assert (result.exit_code, "1 fault killed, expected at least 2" in result.stderr) == (1, True), result.output
    assert 1 == json.loads(out.read_text())["total"]["killed"]


def test_the_unchanged_one_is_not_killed() -> None:
    """The interpreter itself, started as a faulty one is, survives vectors of every chapter: exit code 0."""
    result = told("--unchanged", "1", "--examples", "20")
    assert (result.exit_code, "survived after" in result.stdout) == (0, True), result.output


@pytest.mark.parametrize(
    ("arguments", "telling"),
    [
        pytest.param(["--fault", "odd"], "there is no such fault", id="fault"),
        pytest.param(["--module", "odd"], "no faults can be planted there", id="module"),
        pytest.param(["--module", "runpy", "--module", "odd"], "--module odd: no faults", id="one of two modules"),
        pytest.param(["--sample", "0"], "Invalid value", id="sample"),
        pytest.param(["--check", "nan"], "Invalid value", id="check"),
        pytest.param(["--unchanged", "1", "--json"], "--json cannot go with --unchanged", id="unchanged"),
    ],
)
def test_wrong_usage(arguments: list[str], telling: str) -> None:
    """What the user names and is not there is told: exit code 2."""
    result = told(*arguments)
    assert (result.exit_code, telling in result.stderr) == (2, True), result.output


@pytest.mark.parametrize(
    ("name", "telling"),
    [pytest.param("graalpy", "it is graalpy", id="other"), pytest.param("", "a library of its own", id="no library")],
)
def test_no_faulty_one_can_be_made(tmp_path: Path, name: str, telling: str) -> None:
    """Who is neither a CPython nor a PyPy is told from them in one line."""
    path = tmp_path / "python"
    path.write_text(f"#!/bin/sh\necho \"({name!r}, '', '', {{}}, [], '')\"\n" if name else "#!/bin/sh\n")
    path.chmod(0o755)
    with pytest.raises(AdapterError, match=telling) as caught:
        original([str(path)])
    assert 1 == len(str(caught.value).splitlines())


def test_nowhere_to_write(tmp_path: Path) -> None:
    """That figures cannot be written is told before they are measured for hours: exit code 3."""
    result = told("--out", str(tmp_path / "missing" / "figures.json"))
    assert (result.exit_code, "cannot be written" in result.stderr) == (3, True), result.output


def ourselves(*arguments: str) -> Result:
    """What the command says of our own modules."""
    return CliRunner().invoke(main, ["sensitivity", "ourselves", *arguments])


def test_ourselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of our own is caught by our tests, and departures of the oracle are noticed by vectors."""
    monkeypatch.setattr(departing, "departures", lambda: departures()[::FEWER])
    module = "harness.model.values"
    name = next(item.id for item in own_places() if (item.module, item.function) == (module, "kind"))
    result = ourselves("--fault", name, "--check", "90", "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, ["killed"]) == (0, [entry["trial"]["outcome"] for entry in found["faults"]["entries"]])
    assert ([], True) == (found["unnoticed"], found["departures"] > 200)


@pytest.mark.parametrize("option", ["--fault", "--module"])
def test_nothing_of_ours(option: str) -> None:
    """What is not there is told of ourselves too: exit code 2."""
    assert 2 == ourselves(option, "odd").exit_code


@pytest.mark.parametrize("arguments", [["--own-tests"], ["--unchanged", "1"], ["--examples", "1"]])
def test_what_is_said_of_interpreters_alone(arguments: list[str]) -> None:
    """What would change nothing of ourselves is refused: exit code 2."""
    result = ourselves(*arguments)
    assert (result.exit_code, f"{arguments[0]} cannot go with ourselves" in result.stderr) == (2, True)


def test_keep(tmp_path: Path) -> None:
    """The faulty interpreter that is drawn is made where it is wanted, and its command told; one alone is kept."""
    result = told("--sample", "1", "--seed", "3", "--keep", str(tmp_path / "faulty"))
    command = Path(result.stdout.strip())
    assert (0, tmp_path / "faulty" / "bin", True) == (result.exit_code, command.parent, command.is_file()), (
        result.output
    )
    again = told("--sample", "1", "--seed", "3", "--keep", str(tmp_path / "faulty"))
    assert (2, True) == (again.exit_code, "expected a new or an empty directory" in again.stderr)
    refused = told("--sample", "2", "--keep", str(tmp_path / "other"))
    assert (2, False) == (refused.exit_code, (tmp_path / "other").exists())
    assert "2 faults, expected one" in refused.stderr
