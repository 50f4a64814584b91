"""What a module defines to answer for itself (reference/datamodel §3.3.2.1)."""

from collections.abc import Collection, Mapping
from typing import Final

from harness.model.language.admitting import mangled
from harness.model.language.module_hooks import LazyGetattr, ModuleDir, ModuleGetattr, TracedGetattr
from harness.model.language.word import Word
from harness.oracle.attributes import settle
from harness.oracle.blocks import Block
from harness.oracle.chapters.caching import KEY_ERRORS, KEY_PASSED
from harness.oracle.chapters.names import OPERAND_ERRORS, OPERAND_PASSED, member, reference
from harness.oracle.hooks import Directory, Getattr
from harness.oracle.objects import (
    FunctionObject,
    Items,
    Object,
    Raised,
    Scope,
    Unknown,
    constant,
)
from harness.oracle.scopes import bind, function_scope
from harness.oracle.state import Rule, Silent, State

_CALLED: Final = "getattr.called-for-missing"
_LISTED: Final = "getattr.dir-override"
_TYPES: Final = "scope.operand-types"


def _getattr(state: State, scope: Scope, statement: ModuleGetattr) -> None:
    """Clauses: getattr.called-for-missing."""
    hook = Getattr(statement.names, constant(statement.value), deprecated=statement.deprecated)
    _look_up(state, scope, hook, statement.known)
    if statement.prefix:
        hook.body = lambda name: _global(state, scope, f"{statement.prefix}{name}")
    bind(state, scope, "__getattr__", hook, (_CALLED,))


def _lazy_getattr(state: State, scope: Scope, statement: LazyGetattr) -> None:
    """Clauses: getattr.called-for-missing, getattr.lazy-submodule."""
    hook = Getattr(statement.names, None, lazy=True)
    _look_up(state, scope, hook, statement.known)
    bind(state, scope, "__getattr__", hook, (_CALLED,))


def _look_up(state: State, scope: Scope, hook: Getattr, known: str) -> None:
    """Let it look for names in the list of that name, whenever it is called; without one there is no list."""
    if not known:
        return
    inner = function_scope(state, FunctionObject("__getattr__", (), frozenset(), scope))
    hook.test = lambda name: _is_in(state, name, reference(state, inner, (known,)).value)
    hook.held = lambda: _seen(scope, mangled(known, scope.owner))


def _is_in(state: State, name: str, held: Object) -> bool:
    """Whether a name is in a list or a tuple, or a part of a text (reference/expressions §6.10.2).

    Clauses: scope.operand-types.

    Raises:
        Raised: it is in nothing that could hold it.
        Silent: it is not said what it is, or all that it holds.
    """
    match held:
        case Items(items=items):
            if name not in items and (held.partial or any(isinstance(item, Unknown) for item in items)):
                raise Silent(_TYPES)
            return name in items
        case str():
            return name in held
        case None | bool() | int() | bytes():
            if state.departs(OPERAND_PASSED):
                return False
            raise Raised(state.error("TypeError", OPERAND_ERRORS), state.why(_TYPES))
        case _:
            raise Silent(_TYPES)


def _seen(scope: Scope, name: str) -> Collection[object] | None:
    """What is in the list of that name now, if there is one; what is open stays open."""
    outer: Scope | None = scope
    while outer is not None and (outer.block is not Block.FUNCTION or name not in outer.bound):
        outer = outer.outer
    held = (scope.module if outer is None else outer.namespace).values.get(name)
    if isinstance(held, Items):
        return held.items
    return held if isinstance(held, str) else None


def _global(state: State, scope: Scope, name: str) -> Object:
    """What a function finds by a name in the dictionary of its global ones.

    Clauses: scope.missing-key.

    Raises:
        Raised: there is no such name.
        Silent: a submodule is called so that nobody has bound.
    """
    namespace = scope.module
    namespace.looks += 1
    settle(state, namespace, name)
    if name in namespace.values:
        state.cite(*namespace.why[name])
        return namespace.values[name]
    own = namespace.values.get("__name__")
    if isinstance(own, str) and f"{own}.{name}" in state.cache.values:
        raise Silent("submodule.attribute-while-cached")
    if state.departs(KEY_PASSED):
        return None
    raise Raised(state.error("KeyError", KEY_ERRORS), state.why(*namespace.why.get(name, ()), "scope.missing-key"))


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
    hook.told = True
    bind(state, scope, "__getattr__", hook, (_CALLED,))


def _dir(state: State, scope: Scope, statement: ModuleDir) -> None:
    """Clauses: getattr.dir-override."""
    inner = function_scope(state, FunctionObject("__dir__", (), frozenset(), scope))

    def body() -> list[str]:
        if not statement.listed:
            return [*statement.names]
        held = reference(state, inner, statement.listed).value
        other = reference(state, inner, statement.beside).value if statement.beside else None
        return sorted(_added(state, held, other if statement.beside else Items([*statement.names], mutable=True)))

    bind(state, scope, "__dir__", Directory(body), (_LISTED,))


def _added(state: State, held: Object, other: Object) -> list[str]:
    """The texts of two lists, or two tuples, of which one is added to the other; the characters of two texts.

    Clauses: scope.operand-types.

    Raises:
        Raised: they cannot be added, or are no sequences.
        Silent: it is not said what one is, or they hold more than texts.
    """
    match held, other:
        case str(), str():
            return [*held, *other]
        case (Items(partial=False), Items(partial=False)) if held.mutable is other.mutable:
            items = [*held.items, *other.items]
            names = [item for item in items if isinstance(item, str)]
            if len(names) < len(items):
                raise Silent(_TYPES)
            return names
        case (bytes(), bytes()) | (Items(partial=True), _) | (_, Items(partial=True)):
            raise Silent(_TYPES)
        case (None | bool() | int() | str() | bytes() | Items(), None | bool() | int() | str() | bytes() | Items()):
            raise Raised(state.error("TypeError", OPERAND_ERRORS), state.why(_TYPES))
        case _:
            raise Silent(_TYPES)


STATEMENTS: Final[Mapping[type[Word], Rule]] = {
    ModuleGetattr: _getattr,
    LazyGetattr: _lazy_getattr,
    TracedGetattr: _traced_getattr,
    ModuleDir: _dir,
}
"""A module's `__getattr__` and `__dir__`."""
