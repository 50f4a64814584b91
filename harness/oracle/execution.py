"""Executing the statements of a source (reference/simple_stmts, reference/compound_stmts)."""

import functools
from typing import Final, NamedTuple, TypeAlias, assert_never

from harness.model.case import statements
from harness.model.departure import Departure
from harness.model.exceptions import introduced
from harness.model.source import (
    Assign,
    Block,
    Broken,
    Class,
    Delete,
    Extend,
    FromImport,
    Function,
    Guard,
    Import,
    Invoke,
    Items,
    Literal,
    Mark,
    ModuleDir,
    ModuleGetattr,
    PathEdit,
    Raise,
    Read,
    Recache,
    SetPath,
    Source,
    StarImport,
    Statement,
    Substitute,
    Try,
    Uncache,
    is_step,
)
from harness.oracle import objects
from harness.oracle.binding import from_statement
from harness.oracle.cache import TOO_LATE
from harness.oracle.departing import given, raises
from harness.oracle.importing import import_statement
from harness.oracle.layout import PREFIX
from harness.oracle.loading import import_module
from harness.oracle.lookup import Found, attribute
from harness.oracle.mangling import private, reasons
from harness.oracle.objects import SOME, ClassObject, FunctionObject, ModuleObject, Object, Raised, Scope
from harness.oracle.scopes import bind, class_scope, delete, function_scope, load
from harness.oracle.search import package_path
from harness.oracle.star import star_statement
from harness.oracle.state import Silent, State

_Control: TypeAlias = Mark | Raise | Try | Guard | Invoke | Broken
_Definition: TypeAlias = Assign | Extend | Delete | Read | Function | Class | ModuleGetattr | ModuleDir | _Control
_System: TypeAlias = Uncache | Block | Substitute | Recache | SetPath | PathEdit | _Definition
_IMPORTS: Final = (Import, FromImport, StarImport)
_ASSIGNED: Final = ("scope.assignment-binds",)

GIVEN: Final = given("scope.assignment-binds")
HOISTED: Final = Departure(
    "scope.statements-in-order", "imports first", "the imports of a file are executed before its other statements"
)
NOT_GUARDED: Final = Departure(
    "bind.try-except-importerror", "not caught", "except ImportError lets an exception pass that is a subclass of it"
)
KEY_ERRORS: Final = raises("scope.missing-key", "LookupError", "AttributeError")
KEY_PASSED: Final = Departure("scope.missing-key", "no exception", "nothing is raised")
ITEM_ERRORS: Final = raises("scope.missing-item", "KeyError", "IndexError")
ITEM_PASSED: Final = Departure("scope.missing-item", "no exception", "nothing is raised")
OPERAND_ERRORS: Final = raises("scope.operand-types", "AttributeError", "ValueError")
OPERAND_PASSED: Final = Departure("scope.operand-types", "no exception", "nothing is called or added")
ATTRIBUTE_ERRORS: Final = raises("scope.attribute-missing", "NameError", "KeyError", "ImportError")
ATTRIBUTE_NONE: Final = Departure("scope.attribute-missing", "None", "an attribute that is missing is None")
IMPORTED_ON_ACCESS: Final = Departure(
    "submodule.parent-not-bound-by-name-only",
    "imported on access",
    "a reference to an attribute imports the submodule",
)


class _Outline(NamedTuple):
    """Of a source: the numbers of its statements, 0 for one whose end is no event; names that functions declare global.

    ``imports`` tells whether another statement comes before one of its imports.
    """

    steps: tuple[int, ...]
    declared: frozenset[str]
    imports: bool


def execute_module(state: State, source: Source, module: ModuleObject, label: str) -> None:
    """Execute a file in the namespace of its module; its first act is an event with the file's path."""
    module.namespace.bind("__doc__", source.doc, ("module.doc-attribute",))
    state.event(label, module.namespace.values["__name__"])
    execute_source(state, Scope(module.namespace, module.namespace), source, label)


def execute_source(state: State, scope: Scope, source: Source, label: str) -> None:
    """Execute the statements of a file or program; the end of each that may raise is an event."""
    outline = _outlined(source)
    scope.declared_below = outline.declared
    numbered = list(zip(source.statements, outline.steps, strict=True))
    if outline.imports and state.departs(HOISTED):
        first = [item for item in numbered if isinstance(item[0], _IMPORTS)]
        numbered = [*first, *(item for item in numbered if not isinstance(item[0], _IMPORTS))]
    for statement, step in numbered:
        state.reasons.clear()
        _statement(state, scope, statement)
        if step:
            state.event(label, step)


@functools.lru_cache(maxsize=4096)
def _outlined(source: Source) -> _Outline:
    """What is the same whenever the source is executed: it is again and again, in each world."""
    imports = [isinstance(statement, _IMPORTS) for statement in source.statements]
    functions = (item for item in statements(source.statements) if isinstance(item, Function))
    return _Outline(
        tuple(number if is_step(item) else 0 for number, item in enumerate(source.statements, 1)),
        frozenset(name for function in functions for name in function.globals),
        imports=False in imports[: sum(imports)],
    )


def execute(state: State, scope: Scope, body: tuple[Statement, ...]) -> None:
    """Execute statements in order.

    Raises:
        Raised: one of them raised, and nothing here caught it.
    """
    form = state.form
    try:
        for statement in body:
            state.reasons.clear()
            _statement(state, scope, statement)
    finally:
        state.form = form


def _statement(state: State, scope: Scope, statement: Statement) -> None:
    match statement:
        case Import():
            import_statement(state, scope, statement)
        case FromImport():
            state.form = "from-import"
            from_statement(state, scope, statement)
        case StarImport():
            state.form = "star import"
            star_statement(state, scope, statement)
        case _:
            _cache_statement(state, scope, statement)


def _cache_statement(state: State, scope: Scope, statement: _System) -> None:
    """Statements on ``sys.modules`` and on paths.

    Clauses: cache.delete-forces-new-search, cache.assign-none-blocks-existing, cache.non-module-value-accepted,
    path.runtime-modification, dpath.init-may-alter.
    """
    match statement:
        case Uncache(key=key):
            _remove(state, key)
        case Block(key=key):
            state.cache.bind(key, None, ("cache.assign-none-blocks-existing",))
        case Substitute(key=key, attributes=attributes):
            held = {name: _literal(value) for name, value in attributes}
            state.cache.bind(key, objects.SubstituteObject(held), ("cache.non-module-value-accepted",))
        case Recache(key=key, name=name):
            state.cache.bind(key, load(state, scope, name).value, ("cache.non-module-value-accepted",))
        case SetPath(entries=entries):
            value = objects.Items([PREFIX + entry for entry in entries], mutable=True)
            bind(state, scope, "__path__", value, ("dpath.init-may-alter",))
        case PathEdit(root=root, remove=remove):
            _edit_path(state, f"r{root}", remove=remove)
        case _:
            _definition(state, scope, statement)


def _remove(state: State, key: str) -> None:
    """Take an entry out of the cache (cache.delete-forces-new-search)."""
    found = state.cache.values.get(key)
    late = isinstance(found, ModuleObject) and found.executing and key != "__main__" and state.departs(TOO_LATE)
    if late or key not in state.cache.values:
        if state.departs(KEY_PASSED):
            return
        raise Raised(state.error("KeyError", KEY_ERRORS), ("scope.missing-key",))
    if isinstance(found, ModuleObject):
        state.removed[key] = found
    state.cache.unbind(key, ("cache.delete-forces-new-search",))
    state.cite("cache.delete-forces-new-search")


def _edit_path(state: State, entry: str, *, remove: bool) -> None:
    if not remove:
        state.path.append(entry)
    elif entry in state.path:
        state.path.remove(entry)
    elif not state.departs(ITEM_PASSED):
        raise Raised(state.error("ValueError", ITEM_ERRORS), ("scope.missing-item",))


def _definition(state: State, scope: Scope, statement: _Definition) -> None:
    match statement:
        case Assign(name=name, value=value):
            bind(state, scope, name, _literal(value), _ASSIGNED)
        case Extend(name=name, value=value):
            bind(state, scope, name, _extended(state, load(state, scope, name).value, value), _ASSIGNED)
        case Delete(name=name):
            delete(state, scope, name)
        case Read(name=name, path=path):
            found = _reference(state, scope, path)
            bind(state, scope, name, found.value, found.why)
        case Function(name=name, body=body, globals=declared):
            bind(state, scope, name, FunctionObject(name, body, frozenset(declared), scope), _ASSIGNED)
        case Class(name=name, body=body):
            inner = class_scope(state, scope, statement)
            execute(state, inner, body)
            bind(state, scope, name, ClassObject(name, inner.namespace), _ASSIGNED)
        case ModuleGetattr(names=names, value=value):
            bind(state, scope, "__getattr__", objects.Getattr(names, _literal(value)), ("getattr.called-for-missing",))
        case ModuleDir(names=names):
            bind(state, scope, "__dir__", objects.Items([*names], mutable=True), ("getattr.dir-override",))
        case _:
            _control(state, scope, statement)


def _control(state: State, scope: Scope, statement: _Control) -> None:
    match statement:
        case Mark(label=label):
            state.event(label, load(state, scope, "__name__").value)
        case Raise(error=error):
            _demand(state, error)
            raise Raised(error, ("loading.any-exception-propagates",))
        case Try(body=body, error=caught, handler=handler):
            try:
                execute(state, scope, body)
            except Raised as error:
                _demand(state, caught)
                _handle(state, scope, handler, _caught(state, caught, error))
        case Guard(body=body):
            if load(state, scope, "__name__").value == "__main__":
                execute(state, scope, body)
        case Invoke(path=path):
            _call(state, _reference(state, scope, path).value)
        case Broken():
            raise Raised("SyntaxError", ("loading.any-exception-propagates",))
        case _:
            assert_never(statement)


def _caught(state: State, caught: str, error: Raised) -> Raised:
    """The exception, which ``except caught`` catches; its type is decided where that makes a difference.

    Raises:
        Raised: it does not catch it.
        Silent: no document says whether it does.
    """
    if error.is_a(caught):
        if caught == "ImportError" and error.types != (caught,) and state.departs(NOT_GUARDED):
            error = error.settled()
            if error.error != caught:
                raise error
        return error
    if not error.may_be(caught):
        raise error
    found = error.settled()
    if found.error == SOME:
        raise Silent(*found.why)
    if not found.is_a(caught):
        raise found
    return _caught(state, caught, found)


def _demand(state: State, error: str) -> None:
    """Go on, if the language has the built-in exception.

    Raises:
        Silent: it has not yet; that an implementation has none of that name no document says.
    """
    if not introduced(error, state.language):
        raise Silent("scope.builtins-searched-last")


def _handle(state: State, scope: Scope, handler: tuple[Statement, ...], error: Raised) -> None:
    """Execute an except clause; an event at its head is there because of the exception it caught."""
    if handler and isinstance(handler[0], Mark):
        guarded = ("bind.try-except-importerror",) if error.is_a("ImportError") else ()
        state.reasons[:] = (*guarded, *error.why)
        state.event(handler[0].label, load(state, scope, "__name__").value)
        handler = handler[1:]
    execute(state, scope, handler)


def _call(state: State, function: Object) -> None:
    """Call a function of the case (bind.function-import-deferred)."""
    if isinstance(function, objects.Unknown):
        raise Silent(*function.why)
    if isinstance(function, objects.BuiltinObject):
        raise Silent("scope.builtin-attributes")
    if not isinstance(function, FunctionObject):
        if isinstance(function, ClassObject):
            return
        if state.departs(OPERAND_PASSED):
            return
        raise Raised(state.error("TypeError", OPERAND_ERRORS), ("scope.operand-types",))
    with state.inside("scope.statements-in-order"):
        execute(state, function_scope(state, function), function.body)


def _reference(state: State, scope: Scope, path: tuple[str, ...]) -> Found:
    found = load(state, scope, path[0])
    state.cite(*found.why)
    for part in path[1:]:
        state.cite(*reasons(part, scope.owner))
        name = private(state, part, scope.owner)
        inner = attribute(state, found.value, name) or _loaded_on_access(state, found.value, name)
        if inner is None:
            why = state.why(*_absence(found.value, name))
            if not state.departs(ATTRIBUTE_NONE):
                raise Raised(state.error("AttributeError", ATTRIBUTE_ERRORS), why)
            inner = Found(None, why)
        found = inner
        state.cite(*found.why)
    return Found(found.value, state.why())


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


def _literal(value: Literal) -> Object:
    if isinstance(value, Items):
        return objects.Items([_literal(item) for item in value.items], mutable=value.mutable)
    return value


def _extended(state: State, held: Object, value: Items) -> Object:
    """``held += value``.

    Raises:
        Raised: TypeError where ``held`` is neither a list nor, with a tuple, a tuple.
    """
    added = [_literal(item) for item in value.items]
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
