"""What lies on disk before a case begins, by path relative to the tree; how path entries name its directories."""

import functools
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from harness.model.case import Case, Embedded, Module, search_path, written_tree
from harness.model.source import Source
from harness.model.tree import DataFile, Directory, Root, SourceFile

PREFIX: Final = "<tree>/"
"""How the path of a place in the tree begins."""

_LIBRARIES: Final = frozenset({"so", "pyd", "dll", "dylib", "sl"})
"""How names of shared libraries end on some platform; which of them are recognised is up to the implementation."""


class Layout(NamedTuple):
    """The files, the directories and the sources of a case, and the head of ``sys.path``; the same in every world.

    ``working`` is the working directory. ``shared`` are the files that may be shared libraries: by the path without
    suffixes, the suffixes that are there. ``texts`` are those of files that are no sources. ``archives`` are the
    roots that are archives: what lies in them is among the files and the directories like all else. ``named`` are the
    entries that PYTHONPATH names.
    """

    path: tuple[str, ...]
    files: frozenset[str]
    directories: frozenset[str]
    sources: Mapping[str, Source]
    working: str
    shared: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, str]
    archives: Mapping[str, Root]
    named: frozenset[str]


def laid_out(case: Case) -> Layout:
    """The layout of a case, its program among the files where the launch names one."""
    files: set[str] = set()
    directories: set[str] = set()
    sources: dict[str, Source] = {}
    texts: dict[str, str] = {}
    archives: dict[str, Root] = {}
    for index, root in enumerate(written_tree(case).roots):
        if root.archive is not None:
            archives[f"r{index}"] = root
        directories.add(f"r{index}")
        for entry in root.entries:
            path = f"r{index}/{entry.path}"
            above = path.rpartition("/")[0]
            while above not in directories:
                directories.add(above)
                above = above.rpartition("/")[0]
            match entry:
                case SourceFile(source=source):
                    files.add(path)
                    sources[path] = source
                case Directory():
                    directories.add(path)
                case DataFile(text=text):
                    files.add(path)
                    texts[path] = text
    working = "r0" if isinstance(case.launch, Module) else ""
    shared = _shared(path for path in files if path.partition("/")[0] not in archives)
    found = frozenset(files), frozenset(directories)
    searched = search_path(case)
    named = frozenset(() if isinstance(case.launch, Embedded) else searched[1:])
    return Layout(searched, *found, sources, working, shared, texts, archives, named)


def _shared(files: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(path for path in files if path.rpartition(".")[2] in _LIBRARIES):
        directory, _, file = path.rpartition("/")
        name, dot, suffix = file.partition(".")
        if dot:
            place = f"{directory}/{name}"
            found[place] = (*found.get(place, ()), f".{suffix}")
    return found


class Entry(NamedTuple):
    """A path entry: the directory of the tree that it names, and what the paths of what is found there begin with.

    ``spelt`` keeps what is needless in the entry (``./``, ``..``, doubled slashes), ``plain`` does without;
    ``relative`` tells whether it is relative to the working directory, ``of_bytes`` whether it is bytes, not a string.
    ``needless`` says how what is needless stands there.
    """

    place: str
    spelt: str
    relative: bool = False
    of_bytes: bool = False
    needless: str = ""

    @property
    def plain(self) -> str:
        """The path of the directory without anything needless."""
        return f"{PREFIX}{self.place}".rstrip("/")

    def below(self, name: str) -> str:
        """The place of ``name`` in the directory."""
        return f"{self.place}/{name}" if self.place else name


@functools.lru_cache(maxsize=4096)
def plain(place: str) -> Entry:
    """The entry that names a directory of the tree by its path, with nothing needless."""
    return Entry(place, f"{PREFIX}{place}".rstrip("/"))


def entry(text: str, working: str, directories: frozenset[str]) -> Entry | None:
    """The entry that a string is; ``None`` where it leads out of the tree, in which the case has nothing.

    Relative entries are relative to the working directory, which the empty string denotes (reference/import §5.5.1).
    """
    place = text.removeprefix(PREFIX)
    if place in directories and place != text:
        return Entry(place, text)
    absolute = f"{text}/".startswith(PREFIX)
    if text.startswith("/"):
        return None
    found = [] if absolute else [part for part in working.split("/") if part]
    for part in f"{text}/".removeprefix(PREFIX).split("/"):
        if part == "..":
            if not found or "/".join(found) not in directories:
                return None
            found.pop()
        elif part not in {"", "."}:
            found.append(part)
    base = "" if absolute else PREFIX + (f"{working}/" if working else "")
    needless = "a dot" if text == "." else "a dot and a slash first" if text.startswith("./") else ""
    return Entry("/".join(found), f"{base}{text}".rstrip("/"), not absolute, needless=needless)
