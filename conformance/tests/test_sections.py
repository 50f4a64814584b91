"""Links to the documents of a version, where that is known to have the section."""

from pathlib import Path

import msgspec
import pytest

from conformance.catalogue import CatalogueError, catalogue
from conformance.catalogue.sections import linked, looked_up
from harness.model.clauses import Clause
from harness.model.versions import Version

SITE = "https://docs.python.org"
CLAUSE = catalogue()["loading.load-module-must-reuse"]


def clause(link: str, **limits: str) -> Clause:
    """A clause that is linked so."""
    return msgspec.structs.replace(CLAUSE, link=link, **limits)


def documents(place: Path, **pages: str) -> Path:
    """A directory of documents with these pages."""
    (place / "reference").mkdir(parents=True)
    for name, text in {"import": "", **pages}.items():
        (place / "reference" / f"{name}.html").write_text(text, "utf-8")
    return place


@pytest.mark.parametrize(
    ("language", "limits", "version"),
    [
        pytest.param((3, 12, 1), {}, "3.12", id="between"),
        pytest.param((3, 11), {}, "3.11", id="the oldest"),
        pytest.param((3, 15, 2), {}, "3.15", id="its own"),
        pytest.param((3, 10), {}, "3.15", id="nobody looked"),
        pytest.param((3, 16), {}, "3.15", id="later"),
        pytest.param((3, 12), {"since": "3.13"}, "3.15", id="not yet"),
        pytest.param((3, 14), {"until": "3.14"}, "3.15", id="no more"),
    ],
)
def test_linked(language: Version, limits: dict[str, str], version: str) -> None:
    """The version is that which is asked for, where the clause holds there and the section is known to be there."""
    section = "reference/import.html#loaders"
    assert f"{SITE}/{version}/{section}" == linked(clause(f"{SITE}/3.15/{section}", **limits), language).link


@pytest.mark.parametrize("link", ["https://peps.python.org/pep-0420/#nowhere", f"{SITE}/3.15/reference/new.html#new"])
def test_as_it_is(link: str) -> None:
    """A PEP has no version, and of what nobody looked up nothing is known."""
    assert link == linked(clause(link), (3, 12)).link


def test_looked_up(tmp_path: Path) -> None:
    """A section counts as far back as each version has it."""
    old, late = '<a id="all">', '<a id="all"><a id="gone"><a id="two">'
    places = {
        "3.11": documents(tmp_path / "1", a=old + '<a id="gap">'),
        "3.13": documents(tmp_path / "2", a=old),
        "3.14": documents(tmp_path / "3", a=late + '<a id="gap">', b=""),
    }
    links = ["3.15/reference/a.html#all", "3.15/reference/a.html#two", "3.15/reference/a.html#gap"]
    links += ["3.15/reference/a.html#none", "3.14/reference/a.html#gone", "3.15/reference/b.html"]
    _, *lines = looked_up([clause(f"{SITE}/{link}") for link in links], places).splitlines()
    late_ones = ["a.html#gap", "a.html#two", "b.html"]
    assert [
        '"3.11" = [', '    "reference/a.html#all",', "]",
        '"3.14" = [', *(f'    "reference/{name}",' for name in late_ones), "]",
    ] == lines  # fmt: skip


@pytest.mark.parametrize("name", ["3.11", "three"])
def test_no_documents(tmp_path: Path, name: str) -> None:
    """What is no version, or no directory of documents, is refused."""
    place = documents(tmp_path / "1") if name == "three" else tmp_path
    with pytest.raises(CatalogueError):
        looked_up([], {name: place})


def test_most_are_known() -> None:
    """Most clauses that hold in 3.12 are linked to its documents."""
    holding = [item for item in catalogue().values() if item.holds((3, 12)) and item.link.startswith(SITE)]
    told = sum(linked(item, (3, 12)).link.startswith(f"{SITE}/3.12/") for item in holding)
    assert told > len(holding) * 0.85
