"""The first form of the import statement (area statement-binding)."""

from collections.abc import Iterator

import msgspec

from harness.model.language.admitting import Reach, check_bound, check_imported
from harness.model.language.reading import Reader
from harness.model.language.simplifying import shorter
from harness.model.language.spelling import Spelling
from harness.model.language.word import Word
from harness.model.permitted import is_attribute, is_special
from harness.model.refusal import need, refuse


class Alias(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """``name`` or ``name as asname``, as an import statement lists it."""

    name: str
    asname: str = ""


class Import(Word, frozen=True):
    """``import a.b as c, d``."""

    names: tuple[Alias, ...]

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"import {listed(self.names)}"

    @classmethod
    def parse(cls, text: Reader) -> "Import":
        """The same, read again."""
        text.expect("import")
        return cls(text.listed(lambda: read_alias(text)))

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """Each is a module of the tree, or one that is lent, or that nobody has.

        ``a.b as c`` takes ``b`` from whatever ``a`` is.
        """
        for alias in self.names:
            check_imported(place, alias.name, reached, inside)
            for part in alias.name.split(".")[1:] if alias.asname else ():
                need(place, part, lambda text: is_special(text) or is_attribute(text), "an attribute of its own")
        check_aliases(place, self.names)

    def roots(self) -> Iterator[str]:
        """The first part of each name."""
        yield from (alias.name.partition(".")[0] for alias in self.names)

    def bound(self) -> Iterator[str]:
        """The names after ``as``, or the first parts."""
        yield from (alias.asname or alias.name.partition(".")[0] for alias in self.names)

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Fewer modules, without ``as``, or the parent of one."""
        yield from ((Import(simple),) for simple in simpler_aliases(self.names))


def listed(names: tuple[Alias, ...]) -> str:
    """The text of the names of an import statement."""
    return ", ".join(f"{alias.name} as {alias.asname}" if alias.asname else alias.name for alias in names)


def read_alias(text: Reader) -> Alias:
    """A name of an import statement.

    Raises:
        Unread: there is none.
    """
    name = ".".join(text.dotted())
    return Alias(name, text.name() if text.accepts("as") else "")


def check_aliases(place: str, names: tuple[Alias, ...]) -> None:
    """There are names, and those that are bound are not special.

    Raises:
        Refused: it is not so.
    """
    for alias in names:
        if alias.asname:
            check_bound(place, alias.asname)
    if not names:
        refuse(place, "a name to import", names)


def simpler_aliases(names: tuple[Alias, ...]) -> Iterator[tuple[Alias, ...]]:
    """Fewer names, without ``as``, or the parent of a module."""
    yield from (simple for simple in shorter(names) if simple)
    for number, alias in enumerate(names):
        parent, dot, _ = alias.name.rpartition(".")
        simpler = [Alias(alias.name)] * bool(alias.asname) + [Alias(parent, alias.asname)] * bool(dot)
        yield from ((*names[:number], simple, *names[number + 1 :]) for simple in simpler)


def declared(inner: Reader, word: str) -> tuple[str, ...]:
    """The names of a declaration that may stand at the head of a function."""
    names = inner.listed(inner.name) if inner.more and inner.accepts(word) else ()
    if names:
        inner.skip()
    return names
