"""What a class of modules says of them: a repr, assignments, properties (area module-attributes)."""

from collections.abc import Iterator
from typing import Final

from harness.model.language.admitting import Reach, check_bound, check_in_class, check_looked_up, check_pair
from harness.model.language.constants import Literal
from harness.model.language.lines import parted
from harness.model.language.reading import Reader, Unread
from harness.model.language.retelling import host_sign, text_sign
from harness.model.language.simplifying import simpler_constants
from harness.model.language.spelling import INDENT, Spelling, constant
from harness.model.language.word import Word
from harness.model.permitted import LIBRARY, is_called
from harness.model.refusal import check_constant, check_text, need, refuse

_SETATTR: Final = "types.ModuleType.__setattr__"
_PROPERTY: Final = "builtins.property"
_NAME: Final = "self.__name__"

FIRST: Final = {_SETATTR: '_host["types"].ModuleType.__setattr__', _PROPERTY: "property(type)"}
"""A first call of what its statements call."""


class NamingRepr(Word, frozen=True):
    """Defines a method ``__repr__`` of a class, that returns the text and the ``__name__`` behind it."""

    text: str

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield "def __repr__(self):"
        yield f"{INDENT}return {ascii(self.text)} + {_NAME}"

    @classmethod
    def parse(cls, text: Reader) -> "NamingRepr":
        """The same, read again, also of ``f"text {self.__name__}"``."""
        text.expect("def", "__repr__", "(", "self", ")")
        inner = text.block()
        inner.expect("return")
        said = inner.either(_added, _formatted)
        inner.last()
        return cls(said)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It stands in a class, and the text stands for nothing."""
        check_in_class(place, inside, "__repr__")
        check_constant(place, self.text)

    def bound(self) -> Iterator[str]:
        """``__repr__``."""
        yield "__repr__"


def _added(text: Reader) -> str:
    found = text.text()
    text.expect("+", "self", ".", "__name__")
    return found


def _parted(text: Reader, value: str) -> tuple[str, str]:
    """What stands before and behind that value in a text such as ``f"a {value}"``, of one token or of several.

    Raises:
        Unread: it is no such text.
    """
    written, found = "", None
    while found is None and text.next:
        written += text.next
        text.accepts(text.next)
        found = parted(written, value)
    if found is None:
        raise Unread
    return found


def _formatted(text: Reader) -> str:
    since = text.place
    before, after = _parted(text, _NAME)
    if after:
        raise Unread
    text.instead(since, text_sign(before), "+", "self", ".", "__name__")
    return before


class TracedSetattr(Word, frozen=True):
    """Defines a method ``__setattr__`` of a class of modules, for which each call is an event: the label, and the name.

    It sets the attribute then, as modules do.
    """

    label: str

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield "def __setattr__(self, name, value):"
        yield INDENT + host.told(self.label, "name")
        yield f"{INDENT}{host.function(*_SETATTR.split('.', 1))}(self, name, value)"

    @classmethod
    def parse(cls, text: Reader) -> "TracedSetattr":
        """The same, read again, also where it sets the attribute by ``super()``, or prints one text."""
        text.expect("def", "__setattr__", "(", "self", ",")
        name = text.called("name")
        text.expect(",")
        value = text.called("value")
        text.expect(")")
        inner = text.block()
        inner.builtin({"print"})
        inner.expect("(")
        label = inner.either(lambda held: _label(held, name), lambda held: _formatted_label(held, name))
        inner.expect(")")
        inner.skip()
        since = inner.place
        if inner.accepts("super", "(", ")", ".", "__setattr__", "("):
            inner.instead(since, host_sign(_SETATTR), "(", "self", ",")
        else:
            inner.function((_SETATTR,))
            inner.expect("(", "self", ",")
        inner.called("name", name)
        inner.expect(",")
        inner.called("value", value)
        inner.expect(")")
        inner.last()
        return cls(label)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It stands in a class, and the label stands for nothing."""
        check_in_class(place, inside, "__setattr__")
        check_text(place, self.label)

    def functions(self) -> Iterator[str]:
        """The method of the type of modules."""
        yield _SETATTR

    def bound(self) -> Iterator[str]:
        """``__setattr__``."""
        yield "__setattr__"


def _label(text: Reader, name: str) -> str:
    found = text.text()
    text.expect(",")
    text.called("name", name)
    return found


def _formatted_label(text: Reader, name: str) -> str:
    """A text in which the name stands: it is told as one that shows where."""
    since = text.place
    before, after = _parted(text, name)
    label = f"{before}{{}}{after}" if after else before.rstrip(" ")
    text.instead(since, text_sign(label), ",", "name")
    return label


class Property(Word, frozen=True):
    """``name = property(lambda self: value)`` in a class."""

    name: str
    value: Literal

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{self.name} = {host.function(*_PROPERTY.split('.'))}(lambda self: {constant(self.value)})"

    @classmethod
    def parse(cls, text: Reader) -> "Property":
        """The same, read again, also of a function that is decorated."""
        if text.accepts("@"):
            text.builtin({"property"})
            text.skip()
            text.expect("def")
            name = text.name()
            text.expect("(")
            text.called("self")
            text.expect(")")
            inner = text.block()
            inner.expect("return")
            value = inner.constant()
            inner.last()
            text.stands_for(2, f"{name} = {host_sign(_PROPERTY)}(lambda self: {constant(value)})")
            return cls(name, value)
        name = text.name()
        text.expect("=")
        text.function((_PROPERTY,))
        text.expect("(", "lambda")
        text.called("self")
        text.expect(":")
        value = text.constant()
        text.expect(")")
        return cls(name, value)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It stands in a class, and is what could be assigned there."""
        check_in_class(place, inside, self.name)
        check_bound(place, self.name)
        need(place, self.name, is_called, "an attribute that nothing of the library has")
        check_pair(place, self.name, self.value, reached)

    def functions(self) -> Iterator[str]:
        """``property``."""
        yield _PROPERTY

    def bound(self) -> Iterator[str]:
        """The name."""
        yield self.name

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """A simpler value."""
        yield from ((Property(self.name, simple),) for simple in simpler_constants(self.value))


class OwnClass(Word, frozen=True):
    """``sys.modules[__name__].__class__ = name``: of the module in which it stands."""

    name: str

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{host.module('sys')}.modules[__name__].__class__ = {self.name}"

    @classmethod
    def parse(cls, text: Reader) -> "OwnClass":
        """The same, read again."""
        text.module("sys")
        text.expect(".", "modules", "[", "__name__", "]", ".", "__class__", "=")
        return cls(text.name())

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The class is one of the case, and the module none of the library's."""
        check_looked_up(place, (self.name,))
        for name in sorted(LIBRARY & reached.names):
            refuse(place, "nothing of the library to be changed", name)
