"""Objects of the library that a program gets from it: what it lists, finders, and what has a documented name."""

from typing import TYPE_CHECKING, TypeAlias, Union

if TYPE_CHECKING:
    from harness.oracle.objects import Object


class InfoObject:
    """A ``ModuleInfo``: the name of a module, and whether it is a package."""

    def __init__(self, name: str, *, package: bool) -> None:
        self.name = name
        self.package = package


class FinderObject:
    """The path entry finder of a directory."""

    def __init__(self, place: str) -> None:
        self.place = place


class TraversableObject:
    """What ``importlib.resources`` gives for the first of these places that is there, or for all of them together.

    Of what was not found there is no place; below one that is ``blind`` nothing is found.
    """

    def __init__(self, places: tuple[str, ...], *, blind: bool = False) -> None:
        self.places = places
        self.blind = blind


class LibraryObject:
    """What the library holds by a documented name."""

    def __init__(self, name: str) -> None:
        self.name = name


class Dictionary:
    """A dictionary, of which only the keys are known."""

    def __init__(self, keys: "tuple[str, ...]") -> None:
        self.keys = keys


class Method:
    """A method ``module_repr``, ``__repr__`` or ``__setattr__``, and the text that it says."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text


class Computed:
    """A property of a class, and the value that it gives."""

    def __init__(self, value: "Object") -> None:
        self.value = value


Made: TypeAlias = Union[
    InfoObject,
    FinderObject,
    LibraryObject,
    TraversableObject,
    Dictionary,
    Method,
    Computed,
]
"""All of them."""
