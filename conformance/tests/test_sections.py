"""Links to the documents of a version, where that is known to have the section."""

from pathlib import Path

import msgspec
import pytest

from conformance.catalogue import CatalogueError, catalogue
from conformance.catalogue.sections import linked, looked_up, standing
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
        pytest.param((3, 8), {}, "3.8", id="older than those that were looked at"),
        pytest.param((3, 4), {}, "3.15", id="too old"),
        pytest.param((3, 16), {}, "3.15", id="later"),
        pytest.param((3, 12), {"since": "3.13"}, "3.15", id="not yet"),
        pytest.param((3, 14), {"until": "3.14"}, "3.15", id="no more"),
    ],
)
def test_linked(language: Version, limits: dict[str, str], version: str) -> None:
    """The version is that which is asked for, where the clause holds there and the section is known to be there."""
    section = "reference/import.html#loaders"
    assert f"{SITE}/{version}/{section}" == linked(clause(f"{SITE}/3.15/{section}", **limits), language).link


ATTRIBUTE = "reference/datamodel.html#module.__loader__"
FORMER = "reference/import.html#loader__"


@pytest.mark.parametrize(
    ("section", "language", "expected"),
    [
        pytest.param(ATTRIBUTE, (3, 12), ATTRIBUTE, id="since then"),
        pytest.param(ATTRIBUTE, (3, 11), FORMER, id="before"),
        pytest.param(ATTRIBUTE, (3, 8), FORMER, id="long before"),
        pytest.param("builtins/functions.html#import__", (3, 13), "builtins/functions.html#import__", id="a page"),
        pytest.param("builtins/functions.html#import__", (3, 12), "library/functions.html#import__", id="before it"),
        pytest.param(
            "builtins/stdtypes.html#mapping-types-dict-frozendict", (3, 12), "library/stdtypes.html#mapping-types-dict",
            id="twice",
        ),
        pytest.param("whatsnew/3.12.html#deprecated", (3, 12), "whatsnew/3.12.html#deprecated", id="what is new"),
        pytest.param("whatsnew/3.12.html#deprecated", (3, 11), "", id="what is not yet"),
        pytest.param("library/importlib.resources.html#functional-api", (3, 10), "", id="a page that is younger"),
        pytest.param("library/nowhere.html", (3, 12), "", id="nowhere"),
    ],
)  # fmt: skip
def test_what_has_moved(section: str, language: Version, expected: str) -> None:
    """A section is linked where the documents of that version have it."""
    assert expected == standing(section, language)


def test_moved_places_were_looked_up(tmp_path: Path) -> None:
    """Where a section was before is looked for in documents of that time, and not in later ones."""
    places = {"3.11": documents(tmp_path / "1", **{"import": '<a id="loader__">'}), "3.13": documents(tmp_path / "2")}
    _, *lines = looked_up([clause(f"{SITE}/3.15/{ATTRIBUTE}")], places).splitlines()
    assert ['"3.11" = [', f'    "{FORMER}",', "]"] == lines


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


@pytest.mark.parametrize("minor", [8, 11, 12, 14])
def test_most_are_known(minor: int) -> None:
    """Nearly all clauses that hold in a version are linked to its documents; what others say stands in no such."""
    language = (3, minor)
    holding = [item for item in catalogue().values() if item.holds(language) and item.link.startswith(SITE)]
    told = sum(linked(item, language).link.startswith(f"{SITE}/3.{minor}/") for item in holding)
    assert told > len(holding) * 0.97
