"""A source as a tree whose nodes know where they stand, in whatever version of the language it is written."""

import ast
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final, NamedTuple, TypeAlias

__all__ = ["Located", "Text", "nodes", "parsed"]

Located: TypeAlias = ast.expr | ast.stmt | ast.keyword
"""What stands somewhere."""

_LAZY: Final = re.compile(r"^lazy(?= (?:import|from) )", re.MULTILINE)
_HANDLER: Final = re.compile(r"^( *except) ([\w.]+(?:, [\w.]+)+)(?=:)", re.MULTILINE)
_QUIET: Final = "_verbose_message"
_SCOPES: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_ATOMS: Final = (ast.Name, ast.Attribute, ast.Call, ast.Constant, ast.Subscript, ast.List, ast.Dict, ast.Set)


class Text(NamedTuple):
    """A source in bytes, and where each of its lines begins."""

    data: bytes
    lines: tuple[int, ...]

    def span(self, first: Located, last: Located | None = None) -> tuple[int, int]:
        """Where a node begins, and where it or another ends."""
        last = last or first
        assert last.end_lineno is not None  # noqa: S101 - what was parsed has an end
        assert last.end_col_offset is not None  # noqa: S101 - the same
        return self.lines[first.lineno - 1] + first.col_offset, self.lines[last.end_lineno - 1] + last.end_col_offset

    def of(self, node: Located) -> str:
        """The source of a node, as it is written."""
        begin, end = self.span(node)
        return self.data[begin:end].decode()

    def operand(self, node: ast.expr) -> str:
        """The same, fit to stand beside an operator."""
        return self.of(node) if isinstance(node, _ATOMS) else f"({self.of(node)})"


def parsed(source: str) -> tuple[ast.Module, Text]:
    """The tree of a source, and its text as nodes are to be read from it.

    The language of the source may be newer than that of who parses it: lazy imports (3.15) and handlers of several
    classes without parentheses (3.14) are read as what older syntax says at the same place.

    Raises:
        SyntaxError: it is no source.
    """
    older = _HANDLER.sub(_parenthesised, _LAZY.sub("if 1:", source).replace("if 1: ", "if 1:"))
    data = older.encode()
    lines = tuple(accumulate((len(line) for line in data.splitlines(keepends=True)), initial=0))
    return ast.parse(older), Text(data, lines)


def _parenthesised(found: re.Match[str]) -> str:
    """A handler that is as long as the one that was found."""
    return f"{found[1]}({found[2].replace(', ', ',')})".ljust(len(found[0]))


def nodes(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Every node that can hold a fault, with the qualified name of the function or class around it.

    Documentation, annotations, the inside of formatted strings and what only verbose messages say are left out.
    """
    yield from _inside(tree, "<module>", ())


def _inside(node: ast.AST, name: str, around: tuple[str, ...]) -> Iterator[tuple[str, ast.AST]]:
    for child in _children(node):
        if isinstance(child, _SCOPES):
            inner = (*around, child.name)
            yield ".".join(inner), child
            yield from _inside(child, ".".join(inner), inner)
        else:
            yield name, child
            yield from _inside(child, name, around)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.JoinedStr():
            return
        case ast.Expr(value=ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called))) if called == _QUIET:
            return
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults))
            yield from _undocumented(node.body)
        case ast.ClassDef() | ast.Module():
            yield from (child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.stmt))
            yield from _undocumented(node.body)
        case ast.AnnAssign():
            yield from (node.target, *filter(None, (node.value,)))
        case ast.arg() | ast.If(test=ast.Constant(value=1), body=[ast.Import() | ast.ImportFrom()]):
            return
        case _:
            yield from _undocumented(list(ast.iter_child_nodes(node)))


def _undocumented(body: list[ast.stmt] | list[ast.AST]) -> Iterator[ast.AST]:
    for child in body:
        match child:
            case ast.Expr(value=ast.Constant(value=str())):
                continue
            case _:
                yield child
