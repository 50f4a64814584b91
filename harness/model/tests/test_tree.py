"""A tree that cannot lie on disk, or would lie outside its directory, cannot be made."""

import pytest

from harness.model.tree import Archive, DataFile, Directory, Entry, Root, SourceFile

OUTSIDE = ["../a", "..", "a/../../b", "/a", "", "a//b", "a/", "./a", ".", "a/./b", "a\\b", "a\0b"]


@pytest.mark.parametrize("path", OUTSIDE)
@pytest.mark.parametrize("made", [SourceFile, DataFile, Directory])
def test_a_path_stays_in_its_root(made: type[SourceFile | DataFile | Directory], path: str) -> None:
    """Paths that leave the root, that are absolute, or that two systems read differently."""
    with pytest.raises(ValueError, match="expected a relative path of plain names"):
        made(path)


@pytest.mark.parametrize("path", ["a.py", "a/b.py", "..a", "a..", "...", "été", "\ud800", "a b", "con:x"])
def test_any_other_name_is_a_name(path: str) -> None:
    """Odd names are what import systems are tested with."""
    assert path == Root((SourceFile(path),)).entries[0].path


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        pytest.param((SourceFile("a"), DataFile("a")), "expected distinct paths", id="two files"),
        pytest.param((SourceFile("a"), Directory("a")), "expected distinct paths", id="file and directory"),
        pytest.param((DataFile("a"), SourceFile("a/b.py")), "one of its parents is a file", id="file as parent"),
        pytest.param((SourceFile("a/b/c.py"), DataFile("a")), "one of its parents is a file", id="file as grandparent"),
    ],
)
def test_entries_can_exist_together(entries: tuple[Entry, ...], message: str) -> None:
    """One path is one entry, and only a directory holds others."""
    with pytest.raises(ValueError, match=message):
        Root(entries)


def test_a_directory_may_hold_others() -> None:
    """A directory that is named may also be filled."""
    entries = (Directory("a"), SourceFile("a/b.py"))
    assert entries == Root(entries).entries


@pytest.mark.parametrize(
    ("archive", "comment"),
    [
        pytest.param(None, "one", id="of-directory"),
        pytest.param("stored", "\xe9", id="no-ascii"),
        pytest.param("deflate", "one\ntwo", id="lines"),
        pytest.param("stored", "x" * 1001, id="long"),
    ],
)
def test_comment_refused(archive: Archive | None, comment: str) -> None:
    """A directory has no comment, and that of an archive is one short line of ASCII."""
    with pytest.raises(ValueError, match="expected one of plain ASCII, of an archive"):
        Root((), archive, comment)
