"""Sources of the modules of a tree."""

from collections.abc import Mapping
from typing import Final

import msgspec
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from generators import bindings, definitions, edits
from generators.choices import Draw, Roll, roll, weighted
from generators.layouts import Layout, Place, listing
from generators.names import FUNCTION
from generators.plans import Plan, Role, plan
from generators.scopes import Scope, Writer
from harness.model.source import Function, Source, Statement, Uncache
from harness.model.tree import Tree

_STATEMENTS: Final[tuple[Writer, ...]] = weighted(
    (3, definitions.mark),
    (8, bindings.plain),
    (10, bindings.taken),
    (9, bindings.relative),
    (3, bindings.starred),
    (3, bindings.starred_relative),
    (6, definitions.assign),
    (9, definitions.attempt),
    (4, definitions.read),
    (2, definitions.attempt_read),
    (3, definitions.function),
    (2, definitions.invoke),
    (3, definitions.klass),
    (2, definitions.delete),
    (1, definitions.guard),
    (1, definitions.computed),
    (1, definitions.directory),
    (1, edits.read_parent),
    (1, edits.uncache_missing),
    (1, edits.block),
    (1, edits.substitute),
    (1, edits.recache),
    (2, edits.fail),
)


class Surroundings(msgspec.Struct, frozen=True):
    """What all sources of one tree have in common.

    ``pure`` are the names of modules that import nothing, ``busy`` those of all others, ``removable`` those of all that
    remove nothing from the module cache. ``leaves`` are directories in which no directory lies. ``ring`` says which
    files import which modules so that they import each other.
    """

    layout: Layout
    pure: tuple[str, ...]
    busy: tuple[str, ...]
    removable: tuple[str, ...]
    leaves: tuple[str, ...]
    roots: int
    ring: dict[str, str]


def surroundings(
    dice: Roll, layout: Layout, plans: Mapping[str, Plan], *, leaves: tuple[str, ...], roots: int
) -> Surroundings:
    """The surroundings that the plans of all files make."""
    known = [(place.name, plans[place.file]) for place in layout.places if place.file]
    return Surroundings(
        layout,
        tuple(name for name, plan in known if plan.role is Role.PURE),
        tuple(name for name, plan in known if plan.role is not Role.PURE),
        tuple(name for name, plan in known if plan.role is not Role.EDITOR),
        leaves,
        roots,
        _ring(dice, [place for place in layout.places if place.file and plans[place.file].role is not Role.PURE]),
    )


def _ring(dice: Roll, places: list[Place]) -> dict[str, str]:
    size = min(dice.pick((0, 0, 0, 2, 3)), len(places))
    start = dice.below(len(places) or 1)
    members = [*places[start:], *places[:start]][:size]
    return {place.file: members[number - 1].name for number, place in enumerate(members)}


@st.composite
def _sources(draw: Draw, tree: Tree, path: str) -> Source:
    known = listing(tree)
    layout = known.layout([f"r{root}" for root in range(len(tree.roots))])
    around = Surroundings(layout, (), (), (), known.leaves(), len(tree.roots), {})
    return write(draw, path, plan(roll(draw), known.children(path)), around)


def sources(tree: Tree, *, path: str) -> SearchStrategy[Source]:
    """Sources for the file of ``tree`` at ``path`` (such as ``r0/a/__init__.py``) that know what the others define.

    They remove no key from the module cache but their own.
    """
    return _sources(tree, path)


def write(draw: Draw, path: str, plan: Plan, around: Surroundings) -> Source:
    """The source of the file at ``path`` (such as ``r0/a/__init__.py``), as planned."""
    if not plan.length:
        return Source((*plan.early, *plan.late), doc=plan.doc)
    scope = _scope(path, around)
    for name in plan.exports if plan.early else ():
        scope.bind(name)
    body = list(plan.early)
    dice = roll(draw)
    if FUNCTION in plan.exports:
        body += _defined(dice, scope)
    if path in around.ring:
        body += bindings.linked(dice, scope, around.ring[path])
    body += _special(dice, scope, path, around)
    for _ in range(plan.length):
        one = roll(draw)
        body += one.pick(_STATEMENTS)(one, scope)
    body += plan.late
    if plan.role is Role.EDITOR:
        names = tuple(name for name in (scope.own, scope.package) if name in around.removable or name == scope.own)
        body.append(Uncache(dice.pick(tuple(name for name in (*names, *around.removable) if name) or (scope.own,))))
    return Source(tuple(body), doc=plan.doc)


def _scope(path: str, around: Surroundings) -> Scope:
    parts = path.removesuffix(".py").split("/")[1:]
    if parts[-1] == "__init__":
        own = package = ".".join(parts[:-1])
    else:
        own, package = ".".join(parts), ".".join(parts[:-1])
    return Scope(around.layout, own=own, package=package, busy=around.busy)


def _defined(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    body = dice.pick(bindings.ANYWHERE)(dice, scope.inner())
    scope.functions.append((FUNCTION,))
    return (Function(FUNCTION, body),)


def _special(dice: Roll, scope: Scope, path: str, around: Surroundings) -> tuple[Statement, ...]:
    match dice.pick(_SPECIALS):
        case "path":
            return edits.lead(dice, scope, _directories(path, around))
        case "uncache":
            below = tuple(name for name in around.pure if name.startswith(f"{scope.own}."))
            return edits.uncache(dice, scope, below or tuple(name for name in around.pure if name != scope.own))
        case "broken":
            return edits.broken(dice, scope)
        case _:
            return ()


_SPECIALS: Final = weighted((48, ""), (6, "path"), (3, "uncache"), (1, "broken"))


def _directories(path: str, around: Surroundings) -> tuple[str, ...]:
    directory, _, file = path.rpartition("/")
    if file != "__init__.py":
        return ()
    inside = directory.partition("/")[2]
    own = tuple(f"r{number}/{inside}" for number in range(around.roots))
    return (*own, *around.leaves)
