"""Statements that hold others (reference/compound_stmts)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.binding import Import
from harness.model.language.compound import Body, Class, Function, Guard, Try
from harness.model.language.from_import import FromImport
from harness.model.language.names import Mark
from harness.model.language.word import Word
from harness.oracle.execution import execute
from harness.oracle.objects import SOME, ClassObject, FunctionObject, Raised, Scope
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


def _function(state: State, scope: Scope, statement: Function) -> None:
    declared, outward = frozenset(statement.globals), frozenset(statement.nonlocals)
    made = FunctionObject(statement.name, statement.body, declared, scope, outward)
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
        _handle(state, scope, statement.handler, _caught(state, statement.error, error))


def _guard(state: State, scope: Scope, statement: Guard) -> None:
    if load(state, scope, "__name__").value == "__main__":
        execute(state, scope, statement.body)


STATEMENTS: Final[Mapping[type[Word], Rule]] = {Function: _function, Class: _class, Try: _try, Guard: _guard}


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
