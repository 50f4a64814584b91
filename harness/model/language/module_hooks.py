"""What a module defines to answer for itself (area module-getattr)."""

from collections.abc import Iterator
from typing import Final

from harness.model.language.admitting import Reach, check_inner, check_pair
from harness.model.language.constants import Items, Literal
from harness.model.language.reading import Reader, Unread, only_texts
from harness.model.language.simplifying import shorter, simpler_constants
from harness.model.language.spelling import INDENT, Spelling, constant
from harness.model.language.word import Word
from harness.model.permitted import is_special
from harness.model.refusal import check_constant, check_text, refuse

_WARN: Final = "warnings.warn"
_IMPORT: Final = "importlib.import_module"


def _asked_for(text: Reader) -> tuple[str, Literal, Reader, Reader]:
    """``def __getattr__(name):`` and ``if name in NAMES:``; the parameter, the names, the block, what follows."""
    text.expect("def", "__getattr__", "(")
    name = text.called("name")
    text.expect(")")
    inner = text.block()
    inner.expect("if")
    inner.called("name", name)
    inner.expect("in")
    names = inner.constant()
    return name, names, inner.block(), inner


def _refused(inner: Reader, name: str, names: Literal) -> tuple[str, ...]:
    """The names, where all others raise: ``raise AttributeError(name)``.

    Raises:
        Unread: the names are no list of texts, or something else follows.
    """
    if not isinstance(names, Items) or not inner.follows("raise"):
        raise Unread
    inner.builtin({"AttributeError"})
    inner.expect("(")
    inner.called("name", name)
    inner.expect(")")
    inner.last()
    return only_texts(names)


class ModuleGetattr(Word, frozen=True):
    """Defines a module ``__getattr__`` that returns ``value`` for ``names`` and raises AttributeError for others.

    If they are ``deprecated`` it warns first.
    """

    names: tuple[str, ...]
    value: Literal
    deprecated: bool = False

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield "def __getattr__(name):"
        yield f"{INDENT}if name in {constant(Items(self.names))}:"
        if self.deprecated:
            warn = host.function(*_WARN.split("."))
            yield f"{INDENT * 2}{warn}(name, {host.builtin('DeprecationWarning')})"
        yield f"{INDENT * 2}return {constant(self.value)}"
        yield f"{INDENT}raise {host.builtin('AttributeError')}(name)"

    @classmethod
    def parse(cls, text: Reader) -> "ModuleGetattr":
        """The same, read again."""
        name, names, found, inner = _asked_for(text)
        deprecated = not found.accepts("return")
        if deprecated:
            found.function((_WARN,))
            found.expect("(")
            found.called("name", name)
            found.expect(",")
            found.builtin({"DeprecationWarning"})
            found.expect(")")
            found.skip()
            found.expect("return")
        value = found.constant()
        found.last()
        told = _refused(inner, name, names)
        return cls(told, value, deprecated)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It answers what could be assigned."""
        for name in self.names:
            check_pair(place, name, self.value, reached)
        check_constant(place, self.value)

    def functions(self) -> Iterator[str]:
        """``warn``, if it does."""
        if self.deprecated:
            yield _WARN

    def bound(self) -> Iterator[str]:
        """``__getattr__``."""
        yield "__getattr__"

    def given(self) -> Iterator[tuple[str, Literal]]:
        """The names and the value."""
        yield from ((name, self.value) for name in self.names)

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Fewer names, or a simpler value."""
        for simple in shorter(self.names):
            if simple:
                yield (ModuleGetattr(simple, self.value, self.deprecated),)
        yield from ((ModuleGetattr(self.names, one, self.deprecated),) for one in simpler_constants(self.value))
        if self.deprecated:
            yield (ModuleGetattr(self.names, self.value),)


class LazyGetattr(Word, frozen=True):
    """Defines a module ``__getattr__`` that imports ``names``, submodules, and raises AttributeError for others."""

    names: tuple[str, ...]

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield "def __getattr__(name):"
        yield f"{INDENT}if name in {constant(Items(self.names))}:"
        yield f"{INDENT * 2}return {host.function(*_IMPORT.split('.'))}('.' + name, __name__)"
        yield f"{INDENT}raise {host.builtin('AttributeError')}(name)"

    @classmethod
    def parse(cls, text: Reader) -> "LazyGetattr":
        """The same, read again."""
        name, names, found, inner = _asked_for(text)
        found.expect("return")
        found.function((_IMPORT,))
        found.expect("(")
        if found.text() != ".":
            raise Unread
        found.expect("+")
        found.called("name", name)
        found.expect(",", "__name__", ")")
        found.last()
        told = _refused(inner, name, names)
        return cls(told)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """Each is the name of what may be a submodule."""
        for name in self.names:
            check_inner(place, name, reached, "")
            if "." in name or is_special(name):
                refuse(place, "the name of a submodule", name)

    def functions(self) -> Iterator[str]:
        """``import_module``."""
        yield _IMPORT

    def bound(self) -> Iterator[str]:
        """``__getattr__``."""
        yield "__getattr__"

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Fewer names."""
        yield from ((LazyGetattr(simple),) for simple in shorter(self.names) if simple)


class ModuleDir(Word, frozen=True):
    """Defines a module ``__dir__`` that returns ``names`` as a list."""

    names: tuple[str, ...]

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield "def __dir__():"
        yield f"{INDENT}return {constant(Items(self.names))}"

    @classmethod
    def parse(cls, text: Reader) -> "ModuleDir":
        """The same, read again."""
        text.expect("def", "__dir__", "(", ")")
        inner = text.block()
        inner.expect("return")
        names = inner.constant()
        inner.last()
        if not isinstance(names, Items):
            raise Unread
        return cls(only_texts(names))

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The names are texts that stand for nothing."""
        for name in self.names:
            check_text(place, name)

    def bound(self) -> Iterator[str]:
        """``__dir__``."""
        yield "__dir__"

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Fewer names."""
        yield from ((ModuleDir(simple),) for simple in shorter(self.names))
