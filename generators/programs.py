"""Programs over a tree: each statement knows what exists, and many look at what those before have left."""

from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from generators import bindings, definitions, edits
from generators.choices import Draw, Roll, roll, weighted
from generators.layouts import Kind, Layout, Listing, listing
from generators.names import CAUGHT
from generators.scopes import Scope, Writer
from harness.model.case import Embedded, Launch, Module, Script
from harness.model.source import Alias, FromImport, Import, Mark, PathEdit, Source, Statement, Try
from harness.model.tree import Tree

_LENGTHS: Final = weighted((1, 1), (2, 2), (4, 3), (4, 4), (3, 5), (3, 6))


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


_ANY: Final[tuple[tuple[int, Writer], ...]] = (
    (10, bindings.plain),
    (10, bindings.taken),
    (7, definitions.read),
    (5, bindings.starred),
    (1, definitions.mark),
    (2, definitions.assign),
    (20, definitions.attempt),
    (4, definitions.attempt_read),
    (4, edits.read_parent),
    (3, definitions.function),
    (3, definitions.invoke),
    (2, definitions.klass),
    (2, definitions.delete),
    (1, definitions.guard),
    (6, again),
    (5, removal),
    (3, edits.block),
    (3, edits.substitute),
    (2, edits.recache),
    (1, edits.uncache_missing),
    (5, path_edit),
    (1, edits.fail),
)
_STATEMENTS: Final = weighted(*_ANY, (4, bindings.relative))
_STATEMENTS_INSIDE: Final = weighted(*_ANY, (15, bindings.relative), (5, bindings.starred_relative))


def write(draw: Draw, layout: Layout, *, package: str, roots: int, length: int) -> Source:
    """A program of ``length`` statements in a module that belongs to ``package``."""
    scope = Scope(layout, package=package, roots=roots)
    table = _STATEMENTS_INSIDE if package else _STATEMENTS
    body: list[Statement] = []
    while len(body) < length:
        dice = roll(draw)
        body += dice.pick(table)(dice, scope)
    return Source(tuple(body[:length]))


def choose(draw: Draw, known: Listing, layout: Layout, launch: Launch, roots: int) -> Source:
    """One program for ``launch`` over the tree that ``known`` lists; ``layout`` is what its roots make importable."""
    length = roll(draw).pick(_LENGTHS)
    package = ""
    match launch:
        case Script(path=path):
            first = path.rpartition("/")[0]
            others = [f"r{root}" for root in range(roots)]
            layout = known.layout([first, *(other for other in others if other != first)])
        case Module(name=name, path=path):
            package = name if path.endswith("/__main__.py") else name.rpartition(".")[0]
        case Embedded():
            pass
    return write(draw, layout, package=package, roots=roots, length=length)


@st.composite
def _programs(draw: Draw, tree: Tree, launch: Launch) -> Source:
    known = listing(tree)
    layout = known.layout([f"r{root}" for root in range(len(tree.roots))])
    return choose(draw, known, layout, launch, len(tree.roots))


def programs(tree: Tree, *, launch: Launch | None = None) -> SearchStrategy[Source]:
    """Programs of one to six statements over ``tree``, such as ``launch`` (embedded if None) can run."""
    return _programs(tree, launch or Embedded())
