"""Vectors: cases that are kept, one JSON file each, in ``conformance/vectors``.

``NAME.json`` holds ``{"schema": 1, "about": TEXT, "clauses": [ID, …], "case": CASE}``. It is a case file like any
other (``replay`` reads it) with two fields more: what the vector shows, in a sentence, and the clauses it was written
for, each of which the oracle must cite when it predicts the case. Write one with :func:`encode_vector`.
"""

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import msgspec

from conformance.catalogue.clauses import catalogue
from conformance.catalogue.errors import CatalogueError
from harness.model.admission import decode_case
from harness.model.case import Case
from harness.model.codec import SCHEMA, CodecError, decode, encode

VECTORS: Final = Path(__file__).parent.parent / "vectors"
"""Where the vectors lie."""


class Vector(msgspec.Struct, frozen=True):
    """A kept case: ``name`` is its file's, ``about`` says what it shows, ``clauses`` what it was written for."""

    name: str
    about: str
    clauses: tuple[str, ...]
    case: Case


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
        CatalogueError: a file is malformed or names a clause that the catalogue does not have.
    """
    return MappingProxyType({path.stem: read_vector(path) for path in sorted(VECTORS.glob("*.json"))})


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
    unknown = sorted(set(notes.clauses) - catalogue().keys())
    if unknown or not notes.clauses:
        raise CatalogueError(path, f"expected clauses of the catalogue, got {unknown or 'none'}")
    if not notes.about.strip():
        raise CatalogueError(path, "expected a sentence in the field about")
    return Vector(path.stem, notes.about, notes.clauses, case)


def encode_vector(vector: Vector) -> bytes:
    """The text of the vector's file."""
    record = _File(SCHEMA, vector.about, vector.clauses, vector.case)
    return msgspec.json.format(encode(record), indent=1) + b"\n"
