"""What lies on disk: path roots and the files and directories in them."""

from typing import Final, Literal, TypeAlias, Union

import msgspec

from harness.model.source import Source

Archive: TypeAlias = Literal["stored", "deflate"]
"""How the members of a zip archive are compressed."""

LONGEST_COMMENT: Final = 1000
"""How many characters the comment of an archive may have."""

NOTHING: Final = Source()
"""The source of an empty file."""


def _checked(path: str) -> None:
    """Refuse a path that could lead outside the tree it is written to.

    Raises:
        ValueError: ``path`` is empty, absolute, has ``.``, ``..`` or empty parts, or holds a NUL or backslash.
    """
    parts = path.split("/")
    if "\0" in path or "\\" in path or any(part in {"", ".", ".."} for part in parts):
        message = f"path {path!r} of a tree entry: expected a relative path of plain names"
        raise ValueError(message)


class SourceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="source-file", omit_defaults=True):
    """A file of Python source at ``path`` (relative to its root, parts joined by ``/``)."""

    path: str
    source: Source = NOTHING

    def __post_init__(self) -> None:
        """Refuse a path that leads outside the tree."""
        _checked(self.path)
        if self.source == NOTHING:
            msgspec.structs.force_setattr(self, "source", NOTHING)  # what is not the default itself would be written


class DataFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="data-file", omit_defaults=True):
    """A file that is no Python source: ``text`` in UTF-8 (lone surrogates as the bytes they stand for)."""

    path: str
    text: str = ""

    def __post_init__(self) -> None:
        """Refuse a path that leads outside the tree."""
        _checked(self.path)


class Directory(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="directory", omit_defaults=True):
    """A directory, with its parents; needed only where nothing else lies in it."""

    path: str

    def __post_init__(self) -> None:
        """Refuse a path that leads outside the tree."""
        _checked(self.path)


Entry: TypeAlias = Union[SourceFile, DataFile, Directory]


class Root(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One path entry: a directory with these entries. The Nth root of a tree is the directory ``rN``.

    Or a zip ``archive`` of that name, with a ``comment``: it has members for its files, and for what is a
    :class:`Directory` among its entries, but none for a directory in which something lies.

    Raises:
        ValueError: two entries have one path, or a file stands where another entry needs a directory; a directory has
            a comment, or it is none of plain ASCII.
    """

    entries: tuple[Entry, ...] = ()
    archive: Archive | None = None
    comment: str = ""

    def __post_init__(self) -> None:
        """Refuse entries that cannot exist together, and a comment that no archive has."""
        plain = self.comment.isascii() and self.comment.isprintable() and len(self.comment) <= LONGEST_COMMENT
        if self.comment and (self.archive is None or not plain):
            message = f"comment {self.comment!a:.80} of a root: expected one of plain ASCII, of an archive"
            raise ValueError(message)
        paths = [entry.path for entry in self.entries]
        files = {entry.path for entry in self.entries if not isinstance(entry, Directory)}
        if len(set(paths)) != len(paths):
            message = f"entries of a root: expected distinct paths, got {sorted(paths)}"
            raise ValueError(message)
        for path in paths:
            parents = path.split("/")[:-1]
            if any("/".join(parents[: depth + 1]) in files for depth in range(len(parents))):
                message = f"path {path!r}: one of its parents is a file"
                raise ValueError(message)


class Tree(msgspec.Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True, omit_defaults=True):
    """The path roots of a case, in the order in which they are searched."""

    roots: tuple[Root, ...] = ()
