"""Texts and ids of vectors stay what they are; what an older schema said is read as it was meant."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
import pytest

from conformance.catalogue import CatalogueError, Vector, encode_vector, vectors
from conformance.catalogue.expectations import SCHEMA as EXPECTED_SCHEMA
from conformance.catalogue.keeping import IDS, Kept, keep, read_ids
from harness.model.admission import decode_case
from harness.model.case import Case, case_id
from harness.model.codec import SCHEMA, CodecError, encode_document
from harness.model.source import Mark, Source
from reports import RUN_SCHEMA

FIRST: Final = Path(__file__).parent / "data" / "schema-1.jsonl"
"""All vectors as they were in the last version that wrote schema 1, one a line; it is never to be written again."""

SINCE: Final[dict[str, str]] = {}
"""Vectors that say something else since then, or are gone, each with the reason."""

OTHER: Final = "attributes-cached-assigned"
NAME: Final = "namespace-two-roots"


def first() -> Iterator[tuple[str, bytes]]:
    """The names and texts of the vectors of schema 1."""
    for line in FIRST.read_text("utf-8").splitlines():
        document = json.loads(line)
        yield document.pop("name"), json.dumps(document).encode()


def test_first_schema() -> None:
    """Each vector of schema 1 is read as the case that the vector of its name is, so it is predicted alike."""
    other = [name for name, text in first() if name not in vectors() or decode_case(text) != vectors()[name].case]
    assert sorted(SINCE) == other


def test_first_schema_is_strict() -> None:
    """What schema 1 did not know it does not say."""
    text = dict(first())[NAME].replace(b'"source"', b'"source-file"')
    with pytest.raises(CodecError, match="expected a type of schema 1, got 'source-file'"):
        decode_case(text)


def test_documentation() -> None:
    """The page on formats tells the schemas there are, and its example is written as such a case is."""
    page = (Path(__file__).parent.parent / "documentation" / "formats.md").read_text("utf-8")
    rows = [line.split("|")[1:3] for line in page.splitlines() if line.startswith("| a ")]
    assert [SCHEMA, RUN_SCHEMA, EXPECTED_SCHEMA] == [int(number) for _, number in rows]
    example = page.partition("```json\n")[2].partition("```")[0].encode()
    assert example == encode_document(decode_case(example))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two vectors of schema 1, and no ids."""
    for name, text in first():
        if name in {OTHER, NAME}:
            path = tmp_path / vectors()[name].chapter / f"{name}.json"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text)
    (tmp_path / IDS).write_text("")
    return tmp_path


def _written(folder: Path, vector: Vector) -> None:
    (folder / vector.chapter / f"{vector.name}.json").write_bytes(encode_vector(vector))


def _otherwise() -> Vector:
    vector = vectors()[NAME]
    return msgspec.structs.replace(vector, case=Case(vector.case.tree, Source((Mark("other"),))))


class TestKeeping:
    """Vectors are written as they are written now, and their ids are listed."""

    def test_once(self, folder: Path) -> None:
        """Then there is nothing left to do, and the vectors are what they were."""
        names = (OTHER, NAME)
        assert (Kept(names, names), Kept((), ())) == (keep(folder), keep(folder))
        assert {name: case_id(vectors()[name].case) for name in names} == read_ids(folder)

    def test_a_new_one(self, folder: Path) -> None:
        """It is added, and nothing else is written."""
        keep(folder)
        _written(folder, msgspec.structs.replace(vectors()[NAME], name="another"))
        assert Kept((), ("another",)) == keep(folder)

    def test_another_case(self, folder: Path) -> None:
        """A vector that became another case is refused, unless that is meant."""
        keep(folder)
        _written(folder, _otherwise())
        with pytest.raises(CatalogueError, match=rf"{NAME} is another case"):
            keep(folder)
        assert Kept((), (NAME,)) == keep(folder, [NAME])
        assert case_id(_otherwise().case) == read_ids(folder)[NAME]

    def test_one_that_is_gone(self, folder: Path) -> None:
        """So is one that is gone."""
        keep(folder)
        (folder / vectors()[NAME].chapter / f"{NAME}.json").unlink()
        with pytest.raises(CatalogueError, match=rf"{NAME} is another case"):
            keep(folder)
        assert (Kept((), ()), [OTHER]) == (keep(folder, [NAME]), list(read_ids(folder)))

    def test_no_list(self, folder: Path) -> None:
        """A list that is none is refused."""
        (folder / IDS).write_text("[ids]\n")
        with pytest.raises(CatalogueError, match=r"ids\.toml"):
            keep(folder)
