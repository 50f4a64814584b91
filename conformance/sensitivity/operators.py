"""The small faults that a source can have, each once, in the order of the source."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, TypeAlias

from conformance.sensitivity.faults import Fault
from conformance.sensitivity.parsing import Text, nodes, parsed

__all__ = ["KINDS", "faults_of"]


class _Change(NamedTuple):
    """The nodes from ``first`` to ``last``, and the source that is to stand in their place."""

    kind: str
    first: ast.expr | ast.stmt
    after: str
    last: ast.expr | ast.stmt | None = None


_Operator: TypeAlias = Callable[[ast.AST, Text], Iterator[_Change]]

_COMPARISONS: Final[dict[type[ast.cmpop], tuple[str, str]]] = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
}
"""Each operator as it is written, and the one it is swapped with."""

_OPPOSITES: Final = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
"""What swapped says the opposite: to negate the test is the same fault."""

_ARITHMETIC: Final[dict[type[ast.operator], str]] = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "//",
    ast.BitOr: "&",
    ast.BitAnd: "|",
    ast.LShift: ">>",
    ast.RShift: "<<",
}
_NEVER: Final = "ZeroDivisionError"
"""An exception that no import raises."""

KINDS: Final = (
    "dropped-call",
    "dropped-delete",
    "dropped-jump",
    "dropped-keyword",
    "dropped-not",
    "dropped-operand",
    "dropped-store",
    "emptied-loop",
    "lost-raise",
    "lost-return",
    "narrowed-handler",
    "negated-test",
    "other-handler",
    "reraised",
    "swapped-arguments",
    "swapped-comparison",
    "swapped-operator",
    "wrong-constant",
)
"""Every kind of fault."""


def faults_of(source: str, module: str) -> tuple[Fault, ...]:
    """Every fault that the ``source`` of ``module`` can have, in the order of the source.

    Raises:
        SyntaxError: it is no source.
    """
    tree, text = parsed(source)
    original = source.encode()
    found: dict[tuple[int, int, str, str], tuple[str, int]] = {}
    for function, node in nodes(tree):
        for change in (change for operator in _OPERATORS for change in operator(node, text)):
            begin, end = text.span(change.first, change.last)
            found.setdefault((begin, end, change.kind, change.after), (function, change.first.lineno))
    counted: Counter[tuple[str, int, str]] = Counter()
    faults = []
    for begin, end, kind, after in sorted(found, key=lambda key: key[:2]):
        function, line = found[begin, end, kind, after]
        counted[function, line, kind] += 1
        before = original[begin:end].decode()
        number = counted[function, line, kind]
        faults.append(Fault(module, function, line, kind, number, before, after, begin, end))
    return tuple(faults)


def _tests(node: ast.AST, text: Text) -> Iterator[_Change]:
    match node:
        case ast.If() | ast.While() | ast.IfExp() | ast.Assert():
            tests = [node.test]
        case ast.comprehension():
            tests = node.ifs
        case ast.match_case(guard=ast.expr() as guard):
            tests = [guard]
        case _:
            return
    for test in tests:
        match test:
            case (
                ast.Constant()
                | ast.Compare(ops=[ast.Eq() | ast.NotEq() | ast.Is() | ast.IsNot() | ast.In() | ast.NotIn()])
            ):
                continue
            case ast.UnaryOp(op=ast.Not()):
                continue
            case _:
                yield _Change("negated-test", test, f"not {text.operand(test)}")


def _comparisons(node: ast.AST, text: Text) -> Iterator[_Change]:
    if isinstance(node, ast.Compare):
        operands = [text.operand(operand) for operand in (node.left, *node.comparators)]
        for place in range(len(node.ops)):
            words = [operands[0]]
            for index, operator in enumerate(node.ops):
                words += [_COMPARISONS[type(operator)][index == place], operands[index + 1]]
            yield _Change("swapped-comparison", node, " ".join(words))


def _operands(node: ast.AST, text: Text) -> Iterator[_Change]:
    match node:
        case ast.BoolOp():
            word = " and " if isinstance(node.op, ast.And) else " or "
            for dropped in node.values:
                yield _Change(
                    "dropped-operand", node, word.join(text.operand(v) for v in node.values if v is not dropped)
                )
        case ast.UnaryOp(op=ast.Not()):
            yield _Change("dropped-not", node, text.of(node.operand))
        case ast.BinOp() if type(node.op) in _ARITHMETIC:
            words = (text.operand(node.left), _ARITHMETIC[type(node.op)], text.operand(node.right))
            yield _Change("swapped-operator", node, " ".join(words))
        case _:
            return


def _constants(node: ast.AST, text: Text) -> Iterator[_Change]:
    match node:
        case ast.Constant(value=bool() as value):
            yield _Change("wrong-constant", node, str(not value))
        case ast.Constant(value=None):
            yield _Change("wrong-constant", node, "True")
        case ast.Constant(value=int() | float() as value):
            yield _Change("wrong-constant", node, repr(value + 1))
        case ast.Constant(value=str() as value):
            yield _Change("wrong-constant", node, ascii(f"x{value}"))
        case ast.Constant(value=bytes() as value):
            yield _Change("wrong-constant", node, ascii(b"x" + value))
        case ast.JoinedStr():
            yield _Change("wrong-constant", node, f"'x' {text.of(node)}")
        case _:
            return


def _calls(node: ast.AST, text: Text) -> Iterator[_Change]:
    match node:
        case ast.Expr(value=ast.Call()):
            yield _Change("dropped-call", node, "pass")
        case ast.Call():
            called = text.operand(node.func)
            arguments = [text.of(argument) for argument in node.args]
            named = [text.of(keyword) for keyword in node.keywords]
            plain = [not isinstance(argument, ast.Starred) for argument in node.args]
            for index in range(len(arguments) - 1):
                if plain[index] and plain[index + 1] and arguments[index] != arguments[index + 1]:
                    swapped = [*arguments[:index], *arguments[index : index + 2][::-1], *arguments[index + 2 :]]
                    yield _Change("swapped-arguments", node, f"{called}({', '.join(swapped + named)})")
            for index, keyword in enumerate(node.keywords):
                if keyword.arg is not None:
                    left = arguments + named[:index] + named[index + 1 :]
                    yield _Change("dropped-keyword", node, f"{called}({', '.join(left)})")
        case _:
            return


def _statements(node: ast.AST, _text: Text) -> Iterator[_Change]:
    match node:
        case ast.Assign() | ast.AugAssign() | ast.AnnAssign(value=ast.expr()):
            yield _Change("dropped-store", node, "pass")
        case ast.Delete():
            yield _Change("dropped-delete", node, "pass")
        case ast.Continue() | ast.Break():
            yield _Change("dropped-jump", node, "pass")
        case ast.Raise():
            yield _Change("lost-raise", node, "pass")
        case ast.Return(value=None | ast.Constant(value=None)):
            yield _Change("lost-return", node, "pass")
        case ast.Return():
            yield _Change("lost-return", node, "return None")
        case ast.For() | ast.AsyncFor():
            yield _Change("emptied-loop", node.iter, "()")
        case _:
            return


def _handlers(node: ast.AST, text: Text) -> Iterator[_Change]:
    match node:
        case ast.ExceptHandler(body=[ast.Raise(exc=None)]):
            pass
        case ast.ExceptHandler():
            yield _Change("reraised", node.body[0], "raise", node.body[-1])
        case _:
            return
    match node.type:
        case ast.Tuple() as several:
            for dropped in several.elts:
                left = [text.of(kind) for kind in several.elts if kind is not dropped]
                yield _Change("narrowed-handler", several, f"{', '.join(left)}{',' if len(left) == 1 else ''}")
        case ast.expr() as kind:
            yield _Change("other-handler", kind, _NEVER)
        case None:
            return


_OPERATORS: Final[tuple[_Operator, ...]] = (
    _tests,
    _comparisons,
    _operands,
    _constants,
    _calls,
    _statements,
    _handlers,
)
