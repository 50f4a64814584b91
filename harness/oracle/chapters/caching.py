"""Statements on ``sys.modules`` (reference/import §5.3.1)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.caching import Block, Recache, Substitute, Uncache
from harness.model.language.word import Word
from harness.oracle.cache import TOO_LATE
from harness.oracle.departing import raises
from harness.oracle.objects import ModuleObject, Raised, Scope, SubstituteObject, constant
from harness.oracle.scopes import load
from harness.oracle.state import Rule, State

KEY_ERRORS: Final = raises("scope.missing-key", "LookupError", "AttributeError")
KEY_PASSED: Final = Departure("scope.missing-key", "no exception", "nothing is raised")


def _uncache(state: State, _scope: Scope, statement: Uncache) -> None:
    """Take an entry out of the cache (cache.delete-forces-new-search)."""
    key = statement.key
    found = state.cache.values.get(key)
    late = isinstance(found, ModuleObject) and found.executing and key != "__main__" and state.departs(TOO_LATE)
    if late or key not in state.cache.values:
        if state.departs(KEY_PASSED):
            return
        raise Raised(state.error("KeyError", KEY_ERRORS), ("scope.missing-key",))
    if isinstance(found, ModuleObject):
        state.removed[key] = found
    state.cache.unbind(key, ("cache.delete-forces-new-search",))
    state.cite("cache.delete-forces-new-search")


def _block(state: State, _scope: Scope, statement: Block) -> None:
    """Clauses: cache.assign-none-blocks-existing."""
    state.cache.bind(statement.key, None, ("cache.assign-none-blocks-existing",))


def _substitute(state: State, _scope: Scope, statement: Substitute) -> None:
    """Clauses: cache.non-module-value-accepted."""
    held = {name: constant(value) for name, value in statement.attributes}
    state.cache.bind(statement.key, SubstituteObject(held), ("cache.non-module-value-accepted",))


def _recache(state: State, scope: Scope, statement: Recache) -> None:
    """Clauses: cache.non-module-value-accepted."""
    state.cache.bind(statement.key, load(state, scope, statement.name).value, ("cache.non-module-value-accepted",))


STATEMENTS: Final[Mapping[type[Word], Rule]] = {
    Uncache: _uncache,
    Block: _block,
    Substitute: _substitute,
    Recache: _recache,
}
