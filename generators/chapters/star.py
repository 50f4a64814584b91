"""Star imports, and `__all__` in the forms that authors mean and those that nobody means."""

from typing import Final

from generators.chapters import from_import
from generators.choices import Roll, weighted
from generators.names import CAUGHT, MISSING
from generators.scopes import Scope, target
from harness.model.source import (
    Alias,
    Assign,
    Delete,
    Extend,
    FromImport,
    Import,
    Items,
    Literal,
    Mark,
    ModuleGetattr,
    StarImport,
    Statement,
    Substitute,
    Try,
)


def starred(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``from a.b import *``."""
    name = target(dice, scope)
    scope.imported.append(name)
    _bind_all(scope, name)
    return (StarImport(name),)


def starred_relative(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``from .a import *`` and ``from . import *``; mostly absolute where there is no package."""
    if not scope.package:
        return (StarImport("", level=1),) if dice.chance(from_import.ORPHANED) else starred(dice, scope)
    parts = scope.package.split(".")
    level = len(parts) + 1 if dice.chance(from_import.BEYOND) else 1 + dice.below(len(parts))
    anchor = ".".join(parts[: len(parts) - level + 1])
    below = scope.layout.below(anchor) if anchor else ()
    if not below or dice.chance(30):
        _bind_all(scope, anchor)
        return (StarImport("", level=level),)
    place = dice.pick(below)
    _bind_all(scope, place.name)
    return (StarImport(place.name[len(anchor) + 1 :], level=level),)


def _bind_all(scope: Scope, source: str) -> None:
    place = scope.layout.index.get(source)
    for name in place.exports if place else ():
        if not name.startswith("_"):
            scope.bind(name)


_LISTED: Final[tuple[Literal, ...]] = weighted(
    (6, Items(("x", "x"))),
    (2, "x"),
    (2, "xy"),
    (2, Items(("__all__", "x"))),
    (1, Items(("__path__",))),
    (1, Items(("__file__", "__doc__"))),
    (2, Items(("__x", "x"))),
    (1, Items(("len",))),
    (1, Items(("a.b",))),
    (1, Items(("",))),
    (1, Items(("\u00e9",))),
    (1, Items(("x", 1, "y"))),
    (1, Items((True,))),
    (1, Items((Items((), mutable=False),))),
    (1, ""),
    (2, None),
    (2, 1),
    (1, True),
)


def named(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``__all__`` with the name of the module itself in it: a star import makes it the name of the other module."""
    del scope
    return (Assign("__all__", Items(dice.pick((("__name__",), ("__name__", "x"))))),)


def listed(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``__all__`` assigned, extended where it may be nothing yet, deleted, or computed by a module ``__getattr__``."""
    del scope
    wrong = dice.pick(_LISTED)
    match dice.below(8):
        case 0:
            return (ModuleGetattr(("__all__",), wrong),)
        case 1:
            added = wrong if isinstance(wrong, Items) else Items(("y",), mutable=False)
            return (Try((Extend("__all__", added),), "Exception", (Mark(CAUGHT),)),)
        case 2:
            return (Assign("__all__", wrong), Try((Extend("__all__", Items(("y",))),), "TypeError", (Mark(CAUGHT),)))
        case 3:
            return (Assign("__all__", wrong), Delete("__all__"))
        case _:
            return (Assign("__all__", wrong),)


def all_taken(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``from a import __all__``: another module's list is the source's own."""
    found = FromImport(target(dice, scope), (Alias("__all__"),))
    return (found,) if dice.chance(50) else (Try((found,), "ImportError", (Mark(CAUGHT),)),)


def odd_starred(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A star import of a module, or of an object in its place that has such an ``__all__``."""
    name = target(dice, scope)
    found: Statement = StarImport(name)
    if dice.chance(40):
        found = Try((found,), dice.pick(("Exception", "AttributeError", "TypeError")), (Mark(CAUGHT),))
    match dice.below(5):
        case 0 if name != scope.own:
            return (Substitute(name, (("x", 1), ("__all__", dice.pick(_LISTED)))), found)
        case 1:
            return (Import((Alias(name, "v"),)), found)
        case 2:
            return (found, FromImport(name, (Alias(dice.pick(("x", MISSING)), "w"),)))
        case _:
            return (found,)
