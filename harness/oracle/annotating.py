"""Annotations of variables, and what future statements bind (reference/simple_stmts §7.2.2, §7.11.2)."""

from typing import Final

from harness.model.departure import Departure
from harness.model.language.names import ANNOTATIONS, FEATURES, Annotate, FutureImport
from harness.oracle.blocks import Block
from harness.oracle.departing import raises
from harness.oracle.found import Dictionary
from harness.oracle.mangling import private
from harness.oracle.objects import (
    Annotated,
    ClassObject,
    ModuleObject,
    Object,
    Raised,
    Scope,
    Unknown,
    constant,
)
from harness.oracle.scopes import ASSIGNED, bind, load
from harness.oracle.state import Silent, State
from harness.oracle.targets import bind_imported

FEATURES_LEFT: Final = Departure("future.runtime-import", "not bound", "a future statement binds no name")
NOT_EVALUATED: Final = Departure(
    "scope.annotation-evaluated", "not evaluated", "an annotation is not evaluated where the assignment is executed"
)
AT_ONCE: Final = Departure(
    "scope.annotation-lazy", "at once", "an annotation is evaluated where the assignment is executed"
)
LEFT_OUT: Final = raises("module.annotations", "AttributeError", "KeyError")
IN_FUNCTIONS: Final = Departure(
    "scope.annotation-in-function", "evaluated", "annotations are evaluated in functions too"
)


def future(state: State, scope: Scope, statement: FutureImport) -> None:
    """Bind the features as any import does.

    Clauses: future.runtime-import.

    Raises:
        Raised: where an unknown feature was compiled.
    """
    for alias in statement.names:
        if alias.name not in {ANNOTATIONS, *FEATURES}:
            raise Raised("ImportError", state.why("future.unknown-feature-syntaxerror"), name=_FEATURE, path=_FEATURE)
        state.cite(FEATURES_LEFT.clause)
        if not state.departs(FEATURES_LEFT):
            bind_imported(state, scope, alias.asname or alias.name, _FEATURE, state.why())


_FEATURE: Final = Unknown((FEATURES_LEFT.clause,))


def annotate(state: State, scope: Scope, statement: Annotate) -> None:
    """Assign, then evaluate the annotation, or keep it.

    Clauses: scope.annotation-evaluated, scope.annotation-lazy, scope.annotation-in-function,
    future.annotations-only-needed.
    """
    bind(state, scope, statement.name, constant(statement.value), ASSIGNED)
    if scope.block is Block.FUNCTION:
        if scope.texts or not state.departs(IN_FUNCTIONS):
            return
        load(state, scope, statement.annotation)
        return
    if scope.owner and statement.annotation.startswith("__"):
        raise Silent("scope.private-names-mangled")
    key = private(state, statement.name, scope.owner)
    annotations = scope.namespace.annotations
    told = Annotated(statement.annotation, None) if scope.texts else _evaluated(state, scope, statement.annotation)
    annotations[key] = told._replace(before=annotations.get(key))


def _evaluated(state: State, scope: Scope, annotation: str) -> Annotated:
    lazy = not state.departs(AT_ONCE) if state.since(3, 14) else state.departs(NOT_EVALUATED)
    if lazy:
        return Annotated(annotation, scope)
    state.cite("scope.annotation-lazy" if state.since(3, 14) else "scope.annotation-evaluated")
    return Annotated(load(state, scope, annotation).value, None)


def annotation(state: State, owner: Object, key: str) -> Object:
    """The annotation of a variable of a module or class, all of whose annotations are evaluated by then.

    Raises:
        Raised: one of them cannot be evaluated, or the dictionary of a module has none by that name.
        Silent: there are none, or who has them is neither, or is being executed.
    """
    if not isinstance(owner, ModuleObject | ClassObject) or (isinstance(owner, ModuleObject) and owner.executing):
        raise Silent("scope.builtin-attributes")
    held = owner.namespace.annotations
    if key not in held and (isinstance(owner, ClassObject) or not held):
        raise Silent("scope.builtin-attributes")
    found = _all(state, held)
    if key not in found:
        raise Raised("KeyError", state.why("module.annotations"))
    return found[key].value


def annotations(state: State, module: ModuleObject) -> Object:
    """The annotations of a module by their names, all of them evaluated by then.

    Clauses: module.annotations.

    Raises:
        Raised: one of them cannot be evaluated.
        Silent: it has none, or is being executed.
    """
    held = module.namespace.annotations
    if not held or module.executing:
        raise Silent("module.annotations")
    clause = "module.annotations"
    taken = state.error("", LEFT_OUT)
    if taken:
        raise Raised(taken, state.why(clause))
    names = tuple(_all(state, held))
    state.cite(clause)
    return Dictionary(names)


def _all(state: State, held: dict[str, Annotated]) -> dict[str, Annotated]:
    """Evaluate what is not evaluated yet: all, or nothing if one raises.

    Raises:
        Raised: one cannot be evaluated.
        Silent: a variable has several, one of which cannot be; nor is it said which is its annotation.
    """
    found = dict(held)
    for name, item in held.items():
        if item.before is None:
            found[name] = _now(state, item)
            continue
        each: Annotated | None = item
        while each is not None:
            try:
                _now(state, each)
            except Raised:
                raise Silent("scope.annotation-lazy") from None
            each = each.before
        found[name] = Annotated(Unknown(("scope.annotation-lazy",)), None)
    held.update(found)
    return held


def _now(state: State, item: Annotated) -> Annotated:
    if item.scope is None or not isinstance(item.value, str):
        return item
    state.cite("scope.annotation-lazy")
    return Annotated(load(state, item.scope, item.value).value, None)
