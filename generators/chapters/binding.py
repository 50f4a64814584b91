"""Import statements, and which may stand anywhere."""

from typing import Final

from generators.chapters import from_import
from generators.choices import Roll, weighted
from generators.names import CAUGHT, MISSING, OTHERS
from generators.scopes import Scope, Writer, target
from harness.model.permitted import BUILT_IN
from harness.model.source import Alias, FromImport, Import, Mark, Statement, Try


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
            return (FromImport(name, from_import.some_names(dice, scope, name)),)
        case "parent" if parent:
            scope.bind_module(last, name)
            return (FromImport(parent, (Alias(last),)),)
        case _:
            scope.bind_path(name)
            return (Import((Alias(name),)),)


def built_in(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """An import of a module that is built in, or of something in it that is not there."""
    name, other = dice.pick(sorted(BUILT_IN)), dice.pick(OTHERS)
    match dice.below(4):
        case 0:
            return (Try((Import((Alias(f"{name}.{MISSING}"),)),), "ImportError", (Mark(CAUGHT),)),)
        case 1:
            scope.bind(other)
            return (Import((Alias(name, other),)),)
        case 2:
            return (Try((FromImport(name, (Alias(MISSING),)),), "ImportError", (Mark(CAUGHT),)),)
        case _:
            scope.bind(name)
            return (Import((Alias(name),)),)


ANYWHERE: Final[tuple[Writer, ...]] = weighted((4, plain), (5, from_import.taken), (4, from_import.relative))
"""Import statements that may stand in a function or a class."""
