"""Programs over a tree: each statement knows what exists, and many look at what those before have left."""

from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from generators.choices import Draw, roll, weighted
from generators.closing import closed
from generators.layouts import Layout, Listing, listing
from generators.mixes import Mix
from generators.names import CAUGHT
from generators.scopes import Scope
from generators.tables import PLAIN
from harness.model.case import Embedded, Launch, Module, Script
from harness.model.source import FromImport, Import, Invoke, Mark, Read, Source, StarImport, Statement, Try
from harness.model.tree import Tree

_LENGTHS: Final = weighted((1, 1), (2, 2), (4, 3), (4, 4), (3, 5), (3, 6))
_ABOUT_ITSELF: Final = 35


def _write(draw: Draw, scope: Scope, mix: Mix, *, filed: bool, length: int) -> Source:
    """A program of ``length`` statements; ``filed`` where it is a file."""
    table = mix.inside if scope.package else mix.outside
    body: list[Statement] = []
    while len(body) < length:
        dice = roll(draw)
        chosen = mix.mains if filed and mix.mains and dice.chance(_ABOUT_ITSELF) else table
        found = dice.pick(chosen)(dice, scope)
        body += _caught(found) if dice.chance(mix.caught) else found
    return Source(tuple(body[:length]))


def _caught(found: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The statements; the last of them, if it asks for something, with a handler."""
    *before, last = found
    if not isinstance(last, Import | FromImport | StarImport | Invoke | Read):
        return found
    return (*before, Try((last,), "Exception", (Mark(CAUGHT),)))


def choose(draw: Draw, known: Listing, layout: Layout, launch: Launch, mix: Mix) -> Source:
    """One program for ``launch`` over the tree that ``known`` lists; ``layout`` is what its roots make importable."""
    length = roll(draw).pick(_LENGTHS)
    package = ""
    roots = known.roots()
    match launch:
        case Script(path=path):
            first = path.rpartition("/")[0]
            layout = known.layout([first, *(root for root in roots if root != first)])
        case Module(name=name, path=path):
            package = name if path.endswith("/__main__.py") else name.rpartition(".")[0]
        case Embedded():
            pass
    scope = Scope(layout, package=package, roots=len(roots), directories=known.places(), free=True, closed=mix.closed)
    source = _write(draw, scope, mix, filed=not isinstance(launch, Embedded), length=length)
    return closed(source) if mix.closed else source


@st.composite
def _programs(draw: Draw, tree: Tree, launch: Launch, mix: Mix) -> Source:
    known = listing(tree)
    return choose(draw, known, known.layout(known.roots()), launch, mix)


def programs(tree: Tree, *, launch: Launch | None = None, mix: Mix = PLAIN) -> SearchStrategy[Source]:
    """Programs of one to six statements over ``tree``, such as ``launch`` (embedded if None) can run."""
    return _programs(tree, launch or Embedded(), mix)
