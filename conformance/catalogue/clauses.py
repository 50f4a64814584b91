"""The clauses of the documents, one folder a chapter and one file an area in it, in ``conformance/clauses``.

``CHAPTER/AREA.toml`` is TOML: a list of tables ``[[clause]]``, each with the fields of
:class:`harness.model.clauses.Clause`.
"""

import fnmatch
import functools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, MappingProxyType
from typing import Final

import msgspec

from conformance.catalogue.errors import CatalogueError
from harness.model.clauses import Clause
from harness.model.versions import parsed, reaches

CLAUSES: Final = Path(__file__).parent.parent / "clauses"
"""Where the chapters' folders lie that hold the files of clauses."""

ORACLE: Final = Path(__file__).parent.parent.parent / "harness" / "oracle"
"""Where the modules lie that cite clauses."""

_ID: Final = re.compile(r"[a-z][a-z0-9-]*\.[a-z0-9_][a-z0-9_-]*")
_CITATION: Final = re.compile(r"[a-z][a-z0-9-]*\.[a-z0-9]+(-[a-z0-9]+)+")
_PUBLISHED: Final = re.compile(
    r"https://(?:docs\.python\.org/3\.\d+/(?P<page>[a-z0-9_./-]+)\.html|peps\.python\.org/pep-(?P<pep>\d{4})/)"
    r"#[A-Za-z0-9_][A-Za-z0-9_.-]*"
)
_DOCUMENT: Final = re.compile(r"(?:PEP (?P<pep>\d+)|(?P<page>[a-z]+(?:/[a-z0-9_.]+)?)) §[^;]+")


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    clause: tuple[Clause, ...]


@functools.cache
def catalogue() -> Mapping[str, Clause]:
    """Every clause by its id, areas and clauses in order.

    Raises:
        CatalogueError: a file is malformed, or two clauses have one id.
    """
    return MappingProxyType(read_clauses(CLAUSES))


@functools.cache
def chapters(folder: Path = CLAUSES) -> Mapping[str, tuple[str, ...]]:
    """The areas of each chapter, both in order."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*/*.toml")):
        found[path.parent.name] = (*found.get(path.parent.name, ()), path.stem)
    return MappingProxyType(found)


def chapter(identifier: str) -> str:
    """The chapter that a clause of the catalogue belongs to."""
    area = catalogue()[identifier].area
    return next(name for name, areas in chapters().items() if area in areas)


def in_chapters(folder: Path, suffix: str) -> list[Path]:
    """The files in the chapters' folders of ``folder``, in the order of their names.

    Raises:
        CatalogueError: one lies in no chapter.
    """
    for path in folder.glob(f"*.{suffix}"):
        raise CatalogueError(path, "expected to lie in the folder of a chapter")
    return sorted(folder.glob(f"*/*.{suffix}"), key=lambda path: path.name)


def read_clauses(folder: Path) -> dict[str, Clause]:
    """The clauses of every file in the folders of ``folder``.

    Raises:
        CatalogueError: a file is malformed, two clauses have one id, or one restates what is no clause by itself.
    """
    found: dict[str, Clause] = {}
    for path in in_chapters(folder, "toml"):
        for clause in _read(path):
            if clause.id in found:
                raise CatalogueError(path, f"clause {clause.id}: expected an id of its own")
            found[clause.id] = clause
    for clause in found.values():
        if clause.restates and (clause.restates not in found or found[clause.restates].restates):
            message = f"clause {clause.id}: restates {clause.restates}, expected a clause that restates none"
            raise CatalogueError(Path(f"{clause.area}.toml"), message)
    return found


def _read(path: Path) -> tuple[Clause, ...]:
    try:
        read = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File).clause
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CatalogueError(path, str(error)) from error
    for clause in read:
        for fault in _faults(clause, path.stem):
            raise CatalogueError(path, f"clause {clause.id or '(no id)'}: {fault}")
    return read


def _faults(clause: Clause, area: str) -> Iterable[str]:
    if not _ID.fullmatch(clause.id):
        yield "expected an id such as namespace.portions-composed"
    if clause.area != area:
        yield f"area {clause.area!r}, expected the name of its file, {area!r}"
    for name in ("tier", "statement", "source", "observable"):
        if not getattr(clause, name).strip():
            yield f"expected a text for {name}"
    for name in ("since", "until"):
        try:
            parsed(getattr(clause, name) or "0.0")
        except ValueError as error:
            yield f"{name} {error} or an empty text"
            return
    if clause.since and clause.until and reaches(parsed(clause.since), parsed(clause.until)):
        yield f"since {clause.since} and until {clause.until}: expected it to hold in some version"
    if not _DOCUMENT.match(clause.source):
        yield f"source {clause.source!r}, expected a document of Python and its section"
    elif not _same_document(clause):
        yield f"link {clause.link!r}, expected the section of {clause.source!r} in the published documentation"
    if (clause.untestable is None) != (not clause.untestable_reason.strip()):
        yield "expected untestable and untestable_reason together"


def _same_document(clause: Clause) -> bool:
    """Whether the link is well-formed and leads to the document that the source names first."""
    link, source = _PUBLISHED.fullmatch(clause.link), _DOCUMENT.match(clause.source)
    if link is None or source is None:
        return False
    return (link["page"], int(link["pep"] or 0)) == (source["page"], int(source["pep"] or 0))


def matching_clauses(pattern: str) -> tuple[str, ...]:
    """The ids that match ``pattern``, in the order of the catalogue.

    It is the name of an area or a chapter, or a glob, or what stands before the dot of ids.
    """
    areas = chapters().get(pattern, (pattern,))
    inside = [identifier for identifier, clause in catalogue().items() if clause.area in areas]
    return tuple(inside or fnmatch.filter(catalogue(), pattern) or fnmatch.filter(catalogue(), f"{pattern}.*"))


@functools.cache
def cited_clauses(folder: Path = ORACLE) -> frozenset[str]:
    """The clauses named by string literals of the modules in ``folder``, tests left out."""
    return _literals(folder) & catalogue().keys()


def unknown_clauses(folder: Path = ORACLE) -> tuple[str, ...]:
    """The string literals in ``folder`` that look like clauses (``bind.two-words``) and are none."""
    prefixes = {identifier.partition(".")[0] for identifier in catalogue()}
    looks = {text for text in _literals(folder) if _CITATION.fullmatch(text) and text.partition(".")[0] in prefixes}
    return tuple(sorted(looks - catalogue().keys()))


def _literals(folder: Path) -> frozenset[str]:
    """The strings in the code of modules; Python has most of it compiled already."""
    modules = (path for path in sorted(folder.rglob("*.py")) if "tests" not in path.relative_to(folder).parts)
    codes = (SourceFileLoader(path.stem, str(path)).get_code(path.stem) for path in modules)
    return frozenset(text for code in codes for text in _strings(code))


def _strings(constant: object) -> Iterator[str]:
    match constant:
        case str():
            yield constant
        case CodeType(co_consts=inside) | (tuple() | frozenset() as inside):
            for item in inside:
                yield from _strings(item)
        case _:
            pass
