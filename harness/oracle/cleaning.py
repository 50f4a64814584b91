"""What a failure leaves behind (reference/import §5.4): the failing module, and only that one, leaves the cache."""

from collections.abc import Iterable
from typing import Final

from harness.model.departure import Departure
from harness.oracle.objects import ModuleObject, Object, Raised, Unknown
from harness.oracle.state import State

KEPT: Final = Departure("failure.failing-module-removed", "kept", "a module that failed stays in sys.modules")
KEPT_UNCOMPILED: Final = Departure(
    "failure.syntaxerror-removes", "kept", "a module that failed by a SyntaxError stays in sys.modules"
)
KEPT_AT_EXIT: Final = Departure(
    "failure.base-exception-cleanup",
    "kept",
    "a module that failed by an exception that is no Exception stays in sys.modules",
)
PARENT_REMOVED: Final = Departure(
    "failure.parent-remains", "removed", "the parent of a submodule that failed is taken out of sys.modules too"
)
SUBMODULES_REMOVED: Final = Departure(
    "failure.loaded-submodule-remains-when-package-fails",
    "removed",
    "the submodules that a failing package has loaded are taken out of sys.modules too",
)
OTHERS_REMOVED: Final = Departure(
    "failure.side-effect-modules-remain",
    "removed",
    "the modules that a failing module has loaded are taken out of sys.modules too",
)
BOUND: Final = Departure("failure.no-parent-attribute", "bound", "a submodule that failed is bound in its parent")
BLOWN: Final = Departure(
    "failure.tolerates-self-removal",
    "KeyError",
    "where a failing module has taken itself out of sys.modules, KeyError is raised instead of its exception",
)
CLEARED: Final = Departure(
    "failure.preexisting-modules-remain", "removed", "all modules but those being executed are taken out of sys.modules"
)
WRAPPED: Final = Departure(
    "loading.any-exception-propagates", "wrapped", "an exception that a module raises becomes an ImportError"
)
FAILURE_REMEMBERED: Final = Departure(
    "failure.retry-executes-again", "remembered", "the import of a module that failed fails again at once"
)


def clean_up(state: State, name: str, owner: Object, error: Raised, before: Iterable[str]) -> Raised:
    """Take the failing module out of the cache, and only that one; ``before`` are the keys there were without it.

    The exception propagates as it is, which is returned.

    Clauses: failure.failing-module-removed, failure.syntaxerror-removes, failure.base-exception-cleanup,
    failure.tolerates-self-removal, failure.parent-remains, failure.side-effect-modules-remain,
    failure.loaded-submodule-remains-when-package-fails, failure.preexisting-modules-remain.
    """
    module = state.cache.values.get(name)
    gone = name not in state.cache.values
    _remove(state, name, error)
    state.reasons[:] = error.why
    _others(state, name, before)
    _before(state, name, before)
    parent, _, tail = name.rpartition(".")
    if parent in state.cache.values:
        state.cache.why[parent] = (*state.cache.why[parent], "failure.parent-remains")
        if not _executing(state.cache.values[parent]) and state.departs(PARENT_REMOVED):
            state.cache.unbind(parent, (PARENT_REMOVED.clause,))
    if isinstance(owner, ModuleObject) and tail not in owner.namespace.values:
        owner.namespace.why[tail] = ("failure.no-parent-attribute",)
        if state.departs(BOUND):
            owner.namespace.bind(tail, module, ("failure.no-parent-attribute",))
    found = _propagated(state, error)
    if gone:
        found.why = (*found.why, BLOWN.clause)
        if state.departs(BLOWN):
            found = Raised("KeyError", found.why)
    state.failed[name] = found.again()
    return found


def failed_before(state: State, name: str) -> None:
    """A module whose import failed is searched again (failure.retry-executes-again).

    Raises:
        Raised: in a world where it is not.
    """
    error = state.failed.get(name)
    if error is not None and state.departs(FAILURE_REMEMBERED):
        raise error.again()


def _remove(state: State, name: str, error: Raised) -> None:
    special = ("failure.syntaxerror-removes",) if error.error == "SyntaxError" else ()
    departures = (KEPT, KEPT_UNCOMPILED) if special else (KEPT,)
    if not error.is_a("Exception"):
        special = (*special, "failure.base-exception-cleanup")
        departures = (*departures, KEPT_AT_EXIT)
    if name not in state.cache.values or state.decide(*departures) is None:
        state.cache.unbind(name, ("failure.failing-module-removed", *special))


def _others(state: State, name: str, before: Iterable[str]) -> None:
    """The modules that it has loaded meanwhile stay."""
    loaded = [key for key in state.cache.values.keys() - set(before) if not _executing(state.cache.values[key])]
    inner = [key for key in loaded if key.startswith(f"{name}.")]
    if inner and state.departs(SUBMODULES_REMOVED):
        for key in inner:
            state.cache.unbind(key, (SUBMODULES_REMOVED.clause,))
    others = [key for key in loaded if key != name and key not in inner]
    if others and state.departs(OTHERS_REMOVED):
        for key in others:
            state.cache.unbind(key, (OTHERS_REMOVED.clause,))


def _before(state: State, name: str, before: Iterable[str]) -> None:
    """The modules that were cached before stay too (failure.preexisting-modules-remain)."""
    held = ((key, state.cache.values.get(key)) for key in before)
    kept = [key for key, module in held if isinstance(module, ModuleObject) and not module.executing]
    kept = [key for key in kept if key not in {"__main__", name} and not name.startswith(f"{key}.")]
    if kept and state.departs(CLEARED):
        for key in kept:
            state.cache.unbind(key, (CLEARED.clause,))


def _propagated(state: State, error: Raised) -> Raised:
    if error.is_a("ImportError") or not state.departs(WRAPPED):
        return error
    error = error.settled()
    if error.is_a("ImportError"):
        return error
    unknown = Unknown((WRAPPED.clause,))
    return Raised("ImportError", error.why, name=unknown, path=unknown)


def _executing(held: Object) -> bool:
    return isinstance(held, ModuleObject) and held.executing
