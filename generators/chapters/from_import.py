"""From-imports, absolute and relative."""

from typing import Final

from generators.choices import Roll, weighted
from generators.names import MISSING, OTHERS
from generators.scopes import Scope, attribute, target
from harness.model.source import (
    Alias,
    FromImport,
    Import,
    Statement,
)

_ALONE: Final = weighted((5, 1), (2, 2), (1, 3))


ORPHANED: Final = 10
"""So many of a hundred relative imports where there is no package are left relative."""


BEYOND: Final = 6
"""So many of a hundred lead beyond the top-level package."""

_SHALLOW: Final = 2


def taken(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``from a.b import x``, with one name or several."""
    name = target(dice, scope)
    scope.imported.append(name)
    return (FromImport(name, some_names(dice, scope, name)),)


def relative(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``from .. import a``, ``from .a import x``: mostly within the package, sometimes beyond the top of it.

    Where there is no package it is mostly an absolute import.
    """
    if not scope.package and not dice.chance(ORPHANED):
        return taken(dice, scope)
    if not scope.package:
        return (FromImport("", (Alias(dice.pick(("a", MISSING))),), level=1),)
    parts = scope.package.split(".")
    deep = len(parts) > _SHALLOW  # so few packages are: there the last level is drawn twice as often
    level = len(parts) + 1 if dice.chance(BEYOND) else 1 + min(dice.below(len(parts) + deep), len(parts) - 1)
    anchor = ".".join(parts[: len(parts) - level + 1])
    below = scope.layout.below(anchor) if anchor else ()
    if not below or dice.chance(35):
        return (FromImport("", some_names(dice, scope, anchor), level=level),)
    name = MISSING if dice.chance(scope.risk) else dice.pick(below).name[len(anchor) + 1 :]
    return (FromImport(name, some_names(dice, scope, f"{anchor}.{name}"), level=level),)


def bracketed(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``from a import (x, y)``."""
    name = target(dice, scope)
    return (FromImport(name, some_names(dice, scope, name), enclosed=True),)


def some_names(dice: Roll, scope: Scope, source: str) -> tuple[Alias, ...]:
    """Names to take from the module ``source``, one or several, some under other names."""
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
