"""Statements that change what the module cache holds: keys removed, replaced, blocked, and things that are no modules.

A tree must not import itself without end. A file that is executed inside its own execution had its key removed from
the module cache in between; so a module removes only the keys of files whose execution imports nothing, as its last
statement its own key or that of a module which removes nothing, or keys that come before its own in the alphabet: then
none can be removed again and again.
"""

from typing import Final

from generators.chapters import attributes, compound
from generators.choices import Roll, weighted
from generators.names import CAUGHT, CLASS, FUNCTION, MISSING, VALUES
from generators.scopes import Scope, attribute, target
from harness.model.source import (
    Alias,
    Assign,
    Block,
    Class,
    FromImport,
    Function,
    Import,
    Items,
    Literal,
    Mark,
    Raise,
    Recache,
    StarImport,
    Statement,
    Substitute,
    Try,
    Uncache,
)

_ATTRIBUTES: Final[tuple[tuple[tuple[str, Literal], ...], ...]] = (
    (),
    (("x", 1),),
    (("x", "s"), ("_p", 2)),
    (("x", 1), ("y", None), ("__all__", Items(("x",)))),
)


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


def _importing(dice: Roll, name: str) -> Statement:
    parent, _, last = name.rpartition(".")
    if parent and dice.chance(30):
        return FromImport(parent, (Alias(last, "w"),))
    return Import((Alias(name, "v") if dice.chance(40) else Alias(name),))


def again(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """Another import of something that was imported before, or that failed."""
    if not scope.imported:
        return compound.attempt(dice, scope)
    name = dice.pick(scope.imported)
    alias = Alias(name, "v") if dice.chance(40) else Alias(name)
    if dice.chance(50):
        return (Try((Import((alias,)),), dice.pick(("ImportError", "Exception")), (Mark(CAUGHT),)), Import((alias,)))
    return (Import((alias,)),)


def removal(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``del sys.modules[key]`` of anything, before and after imports of it."""
    return uncache(dice, scope, tuple(scope.imported) or tuple(place.name for place in scope.layout.places))


_ODD: Final = weighted(
    (4, "__path__"),
    (3, "__all__"),
    (1, "__spec__"),
    (1, "__name__"),
    (1, "__package__"),
    (1, "__file__"),
    (1, "__doc__"),
)


_PLAIN: Final[tuple[Literal, ...]] = ("s", None, 1)


_HELD: Final[tuple[Literal, ...]] = (
    Items(("x",)),
    Items(("x", "y"), mutable=False),
    "x",
    None,
    Items((1,)),
    Items(()),
    Items(("z",)),
)


def parent_gone(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """The key of a package removed or replaced while something below it is there, then an import of or below it."""
    below = [place.name for place in scope.layout.places if "." in place.name]
    if scope.own and "." in scope.own:
        child = scope.own
    elif below:
        child = dice.pick(below)
    else:
        return odd_substitute(dice, scope)
    owner = child.rpartition(".")[0] if dice.chance(70) else child.partition(".")[0]
    first: tuple[Statement, ...] = () if scope.own else (Import((Alias(child),)),)
    if not scope.own:
        scope.bind_path(child)
    gone = _gone(dice, scope, owner)
    after = _below(dice, scope, owner, child) if dice.chance(80) else ()
    return (*first, gone, *after)


def _gone(dice: Roll, scope: Scope, owner: str) -> Statement:
    match dice.below(8):
        case 0 | 1 | 2 if _may_go(scope, owner):
            return Uncache(owner)
        case 3 | 4:
            return Substitute(owner, odd_attributes(dice, scope))
        case 5:
            return Block(owner)
        case _ if scope.known and "." not in scope.known[0][0]:
            return Recache(owner, scope.known[0][0])
        case _:
            return Substitute(owner, (("__path__", attributes.path(dice, scope)),))


def _below(dice: Roll, scope: Scope, owner: str, child: str) -> tuple[Statement, ...]:
    children = scope.layout.below(owner)
    other = dice.pick(children).name if children else child
    tail = other.rpartition(".")[2]
    found: Statement = dice.pick(
        (
            Import((Alias(child, "v"),)),
            FromImport(owner, (Alias(tail, "w"),)),
            Import((Alias(other, "w"),)),
            Import((Alias(owner),)),
            FromImport(child, (Alias(attribute(dice, scope, scope.layout.index.get(child)), "v"),)),
            FromImport("", (Alias(tail, "v"),), level=1) if scope.package else Import((Alias(other),)),
        )
    )
    if dice.chance(50):
        return (Try((found,), dice.pick(("ImportError", "Exception")), (Mark(CAUGHT),)),)
    return (found,)


def odd_attributes(dice: Roll, scope: Scope) -> tuple[tuple[str, Literal], ...]:
    """Attributes of an object that stands for a module: names, and special ones."""
    found: dict[str, Literal] = {"x": dice.pick(VALUES)} if dice.chance(60) else {}
    for _ in range(dice.pick((1, 1, 2))):
        name = dice.pick(_ODD)
        held = _HELD if name == "__all__" else _PLAIN if name == "__doc__" else VALUES
        found[name] = attributes.path(dice, scope) if name == "__path__" else dice.pick(held)
        if name in {"__name__", "__package__"}:
            found[name] = dice.pick((target(dice, scope), MISSING, None))
    return tuple(found.items())


def odd_substitute(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """An object with special attributes in the place of a module, mostly with an import from it or below it."""
    name = MISSING if dice.chance(25) else target(dice, scope)
    replaced = Substitute(name, odd_attributes(dice, scope))
    if name == scope.own:
        return (replaced,)
    below = scope.layout.below(name)
    child = dice.pick(below).name.rpartition(".")[2] if below else dice.pick(("a", "b"))
    special = dice.pick(("__path__", "__name__", "__all__", "__file__"))
    match dice.below(6):
        case 0:
            return (replaced, StarImport(name))
        case 1:
            return (replaced, Import((Alias(f"{name}.{child}", "v"),)))
        case 2:
            return (replaced, FromImport(name, (Alias(child, "w"),)))
        case 3:
            return (replaced, FromImport(name, (Alias(dice.pick(("x", special)), "v"),)))
        case 4:
            return (replaced, Try((Import((Alias(f"{name}.{child}"),)),), "ImportError", (Mark(CAUGHT),)))
        case _:
            return (replaced,)


def odd_entry(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A function, a class or a constant under a key, mostly with an import of it, from it or below it."""
    key = dice.pick((MISSING, target(dice, scope)))
    held: tuple[Statement, ...] = dice.pick(
        (
            (Class(CLASS, (Assign("x", 1),)),),
            (Function(FUNCTION, (Mark("m"),)),),
            (Assign("x", dice.pick(VALUES)),),
            (Class(CLASS, (Assign("__path__", attributes.path(dice, scope)), Assign("x", 1))),),
        )
    )
    first = held[0]
    name = first.name if isinstance(first, Class | Function | Assign) else CLASS
    uses: tuple[Statement, ...] = (
        Import((Alias(key, "v"),)),
        FromImport(key, (Alias("x", "w"),)),
        StarImport(key),
        Import((Alias(f"{key}.b", "w"),)),
        FromImport(key, (Alias("b", "w"),)),
    )
    found = dice.pick(uses)
    scope.bind(name)
    if dice.chance(40):
        found = Try((found,), dice.pick(("ImportError", "Exception")), (Mark(CAUGHT),))
    return (*held, Recache(key, name), found)


def failing_parent(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A key removed or blocked just before the source fails."""
    key = scope.package or target(dice, scope)
    gone = Uncache(key) if _may_go(scope, key) and dice.chance(60) else Block(key)
    return (gone, Raise("ValueError"))


def _may_go(scope: Scope, key: str) -> bool:
    return scope.removable is None or key in scope.removable
