"""What is a little simpler than a part of a statement."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from harness.model.language.constants import Items, Literal

_T = TypeVar("_T")


def shorter(items: Sequence[_T]) -> Iterator[tuple[_T, ...]]:
    """``items`` without some of them: many first, those at the end first."""
    size = len(items)
    while size:
        for end in range(len(items), size - 1, -size):
            yield (*items[: end - size], *items[end:])
        size //= 2


def nearer(path: tuple[str, ...], least: int = 1) -> Iterator[tuple[str, ...]]:
    """A name and attributes without one of these, where then so many parts are left."""
    if len(path) > least:
        yield from ((*path[:place], *path[place + 1 :]) for place in range(1, len(path)))


def above(name: str) -> Iterator[str]:
    """The name of the package of a module, if it is in one."""
    if "." in name:
        yield name.rpartition(".")[0]


def simpler_constants(value: Literal) -> Iterator[Literal]:
    """Constants that are simpler than ``value``; 1 is simpler than any text."""
    if isinstance(value, Items):
        for items in shorter(value.items):
            yield Items(items, mutable=value.mutable)
        for number, item in enumerate(value.items):
            if not isinstance(item, str):
                for simple in simpler_constants(item):
                    yield Items((*value.items[:number], simple, *value.items[number + 1 :]), mutable=value.mutable)
        if not value.mutable:
            yield Items(value.items)
    elif value is not None and (isinstance(value, str | bool) or value != 1):
        yield 1


def root_of(place: str) -> int:
    """The number of the root in which a place such as ``r1/a`` lies, or -1."""
    first = place.partition("/")[0]
    return int(first[1:]) if first[:1] == "r" and first[1:].isdecimal() else -1
