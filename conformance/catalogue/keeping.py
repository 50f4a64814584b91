"""The texts and ids of vectors are kept: ids in ``conformance/vectors/ids.toml``, a line a vector.

A case keeps its id as long as it says the same, whatever can be said besides; so an id changes only with its vector.
"""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from conformance.catalogue.errors import CatalogueError
from conformance.catalogue.vectors import Vector, encode_vector, read_vectors
from harness.model.case import case_id

__all__ = ["IDS", "Kept", "keep", "read_ids"]

IDS = "ids.toml"
"""The name of the list, in the folder of the vectors."""


class Kept(msgspec.Struct, frozen=True):
    """What was written: the vectors whose text was not as it is written now, and those whose id was not in the list."""

    rewritten: tuple[str, ...]
    listed: tuple[str, ...]


def read_ids(folder: Path) -> dict[str, str]:
    """The ids of vectors by their names.

    Raises:
        CatalogueError: the list is malformed.
    """
    path = folder / IDS
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), dict[str, str])
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CatalogueError(path, str(error)) from error


def keep(folder: Path, changed: Collection[str] = ()) -> Kept:
    """Write each vector as it is written now, whatever its schema, and add those that are new to the list of ids.

    Raises:
        CatalogueError: a vector that is in the list is gone or has another id, and is not among ``changed``.
    """
    vectors, known = read_vectors(folder), read_ids(folder)
    for name in sorted(known.keys() - set(changed)):
        if name not in vectors or case_id(vectors[name].case) != known[name]:
            raise CatalogueError(folder / IDS, f"{name} is another case: expected {known[name]}")
    found = {name: case_id(vector.case) for name, vector in vectors.items()}
    rewritten = tuple(name for name, vector in vectors.items() if _written(folder, vector))
    (folder / IDS).write_text(_text(found), "utf-8")
    return Kept(rewritten, tuple(name for name in found if found[name] != known.get(name)))


def _written(folder: Path, vector: Vector) -> bool:
    """Whether the file had to be written."""
    path, text = folder / vector.chapter / f"{vector.name}.json", encode_vector(vector)
    if path.read_bytes() == text:
        return False
    path.write_bytes(text)
    return True


def _text(ids: Mapping[str, str]) -> str:
    return "# Which case each vector is; python -m conformance.catalogue adds what is new.\n" + "".join(
        f'{name} = "{identifier}"\n' for name, identifier in sorted(ids.items())
    )
