"""The table of findings is what its file and the last answers say."""

import ast
from pathlib import Path

import pytest

from conformance.catalogue import CatalogueError, expectations
from conformance.catalogue.expectations import EXPECTATIONS
from conformance.found import answered, replaced, rows, table
from conformance.found.rows import ANSWERS, written
from conformance.found.tables import document, programs_in
from conformance.reproducing.investigating import MICRO
from harness.oracle import departure

ROOT = Path(__file__).parents[3]


def test_readme() -> None:
    """README has the table that the command makes."""
    text = (ROOT / "README.md").read_text("utf-8")
    assert text == replaced(text, table(rows(), answered()))


def test_each_row_has_an_answer() -> None:
    """Every row was asked, and has somebody who departs."""
    assert [row.name for row in rows()] == [name for name, who in answered().items() if who]


def test_each_row_has_a_program() -> None:
    """The document has every row with its program, which says who departs as the table does."""
    text = (ROOT / "conformance" / "documentation" / "found.md").read_text("utf-8")
    programs = programs_in(text)
    assert text == document(rows(), answered(), programs)
    heads = {name: " ".join((ast.get_docstring(ast.parse(text)) or "").split()) for name, text in programs.items()}
    assert [] == [name for name, head in heads.items() if f"Departs: {'; '.join(answered()[name])}" not in head]
    assert {row.name for row in rows()} - set(heads) == {row.name for row in rows() if row.on == MICRO}


def test_known_departures_have_a_row() -> None:
    """Whatever an expectation says of an implementation stands in the table."""
    known = {str(item.taken) for path in EXPECTATIONS.glob("*.toml") for item in expectations(path.stem)}
    told = {str(departure(*named.split(": "))) for row in rows() for named in row.departures}
    assert known == told


def test_answers_are_read_again() -> None:
    """The file of answers is what is written of them."""
    assert ANSWERS.read_text("utf-8") == written(answered())


def test_rows_name_clauses(tmp_path: Path) -> None:
    """A row of a clause that there is not is refused."""
    path = tmp_path / "found.toml"
    path.write_text('[[row]]\nname = "a"\non = "pypy"\nclause = "no.clause"\nwhat = "a"\ndocuments = "b"\n')
    with pytest.raises(CatalogueError, match=r"no\.clause"):
        rows(path)


def test_a_text_without_marks() -> None:
    """A table is put between its marks alone."""
    with pytest.raises(ValueError, match="expected <!-- found"):
        replaced("text", "table")
