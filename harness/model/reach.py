"""What the imports of a case can come to."""

import functools
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from harness.model.case import Case, Embedded, roots, search_path, sources, written_tree
from harness.model.language.admitting import PATH, Reach
from harness.model.language.caching import Recache, Uncache
from harness.model.language.compound import Statement, statements
from harness.model.language.dunder_import import ReplaceImport
from harness.model.language.module_hooks import LazyGetattr, ModuleGetattr
from harness.model.language.paths import PathEdit
from harness.model.permitted import BUILT_IN, FUTURE, LENT, LIBRARY, WORDS, is_name, is_special, is_standard
from harness.model.rendering import words
from harness.model.source import Source
from harness.model.tree import SourceFile, Tree

_MAIN: Final = "__main__"
_MODULE_SUFFIXES: Final = (".py", ".pyc", ".pyd", ".pyi", ".pyw", ".mpy", ".so")


def reach(case: Case) -> Reach:
    """Which modules the case may import.

    A top-level name surely comes from the tree, is a word that nobody has, or is built in; or it is ``lent``: then what
    lies below it may be the library's, and is only what nobody has. ``__main__`` is the program
    where the implementation runs it, for as long as it is loaded, and the agent where the agent does. A ``__path__``
    that is None stands for ``sys.path``.
    """
    said = [_said(source) for source in sources(case)]
    left = not any(item.unloads for item in said)
    removed = any(item.removes for item in said)
    lying = _lying(written_tree(case), search_path(case))
    names = WORDS if removed else lying.names
    keys = names if isinstance(case.launch, Embedded) else names | {_MAIN}
    surely = keys if left else names
    said_roots = roots(case)
    library = LIBRARY & said_roots
    lent = (LENT & said_roots) - surely
    return Reach(
        surely | library if library else surely,
        keys,
        any(item.everywhere for item in said),
        any(item.recaches for item in said),
        lying.programs if removed else lying.programs_elsewhere,
        lying.inner,
        lent,
        frozenset(words(case)) if any(item.looks for item in said) else frozenset(),
        lying.sources - {"" if isinstance(case.launch, Embedded) else case.launch.path},
    )


def begun(case: Case) -> frozenset[str]:
    """The top-level names that an import finds in the tree, or nowhere, when the program begins."""
    return _lying(written_tree(case), search_path(case)).names


def borrowed(case: Case) -> frozenset[str]:
    """The modules that a case names and that the library may have to lend."""
    return reach(case).lent if LENT & roots(case) else frozenset()


class _Said(NamedTuple):
    """What a source does to the cache, to ``sys.path`` and to a ``__path__``.

    It takes ``__main__`` out of the cache, removes an entry of the path, has a ``__path__`` of None, or puts objects
    into the cache; a ``__getattr__`` in it looks for names.
    """

    unloads: bool
    removes: bool
    everywhere: bool
    recaches: bool
    looks: bool


@functools.lru_cache(maxsize=4096)
def _said(source: Source) -> _Said:
    every = tuple(statements(source.statements))
    return _Said(
        any(isinstance(item, Uncache) and item.key == _MAIN for item in every),
        any(isinstance(item, PathEdit) and item.remove for item in every),
        any(pair == (PATH, None) for item in every for pair in item.given()),
        any(isinstance(item, Recache) or (isinstance(item, ReplaceImport) and item.result) for item in every),
        any(map(_looks, every)),
    )


def _looks(statement: Statement) -> bool:
    """Whether it is a ``__getattr__`` that answers for names which it does not say itself."""
    match statement:
        case ModuleGetattr(known=known, prefix=prefix):
            return bool(known or prefix)
        case LazyGetattr(known=known):
            return bool(known)
        case _:
            return False


def shadowing(case: Case) -> tuple[str, ...]:
    """The paths of entries that the implementation itself may import in place of its own modules."""
    return _lying(written_tree(case), search_path(case)).shadowing


class _Lying(NamedTuple):
    """What lies in a tree: ``names`` are words and the top-level ones surely found in it, ``inner`` last parts of any.

    ``programs`` are what may be executed as a program, ``programs_elsewhere`` the same where ``__main__`` may be one
    that lies on ``sys.path`` in any case. ``sources`` are files that are sources, of roots that are no archives.
    """

    names: frozenset[str]
    programs: frozenset[str]
    programs_elsewhere: frozenset[str]
    inner: frozenset[str]
    shadowing: tuple[str, ...]
    sources: frozenset[str]


@functools.lru_cache(maxsize=256)
def _lying(tree: Tree, path: tuple[str, ...]) -> _Lying:
    """The cases of a family have their tree in common, and mostly what is searched of it."""
    top = tuple(_top_level(tree, path))
    return _Lying(
        WORDS | _of_the_tree(top),
        _programs(tree, ()),
        _programs(tree, path),
        _inner(tree),
        tuple(_shadowing(top)),
        _sources(tree),
    )


class _Top(NamedTuple):
    """What lies where top-level modules are searched for: its path, the first part, the rest, and if it is a source."""

    path: str
    first: str
    rest: str
    is_source: bool


def _shadowing(top: Iterable[_Top]) -> Iterator[str]:
    for path, first, rest, _ in top:
        name, dot, _ = first.partition(".")
        theirs = is_standard(name) and (not is_special(name) or name == FUTURE) and name not in BUILT_IN
        if theirs and (rest or not dot or first.lower().endswith(_MODULE_SUFFIXES)):
            yield path


def _of_the_tree(top: Iterable[_Top]) -> frozenset[str]:
    """The top-level names that an import surely finds in the tree: a portion of a namespace package is none.

    What is no name (``1``, or that of a file ``.py``) nobody can say.
    """
    found = set()
    for _, first, rest, is_source in top:
        if is_source and (rest == "__init__.py" or (not rest and first.endswith(".py"))):
            found.add(first.removesuffix(".py"))
    return frozenset(name for name in found if is_name(name) and not is_standard(name))


def _programs(tree: Tree, elsewhere: tuple[str, ...]) -> frozenset[str]:
    """The files that are sources, and the directories in which ``__main__`` is searched for, and is of the tree.

    That may be one which lies ``elsewhere``. Nothing in such a directory is called as a module of the standard library:
    it is searched first.
    """
    entries = [(f"r{index}/{entry.path}", entry) for index, root in enumerate(tree.roots) for entry in root.entries]
    files = {path for path, entry in entries if isinstance(entry, SourceFile) and path.endswith(".py")}
    inside: dict[str, set[str]] = {}
    for path, _ in entries:
        parts = path.split("/")
        for depth in range(1, len(parts)):
            inside.setdefault("/".join(parts[:depth]), set()).add(parts[depth].partition(".")[0])
    anywhere = any(f"{each}/{_MAIN}.py" in files for each in elsewhere)
    return frozenset(files).union(
        each
        for each, names in inside.items()
        if (anywhere or f"{each}/{_MAIN}.py" in files) and not any(map(is_standard, names - {_MAIN}))
    )


def _sources(tree: Tree) -> frozenset[str]:
    """The files that are sources, of roots that are no archives."""
    return frozenset(
        f"r{index}/{entry.path}"
        for index, root in enumerate(tree.roots)
        if root.archive is None
        for entry in root.entries
        if isinstance(entry, SourceFile) and entry.path.endswith(".py")
    )


def _inner(tree: Tree) -> frozenset[str]:
    """Whatever may be the last part of the name of a module."""
    paths = (entry.path for root in tree.roots for entry in root.entries)
    names = {part.partition(".")[0] for path in paths for part in path.split("/")}
    return frozenset(names - {"", "__init__", _MAIN})


def _top_level(tree: Tree, path: Iterable[str]) -> Iterator[_Top]:
    for entry in path:
        root, _, inside = entry.partition("/")
        prefix = f"{inside}/" if inside else ""
        for item in tree.roots[int(root[1:])].entries:
            if item.path.startswith(prefix):
                first, _, rest = item.path[len(prefix) :].partition("/")
                yield _Top(f"{root}/{item.path}", first, rest, isinstance(item, SourceFile))
