"""Zip archives, byte for byte the same wherever they are made of the same."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Final

from harness.model.tree import Root, Tree

__all__ = ["archived", "needed"]

_DATE: Final = (2020, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_FILE: Final = 0o100_644 << 16
_DIRECTORY: Final = (0o040_755 << 16) | 0x10
_METHODS: Final = {"stored": zipfile.ZIP_STORED, "deflate": zipfile.ZIP_DEFLATED}


def needed(tree: Tree) -> Iterator[str]:
    """The functions of the library by which an implementation reads the archives of a tree."""
    methods = {root.archive for root in tree.roots} - {None}
    if methods:
        yield "zipimport.zipimporter"
    if "deflate" in methods:
        yield "zlib.decompress"


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
