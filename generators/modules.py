"""Sources of the modules of a tree."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from generators.chapters import binding, caching, failing, paths
from generators.choices import Draw, Roll, roll, weighted
from generators.layouts import Layout, Listing, Place, importable, listing
from generators.mixes import Mix, Role
from generators.names import FUNCTION, MISSING
from generators.plans import Plan, plan
from generators.scopes import Scope
from generators.tables import PLAIN
from harness.model.source import Function, Source, Statement, Uncache
from harness.model.tree import Tree


class Surroundings(msgspec.Struct, frozen=True):
    """What all sources of one tree have in common.

    ``pure`` are the names of modules that import nothing, ``busy`` those of all others, ``removable`` those of all that
    remove nothing from the module cache. ``leaves`` are directories in which no directory lies. ``ring`` says which
    files import which modules so that they import each other. ``mix`` says how often they do what.
    """

    layout: Layout
    pure: tuple[str, ...]
    busy: tuple[str, ...]
    removable: tuple[str, ...]
    leaves: tuple[str, ...]
    roots: int
    ring: dict[str, str]
    mix: Mix


def surroundings(dice: Roll, known: Listing, plans: Mapping[str, Plan], mix: Mix) -> Surroundings:
    """The surroundings that the plans of all files make."""
    layout = known.layout(known.roots())
    planned = [(place.name, plans[place.file]) for place in layout.places if place.file]
    return Surroundings(
        layout,
        tuple(name for name, plan in planned if plan.role is Role.PURE),
        tuple(name for name, plan in planned if plan.role is not Role.PURE),
        tuple(name for name, plan in planned if plan.role not in _REMOVING),
        known.leaves(),
        len(known.roots()),
        _ring(dice, [place for place in layout.places if place.file and plans[place.file].role is not Role.PURE]),
        mix,
    )


def _ring(dice: Roll, places: list[Place]) -> dict[str, str]:
    size = min(dice.pick((0, 0, 0, 2, 3)), len(places))
    start = dice.below(len(places) or 1)
    members = [*places[start:], *places[:start]][:size]
    return {place.file: members[number - 1].name for number, place in enumerate(members)}


@st.composite
def _sources(draw: Draw, tree: Tree, path: str, mix: Mix) -> Source:
    known = listing(tree)
    around = Surroundings(known.layout(known.roots()), (), (), (), known.leaves(), len(tree.roots), {}, mix)
    return write(draw, path, plan(roll(draw), known.children(path), mix), around)


def sources(tree: Tree, *, path: str, mix: Mix = PLAIN) -> SearchStrategy[Source]:
    """Sources for the file of ``tree`` at ``path`` (such as ``r0/a/__init__.py``) that know what the others define.

    They remove no key from the module cache but their own.
    """
    return _sources(tree, path, mix)


def write(draw: Draw, path: str, plan: Plan, around: Surroundings) -> Source:
    """The source of the file at ``path`` (such as ``r0/a/__init__.py``), as planned."""
    if not plan.length:
        return Source((*plan.early, *_quiet(draw, path, around), *plan.late), doc=plan.doc)
    scope = _scope(path, around, removing=plan.role is Role.REMOVER)
    for name in plan.exports if plan.early else ():
        scope.bind(name)
    body = list(plan.early)
    dice = roll(draw)
    if FUNCTION in plan.exports:
        body += _defined(dice, scope)
    if path in around.ring:
        body += binding.linked(dice, scope, around.ring[path])
    body += _special(dice, scope, path, around)
    for _ in range(plan.length):
        one = roll(draw)
        body += one.pick(around.mix.modules)(one, scope)
    body += plan.late
    if plan.role is Role.EDITOR:
        names = tuple(name for name in (scope.own, scope.package) if name in around.removable or name == scope.own)
        body.append(Uncache(dice.pick(tuple(name for name in (*names, *around.removable) if name) or (MISSING,))))
    return Source(tuple(body), doc=plan.doc)


def _quiet(draw: Draw, path: str, around: Surroundings) -> tuple[Statement, ...]:
    """What may stand in a file that imports nothing."""
    if not around.mix.quiet:
        return ()
    dice = roll(draw)
    if not dice.chance(_LOUD):
        return ()
    scope = _scope(path, around, removing=False)
    scope.free = True
    return dice.pick(around.mix.quiet)(dice, scope)


def _scope(path: str, around: Surroundings, *, removing: bool) -> Scope:
    parts = path.removesuffix(".py").split("/")[1:]
    package = _dotted(parts[:-1])
    own = package if parts[-1] == "__init__" else _dotted(parts)
    removable = tuple(place.name for place in around.layout.places if place.name < own) if removing else ()
    beside = path.rpartition("/")[0]
    directories = _directories(path, around) or tuple(leaf for leaf in around.leaves if leaf != beside)
    return Scope(
        around.layout,
        own=own,
        package=package,
        busy=around.busy,
        removable=removable,
        directories=directories,
        closed=around.mix.closed,
    )


def _dotted(parts: Sequence[str]) -> str:
    """The name of what lies there; empty if no import statement can say it."""
    return ".".join(parts) if all(map(importable, parts)) else ""


def _defined(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    body = dice.pick(binding.ANYWHERE)(dice, scope.inner())
    scope.functions.append((FUNCTION,))
    return (Function(FUNCTION, body),)


def _special(dice: Roll, scope: Scope, path: str, around: Surroundings) -> tuple[Statement, ...]:
    match dice.pick(_SPECIALS):
        case "path":
            return paths.lead(dice, scope, _directories(path, around))
        case "uncache":
            below = tuple(name for name in around.pure if name.startswith(f"{scope.own}."))
            return caching.uncache(dice, scope, below or tuple(name for name in around.pure if name != scope.own))
        case "broken":
            return failing.broken(dice, scope)
        case _:
            return ()


_REMOVING: Final = (Role.EDITOR, Role.REMOVER)
_LOUD: Final = 40
_SPECIALS: Final = weighted((48, ""), (6, "path"), (3, "uncache"), (1, "broken"))


def _directories(path: str, around: Surroundings) -> tuple[str, ...]:
    directory, _, file = path.rpartition("/")
    if file != "__init__.py":
        return ()
    inside = directory.partition("/")[2]
    own = tuple(f"r{number}/{inside}".rstrip("/") for number in range(around.roots))
    return (*own, *around.leaves)
