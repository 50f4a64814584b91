"""Functions of the library that import and find modules (library/importlib)."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from harness.model.departure import Departure
from harness.oracle import hierarchy, querying
from harness.oracle.cached_paths import cache_from_source, decode_source, source_from_cache
from harness.oracle.comparing import contains, is_equal, is_same
from harness.oracle.departing import raises
from harness.oracle.legacy import load_itself, load_module, warn_explicit
from harness.oracle.loading import hit_decides, import_module, top_package
from harness.oracle.lookup import attribute
from harness.oracle.making import exec_module, module_from_spec, spec_from_file_location, spec_from_loader
from harness.oracle.objects import ClassObject, ModuleObject, Object, Portions, Raised, Scope, Unknown
from harness.oracle.relative import seen_from
from harness.oracle.replacing import bypassed
from harness.oracle.search import Locations, find, package_path, refresh
from harness.oracle.state import Argument, Holding, Meaning, Silent, State
from harness.oracle.unnamed import goes_on, not_named, unnamed

TOP: Final = Departure(
    "api.import-module-returns-named", "top-level package", "import_module returns the top-level package"
)
ONE_MORE: Final = Departure("api.import-module-relative", "one level more", "one dot names the parent of the package")
BEYOND_ERRORS: Final = raises("api.import-module-error", "ValueError", "TypeError")
ATTRIBUTE: Final = Departure(
    "api.import-module-no-attr", "attribute", "import_module gives an attribute that a module has by that name"
)
SEARCHED: Final = Departure(
    "api.find-spec-in-sys-modules", "searched for", "a module that sys.modules holds is searched for all the same"
)
NO_SPEC_ERRORS: Final = raises("api.find-spec-none-spec-valueerror", "AttributeError", "ImportError")
NO_SPEC_NONE: Final = Departure(
    "api.find-spec-none-spec-valueerror", "None", "the spec of a module that has none is None"
)
NOT_FOUND_ERRORS: Final = raises("api.find-spec-not-found-none", "ModuleNotFoundError", "ValueError")
PARENT_LEFT: Final = Departure(
    "api.find-spec-imports-parent", "not imported", "nothing is found in a package that is not imported yet"
)
CHILD_TOO: Final = Departure("api.find-spec-imports-parent", "submodule too", "the submodule is imported as well")
NO_PACKAGE_ERRORS: Final = raises("api.find-spec-parent-not-package", "AttributeError", "ImportError")
NO_PACKAGE_NONE: Final = Departure("api.find-spec-parent-not-package", "None", "nothing is found in what is no package")
FROM_ABOVE: Final = Departure("api.find-spec-relative", "one level more", "one dot names the parent of the package")
FOUND_BEYOND_ERRORS: Final = raises("api.find-spec-relative", "ValueError", "TypeError")
ADDED: Final = Departure("api.find-spec-no-bind", "added", "the module is put into sys.modules, not executed")
PREFIXED: Final = Departure(
    "api.resolve-name-absolute", "relative", "a name without dots is resolved in the package too, if there is one"
)
RESOLVED_ABOVE: Final = Departure(
    "api.resolve-name-relative", "one level more", "one dot names the parent of the package"
)
RESOLVED_BELOW: Final = Departure(
    "api.resolve-name-relative", "one level less", "two dots name the package, three its parent"
)
RESOLVE_ERRORS: Final = raises("api.resolve-name-errors", "ValueError", "ModuleNotFoundError")
RESOLVE_ERRORS_BEFORE: Final = raises("api.resolve-name-valueerror-old", "ImportError")


class Anchoring(NamedTuple):
    """How a function departs that takes a relative name: one dot is two; above the top another exception is raised."""

    one_more: Departure
    beyond: tuple[Departure, ...]


IMPORTED: Final = Anchoring(ONE_MORE, BEYOND_ERRORS)
FOUND: Final = Anchoring(FROM_ABOVE, FOUND_BEYOND_ERRORS)


def _import_module(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The module that is named.

    Clauses: api.import-module-returns-named, api.import-module-no-attr.

    Raises:
        Raised: the name is relative and leads nowhere, or the import fails.
    """
    del scope
    name, package = given["name"], given.get("package")
    if not isinstance(name, str) or not name:
        raise not_named(state, name, "import_module")
    bare = name.lstrip(".")
    state.form = "import_module"
    asked = name if bare == name else _resolved(state, bare, len(name) - len(bare), package)
    bypassed(state, asked, "import_module")
    try:
        module = import_module(state, asked)
    except Raised as error:
        held = _attribute(state, asked)
        if held is not None and error.name == asked and state.departs(ATTRIBUTE):
            return held
        error.why = (*error.why, "api.import-module-no-attr") if held is not None else error.why
        raise
    if "." in asked:
        state.cite("api.import-module-returns-named")
    return top_package(state, asked) if "." in asked and state.departs(TOP) else module


def _attribute(state: State, name: str) -> Object:
    """What a module that is loaded has as the attribute that the last part of the name is."""
    owner, _, tail = name.rpartition(".")
    module = state.cache.values.get(owner)
    return module.namespace.values.get(tail) if isinstance(module, ModuleObject) else None


def _resolved(state: State, bare: str, level: int, package: Argument) -> str:
    """The absolute name of one that is relative to a package (api.import-module-relative).

    Raises:
        Raised: there is no package, which must be given (api.import-module-relative-needs-package: no document says
            what is raised), or the name would lie above its top-level package.
    """
    if not isinstance(package, str) or not package:
        raise unnamed(state, "api.import-module-relative-needs-package", "TypeError", "ImportError", "ValueError")
    state.cite("api.import-module-relative")
    return _anchored(state, bare, level, package, IMPORTED)


def _anchored(state: State, bare: str, level: int, package: str, who: Anchoring) -> str:
    """The absolute name of one that is relative to a package: for ``find_spec`` the same as for ``import_module``.

    Raises:
        Raised: the name would lie above its top-level package (api.import-module-error).
    """
    depth = package.count(".") + 1
    if level == 1 and depth > 1 and state.departs(who.one_more):
        level = 2
    if level > depth:
        unknown = Unknown(("relative.no-parent-package-error",))
        if not state.since(3, 9):
            raise unnamed(state, "api.import-module-error", "ValueError", "ImportError")
        error = state.error("ImportError", who.beyond)
        raise Raised(error, state.why("api.import-module-error"), name=unknown, path=unknown)
    return seen_from(package, bare, level)


def _find_spec(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The spec of a module, which is not imported; its parent is.

    Clauses: api.find-spec-imports-parent, api.find-spec-not-found-none, api.find-spec-no-bind.

    Raises:
        Raised: the parent cannot be imported or is no package, or the module has no spec.
    """
    del scope
    name = given["name"]
    if not isinstance(name, str):
        raise Silent("scope.operand-types")
    state.form = "find_spec"
    asked = _found_from(state, name, given.get("package"))
    held = asked in state.cache.values and not state.departs(SEARCHED)
    if held and hit_decides(state, asked, "found by find_spec"):
        return _spec_of(state, asked)
    parent = asked.rpartition(".")[0]
    path = Locations(None)
    if parent:
        if not held and parent not in state.cache.values and state.departs(PARENT_LEFT):
            return None
        bypassed(state, parent, "find_spec")
        owner = import_module(state, parent)
        state.cite("api.find-spec-imports-parent")
        if held and asked in state.cache.values:
            return _spec_of(state, asked)
        below = _below(state, owner)
        if below is None:
            return None
        path = below
        if asked in state.cache.values and _again(state):
            return _spec_of(state, asked)
    return _searched(state, asked, path)


def _searched(state: State, name: str, path: Locations) -> Object:
    """What a search finds on that path.

    Clauses: api.find-spec-not-found-none, api.find-spec-no-bind.
    """
    spec = find(state, name, path.value)
    if spec is None:
        state.cite("api.find-spec-not-found-none")
        error = state.error("", NOT_FOUND_ERRORS)
        if error:
            raise Raised(error, state.why())
        return None
    spec.searched = True
    state.cite("api.find-spec-no-bind")
    if state.departs(ADDED):
        state.cache.bind(name, ModuleObject(name, spec), ("api.find-spec-no-bind",))
    if "." in name and state.departs(CHILD_TOO):
        import_module(state, name)
    return spec


def _again(state: State) -> bool:
    """Whether sys.modules is looked at again, once the parent was imported and has imported the module."""
    return state.policy("api.find-spec-in-sys-modules", "looked at again", "searched for") == "looked at again"


def _spec_of(state: State, name: str) -> Object:
    """The ``__spec__`` of what sys.modules holds.

    Clauses: api.find-spec-in-sys-modules, api.find-spec-none-spec-valueerror; what is found where that is None is open
    (api.find-spec-none-entry).

    Raises:
        Raised: it has none.
        Silent: it is not known whether it has.
    """
    held = state.cache.values[name]
    if held is None:
        question = "api.find-spec-none-entry"
        goes_on(state, question, ("None",), "ValueError", "ModuleNotFoundError")
        state.cite(question)
        return None
    found = attribute(state, held, "__spec__")
    if found is not None and isinstance(found.value, Unknown):
        raise Silent(*found.value.why)
    if found is not None and found.value is not None:
        state.cite(*found.why, "api.find-spec-in-sys-modules")
        return found.value
    state.cite("api.find-spec-none-spec-valueerror")
    if state.departs(NO_SPEC_NONE):
        return None
    raise Raised(state.error("ValueError", NO_SPEC_ERRORS), state.why())


def _below(state: State, owner: Object) -> Locations | None:
    """Where the submodules of a package are searched for; ``None`` where that is a departure.

    What lacks a ``__path__`` is no package, whatever it is: an object of the program's that has one is as a package.

    Raises:
        Raised: it is no package (api.find-spec-parent-not-package).
    """
    if isinstance(owner, ClassObject):
        found = attribute(state, owner, "__path__")
        path = None if found is None else Locations(found.value, found.why)
    else:
        path = package_path(state, owner)
    if path is None:
        clause = "api.find-spec-parent-not-package"
        if state.departs(NO_PACKAGE_NONE):
            return None
        error = state.error("ModuleNotFoundError", NO_PACKAGE_ERRORS)
        unknown = Unknown(("errors.name-attribute",))
        raise Raised(error, state.why(clause), name=unknown, path=unknown)
    if isinstance(path.value, Portions):
        refresh(state, path.value)
    return path


def _found_from(state: State, name: str, package: Argument) -> str:
    """The absolute name of a module that is to be found, as ``import_module`` has it (api.find-spec-relative).

    Raises:
        Raised: there is no package, which must be given (no document says what is raised), or the name would lie above
            its top-level package.
    """
    bare = name.lstrip(".")
    level = len(name) - len(bare)
    if not level:
        return name
    if not isinstance(package, str) or not package:
        raise unnamed(state, "api.find-spec-relative", "ImportError", "ValueError", "TypeError")
    state.cite("api.find-spec-relative")
    return _anchored(state, bare, level, package, FOUND)


def _resolve_name(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The absolute name that a name stands for, seen from a package.

    Clauses: api.resolve-name-absolute, api.resolve-name-relative, api.resolve-name-errors,
    api.resolve-name-valueerror-old (before 3.9).

    Raises:
        Raised: the name is relative, and there is no package or it would lie above the top-level package.
    """
    del scope
    name, package = given["name"], given["package"]
    if not isinstance(name, str):
        raise Silent("scope.operand-types")
    bare = name.lstrip(".")
    level = len(name) - len(bare)
    known = package if isinstance(package, str) else ""
    if not level:
        state.cite("api.resolve-name-absolute")
        return f"{known}.{name}" if known and state.departs(PREFIXED) else name
    depth = known.count(".") + 1 if known else 0
    if level > depth:
        raise _unresolved(state)
    state.cite("api.resolve-name-relative")
    if level == 1:
        level += int(depth > 1 and state.departs(RESOLVED_ABOVE))
    else:
        level -= int(state.departs(RESOLVED_BELOW))
    return seen_from(known, bare, level)


def _unresolved(state: State) -> Raised:
    """The exception where a name cannot be resolved."""
    if not state.since(3, 9):
        error = state.error("ValueError", RESOLVE_ERRORS_BEFORE)
        return Raised(error, state.why("api.resolve-name-valueerror-old"))
    unknown = Unknown(("relative.no-parent-package-error",))
    error = state.error("ImportError", RESOLVE_ERRORS)
    return Raised(error, state.why("api.resolve-name-errors"), name=unknown, path=unknown)


HELD: Final[Mapping[str, Holding]] = hierarchy.HELD

FUNCTIONS: Final[Mapping[str, Meaning]] = {
    **querying.FUNCTIONS,
    "builtins.issubclass": hierarchy.is_subclass,
    "importlib.machinery.all_suffixes": hierarchy.all_suffixes,
    "importlib.util.cache_from_source": cache_from_source,
    "importlib.util.decode_source": decode_source,
    "importlib.util.source_from_cache": source_from_cache,
    "importlib.util.spec_from_loader": spec_from_loader,
    "runpy.__loader__.load_module": load_itself,
    "operator.contains": contains,
    "operator.eq": is_equal,
    "operator.is_": is_same,
    "importlib.import_module": _import_module,
    "importlib.util.find_spec": _find_spec,
    "importlib.util.resolve_name": _resolve_name,
    "importlib.util.module_from_spec": module_from_spec,
    "importlib.util.spec_from_file_location": spec_from_file_location,
    "importlib.abc.Loader.exec_module": exec_module,
    "importlib.abc.Loader.load_module": load_module,
    "warnings.warn_explicit": warn_explicit,
}
