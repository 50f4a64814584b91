"""The chapters: one name in every layer."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from conformance.catalogue import CatalogueError, chapters, read_clauses, vectors
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

FEWEST, MOST = 15, 20
ROW: Final = re.compile(r"^" + 2 * r"\| ([a-z_]+) \| ([a-z-]+(?:, [a-z-]+)*) " + r"\|$", re.MULTILINE)


def told() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The chapters and their areas in the table of the architecture."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    for row in ROW.findall(text):
        for name, areas in (row[:2], row[2:]):
            yield name, tuple(areas.split(", "))


def test_table() -> None:
    """The architecture says which chapter has which areas."""
    table = {name: tuple(sorted(areas)) for name, areas in told() if name != "chapter"}
    assert dict(chapters()) == table


def test_few_and_none_like_a_module_of_the_library() -> None:
    """There are 15 to 20, and none can be taken for a module of the library."""
    assert (FEWEST <= len(chapters()) <= MOST, set(chapters()) & sys.stdlib_module_names) == (True, set())


@pytest.mark.parametrize("layer", LAYERS)
def test_modules(layer: str) -> None:
    """Each module of the layer is named after a chapter, or is one that all chapters share."""
    found = {path.stem for path in (ROOT / layer).glob("*.py") if path.stem != "__init__"}
    assert (found - LAYERS[layer] - chapters().keys(), LAYERS[layer] - found) == (set(), set())


def test_each_chapter_with_vectors_is_tested() -> None:
    """A chapter with vectors has a module of tests, and no other has one."""
    tests = {path.stem.removeprefix("test_") for path in (ROOT / "conformance" / "chapters").glob("test_*.py")}
    assert {vector.chapter for vector in vectors().values()} == tests


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
