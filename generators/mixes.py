"""What is generated how often: a mix is a set of tables to pick from, and a family is made with one mix."""

import enum

import msgspec

from generators.scopes import Writer


class Role(enum.Enum):
    """How much a file does.

    ``PURE`` imports nothing and cannot fail; ``EDITOR`` ends with the removal of a key from the module cache, and
    ``REMOVER`` may remove keys that come before its own in the alphabet.
    """

    PURE = "pure"
    OPEN = "open"
    EDITOR = "editor"
    REMOVER = "remover"


class Mix(msgspec.Struct, frozen=True):
    """The tables of one kind of family.

    ``outside`` and ``inside`` are the statements of programs in no package and in one, ``mains`` those that a program
    has besides when it is a file; ``modules`` are the statements of files that import, ``quiet`` what may stand in
    files that do not. ``shapes`` are those of a tree's entries, ``roles`` those of its files, and ``defined`` the names
    that these assign. ``chained`` trees are one long chain of modules; ``closed`` sources may give None to a
    ``__path__`` and take only what has a name that no module of anybody's has. Of a hundred statements of a program
    ``caught`` have a handler that they would not have by themselves.
    """

    name: str
    outside: tuple[Writer, ...]
    inside: tuple[Writer, ...]
    mains: tuple[Writer, ...]
    modules: tuple[Writer, ...]
    quiet: tuple[Writer, ...]
    shapes: tuple[str, ...]
    roles: tuple[Role, ...]
    defined: tuple[tuple[str, ...], ...]
    chained: bool = False
    closed: bool = False
    caught: int = 0
