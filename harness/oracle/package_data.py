"""Data of packages (library/pkgutil §pkgutil.get_data)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.expressions import Place
from harness.oracle.archives import archive, situation
from harness.oracle.departing import raises
from harness.oracle.layout import PREFIX
from harness.oracle.loading import import_module
from harness.oracle.objects import ModuleObject, Object, Portions, Raised, Scope, Spec, Unknown
from harness.oracle.replacing import bypassed
from harness.oracle.search import Locations, find, package_path, refresh
from harness.oracle.state import Argument, Silent, State
from harness.oracle.unnamed import passed_on

LOADED: Final = "loaded"
UNLOCATABLE: Final = "pkgutil.get-data-none-any-unlocatable"
AS_TEXT: Final = Departure("pkgutil.get-data", "a text", "the contents of a file are a text")
BESIDE: Final = Departure("pkgutil.get-data", "beside", "a file is looked for beside the directory of the package")
MISSING_NONE: Final = Departure("pkgutil.get-data-missing", "None", "the contents of a file that is not there are None")
MISSING_ERRORS: Final = raises("pkgutil.get-data-missing", "ImportError", "KeyError")
UNSUPPORTED_ERRORS: Final = raises("pkgutil.get-data-none-unsupported", "OSError", "AttributeError")
LOCATED_ERRORS: Final = raises("pkgutil.get-data-none-not-located", "ModuleNotFoundError", "AttributeError")
TRAVERSAL_ERRORS: Final = raises("pkgutil.get-data-parent-traversal", "ValueError", "OSError")
ABSOLUTE_ERRORS: Final = raises("pkgutil.get-data-absolute-path", "ValueError", "OSError")
ABSOLUTE_BELOW: Final = Departure(
    "pkgutil.get-data-absolute-path",
    "below the package",
    "an absolute path is one below the package, without its slash",
)
NOT_LOADED: Final = Departure(
    "pkgutil.get-data-of-loaded", "not loaded", "the data are read, the package is not loaded for that"
)
PASSED: Final = Departure(UNLOCATABLE, "raises", "what importing the package or its parent raises is passed on")
UNBOUND_BY_DATA: Final = Departure(
    "submodule.bound-on-parent", "not by get_data", "a submodule that get_data loads is not bound in its parent"
)


class _Nowhere(Exception):  # noqa: N818 - no error: the data is None
    """A package cannot be located or loaded."""


def get_data(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The contents of a file of a package.

    Clauses: pkgutil.get-data, pkgutil.get-data-none-unsupported.

    Raises:
        Raised: there is no such file (pkgutil.get-data-missing: an OSError, of which type is a choice).
    """
    del scope
    name, resource = given["package"], given["resource"]
    if not isinstance(name, str) or not isinstance(resource, str | Place):
        raise Silent("scope.operand-types")
    state.form = "get_data"
    try:
        spec = _located(state, name)
    except _Nowhere:
        return None
    if isinstance(spec.locations, Portions):
        state.cite("pkgutil.get-data-none-unsupported")
        error = state.error("", UNSUPPORTED_ERRORS)
        if error:
            raise Raised(error, state.why())
        return None
    if spec.origin is None or not spec.origin.endswith(".py"):
        raise Silent("pkgutil.get-data")
    directory = spec.origin.rpartition("/")[0]
    if isinstance(resource, Place) or resource.startswith("../"):
        directory, resource = _elsewhere(state, directory, resource)
    return _contents(state, directory, resource)


def _elsewhere(state: State, directory: str, resource: str | Place) -> tuple[str, str]:
    """The directory and the name of what does not lie below the package.

    Clauses: pkgutil.get-data-absolute-path, pkgutil.get-data-parent-traversal; before 3.13 neither is allowed.

    Raises:
        Raised: it is not followed.
        Silent: it is not allowed, or the loader is that of an archive: "to be compatible with non-filesystem loaders,
            avoid using these features".
    """
    clause, errors = "pkgutil.get-data-parent-traversal", TRAVERSAL_ERRORS
    if isinstance(resource, Place):
        clause, errors = "pkgutil.get-data-absolute-path", ABSOLUTE_ERRORS
    if not state.since(3, 13) or archive(state, directory) is not None:
        raise Silent("pkgutil.get-data")
    state.cite(clause)
    error = state.error("", errors)
    if error:
        raise Raised(error, state.why())
    if isinstance(resource, Place):
        if state.departs(ABSOLUTE_BELOW):
            return directory, f"{PREFIX}{resource.path}"
        head, _, tail = resource.path.rpartition("/")
        return head, tail
    return directory.rpartition("/")[0], resource.removeprefix("../")


def _contents(state: State, directory: str, resource: str) -> Object:
    """What a file below a directory holds."""
    place = f"{directory}/{resource}"
    state.cite("pkgutil.get-data")
    if place in state.sources:
        return Unknown(("pkgutil.get-data",))
    if place in state.directories:
        raise Silent("pkgutil.get-data")
    taken = state.decide(AS_TEXT, BESIDE)
    if taken is BESIDE:
        place = f"{directory.rpartition('/')[0]}/{resource}"
    text = state.texts.get(place)
    if text is not None:
        return text if taken is AS_TEXT else text.encode("utf-8", "surrogateescape")
    question = "pkgutil.get-data-missing"
    if state.departs(MISSING_NONE):
        return None
    other = state.error("", MISSING_ERRORS)
    error = Raised(other or "FileNotFoundError", state.why(question))
    raise error if other else passed_on(state, error, question, "OSError", about=situation(state, place))


def _located(state: State, name: str) -> Spec:
    """The spec of a package.

    It is loaded, or else its data are None; whether a namespace package is, whose data are None whatever becomes of
    it, is open (pkgutil.get-data-loads).

    Clauses: pkgutil.get-data-none-not-located, pkgutil.get-data-of-loaded.

    Raises:
        _Nowhere: it cannot be located or loaded.
        Silent: it is no package, or what tells where it lies was changed.
    """
    spec = _known(state.cache.values.get(name)) or _found(state, name)
    if spec is None:
        state.cite("pkgutil.get-data-none-not-located")
        error = state.error("", LOCATED_ERRORS)
        if error:
            raise Raised(error, state.why())
        raise _Nowhere
    if spec.locations is None:
        raise Silent("pkgutil.get-data")
    if name not in state.cache.values and not _stays_unloaded(state, spec):
        _load(state, name)
        _left_as_found(state, name, spec)
    return spec


def _left_as_found(state: State, name: str, spec: Spec) -> None:
    """A package that was loaded for its data lies where it was found: by what its code left of it nothing is said.

    Raises:
        Silent: its code took it out of sys.modules, put something else there, or changed what tells where it lies.
    """
    if spec.origin is None:
        return
    known = _known(state.cache.values.get(name))
    if known is None or known.origin != spec.origin:
        raise Silent("pkgutil.get-data")


def _stays_unloaded(state: State, spec: Spec) -> bool:
    if spec.origin is None:
        return state.policy("pkgutil.get-data-loads", "not loaded", LOADED) != LOADED
    state.cite("pkgutil.get-data-of-loaded")
    return state.departs(NOT_LOADED)


def _known(module: Object) -> Spec | None:
    """The spec of a module that is loaded.

    Raises:
        Silent: it is no module, or what tells where it lies was changed.
    """
    if module is None:
        return None
    if not isinstance(module, ModuleObject) or module.spec is None:
        raise Silent("pkgutil.get-data")
    held = module.namespace.values
    if held.get("__spec__") is not module.spec or held.get("__file__") != module.spec.file:
        raise Silent("pkgutil.get-data")
    return module.spec


def _found(state: State, name: str) -> Spec | None:
    """What a search finds, its parent imported, or what that has imported; ``None`` where there is nothing.

    Raises:
        _Nowhere: the parent cannot be imported, or is no package.
        Silent: None is in sys.modules for it, and the parent has yet to be imported or has just put it there: whether
            anybody looks at the parent, or once more, is not said.
    """
    parent = name.rpartition(".")[0]
    path = Locations(None)
    if name in state.cache.values:
        if parent and parent not in state.cache.values:
            raise Silent("pkgutil.get-data-none-not-located")
        return None
    if parent:
        owner = _attempted(state, parent, "get_data, a parent")
        below = package_path(state, owner)
        if below is None:
            error = Raised("ModuleNotFoundError", state.why(UNLOCATABLE))
            error.name = error.path = Unknown((UNLOCATABLE,))
            raise _given_up(state, error)
        if not isinstance(owner, ModuleObject):
            raise Silent("cache.non-module-package")
        path = below
        if isinstance(path.value, Portions):
            refresh(state, path.value)
    if name in state.cache.values:
        if state.cache.values[name] is None:
            raise Silent("pkgutil.get-data-none-not-located", "cache.none-raises-mnfe")
        return _known(state.cache.values[name])
    return find(state, name, path.value)


def _load(state: State, name: str) -> None:
    """Load a package.

    Raises:
        _Nowhere: that fails.
    """
    _attempted(state, name)
    parent, _, tail = name.rpartition(".")
    owner = state.cache.values.get(parent)
    if isinstance(owner, ModuleObject) and state.departs(UNBOUND_BY_DATA):
        owner.namespace.unbind(tail, (UNBOUND_BY_DATA.clause,))


def _attempted(state: State, name: str, about: str = "get_data") -> Object:
    """The module of that name; the parent of a package is imported where that is searched for, not where it is loaded.

    Raises:
        _Nowhere: importing it fails.
        Silent: it raises what is no Exception.
    """
    try:
        bypassed(state, name, about)
        return import_module(state, name)
    except Raised as raised:
        raise _given_up(state, raised.settled()) from None


def _given_up(state: State, error: Raised) -> Exception:
    """What a failing import leads to: nothing is located (pkgutil.get-data-none-any-unlocatable).

    Raises:
        Silent: it raises what is no Exception.
    """
    if not error.is_a("Exception"):
        raise Silent(UNLOCATABLE)
    if state.departs(PASSED):
        return error
    state.reasons[:] = [*error.why, UNLOCATABLE]
    return _Nowhere()
