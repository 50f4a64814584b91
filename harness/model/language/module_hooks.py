"""What a module defines to answer for itself (area module-getattr)."""

from collections.abc import Iterator
from typing import Final

from harness.model.language.admitting import Reach, check_bound, check_inner, check_looked_up, check_pair
from harness.model.language.constants import Items, Literal
from harness.model.language.reading import Reader, Unread, only_texts
from harness.model.language.simplifying import shorter, simpler_constants
from harness.model.language.spelling import INDENT, Spelling, constant
from harness.model.language.word import Word
from harness.model.permitted import is_called, is_special
from harness.model.refusal import check_constant, check_text, need, refuse

_WARN: Final = "warnings.warn"
_IMPORT: Final = "importlib.import_module"
_GETATTR: Final = "builtins.getattr"
_GLOBALS: Final = "builtins.globals"
_SORTED: Final = "builtins.sorted"
_PARAMETER: Final = "name"


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
        yield f"def __getattr__({_PARAMETER}):"
        yield f"{INDENT}if {_PARAMETER} in {constant(Items(self.names))}:"
        yield INDENT * 2 + host.told(self.label, _PARAMETER)
        asked = f"{host.function(*_GETATTR.split('.'))}({'.'.join(self.of)}, {_PARAMETER})" if self.of else ""
        if asked and self.kept:
            held = f"{host.function(*_GLOBALS.split('.'))}()[{_PARAMETER}]"
            yield f"{INDENT * 2}{held} = {asked}"
            yield f"{INDENT * 2}return {held}"
        elif asked:
            yield f"{INDENT * 2}return {asked}"
        yield f"{INDENT}raise {host.builtin('AttributeError')}({_PARAMETER})"

    @classmethod
    def parse(cls, text: Reader) -> "TracedGetattr":
        """The same, read again."""
        name, names, found, inner = _asked_for(text)
        found.builtin({"print"})
        found.expect("(")
        label = found.text()
        found.expect(",")
        found.called("name", name)
        found.expect(")")
        of, kept = _delegated(found, name)
        found.last()
        return cls(label, _refused(inner, name, names), of, kept)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It answers by what the case has, and binds what the case could bind."""
        check_text(place, self.label)
        for name in self.names:
            check_bound(place, name)
            need(place, name, is_called, "an attribute that nothing of the library has")
        if self.of:
            check_looked_up(place, self.of)
            need(place, self.of[0], lambda text: text != _PARAMETER, "a name that is not that of its parameter")
        elif self.kept:
            refuse(place, "something to be kept", self.of)

    def functions(self) -> Iterator[str]:
        """``getattr`` and ``globals``, if it needs them."""
        if self.of:
            yield _GETATTR
        if self.of and self.kept:
            yield _GLOBALS

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
        _own(found, name)
        found.expect("=")
    found.function((_GETATTR,))
    found.expect("(")
    of = found.dotted()
    found.expect(",")
    found.called("name", name)
    found.expect(")")
    if kept:
        if not found.follows("return"):
            raise Unread
        _own(found, name)
    return of, kept


def _own(found: Reader, name: str) -> None:
    """``globals()[name]``."""
    found.function((_GLOBALS,))
    found.expect("(", ")", "[")
    found.called("name", name)
    found.expect("]")


class ModuleDir(Word, frozen=True):
    """Defines a module ``__dir__`` that returns ``names`` as a list.

    With ``listed`` (a name and attributes) it is a sorted one, of what that refers to when it is called and the names.
    """

    names: tuple[str, ...]
    listed: tuple[str, ...] = ()

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield "def __dir__():"
        names = constant(Items(self.names))
        if self.listed:
            names = f"{host.function(*_SORTED.split('.'))}({'.'.join(self.listed)} + {names})"
        yield f"{INDENT}return {names}"

    @classmethod
    def parse(cls, text: Reader) -> "ModuleDir":
        """The same, read again."""
        text.expect("def", "__dir__", "(", ")")
        inner = text.block()
        inner.expect("return")
        names, listed = inner.either(lambda held: (held.constant(), ()), _joined)
        inner.last()
        if not isinstance(names, Items):
            raise Unread
        return cls(only_texts(names), listed)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The names are texts that stand for nothing, and what is listed beside them is the case's own."""
        for name in self.names:
            check_text(place, name)
        if self.listed:
            check_looked_up(place, self.listed)

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
        if self.listed:
            yield (ModuleDir(self.names),)


def _joined(text: Reader) -> tuple[Literal, tuple[str, ...]]:
    """``sorted(a.b + NAMES)``."""
    text.function((_SORTED,))
    text.expect("(")
    listed = text.dotted()
    text.expect("+")
    names = text.constant()
    text.expect(")")
    return names, listed
