"""Where a section stands in the documents of older versions, as far as that was looked up.

``sections.toml`` is made from the documents themselves, by ``python -m conformance.catalogue --documents``: by version,
the sections that its documents are the oldest to have at the same place, of those that were looked at. What nobody
looked up is linked as the clause has it.
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

_DOCUMENTS: Final = "https://docs.python.org/"
_LINK: Final = re.compile(re.escape(_DOCUMENTS) + r"(?P<version>\d\.\d+)/(?P<section>[^#]+(?:#(?P<anchor>.+))?)")
_ANCHOR: Final = re.compile(r'\bid="([^"]+)"')
_HEAD: Final = (
    "# Made by python -m conformance.catalogue --documents: sections by the oldest documents that have them so.\n"
)


def linked(clause: Clause, language: Version) -> Clause:
    """The clause, linked to the documents of that version if it holds there and they are known to have the section.

    It is known of the versions between the oldest one and that of the link itself.
    """
    found = _LINK.fullmatch(clause.link)
    if found is None or not clause.holds(language):
        return clause
    oldest = _oldest().get(found["section"])
    if oldest is None or not oldest <= language[:2] <= parsed(found["version"]):
        return clause
    return msgspec.structs.replace(clause, link=f"{_DOCUMENTS}{line(language)}/{found['section']}")


@functools.cache
def _oldest() -> Mapping[str, Version]:
    table = tomllib.loads(SECTIONS.read_text("utf-8"))
    return {section: parsed(version) for version, sections in table.items() for section in sections}


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
            own, oldest = parsed(link["version"]), ""
            for version in sorted((item for item in read if item < own), reverse=True):
                if not _has(read[version], link["section"], link["anchor"]):
                    break
                oldest = line(version)
            found.setdefault(oldest, set()).add(link["section"])
    found.pop("", None)
    rows = (
        [f'"{version}" = [', *(f'    "{name}",' for name in sorted(found[version])), "]"] for version in sorted(found)
    )
    return _HEAD + "".join(f"{text}\n" for row in rows for text in row)


def _version(name: str, place: Path) -> Version:
    try:
        found = parsed(name)
    except ValueError as error:
        raise CatalogueError(place, f"{name}: {error}") from error
    if not (place / "reference" / "import.html").is_file():
        raise CatalogueError(place, "expected the documents of Python in HTML")
    return found


def _has(place: Path, section: str, anchor: str | None) -> bool:
    page = place / section.partition("#")[0]
    return page.is_file() and (anchor is None or anchor in _anchors(page))


@functools.cache
def _anchors(page: Path) -> frozenset[str]:
    return frozenset(_ANCHOR.findall(page.read_text("utf-8")))
