"""Names bound, read and deleted, and private ones: those of two underscores, which mean another name inside a class."""

from typing import Final

from generators.choices import Roll, weighted
from generators.names import ATTRIBUTES, CAUGHT, FUNCTION, MISSING, OTHERS, VALUES
from generators.scopes import Scope, Writer, attribute, target
from harness.model.language.compound import statements
from harness.model.source import (
    Alias,
    Annotate,
    Annotation,
    Assign,
    Class,
    Delete,
    FromImport,
    Function,
    FutureImport,
    Import,
    Invoke,
    Items,
    Mark,
    Read,
    StarImport,
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


def annotated(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``x: y = 1``, of a name that is bound or of one that is not; sometimes the annotation of a module's variable."""
    name = dice.pick(ATTRIBUTES)
    found = Annotate(name, dice.pick((*scope.bound, MISSING)), dice.pick(VALUES))
    scope.bind(name)
    if scope.known and dice.chance(40):
        expression, _ = dice.pick(scope.known)
        asked = Annotation(dice.pick(OTHERS), tuple(expression.split(".")), name)
        return (found, Try((asked,), "Exception", (Mark(CAUGHT),)))
    return (Try((found,), "NameError", (Mark(CAUGHT),)),) if dice.chance(50) else (found,)


def directive(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``from __future__ import annotations``: what annotates follows, unless something stands before it."""
    return (FutureImport((Alias("annotations"),)),) if dice.chance(40) else private_name(dice, scope)


_PRIVATE: Final = "__x"


_MANGLED: Final = "_K__x"


_CLASSES: Final = weighted((6, "K"), (2, "_K"), (1, "__K"), (1, "_"))


_PLAIN: Final = ("K", "K", "_")


_NAMES: Final = weighted((4, _PRIVATE), (2, _MANGLED))


def private_name(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``__x = 1`` outside any class, or the name that it is inside one; sometimes listed in ``__all__``."""
    name = dice.pick(_NAMES)
    scope.bind(name)
    found = (Assign(name, dice.pick(VALUES)),)
    return (*found, Assign("__all__", Items((name,)))) if dice.chance(20) else found


def private_class(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A class whose body binds, reads or imports private names, and mostly a look at what that made."""
    name = dice.pick(_CLASSES)
    body = dice.pick(_BODIES)(dice, scope)
    if dice.chance(25):
        body += dice.pick(_BODIES)(dice, scope)
    if any(isinstance(one, Import) and one.names[0].name in scope.layout.hidden for one in statements(body)):
        name = dice.pick(_PLAIN)
    scope.bind(name)
    return (Class(name, body), *(_seen(dice, name) if dice.chance(70) else ()))


def private_taken(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``from a import __x``, in a class or outside, or everything from a module that may have such a name."""
    asked = target(dice, scope)
    found: Statement = FromImport(asked, (Alias(dice.pick(_NAMES), dice.pick(OTHERS)),))
    match dice.below(4):
        case 0:
            return (Try((found,), "ImportError", (Mark(CAUGHT),)),)
        case 1:
            return (StarImport(asked),)
        case 2:
            return (Class(dice.pick(_CLASSES), (FromImport(asked, (Alias(_PRIVATE),)),)),)
        case _:
            return (Try((found,), "Exception", (Mark(CAUGHT),)), Read(dice.pick(OTHERS), (dice.pick(_NAMES),)))


def _seen(dice: Roll, name: str) -> tuple[Statement, ...]:
    read: Statement = Read(dice.pick(OTHERS), (name, dice.pick(_NAMES)))
    return (Try((read,), "AttributeError", (Mark(CAUGHT),)),) if dice.chance(50) else (read,)


def _bound(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    del scope
    found: tuple[Statement, ...] = (Assign(_PRIVATE, dice.pick(VALUES)),)
    match dice.below(5):
        case 0:
            return (*found, Read("v", (dice.pick(_NAMES),)))
        case 1:
            return (*found, Delete(dice.pick(_NAMES)))
        case 2:
            return (Class("K", found), Read("v", ("K", dice.pick(_NAMES))))
        case _:
            return found


def _imported(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    asked = target(dice, scope)
    hidden = scope.layout.hidden
    match dice.below(7):
        case 0:
            return (FromImport(asked, (Alias(_PRIVATE),)),)
        case 1:
            return (Import((Alias(asked, _PRIVATE),)),)
        case 2:
            return (FromImport(asked, (Alias(dice.pick(("x", "y")), _PRIVATE),)),)
        case 3 | 4 if hidden:
            return (Import((Alias(dice.pick(hidden), dice.pick(("", "v"))),)),)
        case 5 if "." in asked:
            return (FromImport(asked.rpartition(".")[0], (Alias("__c"),)),)
        case _:
            return (Try((FromImport(asked, (Alias(_PRIVATE, "v"),)),), "ImportError", (Mark(CAUGHT),)),)


def _read(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    asked = target(dice, scope)
    found = (Read("v", (dice.pick(_NAMES),)),)
    if dice.chance(50):
        return found
    return (Import((Alias(asked, "w"),)), Read("v", ("w", dice.pick(_NAMES))))


def _called(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    name = dice.pick((FUNCTION, "__f"))
    body = dice.pick((_bound, _imported, _read))(dice, scope)
    declared = (_PRIVATE,) if dice.chance(30) else ()
    return (Function(name, body, declared), Invoke((name,)))


_BODIES: Final[tuple[Writer, ...]] = weighted((4, _bound), (5, _imported), (3, _read), (3, _called))
