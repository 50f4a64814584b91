"""Statements that change what the import system works on, the module cache and ``__path__``, and those that fail.

A tree must not import itself without end. A file that is executed inside its own execution had its key removed from
the module cache in between; so a module removes only the keys of files whose execution imports nothing, or as its
last statement its own key or that of a module which removes nothing. And ``__path__`` leads only to the package's own
directories, or to such in which no directory lies.
"""

from typing import Final

from generators.choices import Roll, weighted
from generators.names import CAUGHT, FUNCTION, MISSING
from generators.scopes import Scope, attribute, target
from harness.model.source import (
    Alias,
    Block,
    Broken,
    Delete,
    FromImport,
    Function,
    Import,
    Items,
    Literal,
    Mark,
    Raise,
    Recache,
    SetPath,
    StarImport,
    Statement,
    Substitute,
    Try,
    Uncache,
)

ERRORS: Final = weighted(
    (3, "ImportError"),
    (2, "ModuleNotFoundError"),
    (2, "ValueError"),
    (2, "RuntimeError"),
    (2, "KeyboardInterrupt"),
    (2, "SystemExit"),
)
"""What sources raise themselves."""


_ATTRIBUTES: Final[tuple[tuple[tuple[str, Literal], ...], ...]] = (
    (),
    (("x", 1),),
    (("x", "s"), ("_p", 2)),
    (("x", 1), ("y", None), ("__all__", Items(("x",)))),
)


def fail(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``raise``."""
    del scope
    return (Raise(dice.pick(ERRORS)),)


def broken(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """Something that makes the whole source a SyntaxError: no Python, or a star import in a function."""
    name = target(dice, scope)
    return dice.pick(((Broken(),), (Function(FUNCTION, (StarImport(name),)),)))


def key(dice: Roll, scope: Scope) -> str:
    """A key of the module cache: the module's own, its package's, or any other."""
    own = tuple(name for name in (scope.own, scope.package) if name)
    return dice.pick(own) if own and dice.chance(40) else target(dice, scope)


def block(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``sys.modules[key] = None``, mostly with an import of it that fails and is caught."""
    name = key(dice, scope)
    if dice.chance(30):
        return (Block(name),)
    error = dice.pick(("ImportError", "ModuleNotFoundError"))
    return (Block(name), Try((_importing(dice, name),), error, (Mark(CAUGHT),)))


def substitute(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``sys.modules[key] = OBJECT``, mostly with an import of it or from it."""
    name = key(dice, scope)
    attributes = dice.pick(_ATTRIBUTES)
    replaced = Substitute(name, attributes)
    if name == scope.own or dice.chance(30):
        return (replaced,)
    if dice.chance(25):
        return (replaced, StarImport(name))
    if attributes and dice.chance(50):
        scope.bind("x")
        return (replaced, FromImport(name, (Alias("x"),)))
    scope.bind(name.split(".")[0])
    return (replaced, Import((Alias(name),)))


def recache(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``sys.modules[key] = name``: another module under the key of this one, or of one that does not exist."""
    names = [expression for expression, _ in scope.known if "." not in expression]
    wanted = MISSING if dice.chance(30) else key(dice, scope)
    if names:
        return (Recache(wanted, dice.pick(names)),)
    name = target(dice, scope)
    scope.bind_path(name)
    return (Import((Alias(name),)), Recache(wanted, name.split(".")[0]))


def uncache_missing(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``del sys.modules[key]`` for a key that is not there, caught."""
    del scope
    return (Try((Uncache(MISSING),), dice.pick(("KeyError", "Exception")), (Mark(CAUGHT),)),)


def uncache(dice: Roll, scope: Scope, names: tuple[str, ...]) -> tuple[Statement, ...]:
    """Import of one of ``names``, then ``del sys.modules[key]``, mostly with another import of it."""
    if not names:
        return uncache_missing(dice, scope)
    name = dice.pick(names)
    first = () if name in scope.imported and dice.chance(70) else (_importing(dice, name),)
    again = () if dice.chance(30) else (_importing(dice, name),)
    return (*first, Uncache(name), *again)


def lead(dice: Roll, scope: Scope, directories: tuple[str, ...]) -> tuple[Statement, ...]:
    """``__path__`` replaced by some of ``directories``, emptied or deleted."""
    del scope
    if not directories:
        return (SetPath(()),)
    if dice.chance(15):
        return (Delete("__path__"),)
    entries = {dice.pick(directories): None for _ in range(dice.pick((1, 0, 2)))}
    return (SetPath(tuple(entries)),)


def _importing(dice: Roll, name: str) -> Statement:
    parent, _, last = name.rpartition(".")
    if parent and dice.chance(30):
        return FromImport(parent, (Alias(last, "w"),))
    return Import((Alias(name, "v") if dice.chance(40) else Alias(name),))


def read_parent(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``from a import b`` for a submodule that may have been imported, removed or replaced before."""
    below = [place for place in scope.layout.places if "." in place.name]
    if not below:
        return (Import((Alias(target(dice, scope)),)),)
    place = dice.pick(below)
    parent, _, last = place.name.rpartition(".")
    parent_place = scope.layout.index[parent]
    name = last if dice.chance(80) else attribute(dice, scope, parent_place)
    scope.bind_module(name, place.name)
    return (FromImport(parent, (Alias(name),)),)
