"""Star imports (reference/simple_stmts §7.11; tutorial/modules §6.4.1)."""

from collections.abc import Iterable
from typing import Final

from harness.model.departure import Departure
from harness.model.source import StarImport
from harness.oracle.binding import IN_ORDER, Wanted, bind_each, import_fallback, order_of
from harness.oracle.loading import import_module
from harness.oracle.lookup import Found, attribute, in_namespace, unbound_submodules
from harness.oracle.objects import Getattr, Items, ModuleObject, Object, Raised, Scope, Unknown, is_special
from harness.oracle.relative import absolute_name
from harness.oracle.search import package_path
from harness.oracle.state import Silent, State

ALL_FROM_GETATTR: Final = Departure(
    "star.all-in-namespace", "from __getattr__", "a star import takes __all__ from a module __getattr__"
)


def star_statement(state: State, scope: Scope, statement: StarImport) -> None:
    """Bind the public names of a module.

    Clauses: star.all-controls-exports, star.no-all-binds-public, star.does-not-bind-module, star.overwrites.
    """
    module = import_module(state, absolute_name(state, scope, statement.module, statement.level))
    if not isinstance(module, ModuleObject):
        raise Silent("cache.non-module-value-accepted")
    if "__all__" in module.namespace.values:
        _listed(state, scope, module, module.namespace.values["__all__"])
        return
    hook = module.namespace.values.get("__getattr__")
    if isinstance(hook, Getattr) and "__all__" in hook.names:
        state.cite("star.all-in-namespace")
        if state.departs(ALL_FROM_GETATTR):
            _listed(state, scope, module, hook.value)
            return
    state.cite("star.no-all-skips-underscore", "star.no-all-binds-public")
    why = state.why()
    if package_path(module) is not None:
        why = (*why, "star.package-no-all-binds-init-names", "star.package-includes-loaded-submodules")
    public = _public(state, module)
    _leave_out(scope, module.namespace.values.keys() - set(public), "star.no-all-skips-underscore")
    for name in public:
        found = in_namespace(state, module, name)
        if found is not None:
            scope.namespace.bind(name, found.value, (*found.why, *why))


def _leave_out(scope: Scope, names: Iterable[str], clause: str) -> None:
    """Note why a star import does not bind these names."""
    for name in names:
        if name not in scope.namespace.values and not is_special(name):
            scope.namespace.why.setdefault(name, (clause,))


def _public(state: State, module: ModuleObject) -> list[str]:
    names = [name for name in module.namespace.values if not name.startswith("_")]
    unbound = [*module.executing_submodules, *unbound_submodules(state, module)]
    pending = [name for name in unbound if name not in names and not name.startswith("_")]
    return names + [name for name in pending if in_namespace(state, module, name) is not None]


def _listed(state: State, scope: Scope, module: ModuleObject, listed: Object) -> None:
    """Bind the names of ``__all__``, submodules imported where the package has no such attribute."""
    items: list[Object]
    match listed:
        case Items(items=items):
            state.cite("star.all-controls-exports")
            if not listed.mutable:
                state.cite("star.all-tuple-accepted")
        case str():
            state.cite("star.all-controls-exports")
            items = list(listed)
        case _:
            raise Silent("star.all-must-be-sequence")
    if not items:
        state.cite("star.empty-all")
    listed_names = {item for item in items if isinstance(item, str)}
    _leave_out(scope, module.namespace.values.keys() - listed_names, "star.all-controls-exports")
    certain = all(isinstance(item, str) and item in module.namespace.values for item in items)
    order = order_of(state, len(items), certain=certain, about="star")
    if order != IN_ORDER and package_path(module) is not None:
        for item in items:
            if attribute(state, module, _name(state, item)) is None:
                import_fallback(state, module, _wanted(module, _name(state, item)))
    bind_each(
        order,
        items,
        lambda item: _value(state, module, _name(state, item), attempt=order == IN_ORDER),
        lambda item, found: scope.namespace.bind(_name(state, item), found.value, state.why(*found.why)),
    )


def _wanted(module: ModuleObject, name: str) -> Wanted:
    return Wanted(module.name, name, name, name)


def _name(state: State, item: Object) -> str:
    """The item, which must be a string.

    Clauses: star.all-items-must-be-str; star.all-item-exception leaves open what is raised.
    """
    if isinstance(item, str):
        return item
    question = "star.all-item-exception"
    error = state.policy(question, "TypeError", "AttributeError", "ImportError")
    unknown = Unknown((question,))
    raise Raised(error, state.why(question, "star.all-items-must-be-str"), name=unknown, path=unknown)


def _value(state: State, module: ModuleObject, name: str, *, attempt: bool) -> Found:
    """The attribute ``name``, imported first where it is a submodule the package does not hold yet.

    Clauses: star.all-imports-package-submodules, star.all-shadowed-submodule, getattr.star-import-all,
    star.all-names-required-to-exist. Whether a cached submodule that is no attribute will do is open
    (star.all-cached-submodule), and with which exception a name fails (star.missing-name-exception; a ``None`` entry
    has one of its own, by cache.none-raises-mnfe).
    """
    found = attribute(state, module, name)
    if found is not None:
        return (
            Found(found.value, (*found.why, "star.all-shadowed-submodule"))
            if package_path(module) is not None
            else found
        )
    if attempt and import_fallback(state, module, _wanted(module, name)):
        found = attribute(state, module, name)
        if found is not None:
            return Found(found.value, (*found.why, "star.all-imports-package-submodules"))
    full = f"{module.name}.{name}"
    held = state.cache.values.get(full)
    question = "star.all-cached-submodule"
    if held is not None and state.policy(question, "fails", "cached submodule") == "cached submodule":
        return Found(held, (question,))
    question = "star.missing-name-exception"
    none = held is None and full in state.cache.values and package_path(module) is not None
    also = ("ModuleNotFoundError",) if none else ()
    about = "None entry in a package" if none else ""
    error = state.policy(question, "AttributeError", "ImportError", *also, about=about)
    unknown = Unknown((question,))
    raise Raised(error, state.why(question, "star.all-names-required-to-exist"), name=unknown, path=unknown)
