"""The mixes: ``PLAIN`` is what programs mostly do.

Each of the ``WIDE`` mixes adds what programs hardly ever do, things that belong together in the same family, so that
they meet.
"""

from typing import Final, TypeAlias

from generators import bindings, bodies, calls, definitions, edits, exports, mains, private, removals, repeats, special
from generators.choices import weighted
from generators.mixes import Mix, Role
from generators.names import ATTRIBUTES
from generators.scopes import Writer

_Rows: TypeAlias = tuple[tuple[int, Writer], ...]


_PROGRAM: Final[_Rows] = (
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
    (6, repeats.again),
    (5, repeats.removal),
    (3, edits.block),
    (3, edits.substitute),
    (2, edits.recache),
    (1, edits.uncache_missing),
)
_EDITED: Final[_Rows] = ((5, repeats.path_edit),)
_FAILING: Final[_Rows] = ((1, edits.fail),)
_OUTSIDE: Final[_Rows] = ((4, bindings.relative),)
_INSIDE: Final[_Rows] = ((15, bindings.relative), (5, bindings.starred_relative))
_MODULES: Final[_Rows] = (
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
_MAINS: Final = (mains.imported, mains.replaced)
_SHAPES: Final = (
    (6, "module"),
    (6, "package"),
    (4, "portion"),
    (4, "again"),
    (1, "twice"),
    (1, "directory"),
    (1, "data"),
)
_DEFINED: Final = (
    (3, ()),
    (4, ("x",)),
    (2, ("x", "y")),
    (2, ("x", "_p")),
    (1, ("y", "_p")),
    (1, ATTRIBUTES),
)
_CAUGHT: Final = 50
_HIDDEN: Final = ((4, ("__x",)), (3, ("x", "_K__x")), (2, ("__x", "_K__x")))
_ROLES: Final = ((12, Role.PURE), (20, Role.OPEN), (1, Role.EDITOR))

PLAIN: Final = Mix(
    "plain",
    weighted(*_PROGRAM, *_EDITED, *_FAILING, *_OUTSIDE),
    weighted(*_PROGRAM, *_EDITED, *_FAILING, *_INSIDE),
    (),
    weighted(*_MODULES),
    (),
    weighted(*_SHAPES),
    weighted(*_ROLES),
    weighted(*_DEFINED),
)
"""Today's language as programs mostly use it."""


def _mix(  # noqa: PLR0913 - a table each
    name: str,
    program: _Rows = (),
    *,
    modules: _Rows = (),
    quiet: tuple[Writer, ...] = (),
    shapes: tuple[tuple[int, str], ...] = (),
    roles: tuple[tuple[int, Role], ...] = _ROLES,
    defined: tuple[tuple[int, tuple[str, ...]], ...] = (),
    edits_path: bool = True,
    recaches: bool = True,
    chained: bool = False,
    closed: bool = False,
) -> Mix:
    left = () if recaches else (edits.recache,)
    always = (*_PROGRAM, *(_EDITED if edits_path else ()), *_FAILING)
    return Mix(
        name,
        weighted(*(row for row in (*always, *_OUTSIDE, *program) if row[1] not in left)),
        weighted(*(row for row in (*always, *_INSIDE, *program) if row[1] not in left)),
        _MAINS if recaches else (mains.imported,),
        weighted(*(row for row in (*_MODULES, *modules) if row[1] not in left)),
        quiet,
        weighted(*_SHAPES, *shapes),
        weighted(*roles),
        weighted(*_DEFINED, *defined),
        chained,
        closed,
        _CAUGHT,
    )


_SPECIAL: Final[_Rows] = (
    (16, special.given),
    (10, special.deleted),
    (10, special.looked),
    (10, special.taken),
    (3, special.computed),
)
_LED: Final[_Rows] = ((24, special.led), (6, special.owned), (16, removals.substitute))
_EXPORTS: Final[_Rows] = ((10, exports.listed), (14, exports.starred), (6, exports.taken))
_NAMED: Final[_Rows] = (*_EXPORTS, (4, exports.named))
_PRIVATE: Final[_Rows] = ((8, private.assign), (30, private.klass), (12, private.taken))
_BODIES: Final[_Rows] = (*((2 * weight, writer) for weight, writer in bodies.NESTED), (8, bodies.builtin))
_CALLS: Final[_Rows] = ((20, calls.imported), (16, calls.dunder), (16, calls.relative), (20, calls.reloaded))
_REMOVALS: Final[_Rows] = ((20, removals.parent), (14, removals.substitute), (10, removals.recache))
_LOST: Final[_Rows] = (
    (18, removals.parent),
    (6, removals.substitute),
    (4, removals.recache),
    (2, removals.failing_parent),
)
_REMOVERS: Final = ((10, Role.PURE), (10, Role.OPEN), (1, Role.EDITOR), (14, Role.REMOVER))


def _some(rows: _Rows, part: int) -> _Rows:
    return tuple((max(1, weight // part), writer) for weight, writer in rows)


WIDE: Final[tuple[Mix, ...]] = weighted(
    (12, _mix("special", _SPECIAL, modules=_SPECIAL, quiet=(special.quiet,))),
    (3, _mix("led", _LED, modules=_LED, quiet=(special.path_alone,), edits_path=False, closed=True)),
    (
        4,
        _mix("exports", _NAMED, modules=_NAMED, quiet=(exports.listed, exports.named), recaches=False),
    ),
    (
        8,
        _mix(
            "private",
            _PRIVATE,
            modules=_PRIVATE,
            quiet=(private.assign,),
            shapes=((12, "private"),),
            defined=_HIDDEN,
            edits_path=False,
        ),
    ),
    (8, _mix("bodies", _BODIES, modules=_some(_BODIES, 2))),
    (8, _mix("removals", _REMOVALS, modules=_LOST, roles=_REMOVERS)),
    (4, _mix("calls", _CALLS, modules=_some(_CALLS[:3], 2))),
    (6, _mix("files", shapes=((12, "odd"), (2, "main")), edits_path=False)),
    (3, _mix("chain", edits_path=False, chained=True)),
    (
        7,
        _mix(
            "all",
            _some((*_SPECIAL, *_EXPORTS, *_PRIVATE, *_BODIES, *_REMOVALS, *_CALLS), 4),
            modules=_some((*_SPECIAL, *_EXPORTS, *_PRIVATE, *_LOST, *_CALLS[:3]), 5),
            quiet=(special.quiet, exports.listed, private.assign),
            shapes=((2, "odd"), (1, "private"), (1, "main")),
            roles=_REMOVERS,
            edits_path=False,
        ),
    ),
)
"""What programs hardly ever do, each kind of it with a mix of its own."""
