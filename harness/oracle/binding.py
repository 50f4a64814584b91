"""The import statement (reference/simple_stmts §7.11): what is imported, in which order, and what is bound."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, TypeVar

from harness.model.departure import Departure
from harness.model.source import Alias, FromImport, Import
from harness.oracle.loading import cached, import_module, top_package
from harness.oracle.lookup import Found, attribute
from harness.oracle.mangling import module_name, private, submodule_name
from harness.oracle.objects import ModuleObject, Object, Portions, Raised, Scope, Unknown, Why
from harness.oracle.relative import absolute_name
from harness.oracle.scopes import bind, not_bound
from harness.oracle.search import package_path
from harness.oracle.state import Silent, State

IN_ORDER: Final = "in order"
AT_THE_END: Final = "bound at the end"
_CACHED: Final = "cached submodule"
_NOT_LOADED: Final = ("bind.no-binding-on-failed-load",)
_Item = TypeVar("_Item")

THROUGH_ATTRIBUTES: Final = Departure(
    "bind.import-dotted-as-direct",
    "through attributes",
    "import a.b as x binds what the attribute b of a is, or else what sys.modules holds, not the module a.b",
)
BOUND_TO_NONE: Final = Departure(
    "from.none-entry-is-no-submodule",
    "bound to None",
    "a name of a module that is no package, and no attribute of it, is taken from sys.modules, None as well",
)
UNKNOWN_LOCATION: Final = Departure(
    "from.error-name-path-attributes",
    "unknown location",
    "where the module has no file, path is the text 'unknown location'",
)


class Wanted(NamedTuple):
    """One name of a from-import: of which module, as an attribute, as a submodule, and what it is bound to.

    ``relative`` tells whether the statement names the module relative to its package.
    """

    module: str
    name: str
    submodule: str
    bound: str
    aliased: bool = False
    relative: bool = False


def import_statement(state: State, scope: Scope, statement: Import) -> None:
    """Each name in turn, as if it stood in a statement of its own (bind.comma-clauses-independent)."""
    several = ("bind.comma-clauses-independent",) if len(statement.names) > 1 else ()
    for alias in statement.names:
        state.cite(*several)
        state.form = "import as" if alias.asname else "import"
        name = module_name(state, alias.name, scope.owner)
        try:
            module = import_module(state, name)
        except Raised:
            not_bound(state, scope, alias.asname or alias.name.partition(".")[0], _NOT_LOADED)
            raise
        if alias.asname:
            clause = "bind.import-dotted-as-binds-submodule" if "." in alias.name else "bind.import-as-binds-alias-only"
            state.cite(clause)
            if not _spelt(state, name, module):
                state.cite("bind.import-dotted-as-direct")
                if state.departs(THROUGH_ATTRIBUTES):
                    module = _through_attributes(state, name)
            bind(state, scope, alias.asname, module, state.why())
        elif "." in alias.name:
            package = top_package(state, name)
            state.cite("bind.import-dotted-binds-top-package")
            bind(state, scope, alias.name.partition(".")[0], package, state.why())
        else:
            state.cite(*_repeated(module), "bind.import-toplevel-binds-name")
            bind(state, scope, alias.name, module, state.why())


def _spelt(state: State, name: str, module: Object) -> bool:
    """Whether the attributes that the dotted name spells lead to the module that it names."""
    top, *rest = name.split(".")
    held = state.cache.values.get(top)
    for part in rest:
        held = held.namespace.values.get(part) if isinstance(held, ModuleObject) else None
    return held is module


def _through_attributes(state: State, name: str) -> Object:
    """What the attributes lead to that a dotted name spells, as a from-import takes them."""
    top, *rest = name.split(".")
    held = top_package(state, name)
    for part in rest:
        held = take(state, held, Wanted(top, part, part, part), attempt=False).value
        top = f"{top}.{part}"
    return held


def _repeated(module: Object) -> Why:
    return ("circular.noop-import",) if isinstance(module, ModuleObject) and module.executing else ()


def from_statement(state: State, scope: Scope, statement: FromImport) -> None:
    """Import the module, then take each name from it.

    Clauses: from.attribute-before-submodule, from.submodule-fallback, from.missing-name-importerror,
    from.names-processed-in-order (the documents do not say when a name is bound if a later one fails).
    """
    name = absolute_name(state, scope, module_name(state, statement.module, scope.owner), statement.level)
    try:
        module = import_module(state, name)
    except Raised:
        for alias in statement.names:
            not_bound(state, scope, alias.asname or alias.name, _NOT_LOADED)
        raise
    wanted = [_wanted(state, scope, name, alias, relative=bool(statement.level)) for alias in statement.names]
    certain = all(_plain(module, each.name) is not None for each in wanted)
    order = order_of(state, len(wanted), certain=certain)
    if order != IN_ORDER:
        for each in wanted:
            if attribute(state, module, each.name) is None:
                found = import_fallback(state, module, each)
                if not found and full_name(state, module, each) in state.cache.values:
                    _last_resort(state, module, each, tried=True)  # a None entry: it fails before the others are taken
    bind_each(
        order,
        wanted,
        lambda each: take(state, module, each, attempt=order == IN_ORDER),
        lambda each, found: _bind_name(state, scope, each, found),
    )


def _wanted(state: State, scope: Scope, module: str, alias: Alias, *, relative: bool) -> Wanted:
    name = private(state, alias.name, scope.owner)
    if name != alias.name:
        state.cite("mangling.imported-member")
    bound = alias.asname or alias.name
    submodule = submodule_name(state, alias.name, scope.owner)
    return Wanted(module, name, submodule, bound, aliased=bool(alias.asname), relative=relative)


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


def _bind_name(state: State, scope: Scope, wanted: Wanted, found: Found) -> None:
    state.cite(*found.why, "from.as-binds-alias" if wanted.aliased else "from.item-function-class-or-submodule")
    bind(state, scope, wanted.bound, found.value, (*found.why, state.reasons[-1]))


def take(state: State, module: Object, wanted: Wanted, *, attempt: bool) -> Found:
    """The object a from-import gives for one name; ``attempt`` tells whether a submodule is still to be tried.

    Raises:
        Raised: ImportError where there is neither an attribute nor a submodule of that name.
    """
    found = attribute(state, module, wanted.name)
    if found is not None:
        return Found(found.value, ("from.attribute-before-submodule", *found.why))
    if attempt and import_fallback(state, module, wanted):
        found = attribute(state, module, wanted.name)
        if found is not None:
            return Found(found.value, ("from.submodule-fallback", *found.why))
    tried = attempt and package_path(module) is not None
    return _last_resort(state, module, wanted, tried=tried)


def import_fallback(state: State, module: Object, wanted: Wanted) -> bool:
    """Import the submodule that is wanted if there is one; whether there is.

    Clauses: from.submodule-exception-propagates, from.nested-missing-dependency.
    """
    if package_path(module) is None:
        return False
    full = full_name(state, module, wanted)
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


def _one_name(state: State, clause: str, module: Object, asked: str) -> Object:
    """The name of a module: as it was asked for, or what it says itself; where they differ no document says which."""
    own = module.namespace.values.get("__name__") if isinstance(module, ModuleObject) else asked
    if own == asked or state.policy(clause, "as asked", "__name__", about="name of the module") == "as asked":
        return asked
    return own if isinstance(own, str) else Unknown((clause,))


def full_name(state: State, module: Object, wanted: Wanted) -> str:
    """The name of the submodule that is wanted.

    Raises:
        Silent: the module has no name that one could be made of.
    """
    name = _one_name(state, "from.submodule-fallback", module, wanted.module)
    if not isinstance(name, str) or not name:
        raise Silent("from.submodule-fallback")
    return f"{name}.{wanted.submodule}"


def _last_resort(state: State, module: Object, wanted: Wanted, *, tried: bool) -> Found:
    """Inside a cycle the cached submodule; else ImportError. ``tried``: importing the submodule was tried, and failed.

    Clauses: from.sys-modules-fallback-in-cycle, circular.absolute-from-supported, circular.from-form-fails.
    """
    full = full_name(state, module, wanted)
    held = state.cache.values.get(full)
    clause = "" if held is None else _cached_by(state, module, wanted)
    if clause:
        return Found(cached(state, full), (clause,))
    clauses = ["from.missing-name-importerror"]
    if held is None and full in state.cache.values:
        clauses.append("from.none-entry-is-no-submodule")
        if not tried and state.departs(BOUND_TO_NONE):
            return Found(None, state.why(*clauses))
    if isinstance(module, ModuleObject) and module.executing:
        clauses.append("circular.from-form-fails")
    raise _missing(state, module, full, wanted, tuple(clauses))


def _cached_by(state: State, module: Object, wanted: Wanted) -> str:
    """The clause by which a submodule is taken out of the cache; empty where it is not.

    A cycle is where the submodule is being executed. Elsewhere the program has unbound it, or changed the cache.
    """
    if isinstance(module, ModuleObject) and wanted.submodule in module.executing_submodules:
        return "from.sys-modules-fallback-in-cycle" if wanted.relative else "circular.absolute-from-supported"
    question = "from.cached-submodule-elsewhere"
    return question if state.policy(question, _CACHED, "ImportError") == _CACHED else ""


def _missing(state: State, module: Object, full: str, wanted: Wanted, clauses: Why) -> Raised:
    unknown = Unknown(("from.error-name-path-attributes",))
    state.cite("from.missing-name-not-mnfe")
    attempted = "from.none-entry-is-no-submodule" in clauses and package_path(module) is not None
    about = "None entry in a package" if attempted else ""
    options = ("ImportError", "ModuleNotFoundError")
    if state.policy("from.missing-name-not-mnfe", *options, choice=True, about=about) != "ImportError":
        return Raised("ModuleNotFoundError", state.why(*clauses), name=full, path=unknown)
    if not isinstance(module, ModuleObject):
        return Raised("ImportError", state.why(*clauses), name=unknown, path=unknown)
    name = _one_name(state, "from.error-name-path-attributes", module, wanted.module)
    return Raised("ImportError", state.why(*clauses), name=name, path=_triggered(state, module, unknown))


def _triggered(state: State, module: ModuleObject, unknown: Unknown) -> Object:
    """The path of the file that triggered the exception: the module's, where it says of itself what its spec says.

    Raises:
        Silent: ``__file__`` is neither a string nor ``None``, as it must be (module.file-string-when-set).
    """
    spec = module.spec
    file = module.namespace.values.get("__file__")
    if file is not None and not isinstance(file, str | Unknown):
        raise Silent("module.file-string-when-set")
    if spec is not None and isinstance(spec.locations, Portions):
        return "unknown location" if state.departs(UNKNOWN_LOCATION) else None
    return file if spec is not None and file is not None and file == spec.file else unknown
