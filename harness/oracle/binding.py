"""From-imports (reference/simple_stmts §7.11): what is imported, in which order, and what is bound."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, TypeVar

from harness.model.departure import Departure
from harness.model.source import Alias, FromImport
from harness.oracle.cache import cached
from harness.oracle.departing import given, raises
from harness.oracle.loading import LOADED_ANEW, import_module, top_package
from harness.oracle.lookup import Found, attribute
from harness.oracle.mangling import module_name, private, submodule_name
from harness.oracle.objects import ModuleObject, Object, Portions, Raised, Scope, Spec, SubstituteObject, Unknown, Why
from harness.oracle.relative import absolute_name
from harness.oracle.scopes import bind, not_bound
from harness.oracle.search import package_path
from harness.oracle.state import Silent, State

IN_ORDER: Final = "in order"
AT_THE_END: Final = "bound at the end"
_CACHED: Final = "cached submodule"
_NOT_LOADED: Final = ("bind.no-binding-on-failed-load",)
_Item = TypeVar("_Item")
_Value = TypeVar("_Value")

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
BOUND_ALL_THE_SAME: Final = Departure(
    "bind.no-binding-on-failed-load", "bound to None", "where loading fails the name is bound to None"
)
ALIAS_AS_WELL: Final = Departure("from.as-binds-alias", "name as well", "the name before as is bound too")
ALIAS_IGNORED: Final = Departure("from.as-binds-alias", "name instead", "the name before as is bound, the other is not")
ITEM_NOT_BOUND: Final = Departure("from.item-function-class-or-submodule", "not bound", "the name is not bound")
MODULE_FOR_ITEM: Final = Departure(
    "from.item-function-class-or-submodule", "the module", "the name is bound to the module that it is taken from"
)
SUBMODULE_FIRST: Final = Departure(
    "from.attribute-before-submodule", "submodule first", "a submodule is imported although there is such an attribute"
)
NOT_ATTEMPTED: Final = Departure("from.submodule-fallback", "not attempted", "no submodule is imported")
SWALLOWED: Final = Departure(
    "from.submodule-exception-propagates", "swallowed", "a submodule that raises is as one that is missing"
)
MISSING_NONE: Final = Departure("from.missing-name-importerror", "bound to None", "what is missing is None")
FILE_ASKED: Final = Departure(
    "from.missing-name-importerror",
    "asks what is no text",
    "where __name__ or __file__ of an object in sys.modules is no text, TypeError is raised for a missing name",
)
MISSING_ERRORS: Final = raises("from.missing-name-importerror", "AttributeError", "KeyError")
SPEC_ASKED: Final = Departure(
    "from.missing-name-importerror",
    "asks what is no spec",
    "where __spec__ is neither None nor a spec its attributes are asked for, which raises AttributeError",
)
PATH_OF_SPEC: Final = Departure(
    "from.error-name-path-attributes",
    "path of the spec alone",
    "where __spec__ is neither None nor a spec path is None, whatever __file__ is",
)
NOT_FROM_CACHE: Final = {
    clause: Departure(clause, "not taken from sys.modules", "a submodule that is being loaded is not found")
    for clause in ("from.sys-modules-fallback-in-cycle", "circular.absolute-from-supported")
}
MEMBER_AS_WRITTEN: Final = Departure(
    "mangling.imported-member", "as written", "the member that a private name names is taken as it is written"
)
GIVEN: Final = given("from.error-name-path-attributes")


class Wanted(NamedTuple):
    """One name of a from-import: of which module, as an attribute, as a submodule, and what it is bound to.

    ``written`` is the name as it stands in the statement. ``relative`` tells whether the statement names the module
    relative to its package.
    """

    module: str
    name: str
    submodule: str
    bound: str
    written: str = ""
    aliased: bool = False
    relative: bool = False


def failed(state: State, scope: Scope, name: str) -> None:
    """Loading failed: ``name`` is not bound (bind.no-binding-on-failed-load)."""
    if state.departs(BOUND_ALL_THE_SAME):
        bind(state, scope, name, None, _NOT_LOADED)
    else:
        not_bound(state, scope, name, _NOT_LOADED)


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
            failed(state, scope, alias.asname or alias.name)
        raise
    wanted = [_wanted(state, scope, name, alias, relative=bool(statement.level)) for alias in statement.names]
    certain = all(_plain(module, each.name) is not None for each in wanted)
    order = order_of(state, len(wanted), certain=certain)
    if order != IN_ORDER:
        for each in wanted:
            if attribute(state, module, each.name) is None:
                found = _attempt(state, module, each)
                if not found and full_name(state, module, each) in state.cache.values:
                    _last_resort(state, module, each, tried=True)  # a None entry: it fails before the others are taken
    bind_each(
        order,
        wanted,
        lambda each: take(state, module, each, attempt=order == IN_ORDER),
        lambda each, found: _bind_name(state, scope, each, found, module),
    )


def _wanted(state: State, scope: Scope, module: str, alias: Alias, *, relative: bool) -> Wanted:
    name = private(state, alias.name, scope.owner)
    if name != alias.name:
        state.cite("mangling.imported-member")
        name = alias.name if state.departs(MEMBER_AS_WRITTEN) else name
    bound = alias.asname or alias.name
    submodule = submodule_name(state, alias.name, scope.owner)
    return Wanted(module, name, submodule, bound, alias.name, aliased=bool(alias.asname), relative=relative)


def order_of(state: State, names: int, *, certain: bool, about: str = "") -> str:
    """In which order several names are taken and bound; it shows only where one is not ``certain`` to be there.

    Clauses: from.names-processed-in-order, which leaves it open.
    """
    if certain or names == 1:
        return IN_ORDER
    return state.policy("from.names-processed-in-order", IN_ORDER, "submodules first", AT_THE_END, about=about)


def bind_each(
    order: str, items: Iterable[_Item], value: Callable[[_Item], _Value], bind_one: Callable[[_Item, _Value], None]
) -> None:
    """Bind the value of each item, as soon as it is there or after all are."""
    found = ((item, value(item)) for item in items)
    for item, each in list(found) if order == AT_THE_END else found:
        bind_one(item, each)


def _plain(module: Object, name: str) -> Object:
    return module.namespace.values.get(name) if isinstance(module, ModuleObject) else None


def _bind_name(state: State, scope: Scope, wanted: Wanted, found: Found, module: Object) -> None:
    state.cite(*found.why, "from.as-binds-alias" if wanted.aliased else "from.item-function-class-or-submodule")
    why = (*found.why, state.reasons[-1])
    plain = not wanted.aliased or wanted.bound == wanted.written
    taken = state.decide(ITEM_NOT_BOUND, MODULE_FOR_ITEM) if plain else state.decide(ALIAS_AS_WELL, ALIAS_IGNORED)
    value = module if taken is MODULE_FOR_ITEM else found.value
    if taken not in {ITEM_NOT_BOUND, ALIAS_IGNORED}:
        bind(state, scope, wanted.bound, value, why)
    if taken in {ALIAS_AS_WELL, ALIAS_IGNORED}:
        bind(state, scope, wanted.written, value, why)


def take(state: State, module: Object, wanted: Wanted, *, attempt: bool) -> Found:
    """The object a from-import gives for one name; ``attempt`` tells whether a submodule is still to be tried.

    Raises:
        Raised: ImportError where there is neither an attribute nor a submodule of that name.
    """
    found = attribute(state, module, wanted.name)
    if found is not None:
        package = attempt and package_path(state, module) is not None
        if package and state.departs(SUBMODULE_FIRST) and import_fallback(state, module, wanted):
            found = attribute(state, module, wanted.name) or found
        return Found(found.value, ("from.attribute-before-submodule", *found.why))
    if attempt and _attempt(state, module, wanted):
        found = attribute(state, module, wanted.name)
        if found is not None:
            return Found(found.value, ("from.submodule-fallback", *found.why))
    tried = attempt and package_path(state, module) is not None
    return _last_resort(state, module, wanted, tried=tried)


def _attempt(state: State, module: Object, wanted: Wanted) -> bool:
    """Import the submodule that a from-import wants if there is one; whether there is."""
    return (
        package_path(state, module) is not None
        and not state.departs(NOT_ATTEMPTED)
        and import_fallback(state, module, wanted)
    )


def import_fallback(state: State, module: Object, wanted: Wanted) -> bool:
    """Import the submodule that is wanted if there is one; whether there is.

    Clauses: from.submodule-exception-propagates, from.nested-missing-dependency.
    """
    if package_path(state, module) is None:
        return False
    full = full_name(state, module, wanted)
    present = state.cache.values.get(full.rpartition(".")[0])
    if present is not module and state.taken.keys().isdisjoint(LOADED_ANEW):
        raise Silent("from.submodule-fallback")
    try:
        import_module(state, full)
    except Raised as error:
        if error.error == "ModuleNotFoundError" and error.name == full:
            return False
        if state.departs(SWALLOWED):
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
    if state.departs(MISSING_NONE):
        return Found(None, state.why(*clauses))
    raise _missing(state, module, full, wanted, tuple(clauses))


def _cached_by(state: State, module: Object, wanted: Wanted) -> str:
    """The clause by which a submodule is taken out of the cache; empty where it is not.

    A cycle is where the submodule is being executed. Elsewhere the program has unbound it, or changed the cache.
    """
    if isinstance(module, ModuleObject) and wanted.submodule in module.executing_submodules:
        clause = "from.sys-modules-fallback-in-cycle" if wanted.relative else "circular.absolute-from-supported"
        return "" if state.departs(NOT_FROM_CACHE[clause]) else clause
    question = "from.cached-submodule-elsewhere"
    about = "of a module" if isinstance(module, ModuleObject) else "of an object that is none"
    return question if state.policy(question, _CACHED, "ImportError", about=about) == _CACHED else ""


def _missing(state: State, module: Object, full: str, wanted: Wanted, clauses: Why) -> Raised:
    odd = _has_no_spec(module)
    error = state.error("ImportError", MISSING_ERRORS)
    if odd and state.departs(SPEC_ASKED):
        error = "AttributeError"
    elif _names_itself_oddly(module) and state.departs(FILE_ASKED):
        error = "TypeError"
    if error != "ImportError":
        return Raised(error, state.why(*clauses))
    unknown = Unknown(("from.error-name-path-attributes",))
    state.cite("from.missing-name-not-mnfe")
    attempted = "from.none-entry-is-no-submodule" in clauses and package_path(state, module) is not None
    about = "None entry in a package" if attempted else ""
    options = ("ImportError", "ModuleNotFoundError")
    if state.policy("from.missing-name-not-mnfe", *options, choice=True, about=about) != "ImportError":
        return Raised("ModuleNotFoundError", state.why(*clauses), name=full, path=unknown)
    if not isinstance(module, ModuleObject):
        return Raised("ImportError", state.why(*clauses), name=unknown, path=unknown)
    name = _one_name(state, "from.error-name-path-attributes", module, wanted.module)
    path = _triggered(state, module, unknown)
    if odd and state.departs(PATH_OF_SPEC):
        path = None
    return Raised("ImportError", state.why(*clauses), name=name, path=path)


def _has_no_spec(module: Object) -> bool:
    """Whether ``__spec__`` is something that is neither ``None`` nor a spec."""
    match module:
        case ModuleObject(namespace=namespace):
            spec = namespace.values.get("__spec__")
        case SubstituteObject(attributes=attributes):
            spec = attributes.get("__spec__")
        case _:
            spec = None
    return spec is not None and not isinstance(spec, Spec)


def _names_itself_oddly(module: Object) -> bool:
    """Whether ``__name__`` or ``__file__`` of what is no module is no text; a ``__file__`` may be ``None``."""
    attributes = module.attributes if isinstance(module, SubstituteObject) else {}
    name, file = attributes.get("__name__", ""), attributes.get("__file__")
    return not isinstance(name, str | Unknown) or (file is not None and not isinstance(file, str | Unknown))


def _triggered(state: State, module: ModuleObject, unknown: Unknown) -> Object:
    """The path of the file that triggered the exception: the module's, where it says of itself what its spec says.

    The path is documented for when it is set; whether it is for a module that has no spec any more, or another one,
    is not said.

    Raises:
        Silent: ``__file__`` is neither a string nor ``None``, as it must be (module.file-string-when-set).
    """
    spec = module.spec
    file = module.namespace.values.get("__file__")
    if file is not None and not isinstance(file, str | Unknown):
        raise Silent("from.error-name-path-attributes")
    if spec is not None and isinstance(spec.locations, Portions):
        return "unknown location" if state.departs(UNKNOWN_LOCATION) else None
    held = module.namespace.values.get("__spec__")
    if spec is None or held is None or (isinstance(held, Spec) and held is not spec):
        return unknown
    return file if file is not None and file == spec.file else unknown
