"""Statements that bind names without importing, and those that hold other statements."""

from typing import Final

from generators import bindings
from generators.choices import Roll, weighted
from generators.names import ATTRIBUTES, CAUGHT, CLASS, COMPUTED, FUNCTION, MISSING, OTHERS, VALUES
from generators.scopes import Scope, Writer, attribute, missing, target
from harness.model.source import (
    Alias,
    Assign,
    Class,
    Delete,
    FromImport,
    Function,
    Guard,
    Import,
    Invoke,
    Mark,
    ModuleDir,
    ModuleGetattr,
    Read,
    Statement,
    Try,
)

_LABELS: Final = ("m", "n")


def mark(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """An event in the trace."""
    del scope
    return (Mark(dice.pick(_LABELS)),)


def assign(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``x = 1``; in a package sometimes the name of a submodule."""
    below = scope.layout.below(scope.own) if scope.own else ()
    name = dice.pick(below).name.rpartition(".")[2] if below and dice.chance(40) else dice.pick(ATTRIBUTES)
    scope.bind(name)
    return (Assign(name, dice.pick(VALUES)),)


def delete(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``del x`` of a name that was bound, or of one that was not."""
    if not scope.bound or dice.chance(scope.risk):
        return (Try((Delete(MISSING),), "NameError", (Mark(CAUGHT),)),)
    name = dice.pick(scope.bound)
    scope.unbind(name)
    return (Delete(name),)


def read(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``v = a.b.x``: an attribute, a submodule or something missing of a module that was imported."""
    if not scope.known:
        return (Read(dice.pick(OTHERS), (dice.pick(scope.bound),)),) if scope.bound else assign(dice, scope)
    expression, name = dice.pick(scope.known)
    found = attribute(dice, scope, scope.layout.index.get(name))
    bound = dice.pick([other for other in OTHERS if other != expression.split(".")[0]])
    scope.bind_module(bound, f"{name}.{found}") if f"{name}.{found}" in scope.layout.index else scope.bind(bound)
    return (Read(bound, (*expression.split("."), found)),)


def attempt(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``try`` around an import, with a handler that leaves a mark and sometimes imports something else."""
    error = dice.pick(_ERRORS)
    handler: tuple[Statement, ...] = (Mark(CAUGHT),)
    if dice.chance(25):
        handler += dice.pick((assign, bindings.plain, bindings.taken))(dice, scope.inner())
    body: tuple[Statement, ...]
    if dice.chance(45):
        name = missing(dice, scope) if dice.chance(50) else target(dice, scope)
        body = (Import((Alias(name),)),) if dice.chance(50) else (FromImport(name, (Alias(MISSING),)),)
    else:
        body = dice.pick(bindings.ANYWHERE)(dice, scope)
    return (Try(body, error, handler),)


def attempt_read(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``try: v = a.z`` with a handler for what a missing attribute raises."""
    if not scope.known:
        return attempt(dice, scope)
    expression, name = dice.pick(scope.known)
    place = scope.layout.index.get(name)
    found = dice.pick((MISSING, *(place.contents if place else ())))
    path = (*expression.split("."), found)
    return (Try((Read(dice.pick(OTHERS), path),), dice.pick(("AttributeError", "Exception")), (Mark(CAUGHT),)),)


def function(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A function that imports, with or without ``global``, called at once or left for others."""
    inner = scope.inner()
    body = dice.pick(bindings.ANYWHERE)(dice, inner)
    body += dice.pick((mark, assign, read))(dice, inner) if dice.chance(30) else ()
    bound = tuple(sorted(_bound(body)))
    scope.bind(FUNCTION)
    scope.functions.append((FUNCTION,))
    declared = bound if dice.chance(50) else ()
    call: tuple[Statement, ...] = ()
    if not dice.chance(20):
        call = (Invoke((FUNCTION,)),)
        for name in declared:
            scope.bind(name)
    return (Function(FUNCTION, body, declared), *call)


def invoke(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A call of a function, one's own or another module's."""
    if scope.functions:
        return (Invoke(dice.pick(scope.functions)),)
    owners = [place.name for place in scope.layout.places if FUNCTION in place.exports and place.name != scope.own]
    if not owners:
        return function(dice, scope)
    owner = dice.pick(owners)
    scope.bind_path(owner)
    return (Import((Alias(owner),)), Invoke((*owner.split("."), FUNCTION)))


def klass(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A class whose body imports."""
    body = dice.pick(bindings.ANYWHERE)(dice, scope.inner())
    scope.bind(CLASS)
    return (Class(CLASS, body),)


def guard(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``if __name__ == "__main__"`` around an import or a mark."""
    return (Guard(dice.pick((mark, *bindings.ANYWHERE))(dice, scope.inner())),)


def computed(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module ``__getattr__``, for names that nothing else defines or for those of submodules."""
    below = scope.layout.below(scope.own) if scope.own else ()
    names = COMPUTED[: 1 + dice.below(2)]
    if below and dice.chance(30):
        names += (dice.pick(below).name.rpartition(".")[2],)
    return (ModuleGetattr(names, dice.pick(VALUES)),)


def directory(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module ``__dir__``."""
    del scope
    return (ModuleDir(dice.pick((("x",), (), ("x", "g"), ("y", "x"), ("z",)))),)


def _bound(body: tuple[Statement, ...]) -> set[str]:
    found: set[str] = set()
    for statement in body:
        match statement:
            case Assign(name=name) | Read(name=name):
                found.add(name)
            case Import(names=names):
                found.update(alias.asname or alias.name.split(".")[0] for alias in names)
            case FromImport(names=names):
                found.update(alias.asname or alias.name for alias in names)
            case _:
                pass
    return found


_ERRORS: Final = weighted(
    (8, "ImportError"), (5, "ModuleNotFoundError"), (5, "Exception"), (1, "AttributeError"), (1, "KeyError")
)

SIMPLE: Final[tuple[Writer, ...]] = (assign, mark)
"""Statements that cannot fail and import nothing."""
