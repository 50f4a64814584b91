"""How a fault comes into a module that is there before anything else is."""

import ast
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from conformance.sensitivity.faults import Fault
from conformance.sensitivity.parsing import Located, Text, parsed

__all__ = ["ALL", "LIVING", "STARTED", "Bound", "Plan", "bound", "plan"]

LIVING: Final = {
    "importlib._bootstrap": "_frozen_importlib",
    "importlib._bootstrap_external": "_frozen_importlib_external",
    "zipimport": "zipimport",
}
"""What an interpreter has loaded before it loads a file, and the names of that in ``sys.modules``."""

STARTED: Final = ("importlib._bootstrap", "importlib._bootstrap_external")
"""What sets up the import system, and is called for that before anything is imported."""

_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINITIONS: Final = (*_FUNCTIONS, ast.ClassDef)


class Plan(NamedTuple):
    """What is to be done with a module that is loaded.

    ``codes``: the functions, by name and first line, that get the code they have in the faulty source, None if all do.
    ``statements``: which of its statements are executed once more, by their place, and ``unbound`` the names that are
    not bound when they are.
    """

    codes: tuple[tuple[str, int], ...] | None = ()
    statements: tuple[int, ...] = ()
    unbound: tuple[str, ...] = ()


class Bound(NamedTuple):
    """What a module has before its import system is set up: ``names``, and those of its ``classes``.

    ``empty`` are None, and nothing is in ``lists``.

    Whatever else it has was given to it by setting up, or while something was imported.
    """

    names: tuple[str, ...]
    empty: tuple[str, ...]
    lists: tuple[str, ...]
    classes: dict[str, tuple[str, ...]]


ALL: Final = Plan(codes=None)
"""All that can be done with a module and changes nothing where its source is its own."""


def plan(source: str, fault: Fault) -> Plan:
    """The plan for a fault of a source.

    One inside a function comes with the code of the function; what the module made of that function when it was loaded
    is made again. Any other comes with the statement of the module that it is in; what follows from that follows again.
    """
    tree, text = parsed(source)
    place = next(index for index, node in enumerate(tree.body) if _has(node, text, fault))
    statement = tree.body[place]
    codes = tuple(_around(statement, text, fault))
    if codes:
        return Plan(codes, tuple(_following(tree, place, _calling(tree, {codes[0][0], *_bound(statement)}))))
    unbound = () if isinstance(statement, ast.AugAssign) else tuple(sorted(_bound(statement)))
    return Plan((), (place, *_following(tree, place, set(unbound))), unbound)


def bound(source: str) -> Bound:
    """What the statements of a module bind.

    Raises:
        SyntaxError: it is no source.
    """
    tree, _ = parsed(source)
    values = {
        node.targets[0].id: ast.unparse(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    empty, lists = (tuple(sorted(name for name in values if values[name] == text)) for text in ("None", "[]"))
    classes = {node.name: tuple(sorted(_defined(node.body))) for node in tree.body if isinstance(node, ast.ClassDef)}
    return Bound(tuple(sorted(_defined(tree.body))), empty, lists, classes)


def _defined(body: list[ast.stmt]) -> set[str]:
    """The names that statements bind, those of functions and classes among them."""
    found: set[str] = set()
    waiting: list[ast.AST] = [*body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, _DEFINITIONS):
            found.add(node.name)
        elif isinstance(node, ast.stmt | ast.excepthandler):
            found |= _bound(node)
            waiting += ast.iter_child_nodes(node)
    return found


def _span(node: ast.stmt, text: Text) -> tuple[int, int]:
    """Where a statement begins, its decorators included, and where it ends."""
    decorators: list[Located] = list(node.decorator_list) if isinstance(node, _DEFINITIONS) else []
    return min(text.span(part)[0] for part in (*decorators, node)), text.span(node)[1]


def _has(node: ast.stmt, text: Text, fault: Fault) -> bool:
    begin, end = _span(node, text)
    return begin <= fault.begin and fault.end <= end


def _around(node: ast.AST, text: Text, fault: Fault) -> Iterator[tuple[str, int]]:
    """The functions that have the fault in their bodies, the outer ones first."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            if fault.begin < text.span(node.body[0])[0] and not _has(node.body[0], text, fault):
                return
            yield node.name, min(part.lineno for part in (*node.decorator_list, node))
        case _:
            pass
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt | ast.excepthandler | ast.match_case) and (
            not isinstance(child, ast.stmt) or _has(child, text, fault)
        ):
            yield from _around(child, text, fault)


def _bound(node: ast.AST) -> set[str]:
    """The names that a statement binds where it stands, but for functions and classes."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.Lambda():
            return set()
        case ast.Name(ctx=ast.Store()):
            return {node.id}
        case ast.Import() | ast.ImportFrom():
            return {(name.asname or name.name).partition(".")[0] for name in node.names}
        case _:
            return {name for child in ast.iter_child_nodes(node) for name in _bound(child)}


def _calling(tree: ast.Module, known: set[str]) -> set[str]:
    """What is ``known`` to change, and the functions of the module that use it, directly or not."""
    functions = [node for node in tree.body if isinstance(node, _FUNCTIONS)]
    while more := {node.name for node in functions if node.name not in known and _loaded(ast.walk(node)) & known}:
        known = known | more
    return known


def _loaded(parts: Iterable[ast.AST]) -> set[str]:
    return {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}


def _following(tree: ast.Module, place: int, known: set[str]) -> Iterator[int]:
    """The places of later statements that use what is ``known`` to change where they are executed, directly or not."""
    for index, node in enumerate(tree.body[place + 1 :], place + 1):
        if _loaded(_executed(node)) & known:
            known |= {node.name} if isinstance(node, _FUNCTIONS) else _bound(node)
            yield index


def _executed(node: ast.AST) -> Iterator[ast.AST]:
    """What of a statement is executed where it stands: of functions what is outside of their bodies."""
    yield node
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            parts: Iterable[ast.AST] = (*node.decorator_list, node.args, *filter(None, (node.returns,)))
        case ast.Lambda():
            parts = (node.args,)
        case _:
            parts = ast.iter_child_nodes(node)
    for part in parts:
        yield from _executed(part)
