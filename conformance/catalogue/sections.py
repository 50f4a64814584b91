"""Where a section stands in the documents of older versions, as far as that is known.

``sections.toml`` is made from the documents themselves, by ``python -m conformance.catalogue --documents``: by version,
the sections that its documents are the oldest to have at the same place, of those that were looked at. ``moved.toml``
says where older ones have what has moved since. What the oldest documents that were looked at have, older ones are
taken to have on the same page. What nobody knows of is linked as the clause has it.
"""

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import msgspec

from conformance.catalogue.errors import CatalogueError
from harness.model.clauses import Clause
from harness.model.versions import Version, line, parsed

SECTIONS: Final = Path(__file__).parent / "sections.toml"
"""The table."""

MOVED: Final = Path(__file__).parent / "moved.toml"
"""What has moved."""

_FIRST: Final[Version] = (3, 8)
_YOUNG: Final = frozenset({"library/importlib.resources.html", "library/sys_path_init.html"})
"""The first version whose documents are linked, and pages that are younger than it."""

_NEWS: Final = re.compile(r"whatsnew/(\d\.\d+)\.html")
_DOCUMENTS: Final = "https://docs.python.org/"
_LINK: Final = re.compile(re.escape(_DOCUMENTS) + r"(?P<version>\d\.\d+)/(?P<section>[^#]+(?:#.+)?)")
_ANCHOR: Final = re.compile(r'\bid="([^"]+)"')
_HEAD: Final = (
    "# Made by python -m conformance.catalogue --documents: sections by the oldest documents that have them so.\n"
)


def linked(clause: Clause, language: Version) -> Clause:
    """The clause, linked to the documents of that version if it holds there and they are known to have the section.

    It is known of the versions between the oldest one and that of the link itself.
    """
    found = _LINK.fullmatch(clause.link)
    if found is None or not clause.holds(language) or not _FIRST <= language[:2] <= parsed(found["version"]):
        return clause
    section = standing(found["section"], language)
    return msgspec.structs.replace(clause, link=f"{_DOCUMENTS}{line(language)}/{section}") if section else clause


def standing(section: str, language: Version) -> str:
    """Where the documents of that version have what newer ones have there; empty where that is not known."""
    until, older = _moved(section)
    if older:
        return section if until <= language else standing(older, language)
    page = section.partition("#")[0]
    if news := _NEWS.fullmatch(page):
        return section if parsed(news[1]) <= language else ""
    oldest, looked = _oldest().get(section), min(_oldest().values())
    known = oldest is not None and (oldest <= language or (oldest == looked and page not in _YOUNG))
    return section if known else ""


def _moved(section: str) -> tuple[Version, str]:
    """Until when older documents have it elsewhere, and where; nowhere if it has not moved."""
    page, _, anchor = section.partition("#")
    for version, places in _moves().items():
        if section in places:
            return version, places[section]
        if page in places and anchor:
            return version, f"{places[page]}#{anchor}"
    return _FIRST, ""


@functools.cache
def _oldest() -> Mapping[str, Version]:
    table = tomllib.loads(SECTIONS.read_text("utf-8"))
    return {section: parsed(version) for version, sections in table.items() for section in sections}


@functools.cache
def _moves() -> Mapping[Version, Mapping[str, str]]:
    """What has moved, what did so last first."""
    table = tomllib.loads(MOVED.read_text("utf-8"))
    return {parsed(version): table[version] for version in sorted(table, key=parsed, reverse=True)}


def looked_up(clauses: Iterable[Clause], documents: Mapping[str, Path]) -> str:
    """The table of these clauses' sections; ``documents`` are directories of HTML, by version.

    A section counts as far back as each of these documents has it.

    Raises:
        CatalogueError: a version is none, or has no documents there.
    """
    read = {_version(name, place): place for name, place in documents.items()}
    found: dict[str, set[str]] = {}
    for clause in clauses:
        if link := _LINK.fullmatch(clause.link):
            _look(read, parsed(link["version"]), link["section"], found)
    found.pop("", None)
    rows = (
        [f'"{version}" = [', *(f'    "{name}",' for name in sorted(found[version])), "]"] for version in sorted(found)
    )
    return _HEAD + "".join(f"{text}\n" for row in rows for text in row)


def _look(read: Mapping[Version, Path], own: Version, section: str, found: dict[str, set[str]]) -> None:
    """Note the oldest documents before that version that have the section, and likewise the place it had before."""
    until, older = _moved(section)
    oldest = ""
    for version in sorted((item for item in read if item < own and (item >= until or not older)), reverse=True):
        if not _has(read[version], *section.partition("#")[::2]):
            break
        oldest = line(version)
    found.setdefault(oldest, set()).add(section)
    if older:
        _look(read, until, older, found)


def _version(name: str, place: Path) -> Version:
    try:
        found = parsed(name)
    except ValueError as error:
        raise CatalogueError(place, f"{name}: {error}") from error
    if not (place / "reference" / "import.html").is_file():
        raise CatalogueError(place, "expected the documents of Python in HTML")
    return found


def _has(place: Path, name: str, anchor: str) -> bool:
    page = place / name
    return page.is_file() and (not anchor or anchor in _anchors(page))


@functools.cache
def _anchors(page: Path) -> frozenset[str]:
    return frozenset(_ANCHOR.findall(page.read_text("utf-8")))
