"""Statements on ``sys.modules`` (reference/import §5.3.1)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.caching import Block, Recache, Substitute, Uncache
from harness.model.language.word import Word
from harness.oracle.built_in import is_of_library
from harness.oracle.cache import TOO_LATE
from harness.oracle.departing import raises
from harness.oracle.objects import ModuleObject, Raised, Scope, SubstituteObject, constant, is_special
from harness.oracle.scopes import load
from harness.oracle.state import Rule, Silent, State

KEY_ERRORS: Final = raises("scope.missing-key", "LookupError", "AttributeError")
KEY_PASSED: Final = Departure("scope.missing-key", "no exception", "nothing is raised")
EMPTIED: Final = Departure(
    "cache.delete-keeps-references", "emptied", "the names of a module that is taken out of sys.modules become None"
)
UNBOUND_TOO: Final = Departure(
    "submodule.attribute-survives-cache-removal",
    "unbound",
    "a submodule that is taken out of sys.modules is no attribute of its parent any more",
)


def _uncache(state: State, _scope: Scope, statement: Uncache) -> None:
    """Take an entry out of the cache, which changes neither the module nor its parent.

    Clauses: cache.delete-forces-new-search, cache.delete-keeps-references, submodule.attribute-survives-cache-removal.
    """
    key = statement.key
    found = state.cache.values.get(key)
    late = isinstance(found, ModuleObject) and found.executing and key != "__main__" and state.departs(TOO_LATE)
    if late or key not in state.cache.values:
        if state.departs(KEY_PASSED):
            return
        raise Raised(state.error("KeyError", KEY_ERRORS), ("scope.missing-key",))
    if isinstance(found, ModuleObject):
        state.removed[key] = found
        _left_alone(state, key, found)
    state.cache.unbind(key, ("cache.delete-forces-new-search",))
    state.cite("cache.delete-forces-new-search")


def _left_alone(state: State, key: str, module: ModuleObject) -> None:
    names = [name for name in module.namespace.values if not is_special(name)]
    if names and not module.executing and state.departs(EMPTIED):
        for name in names:
            module.namespace.bind(name, None, (EMPTIED.clause,))
    package, _, tail = key.rpartition(".")
    parent = state.cache.values.get(package)
    if isinstance(parent, ModuleObject) and parent.namespace.values.get(tail) is module:
        parent.namespace.why[tail] = (*parent.namespace.why[tail], UNBOUND_TOO.clause)
        if state.departs(UNBOUND_TOO):
            parent.namespace.unbind(tail, (UNBOUND_TOO.clause,))


def _block(state: State, _scope: Scope, statement: Block) -> None:
    """Clauses: cache.assign-none-blocks-existing."""
    state.cache.bind(statement.key, None, ("cache.assign-none-blocks-existing",))


def _substitute(state: State, _scope: Scope, statement: Substitute) -> None:
    """Clauses: cache.non-module-value-accepted."""
    held = {name: constant(value) for name, value in statement.attributes}
    state.cache.bind(statement.key, SubstituteObject(held), ("cache.non-module-value-accepted",))


def _recache(state: State, scope: Scope, statement: Recache) -> None:
    """Clauses: cache.non-module-value-accepted."""
    held = load(state, scope, statement.name).value
    if is_of_library(held):
        raise Silent("scope.builtin-attributes")
    state.cache.bind(statement.key, held, ("cache.non-module-value-accepted",))


STATEMENTS: Final[Mapping[type[Word], Rule]] = {
    Uncache: _uncache,
    Block: _block,
    Substitute: _substitute,
    Recache: _recache,
}
