"""Binding, reading and unbinding names, calling what they refer to (reference/simple_stmts §7.2, §7.5)."""

import itertools
from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.constants import Items, Literal
from harness.model.language.names import Annotate, Annotation, Assign, Delete, Extend, FutureImport, Invoke, Mark, Read
from harness.model.language.word import Word
from harness.oracle import objects
from harness.oracle.annotating import annotate, annotation, annotations, future
from harness.oracle.departing import given, raises
from harness.oracle.execution import execute
from harness.oracle.loading import import_module
from harness.oracle.lookup import attribute
from harness.oracle.mangling import private, reasons
from harness.oracle.module_types import Found
from harness.oracle.objects import ClassObject, FunctionObject, ModuleObject, Object, Raised, Scope, constant
from harness.oracle.scopes import ASSIGNED, bind, delete, function_scope, load
from harness.oracle.search import package_path
from harness.oracle.state import Rule, Silent, State

GIVEN: Final = given("scope.assignment-binds")
OPERAND_ERRORS: Final = raises("scope.operand-types", "AttributeError", "ValueError")
OPERAND_PASSED: Final = Departure("scope.operand-types", "no exception", "nothing is called or added")
ATTRIBUTE_ERRORS: Final = raises("scope.attribute-missing", "NameError", "KeyError", "ImportError")
CALLER: Final = Departure(
    "module.private-namespace", "of the caller", "the globals of a function are those of the module that calls it"
)
ATTRIBUTE_NONE: Final = Departure("scope.attribute-missing", "None", "an attribute that is missing is None")
UNFILLED: Final = Departure("scope.call-arguments", "None", "a parameter without an argument is None")
DROPPED: Final = Departure("scope.call-arguments", "left out", "arguments that are too many are left out")
PARAMETER_GLOBAL: Final = Departure("scope.call-arguments", "global", "a parameter is bound as a global name")
ARGUMENT_ERRORS: Final = raises("scope.call-arguments", "ValueError", "NameError")
IMPORTED_ON_ACCESS: Final = Departure(
    "submodule.parent-not-bound-by-name-only",
    "imported on access",
    "a reference to an attribute imports the submodule",
)


def _mark(state: State, scope: Scope, statement: Mark) -> None:
    state.event(statement.label, load(state, scope, "__name__").value)


def _assign(state: State, scope: Scope, statement: Assign) -> None:
    bind(state, scope, statement.name, constant(statement.value), ASSIGNED)


def _extend(state: State, scope: Scope, statement: Extend) -> None:
    held = load(state, scope, statement.name).value
    bind(state, scope, statement.name, _extended(state, held, statement.value), ASSIGNED)


def _delete(state: State, scope: Scope, statement: Delete) -> None:
    delete(state, scope, statement.name)


def _read(state: State, scope: Scope, statement: Read) -> None:
    found = reference(state, scope, statement.path)
    bind(state, scope, statement.name, found.value, found.why)


def _invoke(state: State, scope: Scope, statement: Invoke) -> None:
    _call(state, scope, reference(state, scope, statement.path).value, statement.arguments)


def _annotation(state: State, scope: Scope, statement: Annotation) -> None:
    value = annotation(state, reference(state, scope, statement.path).value, statement.key)
    bind(state, scope, statement.name, value, (*ASSIGNED, *state.why()))


STATEMENTS: Final[Mapping[type[Word], Rule]] = {
    FutureImport: future,
    Annotate: annotate,
    Annotation: _annotation,
    Mark: _mark,
    Assign: _assign,
    Extend: _extend,
    Delete: _delete,
    Read: _read,
    Invoke: _invoke,
}


def _call(state: State, caller: Scope, function: Object, arguments: tuple[Literal, ...]) -> None:
    """Call a function of the case, whose globals are those of the module that defines it.

    Clauses: bind.function-import-deferred, module.private-namespace, scope.call-arguments.
    """
    if isinstance(function, objects.Unknown):
        raise Silent(*function.why)
    if isinstance(function, objects.BuiltinObject):
        raise Silent("scope.builtin-attributes")
    if not isinstance(function, FunctionObject):
        if isinstance(function, ClassObject):
            _made(state, function, arguments)
            return
        if state.departs(OPERAND_PASSED):
            return
        raise Raised(state.error("TypeError", OPERAND_ERRORS), ("scope.operand-types",))
    with state.inside("scope.statements-in-order"):
        inner = function_scope(state, function)
        if caller.module is not inner.module and state.departs(CALLER):
            inner.module = caller.module
        _give(state, inner, function.parameters, arguments)
        execute(state, inner, function.body)


def _made(state: State, kind: ClassObject, arguments: tuple[Literal, ...]) -> None:
    """Make an instance of a class, of which a module is given its name (library/types).

    Raises:
        Raised: it is not.
        Silent: nothing is said of what else is given.
    """
    if kind.modules and not arguments:
        _unfilled(state, UNFILLED)
    elif arguments and not (kind.modules and isinstance(arguments[0], str) and not arguments[1:]):
        raise Silent("scope.builtin-attributes")


def _give(state: State, scope: Scope, parameters: tuple[str, ...], arguments: tuple[Literal, ...]) -> None:
    """Bind the parameters of a function in the scope of its call.

    Clauses: scope.call-arguments.

    Raises:
        Raised: there are fewer arguments, or more.
    """
    if len(arguments) != len(parameters):
        _unfilled(state, UNFILLED if len(arguments) < len(parameters) else DROPPED)
    for name, argument in itertools.zip_longest(parameters, arguments[: len(parameters)]):
        own = private(state, name, scope.owner)
        elsewhere = state.departs(PARAMETER_GLOBAL)
        scope.bound -= {own} if elsewhere else set()
        (scope.module if elsewhere else scope.namespace).bind(own, constant(argument), (UNFILLED.clause,))


def _unfilled(state: State, otherwise: Departure) -> None:
    if not state.departs(otherwise):
        raise Raised(state.error("TypeError", ARGUMENT_ERRORS), state.why(UNFILLED.clause))


def reference(state: State, scope: Scope, path: tuple[str, ...]) -> Found:
    """What a name lookup and attribute references lead to.

    Raises:
        Raised: a name is not bound, or there is no such attribute.
    """
    found = load(state, scope, path[0])
    state.cite(*found.why)
    for part in path[1:]:
        state.cite(*reasons(part, scope.owner))
        name = private(state, part, scope.owner)
        if name == "__annotations__" and isinstance(found.value, ModuleObject):
            found = Found(annotations(state, found.value), ("module.annotations",))
            continue
        found = member(state, found.value, name)
    return Found(found.value, state.why(*found.why))


def member(state: State, owner: Object, name: str) -> Found:
    """What a reference to an attribute leads to.

    Raises:
        Raised: there is no such attribute.
    """
    found = attribute(state, owner, name) or _loaded_on_access(state, owner, name)
    if found is None:
        why = state.why(*_absence(owner, name))
        if not state.departs(ATTRIBUTE_NONE):
            raise Raised(state.error("AttributeError", ATTRIBUTE_ERRORS), why)
        found = Found(None, why)
    state.cite(*found.why)
    return found


def _loaded_on_access(state: State, owner: Object, name: str) -> Found | None:
    """Nothing: a reference imports no submodule (submodule.parent-not-bound-by-name-only)."""
    if (
        not isinstance(owner, ModuleObject)
        or package_path(state, owner) is None
        or not state.departs(IMPORTED_ON_ACCESS)
    ):
        return None
    submodule = f"{owner.name}.{name}"
    try:
        return Found(import_module(state, submodule), ("submodule.parent-not-bound-by-name-only",))
    except Raised as error:
        if error.name != submodule:
            raise
        return None


def _absence(owner: Object, name: str) -> tuple[str, ...]:
    """The clauses by which an attribute is missing."""
    clauses = ("submodule.parent-not-bound-by-name-only", "module.attribute-lookup-is-dict", "scope.attribute-missing")
    if not isinstance(owner, ModuleObject):
        return ("scope.attribute-missing",)
    partial = ("circular.partial-module-visible",) if owner.executing else ()
    return (*owner.namespace.why.get(name, ()), *partial, *clauses)


def _extended(state: State, held: Object, value: Items) -> Object:
    """``held += value``.

    Raises:
        Raised: TypeError where ``held`` is neither a list nor, with a tuple, a tuple.
    """
    added = [constant(item) for item in value.items]
    match held:
        case objects.Items(mutable=True):
            held.items.extend(added)
            return held
        case objects.Items() if not value.mutable:
            return objects.Items([*held.items, *added], mutable=False)
        case objects.Portions() | objects.Unknown():
            raise Silent("namespace.path-custom-type")
        case _ if state.departs(OPERAND_PASSED):
            return held
        case _:
            raise Raised(state.error("TypeError", OPERAND_ERRORS), ("scope.operand-types",))
