"""Expressions: constants, names, attributes, and calls of documented functions (reference/expressions)."""

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias, Union

import msgspec

from harness.model.language.admitting import (
    LEVELS,
    Reach,
    check_bound,
    check_called,
    check_inner,
    check_looked_up,
    check_module,
    check_submodule,
)
from harness.model.language.constants import Items, Literal
from harness.model.language.documented import FUNCTIONS, TRUSTED, Form, Kind, Parameter
from harness.model.language.reading import Reader, Unread
from harness.model.language.simplifying import shorter
from harness.model.language.spelling import Spelling, constant
from harness.model.language.word import Word
from harness.model.permitted import TAKEN, is_attribute, is_name, is_own
from harness.model.refusal import IN_ROOT, check_constant, check_path, need, refuse


class Constant(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="constant", omit_defaults=True):
    """A constant."""

    value: Literal


class Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="reference", omit_defaults=True):
    """``a.b.c``: a name lookup followed by attribute references (``path`` has at least one part)."""

    path: tuple[str, ...]


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="names", omit_defaults=True):
    """``globals()``: the namespace of the module in which it stands."""


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="place", omit_defaults=True):
    """The path of a file in the tree, such as ``r1/pkg/mod.py``; if ``pathlike``, as an object that stands for it."""

    path: str
    pathlike: bool = False


class Instance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="instance", omit_defaults=True):
    """``a.K()``: an instance of a class, which is as in :class:`Reference`."""

    path: tuple[str, ...]


class Call(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="call", omit_defaults=True):
    """``importlib.reload(a)``: a call of a documented function, by its key in ``FUNCTIONS``."""

    function: str
    arguments: tuple["Expression", ...] = ()
    keywords: tuple[tuple[str, "Expression"], ...] = ()


Expression: TypeAlias = Union[Constant, Reference, Names, Place, Instance, Call]
"""What has a value."""


class Bind(Word, frozen=True):
    """``name = value``, or ``value`` alone where there is no name."""

    value: Expression
    name: str = ""

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{self.name} = {_text(self.value, host)}" if self.name else _text(self.value, host)

    @classmethod
    def parse(cls, text: Reader) -> "Bind":
        """The same, read again."""
        value = read_expression(text)
        if isinstance(value, Instance):
            raise Unread
        if not isinstance(value, Reference) or len(value.path) > 1 or not text.accepts("="):
            return cls(value)
        return cls(read_expression(text), value.path[0])

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """What is called is documented, and is given what tells the import system nothing but the tree."""
        if self.name:
            check_bound(place, self.name)
        if isinstance(self.value, Names | Constant | Place):
            refuse(place, "a call, or a name and attributes", type(self.value).__name__)
        _check(place, self.value, Kind.OBJECT, reached, inside)

    def functions(self) -> Iterator[str]:
        """The functions that are called in the expression."""
        yield from (call.function for call in calls(self.value))

    def roots(self) -> Iterator[str]:
        """The first part of each absolute name that is given to a function."""
        yield from (name.partition(".")[0] for name in _named(self.value))

    def bound(self) -> Iterator[str]:
        """The name, if there is one."""
        if self.name:
            yield self.name

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """A call with less, or nothing bound."""
        yield from ((Bind(simple, self.name),) for simple in _simpler(self.value))
        if self.name:
            yield (Bind(self.value),)


def calls(value: Expression) -> Iterator[Call]:
    """The calls in an expression, inner ones first."""
    if isinstance(value, Call):
        for argument in (*value.arguments, *(held for _, held in value.keywords)):
            yield from calls(argument)
        yield value


def given(call: Call) -> Iterator[tuple[Parameter, Expression]]:
    """The arguments of a call, each with the parameter it is for."""
    parameters = FUNCTIONS[call.function].parameters
    yield from zip(parameters, call.arguments, strict=False)
    keywords = dict(call.keywords)
    yield from ((parameter, keywords[parameter.name]) for parameter in parameters if parameter.name in keywords)


def _text(value: Expression, host: Spelling) -> str:
    match value:
        case Constant(value=held):
            return constant(held)
        case Reference(path=path):
            return ".".join(path)
        case Names():
            return f"{host.builtin('globals')}()"
        case Place(path=path, pathlike=True):
            return f"{host.module('pathlib')}.Path({host.placed(path)})"
        case Place(path=path):
            return host.placed(path)
        case Instance(path=path):
            return f"{host.trusted('class', '.'.join(path))}()"
        case Call():
            return _call_text(value, host)


def _call_text(call: Call, host: Spelling) -> str:
    row = FUNCTIONS[call.function]
    inner = [
        host.trusted(parameter.kind.value, _text(item, host)) if parameter.kind in TRUSTED else _text(item, host)
        for parameter, item in zip(row.parameters, call.arguments, strict=False)
    ]
    kinds = {parameter.name: parameter.kind for parameter in row.parameters}
    for key, item in call.keywords:
        text = _text(item, host)
        inner.append(f"{key}={host.trusted(kinds[key].value, text) if kinds[key] in TRUSTED else text}")
    function = f"{inner.pop(0)}.{row.name}" if row.method else host.function(row.module, row.name)
    return f"{function}({', '.join(inner)})"


def read_expression(text: Reader) -> Expression:
    """An expression.

    Raises:
        Unread: there is none.
    """
    return text.either(*_READS)


def _read_constant(text: Reader) -> Constant:
    return Constant(text.constant())


def _read_reference(text: Reader) -> Reference:
    return Reference(text.dotted())


def _read_names(text: Reader) -> Names:
    text.builtin({"globals"})
    text.expect("(", ")")
    return Names()


def _read_call(text: Reader) -> Call:
    function = text.function(FUNCTIONS)
    if FUNCTIONS[function].method:
        raise Unread
    return _read_given(text, function)


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
    text.module("pathlib")
    text.expect(".", "Path", "(")
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
    _read_call,
    _read_method,
    _read_names,
    _read_pathlike,
    _read_place,
    _read_instance,
    _read_reference,
    _read_constant,
)


def _named(value: Expression) -> Iterator[str]:
    for call in calls(value):
        for parameter, argument in given(call):
            held = argument.value if isinstance(argument, Constant) else None
            match parameter.kind:
                case Kind.NAME | Kind.PACKAGE:
                    yield held if isinstance(held, str) else ""
                case Form(module=module) if isinstance(held, str):
                    yield module(held)
                case _:
                    pass


def _simpler(value: Expression) -> Iterator[Expression]:
    if isinstance(value, Reference | Instance) and len(value.path) > 1:
        yield type(value)(value.path[:-1])
    if not isinstance(value, Call):
        return
    row = FUNCTIONS[value.function]
    for keywords in shorter(value.keywords):
        yield Call(value.function, value.arguments, keywords)
    for count in range(row.required, len(value.arguments)):
        yield Call(value.function, value.arguments[:count], value.keywords)
    for number, (parameter, argument) in enumerate(zip(row.parameters, value.arguments, strict=False)):
        before, after = value.arguments[:number], value.arguments[number + 1 :]
        for simple in _simpler_argument(parameter, argument):
            yield Call(value.function, (*before, simple, *after), value.keywords)


def _simpler_argument(parameter: Parameter, argument: Expression) -> Iterator[Expression]:
    """A name without dots at its head, no package, or what is a simpler expression."""
    held = argument.value if isinstance(argument, Constant) else None
    if isinstance(held, str) and parameter.kind is Kind.PACKAGE:
        yield Constant(None)
    elif isinstance(held, str) and held.startswith(".") and held.strip("."):
        yield Constant(held.lstrip("."))
    yield from _simpler(argument)


def _check(place: str, value: Expression, kind: Kind | Form, reached: Reach, inside: str) -> None:
    match value:
        case Constant(value=held):
            _check_constant(place, held, kind, reached)
        case Reference(path=path):
            if kind is not Kind.OBJECT and kind not in TRUSTED:
                refuse(place, f"a constant for a {kind.value}", path)
            check_looked_up(place, path, specs=True)
        case Names():
            if kind not in {Kind.NAMESPACE, Kind.ANY}:
                refuse(place, f"a {kind.value}", "globals()")
        case Instance(path=path):
            if kind is not Kind.OBJECT:
                refuse(place, f"a {kind.value}", path)
            check_called(place, path)
        case Place(path=path) if kind is Kind.PROGRAM:
            need(place, path, reached.programs.__contains__, "the path of a program of the tree")
        case Place(path=path):
            found = IN_ROOT.fullmatch(path)
            if kind is not Kind.PLACE or found is None or not found[2]:
                refuse(place, f"a {kind.value}, a path in a root", path)
            check_path(place, found[2])
        case Call():
            if kind is not Kind.OBJECT and kind not in TRUSTED:
                refuse(place, f"a constant for a {kind.value}", value.function)
            _check_call(place, value, reached, inside)


def _check_call(place: str, call: Call, reached: Reach, inside: str) -> None:
    need(place, call.function, FUNCTIONS.__contains__, "a documented function")
    row = FUNCTIONS[call.function]
    if row.method and not isinstance(next(iter(call.arguments), None), Reference):
        refuse(place, "a name and attributes, and the method of that", call.arguments)
    names = [parameter.name for parameter in row.parameters]
    taken = [*names[: len(call.arguments)], *(name for name, _ in call.keywords)]
    most = sum(not parameter.keyword for parameter in row.parameters)
    whole = len(call.arguments) <= most and set(names[: row.required]) <= set(taken) <= set(names)
    if not whole or len(set(taken)) < len(taken):
        refuse(place, f"the parameters of {row.key}, each once", taken)
    for parameter, argument in given(call):
        _check(place, argument, parameter.kind, reached, inside)
    held = {parameter.kind: argument for parameter, argument in given(call)}
    anchored = any(parameter.kind is Kind.PACKAGE for parameter in row.parameters)
    level = held.get(Kind.LEVEL)
    higher = isinstance(level, Constant) and isinstance(level.value, int) and level.value > 0
    for parameter, argument in given(call):
        if parameter.kind is Kind.NAME and isinstance(argument, Constant) and isinstance(argument.value, str):
            if anchored:
                _check_anchored(place, argument.value, held.get(Kind.PACKAGE), reached)
            elif higher and (not argument.value or isinstance(held.get(Kind.NAMESPACE), Names)):
                _check_relative(place, argument.value, reached)
            else:
                check_module(place, argument.value, reached)


def _check_anchored(place: str, name: str, package: Expression | None, reached: Reach) -> None:
    """A name with leading dots, relative to a package.

    Where there are more dots than the package has parts, or no package, what follows may be taken for an absolute name.
    """
    bare = name.lstrip(".")
    level = len(name) - len(bare)
    if level > LEVELS:
        refuse(place, f"a level from 0 to {LEVELS}", name)
    anchor = package.value if isinstance(package, Constant) else None
    if 0 < level <= (len(anchor.split(".")) if isinstance(anchor, str) and anchor else 0):
        _check_relative(place, bare, reached)
    elif bare or not level:
        check_module(place, bare, reached)


def _check_relative(place: str, name: str, reached: Reach) -> None:
    if name:
        check_inner(place, name, reached, "")


def _check_constant(place: str, value: Literal, kind: Kind | Form, reached: Reach) -> None:
    match kind, value:
        case (Kind.NAME, str()) | (Kind.PACKAGE | Kind.NAMESPACE | Kind.NAMES, None) | (Kind.PACKAGE, ""):
            pass
        case Kind.PACKAGE, str():
            check_module(place, value, reached)
        case Form(check=check), str():
            check(place, value, reached)
        case (Kind.LOCATIONS, Items(items=(), mutable=True)) | (Kind.FLAG, bool()):
            pass
        case Kind.LEVEL, int():
            if not -1 <= value <= LEVELS:
                refuse(place, f"a level from -1 to {LEVELS}", value)
        case Kind.NAMES, Items(items=items):
            for item in items:
                if not isinstance(item, str) or (reached.recached and item == TAKEN):
                    refuse(place, "names to take", item)
                if item != "*":
                    need(place, item, lambda text: is_name(text) and is_attribute(text), "an attribute of its own")
                    check_submodule(place, item, reached, "")
        case (Kind.OBJECT | Kind.ANY, _):
            check_constant(place, value)
        case _:
            refuse(place, f"a {kind.value}", value)
