"""Statements on ``sys.modules`` (area module-cache)."""

from collections.abc import Iterator
from typing import Final

from harness.model.language.admitting import Reach, check_imported, check_key, check_looked_up, check_pair
from harness.model.language.constants import Items, Literal
from harness.model.language.reading import Reader, Unread
from harness.model.language.simplifying import above, shorter, simpler_constants
from harness.model.language.spelling import Spelling, constant
from harness.model.language.word import Word
from harness.model.refusal import refuse

SLOTS: Final = "__slots__"
"""What keeps an object from having attributes of its own, where it is empty."""


class Uncache(Word, frozen=True):
    """``del sys.modules[key]``: KeyError if there is no such key."""

    key: str

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"del {_entry(host, self.key)}"

    @classmethod
    def parse(cls, text: Reader) -> "Uncache":
        """The same, read again."""
        text.expect("del")
        return cls(_read_entry(text))

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The key is that of a module of the tree, of one that is lent, or of one that nobody has."""
        lent = self.key.partition(".")[0] in reached.lent
        (check_imported if lent else check_key)(place, self.key, reached)

    def roots(self) -> Iterator[str]:
        """The first part of the key."""
        yield self.key.partition(".")[0]

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """The key of the package."""
        yield from ((Uncache(key),) for key in above(self.key))


class Block(Word, frozen=True):
    """``sys.modules[key] = None``."""

    key: str

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{_entry(host, self.key)} = None"

    @classmethod
    def parse(cls, text: Reader) -> "Block":
        """The same, read again."""
        key = _read_entry(text)
        text.expect("=", "None")
        return cls(key)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The key is that of a module of the tree, or of one that nobody has."""
        check_key(place, self.key, reached)

    def roots(self) -> Iterator[str]:
        """The first part of the key."""
        yield self.key.partition(".")[0]

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """The key of the package."""
        yield from ((Block(key),) for key in above(self.key))


class Substitute(Word, frozen=True):
    """``sys.modules[key] = OBJECT``, an instance of a class ``Substitute`` with ``attributes``; not a module.

    Empty ``__slots__`` among them make it an object that takes no other attribute.
    """

    key: str
    attributes: tuple[tuple[str, Literal], ...] = ()

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        inner = ", ".join(f"{ascii(name)}: {constant(value)}" for name, value in self.attributes)
        yield f'{_entry(host, self.key)} = {host.builtin("type")}("Substitute", (), {{{inner}}})()'

    @classmethod
    def parse(cls, text: Reader) -> "Substitute":
        """The same, read again."""
        key = _read_entry(text)
        text.expect("=")
        text.builtin({"type"})
        text.expect("(")
        if text.text() != "Substitute":
            raise Unread
        text.expect(",", "(", ")", ",", "{")
        attributes = text.listed(lambda: _read_pair(text), "}")
        text.expect(")", "(", ")")
        return cls(key, attributes)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The key and the attributes tell the import system nothing but the tree."""
        check_key(place, self.key, reached)
        for name, value in self.attributes:
            if name != SLOTS:
                check_pair(place, name, value, reached)
            elif value != Items((), mutable=False):
                refuse(place, "no slots at all", value)

    def roots(self) -> Iterator[str]:
        """The first part of the key."""
        yield self.key.partition(".")[0]

    def given(self) -> Iterator[tuple[str, Literal]]:
        """The attributes."""
        yield from self.attributes

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """The key of the package, fewer attributes, and simpler ones."""
        yield from ((Substitute(key, self.attributes),) for key in above(self.key))
        yield from ((Substitute(self.key, simple),) for simple in shorter(self.attributes))
        for number, (name, value) in enumerate(self.attributes):
            before, after = self.attributes[:number], self.attributes[number + 1 :]
            yield from ((Substitute(self.key, (*before, (name, one), *after)),) for one in simpler_constants(value))


class Recache(Word, frozen=True):
    """``sys.modules[key] = name``: binds the key to what a name in scope refers to."""

    key: str
    name: str

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{_entry(host, self.key)} = {self.name}"

    @classmethod
    def parse(cls, text: Reader) -> "Recache":
        """The same, read again."""
        key = _read_entry(text)
        text.expect("=")
        return cls(key, text.name())

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """What is put into the cache is the case's own."""
        check_key(place, self.key, reached)
        check_looked_up(place, (self.name,))

    def roots(self) -> Iterator[str]:
        """The first part of the key."""
        yield self.key.partition(".")[0]

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """The key of the package."""
        yield from ((Recache(key, self.name),) for key in above(self.key))


def _entry(host: Spelling, key: str) -> str:
    return f"{host.module('sys')}.modules[{ascii(key)}]"


def _read_entry(text: Reader) -> str:
    text.module("sys")
    text.expect(".", "modules", "[")
    key = text.text()
    text.expect("]")
    return key


def _read_pair(text: Reader) -> tuple[str, Literal]:
    name = text.text()
    text.expect(":")
    return name, text.constant()
