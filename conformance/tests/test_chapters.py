"""The chapters: one name in every layer."""

import sys
from pathlib import Path
from typing import Final

import pytest

from conformance.catalogue import CatalogueError, catalogue, chapters, read_clauses, vectors
from conformance.catalogue.architecture import ARCHITECTURE, tabled
from conformance.catalogue.vectors import read_vectors

ROOT: Final = Path(__file__).resolve().parents[2]
LAYERS: Final = {
    "harness/model/language": {
        "admitting",
        "asked",
        "asking",
        "compound",
        "constants",
        "documented",
        "editing",
        "executing",
        "expressions",
        "formatted",
        "host",
        "letting",
        "lines",
        "module_classes",
        "reading",
        "retelling",
        "scoped",
        "shapes",
        "simplifying",
        "spelling",
        "word",
        "wording",
    },
    "harness/oracle/chapters": {"asking", "compound", "expressions", "module_classes"},
    "generators/chapters": {"asking", "compound"},
}
"""The layers of which each module is of a chapter but these, which all chapters share."""

FEWEST, CLAUSES = 15, 30
"""How many chapters there are at least, and how many clauses in each, on an average."""


def test_table() -> None:
    """The architecture says which chapter has which areas."""
    text = ARCHITECTURE.read_text("utf-8")
    assert text == tabled(text, chapters()), "expected the table that python -m conformance.catalogue writes"


def test_table_keeps_its_order() -> None:
    """What is new stands behind what was there, column by column, and what is gone is left out."""
    text = "Text.\n\n| chapter | areas | chapter | areas |\n|---|---|---|---|\n| b | y, x | a | z |\n\nMore.\n"
    made = tabled(text, {"a": ("w",), "b": ("v", "x", "y"), "c": ("u",), "d": ("t",)})
    head = "| chapter | areas | chapter | areas | chapter | areas |\n|---|---|---|---|---|---|\n"
    rows = "| b | y, x, v | c | u | | |\n| a | w | d | t | | |\n"
    assert made == f"Text.\n\n{head}{rows}\nMore.\n"


def test_few() -> None:
    """There are 15 at least, and not so many that they hold little: a few clauses belong to the chapter nearest."""
    assert FEWEST <= len(chapters()) <= len(catalogue()) / CLAUSES


def test_none_is_like_a_module_of_the_library() -> None:
    """No chapter can be taken for a module of the library."""
    assert set(chapters()) & sys.stdlib_module_names == set()


@pytest.mark.parametrize("layer", LAYERS)
def test_modules(layer: str) -> None:
    """Each module of the layer is named after a chapter, or is one that all chapters share."""
    found = {path.stem for path in (ROOT / layer).glob("*.py") if path.stem != "__init__"}
    wanted = "expected conformance/clauses/NAME/AREA.toml for a chapter, a line in LAYERS for what all share"
    assert (found - LAYERS[layer] - chapters().keys(), LAYERS[layer] - found) == (set(), set()), wanted


def test_each_chapter_with_vectors_is_tested() -> None:
    """A chapter with vectors has a module of tests, and no other has one."""
    tests = {path.stem.removeprefix("test_") for path in (ROOT / "conformance" / "chapters").glob("test_*.py")}
    assert {vector.chapter for vector in vectors().values()} == tests, "expected conformance/chapters/test_NAME.py"


def test_tests_are_given_their_own_vectors() -> None:
    """The module of a chapter's tests is given the vectors of that chapter."""
    texts = {path.stem: path.read_text("utf-8") for path in (ROOT / "conformance" / "chapters").glob("test_*.py")}
    assert [name for name, text in texts.items() if f'@vectors_of("{name.removeprefix("test_")}")' not in text] == []


def test_a_vector_elsewhere(tmp_path: Path) -> None:
    """A vector in the folder of another chapter than that of its first clause is refused."""
    vector = next(path for path in (ROOT / "conformance" / "vectors" / "star").iterdir())
    (tmp_path / "reloading").mkdir()
    (tmp_path / "reloading" / vector.name).write_bytes(vector.read_bytes())
    with pytest.raises(CatalogueError, match="expected to lie in star"):
        read_vectors(tmp_path)


def test_a_name_twice(tmp_path: Path) -> None:
    """Two vectors of one name are refused."""
    vector = next(path for path in (ROOT / "conformance" / "vectors" / "star").iterdir())
    for chapter in ("star", "stars"):
        (tmp_path / chapter).mkdir()
        (tmp_path / chapter / vector.name).write_bytes(vector.read_bytes())
    with pytest.raises(CatalogueError, match="a name of its own"):
        read_vectors(tmp_path)


def test_a_file_beside_the_folders(tmp_path: Path) -> None:
    """A file of clauses or a vector that lies in no chapter is refused: it would not be read."""
    (tmp_path / "some.toml").write_text("")
    (tmp_path / "some.json").write_text("{}")
    for read in (read_clauses, read_vectors):
        with pytest.raises(CatalogueError, match="in the folder of a chapter"):
            read(tmp_path)
