"""Whatever a stranger writes into a case file, the case reaches no further than its own tree."""

import ast
import builtins
import copy
import json
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any, Final, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.attacks import ATTACKS, HARMLESS
from harness.model.admission import LARGEST, admit, decode_case
from harness.model.case import Case, Module, Script, search_path, sources, written_tree
from harness.model.codec import CodecError, encode_document
from harness.model.permitted import HOST, WORDS, is_own, is_standard
from harness.model.rendering import render_module, render_program
from harness.model.source import (
    Alias,
    Assign,
    Block,
    Class,
    Delete,
    Extend,
    FromImport,
    Function,
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
    Substitute,
    Try,
    Uncache,
)
from harness.model.tree import DataFile, Root, SourceFile, Tree

_Json: TypeAlias = dict[str, Any]


@pytest.mark.parametrize("attack", [pytest.param(case, id=name) for name, case in ATTACKS.items()])
def test_refused(attack: Case) -> None:
    """The attack is refused with the place in the case."""
    with pytest.raises(CodecError, match=r"^stranger: .*expected ") as caught:
        admit(attack, where="stranger")
    assert len(caught.value.reason) < 500


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in HARMLESS.items()])
def test_let_in(case: Case) -> None:
    """What reaches no further than the tree is let in."""
    assert admit(case) is case


def _document(**changes: object) -> bytes:
    case = {"tree": {}, "program": {}, **changes}
    return json.dumps({"schema": 2, "case": case}).encode()


_NESTED: Final = '{"type":"class","name":"C","body":[' * 300 + "]}" * 300

_BYTES: Final = {
    "nothing": b"",
    "no JSON": b"\xff\xfe",
    "lists in lists": b"[" * LARGEST,
    "a large file": b" " * (LARGEST + 1),
    "objects in objects": b'{"schema":2,"case":{"tree":' + b'{"roots":' * 5000,
    "classes in classes": b'{"schema":2,"case":{"tree":{},"program":{"statements":[%b]}}}' % _NESTED.encode(),
    "a number without end": b'{"schema":2,"case":{"tree":{},"program":{"statements":[{"type":"assign","name":"x",'
    b'"value":%b}]}}}' % (b"9" * 10_000),
    "no number": b'{"schema":2e999,"case":{"tree":{},"program":{}}}',
    "an unknown statement": _document(program={"statements": [{"type": "exec", "text": "import os"}]}),
    "an unknown launch": _document(launch={"type": "command", "command": "id"}),
    "a path above": _document(tree={"roots": [{"entries": [{"type": "data-file", "path": "../x"}]}]}),
    "a path from the top": _document(tree={"roots": [{"entries": [{"type": "data-file", "path": "/etc/x"}]}]}),
    "a path with a NUL": _document(tree={"roots": [{"entries": [{"type": "data-file", "path": "x\0y"}]}]}),
    "a file as a directory": _document(
        tree={"roots": [{"entries": [{"type": "data-file", "path": "x"}, {"type": "data-file", "path": "x/y"}]}]}
    ),
}


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in _BYTES.items()])
def test_no_case(data: bytes) -> None:
    """Bytes that are no case are refused in the same way, whatever they are and however many."""
    with pytest.raises(CodecError):
        decode_case(data)


def test_every_built_in_name_is_known() -> None:
    """No case can look up a name that Python itself has."""
    public = {name for name in dir(builtins) if not name.startswith("_") and not hasattr(ast, name)}
    errors = {name for name in public if isinstance(getattr(builtins, name), type) and name[0].isupper()}
    known = {"Ellipsis", "False", "None", "NotImplemented", "True"}
    assert sorted(name for name in public - errors - known if is_own(name)) == []


def test_words_are_nobodys() -> None:
    """The words a case may import without having such a file are no modules of the standard library."""
    assert sorted(filter(is_standard, WORDS)) == []


_SAMPLE: Final = Case(
    Tree(
        (
            Root(
                (
                    SourceFile("own.py", Source((Assign("x", "text"), ModuleGetattr(("g",), Items(("v", 1)))))),
                    SourceFile("pkg/__init__.py", Source((SetPath(("r1/pkg",)), Extend("__path__", Items(("r0/x",)))))),
                    DataFile("notes.txt", "text"),
                )
            ),
            Root((SourceFile("pkg/sub.py", Source((Assign("__package__", "pkg"), StarImport("", 1)))),)),
        )
    ),
    Source(
        (
            Import((Alias("pkg.sub", "p"), Alias("own"))),
            FromImport("own", (Alias("x", "y"), Alias("__name__", "n"))),
            Read("z", ("own", "x")),
            Try((Raise("ValueError"),), "ValueError", (Mark("caught"),)),
            Function("f", (Delete("z"),), ("z",)),
            Invoke(("f",)),
            Class("C", (Assign("__all__", Items(("x",))),)),
            Recache("own", "C"),
            Substitute("pkg.sub", (("x", None),)),
            Uncache("own"),
            Block("own"),
            PathEdit(1),
            ModuleDir(("x",)),
        ),
        doc="text",
    ),
    Module("pkg", "r0/pkg/__main__.py"),
)  # fmt: skip

_HOSTILE: Final = [
    "os",
    "sys",
    "eval",
    "exec",
    "__import__",
    "__builtins__",
    "__getattr__",
    "__class__",
    "__globals__",
    "__main__",
    "_tree",
    "x\nimport os",
    "x; import os",
    "x()",
    "(x)",
    "x.y",
    "-c",
    "",
    ".",
    "..",
    "/",
    "../..",
    "/etc/passwd",
    "r0/../..",
    "r9/x",
    "r0/os.py",
    "r0/-m.py",
    "\\..",
    "\0",
    "\n",
    "\r",
    "\u2028",
    "\u202e",
    "\x1b[2J",
    "\ud800",
    "\uff4fs",
    "'''",
    '"""',
    "'",
    "#",
    "{{ x }}",
    "@HELPER@",
    "@TREE@",
    "%s",
    "antigravity",
    "pip",
    "idlelib.idle",
    "http.server",
    "yield",
    "None",
    "breakpoint",
    "open",
    "*",
    "as",
    "own",
    "pkg",
    "x",
    "a" * 500,
    "__path__",
    "__package__",
    "__name__",
    "import os\n",
    "own.py",
    "own.pyc",
]

_LEAVES: Final[list[object]] = [-1, 0, 99, 2**70, None, True, 1.5, [], {}, *_HOSTILE]


def _places(value: object, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield at
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _places(item, (*at, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _places(item, (*at, index))


_JSON: Final[_Json] = json.loads(encode_document(_SAMPLE))
_PLACES: Final = [place for place in _places(_JSON["case"]) if place]


def _at(place: tuple[str | int, ...]) -> object:
    value: Any = _JSON["case"]
    for key in place:
        value = value[key]
    return value


_TEXTS: Final = [place for place in _PLACES if isinstance(_at(place), str) and place[-1] != "type"]
_KEYS: Final = st.sampled_from(_HOSTILE) | st.text(max_size=8)


@st.composite
def _changed(draw: st.DrawFn) -> bytes:
    """The sample with a few of its texts, or with anything in it, replaced by what an attacker would put there."""
    document = copy.deepcopy(_JSON)
    texts = draw(st.lists(st.tuples(st.sampled_from(_TEXTS), _KEYS), max_size=3))
    others = draw(st.lists(st.tuples(st.sampled_from(_PLACES), st.sampled_from(_LEAVES)), max_size=1))
    for place, wanted in (*texts, *others):
        inside = document["case"]
        for key in place[:-1]:
            inside = inside[key] if _has(inside, key) else None
        if _has(inside, place[-1]):
            inside[place[-1]] = wanted
    return json.dumps(document).encode("utf-8", "surrogatepass")


def _has(inside: object, key: str | int) -> bool:
    if isinstance(inside, dict):
        return key in inside
    return isinstance(inside, list) and isinstance(key, int) and key < len(inside)


def test_sample_is_let_in() -> None:
    """What is changed below is a case that is let in, so that a change is what gets it refused."""
    assert decode_case(json.dumps(_JSON).encode()) == _SAMPLE


@given(_changed())
def test_let_in_means_harmless(data: bytes) -> None:
    """A document with hostile parts is refused, or the case it holds writes and says nothing that reaches further."""
    try:
        case = decode_case(data)
    except CodecError:
        return
    _check_paths(case)
    for text in _texts(case):
        try:
            tree = ast.parse(text)
        except SyntaxError:
            continue
        _check(tree, case)


@given(st.recursive(st.sampled_from(_LEAVES), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_document(value: object) -> None:
    """Documents that have little in common with a case are refused, never anything else."""
    with pytest.raises(CodecError):
        decode_case(json.dumps({"schema": 2, "case": value}).encode("utf-8", "surrogatepass"))


def _texts(case: Case) -> Iterator[str]:
    for source in sources(case):
        yield render_program(source, steps=True)
        yield render_module(source, "r0/label.py", steps=True)


def _check_paths(case: Case) -> None:
    """Every path that is written or started lies in a root."""
    paths = [f"r{n}/{item.path}" for n, root in enumerate(written_tree(case).roots) for item in root.entries]
    if not isinstance(case.launch, Script | Module):
        return
    for path in (*paths, *search_path(case), case.launch.path):
        parts = PurePosixPath(path).parts
        assert (path.startswith("r"), path.isprintable(), {"..", "/"} & {*parts}) == (True, True, set())
    if isinstance(case.launch, Module):
        assert not case.launch.name.startswith("-")


_CALLED: Final = HOST - {"_sys", "_tree"}
_FIXED: Final = HOST | {"__name__", "name"}
_TESTS: Final[dict[type[ast.AST], Callable[[Any, Case], bool]]] = {
    ast.Import: lambda node, case: all(_harmless(item.name, case) for item in node.names),
    ast.ImportFrom: lambda node, case: node.level > 0 or _harmless(node.module, case),
    ast.Name: lambda node, _: node.id in _FIXED or is_own(node.id) or not isinstance(node.ctx, ast.Load),
    ast.Attribute: lambda node, _: is_own(node.attr) or not node.attr.startswith("__"),
    ast.Call: lambda node, _: not (node.args or node.keywords) or _ours(node),
    ast.FunctionDef: lambda node, _: bool(node.args.args) == (node.name == "__getattr__") and not node.decorator_list,
    ast.ClassDef: lambda node, _: not (node.bases or node.keywords or node.decorator_list),
    ast.JoinedStr: lambda node, _: {ast.unparse(item.value) for item in _shown(node)} <= {"__name__", "name"},
    ast.Lambda: lambda _node, _case: False,
    ast.ListComp: lambda _node, _case: False,
}


def _shown(node: ast.JoinedStr) -> Iterator[ast.FormattedValue]:
    return (item for item in node.values if isinstance(item, ast.FormattedValue))


def _harmless(name: str, case: Case) -> bool:
    first = name.partition(".")[0]
    return first in {"own", "pkg", "__main__", *WORDS} or f"{first}.py" in {
        entry.path for root in written_tree(case).roots for entry in root.entries
    }


def _ours(node: ast.Call) -> bool:
    """Whether the call is one of those that the renderer writes, with what it gives them."""
    match node.func:
        case ast.Name(id=name):
            return name in _CALLED
        case ast.Attribute(attr="append" | "remove"):
            return ast.unparse(node.func).startswith("_sys.path.")
        case ast.Call():
            return ast.unparse(node.func).startswith("_type('Substitute', (), ")
        case _:
            return False


def _check(tree: ast.AST, case: Case) -> None:
    for node in ast.walk(tree):
        test = _TESTS.get(type(node))
        assert test is None or test(node, case), ast.dump(node)
