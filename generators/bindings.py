"""Import statements in all their forms."""

from typing import Final

from generators.choices import Roll, weighted
from generators.names import MISSING, OTHERS
from generators.scopes import Scope, Writer, attribute, target
from harness.model.source import Alias, FromImport, Import, StarImport, Statement

_ALONE: Final = weighted((5, 1), (2, 2), (1, 3))
_ORPHANED: Final = 10
_BEYOND: Final = 6


def plain(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``import a.b``, sometimes ``as`` another name, sometimes several at once."""
    aliases = []
    for _ in range(dice.pick((1, 1, 1, 1, 1, 2))):
        name = target(dice, scope)
        scope.imported.append(name)
        if dice.chance(25):
            alias = Alias(name, dice.pick(OTHERS))
            scope.bind_module(alias.asname, name)
        else:
            alias = Alias(name)
            scope.bind_path(name)
        aliases.append(alias)
    return (Import(tuple(aliases)),)


def linked(dice: Roll, scope: Scope, name: str) -> tuple[Statement, ...]:
    """An import of the module ``name`` itself, of something in it, or of it from its package."""
    parent, _, last = name.rpartition(".")
    match dice.pick(("whole", "inside", "inside", "parent")):
        case "inside":
            return (FromImport(name, _names(dice, scope, name)),)
        case "parent" if parent:
            scope.bind_module(last, name)
            return (FromImport(parent, (Alias(last),)),)
        case _:
            scope.bind_path(name)
            return (Import((Alias(name),)),)


def taken(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``from a.b import x``, with one name or several."""
    name = target(dice, scope)
    scope.imported.append(name)
    return (FromImport(name, _names(dice, scope, name)),)


def starred(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``from a.b import *``."""
    name = target(dice, scope)
    scope.imported.append(name)
    _bind_all(scope, name)
    return (StarImport(name),)


def relative(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``from .. import a``, ``from .a import x``: mostly within the package, sometimes beyond the top of it.

    Where there is no package it is mostly an absolute import.
    """
    if not scope.package and not dice.chance(_ORPHANED):
        return taken(dice, scope)
    if not scope.package:
        return (FromImport("", (Alias(dice.pick(("a", MISSING))),), level=1),)
    parts = scope.package.split(".")
    level = len(parts) + 1 if dice.chance(_BEYOND) else 1 + dice.below(len(parts))
    anchor = ".".join(parts[: len(parts) - level + 1])
    below = scope.layout.below(anchor) if anchor else ()
    if not below or dice.chance(35):
        return (FromImport("", _names(dice, scope, anchor), level=level),)
    name = MISSING if dice.chance(scope.risk) else dice.pick(below).name[len(anchor) + 1 :]
    return (FromImport(name, _names(dice, scope, f"{anchor}.{name}"), level=level),)


def starred_relative(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``from .a import *`` and ``from . import *``; mostly absolute where there is no package."""
    if not scope.package:
        return (StarImport("", level=1),) if dice.chance(_ORPHANED) else starred(dice, scope)
    parts = scope.package.split(".")
    level = len(parts) + 1 if dice.chance(_BEYOND) else 1 + dice.below(len(parts))
    anchor = ".".join(parts[: len(parts) - level + 1])
    below = scope.layout.below(anchor) if anchor else ()
    if not below or dice.chance(30):
        _bind_all(scope, anchor)
        return (StarImport("", level=level),)
    place = dice.pick(below)
    _bind_all(scope, place.name)
    return (StarImport(place.name[len(anchor) + 1 :], level=level),)


def _names(dice: Roll, scope: Scope, source: str) -> tuple[Alias, ...]:
    place = scope.layout.index.get(source)
    found: dict[str, Alias] = {}
    for _ in range(dice.pick(_ALONE)):
        name = attribute(dice, scope, place)
        alias = Alias(name, dice.pick(OTHERS)) if name.startswith("__") or dice.chance(25) else Alias(name)
        bound = alias.asname or alias.name
        found[bound] = alias
        child = f"{source}.{name}"
        if child in scope.layout.index:
            scope.bind_module(bound, child)
        else:
            scope.bind(bound)
    return tuple(found.values())


def _bind_all(scope: Scope, source: str) -> None:
    place = scope.layout.index.get(source)
    for name in place.exports if place else ():
        if not name.startswith("_"):
            scope.bind(name)


ANYWHERE: Final[tuple[Writer, ...]] = weighted((4, plain), (5, taken), (4, relative))
"""Import statements that may stand in a function or a class."""
