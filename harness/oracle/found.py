"""Objects of the library that a program gets from it: what it lists, finders, and what has a documented name."""


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


class ReprMethod:
    """A method ``module_repr`` that returns a text."""

    def __init__(self, text: str) -> None:
        self.text = text
