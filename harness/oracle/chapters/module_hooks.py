"""What a module defines to answer for itself (reference/datamodel §3.3.2.1)."""

from collections.abc import Mapping
from typing import Final

from harness.model.language.module_hooks import LazyGetattr, ModuleDir, ModuleGetattr
from harness.model.language.word import Word
from harness.oracle.objects import Getattr, Items, Scope, constant
from harness.oracle.scopes import bind
from harness.oracle.state import Rule, State


def _getattr(state: State, scope: Scope, statement: ModuleGetattr) -> None:
    """Clauses: getattr.called-for-missing."""
    hook = Getattr(statement.names, constant(statement.value), deprecated=statement.deprecated)
    bind(state, scope, "__getattr__", hook, ("getattr.called-for-missing",))


def _lazy_getattr(state: State, scope: Scope, statement: LazyGetattr) -> None:
    """Clauses: getattr.called-for-missing, getattr.lazy-submodule."""
    bind(state, scope, "__getattr__", Getattr(statement.names, None, lazy=True), ("getattr.called-for-missing",))


def _dir(state: State, scope: Scope, statement: ModuleDir) -> None:
    """Clauses: getattr.dir-override."""
    bind(state, scope, "__dir__", Items([*statement.names], mutable=True), ("getattr.dir-override",))


STATEMENTS: Final[Mapping[type[Word], Rule]] = {ModuleGetattr: _getattr, LazyGetattr: _lazy_getattr, ModuleDir: _dir}
