"""Statements on ``__path__`` and ``sys.path`` (reference/import §5.4.6, §5.5)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.paths import PathEdit, SetPath
from harness.model.language.word import Word
from harness.oracle.departing import raises
from harness.oracle.layout import PREFIX
from harness.oracle.objects import Items, Raised, Scope
from harness.oracle.scopes import bind
from harness.oracle.state import Rule, State

ITEM_ERRORS: Final = raises("scope.missing-item", "KeyError", "IndexError")
ITEM_PASSED: Final = Departure("scope.missing-item", "no exception", "nothing is raised")


def _set_path(state: State, scope: Scope, statement: SetPath) -> None:
    """Clauses: dpath.init-may-alter."""
    value = Items([PREFIX + entry for entry in statement.entries], mutable=True)
    bind(state, scope, "__path__", value, ("dpath.init-may-alter",))


def _edit(state: State, _scope: Scope, statement: PathEdit) -> None:
    """Clauses: path.runtime-modification."""
    entry = f"r{statement.root}"
    if not statement.remove:
        state.path.append(entry)
    elif entry in state.path:
        state.path.remove(entry)
    elif not state.departs(ITEM_PASSED):
        raise Raised(state.error("ValueError", ITEM_ERRORS), ("scope.missing-item",))


STATEMENTS: Final[Mapping[type[Word], Rule]] = {SetPath: _set_path, PathEdit: _edit}
