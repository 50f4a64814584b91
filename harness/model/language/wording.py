"""The text of expressions, and reading that again."""

import functools
from collections.abc import Callable
from typing import Final

from harness.model.language.documented import FUNCTIONS, HELD, TRUSTED, Documented, Form, Held, Kind
from harness.model.language.reading import Reader, Unread
from harness.model.language.shapes import (
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
from harness.model.language.spelling import Spelling, constant
from harness.model.permitted import is_own

_IN: Final = "in"
_IS: Final = "is"
_TWO: Final = 2


def worded(value: Expression, host: Spelling) -> str:
    """The text of an expression."""
    match value:
        case Constant(value=held):
            return constant(held)
        case Reference(path=path):
            return ".".join(path)
        case Names():
            return f"{host.builtin('globals')}()"
        case Place(path=path, pathlike=True):
            return f"{host.function('pathlib', 'Path')}({host.placed(path)})"
        case Place(path=path):
            return host.placed(path)
        case Library(name=name):
            return f"{host.module(HELD[name].module)}.{HELD[name].name}"
        case Hook(label=label):
            return f"lambda name: {host.told(label, 'name')}"
        case Bytes(text=text):
            return ascii(text.encode("latin-1", "replace"))
        case Instance(path=path):
            return f"{host.trusted('class', '.'.join(path))}()"
        case Call():
            return _call_text(value, host)


def _call_text(call: Call, host: Spelling) -> str:
    row = FUNCTIONS[call.function]
    if host.signs and _is_compared(call):
        one, other = (_operand(item, host) for item in call.arguments)
        return f"{other} in {one}" if row.sign == _IN else f"{one} {row.sign} {other}"
    kinds = {parameter.name: parameter.kind for parameter in row.parameters}
    inner = [
        _given_text(parameter.kind, item, host) for parameter, item in zip(row.parameters, call.arguments, strict=False)
    ]
    inner += [f"{key}={_given_text(kinds.get(key, Kind.FLAG), item, host)}" for key, item in call.keywords]
    if row.method and inner:
        inner[0] = _operand(call.arguments[0], host) if host.signs and _is_loose(call.arguments[0]) else inner[0]
    function = f"{inner.pop(0)}.{row.name}" if row.method else host.function(row.module, row.name)
    text = f"{function}({', '.join(inner)})"
    return f"[*{text}]" if row.iterated else text


def _is_compared(value: Expression) -> bool:
    """Whether people write a sign instead of the call; a constant is not asked whether it is another object."""
    if not isinstance(value, Call) or len(value.arguments) != _TWO or value.keywords:
        return False
    sign = FUNCTIONS[value.function].sign
    literal = any(isinstance(item, Bytes) or _is_literal(item) for item in value.arguments)
    return bool(sign) and not (sign == _IS and literal)


def _is_literal(value: Expression) -> bool:
    return isinstance(value, Constant) and value.value is not None


def _is_loose(value: Expression) -> bool:
    """Whether what is written beside it would be taken for a part of it."""
    return isinstance(value, Hook) or _is_compared(value)


def _operand(value: Expression, host: Spelling) -> str:
    """The text of what stands beside a sign."""
    text = worded(value, host)
    return f"({text})" if _is_loose(value) else text


def _given_text(kind: Kind | Form, item: Expression, host: Spelling) -> str:
    """What is given for a parameter of that kind, which may trust it to be of that."""
    text = worded(item, host)
    if kind is Kind.ANCHOR and isinstance(item, Reference):
        return host.trusted(Kind.MODULE.value, text)
    return host.trusted(kind.value, text) if kind in TRUSTED else text


def read_expression(text: Reader) -> Expression:
    """An expression.

    Raises:
        Unread: there is none.
    """
    found = _read_operand(text)
    row = next((row for row in FUNCTIONS.values() if row.sign and text.accepts(row.sign)), None)
    if row is None:
        return found
    other = _read_operand(text)
    return Call(row.key, (other, found) if row.sign == _IN else (found, other))


def _read_operand(text: Reader) -> Expression:
    return text.either(*_READS)


def _read_enclosed(text: Reader) -> Expression:
    text.expect("(")
    found = read_expression(text)
    text.expect(")")
    if not _is_loose(found):
        raise Unread
    return found


def _read_constant(text: Reader) -> Constant:
    return Constant(text.constant())


def _read_reference(text: Reader) -> Reference:
    return Reference(text.dotted())


def _read_names(text: Reader) -> Names:
    text.builtin({"globals"})
    text.expect("(", ")")
    return Names()


def _read_list(text: Reader) -> Call:
    """``list(…)`` of an iterator, which is told as ``[*…]``."""
    since = text.place
    text.builtin({"list"})
    text.expect("(")
    text.replace(since, text.place, "[", "*")
    function = text.function(FUNCTIONS)
    if FUNCTIONS[function].method or not FUNCTIONS[function].iterated:
        raise Unread
    found = _read_given(text, function)
    text.expect(")")
    text.replace(text.place - 1, text.place, "]")
    return found


def _read_call(text: Reader) -> Call:
    iterated = text.accepts("[", "*")
    function = text.function(FUNCTIONS)
    if FUNCTIONS[function].method or FUNCTIONS[function].iterated is not iterated:
        raise Unread
    found = _read_given(text, function)
    text.expect(*["]"] * iterated)
    while text.accepts("."):
        name = text.name()
        rows = [row.key for row in FUNCTIONS.values() if row.name == name and _is_of_place(row)]
        if not rows:
            raise Unread
        inner = _read_given(text, rows[0])
        found = Call(inner.function, (found, *inner.arguments), inner.keywords)
    return found


def _is_of_place(row: Documented) -> bool:
    return row.method and row.parameters[0].kind is Kind.TRAVERSABLE


def _read_library(text: Reader) -> Library:
    return text.either(*(functools.partial(_read_held, held=held) for held in HELD.values()))


def _read_held(text: Reader, held: Held) -> Library:
    text.module(held.module)
    text.expect(*f".{held.name}".replace(".", " . ").split())
    if text.next == ".":
        raise Unread
    return Library(held.key)


def _read_hook(text: Reader) -> Hook:
    text.expect("lambda", "name", ":")
    text.builtin({"print"})
    text.expect("(")
    label = text.text()
    text.expect(",", "name", ")")
    return Hook(label)


def _read_bytes(text: Reader) -> Bytes:
    return Bytes(text.data().decode("latin-1"))


def _read_method(text: Reader) -> Call:
    *owner, name = text.dotted()
    found = [row.key for row in FUNCTIONS.values() if row.method and row.name == name]
    if not owner or not found:
        raise Unread
    call = _read_given(text, found[0])
    return Call(call.function, (Reference(tuple(owner)), *call.arguments), call.keywords)


def _read_given(text: Reader, function: str) -> Call:
    text.expect("(")
    given = text.listed(lambda: text.either(_read_keyword, _read_argument), ")")
    arguments = [value for name, value in given if not name]
    if any(name for name, _ in given[: len(arguments)]):
        raise Unread
    return Call(function, tuple(arguments), given[len(arguments) :])


def _read_instance(text: Reader) -> Instance:
    path = text.dotted()
    text.expect("(", ")")
    if not is_own(path[0]):
        raise Unread
    return Instance(path)


def _read_place(text: Reader) -> Place:
    return Place(text.placed())


def _read_pathlike(text: Reader) -> Place:
    text.function({"pathlib.Path"})
    text.expect("(")
    found = text.placed()
    text.expect(")")
    return Place(found, pathlike=True)


def _read_keyword(text: Reader) -> tuple[str, Expression]:
    name = text.name()
    text.expect("=")
    return name, read_expression(text)


def _read_argument(text: Reader) -> tuple[str, Expression]:
    return "", read_expression(text)


_READS: Final[tuple[Callable[[Reader], Expression], ...]] = (
    _read_enclosed,
    _read_call,
    _read_list,
    _read_method,
    _read_names,
    _read_library,
    _read_hook,
    _read_bytes,
    _read_pathlike,
    _read_place,
    _read_instance,
    _read_reference,
    _read_constant,
)
