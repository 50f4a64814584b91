"""Zip archives, byte for byte the same wherever they are made of the same."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Final

from harness.model.tree import Root, Tree

__all__ = ["FIRST", "archived", "needed"]

_DATE: Final = (2020, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_FILE: Final = 0o100_644 << 16
_DIRECTORY: Final = (0o040_755 << 16) | 0x10
_READ: Final = "zipimport.zipimporter"
_INFLATED: Final = "zlib.decompress"
_METHODS: Final = {"stored": zipfile.ZIP_STORED, "deflate": zipfile.ZIP_DEFLATED}


FIRST: Final = {_READ: '_host["zipimport"].zipimporter', _INFLATED: '_host["zlib"].decompress'}
"""What loads them, before a case that needs them: an expression in the words of the agent's room ``library``."""


def needed(tree: Tree) -> Iterator[str]:
    """The functions of the library by which an implementation reads the archives of a tree."""
    methods = {root.archive for root in tree.roots} - {None}
    if methods:
        yield _READ
    if "deflate" in methods:
        yield _INFLATED


def archived(root: Root, members: Mapping[str, bytes | None]) -> bytes:
    """The archive that a root is, of its members by their paths, sorted; a directory has no content."""
    method = _METHODS[root.archive or "stored"]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.comment = root.comment.encode("ascii")
        for path, content in sorted(members.items()):
            info = zipfile.ZipInfo(path if content is not None else f"{path}/", _DATE)
            info.create_system = _UNIX
            info.external_attr = _DIRECTORY if content is None else _FILE
            info.compress_type = zipfile.ZIP_STORED if content is None else method
            file.writestr(info, content or b"")
    return held.getvalue()
