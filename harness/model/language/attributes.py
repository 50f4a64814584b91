"""Attributes that are set and deleted, annotations, and types that are called (area module-attributes)."""

from collections.abc import Iterator
from typing import Final

from harness.model.language.admitting import (
    PATH,
    SPEC,
    Reach,
    check_looked_up,
    check_pair,
)
from harness.model.language.constants import Items, Literal
from harness.model.language.documented import Documented, Kind, Parameter
from harness.model.language.reading import Reader, Unread
from harness.model.language.simplifying import nearer, simpler_constants
from harness.model.language.spelling import Spelling, constant
from harness.model.language.word import Word
from harness.model.permitted import GIVEN, LIBRARY, is_called, is_special
from harness.model.refusal import check_constant, need, refuse

OF_SPECS: Final = frozenset(
    {"cached", "has_location", "loader_state", "origin", "parent", "submodule_search_locations"}
)
"""Attributes of a spec that a case may try to set."""

_OBJECT_AND_ATTRIBUTE: Final = 2
_TAKES_OBJECTS: Final = frozenset({"__class__", "__loader__"})
_OF_LOADERS: Final = frozenset({"name", "path"})


class SetAttribute(Word, frozen=True):
    """``a.b = value``, or ``a.b = c.d`` where ``of`` is a name and attributes (``path`` has at least two parts)."""

    path: tuple[str, ...]
    value: Literal = None
    of: tuple[str, ...] = ()

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"{'.'.join(self.path)} = {'.'.join(self.of) or constant(self.value)}"

    @classmethod
    def parse(cls, text: Reader) -> "SetAttribute":
        """The same, read again."""
        path = _several(text)
        text.expect("=")
        return text.either(lambda held: cls(path, held.constant()), lambda held: cls(path, None, held.dotted()))

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """What tells the import system something tells it nothing but the tree; a class is one of the case."""
        _check_owner(place, self.path, reached)
        name = self.path[-1]
        if self.of:
            check_looked_up(place, self.of)
            need(place, name, lambda text: text in _TAKES_OBJECTS or is_called(text), "a name that is not special")
        elif name == "__dict__":
            check_constant(place, self.value)
        elif _is_of_spec(self.path):
            check_constant(place, self.value)
            if name == "submodule_search_locations" and not isinstance(self.value, Items):
                refuse(place, "a list", self.value)
        else:
            _check_final(place, name)
            check_pair(place, name, self.value, reached)
            if reached.recached and name == PATH:
                refuse(place, "no path to give, where objects are put into the cache", name)

    def given(self) -> Iterator[tuple[str, Literal]]:
        """The attribute and its value."""
        if not self.of:
            yield self.path[-1], self.value

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """A simpler value, or an object that is nearer."""
        if self.of:
            yield (SetAttribute(self.path, 1),)
        yield from ((SetAttribute(path, self.value, self.of),) for path in nearer(self.path, _OBJECT_AND_ATTRIBUTE))
        yield from ((SetAttribute(self.path, simple),) for simple in simpler_constants(self.value))


class DeleteAttribute(Word, frozen=True):
    """``del a.b``; ``path`` has at least two parts."""

    path: tuple[str, ...]

    def lines(self, host: Spelling) -> Iterator[str]:
        """Its text."""
        yield f"del {'.'.join(self.path)}"

    @classmethod
    def parse(cls, text: Reader) -> "DeleteAttribute":
        """The same, read again."""
        text.expect("del")
        return cls(_several(text))

    def check(self, place: str, reached: Reach, inside: str) -> None:
        """It is one that a case may give."""
        _check_owner(place, self.path, reached)
        _check_final(place, self.path[-1])

    def simpler(self) -> Iterator[tuple[Word, ...]]:
        """Of an object that is nearer."""
        yield from ((DeleteAttribute(path),) for path in nearer(self.path, _OBJECT_AND_ATTRIBUTE))


def _several(text: Reader) -> tuple[str, ...]:
    path = text.dotted()
    if len(path) == 1:
        raise Unread
    return path


def _is_of_spec(path: tuple[str, ...]) -> bool:
    """Whether it can be an attribute of a spec alone."""
    return path[-1] in OF_SPECS


def _check_owner(place: str, path: tuple[str, ...], reached: Reach) -> None:
    """What has the attribute: the case's own, or the spec of a module; no loader, nor another object of the library.

    Raises:
        Refused: it may be one, as where the case imports a module of the library.
    """
    for name in sorted(LIBRARY & reached.names):
        refuse(place, "nothing of the library to be changed", name)
    owner = path[:-1]
    if not owner:
        refuse(place, "a name and attributes", path)
    spec = owner[-1] == SPEC
    check_looked_up(place, owner[:-1] if spec else owner)
    for part in owner[1:-1] if spec else owner[1:]:
        need(place, part, is_called, "what the case has defined")
    if spec and path[-1] not in OF_SPECS:
        refuse(place, "an attribute of a spec", path[-1])


def _check_final(place: str, name: str) -> None:
    plain = is_called(name) and name not in _OF_LOADERS if not is_special(name) else name in GIVEN
    need(place, name, lambda _: plain, "an attribute that nothing of the library has")


FUNCTIONS: Final = (
    Documented(
        "types",
        "ModuleType",
        (Parameter("name", Kind.NAME), Parameter("doc", Kind.ANY)),
        1,
        first='_host["types"].ModuleType("tried")',
    ),
    Documented(
        "importlib.machinery",
        "ModuleSpec",
        (
            Parameter("name", Kind.NAME),
            Parameter("loader", Kind.LOADER),
            Parameter("origin", Kind.ANY, keyword=True),
            Parameter("loader_state", Kind.ANY, keyword=True),
            Parameter("is_package", Kind.ANY, keyword=True),
        ),
        2,
        first='_host["importlib.machinery"].ModuleSpec("tried", None)',
    ),
)
"""The documented functions of the chapter: types that are called."""
