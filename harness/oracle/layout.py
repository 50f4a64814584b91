"""What lies on disk before a case begins, by path relative to the tree."""

from collections.abc import Mapping
from typing import NamedTuple

from harness.model.case import Case, search_path, written_tree
from harness.model.source import Source
from harness.model.tree import Directory, SourceFile


class Layout(NamedTuple):
    """The files, the directories and the sources of a case, and the head of ``sys.path``; the same in every world."""

    path: tuple[str, ...]
    files: frozenset[str]
    directories: frozenset[str]
    sources: Mapping[str, Source]


def laid_out(case: Case) -> Layout:
    """The layout of a case, its program among the files where the launch names one."""
    files: set[str] = set()
    directories: set[str] = set()
    sources: dict[str, Source] = {}
    for index, root in enumerate(written_tree(case).roots):
        directories.add(f"r{index}")
        for entry in root.entries:
            path = f"r{index}/{entry.path}"
            parts = path.split("/")
            directories.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
            match entry:
                case SourceFile(source=source):
                    files.add(path)
                    sources[path] = source
                case Directory():
                    directories.add(path)
                case _:
                    files.add(path)
    return Layout(search_path(case), frozenset(files), frozenset(directories), sources)
