"""Expectations: divergences that are known, one file an implementation, in ``conformance/expectations``.

``NAME.toml`` (NAME is what the implementation calls itself: cpython, pypy) is a list of tables ``[[expectation]]``::

    [[expectation]]
    clause = "repr.namespace"          # a glob; one of the clauses that decide the fact matches
    fact = "module/*/repr"             # a glob; "*" unless given
    versions = ">=3.12,<3.15"          # of the language; all unless given
    class = "docs"                     # bug, wontfix, docs, suite or not-applicable
    reason = "what the implementation does instead, and why"
    sentence = "the sentence of the documents that this rests on"
    link = "where it is tracked or written"
    vectors = ["repr-of-namespace"]    # vectors that show it; optional

An expectation that no longer happens is an unexpected pass: one of its vectors was judged and conformed, or, where it
names none, no case diverged although at least :data:`ENOUGH` had the fact in question.
"""

import enum
import fnmatch
import tomllib
from pathlib import Path
from typing import Final

import msgspec
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from conformance.catalogue.clauses import matching_clauses
from conformance.catalogue.errors import CatalogueError

EXPECTATIONS: Final = Path(__file__).parent.parent / "expectations"
"""Where the files of expectations lie."""

ENOUGH: Final = 200
"""How many cases must have had the fact before the absence of a divergence is an unexpected pass."""


class Class(enum.Enum):
    """Why a divergence is expected."""

    BUG = "bug"
    WONTFIX = "wontfix"
    DOCS = "docs"
    SUITE = "suite"
    NOT_APPLICABLE = "not-applicable"


class Expectation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A divergence that is known; see the module for the fields."""

    clause: str
    reason: str
    kind: Class = msgspec.field(name="class")
    fact: str = "*"
    versions: str = ""
    sentence: str = ""
    link: str = ""
    vectors: tuple[str, ...] = ()

    def applies(self, language: tuple[int, int]) -> bool:
        """Whether the expectation is about that version of the language."""
        return SpecifierSet(self.versions).contains(f"{language[0]}.{language[1]}")

    def names(self, fact: str, clauses: tuple[str, ...]) -> bool:
        """Whether a divergence of ``fact`` is expected: one of the ``clauses`` that lead to it or give it is named."""
        return fnmatch.fnmatchcase(fact, self.fact) and any(fnmatch.fnmatchcase(item, self.clause) for item in clauses)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    expectation: tuple[Expectation, ...] = ()


def expectations(name: str, folder: Path = EXPECTATIONS) -> tuple[Expectation, ...]:
    """What is expected of the implementation that calls itself ``name``; nothing where there is no file.

    Raises:
        CatalogueError: the file is malformed.
    """
    path = folder / f"{name}.toml"
    return read_expectations(path) if _plain(name) and path.is_file() else ()


def _plain(name: str) -> bool:
    return name.replace("-", "").replace("_", "").isalnum()


def read_expectations(path: Path) -> tuple[Expectation, ...]:
    """The expectations in the file ``path``.

    Raises:
        CatalogueError: the file is malformed, or an entry names no clause of the catalogue or no version.
    """
    try:
        read = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File).expectation
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CatalogueError(path, str(error)) from error
    for entry in read:
        _check(path, entry)
    return read


def _check(path: Path, entry: Expectation) -> None:
    if not matching_clauses(entry.clause):
        raise CatalogueError(path, f"clause {entry.clause}: expected a glob that matches a clause of the catalogue")
    if not entry.reason.strip():
        raise CatalogueError(path, f"clause {entry.clause}: expected a reason")
    if entry.kind is Class.DOCS and not entry.sentence.strip():
        raise CatalogueError(path, f"clause {entry.clause}: class docs expects the sentence it rests on")
    try:
        SpecifierSet(entry.versions)
    except InvalidSpecifier as error:
        raise CatalogueError(path, f"versions {entry.versions!r}: expected a specifier such as >=3.15") from error
