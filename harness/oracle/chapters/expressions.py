"""The values of expressions, and calls of documented functions (reference/expressions §6.2, §6.3)."""

from collections.abc import Mapping
from typing import Final

from harness.model.language.expressions import (
    Bind,
    Bytes,
    Call,
    Constant,
    Expression,
    Hook,
    Instance,
    Library,
    Names,
    Place,
    Reference,
    given,
)
from harness.model.language.word import Word
from harness.oracle.built_in import is_of_library
from harness.oracle.chapters.names import reference
from harness.oracle.objects import ClassObject, InstanceObject, Namespace, Object, Scope, constant
from harness.oracle.scopes import ASSIGNED, bind
from harness.oracle.state import Argument, Rule, Silent, State


def _bind(state: State, scope: Scope, statement: Bind) -> None:
    """Evaluate the expression, then bind the name, if there is one.

    Clauses: scope.assignment-binds.
    """
    value = _value(state, scope, statement.value)
    if statement.name:
        bind(state, scope, statement.name, _object(value), (*ASSIGNED, *state.why()))


def _value(state: State, scope: Scope, expression: Expression) -> Argument:
    match expression:
        case Constant(value=value):
            return constant(value)
        case Reference(path=path):
            return reference(state, scope, path).value
        case Names():
            return scope.module
        case Place() | Hook():
            return expression
        case Library(name=name):
            return state.rules.held[name](state)
        case Bytes(text=text):
            return text.encode("latin-1", "replace")
        case Instance(path=path):
            return _instance(state, scope, path)
        case Call():
            return _called(state, scope, expression)


def _instance(state: State, scope: Scope, path: tuple[str, ...]) -> Object:
    """A new instance of a class of the case.

    Raises:
        Silent: it is none.
    """
    kind = reference(state, scope, path).value
    if not isinstance(kind, ClassObject) or kind.modules:
        raise Silent("scope.operand-types")
    made = InstanceObject(kind)
    state.instances.append(made)
    return made


def _called(state: State, scope: Scope, call: Call) -> Object:
    """What a call returns: the function is looked up, then its arguments are evaluated (§6.16)."""
    if call.function in state.rules.lacking:
        state.rules.lacking[call.function](state)
    arguments = {parameter.name: _value(state, scope, argument) for parameter, argument in given(call)}
    if any(map(is_of_library, arguments.values())):
        raise Silent("scope.builtin-attributes")
    form, state.form = state.form, call.function
    try:
        return state.rules.functions[call.function](state, scope, arguments)
    finally:
        state.form = form


def _object(value: Argument) -> Object:
    if isinstance(value, Namespace | Place | Hook):
        message = "expected an object, got a namespace, a path or a hook: admission lets none be bound"
        raise TypeError(message)
    return value


STATEMENTS: Final[Mapping[type[Word], Rule]] = {Bind: _bind}
