"""Zip archives are the same wherever they are made of the same."""

import io
import zipfile

import pytest

from harness.model.tree import Archive, Directory, Root, SourceFile, Tree
from harness.run.archiving import archived, needed

MEMBERS = {"pkg/m.py": b"x = 1\n" * 20, "a.py": b"", "ns": None}


def read(root: Root) -> zipfile.ZipFile:
    """The archive that is made of the members."""
    return zipfile.ZipFile(io.BytesIO(archived(root, MEMBERS)))


def test_members() -> None:
    """Each file is a member, in the order of their paths, and a directory that is told of; no other directory."""
    assert ["a.py", "ns/", "pkg/m.py"] == read(Root((), "stored")).namelist()


def test_order() -> None:
    """In which order they are given makes no difference."""
    backwards = dict(reversed(MEMBERS.items()))
    assert archived(Root((), "deflate"), MEMBERS) == archived(Root((), "deflate"), backwards)


@pytest.mark.parametrize(("method", "found"), [("stored", zipfile.ZIP_STORED), ("deflate", zipfile.ZIP_DEFLATED)])
def test_method(method: Archive, found: int) -> None:
    """Files are compressed as the root says."""
    assert found == read(Root((), method)).getinfo("pkg/m.py").compress_type


def test_comment() -> None:
    """The archive has the comment of the root."""
    assert read(Root((), "stored", "made by hand")).comment == b"made by hand"


def test_needed() -> None:
    """Who has no archive needs nothing; who has one that is compressed needs what decompresses it."""
    entries = (SourceFile("a.py"), Directory("ns"))
    plain, stored, deflated = Root(entries), Root(entries, "stored"), Root(entries, "deflate")
    assert [list(needed(Tree(roots))) for roots in ((plain,), (stored,), (plain, deflated))] == [
        [],
        ["zipimport.zipimporter"],
        ["zipimport.zipimporter", "zlib.decompress"],
    ]
