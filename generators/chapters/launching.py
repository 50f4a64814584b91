"""Statements of programs that are files, about the module they are: ``__main__``."""

from generators.choices import Roll
from generators.names import CAUGHT, CLASS, FUNCTION, MISSING, OTHERS, VALUES
from generators.scopes import Scope, target
from harness.model.language.expressions import Bind, Call, Constant, Expression, Names, Place
from harness.model.source import (
    Alias,
    Assign,
    Block,
    Class,
    FromImport,
    Function,
    Import,
    Mark,
    Read,
    Recache,
    StarImport,
    Statement,
    Substitute,
    Try,
    Uncache,
)

_KEY = "__main__"


_REMOVED = "removed"


def imported(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """The program imports itself, whole or some name of it."""
    if scope.itself == _REMOVED:
        return (Mark("m"),)
    scope.itself = "imported"
    scope.bind("x")
    first = (Assign("x", dice.pick(VALUES)),)
    match dice.below(5):
        case 0:
            return (*first, Import((Alias(_KEY, "v"),)), Read("w", ("v", "x")))
        case 1:
            return (*first, FromImport(_KEY, (Alias("x", "w"),)))
        case 2:
            return (Try((FromImport(_KEY, (Alias(MISSING),)),), "ImportError", (Mark(CAUGHT),)),)
        case 3:
            return (*first, StarImport(_KEY))
        case _:
            return (Try((Import((Alias(f"{_KEY}.{MISSING}"),)),), "ImportError", (Mark(CAUGHT),)),)


def replaced(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """The program's key removed, or blocked or given to something else, mostly with an import of it.

    A program whose key is removed does not import it: another module could be found by that name.
    """
    if scope.itself in {"", _REMOVED} and dice.chance(30):
        scope.itself = _REMOVED
        return (Uncache(_KEY),)
    if scope.itself == _REMOVED:
        return (Block(_KEY),)
    scope.itself = "replaced"
    asked = target(dice, scope)
    before: tuple[Statement, ...] = dice.pick(
        (
            (Block(_KEY),),
            (Substitute(_KEY, (("x", 1),)),),
            (Import((Alias(asked, "v"),)), Recache(_KEY, "v")),
            (Import((Alias(_KEY, "v"),)), Recache(MISSING, "v"), Import((Alias(MISSING, "w"),))),
            (Class(CLASS, ()), Recache(_KEY, CLASS)),
            (Function(FUNCTION, ()), Recache(_KEY, FUNCTION)),
        )
    )
    if dice.chance(40):
        return before
    found = Import((Alias(_KEY, "w"),))
    return (*before, Try((found,), "ImportError", (Mark(CAUGHT),))) if dice.chance(60) else (*before, found)


def ran(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``v = run_module("a.b")``, or ``run_path`` of a file; sometimes by a name that is given, or with names."""
    files = [place.file for place in scope.layout.places if place.file]
    given: list[tuple[str, Expression]] = []
    if dice.chance(20):
        given.append(("init_globals", Names()))
    if dice.chance(40):
        given.append(("run_name", Constant(dice.pick((_KEY, MISSING, target(dice, scope))))))
    if files and dice.chance(30):
        call = Call("runpy.run_path", (Place(dice.pick(files)),), tuple(given))
    else:
        if dice.chance(40):
            given.append(("alter_sys", Constant(True)))  # noqa: FBT003 - a value
        call = Call("runpy.run_module", (Constant(target(dice, scope)),), tuple(given))
    name = dice.pick(OTHERS)
    if dice.chance(30):
        return (Try((Bind(call, name),), dice.pick(("ImportError", "Exception")), (Mark(CAUGHT),)),)
    scope.bind(name)
    return (Bind(call, name),)
