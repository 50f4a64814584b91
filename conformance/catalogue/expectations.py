"""Expectations: divergences that are known, one file an implementation, in ``conformance/expectations``.

``NAME.toml`` (NAME is what the implementation calls itself: cpython, pypy) is ``schema = 2``, perhaps the attributes
that modules and exceptions lack there altogether (of :data:`harness.model.lacking.ATTRIBUTES`), and a list of tables::

    lacks = ["__spec__"]               # nothing is judged about them, unless the implementation says that it has them

    [[expectation]]
    clause = "star.all-in-namespace"
    departure = "from __getattr__"     # what it does instead, by the name the oracle has for it
    versions = ">=3.12,<3.15.2"        # of the language; all unless given; 3.12 alone is 3.12.0
    class = "docs"                     # bug, wontfix, docs, suite or not-applicable; unclassified fails until it is one
    reason = "what the implementation does instead, and why"
    sentence = "the sentence of the documents that this rests on"
    link = "where it is tracked or written"

The known world of an implementation takes all its expectations for a version at once. What departs from the documents
is known if it is that world as a whole; what conforms where that world cannot is an unexpected pass.

A file that a user names may say ``name = "NAME"``: it is about that implementation, and else about all that are asked.
"""

import enum
import re
import tomllib
from pathlib import Path
from typing import Final

import msgspec
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from conformance.catalogue.clauses import catalogue
from conformance.catalogue.errors import CatalogueError
from harness.model.admission import LARGEST
from harness.model.departure import Departure
from harness.model.lacking import ATTRIBUTES, LIBRARY
from harness.model.versions import Version, dotted, parsed
from harness.oracle import departure, gives_another

EXPECTATIONS: Final = Path(__file__).parent.parent / "expectations"
"""Where the files of expectations lie."""


SCHEMA: Final = 2
"""The version of such a file; raised whenever an older reader would misunderstand it."""

_NAME: Final = re.compile(r"[\w-]+")
_FIRST: Final = re.compile(r"(==|!=|<=|>)\s*(\d+)\.(\d+)")
_COARSE: Final = re.compile(r"(?:===?|!=|<=|>)\s*\d+(?:\.\d+)?")
"""A specifier that divides a line of the language, and names no version in it."""


class Class(enum.Enum):
    """Why a divergence is expected."""

    BUG = "bug"
    WONTFIX = "wontfix"
    DOCS = "docs"
    SUITE = "suite"
    NOT_APPLICABLE = "not-applicable"
    UNCLASSIFIED = "unclassified"


class Expectation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A divergence that is known; see the module for the fields."""

    clause: str
    departure: str
    reason: str
    kind: Class = msgspec.field(name="class")
    versions: str = ""
    sentence: str = ""
    link: str = ""

    @property
    def taken(self) -> Departure:
        """The departure that is expected."""
        return departure(self.clause, self.departure)

    @property
    def bounds(self) -> frozenset[Version]:
        """The versions that its ``versions`` names."""
        return frozenset(parsed(item.version.removesuffix(".*")) for item in SpecifierSet(self.versions))

    def applies(self, language: Version) -> bool:
        """Whether the expectation is about that version of the language."""
        return SpecifierSet(self.versions).contains(dotted(language))


class Knowledge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a file says: of the implementation ``name``, or of all; what it ``lacks``, its expectations."""

    schema: int = 1
    name: str = ""
    lacks: tuple[str, ...] = ()
    expectation: tuple[Expectation, ...] = ()

    def about(self, name: str) -> bool:
        """Whether it is about the implementation of that name."""
        return self.name in {"", name}


def knowledge(name: str, folder: Path = EXPECTATIONS) -> Knowledge:
    """What is known of the implementation that calls itself ``name``; nothing where there is no file.

    Raises:
        CatalogueError: the file is malformed.
    """
    path = folder / f"{name}.toml"
    return read_knowledge(path) if _plain(name) and path.is_file() else Knowledge()


def expectations(name: str, folder: Path = EXPECTATIONS) -> tuple[Expectation, ...]:
    """What is expected of the implementation that calls itself ``name``; nothing where there is no file.

    Raises:
        CatalogueError: the file is malformed.
    """
    return knowledge(name, folder).expectation


def _plain(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def read_expectations(path: Path) -> tuple[Expectation, ...]:
    """The expectations in the file ``path``, of this schema or of the first, which had no number.

    Raises:
        CatalogueError: the file is malformed, or an entry names no clause, departure or version that there is.
    """
    return read_knowledge(path).expectation


def read_knowledge(path: Path) -> Knowledge:
    """All that the file ``path`` says, as one of this schema.

    Raises:
        CatalogueError: the file is malformed, or without end, or names an attribute, clause, departure or version that
            there is not.
    """
    with path.open(encoding="utf-8") as opened:
        text = opened.read(LARGEST + 1)
    if len(text) > LARGEST:
        raise CatalogueError(path, f"expected at most {LARGEST:,} characters")
    try:
        file = msgspec.convert(tomllib.loads(text), Knowledge)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CatalogueError(path, str(error)) from error
    if not 1 <= file.schema <= SCHEMA:
        raise CatalogueError(path, f"schema version {file.schema}, expected 1 to {SCHEMA}")
    read = file.expectation if file.schema == SCHEMA else tuple(_upgraded(entry) for entry in file.expectation)
    for entry in read:
        _check(path, entry)
    known = (*ATTRIBUTES, *LIBRARY)
    unknown = sorted(set(file.lacks).difference(known))
    if unknown:
        raise CatalogueError(path, f"lacks {unknown[0]!r}: expected one of {', '.join(known)}")
    return msgspec.structs.replace(file, schema=SCHEMA, expectation=read)


def _upgraded(entry: Expectation) -> Expectation:
    """The same in schema 2: in schema 1 a version had two numbers, and was all of its line."""
    versions = ",".join(_whole_line(item.strip()) for item in entry.versions.split(","))
    return msgspec.structs.replace(entry, versions=versions)


def _whole_line(specifier: str) -> str:
    found = _FIRST.fullmatch(specifier)
    if found is None:
        return specifier
    sign, major, minor = found.groups()
    if sign in {"==", "!="}:
        return f"{sign}{major}.{minor}.*"
    return f"{'<' if sign == '<=' else '>='}{major}.{int(minor) + 1}"


def _check(path: Path, entry: Expectation) -> None:
    if entry.clause not in catalogue():
        raise CatalogueError(path, f"clause {entry.clause}: expected one of the catalogue")
    try:
        if gives_another(departure(entry.clause, entry.departure)):
            raise CatalogueError(path, f"departure {entry.departure!r}: expected one that says which")
    except LookupError as error:
        raise CatalogueError(path, f"departure {entry.departure!r}: {error}") from error
    if not entry.reason.strip():
        raise CatalogueError(path, f"clause {entry.clause}: expected a reason")
    if entry.kind is Class.DOCS and not entry.sentence.strip():
        raise CatalogueError(path, f"clause {entry.clause}: class docs expects the sentence it rests on")
    _check_versions(path, entry)


def _check_versions(path: Path, entry: Expectation) -> None:
    try:
        specifiers, _ = SpecifierSet(entry.versions), entry.bounds
    except InvalidSpecifier as error:
        raise CatalogueError(path, f"versions {entry.versions!r}: expected a specifier such as >=3.15") from error
    except ValueError as error:
        raise CatalogueError(path, f"versions {entry.versions!r}: {error}") from error
    coarse = [item for item in specifiers if _COARSE.fullmatch(str(item))]
    if coarse:
        message = "3.12 is 3.12.0 alone, expected a specifier such as ==3.12.*, >=3.12 or <3.13"
        raise CatalogueError(path, f"versions {coarse[0]}: {message}")
