"""A case: a tree, a program and the way it is launched."""

import functools
import hashlib
from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias, Union

import msgspec

from harness.model.codec import encode
from harness.model.language.compound import Edit, statements
from harness.model.language.documented import FUNCTIONS
from harness.model.language.launching import RUN_PATH, RUNS
from harness.model.permitted import LIBRARY
from harness.model.source import Source, Statement
from harness.model.tree import SourceFile, Tree

BY_NAME: Final = "import-by-name"
"""Stands among the words of a case for every function of the library that imports what it is given the name of."""

EDIT: Final = str(Edit.__struct_config__.tag)
"""The kind of a statement that writes a file."""


class Embedded(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="embedded", omit_defaults=True):
    """The program is executed by the agent in a fresh namespace that belongs to no package.

    The working directory is the tree, and ``sys.path`` begins with its roots, in order. The namespace holds
    ``__name__`` (``"program"``) and ``__builtins__`` and nothing else.
    """


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="script", omit_defaults=True):
    """``python PATH``, started in the tree: the program is the text of that file, such as ``r0/main.py``."""

    path: str


class Module(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="module", omit_defaults=True):
    """``python -m NAME``, started in the first root; the program is the file ``path`` (``r0/a/__main__.py``)."""

    name: str
    path: str


Launch: TypeAlias = Union[Embedded, Script, Module]

EMBEDDED: Final = Embedded()
"""How a case is launched unless it says otherwise."""


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, dict=True):
    """What every implementation is asked: does this program, launched so over this tree, do what the documents say?"""

    tree: Tree
    program: Source
    launch: Launch = EMBEDDED

    def __post_init__(self) -> None:
        """The default is itself: an equal one would be written, and one case would have two ids."""
        if self.launch == EMBEDDED:
            msgspec.structs.force_setattr(self, "launch", EMBEDDED)

    @property
    def identifier(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of the case's canonical JSON."""
        return self._measured[0]

    @property
    def size(self) -> int:
        """How many bytes the case's canonical JSON has."""
        return self._measured[1]

    @functools.cached_property
    def _measured(self) -> tuple[str, int]:
        text = encode(self)
        return hashlib.sha256(text).hexdigest()[:16], len(text)


def case_id(case: Case) -> str:
    """The id of a case, by which files and people name it."""
    return case.identifier


def search_path(case: Case) -> tuple[str, ...]:
    """The entries that belong to the case at the head of ``sys.path``, relative to the tree, in order.

    A script's directory comes first and then the other roots; with ``-m`` the first root, the working directory, does.
    """
    roots = tuple(f"r{index}" for index in range(len(case.tree.roots)))
    match case.launch:
        case Script(path=path):
            first = path.rpartition("/")[0]
            return (first, *(root for root in roots if root != first))
        case _:
            return roots


def written_tree(case: Case) -> Tree:
    """The tree as it lies on disk: with the program in its place when the launch names a file."""
    if isinstance(case.launch, Embedded):
        return case.tree
    root, _, inner = case.launch.path.partition("/")
    index = int(root[1:])
    entries = tuple(entry for entry in case.tree.roots[index].entries if entry.path != inner)
    changed = msgspec.structs.replace(case.tree.roots[index], entries=(*entries, SourceFile(inner, case.program)))
    return Tree((*case.tree.roots[:index], changed, *case.tree.roots[index + 1 :]))


def sources(case: Case) -> Iterator[Source]:
    """The program, then every source of the tree."""
    yield case.program
    for root in case.tree.roots:
        for entry in root.entries:
            if isinstance(entry, SourceFile):
                yield entry.source


def every(case: Case) -> Iterator[Statement]:
    """Every statement of the program, then of each source of the tree, nested ones after what holds them."""
    return (statement for source in sources(case) for statement in _all(source))


@functools.lru_cache(maxsize=4096)
def _all(source: Source) -> tuple[Statement, ...]:
    """Of a source they are asked for again and again."""
    return tuple(statements(source.statements))


class _Said(NamedTuple):
    """The kinds of the statements of a source, the functions that they call, the first parts of names of modules."""

    kinds: frozenset[str]
    functions: frozenset[str]
    roots: frozenset[str]


@functools.lru_cache(maxsize=4096)
def _said(source: Source) -> _Said:
    every = _all(source)
    return _Said(
        frozenset(str(item.__struct_config__.tag) for item in every),
        frozenset(function for item in every for function in item.functions()),
        frozenset(root for item in every for root in item.roots()),
    )


def called(case: Case) -> tuple[str, ...]:
    """The documented functions that the case calls, by their keys, sorted."""
    return tuple(sorted(_functions(case)))


def _functions(case: Case) -> frozenset[str]:
    return frozenset().union(*(_said(source).functions for source in sources(case)))


def roots(case: Case) -> frozenset[str]:
    """The first parts of all names of modules that the case says."""
    return frozenset().union(*(_said(source).roots for source in sources(case)))


def words(case: Case) -> tuple[str, ...]:
    """What the case says: the kinds of its statements and of its launch, and what it calls, sorted.

    Among the kinds is :data:`BY_NAME`, where a function of the library imports what it is given the name of.
    """
    kinds = {str(case.launch.__struct_config__.tag)}.union(*(_said(source).kinds for source in sources(case)))
    called = _functions(case)
    if any(name in FUNCTIONS and FUNCTIONS[name].imports for name in called):
        kinds.add(BY_NAME)
    return tuple(sorted(kinds | called))


def edits(case: Case) -> bool:
    """Whether the case says that a file of its tree is written: then no other can be run over that."""
    return any(EDIT in _said(source).kinds for source in sources(case))


def scope(case: Case) -> tuple[str, ...]:
    """The top-level names the case can bring into ``sys.modules``, sorted; modules of other names are not observed."""
    found: set[str] = set()
    for entry in search_path(case):
        index, _, inside = entry.partition("/")
        prefix = f"{inside}/" if inside else ""
        for item in written_tree(case).roots[int(index[1:])].entries:
            if item.path.startswith(prefix):
                found.add(item.path[len(prefix) :].split("/")[0].removesuffix(".py"))
    found.update(roots(case))
    if RUNS in _functions(case):
        found.add(RUN_PATH)
    return tuple(sorted(name for name in found - LIBRARY if name))
