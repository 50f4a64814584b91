"""Older ways to load a module and to find its loader, until they are removed (library/importlib, library/pkgutil)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.oracle.archive_loaders import load_from_archive
from harness.oracle.archives import archive
from harness.oracle.attributes import initialise, initialise_again
from harness.oracle.cleaning import clean_up
from harness.oracle.departing import raises
from harness.oracle.found import LibraryObject
from harness.oracle.hierarchy import GONE
from harness.oracle.layout import PREFIX
from harness.oracle.loading import execute_code
from harness.oracle.lookup import attribute
from harness.oracle.objects import Items, ModuleObject, Object, Raised, Scope, Spec, Unknown
from harness.oracle.state import Argument, Silent, State

LOAD_REMOVED: Final = GONE["api.loader-load-module-removed"]
REUSE: Final = "loading.load-module-must-reuse"
ANOTHER: Final = Departure(REUSE, "another module", "load_module() makes a new module where sys.modules has one")
TOO_LATE: Final = Departure(REUSE, "inserted late", "load_module() puts the module into sys.modules after its code")
LEFT: Final = Departure(REUSE, "left", "a module that load_module() has put into sys.modules stays there when it fails")
TAKEN_OUT: Final = Departure(REUSE, "taken out", "a module that was in sys.modules before is removed when it fails")
RETURNED: Final = "api.load-module-returns"
NOTHING: Final = Departure(RETURNED, "None", "load_module() returns nothing")
ATTRIBUTES: Final = "api.load-module-attributes"
NOT_ASKED: Final = Departure(
    ATTRIBUTES, "not asked", "load_module() does not ask the loader whether it is of a package: it has no __path__ then"
)
LOAD_WARNS: Final = "api.load-module-warns"
FOUND: Final = "pkgutil.find-loader"
THE_SPEC: Final = Departure(FOUND, "the spec", "find_loader() returns the whole spec")
NOWHERE_ERRORS: Final = raises(FOUND, "ImportError")
GOT: Final = "pkgutil.get-loader"
SEARCHED: Final = Departure(GOT, "searched for", "get_loader() searches for a module that is imported, too")
NOT_GOT: Final = raises(GOT, "ImportError")
PARENT_LEFT: Final = Departure(GOT, "parent not imported", "get_loader() does not import the package of the module")
FINDERS_WARN: Final = "pkgutil.loaders-deprecated"
THERE_STILL: Final = Departure("pkgutil.loaders-removed", "there still", "there is the function after 3.13")
GLOBALS: Final = "api.warn-explicit-module-globals"
GLOBALS_ERRORS: Final = raises(GLOBALS, "TypeError", "ValueError", "AttributeError")
NOT_WARNED: Final = {
    clause: Departure(clause, "not warned", "nothing warns of it") for clause in (LOAD_WARNS, FINDERS_WARN)
}


def _warn(state: State, clause: str) -> None:
    if state.departs(NOT_WARNED[clause]):
        state.not_warned = (*state.not_warned, clause)
    else:
        state.warned["DeprecationWarning"] = (clause,)


def load_module(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The module that a loader of a source file or archive is for, loaded, or executed again if ``sys.modules`` has it.

    Clauses: loading.load-module-must-reuse, api.load-module-returns, api.load-module-warns,
    api.load-module-attributes, api.loader-load-module-removed.

    Raises:
        Raised: its code raised, or there is no such method any more.
        Silent: it is another loader, or asked for another module, or for a submodule, whose binding is not said.
    """
    del scope
    loader, name = given["self"], given["fullname"]
    if not isinstance(loader, Unknown) or loader.spec is None or not isinstance(name, str):
        raise Silent("scope.operand-types")
    known = loader.spec
    if archive(state, known.origin) is not None:
        return load_from_archive(state, given)
    if known.origin is None or not known.origin.endswith(".py"):
        raise Silent("module.loader-attribute")
    _old_method(state)
    if known.name != name or "." in name:
        raise Silent(REUSE)
    spec = _spec(state, known, known.origin, loader)
    module = _again(state, name, spec) if name in state.cache.values else _anew(state, name, spec)
    state.cite(RETURNED)
    if state.cache.values.get(name) is not module:
        raise Silent(RETURNED)
    return None if state.departs(NOTHING) else module


def _old_method(state: State) -> None:
    """There is the method until 3.14, deprecated since 3.4; that it warns is said since 3.10.

    Raises:
        Raised: there is none any more.
    """
    if state.since(3, 15) and not state.departs(LOAD_REMOVED):
        raise Raised("AttributeError", state.why(LOAD_REMOVED.clause))
    if state.since(3, 10):
        _warn(state, LOAD_WARNS)
    else:
        state.warned_otherwise = True


def load_itself(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """A module of the library, loaded again by its own loader, of whatever kind that is.

    Clauses: api.load-module-returns, api.load-module-warns, api.loader-load-module-removed.

    Raises:
        Raised: there is no such method any more.
    """
    del scope, given
    _old_method(state)
    return None if state.departs(NOTHING) else Unknown((RETURNED,))


def warn_explicit(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """Nothing: it warns, and asks the loader of the module, if it is told its namespace, for its source.

    Clauses: api.warn-explicit-module-globals.

    Raises:
        Silent: it is given something else, or a line that the module may not have.
    """
    del scope
    category = given["category"]
    if not isinstance(category, LibraryObject) or category.name != "builtins.UserWarning" or given["lineno"] != 1:
        raise Silent("scope.operand-types")
    state.warned_otherwise = True
    if given.get("module_globals") is not None:
        state.cite(GLOBALS)
        taken = state.error("", GLOBALS_ERRORS)
        if taken:
            raise Raised(taken, state.why())
    return None


def _spec(state: State, known: Spec, origin: str, loader: Unknown) -> Spec:
    """The spec of the module, as its loader tells it.

    Clauses: api.load-module-attributes.
    """
    directory = f"{PREFIX}{origin}".rpartition("/")[0]
    spec = Spec(known.name, origin, None if known.locations is None else Items([directory], mutable=True), known.file)
    spec.loader = loader
    if spec.locations is not None:
        state.cite(ATTRIBUTES)
        if state.departs(NOT_ASKED):
            spec.locations = None
    return spec


def _anew(state: State, name: str, spec: Spec) -> ModuleObject:
    """A new module, which is in ``sys.modules`` while it is executed, and not if that fails."""
    module = ModuleObject(name, spec)
    initialise(state, module)
    before = tuple(state.cache.values)
    late = state.departs(TOO_LATE)
    if not late:
        state.cache.bind(name, module, (REUSE,))
    try:
        execute_code(state, module, spec, spec.origin or "", REUSE)
    except Raised as error:
        error.why = (*error.why, REUSE)
        if state.departs(LEFT):
            raise
        raise clean_up(state, name, None, error, before) from None
    if late:
        state.cache.bind(name, module, (REUSE,))
    return module


def _again(state: State, name: str, spec: Spec) -> ModuleObject:
    """The module that ``sys.modules`` has, executed again; it stays there if that fails.

    Raises:
        Silent: it is none, or was loaded otherwise.
    """
    module = state.cache.values[name]
    if not isinstance(module, ModuleObject) or module.spec is None or module.executing:
        raise Silent(REUSE)
    if module.spec.origin != spec.origin or module.namespace.values.get("__spec__") is not module.spec:
        raise Silent(REUSE)
    state.cite(REUSE)
    if state.departs(ANOTHER):
        return _anew(state, name, spec)
    spec.former, module.spec = module.spec, spec
    initialise_again(state, module)
    try:
        execute_code(state, module, spec, spec.origin or "", REUSE)
    except Raised as error:
        error.why = (*error.why, REUSE)
        if state.departs(TAKEN_OUT):
            state.cache.unbind(name, (REUSE,))
        raise
    return module


def find_loader(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The loader of the spec that is found, ``None`` where none is.

    Clauses: pkgutil.find-loader, pkgutil.loaders-deprecated.

    Raises:
        Raised: nobody is to search.
        Silent: the search fails, which is "most failures" (pkgutil.find-loader-fails).
    """
    name = given["fullname"]
    _begin(state)
    if not isinstance(name, str) or name.startswith("."):
        raise Silent("pkgutil.find-loader-fails")
    state.cite(FOUND)
    spec = _searched(state, scope, name)
    if spec is None:
        taken = state.error("", NOWHERE_ERRORS)
        if taken:
            raise Raised(taken, state.why())
        return None
    return spec if state.departs(THE_SPEC) else _loader(state, spec)


def get_loader(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The loader of a module that is imported, or would be.

    Clauses: pkgutil.get-loader, pkgutil.loaders-deprecated.

    Raises:
        Raised: nobody is to search.
        Silent: the module is said to have two loaders, or none, or importing its package fails.
    """
    asked = given["module_or_name"]
    _begin(state)
    state.cite(GOT)
    held = state.cache.values.get(asked) if isinstance(asked, str) else asked
    if isinstance(held, ModuleObject) and not state.departs(SEARCHED):
        return _held(state, held)
    name = held.name if isinstance(held, ModuleObject) else asked
    if not isinstance(name, str) or name.startswith("."):
        raise Silent("pkgutil.find-loader-fails")
    if name in state.cache.values and held is None:
        return None
    parent = name.rpartition(".")[0]
    if parent and parent not in state.cache.values and state.departs(PARENT_LEFT):
        return None
    spec = _searched(state, scope, name)
    if spec is None:
        taken = state.error("", NOT_GOT)
        if taken:
            raise Raised(taken, state.why())
        return None
    return _loader(state, spec)


def there_are_finders(state: State) -> None:
    """There are both functions until 3.14.

    Clauses: pkgutil.loaders-removed.

    Raises:
        Raised: there is no such function any more.
    """
    if state.since(3, 14) and not state.departs(THERE_STILL):
        raise Raised("AttributeError", state.why(THERE_STILL.clause))


def _begin(state: State) -> None:
    """What holds of both functions: they warn since 3.12."""
    if state.since(3, 12):
        _warn(state, FINDERS_WARN)


def _searched(state: State, scope: Scope, name: str) -> Spec | None:
    """What find_spec finds.

    Raises:
        Raised: it fails where nobody is to search.
        Silent: it fails.
    """
    try:
        spec = state.rules.functions["importlib.util.find_spec"](state, scope, {"name": name})
    except Raised as error:
        if SEARCHED in state.taken:
            raise
        raise Silent("pkgutil.find-loader-fails", *error.why) from None
    if spec is not None and not isinstance(spec, Spec):
        raise Silent("pkgutil.find-loader-fails")
    return spec


def _loader(state: State, spec: Spec) -> Object:
    found = attribute(state, spec, "loader")
    if found is None:
        raise Silent("pkgutil.find-loader-fails")
    state.cite(*found.why)
    return found.value


def _held(state: State, module: ModuleObject) -> Object:
    """The loader that a module has.

    Raises:
        Silent: its attributes do not tell one.
    """
    found, spec = attribute(state, module, "__loader__"), attribute(state, module, "__spec__")
    if found is None or not isinstance(found.value, Unknown) or found.value.spec is None or spec is None:
        raise Silent(GOT)
    if spec.value is not None and not (isinstance(spec.value, Spec) and spec.value.loader is found.value):
        raise Silent(GOT)
    state.cite(*found.why)
    return found.value
