"""The mixes: ``PLAIN`` is what programs mostly do.

Each of the ``WIDE`` mixes adds what programs hardly ever do, things that belong together in the same family, so that
they meet.
"""

from typing import Final, TypeAlias

from generators import calls
from generators.chapters import (
    asking,
    attributes,
    binding,
    caching,
    compound,
    failing,
    from_import,
    launching,
    library,
    module_hooks,
    names,
    paths,
    reloading,
    star,
    walking,
)
from generators.choices import weighted
from generators.mixes import Mix, Role
from generators.names import ATTRIBUTES
from generators.scopes import Writer

_Rows: TypeAlias = tuple[tuple[int, Writer], ...]


_PROGRAM: Final[_Rows] = (
    (10, binding.plain),
    (10, from_import.taken),
    (7, names.read),
    (5, star.starred),
    (1, names.mark),
    (2, names.assign),
    (20, compound.attempt),
    (4, compound.attempt_read),
    (4, from_import.read_parent),
    (3, compound.function),
    (3, compound.invoke),
    (2, compound.klass),
    (2, names.delete),
    (1, compound.guard),
    (6, caching.again),
    (5, caching.removal),
    (3, caching.block),
    (3, caching.substitute),
    (2, caching.recache),
    (1, caching.uncache_missing),
)
_EDITED: Final[_Rows] = ((5, paths.path_edit),)
_FAILING: Final[_Rows] = ((1, failing.fail),)
_OUTSIDE: Final[_Rows] = ((4, from_import.relative),)
_INSIDE: Final[_Rows] = ((15, from_import.relative), (5, star.starred_relative))
_MODULES: Final[_Rows] = (
    (3, names.mark),
    (8, binding.plain),
    (10, from_import.taken),
    (9, from_import.relative),
    (3, star.starred),
    (3, star.starred_relative),
    (6, names.assign),
    (9, compound.attempt),
    (4, names.read),
    (2, compound.attempt_read),
    (3, compound.function),
    (2, compound.invoke),
    (3, compound.klass),
    (2, names.delete),
    (1, compound.guard),
    (1, module_hooks.computed),
    (1, module_hooks.directory),
    (1, from_import.read_parent),
    (1, caching.uncache_missing),
    (1, caching.block),
    (1, caching.substitute),
    (1, caching.recache),
    (2, failing.fail),
)
_MAINS: Final = (launching.imported, launching.replaced)
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
    left = () if recaches else (caching.recache,)
    always = (*_PROGRAM, *(_EDITED if edits_path else ()), *_FAILING)
    return Mix(
        name,
        weighted(*(row for row in (*always, *_OUTSIDE, *program) if row[1] not in left)),
        weighted(*(row for row in (*always, *_INSIDE, *program) if row[1] not in left)),
        _MAINS if recaches else (launching.imported,),
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
    (16, attributes.given),
    (10, attributes.deleted),
    (10, attributes.looked),
    (10, attributes.taken),
    (3, attributes.computed),
)
_LED: Final[_Rows] = ((24, attributes.led), (6, attributes.owned), (16, caching.odd_substitute), (6, paths.mixed))
_EXPORTS: Final[_Rows] = ((10, star.listed), (14, star.odd_starred), (6, star.all_taken))
_NAMED: Final[_Rows] = (*_EXPORTS, (4, star.named))
_PRIVATE: Final[_Rows] = (
    (8, names.private_name),
    (30, names.private_class),
    (12, names.private_taken),
    (8, names.annotated),
)
_BODIES: Final[_Rows] = (
    *((2 * weight, writer) for weight, writer in compound.NESTED),
    (10, compound.builtin),
    (8, from_import.bracketed),
    (5, failing.named),
)
_CALLED: Final[_Rows] = (
    (14, calls.imported),
    (12, calls.dunder),
    (12, calls.relative),
    (12, calls.found),
    (4, calls.resolved),
    (4, calls.replaced),
)
_CALLS: Final[_Rows] = (
    *_CALLED,
    (18, calls.reloaded),
    (8, reloading.edited),
    (20, calls.by_hand),
    (12, calls.replaced),
    (8, calls.made),
)
_REMOVALS: Final[_Rows] = ((20, caching.parent_gone), (14, caching.odd_substitute), (16, caching.odd_entry))
_LOST: Final[_Rows] = (
    (18, caching.parent_gone),
    (6, caching.odd_substitute),
    (6, caching.odd_entry),
    (2, caching.failing_parent),
)
_OBJECTS: Final[_Rows] = (
    (20, asking.changed),
    (10, asking.respecified),
    (10, asking.made),
    (8, asking.classified),
    (24, asking.asked),
    (5, asking.loaded),
    (6, paths.anew),
    (6, paths.appended),
)
_LIBRARY: Final[_Rows] = (
    (20, launching.ran),
    (24, walking.listed),
    (12, walking.compared),
    (16, walking.resources),
    (36, library.asked),
    (12, library.spelt),
    (24, library.held),
)
_OF_MODULES: Final[_Rows] = ((4, asking.changed), (6, asking.verbose), (20, module_hooks.lazy))
_WALKED: Final[_Rows] = ((30, walking.resolved), (24, walking.data))
_REMOVERS: Final = ((10, Role.PURE), (10, Role.OPEN), (1, Role.EDITOR), (14, Role.REMOVER))


def _some(rows: _Rows, part: int) -> _Rows:
    return tuple((max(1, weight // part), writer) for weight, writer in rows)


_IMPORTS: Final[_Rows] = (
    (10, binding.plain),
    (10, from_import.taken),
    (5, star.starred),
    (6, names.read),
    (3, names.mark),
    (3, names.assign),
    (12, compound.attempt),
    (3, compound.function),
    (2, compound.klass),
)
_BORROWED: Final = weighted(*_IMPORTS, (24, paths.lent), (12, paths.path_edit))
_BORROWING: Final = Mix(
    "borrowing",
    _BORROWED,
    _BORROWED,
    (),
    weighted(*_IMPORTS, (6, paths.lent)),
    (),
    weighted(*_SHAPES, (12, "lent")),
    weighted(*_ROLES[:2]),
    weighted((1, ()), (3, ("x",)), (2, ("x", "y"))),
)
"""Modules of the library and of the tree by the same names; nothing that looks into them."""

WIDE: Final[tuple[Mix, ...]] = weighted(
    (12, _mix("special", _SPECIAL, modules=_SPECIAL, quiet=(attributes.quiet,))),
    (5, _mix("led", _LED, modules=_LED, quiet=(attributes.path_alone,), edits_path=False, closed=True)),
    (
        4,
        _mix("exports", _NAMED, modules=_NAMED, quiet=(star.listed, star.named), recaches=False),
    ),
    (
        8,
        _mix(
            "private",
            _PRIVATE,
            modules=_PRIVATE,
            quiet=(names.directive,),
            shapes=((12, "private"),),
            defined=_HIDDEN,
            edits_path=False,
        ),
    ),
    (8, _mix("bodies", (*_BODIES, (4, binding.built_in)), modules=_some(_BODIES, 2))),
    (8, _mix("removals", _REMOVALS, modules=_LOST, roles=_REMOVERS)),
    (8, _mix("calls", _CALLS, modules=_some(_CALLED, 2))),
    (
        4,
        _mix(
            "walking",
            _WALKED,
            modules=((40, walking.extended), *_some(_WALKED, 3)),
            quiet=(walking.extended,),
            shapes=((8, "portion"), (4, "data")),
        ),
    ),
    (8, _mix("library", _LIBRARY, shapes=((4, "main"),))),
    (
        6,
        _mix(
            "objects",
            _OBJECTS,
            modules=((4, asking.changed), (6, asking.verbose), (20, module_hooks.lazy)),
            quiet=(module_hooks.lazy,),
        ),
    ),
    (6, _mix("files", shapes=((12, "odd"), (2, "main"), (3, "shadowing")), edits_path=False)),
    (2, _BORROWING),
    (3, _mix("chain", edits_path=False, chained=True)),
    (
        7,
        _mix(
            "all",
            _some((*_SPECIAL, *_EXPORTS, *_PRIVATE, *_BODIES, *_REMOVALS, *_CALLS), 4),
            modules=_some((*_SPECIAL, *_EXPORTS, *_PRIVATE, *_LOST, *_CALLED), 5),
            quiet=(attributes.quiet, star.listed, names.private_name, walking.extended),
            shapes=((2, "odd"), (1, "private"), (1, "main")),
            roles=_REMOVERS,
            edits_path=False,
        ),
    ),
)
"""What programs hardly ever do, each kind of it with a mix of its own."""
