"""Ways to launch a program over a tree."""

from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from generators.choices import Draw, roll, weighted
from generators.layouts import Kind, Layout, Listing, Place, listing
from generators.names import MAIN
from harness.model.case import Embedded, Launch, Module, Script
from harness.model.source import Assign, Extend, Mark, ModuleDir, ModuleGetattr, Source
from harness.model.tree import SourceFile, Tree

_SHARES: Final = weighted((47, "embedded"), (2, "script"), (1, "module"))
"""A script and ``-m`` cost a process each, ten times what an embedded program does: there are as many fewer of them."""


def scripts(known: Listing) -> tuple[Launch, ...]:
    """A script in each directory of the tree, that of the first root first."""
    return tuple(Script(f"{directory}/{MAIN}.py") for directory in sorted(known.directories))


def modules(tree: Tree, layout: Layout) -> tuple[Launch, ...]:
    """``-m`` of a module at the top and of one in, and of, each package whose import does no more than define names."""
    tame = _tame(tree)
    found: list[Launch] = [Module(MAIN, f"r0/{MAIN}.py")]
    for place in layout.places:
        if place.kind is not Kind.MODULE and all(_is_tame(parent, tame) for parent in _line(place, layout)):
            found += [Module(f"{place.name}.{MAIN}", f"{directory}/{MAIN}.py") for directory in place.path]
            found.append(Module(place.name, f"{place.path[0]}/__main__.py"))
    return tuple(found)


def choose(draw: Draw, tree: Tree, known: Listing, layout: Layout) -> Launch:
    """One launch, mostly embedded."""
    dice = roll(draw)
    match dice.pick(_SHARES):
        case "script":
            return dice.pick(scripts(known))
        case "module":
            return dice.pick(modules(tree, layout))
        case _:
            return Embedded()


@st.composite
def _launches(draw: Draw, tree: Tree) -> Launch:
    known = listing(tree)
    return choose(draw, tree, known, known.layout([f"r{root}" for root in range(len(tree.roots))]))


def launches(tree: Tree) -> SearchStrategy[Launch]:
    """Launches over ``tree``: embedded, a script anywhere in it, ``-m`` of whatever surely can be found and loaded."""
    return _launches(tree)


def _tame(tree: Tree) -> frozenset[str]:
    return frozenset(
        f"r{number}/{entry.path}"
        for number, root in enumerate(tree.roots)
        for entry in root.entries
        if isinstance(entry, SourceFile) and _only_defines(entry.source)
    )


def _only_defines(source: Source) -> bool:
    defined: set[str] = set()
    for statement in source.statements:
        match statement:
            case Assign(name=name) if name == "__all__" or name[:2] != "__":
                defined.add(name)
            case Extend(name=name) if name in defined:
                pass
            case ModuleGetattr(names=names, known=known) if known or any(name[:2] == "__" for name in names):
                return False
            case Mark() | ModuleGetattr() | ModuleDir():
                pass
            case _:
                return False
    return True


def _line(place: Place, layout: Layout) -> list[Place]:
    parts = place.name.split(".")
    return [layout.index[".".join(parts[: depth + 1])] for depth in range(len(parts))]


def _is_tame(place: Place, tame: frozenset[str]) -> bool:
    return place.kind is Kind.NAMESPACE or place.file in tame
