"""What the imports of a case can come to."""

from collections.abc import Iterator
from typing import Final

from harness.model.case import Case, Embedded, every, search_path, written_tree
from harness.model.language.admitting import PATH, Reach
from harness.model.language.caching import Recache, Uncache
from harness.model.language.dunder_import import ReplaceImport
from harness.model.language.paths import PathEdit
from harness.model.permitted import BUILT_IN, FUTURE, LIBRARY, WORDS, is_special, is_standard
from harness.model.tree import SourceFile

_MAIN: Final = "__main__"
_MODULE_SUFFIXES: Final = (".py", ".pyc", ".pyd", ".pyi", ".pyw", ".mpy", ".so")


def reach(case: Case) -> Reach:
    """Which modules the case may import.

    A top-level name surely comes from the tree, is a word that nobody has, or is built in. ``__main__`` is the program
    where the implementation runs it, for as long as it is loaded, and the agent where the agent does. A ``__path__``
    that is None stands for ``sys.path``.
    """
    said = [*every(case)]
    own: frozenset[str] = frozenset() if isinstance(case.launch, Embedded) else frozenset({_MAIN})
    left = not any(isinstance(item, Uncache) and item.key == _MAIN for item in said)
    removed = any(isinstance(item, PathEdit) and item.remove for item in said)
    names = WORDS if removed else WORDS | _of_the_tree(case)
    return Reach(
        LIBRARY.intersection(root for item in said for root in item.roots()) | (names | own if left else names),
        names | own,
        any(pair == (PATH, None) for item in said for pair in item.given()),
        any(isinstance(item, Recache) or (isinstance(item, ReplaceImport) and item.result) for item in said),
        _programs(case, elsewhere=not removed),
        _inner(case),
    )


def shadowing(case: Case) -> Iterator[str]:
    """The paths of entries that the implementation itself may import in place of its own modules."""
    for path, first, rest, _ in _top_level(case):
        name, dot, _ = first.partition(".")
        theirs = is_standard(name) and (not is_special(name) or name == FUTURE) and name not in BUILT_IN
        if theirs and (rest or not dot or first.lower().endswith(_MODULE_SUFFIXES)):
            yield path


def _of_the_tree(case: Case) -> frozenset[str]:
    """The top-level names that an import surely finds in the tree: a portion of a namespace package is none."""
    found = set()
    for _, first, rest, is_source in _top_level(case):
        if is_source and (rest == "__init__.py" or (not rest and first.endswith(".py"))):
            found.add(first.removesuffix(".py"))
    return frozenset(name for name in found if not is_standard(name))


def _programs(case: Case, *, elsewhere: bool) -> frozenset[str]:
    """The files that are sources, and the directories in which ``__main__`` is searched for, and is of the tree.

    With ``elsewhere`` that may be one which lies on ``sys.path`` in any case. Nothing in such a directory is called as
    a module of the standard library: it is searched first.
    """
    entries = [
        (f"r{index}/{entry.path}", entry)
        for index, root in enumerate(written_tree(case).roots)
        for entry in root.entries
    ]
    files = {path for path, entry in entries if isinstance(entry, SourceFile) and path.endswith(".py")}
    inside: dict[str, set[str]] = {}
    for path, _ in entries:
        parts = path.split("/")
        for depth in range(1, len(parts)):
            inside.setdefault("/".join(parts[:depth]), set()).add(parts[depth].partition(".")[0])
    anywhere = elsewhere and any(f"{each}/{_MAIN}.py" in files for each in search_path(case))
    return frozenset(files).union(
        each
        for each, names in inside.items()
        if (anywhere or f"{each}/{_MAIN}.py" in files) and not any(map(is_standard, names - {_MAIN}))
    )


def _inner(case: Case) -> frozenset[str]:
    """Whatever may be the last part of the name of a module."""
    paths = (entry.path for root in written_tree(case).roots for entry in root.entries)
    names = {part.partition(".")[0] for path in paths for part in path.split("/")}
    return frozenset(names - {"", "__init__", _MAIN})


def _top_level(case: Case) -> Iterator[tuple[str, str, str, bool]]:
    """What lies where top-level modules are searched for: its path, the first part, the rest, and if it is a source."""
    roots = written_tree(case).roots
    for entry in search_path(case):
        root, _, inside = entry.partition("/")
        prefix = f"{inside}/" if inside else ""
        for item in roots[int(root[1:])].entries:
            if item.path.startswith(prefix):
                first, _, rest = item.path[len(prefix) :].partition("/")
                yield f"{root}/{item.path}", first, rest, isinstance(item, SourceFile)
