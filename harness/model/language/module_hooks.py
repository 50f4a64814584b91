"""What a module defines to answer for itself (area module-getattr)."""

from collections.abc import Iterator
from typing import Final

import msgspec

from harness.model.language.admitting import OURS, Reach, check_bound, check_inner, check_looked_up, check_pair
from harness.model.language.asked import (
    DEPRECATED,
    GLOBALS,
    PARAMETER,
    asked_for,
    asking,
    check_known,
    check_prefix,
    message,
    only_texts,
    own,
    read_own,
    refused,
    refusing,
)
from harness.model.language.constants import Items, Literal
from harness.model.language.reading import Reader, Unread
from harness.model.language.simplifying import shorter, simpler_constants
from harness.model.language.spelling import INDENT, Spelling, constant
from harness.model.language.word import Word
from harness.model.permitted import ACTING, GIVEN, is_called, is_special
from harness.model.refusal import check_constant, check_text, need, refuse

_WARN: Final = "warnings.warn"
_IMPORT: Final = "importlib.import_module"
_GETATTR: Final = "builtins.getattr"
_SORTED: Final = "builtins.sorted"

FIRST: Final = {_WARN: '_host["warnings"].warn', _GETATTR: "sys.path", GLOBALS: "globals()"}
"""A first call of what its statements call."""


class ModuleGetattr(Word, frozen=True):
    """Defines a module ``__getattr__`` that returns ``value`` for ``names`` and raises AttributeError for others.

    If they are ``deprecated`` it warns first. With ``known``, the name of a list, it is asked for the names that are in
    that when it is called. With ``prefix`` it returns what is bound to the global name that begins so.
    """

    names: tuple[str, ...]
    value: Literal
    deprecated: bool = False
    known: str = ""
    prefix: str = ""

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield from asking(self.names, self.known)
        if self.deprecated:
            warn = host.function(*_WARN.split("."))
            yield f"{INDENT * 2}{warn}({DEPRECATED}, {host.builtin('DeprecationWarning')})"
        yield f"{INDENT * 2}return {own(host, self.prefix) if self.prefix else constant(self.value)}"
        yield refusing(host)

    @classmethod
    def parse(cls, text: Reader) -> "ModuleGetattr":
        """The same, read again."""
        asked = asked_for(text)
        found = asked.found
        deprecated = not found.accepts("return")
        if deprecated:
            found.function((_WARN,))
            found.expect("(")
            message(found, asked.name, DEPRECATED)
            found.expect(",")
            found.builtin({"DeprecationWarning"})
            found.expect(")")
            found.skip()
            found.expect("return")
        value, prefix = found.either(
            lambda held: (held.constant(), ""), lambda held: (None, read_own(held, asked.name))
        )
        found.last()
        refused(asked)
        return cls(asked.names, value, deprecated, asked.known, prefix)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It answers what could be assigned; no special name of a module by one that begins otherwise."""
        for name in self.names:
            check_pair(place, name, self.value, reached)
        check_constant(place, self.value)
        if self.known:
            check_known(place, self.names, self.known)
        if self.prefix:
            check_prefix(place, self.prefix, reached)
            if self.value is not None:
                refuse(place, "no value beside that of another name", self.value)
        elif self.known:
            self._check_value(place, reached)

    def _check_value(self, place: str, reached: Reach) -> None:
        """What is given for any name that a list may hold could be given for each that tells something."""
        for name in GIVEN:
            check_pair(place, name, self.value, reached)
        if self.value is None:
            refuse(place, "a value that is no path, for any name", self.value)

    def functions(self) -> Iterator[str]:
        """``warn``, if it does, and ``globals``."""
        if self.deprecated:
            yield _WARN
        if self.prefix:
            yield GLOBALS

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
                yield (msgspec.structs.replace(self, names=simple),)
        yield from ((msgspec.structs.replace(self, value=one),) for one in simpler_constants(self.value))
        if self.prefix:
            yield (msgspec.structs.replace(self, prefix="", value=1),)
        if self.known:
            yield (msgspec.structs.replace(self, known=""),)
        if self.deprecated:
            yield (msgspec.structs.replace(self, deprecated=False),)


class LazyGetattr(Word, frozen=True):
    """Defines a module ``__getattr__`` that imports ``names``, submodules, and raises AttributeError for others.

    With ``known``, the name of a list, it imports the names that are in that when it is called.
    """

    names: tuple[str, ...]
    known: str = ""

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield from asking(self.names, self.known)
        yield f"{INDENT * 2}return {host.function(*_IMPORT.split('.'))}('.' + name, __name__)"
        yield refusing(host)

    @classmethod
    def parse(cls, text: Reader) -> "LazyGetattr":
        """The same, read again."""
        asked = asked_for(text)
        found = asked.found
        found.expect("return")
        found.function((_IMPORT,))
        found.expect("(")
        if found.text() != ".":
            raise Unread
        found.expect("+")
        found.called(PARAMETER, asked.name)
        found.expect(",", "__name__", ")")
        found.last()
        refused(asked)
        return cls(asked.names, asked.known)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """Each is the name of what may be a submodule; of those in a list all that the case says may be one."""
        for name in self.names:
            check_inner(place, name, reached, "")
            if "." in name or is_special(name):
                refuse(place, "the name of a submodule", name)
        if self.known:
            check_known(place, self.names, self.known)
            if reached.everywhere:
                refuse(place, f"{OURS}, where a __path__ is None", self.known)
            for name in sorted(ACTING & reached.said):
                refuse(place, "no name of a module whose import acts", name)

    def functions(self) -> Iterator[str]:
        """``import_module``."""
        yield _IMPORT

    def bound(self) -> Iterator[str]:
        """``__getattr__``."""
        yield "__getattr__"

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Fewer names."""
        yield from ((LazyGetattr(simple),) for simple in shorter(self.names) if simple)
        if self.known:
            yield (LazyGetattr(self.names),)


class TracedGetattr(Word, frozen=True):
    """Defines a module ``__getattr__`` for which each call for one of ``names`` is an event: ``label``, and the name.

    It returns the attribute of that name of what ``of`` refers to (a name and attributes), with ``kept`` bound as a
    global name first. Without ``of`` it raises AttributeError, as for other names.
    """

    label: str
    names: tuple[str, ...]
    of: tuple[str, ...] = ()
    kept: bool = False

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield from asking(self.names)
        yield INDENT * 2 + host.told(self.label, PARAMETER)
        given = f"{host.function(*_GETATTR.split('.'))}({'.'.join(self.of)}, {PARAMETER})" if self.of else ""
        if given and self.kept:
            held = own(host)
            yield f"{INDENT * 2}{held} = {given}"
            yield f"{INDENT * 2}return {held}"
        elif given:
            yield f"{INDENT * 2}return {given}"
        yield refusing(host)

    @classmethod
    def parse(cls, text: Reader) -> "TracedGetattr":
        """The same, read again."""
        asked = asked_for(text)
        found = asked.found
        if asked.known:
            raise Unread
        found.builtin({"print"})
        found.expect("(")
        label = found.text()
        found.expect(",")
        found.called(PARAMETER, asked.name)
        found.expect(")")
        of, kept = _delegated(found, asked.name)
        found.last()
        refused(asked)
        return cls(label, asked.names, of, kept)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It answers by what the case has, and binds what the case could bind."""
        check_text(place, self.label)
        for name in self.names:
            check_bound(place, name)
            need(place, name, is_called, "an attribute that nothing of the library has")
        if self.of:
            check_looked_up(place, self.of)
            need(place, self.of[0], lambda text: text != PARAMETER, "a name that is not that of its parameter")
        elif self.kept:
            refuse(place, "something to be kept", self.of)

    def functions(self) -> Iterator[str]:
        """``getattr`` and ``globals``, if it needs them."""
        if self.of:
            yield _GETATTR
        if self.of and self.kept:
            yield GLOBALS

    def bound(self) -> Iterator[str]:
        """``__getattr__``."""
        yield "__getattr__"

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Fewer names, nothing kept, or nothing returned."""
        for simple in shorter(self.names):
            if simple:
                yield (TracedGetattr(self.label, simple, self.of, self.kept),)
        if self.kept:
            yield (TracedGetattr(self.label, self.names, self.of),)
        if self.of:
            yield (TracedGetattr(self.label, self.names),)
        if len(self.of) > 1:
            yield (TracedGetattr(self.label, self.names, self.of[:-1], self.kept),)


def _delegated(found: Reader, name: str) -> tuple[tuple[str, ...], bool]:
    """Whose attribute is returned, and whether it is bound first."""
    kept = not found.follows("return")
    if kept and not found.follows():
        return (), False
    if kept:
        _read_named(found, name)
        found.expect("=")
    found.function((_GETATTR,))
    found.expect("(")
    of = found.dotted()
    found.expect(",")
    found.called(PARAMETER, name)
    found.expect(")")
    if kept:
        if not found.follows("return"):
            raise Unread
        _read_named(found, name)
    return of, kept


def _read_named(found: Reader, name: str) -> None:
    """``globals()[name]``."""
    if read_own(found, name):
        raise Unread


class ModuleDir(Word, frozen=True):
    """Defines a module ``__dir__`` that returns ``names`` as a list.

    With ``listed`` (a name and attributes) it is a sorted one, of what that refers to when it is called and the names;
    or, instead of the names, what ``beside`` refers to.
    """

    names: tuple[str, ...]
    listed: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield "def __dir__():"
        names = ".".join(self.beside) or constant(Items(self.names))
        if self.listed:
            names = f"{host.function(*_SORTED.split('.'))}({'.'.join(self.listed)} + {names})"
        yield f"{INDENT}return {names}"

    @classmethod
    def parse(cls, text: Reader) -> "ModuleDir":
        """The same, read again."""
        text.expect("def", "__dir__", "(", ")")
        inner = text.block()
        inner.expect("return")
        names, listed, beside = inner.either(lambda held: (held.constant(), (), ()), _joined)
        inner.last()
        if not isinstance(names, Items):
            raise Unread
        return cls(only_texts(names), listed, beside)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The names are texts that stand for nothing, and what is listed beside them is the case's own."""
        for name in self.names:
            check_text(place, name)
        if self.listed:
            check_looked_up(place, self.listed)
        if self.beside:
            check_looked_up(place, self.beside)
            if self.names or not self.listed:
                refuse(place, "two lists, and no names", self.names)

    def functions(self) -> Iterator[str]:
        """``sorted``, if it is."""
        if self.listed:
            yield _SORTED

    def bound(self) -> Iterator[str]:
        """``__dir__``."""
        yield "__dir__"

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Fewer names, or nothing beside them."""
        yield from ((ModuleDir(simple, self.listed),) for simple in shorter(self.names))
        if self.beside:
            yield (ModuleDir(self.names, self.listed),)
        if self.listed:
            yield (ModuleDir(self.names),)


def _joined(text: Reader) -> tuple[Literal, tuple[str, ...], tuple[str, ...]]:
    """``sorted(a.b + NAMES)``."""
    text.function((_SORTED,))
    text.expect("(")
    listed = text.dotted()
    text.expect("+")
    names, beside = text.either(lambda held: (held.constant(), ()), lambda held: (Items(), held.dotted()))
    text.expect(")")
    return names, listed, beside
