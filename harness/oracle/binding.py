"""The import statement (reference/simple_stmts §7.11): what is imported, in which order, and what is bound."""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from harness.model.source import Alias, FromImport, Import
from harness.oracle.loading import cached, import_module, package_path, top_package
from harness.oracle.lookup import Found, attribute
from harness.oracle.objects import ModuleObject, Object, Portions, Raised, Scope, Unknown, Why
from harness.oracle.relative import absolute_name
from harness.oracle.scopes import bind
from harness.oracle.state import Silent, State

IN_ORDER: Final = "in order"
AT_THE_END: Final = "bound at the end"
_Item = TypeVar("_Item")


def import_statement(state: State, scope: Scope, statement: Import) -> None:
    """Each name in turn, as if it stood in a statement of its own (bind.comma-clauses-independent)."""
    several = ("bind.comma-clauses-independent",) if len(statement.names) > 1 else ()
    for alias in statement.names:
        state.cite(*several)
        try:
            module = import_module(state, alias.name)
        except Raised:
            _not_bound(scope, alias.asname or alias.name.partition(".")[0])
            raise
        if alias.asname:
            clause = "bind.import-dotted-as-binds-submodule" if "." in alias.name else "bind.import-as-binds-alias-only"
            state.cite(clause)
            if not _spelt(state, alias.name, module):
                state.cite("bind.import-dotted-as-direct")
                state.pivot("bind.import-dotted-as-direct")
            bind(scope, alias.asname, module, state.why())
        elif "." in alias.name:
            _bind_top(state, scope, alias.name)
        else:
            state.cite(*_repeated(module), "bind.import-toplevel-binds-name")
            bind(scope, alias.name, module, state.why())


def _spelt(state: State, name: str, module: Object) -> bool:
    """Whether the attributes that the dotted name spells lead to the module that it names."""
    top, *rest = name.split(".")
    held = state.cache.values.get(top)
    for part in rest:
        held = held.namespace.values.get(part) if isinstance(held, ModuleObject) else None
    return held is module


def _repeated(module: Object) -> Why:
    return ("circular.noop-import",) if isinstance(module, ModuleObject) and module.executing else ()


def _not_bound(scope: Scope, name: str) -> None:
    if name not in scope.namespace.values:
        scope.namespace.why[name] = ("bind.no-binding-on-failed-load",)


def _bind_top(state: State, scope: Scope, name: str) -> None:
    package = top_package(state, name)
    state.cite("bind.import-dotted-binds-top-package")
    bind(scope, name.partition(".")[0], package, state.why())


def from_statement(state: State, scope: Scope, statement: FromImport) -> None:
    """Import the module, then take each name from it.

    Clauses: from.attribute-before-submodule, from.submodule-fallback, from.missing-name-importerror,
    from.names-processed-in-order (the documents do not say when a name is bound if a later one fails).
    """
    name = absolute_name(state, scope, statement.module, statement.level)
    try:
        module = import_module(state, name)
    except Raised:
        for alias in statement.names:
            _not_bound(scope, alias.asname or alias.name)
        raise
    certain = all(_plain(module, alias.name) is not None for alias in statement.names)
    order = order_of(state, len(statement.names), certain=certain)
    if order != IN_ORDER:
        for alias in statement.names:
            if attribute(state, module, alias.name) is None:
                found = import_fallback(state, module, name, alias.name)
                if not found and f"{_own_name(module, name)}.{alias.name}" in state.cache.values:
                    _last_resort(state, module, name, alias.name)  # a None entry: it fails before the others are taken
    bind_each(
        order,
        statement.names,
        lambda alias: take(state, module, name, alias.name, attempt=order == IN_ORDER),
        lambda alias, found: _bind_name(state, scope, alias, found),
    )


def order_of(state: State, names: int, *, certain: bool, about: str = "") -> str:
    """In which order several names are taken and bound; it shows only where one is not ``certain`` to be there.

    Clauses: from.names-processed-in-order, which leaves it open.
    """
    if certain or names == 1:
        return IN_ORDER
    return state.policy("from.names-processed-in-order", IN_ORDER, "submodules first", AT_THE_END, about=about)


def bind_each(
    order: str, items: Iterable[_Item], value: Callable[[_Item], Found], bind_one: Callable[[_Item, Found], None]
) -> None:
    """Bind the value of each item, as soon as it is there or after all are."""
    found = ((item, value(item)) for item in items)
    for item, each in list(found) if order == AT_THE_END else found:
        bind_one(item, each)


def _plain(module: Object, name: str) -> Object:
    return module.namespace.values.get(name) if isinstance(module, ModuleObject) else None


def _bind_name(state: State, scope: Scope, alias: Alias, found: Found) -> None:
    state.cite(*found.why, "from.as-binds-alias" if alias.asname else "from.item-function-class-or-submodule")
    bind(scope, alias.asname or alias.name, found.value, (*found.why, state.reasons[-1]))


def take(state: State, module: Object, module_name: str, name: str, *, attempt: bool) -> Found:
    """The object a from-import of ``name`` gives; ``attempt`` tells whether importing a submodule is still to be tried.

    Raises:
        Raised: ImportError where there is neither an attribute nor a submodule of that name.
    """
    found = attribute(state, module, name)
    if found is not None:
        return Found(found.value, ("from.attribute-before-submodule", *found.why))
    if attempt and import_fallback(state, module, module_name, name):
        found = attribute(state, module, name)
        if found is not None:
            return Found(found.value, ("from.submodule-fallback", *found.why))
    return _last_resort(state, module, module_name, name)


def import_fallback(state: State, module: Object, module_name: str, name: str) -> bool:
    """Import the submodule ``name`` if there is one; whether there is.

    Clauses: from.submodule-exception-propagates, from.nested-missing-dependency.
    """
    if package_path(module) is None:
        return False
    full = f"{_own_name(module, module_name)}.{name}"
    if state.cache.values.get(full.rpartition(".")[0]) is not module:
        raise Silent("from.submodule-fallback")
    try:
        import_module(state, full)
    except Raised as error:
        if error.error == "ModuleNotFoundError" and error.name == full:
            return False
        error.why = tuple(dict.fromkeys((*error.why, "from.submodule-exception-propagates")))
        raise
    top_package(state, full)
    return True


def _own_name(module: Object, default: str) -> str:
    return module.name if isinstance(module, ModuleObject) else default


def _last_resort(state: State, module: Object, module_name: str, name: str) -> Found:
    """Inside a cycle the cached submodule; else ImportError.

    Clauses: from.sys-modules-fallback-in-cycle, circular.from-form-fails.
    """
    full = f"{_own_name(module, module_name)}.{name}"
    held = state.cache.values.get(full)
    if held is not None:
        in_cycle = isinstance(module, ModuleObject) and name in module.executing_submodules
        question = "from.sys-modules-fallback-in-cycle"
        if in_cycle or state.policy(question, "cached submodule", "ImportError") == "cached submodule":
            return Found(cached(state, full), (question,))
    clauses = ["from.missing-name-importerror"]
    if full in state.cache.values:
        clauses.append("from.none-entry-is-no-submodule")
        state.pivot(clauses[-1])
    if isinstance(module, ModuleObject) and module.executing:
        clauses.append("circular.from-form-fails")
    raise _missing(state, module, full, tuple(clauses))


def _missing(state: State, module: Object, full: str, clauses: Why) -> Raised:
    unknown = Unknown(("from.error-name-path-attributes",))
    state.cite("from.missing-name-not-mnfe")
    about = "None entry" if "from.none-entry-is-no-submodule" in clauses else ""
    options = ("ImportError", "ModuleNotFoundError")
    if state.policy("from.missing-name-not-mnfe", *options, choice=True, about=about) != "ImportError":
        return Raised("ModuleNotFoundError", state.why(*clauses), name=full, path=unknown)
    if not isinstance(module, ModuleObject):
        return Raised("ImportError", state.why(*clauses), name=unknown, path=unknown)
    if module.spec is not None and isinstance(module.spec.locations, Portions):
        return Raised("ImportError", state.why(*clauses), name=module.name, path=None)
    file = module.namespace.values.get("__file__", unknown)
    return Raised("ImportError", state.why(*clauses), name=module.name, path=file)
