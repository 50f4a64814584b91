"""What is asked of modules, specs and loaders by functions that are built in (areas module-attributes, repr)."""

from collections.abc import Iterator
from typing import Final

from harness.model.language.admitting import Reach, check_bound, check_in_class, check_looked_up
from harness.model.language.reading import Reader, Unread
from harness.model.language.simplifying import nearer
from harness.model.language.spelling import INDENT, Spelling
from harness.model.language.word import Word
from harness.model.refusal import check_constant, need, refuse

MODULE_TYPE: Final = "types.ModuleType"
CLASSES: Final = (
    MODULE_TYPE,
    "importlib.machinery.ModuleSpec",
    "importlib.machinery.NamespaceLoader",
    "importlib.machinery.NamespacePath",
    "importlib.abc.Loader",
)
"""Classes of the library of which something may be an instance."""

SYS: Final = (
    "__name__",
    "__file__",
    "__spec__.name",
    "__spec__.origin",
    "__spec__.parent",
    "__spec__.has_location",
    "__spec__.cached",
    "__spec__.submodule_search_locations",
)
"""What is asked of a module that is built in: of ``sys``, which is in every implementation."""

_ISINSTANCE: Final = "builtins.isinstance"
_REPR: Final = "builtins.repr"
_TYPE: Final = "builtins.type"
_DIR: Final = "builtins.dir"
_SORTED: Final = "builtins.sorted"

FIRST: Final = {
    _ISINSTANCE: "isinstance(sys, type(sys))",
    _REPR: "repr(sys)",
    _TYPE: "type(sys)",
    _DIR: "dir(sys)",
    _SORTED: "sorted([])",
    "importlib.machinery.NamespaceLoader": '_host["importlib.machinery"]',
    "importlib.machinery.NamespacePath": '_host["importlib.machinery"]',
    "importlib.abc.Loader": '_host["importlib.abc"].Loader',
}
"""A first call of what its statements call."""


class IsInstance(Word, frozen=True):
    """``name = isinstance(a.b, types.ModuleType)``; ``kind`` is one of ``CLASSES``."""

    name: str
    path: tuple[str, ...]
    kind: str

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        module, _, name = self.kind.rpartition(".")
        asked = host.function(*_ISINSTANCE.split("."))
        yield f"{self.name} = {asked}({'.'.join(self.path)}, {host.function(module, name)})"

    @classmethod
    def parse(cls, text: Reader) -> "IsInstance":
        """The same, read again."""
        name = _asks(text, _ISINSTANCE)
        path = text.dotted()
        text.expect(",")
        kind = text.function(CLASSES)
        text.expect(")")
        return cls(name, path, kind)

    def own(self) -> Iterator[object]:
        """All but the class, which is the library's."""
        yield from (self.name, self.path)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The class is one of those, and what is asked of the case's own."""
        check_bound(place, self.name)
        check_looked_up(place, self.path, specs=True)
        need(place, self.kind, CLASSES.__contains__, "a class of the library")

    def functions(self) -> Iterator[str]:
        """``isinstance``, and the class."""
        yield from (_ISINSTANCE, self.kind)

    def bound(self) -> Iterator[str]:
        """The name."""
        yield self.name

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Of an object that is nearer."""
        yield from ((IsInstance(self.name, path, self.kind),) for path in nearer(self.path))


class SameType(Word, frozen=True):
    """``name = type(a.b) is type(c.d)``."""

    name: str
    path: tuple[str, ...]
    other: tuple[str, ...]

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        one, other = (f"{host.function(*_TYPE.split('.'))}({'.'.join(path)})" for path in (self.path, self.other))
        yield f"{self.name} = {one} is {other}"

    @classmethod
    def parse(cls, text: Reader) -> "SameType":
        """The same, read again."""
        name = _asks(text, _TYPE)
        path = text.dotted()
        text.expect(")", "is")
        text.function((_TYPE,))
        text.expect("(")
        other = text.dotted()
        text.expect(")")
        return cls(name, path, other)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """What is asked of is the case's own."""
        check_bound(place, self.name)
        check_looked_up(place, self.path, specs=True)
        check_looked_up(place, self.other, specs=True)

    def functions(self) -> Iterator[str]:
        """``type``."""
        yield _TYPE

    def bound(self) -> Iterator[str]:
        """The name."""
        yield self.name

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Of objects that are nearer."""
        yield from ((SameType(self.name, path, self.other),) for path in nearer(self.path))
        yield from ((SameType(self.name, self.path, path),) for path in nearer(self.other))


class ReprShows(Word, frozen=True):
    """``name = "text" in repr(a.b)``, or ``name = repr(c.d) in repr(a.b)`` where ``of`` is one.

    Without a ``path`` it is the repr of ``sys``.
    """

    name: str
    path: tuple[str, ...]
    text: str = ""
    of: tuple[str, ...] = ()

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        shown = host.function(*_REPR.split("."))
        part = f"{shown}({'.'.join(self.of)})" if self.of else ascii(self.text)
        yield f"{self.name} = {part} in {shown}({'.'.join(self.path) or host.module('sys')})"

    @classmethod
    def parse(cls, text: Reader) -> "ReprShows":
        """The same, read again."""
        name = text.name()
        text.expect("=")
        part, of = text.either(_of_text, _of_object)
        text.expect("in")
        text.function((_REPR,))
        text.expect("(")
        path = text.either(_sys, lambda held: held.dotted())
        text.expect(")")
        return cls(name, path, part, of)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """What is asked of is the case's own."""
        check_bound(place, self.name)
        check_constant(place, self.text)
        for path in filter(None, (self.path, self.of)):
            check_looked_up(place, path, specs=True)

    def functions(self) -> Iterator[str]:
        """``repr``."""
        yield _REPR

    def bound(self) -> Iterator[str]:
        """The name."""
        yield self.name

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Of an object that is nearer."""
        yield from ((ReprShows(self.name, path, self.text, self.of),) for path in nearer(self.path))
        yield from ((ReprShows(self.name, self.path, self.text, of),) for of in nearer(self.of))


class LoaderRepr(Word, frozen=True):
    """Defines a method ``module_repr`` of a class, whose instances are loaders that say so of their modules."""

    text: str

    may_raise = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield "def module_repr(self, module):"
        yield f"{INDENT}return {ascii(self.text)}"

    @classmethod
    def parse(cls, text: Reader) -> "LoaderRepr":
        """The same, read again."""
        text.expect("def", "module_repr", "(", "self", ",", "module", ")")
        inner = text.block()
        inner.expect("return")
        said = inner.text()
        inner.last()
        return cls(said)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It stands in a class, and the text stands for nothing."""
        check_in_class(place, inside, "module_repr")
        check_constant(place, self.text)

    def bound(self) -> Iterator[str]:
        """``module_repr``."""
        yield "module_repr"


class OfSys(Word, frozen=True):
    """``name = sys.__spec__.origin``; ``attribute`` is one of ``SYS``."""

    name: str
    attribute: str

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{self.name} = {host.module('sys')}.{self.attribute}"

    @classmethod
    def parse(cls, text: Reader) -> "OfSys":
        """The same, read again."""
        name = text.name()
        text.expect("=")
        text.module("sys")
        text.expect(".")
        attribute = ".".join(text.dotted())
        if attribute not in SYS:
            raise Unread
        return cls(name, attribute)

    def own(self) -> Iterator[object]:
        """Nothing: the attribute is one of ``sys``."""
        yield from ()

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """The attribute is one of those."""
        check_bound(place, self.name)
        need(place, self.attribute, SYS.__contains__, "an attribute of sys that may be read")

    def bound(self) -> Iterator[str]:
        """The name."""
        yield self.name


class Listed(Word, frozen=True):
    """``name = dir(a.b)``, or ``name = dir()`` without a ``path``; with ``keys`` ``name = sorted(a.b)``.

    Without a name the call stands alone.
    """

    name: str
    path: tuple[str, ...] = ()
    keys: bool = False

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        asked = host.function(*(_SORTED if self.keys else _DIR).split("."))
        yield f"{self.name} = " * bool(self.name) + f"{asked}({'.'.join(self.path)})"

    @classmethod
    def parse(cls, text: Reader) -> "Listed":
        """The same, read again."""
        name = text.either(_bound, lambda _: "")
        keys = text.function((_DIR, _SORTED)) == _SORTED
        text.expect("(")
        path = () if text.next == ")" else text.dotted()
        text.expect(")")
        return cls(name, path, keys)

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """What is asked of is the case's own."""
        if self.name:
            check_bound(place, self.name)
        if self.path:
            check_looked_up(place, self.path, specs=True)
        elif self.keys:
            refuse(place, "a name and attributes", self.path)

    def functions(self) -> Iterator[str]:
        """``dir`` or ``sorted``."""
        yield _SORTED if self.keys else _DIR

    def bound(self) -> Iterator[str]:
        """The name, if there is one."""
        if self.name:
            yield self.name

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Of an object that is nearer, its attributes instead of its keys, or nothing bound."""
        yield from ((Listed(self.name, path, self.keys),) for path in nearer(self.path))
        if self.keys:
            yield (Listed(self.name, self.path),)
        if self.name:
            yield (Listed("", self.path, self.keys),)


def _bound(text: Reader) -> str:
    name = text.name()
    text.expect("=")
    return name


def _asks(text: Reader, function: str) -> str:
    """The name to which what the function gives is bound, as far as to its first argument."""
    name = _bound(text)
    text.function((function,))
    text.expect("(")
    return name


def _of_text(text: Reader) -> tuple[str, tuple[str, ...]]:
    return text.text(), ()


def _of_object(text: Reader) -> tuple[str, tuple[str, ...]]:
    text.function((_REPR,))
    text.expect("(")
    path = text.dotted()
    text.expect(")")
    return "", path


def _sys(text: Reader) -> tuple[str, ...]:
    text.module("sys")
    if text.next != ")":
        raise Unread
    return ()
