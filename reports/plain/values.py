"""Values of facts as expressions of Python, and as tests of what has them."""

from collections.abc import Sequence
from keyword import iskeyword
from typing import Final

from harness.model.values import ABSENT, TAG, TREE, Value
from reports.plain.spelling import Text, UnsayableError

_SINGLE: Final = (None, True, False)


def compared(text: Text, item: str, values: Sequence[Value], seen: Value, *, there: str = "") -> str:
    """An expression that is true where ``item`` has one of the values, not what was ``seen``.

    ``there`` is an expression that is true where it is there at all.

    Raises:
        UnsayableError: there is no such expression.
    """
    if values == (ABSENT,):
        if not there:
            raise UnsayableError
        return negated(there)
    tests = [_one(text, item, value, seen) for value in values if value != ABSENT]
    if ABSENT in values:
        tests = [negated(there), *tests] if there else tests
    same = [found.removeprefix(f"{item} == ") for found in tests if found.startswith(f"{item} == ")]
    if len(same) == len(tests) > 1:
        return f"{item} in ({', '.join(same)})"
    return " or ".join(tests)


def negated(expression: str) -> str:
    """That it is not so."""
    left, found, right = expression.partition(" in ")
    return f"{left} not in {right}" if found else f"not {expression}"


def _one(text: Text, item: str, value: Value, seen: Value) -> str:
    """A test of a single value, which what was seen does not pass."""
    match value:
        case None | bool():
            return f"{item} is {value}"
        case ("module", str() as key):
            return f"{item} is {entry(text, key)}"
        case ("stray", str(), int()):
            return f"{item} not in {text.module('sys')}.modules.values()"
        case ("iterable", *items) if seen == ("list", *items):
            return f"not {text.builtin('isinstance')}({item}, {text.builtin('list')})"
        case ("iterable", *items):
            return f"{text.builtin('list')}({item}) == {expression(text, ('list', *items))}"
        case ("function" | "class", str() as name):
            return f"{item}.__name__ == {ascii(name)}"
        case ("spec", str() as name):
            return f"{item}.name == {ascii(name)}"
        case ("loader", str() as key):
            return f"{item} is {entry(text, key)}.__spec__.loader"
        case ("object", str() as name):
            return f"{text.builtin('type')}({item}).__name__ == {ascii(name)}"
        case ("module-info", name, package):
            return f"{item}[1:] == ({expression(text, name)}, {expression(text, package)})"
        case _:
            return f"{item} == {expression(text, value)}"


def expression(text: Text, value: Value) -> str:
    """The expression of an equal value.

    Raises:
        UnsayableError: there is none.
    """
    match value:
        case str():
            return _path(text, value)
        case None | bool() | int():
            return repr(value)
        case ("list", *items):
            return f"[{', '.join(expression(text, item) for item in items)}]"
        case ("tuple", *items):
            return f"({', '.join(expression(text, item) for item in items)}{',' * (len(items) == 1)})"
        case ("bytes", str() as held):
            return ascii(held.encode("latin-1"))
        case ("module", str() as key):
            return entry(text, key)
        case _:
            raise UnsayableError


def entry(text: Text, key: str) -> str:
    """What ``sys.modules`` has by that key."""
    return f"{text.module('sys')}.modules[{ascii(key)}]"


def attribute(text: Text, owner: str, name: str) -> str:
    """What the namespace of an object has by that name."""
    named = name.isidentifier() and not iskeyword(name)
    return f"{owner}.{name}" if named else f"{text.builtin('vars')}({owner})[{ascii(name)}]"


def _path(text: Text, value: str) -> str:
    """A text, in which the directory of the case may stand at the beginning, and a tag of bytecode files further on."""
    if value == TREE:
        raise UnsayableError
    head, tag, tail = value.partition(TAG)
    inner = head.removeprefix(f"{TREE}/")
    if any(part in inner + tail for part in (TREE, TAG, "<place of the tree>")):
        raise UnsayableError
    beginning = ascii(inner) if inner == head else text.placed(inner)
    return f"{beginning} + {text.module('sys')}.implementation.cache_tag + {ascii(tail)}" if tag else beginning
