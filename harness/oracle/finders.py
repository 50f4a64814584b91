"""The finders of path items, and of a module's package (library/pkgutil §get_importer, §iter_importers)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.expressions import Place
from harness.oracle.found import FinderObject, LibraryObject
from harness.oracle.layout import PREFIX
from harness.oracle.loading import import_module
from harness.oracle.objects import Items, Object, Portions, Scope
from harness.oracle.path_entries import odd_entries
from harness.oracle.replacing import bypassed
from harness.oracle.search import entries, package_path, refresh
from harness.oracle.state import Argument, Silent, State

IMPORTER: Final = "pkgutil.get-importer"
IMPORTERS: Final = "pkgutil.iter-importers"
PATH_FINDER: Final = "importlib.machinery.PathFinder"
NOT_CACHED: Final = Departure(IMPORTER, "not cached", "each call makes a finder, of which sys knows nothing")
NO_FINDER: Final = Departure(IMPORTER, "None", "a directory has no finder")
NO_IMPORT: Final = Departure(IMPORTERS, "not imported", "the package of the module is not imported")
TOP_LEVEL: Final = Departure(IMPORTERS, "top-level finders", "those of a submodule are those of top-level modules")
NO_FINDERS: Final = Departure(IMPORTERS, "none", "a submodule has no finders")
NO_TOP_LEVEL: Final = Departure(IMPORTERS, "no top-level finders", "without a name there are no finders")


def get_importer(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The finder of a directory, which is then cached.

    Clauses: pkgutil.get-importer.
    """
    del scope
    item = given["path_item"]
    if not isinstance(item, Place) or item.pathlike or item.path not in state.directories:
        raise Silent(IMPORTER)
    state.cite(IMPORTER)
    return None if state.departs(NO_FINDER) else _finder(state, item.path)


def _finder(state: State, place: str) -> FinderObject:
    if state.departs(NOT_CACHED):
        return FinderObject(place)
    return state.finders.setdefault(place, FinderObject(place))


def iter_importers(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The finders of the package of a submodule, which is imported, or those of top-level modules.

    Clauses: pkgutil.iter-importers.

    Raises:
        Raised: the package cannot be imported.
        Silent: it is none, or has directories that are not there.
    """
    del scope
    name = given.get("fullname", "")
    if not isinstance(name, str):
        raise Silent("scope.operand-types")
    state.cite(IMPORTERS)
    parent = name.rpartition(".")[0]
    if not parent:
        return _top_level(state)
    state.form = "iter_importers"
    if parent not in state.cache.values and state.departs(NO_IMPORT):
        return Items([], mutable=True)
    bypassed(state, parent, "iter_importers")
    path = package_path(state, import_module(state, parent))
    if path is None or not isinstance(path.value, Items | Portions):
        raise Silent(IMPORTERS)
    if state.departs(TOP_LEVEL):
        return _top_level(state)
    if isinstance(path.value, Portions):
        refresh(state, path.value)
    found = entries(state, path.value)
    plain = all(
        not each.of_bytes and each.place in state.directories and each.spelt == f"{PREFIX}{each.place}"
        for each in found
    )
    if len(found) < len(path.value.items) or not plain:
        raise Silent(IMPORTERS)
    finders: list[Object] = [_finder(state, each.place) for each in found]
    return Items([] if state.departs(NO_FINDERS) else finders, mutable=True)


def _top_level(state: State) -> Items:
    """Those on ``sys.meta_path``, and others.

    Raises:
        Silent: ``sys.path`` has entries that are no strings, which are ignored during import; this is none.
    """
    if odd_entries(state):
        raise Silent(IMPORTERS)
    found: list[Object] = [] if state.departs(NO_TOP_LEVEL) else [LibraryObject(PATH_FINDER)]
    return Items(found, mutable=True, partial=bool(found))


def path_importer_cache(state: State) -> Object:
    """``sys.path_importer_cache``: of what get_importer has put there it is known that it is there."""
    return Items([f"{PREFIX}{place}" for place in state.finders], mutable=True, partial=not state.departs(NOT_CACHED))
