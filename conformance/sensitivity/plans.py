"""How a fault comes into a module that is there before anything else is."""

import ast
from collections.abc import Iterator
from typing import Final, NamedTuple

from conformance.sensitivity.faults import Fault
from conformance.sensitivity.parsing import Located, Text, parsed

__all__ = ["ALL", "LIVING", "Plan", "plan"]

LIVING: Final = {
    "importlib._bootstrap": "_frozen_importlib",
    "importlib._bootstrap_external": "_frozen_importlib_external",
    "zipimport": "zipimport",
}
"""What an interpreter has loaded before it loads a file, and the names of that in ``sys.modules``."""

_AT_THE_START: Final = frozenset(
    {"_get_supported_file_loaders", "_install", "_install_external_importers", "_set_bootstrap_module", "_setup"}
    | {"FileFinder.path_hook"}
)
"""What has been called by then and is not called again."""

_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Plan(NamedTuple):
    """What is to be done with a module that is loaded.

    ``codes``: the functions, by name and first line, that get the code they have in the faulty source, None if all do.
    ``statements``: which of its statements are executed once more, by their place, and ``unbound`` the names that are
    not bound when they are. ``again``: whether the import system is installed once more.
    """

    codes: tuple[tuple[str, int], ...] | None = ()
    statements: tuple[int, ...] = ()
    unbound: tuple[str, ...] = ()
    again: bool = False


ALL: Final = Plan(codes=None, again=True)
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
        known = {codes[0][0], *_bound(statement)}
        return Plan(codes, tuple(_following(tree, place, known)), (), fault.function in _AT_THE_START)
    unbound = () if isinstance(statement, ast.AugAssign) else tuple(sorted(_bound(statement)))
    return Plan((), (place, *_following(tree, place, set(unbound))), unbound, again=True)


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


def _following(tree: ast.Module, place: int, known: set[str]) -> Iterator[int]:
    """The places of later statements, definitions aside, that use what is ``known`` to change, directly or not."""
    for index, node in enumerate(tree.body[place + 1 :], place + 1):
        used = {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}
        if used & known and not isinstance(node, _DEFINITIONS):
            known |= _bound(node)
            yield index
