"""Merged cases: two or three of those that are given, over one tree, one after the other, and put somewhere else.

What each of them does alone is known; what they do to each other nobody thought of. What no case may say is left out.
"""

from collections.abc import Sequence
from typing import Final

import msgspec
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from generators.choices import Draw, Roll, roll, weighted
from generators.families import Family, Member
from generators.joining import behind, both, renamed, together
from generators.names import MAIN, MISSING
from generators.puttings import HOSTINGS, PUTTINGS, SEQUELS
from harness.model.admission import is_admitted
from harness.model.case import EMBEDDED, Case, Embedded, Launch, Module, Script
from harness.model.language.compound import Body
from harness.model.source import Source
from harness.model.tree import Archive, Root, SourceFile, Tree

_COUNTS: Final = weighted((1, 2), (1, 3))
_WAYS: Final = weighted((1, renamed), (1, behind), (2, together))
_SEQUELS: Final = weighted(
    (8, "after"), (2, "reversed"), (2, "twice"), (2, "again"), (2, "reload"), (2, "reload-between"), (2, "removed")
)
_WHOLE: Final = weighted((12, "plain"), (2, "function"), (2, "class"), (1, "exec"))
_PIECE: Final = weighted((8, "plain"), (6, "try"), (2, "function"), (2, "class"), (1, "exec"))
_ARCHIVES: Final[tuple[Archive | None, ...]] = weighted((6, None), (1, "stored"), (1, "deflate"))
_HOSTED: Final = 40
_HOSTINGS: Final = weighted((4, "import"), (2, "star"), (1, "import_module"), (2, "run_module"), (2, "run_path"))
_NEW: Final = 50
_PART: Final = 20
_LAUNCHES: Final = weighted((20, "embedded"), (2, "script"), (1, "module"), (2, "own"))
_SCRIPT: Final = Script(f"r0/{MAIN}.py")
_MODULE: Final = Module(MAIN, f"r0/{MAIN}.py")


class _Merged(msgspec.Struct, frozen=True):
    """One tree, and for each of the ``cases`` what its program does, over that."""

    tree: Tree
    cases: tuple[Case, ...]
    bodies: tuple[Body, ...]


def merged(material: Sequence[Case], *, programs: int = 4) -> SearchStrategy[Family]:
    """Families of one tree, which two or three cases of the ``material`` share, and at most so many ``programs``.

    Each is admitted. Where all would be refused the family is the first of the cases, as it is.

    Raises:
        ValueError: there is no material.
    """
    if not material:
        message = "cases are merged of others: expected some material"
        raise ValueError(message)
    return _merged(tuple(material), programs)


@st.composite
def _merged(draw: Draw, material: tuple[Case, ...], programs: int) -> Family:
    chosen = [roll(draw).pick(material) for _ in range(roll(draw).pick(_COUNTS))]
    found = _placed(roll(draw), _joined(draw, chosen))
    drawn = (_member(draw, found) for _ in range(programs))
    members = [member for member in drawn if is_admitted(Case(found.tree, member.program, member.launch))]
    if members:
        return Family(found.tree, tuple(members))
    return Family(chosen[0].tree, (Member(chosen[0].program, chosen[0].launch),))


def _joined(draw: Draw, chosen: Sequence[Case]) -> _Merged:
    """The cases over one tree, each with the names and places that it has there."""
    first, *others = chosen
    tree, cases = first.tree, [first]
    for other in others:
        tree, case = roll(draw).pick(_WAYS)(tree, other)
        cases.append(case)
    return _Merged(tree, tuple(cases), tuple(case.program.statements for case in cases))


def _placed(dice: Roll, found: _Merged) -> _Merged:
    """The same; perhaps a module does what a program does, which then imports that, or the roots are archives."""
    tree, bodies = found.tree, found.bodies
    if dice.chance(_HOSTED):
        place = dice.below(len(bodies))
        tree, name, file = _hosted(dice, tree, Source(bodies[place]))
        bodies = (*bodies[:place], HOSTINGS[dice.pick(_HOSTINGS)](name, file), *bodies[place + 1 :])
    archive = dice.pick(_ARCHIVES)
    if archive is not None and tree.roots:
        first, last = dice.pick(((0, None), (0, 1), (-1, None)))
        archived = tree.roots[first:last]
        roots = (
            root if root not in archived else msgspec.structs.replace(root, archive=archive) for root in tree.roots
        )
        tree = Tree(tuple(roots))
    return _Merged(tree, found.cases, bodies)


def _hosted(dice: Roll, tree: Tree, source: Source) -> tuple[Tree, str, str]:
    """The tree in which a module, a new one or not, does in the end what the source does; its name and its place."""
    roots = tree.roots or (Root(),)
    places = [
        (number, entry)
        for number, root in enumerate(roots)
        for entry in root.entries
        if isinstance(entry, SourceFile) and entry.path.endswith(".py")
    ]
    if not places or dice.chance(_NEW):
        return _with(roots, 0, SourceFile(f"{MISSING}.py", source)), MISSING, f"r0/{MISSING}.py"
    number, host = dice.pick(places)
    name = host.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return _with(roots, number, SourceFile(host.path, both(host.source, source))), name, f"r{number}/{host.path}"


def _with(roots: Sequence[Root], number: int, file: SourceFile) -> Tree:
    """The tree of these roots with a file in one of them, in place of what it had there."""
    entries = {entry.path: entry for entry in roots[number].entries} | {file.path: file}
    root = msgspec.structs.replace(roots[number], entries=tuple(entries.values()))
    return Tree((*roots[:number], root, *roots[number + 1 :]))


def _member(draw: Draw, found: _Merged) -> Member:
    """One way to put the programs of the cases one after the other."""
    modules = _modules(found.tree) or (MISSING,)
    bodies = [_piece(roll(draw), body) for body in found.bodies]
    joined = SEQUELS[roll(draw).pick(_SEQUELS)](bodies, roll(draw).pick(modules))
    whole = PUTTINGS[roll(draw).pick(_WHOLE)](joined)
    return Member(Source(whole, found.cases[0].program.doc), _launch(roll(draw), found))


def _piece(dice: Roll, body: Body) -> Body:
    return PUTTINGS[dice.pick(_PIECE)](_part(dice, body))


def _part(dice: Roll, body: Body) -> Body:
    """The whole body, or now and then some statements of it that follow each other."""
    if not dice.chance(_PART):
        return body
    begin = dice.below(len(body) + 1)
    return body[begin : begin + 1 + dice.below(len(body) + 1)]


def _launch(dice: Roll, found: _Merged) -> Launch:
    """How the program is launched, as far as no archive is in the way."""
    if not found.tree.roots or found.tree.roots[0].archive is not None:
        return EMBEDDED
    match dice.pick(_LAUNCHES):
        case "script":
            return _SCRIPT
        case "module":
            return _MODULE
        case "own":
            own = [case.launch for case in found.cases if not isinstance(case.launch, Embedded)]
            return dice.pick(own) if own else EMBEDDED
        case _:
            return EMBEDDED


def _modules(tree: Tree) -> tuple[str, ...]:
    """The names at the top of the roots that a module or a package may have."""
    names = (entry.path.partition("/")[0].removesuffix(".py") for root in tree.roots for entry in root.entries)
    return tuple(dict.fromkeys(name for name in names if name.isidentifier()))
