"""Statements that bind, read, annotate and unbind names (areas names-and-scopes, private-names, future-imports)."""

from collections.abc import Iterator
from typing import Final

from harness.model.language.admitting import (
    Reach,
    check_bound,
    check_called,
    check_exported,
    check_given,
    check_looked_up,
    check_pair,
)
from harness.model.language.binding import Alias, check_aliases, listed, read_alias, simpler_aliases
from harness.model.language.constants import Items, Literal
from harness.model.language.documented import FUNCTIONS, HELD, methods
from harness.model.language.reading import Reader, Unread
from harness.model.language.simplifying import nearer, shorter, simpler_constants
from harness.model.language.spelling import Spelling, constant
from harness.model.language.word import Word
from harness.model.permitted import FUTURE, WORDS, is_attribute, is_name, is_own, is_special
from harness.model.refusal import check_text, need

_ARGUMENT: Final = "argument"

ANNOTATIONS: Final = "annotations"
"""The feature that still changes what a module means."""

FEATURES: Final = frozenset(
    {
        "absolute_import", "division", "generator_stop", "generators", "nested_scopes", "print_function",
        "unicode_literals", "with_statement",
    }
)  # fmt: skip
"""The historical features (reference/simple_stmts §7.11.2)."""


class Mark(Word, frozen=True):
    """Adds ``(label, __name__)`` to the trace."""

    label: str

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield host.marked(self.label)

    @classmethod
    def parse(cls, text: Reader) -> "Mark":
        """The same, read again."""
        text.builtin({"print"})
        text.expect("(")
        label = text.text()
        since = text.place
        text.accepts(",", "__name__")
        text.instead(since, ",", "__name__")
        text.expect(")")
        return cls(label)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The label is a text that stands for nothing."""
        check_text(place, self.label)


class Assign(Word, frozen=True):
    """``name = value``; ``__all__`` and ``__path__`` are names like any other."""

    name: str
    value: Literal

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{self.name} = {constant(self.value)}"

    @classmethod
    def parse(cls, text: Reader) -> "Assign":
        """The same, read again."""
        name = text.name()
        text.expect("=")
        return cls(name, text.constant())

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """What tells the import system something tells it nothing but the tree."""
        check_pair(place, self.name, self.value, reached)
        if self.name == "__all__":
            check_exported(place, self.value, reached)

    def bound(self) -> Iterator[str]:
        """The name."""
        yield self.name

    def given(self) -> Iterator[tuple[str, Literal]]:
        """The name and its value."""
        yield self.name, self.value

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Simpler values."""
        yield from ((Assign(self.name, simple),) for simple in simpler_constants(self.value))


class Extend(Word, frozen=True):
    """``name += value``: extends a list, or a tuple by rebinding the name."""

    name: str
    value: Items

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{self.name} += {constant(self.value)}"

    @classmethod
    def parse(cls, text: Reader) -> "Extend":
        """The same, read again."""
        name = text.name()
        text.expect("+=")
        value = text.constant()
        if not isinstance(value, Items):
            raise Unread
        return cls(name, value)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """What is added may be taken for names to export, whatever the name."""
        check_pair(place, self.name, self.value, reached)
        check_exported(place, self.value, reached)

    def bound(self) -> Iterator[str]:
        """The name."""
        yield self.name

    def given(self) -> Iterator[tuple[str, Literal]]:
        """The name, and what is added."""
        yield self.name, self.value

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Less to add."""
        for items in shorter(self.value.items):
            yield (Extend(self.name, Items(items, mutable=self.value.mutable)),)


class Delete(Word, frozen=True):
    """``del name``."""

    name: str

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"del {self.name}"

    @classmethod
    def parse(cls, text: Reader) -> "Delete":
        """The same, read again."""
        text.expect("del")
        return cls(text.name())

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """A special name is one that a case may give."""
        check_given(place, self.name)

    def bound(self) -> Iterator[str]:
        """The name: unbinding it makes it a local one as well."""
        yield self.name


class Read(Word, frozen=True):
    """``name = a.b.c``: a name lookup followed by attribute references (``path`` has at least one part)."""

    name: str
    path: tuple[str, ...]

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{self.name} = {'.'.join(self.path)}"

    @classmethod
    def parse(cls, text: Reader) -> "Read":
        """The same, read again."""
        name = text.name()
        text.expect("=")
        path = text.dotted()
        if not all(map(is_attribute, path[1:])) or (path[1:] and text.meant(path) in HELD):
            raise Unread
        return cls(name, path)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """What is looked up is the case's own."""
        check_bound(place, self.name)
        if self.path != ("__dict__",):
            check_looked_up(place, self.path)

    def bound(self) -> Iterator[str]:
        """The name."""
        yield self.name

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """An attribute less."""
        if len(self.path) > 1:
            yield (Read(self.name, self.path[:-1]),)


class Invoke(Word, frozen=True):
    """``name(arguments)``: calls a function defined before; ``path`` is as in :class:`Read`."""

    path: tuple[str, ...]
    arguments: tuple[Literal, ...] = ()

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        called = ".".join(self.path)
        called = host.trusted("function", called) if self.arguments else called
        yield f"{called}({', '.join(map(constant, self.arguments))})"

    @classmethod
    def parse(cls, text: Reader) -> "Invoke":
        """The same, read again."""
        path = text.dotted()
        text.expect("(")
        if not is_own(path[0]) or text.meant(path) in FUNCTIONS or (path[1:] and path[-1] in methods()):
            raise Unread
        return cls(path, text.listed(text.constant, ")"))

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """What is looked up is the case's own, and so is what is called: no method of an object of the library."""
        check_called(place, self.path)
        for argument in self.arguments:
            check_pair(place, _ARGUMENT, argument, reached)

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Of an object that is nearer, with fewer arguments, or simpler ones."""
        yield from ((Invoke(path, self.arguments),) for path in nearer(self.path))
        yield from ((Invoke(self.path, simple),) for simple in shorter(self.arguments))
        for number, argument in enumerate(self.arguments):
            for simple in simpler_constants(argument):
                yield (Invoke(self.path, (*self.arguments[:number], simple, *self.arguments[number + 1 :])),)


class FutureImport(Word, frozen=True):
    """``from __future__ import feature as name``: a future statement, which only others may stand before."""

    names: tuple[Alias, ...]

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"from __future__ import {listed(self.names)}"

    @classmethod
    def parse(cls, text: Reader) -> "FutureImport":
        """The same, read again."""
        text.expect("from", "__future__", "import")
        return cls(text.listed(lambda: read_alias(text)))

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The features are known, or words that name none."""
        for alias in self.names:
            need(place, alias.name, lambda text: text in {ANNOTATIONS, *FEATURES, *WORDS}, "a feature")
        check_aliases(place, self.names)

    def bound(self) -> Iterator[str]:
        """The names after ``as``, or the features."""
        yield from (alias.asname or alias.name for alias in self.names)

    def roots(self) -> Iterator[str]:
        """The module of them."""
        yield FUTURE

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Fewer features, or without ``as``."""
        yield from ((FutureImport(simple),) for simple in simpler_aliases(self.names))


class Annotate(Word, frozen=True):
    """``name: annotation = value``: an annotated assignment, whose annotation is a name."""

    name: str
    annotation: str
    value: Literal

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{self.name}: {self.annotation} = {constant(self.value)}"

    @classmethod
    def parse(cls, text: Reader) -> "Annotate":
        """The same, read again."""
        name = text.name()
        text.expect(":")
        annotation = text.name()
        text.expect("=")
        return cls(name, annotation, text.constant())

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """What tells the import system something is not annotated, and the annotation is the case's own."""
        need(place, self.name, lambda text: is_name(text) and not is_special(text), "one name that is not special")
        check_pair(place, self.name, self.value, reached)
        check_looked_up(place, (self.annotation,))

    def bound(self) -> Iterator[str]:
        """The name."""
        yield self.name

    def given(self) -> Iterator[tuple[str, Literal]]:
        """The name and its value."""
        yield self.name, self.value

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """The assignment alone, or simpler values."""
        yield (Assign(self.name, self.value),)
        yield from ((Annotate(self.name, self.annotation, one),) for one in simpler_constants(self.value))


class Annotation(Word, frozen=True):
    """``name = a.__annotations__["key"]``: the annotation of a variable of a module or class; ``path`` as in Read."""

    name: str
    path: tuple[str, ...]
    key: str

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{self.name} = {'.'.join(self.path)}.__annotations__[{ascii(self.key)}]"

    @classmethod
    def parse(cls, text: Reader) -> "Annotation":
        """The same, read again."""
        name = text.name()
        text.expect("=")
        *path, last = text.dotted()
        if not path or last != "__annotations__":
            raise Unread
        text.expect("[")
        key = text.text()
        text.expect("]")
        return cls(name, tuple(path), key)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """What is looked up is the case's own."""
        check_bound(place, self.name)
        check_looked_up(place, self.path)
        check_text(place, self.key)

    def bound(self) -> Iterator[str]:
        """The name."""
        yield self.name

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """What is annotated, instead, or that of an object that is nearer."""
        yield (Read(self.name, self.path),)
        yield from ((Annotation(self.name, path, self.key),) for path in nearer(self.path))
