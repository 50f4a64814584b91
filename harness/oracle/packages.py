"""Packages (reference/import §5.2; PEP 420): what their initialisation does, and what is found in them."""

from typing import Final

from harness.model.departure import Departure
from harness.model.tree import NOTHING
from harness.oracle.departing import raises
from harness.oracle.objects import Items, ModuleObject, Namespace, Object, Portions, Raised, Scope, Spec, Unknown
from harness.oracle.state import State

TWO_LEVELS: Final = Departure(
    "regular.may-contain-subpackages", "two levels", "nothing is found in a package that lies in a package"
)
EMPTY_PASSED_OVER: Final = Departure(
    "init.may-be-empty", "passed over", "an __init__.py that holds nothing makes no regular package"
)
IMPORTED_LEFT_OUT: Final = Departure(
    "init.defines-public-api", "not there", "what the code of a package has imported is no attribute of the package"
)
NOT_BOUND_YET: Final = Departure(
    "init.can-auto-import-submodules",
    "not bound",
    "a submodule that the code of its package imports is not bound in the package",
)
NOTHING_YET: Final = Departure(
    "init.submodule-can-import-package-globals",
    "not before the end",
    "no name can be imported from a package whose code has not come to its end",
)
AS_MODULE: Final = Departure(
    "init.relative-import-anchors-at-package",
    "as of a module",
    "in the code of a package one dot names the package that contains it",
)
NESTED_LEFT: Final = Departure(
    "namespace.nested-in-regular", "not found", "a directory in a regular package is no namespace package"
)
REGULAR_LEFT: Final = Departure(
    "namespace.regular-inside-namespace", "not found", "a regular package in a namespace package is not found"
)
EMPTY_LEFT: Final = Departure("namespace.empty-directory", "not found", "an empty directory is no portion")
INNER_KEPT: Final = Departure(
    "namespace.nested-dynamic",
    "the outer alone",
    "of a namespace package in a namespace package the path stays as it is, though that of the outer one changes",
)
LIST_KEPT: Final = Departure(
    "namespace.path-recomputed-on-list-replacement",
    "not recomputed",
    "after sys.path was replaced by another list the path is as before",
)
RELATIVE_ERRORS: Final = raises("namespace.relative-import-inside", "ImportError", "ValueError")
STILL_PACKAGE: Final = Departure(
    "dpath.deleted-not-package", "as before", "a package that has deleted its __path__ is searched as before"
)
AT_FIRST: Final = Departure(
    "dpath.runtime-change-honoured",
    "as at the end of its code",
    "submodules are sought where __path__ led when the code of the package had come to its end",
)
BY_SPEC: Final = Departure(
    "dpath.spec-locations-not-used-for-search",
    "by its spec",
    "submodules are sought in the submodule_search_locations of the spec, whatever __path__ is",
)


def empty_passed_over(state: State, init: str) -> bool:
    """Whether an ``__init__`` file is none since it holds nothing (init.may-be-empty)."""
    return state.sources.get(init) == NOTHING and state.departs(EMPTY_PASSED_OVER)


def imported_left_out(state: State, module: ModuleObject, name: str) -> bool:
    """Whether a package lacks what its own code has imported; it is bound there, as documented.

    Clauses: init.defines-public-api.
    """
    if module.executing or module.spec is None or not isinstance(module.spec.locations, Items):
        return False
    why = module.namespace.why.get(name, ())
    imported = any(clause.startswith(("from.", "bind.import", "star.")) for clause in why)
    return imported and state.departs(IMPORTED_LEFT_OUT)


def not_bound_yet(state: State, package: Object) -> bool:
    """Whether a submodule is not bound in its package since that is being executed."""
    return isinstance(package, ModuleObject) and package.executing and state.departs(NOT_BOUND_YET)


def nothing_yet(state: State, module: Object) -> bool:
    """Whether nothing can be taken from a package since it is being executed."""
    if not isinstance(module, ModuleObject) or not module.executing or "__path__" not in module.namespace.values:
        return False
    return state.departs(NOTHING_YET)


def levels_more(state: State, scope: Scope, level: int) -> int:
    """How many levels more than its dots say a relative import in the code of a package goes up: none, as documented.

    Clauses: init.relative-import-anchors-at-package.
    """
    inside = level == 1 and "__path__" in scope.module.values
    return int(inside and state.departs(AS_MODULE))


def relative_inside(state: State, package: str) -> None:
    """A relative import is as good in a namespace package (namespace.relative-import-inside).

    Raises:
        Raised: it is not.
    """
    if not _is_namespace(state.cache, package):
        return
    taken = state.error("", RELATIVE_ERRORS)
    if taken:
        unknown = Unknown(("relative.no-parent-package-error",))
        raise Raised(taken, state.why("namespace.relative-import-inside"), name=unknown, path=unknown)


def nested_left(state: State, name: str) -> bool:
    """Whether a directory in a regular package is not found (namespace.nested-in-regular)."""
    owner = state.cache.values.get(name.rpartition(".")[0])
    spec = owner.spec if isinstance(owner, ModuleObject) else None
    return spec is not None and spec.origin is not None and state.departs(NESTED_LEFT)


def regular_left(state: State, spec: Spec) -> bool:
    """Whether a regular package in a namespace package is not found (namespace.regular-inside-namespace)."""
    parent = spec.name.rpartition(".")[0]
    inside = isinstance(spec.locations, Items) and _is_namespace(state.cache, parent)
    return inside and state.departs(REGULAR_LEFT)


def empty_left(state: State, place: str) -> bool:
    """Whether a directory is no portion since it is empty (namespace.empty-directory)."""
    inside = f"{place}/"
    if any(each.startswith(inside) for each in (*state.files, *state.directories)):
        return False
    return state.departs(EMPTY_LEFT)


def inner_kept(state: State, name: str) -> list[Departure]:
    """How the path of a namespace package in another can stay as it is although that of the other has changed."""
    return [INNER_KEPT] if _is_namespace(state.cache, name.rpartition(".")[0]) else []


def list_kept(state: State, name: str) -> list[Departure]:
    """How the path of a top-level namespace package can stay as it is: ``sys.path`` is another list now."""
    return [LIST_KEPT] if state.replaced and "." not in name else []


def still_package(state: State, module: ModuleObject) -> Object:
    """The path of a package that has deleted its own: ``None``, as documented (dpath.deleted-not-package)."""
    locations = None if module.spec is None else module.spec.locations
    return locations if locations is not None and state.departs(STILL_PACKAGE) else None


def searched_now(state: State, module: ModuleObject, path: Object) -> Object:
    """Where the submodules of a package are sought: where its ``__path__`` leads now.

    Clauses: dpath.runtime-change-honoured, dpath.spec-locations-not-used-for-search.
    """
    if module.spec is not None and path is not module.spec.locations and state.departs(BY_SPEC):
        return module.spec.locations
    then = module.path_then
    changed = then is not None and (not isinstance(path, Items) or path.items != then.items)
    return then if changed and not module.executing and state.departs(AT_FIRST) else path


def come_to_end(module: ModuleObject) -> None:
    """The code of the module has come to its end."""
    path = module.namespace.values.get("__path__")
    module.path_then = Items([*path.items], mutable=path.mutable) if isinstance(path, Items) else None


def _is_namespace(cache: Namespace, name: str) -> bool:
    """Whether that is a namespace package."""
    held = cache.values.get(name)
    return isinstance(held, ModuleObject) and held.spec is not None and isinstance(held.spec.locations, Portions)
