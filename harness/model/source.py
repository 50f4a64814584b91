"""The tiny language in which the modules and the program of a case are written.

It is rendered to Python text by :mod:`harness.model.rendering` and interpreted by the oracle.
"""

from typing import TypeAlias, Union

import msgspec

Literal: TypeAlias = Union[None, bool, int, str, "Items"]
"""A constant: ``None``, a bool, an int, a str, or a list or tuple of constants."""


class Items(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="items"):
    """A list display, or a tuple display when ``mutable`` is false."""

    items: tuple[Literal, ...] = ()
    mutable: bool = True


class Alias(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """``name`` or ``name as asname``, as an import statement lists it."""

    name: str
    asname: str = ""


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="mark"):
    """Adds ``(label, __name__)`` to the trace."""

    label: str


class Assign(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="assign"):
    """``name = value``; ``__all__`` and ``__path__`` are names like any other."""

    name: str
    value: Literal


class Extend(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="extend"):
    """``name += value``: extends a list, or a tuple by rebinding the name."""

    name: str
    value: Items


class Delete(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="delete"):
    """``del name``."""

    name: str


class Read(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="read"):
    """``name = a.b.c``: a name lookup followed by attribute references (``path`` has at least one part)."""

    name: str
    path: tuple[str, ...]


class Import(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="import"):
    """``import a.b as c, d``."""

    names: tuple[Alias, ...]


class FromImport(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="from", omit_defaults=True):
    """``from ..module import a as b, c``; ``module`` may be empty when ``level`` is not 0."""

    module: str
    names: tuple[Alias, ...]
    level: int = 0


class StarImport(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="star", omit_defaults=True):
    """``from ..module import *``; anywhere but at the top level it makes the whole source a SyntaxError."""

    module: str
    level: int = 0


class Raise(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="raise"):
    """``raise error("raised")``, where ``error`` names a built-in exception."""

    error: str


class Broken(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="broken"):
    """A line that is no Python in any version: the whole source is a SyntaxError."""


class Try(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="try"):
    """``try: body`` / ``except error: handler``."""

    body: tuple["Statement", ...]
    error: str
    handler: tuple["Statement", ...]


class Function(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="function", omit_defaults=True):
    """``def name(): body``, with a ``global`` declaration for ``globals``; defining it runs nothing."""

    name: str
    body: tuple["Statement", ...]
    globals: tuple[str, ...] = ()


class Invoke(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="call"):
    """``name()``: calls a function defined before; ``path`` is as in :class:`Read`."""

    path: tuple[str, ...]


class Class(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="class"):
    """``class name: body``."""

    name: str
    body: tuple["Statement", ...]


class Guard(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="guard"):
    """``if __name__ == "__main__": body``."""

    body: tuple["Statement", ...]


class ModuleGetattr(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="getattr"):
    """Defines a module ``__getattr__`` that returns ``value`` for ``names`` and raises AttributeError for others."""

    names: tuple[str, ...]
    value: Literal


class ModuleDir(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="dir"):
    """Defines a module ``__dir__`` that returns ``names`` as a list."""

    names: tuple[str, ...]


class Uncache(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="uncache"):
    """``del sys.modules[key]``: KeyError if there is no such key."""

    key: str


class Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="block"):
    """``sys.modules[key] = None``."""

    key: str


class Substitute(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="substitute"):
    """``sys.modules[key] = OBJECT``, an instance of a class ``Substitute`` with ``attributes``; not a module."""

    key: str
    attributes: tuple[tuple[str, Literal], ...] = ()


class Recache(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="recache"):
    """``sys.modules[key] = name``: binds the key to what a name in scope refers to."""

    key: str
    name: str


class SetPath(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="setpath"):
    """``__path__ = [...]``, each entry a directory relative to the tree, such as ``r1/pkg``."""

    entries: tuple[str, ...]


class PathEdit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="pathedit", omit_defaults=True):
    """Adds (at the end) or, when ``remove``, removes the entry of root ``root`` from ``sys.path``.

    Removing an entry that is not there raises ValueError.
    """

    root: int
    remove: bool = False


Statement: TypeAlias = Union[
    Mark,
    Assign,
    Extend,
    Delete,
    Read,
    Import,
    FromImport,
    StarImport,
    Raise,
    Broken,
    Try,
    Function,
    Invoke,
    Class,
    Guard,
    ModuleGetattr,
    ModuleDir,
    Uncache,
    Block,
    Substitute,
    Recache,
    SetPath,
    PathEdit,
]
"""One statement of a source."""


_UNFAILING = (Mark, Assign, Function, ModuleGetattr, ModuleDir, Block, Substitute, SetPath)


def is_step(statement: Statement) -> bool:
    """Whether the end of the statement, at the top level of a source, is an event: it is for all that may raise."""
    return not isinstance(statement, _UNFAILING)


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The text of a module or of a program: an optional docstring, then statements."""

    statements: tuple[Statement, ...] = ()
    doc: str | None = None
