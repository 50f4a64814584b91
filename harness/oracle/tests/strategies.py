"""Cases in which much meets in little space: few names, every statement, awkward places for each."""

import functools
from typing import Final

from hypothesis import strategies as st

from harness.model.case import Case, Embedded, Launch, Module, Script
from harness.model.source import (
    Alias,
    Assign,
    Block,
    Broken,
    Class,
    Delete,
    Extend,
    FromImport,
    Function,
    Guard,
    Import,
    Invoke,
    Items,
    Mark,
    ModuleDir,
    ModuleGetattr,
    PathEdit,
    Raise,
    Read,
    Recache,
    SetPath,
    Source,
    StarImport,
    Statement,
    Substitute,
    Try,
    Uncache,
)
from harness.model.tree import DataFile, Directory, Entry, Root, SourceFile, Tree

LANGUAGES: Final = st.sampled_from([*((3, minor) for minor in range(8, 16)), (3, 12, 7), (3, 15, 2)])
"""The versions of the language that the suite judges."""

_NAMES: Final = st.sampled_from(["a", "pkg", "sub", "x", "_y"])
_KEYS: Final = st.sampled_from(["a", "pkg", "pkg.sub", "pkg.a", "pkg.sub.x", "x", "missing"])
_SPECIAL: Final = st.sampled_from(["__all__", "__path__", "__spec__", "__package__", "__file__", "__doc__"])
_ERRORS: Final = st.sampled_from(["ImportError", "ModuleNotFoundError", "AttributeError", "Exception", "BaseException"])
_ALIASES: Final = st.lists(st.builds(Alias, _NAMES, st.sampled_from(["", "", "z"])), min_size=1, max_size=2).map(tuple)
_DOTTED: Final = st.lists(st.builds(Alias, _KEYS, st.sampled_from(["", "", "z"])), min_size=1, max_size=2).map(tuple)
_MODULES: Final = st.tuples(_KEYS, st.just(0)) | st.tuples(st.sampled_from(["", "sub", "a"]), st.integers(1, 3))
_CONSTANTS: Final = st.sampled_from([None, 1, True, "x", "pkg"])
_LISTS: Final = st.builds(Items, st.lists(_CONSTANTS, max_size=2).map(tuple), st.booleans())
_PLACES: Final = st.lists(st.sampled_from(["r0", "r1", "r0/pkg", "r1/pkg", "r0/none"]), max_size=2).map(tuple)
_PATHS: Final = st.lists(st.one_of(_NAMES, _SPECIAL), min_size=1, max_size=3).map(tuple)

_imports: Final[st.SearchStrategy[Statement]] = st.one_of(
    st.builds(Import, _DOTTED),
    _MODULES.flatmap(lambda module: st.builds(FromImport, st.just(module[0]), _ALIASES, st.just(module[1]))),
    _MODULES.map(lambda module: StarImport(*module)),
)
_plain: Final[st.SearchStrategy[Statement]] = st.one_of(
    st.builds(Assign, _NAMES | _SPECIAL, _CONSTANTS | _LISTS),
    st.builds(Extend, st.sampled_from(["__all__", "__path__", "x"]), _LISTS),
    st.builds(Delete, _NAMES | _SPECIAL),
    st.builds(Read, _NAMES, _PATHS),
    st.builds(Invoke, st.lists(_NAMES, min_size=1, max_size=2).map(tuple)),
    st.builds(Raise, st.sampled_from(["ImportError", "ValueError", "KeyboardInterrupt", "ModuleNotFoundError"])),
    st.builds(ModuleGetattr, st.lists(_NAMES, max_size=2).map(tuple), _CONSTANTS),
    st.builds(ModuleDir, st.lists(_NAMES, max_size=2).map(tuple)),
    st.sampled_from([Mark("m"), Broken()]),
)
_system: Final[st.SearchStrategy[Statement]] = st.one_of(
    st.builds(Uncache, _KEYS),
    st.builds(Block, _KEYS),
    st.builds(Substitute, _KEYS, st.sampled_from([(), (("x", 1),), (("__path__", Items()),)])),
    st.builds(Recache, _KEYS, _NAMES),
    st.builds(SetPath, _PLACES),
    st.builds(PathEdit, st.integers(0, 1), st.booleans()),
)


def _nested(inner: st.SearchStrategy[Statement]) -> st.SearchStrategy[Statement]:
    body = st.lists(inner, min_size=1, max_size=2).map(tuple)
    return st.one_of(
        st.builds(Try, body, _ERRORS, body),
        st.builds(Function, _NAMES, body, st.sampled_from([(), ("x",)])),
        st.builds(Class, _NAMES, body),
        st.builds(Guard, body),
    )


_statements: Final = st.recursive(_imports | _imports | _plain | _system, _nested, max_leaves=3)
_sources: Final = st.builds(Source, st.lists(_statements, max_size=3).map(tuple), st.sampled_from([None, "doc"]))


@functools.cache  # a strategy that is made anew is looked through anew at each draw
def _entries(path: str) -> st.SearchStrategy[Entry]:
    source = st.builds(SourceFile, st.just(path), _sources)
    other = st.sampled_from([DataFile(path, "x = 1"), Directory(path)])
    return st.one_of(source, source, source, source, other)


_FILES: Final = ["a.py", "pkg.py", "pkg/__init__.py", "pkg/sub.py", "pkg/a.py", "pkg/sub/__init__.py", "pkg/sub/x.py"]
_roots: Final = (
    st.lists(st.sampled_from(_FILES), unique=True, max_size=4).flatmap(lambda paths: st.tuples(*map(_entries, paths)))
).map(Root)
_launches: Final[st.SearchStrategy[Launch]] = st.sampled_from(
    [
        Embedded(),
        Embedded(),
        Embedded(),
        Script("r0/main.py"),
        Script("r0/pkg/main.py"),
        Module("main", "r0/main.py"),
        Module("pkg", "r0/pkg/__main__.py"),
        Module("pkg.mod", "r0/pkg/mod.py"),
    ]
)

dense_cases: Final = st.builds(Case, st.lists(_roots, min_size=1, max_size=2).map(tuple).map(Tree), _sources, _launches)
"""Any case over a few names: most of what can meet does."""
