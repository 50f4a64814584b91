"""Statements that hold others (reference/compound_stmts)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.binding import Import
from harness.model.language.compound import Body, Class, Edit, Exec, Function, Guard, Statement, Try, statements
from harness.model.language.from_import import FromImport
from harness.model.language.names import Annotate, Mark
from harness.model.language.star import StarImport
from harness.model.language.word import Word
from harness.model.permitted import GIVEN
from harness.model.source import Source
from harness.oracle.compiling import annotations_are_texts, compiled
from harness.oracle.edited import edit
from harness.oracle.execution import EVALUATED, execute
from harness.oracle.objects import (
    SOME,
    ClassObject,
    FunctionObject,
    Globals,
    Namespace,
    Raised,
    Scope,
    constant,
)
from harness.oracle.scopes import ASSIGNED, bind, class_scope, demand, function_scope, load
from harness.oracle.state import Rule, Silent, State

NOT_GUARDED: Final = Departure(
    "bind.try-except-importerror", "not caught", "except ImportError lets an exception pass that is a subclass of it"
)


AT_ONCE: Final = Departure(
    "bind.function-import-deferred", "at once", "the modules that a function imports are imported where it is defined"
)
NO_SUBCLASS: Final = Departure(
    "errors.mnfe-subclass", "not caught", "except ImportError lets a ModuleNotFoundError pass"
)
IN_MODULE: Final = Departure(
    "scope.exec-given-globals", "in the module", "what exec() executes binds names in the module where the call stands"
)
BY_CALLER: Final = Departure(
    "relative.exec-given-globals", "of the module", "a relative import in it is one of the module where the call stands"
)
NOT_INHERITED: Final = Departure(
    "future.inherited-by-exec", "not inherited", "a future statement means nothing to the text that is executed"
)


def _function(state: State, scope: Scope, statement: Function) -> None:
    declared, outward = frozenset(statement.globals), frozenset(statement.nonlocals)
    made = FunctionObject(statement.name, statement.body, declared, scope, outward, statement.parameters)
    bind(state, scope, statement.name, made, ASSIGNED)
    imports = tuple(item for item in statement.body if isinstance(item, Import | FromImport))
    if imports and state.departs(AT_ONCE):
        execute(state, function_scope(state, made), imports)


def _class(state: State, scope: Scope, statement: Class) -> None:
    inner = class_scope(state, scope, statement)
    execute(state, inner, statement.body)
    bind(
        state, scope, statement.name, ClassObject(statement.name, inner.namespace, modules=statement.modules), ASSIGNED
    )


def _try(state: State, scope: Scope, statement: Try) -> None:
    try:
        execute(state, scope, statement.body)
    except Raised as error:
        demand(state, statement.error)
        _handle(state, scope, statement.handler, _caught(state, statement.error, error.caught()))


def _guard(state: State, scope: Scope, statement: Guard) -> None:
    if load(state, scope, "__name__").value == "__main__":
        execute(state, scope, statement.body)


def _exec(state: State, scope: Scope, statement: Exec) -> None:
    """Execute a text in a dictionary.

    Clauses: scope.exec-given-globals, relative.exec-given-globals, future.inherited-by-exec.

    Raises:
        Raised: it is no Python, or raises.
    """
    names = Namespace()
    clause = IN_MODULE.clause
    for name in GIVEN:
        names.unbind(name, (clause,))
    for name, value in statement.given_names:
        names.bind(name, constant(value), (clause,))
    if statement.name:
        bind(state, scope, statement.name, Globals(names), ASSIGNED)
    source = Source(statement.body)
    compiled(state, source)
    state.cite(clause)
    inner = Scope(scope.module, scope.module) if state.departs(IN_MODULE) else Scope(names, names)
    inner.texts = _texts(state, scope, source)
    if any(map(_is_relative, statements(statement.body))):
        state.cite(BY_CALLER.clause)
        if state.departs(BY_CALLER):
            for name in ("__name__", "__package__", "__path__", "__spec__"):
                names.values.pop(name, None)
                if name in scope.module.values:
                    names.bind(name, scope.module.values[name], (BY_CALLER.clause,))
    with state.inside(clause):
        execute(state, inner, statement.body)


def _texts(state: State, scope: Scope, source: Source) -> bool:
    """Whether annotations are texts in what is executed: by a future statement of its own, or where the call stands."""
    own = annotations_are_texts(source)
    if not any(isinstance(item, Annotate) for item in statements(source.statements)):
        return own or scope.texts
    if own:
        return not state.departs(EVALUATED)
    if scope.texts:
        state.cite(NOT_INHERITED.clause)
    return scope.texts and not state.departs(NOT_INHERITED)


def _is_relative(statement: Statement) -> bool:
    return isinstance(statement, FromImport | StarImport) and statement.level > 0


STATEMENTS: Final[Mapping[type[Word], Rule]] = {
    Function: _function,
    Class: _class,
    Exec: _exec,
    Edit: edit,
    Try: _try,
    Guard: _guard,
}


def _caught(state: State, caught: str, error: Raised) -> Raised:
    """The exception, which ``except caught`` catches; its type is decided where that makes a difference.

    Raises:
        Raised: it does not catch it.
        Silent: no document says whether it does.
    """
    if error.is_a(caught):
        if caught == "ImportError" and error.types != (caught,):
            error = _passed(state, error)
        return error
    if not error.may_be(caught):
        raise error
    found = error.settled()
    if found.error == SOME:
        raise Silent(*found.why)
    if not found.is_a(caught):
        raise found
    return _caught(state, caught, found)


def _passed(state: State, error: Raised) -> Raised:
    """What ``except ImportError`` catches although it is a subclass of it.

    Clauses: bind.try-except-importerror, errors.mnfe-subclass.

    Raises:
        Raised: an implementation departs.
    """
    missing = error.may_be("ModuleNotFoundError")
    if missing:
        error.why = (*error.why, NO_SUBCLASS.clause)
    if state.decide(NOT_GUARDED, *((NO_SUBCLASS,) if missing else ())) is None:
        return error
    error = error.settled()
    if error.error != "ImportError":
        raise error
    return error


def _handle(state: State, scope: Scope, handler: Body, error: Raised) -> None:
    """Execute an except clause; an event at its head is there because of the exception it caught."""
    if handler and isinstance(handler[0], Mark):
        guarded = ("bind.try-except-importerror",) if error.is_a("ImportError") else ()
        state.reasons[:] = (*guarded, *error.why)
        state.event(handler[0].label, load(state, scope, "__name__").value)
        handler = handler[1:]
    state.handled.append(error)
    try:
        execute(state, scope, handler)
    finally:
        state.handled.pop()
