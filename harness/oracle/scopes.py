"""Names in scopes (reference/executionmodel §4.2), as far as import statements need them."""

from collections.abc import Iterator
from typing import Final

from harness.model.departure import Departure
from harness.model.language.compound import Body, Class
from harness.model.language.scoped import bound_names as names_bound
from harness.oracle.attributes import settle
from harness.oracle.blocks import Block
from harness.oracle.builtin_names import builtin, is_builtin
from harness.oracle.departing import raises
from harness.oracle.found import Dictionary
from harness.oracle.hooks import answering
from harness.oracle.lookup import known_special
from harness.oracle.mangling import private, reasons
from harness.oracle.module_types import Found, of_its_class_alone
from harness.oracle.objects import FunctionObject, ModuleObject, Namespace, Object, Raised, Scope, Why
from harness.oracle.state import Silent, State

ASSIGNED: Final[Why] = ("scope.assignment-binds",)
"""Why a name is bound that a statement assigns."""

GLOBAL_KEY: Final = Departure(
    "scope.del-unbound-nameerror",
    "KeyError for a global name",
    "del of an unbound name that a function declares global raises KeyError",
)
LOCAL_ALL_THE_SAME: Final = Departure(
    "bind.global-declaration-respected", "bound locally", "a name that is declared global is bound in the function"
)
OUTWARD_LOCAL: Final = Departure(
    "bind.nonlocal-declaration-respected",
    "bound locally",
    "a name that is declared nonlocal is bound in the function",
)
NOT_UNBOUND: Final = Departure("scope.del-unbinds", "kept", "the name stays bound")
UNBOUND_TO_NONE: Final = Departure("scope.del-unbinds", "bound to None", "the name is bound to None")
DELETED_TWICE: Final = Departure("scope.del-unbound-nameerror", "no exception", "nothing is raised")
DELETED_AGAIN: Final = Departure(
    "scope.del-unbound-nameerror",
    "no exception for what was deleted",
    "nothing is raised where a module or a class had the name and it was deleted",
)
DELETE_ERRORS: Final = raises("scope.del-unbound-nameerror", "KeyError", "AttributeError")
CLASS_SEEN: Final = Departure(
    "scope.nearest-enclosing", "classes too", "a free name refers to what an enclosing class binds"
)
GLOBAL_AT_ONCE: Final = Departure(
    "scope.nearest-enclosing", "global", "a free name is a global one, whatever the enclosing functions bind"
)
DECLARATION_SKIPPED: Final = Departure(
    "scope.free-variable-global", "function around", "a function further out is looked at in spite of the declaration"
)
ENCLOSING_FIRST: Final = Departure(
    "scope.class-unbound-local-is-global", "function around", "the enclosing functions are looked at"
)
NOWHERE: Final = Departure("scope.class-unbound-local-is-global", "not found", "NameError is raised")
LOCAL_ELSE_GLOBAL: Final = Departure("scope.unbound-local", "global", "the global of that name is taken")
UNBOUND_LOCAL_ERRORS: Final = raises("scope.unbound-local", "NameError", "AttributeError")
UNBOUND_ERRORS: Final = raises("scope.unbound-nameerror", "KeyError", "AttributeError", "UnboundLocalError")
BUILTINS_FIRST: Final = Departure("scope.builtins-searched-last", "searched first", "a built-in name hides globals")
DICT_GLOBAL: Final = Departure(
    "module.dict-not-a-global", "a global", "__dict__ is a global name that refers to the namespace of the module"
)
FROM_GETATTR: Final = Departure(
    "getattr.not-for-globals", "called", "the __getattr__ of a module is called for global names that are not bound"
)
NO_BUILTINS: Final = Departure("scope.builtins-searched-last", "not searched", "built-in names are not found")


def function_scope(state: State, function: FunctionObject) -> Scope:
    """The scope of one call of a function."""
    outer = function.scope
    declared = frozenset(private(state, name, outer.owner) for name in function.declared)
    outward = frozenset(private(state, name, outer.owner) for name in function.outward)
    if outward and state.departs(OUTWARD_LOCAL):
        outward = frozenset()
    bound = frozenset(bound_names(state, function.body, outer.owner)) - declared - outward
    bound |= {private(state, name, outer.owner) for name in function.parameters}
    scope = Scope(Namespace(), outer.module, Block.FUNCTION, outer, bound=bound, declared=declared, owner=outer.owner)
    scope.outward = outward
    return scope


def home(scope: Scope, name: str) -> Namespace:
    """The namespace in which a statement of this scope binds or unbinds a name, mangled if it is private.

    Clauses: bind.global-declaration-respected, bind.nonlocal-declaration-respected.
    """
    if name in scope.declared:
        return scope.module
    if name not in scope.outward:
        return scope.namespace
    outer = scope.outer
    while outer is not None and not (outer.block is Block.FUNCTION and name in outer.bound):
        outer = outer.outer
    return scope.module if outer is None else outer.namespace


def class_scope(state: State, outer: Scope, statement: Class) -> Scope:
    """The scope in which the body of a class is executed."""
    bound = frozenset(bound_names(state, statement.body, statement.name))
    return Scope(Namespace(), outer.module, Block.CLASS, outer, bound=bound, owner=statement.name)


def bind(state: State, scope: Scope, name: str, value: Object, why: Why) -> None:
    """Bind ``name`` where a statement in this scope binds it.

    Clauses: bind.function-local-scope, bind.class-scope, bind.global-declaration-respected,
    scope.private-names-mangled.
    """
    why = (*why, *reasons(name, scope.owner))
    name = private(state, name, scope.owner)
    if name in scope.declared and not state.departs(LOCAL_ALL_THE_SAME):
        scope.module.bind(name, value, ("bind.global-declaration-respected", *why))
    elif name in scope.outward:
        home(scope, name).bind(name, value, ("bind.nonlocal-declaration-respected", *why))
    else:
        scope.namespace.bind(name, value, why)


def not_bound(state: State, scope: Scope, name: str, why: Why) -> None:
    """Note why a statement has not bound ``name``, unless it is bound already."""
    name = private(state, name, scope.owner)
    namespace = home(scope, name)
    if name not in namespace.values:
        namespace.why[name] = why


def delete(state: State, scope: Scope, name: str) -> None:
    """Unbind ``name``.

    Raises:
        Raised: NameError (UnboundLocalError in a function) where it is not bound.
    """
    why = reasons(name, scope.owner)
    name = private(state, name, scope.owner)
    namespace = home(scope, name)
    namespace.looks += 1
    settle(state, namespace, name)
    if name not in namespace.values:
        if namespace is scope.module:
            known_special(namespace, name)
        if state.decide(DELETED_TWICE, *([DELETED_AGAIN] if _was_deleted(state, scope, name) else [])):
            return
        error = state.error(_unbound(state, scope, name), DELETE_ERRORS)
        raise Raised(error, (*why, "scope.del-unbound-nameerror"))
    taken = state.decide(NOT_UNBOUND, UNBOUND_TO_NONE)
    if taken is UNBOUND_TO_NONE:
        namespace.bind(name, None, (*why, "scope.del-unbinds"))
    if taken is not None:
        return
    namespace.unbind(name, (*why, "scope.del-unbinds"))


def _was_deleted(state: State, scope: Scope, name: str) -> bool:
    """Whether a class, or a module that sys.modules holds, had the name, and it was deleted."""
    namespace = home(scope, name)
    modules = (held.namespace for held in state.cache.values.values() if isinstance(held, ModuleObject))
    stored = scope.block is Block.CLASS or any(namespace is each for each in modules)
    return stored and "scope.del-unbinds" in namespace.why.get(name, ())


def _unbound(state: State, scope: Scope, name: str) -> str:
    """The exception that ``del`` of an unbound name raises."""
    if (name in scope.declared or name in scope.declared_below) and state.departs(GLOBAL_KEY):
        return "KeyError"
    return "UnboundLocalError" if scope.block is Block.FUNCTION and name in scope.bound else "NameError"


def load(state: State, scope: Scope, name: str) -> Found:
    """What ``name`` refers to.

    Clauses: scope.nearest-enclosing, scope.class-unbound-local-is-global, scope.builtins-searched-last,
    scope.private-names-mangled.

    Raises:
        Raised: NameError (UnboundLocalError for a local of a function) where it is not bound.
    """
    why = reasons(name, scope.owner)
    state.cite(*why)
    name = private(state, name, scope.owner)
    holder = _holder(state, scope, name)
    if holder is None:
        return _global(state, scope.module, name, why)
    namespace = holder.namespace
    namespace.looks += 1
    if name in namespace.values:
        enclosing = () if holder is scope else ("scope.nearest-enclosing",)
        return Found(namespace.values[name], (*namespace.why[name], *enclosing))
    if holder is not scope:
        why = (*namespace.why.get(name, ()), *why, "scope.nearest-enclosing", "scope.unbound-nameerror")
        raise Raised(state.error("NameError", UNBOUND_ERRORS), why)
    if holder.block is Block.FUNCTION and not state.departs(LOCAL_ELSE_GLOBAL):
        error = state.error("UnboundLocalError", UNBOUND_LOCAL_ERRORS)
        raise Raised(error, (*namespace.why.get(name, ()), *why, "scope.unbound-local"))
    if holder.block is Block.CLASS:
        return _unbound_in_class(state, scope, name, why)
    return _global(state, scope.module, name, why)


def _unbound_in_class(state: State, scope: Scope, name: str, why: Why) -> Found:
    """What a local variable of a class refers to that is not bound."""
    clause = "scope.class-unbound-local-is-global"
    taken = state.decide(NOWHERE, ENCLOSING_FIRST)
    if taken is NOWHERE:
        raise Raised("NameError", (*why, clause))
    if taken is ENCLOSING_FIRST and scope.outer is not None:
        return load(state, scope.outer, name)
    return _global(state, scope.module, name, (*why, clause))


def _holder(state: State, scope: Scope, name: str) -> Scope | None:
    """The scope whose local variable ``name`` is; ``None`` where it is a global one.

    Clauses: scope.nearest-enclosing, scope.free-variable-global.
    """
    if name in scope.declared:
        return None
    if name in scope.bound:
        return scope
    outer = scope.outer
    while outer is not None:
        if name in outer.declared and not state.departs(DECLARATION_SKIPPED):
            state.cite("scope.free-variable-global")
            return None
        if name in outer.bound and outer.block is Block.FUNCTION and not state.departs(GLOBAL_AT_ONCE):
            return outer
        if outer.block is Block.CLASS and name in outer.namespace.values and state.departs(CLASS_SEEN):
            return outer
        outer = outer.outer
    return None


def _global(state: State, namespace: Namespace, name: str, why: Why) -> Found:
    """What a global or built-in name refers to; ``why`` says by which clauses it is one."""
    namespace.looks += 1
    settle(state, namespace, name)
    if name in namespace.values and not (is_builtin(name) and state.departs(BUILTINS_FIRST)):
        return Found(namespace.values[name], (*namespace.why[name], *why))
    given = of_its_class_alone(state, namespace, name)
    if given is not None:
        return given
    hook = answering(namespace, name)
    if hook is not None and not hook.lazy and (hook.told or hook.body is None) and state.departs(FROM_GETATTR):
        return Found(hook.value, (FROM_GETATTR.clause,))
    if name == "__dict__":
        state.cite(DICT_GLOBAL.clause)
        if state.departs(DICT_GLOBAL):
            return Found(Dictionary(()), (DICT_GLOBAL.clause,))
    else:
        known_special(namespace, name)
    found = builtin(state, name)
    if found is None or state.departs(NO_BUILTINS):
        raise Raised(
            state.error("NameError", UNBOUND_ERRORS), (*namespace.why.get(name, ()), *why, "scope.unbound-nameerror")
        )
    state.cite(*found.why)
    return found


def bound_names(state: State, body: Body, owner: str = "") -> Iterator[str]:
    """The names that the statements of a body bind, nested functions and classes left alone.

    ``owner`` is the class in whose text the body stands.
    """
    return (private(state, name, owner) for name in names_bound(body))


def demand(state: State, error: str) -> None:
    """Go on, if the language has the built-in exception.

    Raises:
        Silent: it has not yet; that an implementation has none of that name no document says.
    """
    if not state.introduced(error):
        raise Silent("scope.builtins-searched-last")
