"""Modules of the standard library that lie on ``sys.path`` (tutorial/modules §6.1.2; library/sys_path_init)."""

from collections.abc import Iterable
from typing import Final

from harness.model.departure import Departure
from harness.model.permitted import LENT, LENT_SINCE, SHADOWED
from harness.oracle.layout import plain
from harness.oracle.objects import Items, ModuleObject
from harness.oracle.path_entries import entry_from
from harness.oracle.search import MODULE_HIDDEN, PACKAGE_HIDDEN
from harness.oracle.state import OddEntry, Silent, State

LIBRARY_FIRST: Final = Departure(
    "path.script-dir-shadows-stdlib",
    "standard library first",
    "a module of the standard library goes before a file of its name at the head of sys.path",
)
LATER_FIRST: Final = Departure(
    "path.stdlib-shadows-later-entries",
    "later entry first",
    "a file in an entry behind the standard library's goes before a module of the library",
)
NAMED_LATER: Final = Departure(
    "path.pythonpath-order",
    "standard library first",
    "a module of the standard library goes before a file of its name in an entry of PYTHONPATH",
)
PACKAGES: Final = frozenset({"concurrent", "wsgiref", "xmlrpc"})
"""Those that are packages."""

_ELSEWHERE: Final = "/lib"


def lent(state: State, name: str) -> ModuleObject | None:
    """The module of the standard library that an import of ``name`` yields; ``None`` where one of the tree is found.

    The library's entries stand behind those that a case begins with, and before those that it appends. Of what is
    lent nothing is said but that it is no module of the tree, and where nothing below it is found.

    Clauses: path.script-dir-shadows-stdlib, path.pythonpath-order, path.stdlib-shadows-later-entries,
    namespace.later-module-beats-earlier-directory, namespace.init-in-any-portion-makes-regular.

    Raises:
        Silent: it is none that is lent.
    """
    if name not in SHADOWED or (name in LENT_SINCE and not state.since(*LENT_SINCE[name])):
        return None
    middle = len(state.path) - state.behind
    before, after = _places(state, name, state.path[:middle]), _places(state, name, state.path[middle:])
    first = next((number for number, place in enumerate(before) if _provides(state, place)), None)
    if first is not None:
        later = all(place in state.named for place in state.path[first:middle])
        against = NAMED_LATER if later else LIBRARY_FIRST
        state.cite(against.clause)
        return _module(state, name, against.clause) if state.departs(against) else None
    if name not in LENT:
        raise Silent(LIBRARY_FIRST.clause)
    why = []
    if any(_provides(state, place) for place in after):
        state.cite(LATER_FIRST.clause)
        why.append(LATER_FIRST.clause)
        if state.departs(LATER_FIRST):
            return None
    if any(place in state.directories for place in before if place):
        hidden = PACKAGE_HIDDEN if name in PACKAGES else MODULE_HIDDEN
        state.cite(hidden.clause)
        why.append(hidden.clause)
        if state.departs(hidden):
            return None
    return _module(state, name, *why)


def _places(state: State, name: str, path: Iterable[str | OddEntry]) -> list[str]:
    """Where entries could have the module; an empty text for one that leads out of the tree."""
    return [_place(state, name, place) for place in path]


def _place(state: State, name: str, place: str | OddEntry) -> str:
    entry = plain(place) if isinstance(place, str) else entry_from(state, place.value)
    return "" if entry is None else entry.below(name)


def _provides(state: State, place: str) -> bool:
    """Whether a module or a regular package lies there.

    Raises:
        Silent: what lies there may be one.
    """
    if not place:
        return False
    files = {f"{place}{suffix}" for suffix in (".py", ".pyc", "/__init__.py", "/__init__.pyc")}
    if not files.isdisjoint(state.files):
        return True
    if place in state.shared or f"{place}/__init__" in state.shared:
        raise Silent("pef.default-file-types")
    return False


def _module(state: State, name: str, *why: str) -> ModuleObject:
    """A module of the library, which is then in the cache."""
    module = ModuleObject(name, None)
    module.of_library = True
    module.namespace.bind("__name__", name, why)
    if name in PACKAGES:
        module.namespace.bind("__path__", Items([f"{_ELSEWHERE}/{name}"], mutable=True), why)
    state.cache.bind(name, module, state.why(*why, "loading.in-sys-modules-before-exec"))
    return module
