"""Any case the types allow, likely or not: what the codec and the renderer must cope with."""

import functools
import typing
from typing import Final, get_args

import msgspec
from hypothesis import strategies as st

from harness.model.case import Case, Embedded, Launch, Module, Script
from harness.model.language.asking import CLASSES, SYS, IsInstance, Listed, OfSys
from harness.model.language.documented import FUNCTIONS, HELD
from harness.model.language.dunder_import import ReplaceImport
from harness.model.language.expressions import (
    Bind,
    Bytes,
    Call,
    Constant,
    Expression,
    Hook,
    Instance,
    Library,
    Names,
    Place,
    Reference,
)
from harness.model.language.failing import MALFORMED
from harness.model.language.module_hooks import LazyGetattr, TracedGetattr
from harness.model.language.paths import PathAdd, PathAnew, PathAppend, SetPathOf
from harness.model.language.word import Word
from harness.model.observation import Observation
from harness.model.prediction import Exactly, Expected, OneOf, Unspecified, certain
from harness.model.source import (
    Alias,
    Assign,
    Block,
    Broken,
    Class,
    Delete,
    Edit,
    Exec,
    Extend,
    FromImport,
    Function,
    FutureImport,
    Guard,
    Import,
    Invoke,
    Items,
    Literal,
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
from harness.model.tree import Archive, DataFile, Directory, Entry, Root, SourceFile, Tree
from harness.model.values import Value

_AWKWARD: Final = [
    "\\",
    "u",
    "d",
    "8",
    "0",
    "\ud800",
    "\udc00",
    "\udfff",
    "\ud83d",
    "\ude00",
    "\U0001f600",
    "\0",
    '"',
    "\n",
]
_NAMES: Final = ["a", "b", "pkg", "_private", "__all__", "__path__", "été", "ﬁne"]
_ERRORS: Final = ["ImportError", "ModuleNotFoundError", "AttributeError", "KeyError", "ValueError", "Exception"]

texts: Final = st.text(st.sampled_from(_AWKWARD) | st.characters(exclude_categories=()), max_size=6)
"""Any string at all: lone surrogates, pairs of them side by side, backslashes."""

numbers: Final = st.integers(-(2**63), 2**64 - 1)
"""What JSON readers agree to be integers."""

constants: Final = st.none() | st.booleans() | numbers | texts

literals: Final[st.SearchStrategy[Literal]] = st.recursive(
    constants, lambda inner: st.builds(Items, st.lists(inner, max_size=3).map(tuple), st.booleans()), max_leaves=6
)

displays: Final = st.builds(Items, st.lists(literals, max_size=3).map(tuple), st.booleans())

values: Final[st.SearchStrategy[Value]] = st.recursive(
    constants, lambda inner: st.lists(inner, min_size=1, max_size=3).map(tuple), max_leaves=6
)

names: Final = st.sampled_from(_NAMES)

dotted: Final = st.lists(names, min_size=1, max_size=3).map(".".join)

parts: Final = st.lists(names, min_size=1, max_size=3).map(tuple)

_aliases = st.lists(st.builds(Alias, names, st.just("") | names), min_size=1, max_size=3).map(tuple)
_dotted_aliases = st.lists(st.builds(Alias, dotted, st.just("") | names), min_size=1, max_size=3).map(tuple)
_name_lists = st.lists(names, max_size=3).map(tuple)
_modules = st.tuples(dotted, st.integers(0, 3)) | st.tuples(st.just(""), st.integers(1, 3))

stars: Final = _modules.map(lambda module: StarImport(*module))

_arguments: Final[st.SearchStrategy[Expression]] = st.one_of(
    st.builds(Constant, literals),
    st.builds(Reference, parts),
    st.just(Names()),
    st.builds(Instance, parts),
    st.builds(Place, st.sampled_from(["r0/m.py", "r1/pkg/m.py"]), st.booleans()),
    st.builds(Library, st.sampled_from(sorted(HELD))),
    st.builds(Hook, texts),
    st.builds(Bytes, st.text(st.characters(max_codepoint=255), max_size=6)),
)


@functools.cache  # a strategy that is made anew is looked through anew at each draw
def _calls(key: str, inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    names = [parameter.name for parameter in FUNCTIONS[key].parameters]
    if not names:
        return st.just(Call(key))
    first = st.builds(Reference, parts) if FUNCTIONS[key].method else inner
    more = st.lists(inner, max_size=len(names) - 1)
    keywords = st.lists(st.tuples(st.sampled_from(names), inner), max_size=2, unique_by=lambda pair: pair[0])

    def call(drawn: tuple[Expression, list[Expression], list[tuple[str, Expression]]]) -> Expression:
        given = (drawn[0], *drawn[1])
        return Call(key, given, tuple(pair for pair in drawn[2] if pair[0] not in names[: len(given)]))

    return st.tuples(first, more, keywords).map(call)


expressions: Final[st.SearchStrategy[Expression]] = st.recursive(
    _arguments, lambda inner: st.sampled_from(sorted(FUNCTIONS)).flatmap(lambda key: _calls(key, inner)), max_leaves=4
)
"""An expression of any arguments, sensible or not, for parameters that there are."""

_entries_of_path: Final[st.SearchStrategy[Expression]] = st.one_of(
    st.builds(Constant, st.sampled_from([None, 1, "", ".", "r1"])),
    st.builds(Place, st.sampled_from(["r0", "r1"]), st.booleans()),
)

_OWN: Final[dict[type[Word], st.SearchStrategy[Statement]]] = {
    Mark: st.builds(Mark, texts),
    Assign: st.builds(Assign, names, literals),
    Extend: st.builds(Extend, names, displays),
    Delete: st.builds(Delete, names),
    Read: st.builds(Read, names, parts),
    Import: st.builds(Import, _dotted_aliases),
    FromImport: st.builds(
        lambda module, found, enclosed: FromImport(module[0], found, module[1], enclosed),
        _modules,
        _aliases,
        st.booleans(),
    ),
    Raise: st.builds(
        Raise,
        st.sampled_from(_ERRORS),
        st.sampled_from(("", "None", *_ERRORS)),
        st.just("") | texts,
        st.just("") | texts,
    ),
    Invoke: st.builds(Invoke, parts, st.lists(literals, max_size=2).map(tuple)),
    ModuleGetattr: st.builds(ModuleGetattr, _name_lists, literals, st.booleans())
    | st.builds(ModuleGetattr, st.just(()), literals, st.booleans(), names)
    | st.builds(ModuleGetattr, _name_lists, st.none(), st.booleans(), st.just(""), names)
    | st.builds(ModuleGetattr, st.just(()), st.none(), st.booleans(), names, names),
    LazyGetattr: st.builds(LazyGetattr, _name_lists) | st.builds(LazyGetattr, st.just(()), names),
    ModuleDir: st.builds(ModuleDir, _name_lists, st.just(()) | parts) | st.builds(ModuleDir, st.just(()), parts, parts),
    Listed: st.builds(Listed, st.just("") | names, parts, st.booleans()) | st.builds(Listed, st.just("") | names),
    TracedGetattr: st.builds(TracedGetattr, texts, _name_lists, st.just(()))
    | st.builds(TracedGetattr, texts, _name_lists, parts, st.booleans()),
    Uncache: st.builds(Uncache, texts),
    Block: st.builds(Block, texts),
    Substitute: st.builds(Substitute, texts, st.lists(st.tuples(names, literals), max_size=2).map(tuple)),
    Recache: st.builds(Recache, texts, names),
    SetPath: st.builds(SetPath, st.lists(texts, max_size=2).map(tuple)),
    PathAnew: st.builds(PathAnew, st.lists(_entries_of_path, max_size=3).map(tuple)),
    PathAdd: st.builds(PathAdd, st.lists(_entries_of_path, min_size=1, max_size=3).map(tuple), st.booleans()),
    SetPathOf: st.builds(SetPathOf, st.lists(_entries_of_path, max_size=3).map(tuple)),
    PathAppend: st.builds(PathAppend, parts, st.sampled_from(["r0", "r1/x"])),
    PathEdit: st.builds(PathEdit, st.integers(0, 3), st.booleans()),
    IsInstance: st.builds(IsInstance, names, parts, st.sampled_from(CLASSES)),
    OfSys: st.builds(OfSys, names, st.sampled_from(SYS)),
    Bind: st.builds(Bind, expressions, st.just("") | names),
    ReplaceImport: st.builds(
        lambda label, found, answer, inside: ReplaceImport(label, found, answer[0], answer[1], inside),
        texts,
        _name_lists,
        st.just(((), "")) | st.tuples(parts, st.just("")) | st.tuples(st.just(()), st.sampled_from(_ERRORS)),
        st.booleans(),
    ),
}
_ELSEWHERE: Final = (Broken, Class, Edit, Exec, Function, FutureImport, Guard, StarImport, Try)
_FIELDS: Final[dict[object, st.SearchStrategy[object]]] = {
    str: names,
    int: st.integers(0, 3),
    bool: st.booleans(),
    Literal: literals,
    Expression: expressions,
    tuple[str, ...]: parts,
    tuple[Expression, ...]: st.lists(expressions, max_size=2).map(tuple),
}


def _plain(kind: type[Word]) -> st.SearchStrategy[Statement]:
    """Of a statement without a strategy of its own: what the types of its fields allow, plain names for texts.

    Raises:
        LookupError: there is nothing for one of these types.
    """
    fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
    if not _FIELDS.keys() >= {*fields.values()}:
        message = f"{kind.__name__}: expected its strategy in _OWN of {__name__}, for its fields are of other types"
        raise LookupError(message)
    drawn = {name: _FIELDS[each] for name, each in fields.items()}
    return st.builds(typing.cast("type[Statement]", kind), **drawn)


SIMPLE: Final[dict[type[Word], st.SearchStrategy[Statement]]] = {
    kind: _OWN[kind] if kind in _OWN else _plain(kind) for kind in typing.get_args(Statement) if kind not in _ELSEWHERE
}
"""Of each statement that holds no other and is Python wherever it stands."""

simple_statements: Final[st.SearchStrategy[Statement]] = st.one_of(*SIMPLE.values())


_executed: Final = st.lists(
    st.one_of(*(_OWN[kind] for kind in (Mark, Assign, Import, FromImport, Read))), max_size=3
).map(tuple)
_edited: Final = (
    st.lists(simple_statements, max_size=3)
    .map(tuple)
    .filter(lambda body: not any(isinstance(one, Bind) for one in body[:1]))
)
_parameters: Final = st.lists(st.sampled_from(["arg", "b"]), unique=True, max_size=2).map(tuple)
_given: Final = st.lists(st.tuples(names, literals), max_size=2).map(tuple)


def holding(inner: st.SearchStrategy[Statement]) -> dict[type[Word], st.SearchStrategy[Statement]]:
    """Of each statement that holds others: these."""
    body = st.lists(inner, max_size=3).map(tuple)
    declared = st.lists(st.sampled_from(["g", "h"]), unique=True, max_size=2).map(tuple)
    return {
        Try: st.builds(Try, body, st.sampled_from(_ERRORS), body),
        Function: st.builds(Function, names, body, declared, st.just(()), _parameters),
        Class: st.builds(Class, names, body),
        Guard: st.builds(Guard, body),
        Exec: st.builds(Exec, _executed, _given, st.just("") | names),
        Edit: st.builds(Edit, st.sampled_from(["r0/m.py", "r1/pkg/m.py"]), _edited, st.none() | texts),
    }


def _nested(inner: st.SearchStrategy[Statement]) -> st.SearchStrategy[Statement]:
    return st.one_of(*holding(inner).values())


broken: Final[st.SearchStrategy[Statement]] = st.builds(Broken, st.sampled_from(MALFORMED))
_futures: Final[st.SearchStrategy[Statement]] = st.builds(FutureImport, _aliases)
_outward: Final[st.SearchStrategy[Statement]] = st.builds(Function, names, st.just(()), st.just(()), st.just(("m",)))

valid_statements: Final[st.SearchStrategy[Statement]] = st.recursive(simple_statements, _nested, max_leaves=5)
"""A statement that is Python: no syntax error, no star import but at the top level."""

any_statements: Final[st.SearchStrategy[Statement]] = st.recursive(
    simple_statements | stars | broken | _futures | _outward, _nested, max_leaves=5
)

EACH: Final[dict[type[Word], st.SearchStrategy[Statement]]] = {
    **SIMPLE,
    **holding(simple_statements),
    StarImport: stars,
    Broken: broken,
    FutureImport: _futures,
}
"""Of each statement there is."""


def sources(statements: st.SearchStrategy[Statement]) -> st.SearchStrategy[Source]:
    """A source of these statements."""
    return st.builds(Source, st.lists(statements, max_size=4).map(tuple), st.none() | texts)


@functools.cache
def _entries(path: str) -> st.SearchStrategy[Entry]:
    return st.one_of(
        st.builds(SourceFile, st.just(path), sources(any_statements)),
        st.builds(DataFile, st.just(path), texts),
        st.builds(Directory, st.just(path)),
    )


_paths = st.lists(st.sampled_from(["a.py", "pkg-é", "c.txt", "\ud800", "d e"]), unique=True, max_size=3)

_comments = st.sampled_from(["", "", "one"])

_kinds: Final[st.SearchStrategy[tuple[Archive | None, str]]] = st.one_of(
    st.just((None, "")), st.tuples(st.sampled_from(get_args(Archive)), _comments)
)

roots: Final = st.builds(
    lambda entries, kind: Root(entries, *kind), _paths.flatmap(lambda paths: st.tuples(*map(_entries, paths))), _kinds
)

trees: Final = st.lists(roots, min_size=1, max_size=3).map(tuple).map(Tree)

launches: Final[st.SearchStrategy[Launch]] = st.one_of(
    st.just(Embedded()),
    st.just(Script("r0/main.py")),
    st.just(Module("pkg", "r0/pkg/__main__.py")),
)

cases: Final = st.builds(Case, trees, sources(any_statements), launches)

observations: Final = st.builds(
    Observation, st.dictionaries(texts, values, max_size=4), st.dictionaries(texts, texts, max_size=2)
)

_clauses = st.lists(texts, max_size=2).map(tuple)

expectations: Final[st.SearchStrategy[Expected]] = st.one_of(
    st.builds(Exactly, values, _clauses),
    st.builds(OneOf, st.lists(values, max_size=3).map(tuple), _clauses),
    st.builds(Unspecified, _clauses),
)

predictions: Final = st.dictionaries(texts, expectations, max_size=4).map(certain)
