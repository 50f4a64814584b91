"""Changes of `sys.path`, and a `__path__` that leads elsewhere."""

from generators.choices import Roll
from generators.layouts import Kind
from generators.names import ATTRIBUTES, CAUGHT, LIBRARY, MISSING
from generators.scopes import Scope
from harness.model.language.expressions import Bytes, Constant, Expression, Place
from harness.model.language.paths import PathAdd, PathAnew, PathAppend, SetPathOf
from harness.model.source import (
    Alias,
    Delete,
    FromImport,
    Import,
    Mark,
    PathEdit,
    SetPath,
    Statement,
    Try,
    Uncache,
)


def lead(dice: Roll, scope: Scope, directories: tuple[str, ...]) -> tuple[Statement, ...]:
    """``__path__`` replaced by some of ``directories``, emptied or deleted."""
    del scope
    if not directories:
        return (SetPath(()),)
    if dice.chance(15):
        return (Delete("__path__"),)
    entries = {dice.pick(directories): None for _ in range(dice.pick((1, 0, 2)))}
    return (SetPath(tuple(entries)),)


def mixed(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``__path__`` replaced by entries of every kind, some for directories of the tree."""
    place = dice.pick(scope.directories) if scope.directories else "r0"
    entries: tuple[Expression, ...] = (
        Constant(f"{place}/"),
        Place(place),
        Bytes(place),
        Place(place, pathlike=True),
        Constant(None),
        Constant(place),
        Constant("."),
        Constant(""),
        Place("r15/x"),
    )
    found = {dice.pick(entries): None for _ in range(dice.pick((1, 2, 3)))}
    return (SetPathOf(tuple(found)),)


def path_edit(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A root taken from ``sys.path`` or added to it, around imports from namespace packages where there are any."""
    root = dice.below(scope.roots - 1) + 1 if scope.roots > 1 and not dice.chance(10) else 0
    edit = PathEdit(root, remove=root not in scope.removed)
    scope.removed ^= {root}
    spread = [place for place in scope.layout.places if place.kind is Kind.NAMESPACE and place.children]
    if not spread or dice.chance(30):
        return (edit,)
    place = dice.pick(spread)
    probe = FromImport(place.name, (Alias(dice.pick(place.children), "w"),))
    last = probe if dice.chance(60) else Try((probe,), "ImportError", (Mark(CAUGHT),))
    scope.bind_path(place.name)
    if dice.chance(50):
        return (Import((Alias(place.name),)), edit, last)
    scope.removed ^= {root}
    return (edit, Import((Alias(place.name),)), PathEdit(root, remove=not edit.remove), last)


def lent(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """An import of a module that the library has, where that stands in the path, or of something below it."""
    name = dice.pick(LIBRARY)
    if dice.chance(30):
        return (Try((Import((Alias(f"{name}.{MISSING}"),)),), "ImportError", (Mark(CAUGHT),)),)
    scope.bind(name)
    found = Import((Alias(name),))
    if not dice.chance(30):
        return (found,)
    return (found, Try((Uncache(name),), "KeyError", (Mark(CAUGHT),)), *path_edit(dice, scope), found)


def anew(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``sys.path`` replaced by another list, or made longer, with roots and things that are no directories."""
    root = f"r{dice.below(scope.roots)}"
    entries: tuple[Expression, ...] = (
        Place(root),
        Constant(root),
        Place(root, pathlike=True),
        Constant(None),
        Constant(1),
        Place("r15"),
        Constant(f"{root}/"),
        Bytes(root),
        Constant(""),
        Constant("."),
    )
    found = tuple({dice.pick(entries): None for _ in range(dice.pick((1, 2, 3)))})
    how: tuple[Statement, ...] = (PathAnew(found), PathAdd(found), PathAdd(found, behind=True))
    return (dice.pick(how),)


def appended(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A directory appended to the ``__path__`` of a module that is known, or of what is no package."""
    path = tuple(dice.pick(scope.known)[0].split(".")) if scope.known else (dice.pick(ATTRIBUTES),)
    entry = dice.pick(scope.directories) if scope.directories else "r15/x"
    return (Try((PathAppend(path, entry),), "Exception", (Mark(CAUGHT),)),)
