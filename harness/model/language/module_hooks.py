"""What a module defines to answer for itself (area module-getattr)."""

from collections.abc import Iterator

from harness.model.language.admitting import Reach, check_pair
from harness.model.language.constants import Items, Literal
from harness.model.language.reading import Reader, Unread, only_texts
from harness.model.language.simplifying import shorter, simpler_constants
from harness.model.language.spelling import INDENT, Spelling, constant
from harness.model.language.word import Word
from harness.model.refusal import check_constant, check_text


class ModuleGetattr(Word, frozen=True):
    """Defines a module ``__getattr__`` that returns ``value`` for ``names`` and raises AttributeError for others."""

    names: tuple[str, ...]
    value: Literal

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield "def __getattr__(name):"
        yield f"{INDENT}if name in {constant(Items(self.names))}:"
        yield f"{INDENT * 2}return {constant(self.value)}"
        yield f"{INDENT}raise {host.builtin('AttributeError')}(name)"

    @classmethod
    def parse(cls, text: Reader) -> "ModuleGetattr":
        """The same, read again."""
        text.expect("def", "__getattr__", "(")
        name = text.called("name")
        text.expect(")")
        inner = text.block()
        inner.expect("if")
        inner.called("name", name)
        inner.expect("in")
        names = inner.constant()
        found = inner.block()
        found.expect("return")
        value = found.constant()
        found.last()
        if not isinstance(names, Items) or not inner.follows("raise"):
            raise Unread
        inner.builtin({"AttributeError"})
        inner.expect("(")
        inner.called("name", name)
        inner.expect(")")
        inner.last()
        return cls(only_texts(names), value)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It answers what could be assigned."""
        for name in self.names:
            check_pair(place, name, self.value, reached)
        check_constant(place, self.value)

    def bound(self) -> Iterator[str]:
        """``__getattr__``."""
        yield "__getattr__"

    def given(self) -> Iterator[tuple[str, Literal]]:
        """The names and the value."""
        yield from ((name, self.value) for name in self.names)

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Fewer names, or a simpler value."""
        yield from ((ModuleGetattr(simple, self.value),) for simple in shorter(self.names) if simple)
        yield from ((ModuleGetattr(self.names, simple),) for simple in simpler_constants(self.value))


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
