"""``case``: a directory of Python files becomes a case file, or what cannot be said is named."""

import sys
from pathlib import Path

from click.testing import CliRunner, Result

from conformance.cli import main
from conformance.cli.cases import case_file
from conformance.directories import from_directory
from harness.tests.hosts import PYTHON


def invoke(*arguments: str) -> Result:
    """What the command line does with these arguments."""
    return CliRunner().invoke(main, arguments)


def test_a_case_file(tmp_path: Path) -> None:
    """What is written is read as the case of the directory, whether it goes to a file or to standard output."""
    (tmp_path / "a.py").write_text("x = 1\n", "utf-8")
    out = tmp_path.with_suffix(".json")
    shown = invoke("case", str(tmp_path))
    assert (0, "") == (shown.exit_code, invoke("case", str(tmp_path), "--out", str(out)).output)
    assert (shown.output, from_directory(tmp_path).case) == (out.read_text("utf-8"), case_file(out))


def test_what_cannot_be_said(tmp_path: Path) -> None:
    """Every place is named, in lines of 80 columns; the exit code is 2, and nothing is written."""
    (tmp_path / "a.py").write_text(f"import os\nx = {'1.5 + ' * 20}1\nx = 2\n", "utf-8")
    found = invoke("case", str(tmp_path))
    first, *lines = found.output.splitlines()
    assert (2, f"error: {tmp_path}: no case can say 2 things in it") == (found.exit_code, first)
    assert ["a.py:1: import os", "a.py:2: x = 1.5"] == [line[:17].rstrip("+ ") for line in lines if line[0] == "a"]
    assert [] == [line for line in lines if len(line) >= 80]


def test_partly(tmp_path: Path) -> None:
    """On demand it is left out, and still named."""
    (tmp_path / "a.py").write_text("x = 1.5\n", "utf-8")
    out = tmp_path.with_suffix(".json")
    found = invoke("case", str(tmp_path), "--partly", "--out", str(out))
    assert (0, f"{tmp_path}: no case can say 1 thing in it\na.py:1: x = 1.5\n") == (found.exit_code, found.output)
    assert case_file(out) == from_directory(tmp_path).case


def test_a_directory_is_a_case(tmp_path: Path) -> None:
    """It can be replayed and explained."""
    (tmp_path / "r0").mkdir()
    (tmp_path / "r0/a.py").write_text("x = 1\n", "utf-8")
    (tmp_path / "program.py").write_text("from a import x\n", "utf-8")
    shown = invoke("explain", str(tmp_path))
    asked = invoke("replay", str(tmp_path), PYTHON)
    assert [0, 0] == [shown.exit_code, asked.exit_code]
    assert ["from a import x"] * 2 == [text.splitlines()[1][-15:] for text in (shown.output, asked.output)]


def test_a_directory_that_is_none(tmp_path: Path) -> None:
    """One that cannot be said as a whole is not replayed."""
    (tmp_path / "a.py").write_text("x = 1.5\n", "utf-8")
    found = invoke("replay", str(tmp_path), sys.executable)
    assert (2, "hint: case DIR --partly --out FILE leaves it out") == (found.exit_code, found.output.splitlines()[-1])


def test_a_program_in_the_directory(tmp_path: Path) -> None:
    """A program is looked for in the directory first, wherever the command runs."""
    (tmp_path / "main.py").write_text("import a\n", "utf-8")
    (tmp_path / "a.py").write_text("x = 1\n", "utf-8")
    found, whole = invoke("case", str(tmp_path), "main.py"), invoke("case", str(tmp_path), str(tmp_path / "main.py"))
    assert (0, whole.output) == (found.exit_code, found.output)


def test_a_version_where_a_program_is_expected(tmp_path: Path) -> None:
    """Who is asked is no part of a case: what was named is told to be no program, with where it belongs."""
    (tmp_path / "a.py").write_text("x = 1\n", "utf-8")
    found = invoke("case", str(tmp_path), "3.12")
    assert (2, True, True) == (found.exit_code, "3.12: cannot be read" in found.output, "`replay`" in found.output)


def test_a_parameter_that_a_function_has_not(tmp_path: Path) -> None:
    """What is given by a keyword that is none of the function's is named like all that cannot be said."""
    (tmp_path / "a.py").write_text("import importlib\nv = importlib.import_module('b', other=1)\n", "utf-8")
    found = invoke("case", str(tmp_path))
    assert (2, True) == (found.exit_code, "expected the parameters of importlib.import_module" in found.output)
