"""An installation of one's own, made of links to another, some files of which are replaced."""

import os
import shutil
from collections.abc import Collection
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

from conformance.sensitivity.originals import Original

__all__ = ["laid"]

_SIBLINGS: Final = ("python", "pypy", "libpython", "libpypy")
"""What lies beside the library or the file of an interpreter and belongs to it."""

_MOST: Final = 400
"""What has more below it is linked as a whole: no package of the library that a start or a case imports is as large."""

_OWN: Final = frozenset({"__pycache__", "site-packages", "dist-packages"})
"""What is a directory of one's own however much is in it: what a start reads there may be written there."""


def laid(original: Original, replaced: Collection[str], prefix: Path) -> tuple[Path, Path]:
    """The file of an interpreter and its library, both below ``prefix``, which is made.

    Every file in the library is a link to what it is in the original, but those that are ``replaced`` and their
    bytecode: they are not there. Directories are its own, so that what writes bytecode writes it there. What else the
    interpreter is called by is a link to that file.
    """
    library = prefix / original.library.parent.name / original.library.name
    executable = prefix / "bin" / original.executable.name
    executable.parent.mkdir(parents=True)
    shutil.copyfile(original.executable, executable)
    executable.chmod(0o755)
    library.parent.mkdir()
    for directory, real, but in (
        (executable.parent, original.executable.parent, executable.name),
        (library.parent, original.library.parent, library.name),
    ):
        for entry in os.scandir(real):
            if entry.name.startswith(_SIBLINGS) and entry.name != but:
                same = Path(entry.path).resolve() == original.executable.resolve()
                (directory / entry.name).symlink_to(executable.name if same else entry.path)
    _link(str(original.library), str(library), _parts(original, replaced))
    return executable, library


def _parts(original: Original, replaced: Collection[str]) -> frozenset[tuple[str, ...]]:
    """The paths that are replaced, bytecode of whatever kind among them."""
    paths = [PurePosixPath(path) for path in replaced]
    caches = [path.parent / "__pycache__" / f"{path.stem}.{original.tag}.pyc" for path in paths]
    found = [
        cache.parent / name.name
        for cache in caches
        for name in (original.library / cache.parent).glob(f"{cache.name.partition('.')[0]}.*")
    ]
    return frozenset(path.parts for path in (*paths, *caches, *found))


def _link(real: str, directory: str, replaced: Collection[tuple[str, ...]]) -> None:
    os.mkdir(directory)  # noqa: PTH102 - hundreds of them
    for entry in os.scandir(real):
        inside = frozenset(parts[1:] for parts in replaced if parts[0] == entry.name)
        if () in inside:
            continue
        path = f"{directory}/{entry.name}"
        if inside or (entry.is_dir() and (entry.name in _OWN or _small(entry.path))):
            _link(entry.path, path, inside)
        else:
            os.symlink(entry.path, path)  # noqa: PTH211 - thousands of them


@cache
def _small(directory: str) -> bool:
    """Whether there is little in a directory: a package that somebody may import, and have bytecode written for."""
    waiting, seen = [directory], 0
    while waiting and seen <= _MOST:
        for entry in os.scandir(waiting.pop()):
            seen += 1
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
    return seen <= _MOST
