"""Special names assigned, deleted and read: the import-related attributes of modules, with values odd and even.

A tree must not import itself without end. A file that imports is led by its ``__path__`` to its own directories only,
or to such in which neither it nor another directory lies; any path may be given to one that imports nothing.
"""

from typing import Final

from generators.choices import Roll, weighted
from generators.names import CAUGHT, MISSING, OTHERS, VALUES
from generators.scopes import Scope, attribute, target
from harness.model.source import (
    Alias,
    Assign,
    Delete,
    FromImport,
    Import,
    Items,
    Literal,
    Mark,
    ModuleGetattr,
    Read,
    SetPath,
    Statement,
    Try,
)

READABLE: Final = (
    "__name__",
    "__package__",
    "__path__",
    "__file__",
    "__doc__",
    "__all__",
    "__cached__",
    "__version__",
)
"""Special names that sources read."""


_ASSIGNED: Final = weighted(
    (3, "__package__"),
    (6, "__path__"),
    (2, "__spec__"),
    (2, "__name__"),
    (2, "__file__"),
    (2, "__loader__"),
    (1, "__cached__"),
    (1, "__doc__"),
    (1, "__version__"),
)


_DELETED: Final = weighted(
    (4, "__spec__"),
    (3, "__package__"),
    (3, "__path__"),
    (2, "__file__"),
    (2, "__loader__"),
    (2, "__doc__"),
    (1, "__cached__"),
    (1, "__name__"),
    (1, "__all__"),
)


_COMPUTED: Final = weighted((3, "__path__"), (2, "__all__"), (2, "__file__"), (1, "__package__"), (1, "__spec__"))


_ELSEWHERE: Final = weighted((3, None), (1, 1), (1, Items(())), (1, "s"))


_READ: Final = weighted(*((1 if name in READABLE[-2:] else 3, name) for name in READABLE))


_UNBOUND: Final = 15


_NOWHERE: Final = 4


_PACKAGED: Final = frozenset({"__package__", "__spec__", "__name__", "__path__"})


def value(dice: Roll, scope: Scope, name: str) -> Literal:
    """A value for the special name, mostly one that such a name has."""
    match name:
        case "__path__":
            return path(dice, scope)
        case "__name__" | "__package__":
            known = scope.package or scope.own or target(dice, scope)
            empty = ("",) if name == "__package__" else ()
            return _one(dice, known, target(dice, scope), MISSING, None, 1, *empty)
        case "__file__" | "__cached__":
            return dice.pick(("r0/b.py", None, 1, "s"))
        case "__spec__" | "__loader__":
            return dice.pick((None, None, 1, "s"))
        case _:
            return dice.pick(VALUES)


def path(dice: Roll, scope: Scope) -> Literal:
    """What ``__path__`` may be given: lists and tuples of directories, relative ones, and things that are none."""
    places = scope.directories
    one: tuple[Literal, ...] = (dice.pick(places),) if places else ()
    anywhere: tuple[Literal, ...] = (Items(("r0",)),) if scope.free else ()
    nowhere: tuple[Literal, ...] = (None,) * _NOWHERE if scope.free and scope.closed else ()
    mixed = (Items((1, *one)), Items((*one, None)))
    return _one(dice, Items(one), *nowhere, Items(one, mutable=False), *anywhere, *mixed, Items(()), 1, "s")


def _one(dice: Roll, *values: Literal) -> Literal:
    return dice.pick(values)


def given(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A special name assigned, mostly with something that looks at it."""
    name = dice.pick(_ASSIGNED)
    first: Statement = Assign(name, value(dice, scope, name))
    if name == "__path__" and scope.directories and dice.chance(30):
        first = SetPath((dice.pick(scope.directories),))
    return (first, *_used(dice, scope, name))


def deleted(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A special name deleted, where it may not be bound, mostly with something that looks at it."""
    name = dice.pick(_DELETED)
    gone: Statement = Delete(name)
    if dice.chance(30):
        gone = Try((gone,), "NameError", (Mark(CAUGHT),))
    bound = scope.free and not dice.chance(_UNBOUND)
    first = (Assign(name, value(dice, scope, name)),) if bound else ()
    return (*first, gone, *_used(dice, scope, name))


def _used(dice: Roll, scope: Scope, name: str) -> tuple[Statement, ...]:
    if name not in _PACKAGED or dice.chance(30):
        return (Read(dice.pick(OTHERS), (name,)),) if name in READABLE and dice.chance(40) else ()
    return (_relative(dice, scope),) if dice.chance(70) else owned(dice, scope)


def _relative(dice: Roll, scope: Scope) -> Statement:
    """``from . import b`` or ``from .b import x``, for whatever the package is by now."""
    home = scope.package or (dice.pick(scope.layout.places).name if scope.layout.places else "")
    below = scope.layout.below(home) if home else ()
    child = dice.pick(below).name.rpartition(".")[2] if below else dice.pick(("a", MISSING))
    alias = dice.pick(OTHERS)
    scope.bind(alias)
    if below and dice.chance(40):
        return FromImport(child, (Alias(attribute(dice, scope, dice.pick(below)), alias),), level=1)
    return FromImport("", (Alias(child, alias),), level=1)


def owned(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """An import of something below the module itself."""
    home = scope.own or target(dice, scope)
    below = scope.layout.below(home)
    child = dice.pick(below).name.rpartition(".")[2] if below else dice.pick(("b", "c", MISSING))
    scope.bind("w")
    if dice.chance(50):
        return (FromImport(home, (Alias(child, "w"),)),)
    return (Try((Import((Alias(f"{home}.{child}", "w"),)),), "ImportError", (Mark(CAUGHT),)),)


def looked(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A special name read: the source's own, or that of a module it imported."""
    name = dice.pick(_READ)
    bound = dice.pick(OTHERS)
    first: tuple[Statement, ...] = ()
    expression: tuple[str, ...] = ()
    if scope.free or not dice.chance(25):
        if not scope.known:
            asked = target(dice, scope)
            scope.bind_path(asked)
            first = (Import((Alias(asked),)),)
            expression = (asked,) if "." not in asked else tuple(asked.split("."))
        else:
            expression = tuple(dice.pick(scope.known)[0].split("."))
    scope.bind(bound)
    found: Statement = Read(bound, (*expression, name))
    if dice.chance(30):
        found = Try((found,), "Exception", (Mark(CAUGHT),))
    return (*first, found)


def taken(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``from a import __path__``, mostly under another name: else it is the source's own from there on."""
    asked = target(dice, scope)
    name = dice.pick((*READABLE, "__main__"))
    kept = name in {"__all__", "__doc__", "__file__", "__version__"} or (scope.free and name == "__path__")
    alias = Alias(name) if kept and dice.chance(40) else Alias(name, dice.pick(OTHERS))
    if alias.asname:
        scope.bind(alias.asname)
    found: Statement = FromImport(asked, (alias,))
    if dice.chance(40):
        found = Try((found,), dice.pick(("ImportError", "Exception")), (Mark(CAUGHT),))
    return (found,)


def computed(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module ``__getattr__`` that knows a special name; sometimes that name is deleted before."""
    name = dice.pick(_COMPUTED)
    hook = ModuleGetattr((name,), path(dice, scope) if name == "__path__" else dice.pick(_ELSEWHERE))
    return (Delete(name), hook) if name != "__all__" and dice.chance(30) else (hook,)


def quiet(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A special name assigned, or computed, in a source that imports nothing."""
    if dice.chance(20):
        name = dice.pick(_COMPUTED)
        return (ModuleGetattr((name,), path(dice, scope) if name == "__path__" else dice.pick(_ELSEWHERE)),)
    name = dice.pick(_ASSIGNED)
    return (Assign(name, value(dice, scope, name)),)


def led(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``__path__`` given, or computed by a module ``__getattr__``, mostly with an import below the module."""
    given_ = path(dice, scope)
    first: Statement = ModuleGetattr(("__path__",), given_) if dice.chance(25) else Assign("__path__", given_)
    if not scope.own and scope.package and dice.chance(50):
        return (first, _relative(dice, scope))
    return (first, *owned(dice, scope)) if dice.chance(60) and (scope.own or scope.layout.places) else (first,)


def path_alone(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``__path__`` given, or computed, in a source that imports nothing."""
    found = path(dice, scope)
    return (ModuleGetattr(("__path__",), found),) if dice.chance(25) else (Assign("__path__", found),)
