"""What a module defines to answer for itself (reference/datamodel §3.3.2.1)."""

from collections.abc import Mapping
from typing import Final

from harness.model.language.module_hooks import LazyGetattr, ModuleDir, ModuleGetattr, TracedGetattr
from harness.model.language.word import Word
from harness.oracle.chapters.names import OPERAND_ERRORS, member, reference
from harness.oracle.objects import Directory, FunctionObject, Getattr, Items, Object, Raised, Scope, constant
from harness.oracle.scopes import bind, function_scope
from harness.oracle.state import Rule, Silent, State

_CALLED: Final = "getattr.called-for-missing"
_LISTED: Final = "getattr.dir-override"


def _getattr(state: State, scope: Scope, statement: ModuleGetattr) -> None:
    """Clauses: getattr.called-for-missing."""
    hook = Getattr(statement.names, constant(statement.value), deprecated=statement.deprecated)
    bind(state, scope, "__getattr__", hook, (_CALLED,))


def _lazy_getattr(state: State, scope: Scope, statement: LazyGetattr) -> None:
    """Clauses: getattr.called-for-missing, getattr.lazy-submodule."""
    bind(state, scope, "__getattr__", Getattr(statement.names, None, lazy=True), (_CALLED,))


def _traced_getattr(state: State, scope: Scope, statement: TracedGetattr) -> None:
    """Clauses: getattr.called-for-missing, getattr.attributeerror."""
    inner = function_scope(state, FunctionObject("__getattr__", (), frozenset(), scope))

    def body(name: str) -> Object:
        state.event(statement.label, name)
        state.cite(_CALLED)
        if not statement.of:
            raise Raised("AttributeError", state.why("getattr.attributeerror"))
        found = member(state, reference(state, inner, statement.of).value, name)
        if statement.kept:
            inner.module.bind(name, found.value, state.why(*found.why))
        return found.value

    hook = Getattr(statement.names, None)
    hook.body = body
    bind(state, scope, "__getattr__", hook, (_CALLED,))


def _dir(state: State, scope: Scope, statement: ModuleDir) -> None:
    """Clauses: getattr.dir-override."""
    inner = function_scope(state, FunctionObject("__dir__", (), frozenset(), scope))

    def body() -> list[str]:
        names = [*statement.names]
        return sorted([*_listed(state, inner, statement.listed), *names]) if statement.listed else names

    bind(state, scope, "__dir__", Directory(body), (_LISTED,))


def _listed(state: State, scope: Scope, path: tuple[str, ...]) -> list[str]:
    """The texts of a list, to which another is added.

    Clauses: scope.operand-types.

    Raises:
        Raised: it is none, but what a list cannot be added to.
        Silent: it is not said what it is, or its items are not all texts.
    """
    held = reference(state, scope, path).value
    match held:
        case Items(items=items, mutable=True, partial=False):
            names = [item for item in items if isinstance(item, str)]
            if len(names) < len(items):
                raise Silent("scope.operand-types")
            return names
        case None | bool() | int() | str() | bytes() | Items(mutable=False):
            raise Raised(state.error("TypeError", OPERAND_ERRORS), state.why("scope.operand-types"))
        case _:
            raise Silent("scope.operand-types")


STATEMENTS: Final[Mapping[type[Word], Rule]] = {
    ModuleGetattr: _getattr,
    LazyGetattr: _lazy_getattr,
    TracedGetattr: _traced_getattr,
    ModuleDir: _dir,
}
"""A module's `__getattr__` and `__dir__`."""
