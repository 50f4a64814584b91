"""Statements that only programs have: imports made again, keys removed between them, and changes of ``sys.path``."""

from generators import definitions, edits
from generators.choices import Roll
from generators.layouts import Kind
from generators.names import CAUGHT
from generators.scopes import Scope
from harness.model.source import Alias, FromImport, Import, Mark, PathEdit, Statement, Try


def again(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """Another import of something that was imported before, or that failed."""
    if not scope.imported:
        return definitions.attempt(dice, scope)
    name = dice.pick(scope.imported)
    alias = Alias(name, "v") if dice.chance(40) else Alias(name)
    if dice.chance(50):
        return (Try((Import((alias,)),), dice.pick(("ImportError", "Exception")), (Mark(CAUGHT),)), Import((alias,)))
    return (Import((alias,)),)


def removal(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``del sys.modules[key]`` of anything, before and after imports of it."""
    return edits.uncache(dice, scope, tuple(scope.imported) or tuple(place.name for place in scope.layout.places))


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
