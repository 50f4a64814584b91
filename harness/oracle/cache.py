"""The module cache (reference/import §5.3.1): what an import finds there, and when that is not what it yields."""

from typing import Final

from harness.model.departure import Departure
from harness.oracle.departing import raises, refused
from harness.oracle.objects import ModuleObject, Object, Raised, Unknown
from harness.oracle.state import State

SEARCHED_ANEW: Final = Departure(
    "cache.checked-first", "searched anew", "a module in sys.modules is searched and loaded again"
)
TOO_LATE: Final = Departure(
    "loading.in-sys-modules-before-exec", "after execution", "a module is put into sys.modules when its code has run"
)
NONE_SKIPPED: Final = Departure("cache.none-raises-mnfe", "sought anew", "a None in sys.modules is as no entry at all")
NONE_TAKEN: Final = Departure("cache.none-raises-mnfe", "None", "a None in sys.modules is what the import yields")
NONE_ERRORS: Final = raises("errors.mnfe-for-none", "ImportError", "KeyError")
PARENT_SKIPPED: Final = Departure(
    "cache.import-time-error-when-none-parent", "sought anew", "a None for the parent is as no entry at all"
)
PARENT_ERRORS: Final = raises("cache.import-time-error-when-none-parent", "ImportError", "KeyError")
LEFT_TAKEN: Final = Departure(
    "cache.none-left-by-parent", "None", "a None that the parent left in sys.modules is what the import yields"
)
LEFT_SKIPPED: Final = Departure(
    "cache.none-left-by-parent", "sought anew", "where the parent left None in sys.modules the submodule is sought anew"
)
REMEMBERED: Final = Departure(
    "cache.delete-forces-new-search", "remembered", "a module that was taken out of sys.modules is found all the same"
)
PACKAGE_DEMANDED: Final = Departure(
    "bind.sys-modules-entry-makes-pseudo-submodule",
    "a package demanded",
    "what sys.modules holds below a module that is no package is not found",
)
NO_SUBSTITUTES: Final = refused("cache.non-module-value-accepted")
SUBSTITUTES_SKIPPED: Final = Departure(
    "cache.non-module-value-accepted", "sought anew", "what is no module in sys.modules is as no entry at all"
)


def held(state: State, name: str, *, inner: bool = False) -> bool:
    """Whether the cache has an entry by which the import of ``name`` is decided; ``inner`` where it is a parent."""
    kept = state.removed.get(name)
    if kept is not None and name not in state.cache.values and state.departs(REMEMBERED):
        state.cache.bind(name, kept, (REMEMBERED.clause,))
    return name in state.cache.values and not _skipped(state, name, inner=inner)


def held_by_now(state: State, name: str) -> bool:
    """As :func:`held`, once the parent has been imported, which may have left an entry."""
    if name in state.cache.values and state.cache.values[name] is None and state.departs(LEFT_SKIPPED):
        return False
    return held(state, name)


def yielded(state: State, name: str) -> Object:
    """What the import of ``name`` yields, which :func:`held` says is decided by the cache.

    Clauses: cache.none-raises-mnfe, cache.non-module-value-accepted.

    Raises:
        Raised: the entry is ``None``.
    """
    found = state.cache.values[name]
    if found is None and state.departs(NONE_TAKEN):
        return None
    if found is not None and not isinstance(found, ModuleObject) and state.departs(NO_SUBSTITUTES):
        raise Raised("TypeError", state.why(NO_SUBSTITUTES.clause))
    _below_module(state, name)
    return cached(state, name)


def _below_module(state: State, name: str) -> None:
    """A dotted name is found in the cache whatever its parent is.

    Clauses: bind.sys-modules-entry-makes-pseudo-submodule.

    Raises:
        Raised: an implementation has the parent be a package.
    """
    parent = state.cache.values.get(name.rpartition(".")[0])
    if not isinstance(parent, ModuleObject) or "__path__" in parent.namespace.values:
        return
    state.cite(PACKAGE_DEMANDED.clause)
    if state.departs(PACKAGE_DEMANDED):
        raise not_found(state, name, PACKAGE_DEMANDED.clause)


def yielded_by_now(state: State, name: str) -> Object:
    """As :func:`yielded`, once the parent has been imported (cache.none-left-by-parent)."""
    if state.cache.values[name] is not None:
        return yielded(state, name)
    return None if state.departs(LEFT_TAKEN) else cached(state, name, "cache.none-left-by-parent")


def cached(state: State, name: str, *clauses: str) -> Object:
    """What the cache holds for ``name``, which it does; where that is ``None``, ``clauses`` are cited too.

    Clauses: cache.checked-first, cache.none-raises-mnfe, cache.non-module-value-accepted,
    main.in-sys-modules-at-startup.
    """
    found = state.cache.values[name]
    if found is None:
        error = state.error("ModuleNotFoundError", NONE_ERRORS)
        raise not_found(state, name, "errors.mnfe-for-none", "cache.none-raises-mnfe", *clauses, error=error)
    state.cite("cache.checked-first")
    if name == "__main__":
        state.cite("main.in-sys-modules-at-startup")
    if not isinstance(found, ModuleObject):
        state.cite("cache.non-module-value-accepted")
    return found


def parent_blocked(state: State, name: str) -> Raised | None:
    """The exception where the entry of a parent is ``None``; no document says which name it has."""
    if name not in state.cache.values or state.cache.values[name] is not None:
        return None
    if state.decide(PARENT_SKIPPED, NONE_SKIPPED) is not None:
        return None
    error = state.error("ModuleNotFoundError", PARENT_ERRORS)
    raised = not_found(state, name, "errors.mnfe-for-none", "cache.import-time-error-when-none-parent", error=error)
    raised.name = Unknown(("errors.name-attribute",))
    return raised


def not_found(state: State, name: str, *clauses: str, error: str = "ModuleNotFoundError") -> Raised:
    """The exception for a module that cannot be located: its ``name`` is the full name (errors.name-attribute)."""
    path = Unknown(("errors.extension-path-attribute",))
    return Raised(error, state.why(*clauses), name=name, path=path)


def _skipped(state: State, name: str, *, inner: bool) -> bool:
    """Whether the import goes on as if there were no entry (cache.checked-first)."""
    found = state.cache.values[name]
    if found is None:
        return state.departs(NONE_SKIPPED) or (inner and state.departs(PARENT_SKIPPED))
    if not isinstance(found, ModuleObject):
        return state.departs(SUBSTITUTES_SKIPPED)
    return (found.executing and name != "__main__" and state.departs(TOO_LATE)) or state.departs(SEARCHED_ANEW)
