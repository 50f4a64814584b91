"""Expressions: constants, names, attributes, and calls of documented functions (reference/expressions)."""

from collections.abc import Iterator
from typing import Final

from harness.model.language.admitting import Reach, check_bound
from harness.model.language.documented import FUNCTIONS, HELD, Form, Kind, Parameter
from harness.model.language.letting import check_expression
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
    calls,
    given,
    libraries,
    pathlike,
)
from harness.model.language.simplifying import shorter
from harness.model.language.spelling import Spelling
from harness.model.language.word import Word
from harness.model.language.wording import read_expression, worded
from harness.model.refusal import refuse

FIRST: Final = {"pathlib.Path": '_host["pathlib"].Path("tried")'}
"""A first call of what makes path objects."""

__all__ = [
    "Bind",
    "Bytes",
    "Call",
    "Constant",
    "Expression",
    "Hook",
    "Instance",
    "Library",
    "Names",
    "Place",
    "Reference",
    "calls",
    "given",
    "read_expression",
]


class Bind(Word, frozen=True):
    """``name = value``, or ``value`` alone where there is no name."""

    value: Expression
    name: str = ""

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{self.name} = {worded(self.value, host)}" if self.name else worded(self.value, host)

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
        if isinstance(self.value, Names | Constant | Place | Bytes | Hook):
            refuse(place, "a call, or a name and attributes", type(self.value).__name__)
        kept = bool(self.name) or isinstance(self.value, Reference | Instance)
        check_expression(place, self.value, Kind.OBJECT if kept else Kind.VALUE, reached, inside)

    def functions(self) -> Iterator[str]:
        """The functions that are called in the expression, and the modules that hold what it refers to."""
        yield from pathlike(self.value)
        yield from (call.function for call in calls(self.value))
        yield from (HELD[name].module for name in libraries(self.value) if name in HELD)

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


def _named(value: Expression) -> Iterator[str]:
    for call in calls(value):
        for parameter, argument in given(call):
            held = argument.value if isinstance(argument, Constant) else None
            match parameter.kind:
                case Kind.NAME | Kind.PACKAGE | Kind.ANCHOR:
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
