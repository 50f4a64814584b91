"""Families: one tree and several programs over it, since a tree costs far more to draw and to write than a program."""

from collections.abc import Mapping

import msgspec
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from generators import launches as launching
from generators import programs as programming
from generators.choices import Draw, roll
from generators.layouts import listing
from generators.mixes import Mix
from generators.tables import PLAIN, WIDE
from generators.trees import trees
from harness.model.case import Case, Launch
from harness.model.source import Source
from harness.model.tree import Tree


class Member(msgspec.Struct, frozen=True):
    """A program of a family and the way it is launched."""

    program: Source
    launch: Launch


class Family(msgspec.Struct, frozen=True):
    """A tree and the programs that are run over it."""

    tree: Tree
    members: tuple[Member, ...]

    def cases(self) -> tuple[Case, ...]:
        """Each program as a case of its own."""
        return tuple(Case(self.tree, member.program, member.launch) for member in self.members)


@st.composite
def _families(
    draw: Draw,
    mixes: tuple[Mix, ...],
    drawn_from: Mapping[str, SearchStrategy[Tree]],
    programs: int,
    launches: SearchStrategy[Launch] | None,
) -> Family:
    mix = roll(draw).pick(mixes) if len(mixes) > 1 else mixes[0]
    drawn = draw(drawn_from[mix.name])
    known = listing(drawn)
    layout = known.layout(known.roots())
    members = []
    for _ in range(programs):
        launch = draw(launches) if launches is not None else launching.choose(draw, drawn, known, layout)
        members.append(Member(programming.choose(draw, known, layout, launch, mix), launch))
    return Family(drawn, tuple(members))


def families(
    tree: SearchStrategy[Tree] | None = None,
    *,
    programs: int = 8,
    launches: SearchStrategy[Launch] | None = None,
    wide: bool = False,
) -> SearchStrategy[Family]:
    """Families of one ``tree`` and so many ``programs``.

    ``launches`` must fit every tree that is drawn, such as ``just(Embedded())``; if None, each program gets a launch
    that fits the tree at hand, mostly embedded. With ``wide`` all families have what programs hardly ever do; without,
    all are of the plain mix.
    """
    mixes = WIDE if wide else (PLAIN,)
    drawn_from = {mix.name: trees(mix=mix) if tree is None else tree for mix in set(mixes)}
    return _families(mixes, drawn_from, programs, launches)


def cases(
    tree: SearchStrategy[Tree] | None = None,
    *,
    launches: SearchStrategy[Launch] | None = None,
    wide: bool = False,
) -> SearchStrategy[Case]:
    """Single cases: families of one program."""
    return families(tree, programs=1, launches=launches, wide=wide).map(lambda family: family.cases()[0])
