"""Vectors: cases that are kept, one JSON file each, in ``conformance/vectors``, a folder for each chapter.

``CHAPTER/NAME.json`` holds ``{"schema": 2, "about": TEXT, "clauses": [ID, …], "case": CASE}``. It is a case file like
any other (``replay`` reads it) with two fields more: what the vector shows, in a sentence, and the clauses it was
written for, each of which the oracle must cite when it predicts the case. It lies in the chapter of the first of them.
Write one with :func:`encode_vector`.
"""

import functools
import os
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import msgspec

from conformance.catalogue.clauses import catalogue, chapter, in_chapters
from conformance.catalogue.errors import CatalogueError
from harness.model.admission import decode_case
from harness.model.case import Case
from harness.model.codec import SCHEMA, CodecError, decode, encode
from harness.model.readable import readable
from reports.records import GENERATED, STORED

VECTORS: Final = Path(__file__).parent.parent / "vectors"
"""Where the chapters' folders lie that hold the vectors."""


_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Vector(msgspec.Struct, frozen=True):
    """A kept case: ``name`` is its file's, ``about`` says what it shows, ``clauses`` what it was written for."""

    name: str
    about: str
    clauses: tuple[str, ...]
    case: Case

    @property
    def chapter(self) -> str:
        """The chapter it belongs to: that of the first of its clauses."""
        return chapter(self.clauses[0])


class _Notes(msgspec.Struct, frozen=True):
    about: str
    clauses: tuple[str, ...]


class _File(msgspec.Struct, frozen=True):
    schema: int
    about: str
    clauses: tuple[str, ...]
    case: Case


@functools.cache
def vectors() -> Mapping[str, Vector]:
    """Every vector by its name, in the order of the names.

    Raises:
        CatalogueError: see :func:`read_vectors`.
    """
    return MappingProxyType(read_vectors(VECTORS))


def vector(name: str) -> Vector | None:
    """The vector of that name, None if there is none: no other is read.

    Raises:
        CatalogueError: see :func:`read_vector`.
    """
    paths = (folder / f"{name}.json" for folder in VECTORS.iterdir() if _NAME.fullmatch(name))
    there = (path for path in paths if os.path.isfile(path))  # noqa: PTH113 - it says no, whatever the name
    return next(map(read_vector, there), None)


def read_vectors(folder: Path) -> dict[str, Vector]:
    """The vectors in the folders of ``folder`` by their names, in the order of the names.

    Raises:
        CatalogueError: a file is malformed, names a clause that the catalogue does not have, lies elsewhere than in the
            chapter of its first clause, or has the name of another.
    """
    found: dict[str, Vector] = {}
    for path in in_chapters(folder, "json"):
        vector = read_vector(path)
        if vector.name in found:
            raise CatalogueError(path, "expected a name of its own")
        if vector.chapter != path.parent.name:
            raise CatalogueError(path, f"expected to lie in {vector.chapter}, the chapter of {vector.clauses[0]}")
        found[vector.name] = vector
    return found


def read_vector(path: Path) -> Vector:
    """The vector in the file ``path``.

    Raises:
        CatalogueError: the file is malformed or names a clause that the catalogue does not have.
    """
    data = path.read_bytes()
    try:
        case = decode_case(data, where=path.name)
        notes = decode(data, _Notes, where=path.name)
    except CodecError as error:
        raise CatalogueError(path, error.reason) from error
    if not _NAME.fullmatch(path.stem) or path.stem in {GENERATED, STORED}:
        raise CatalogueError(path, "expected a name of small letters, digits and hyphens, and of a vector")
    unknown = sorted(set(notes.clauses) - catalogue().keys())
    if unknown or not notes.clauses:
        raise CatalogueError(path, f"expected clauses of the catalogue, got {unknown or 'none'}")
    if not notes.about.strip():
        raise CatalogueError(path, "expected a sentence in the field about")
    return Vector(path.stem, notes.about, notes.clauses, case)


def encode_vector(vector: Vector) -> bytes:
    """The text of the vector's file."""
    record = _File(SCHEMA, vector.about, vector.clauses, vector.case)
    return readable(encode(record))
