"""Making specs and modules by hand: the functions of importlib.util, and what a loader executes (library/importlib)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.expressions import Place
from harness.oracle.archives import archive
from harness.oracle.attributes import initialise
from harness.oracle.departing import raises, refused
from harness.oracle.layout import PREFIX
from harness.oracle.loading import execute_code
from harness.oracle.objects import Items, ModuleObject, Object, Raised, Scope, Spec, Unknown
from harness.oracle.state import Argument, Silent, State

REGISTERED: Final = Departure("api.module-from-spec", "registered", "the module is put into sys.modules")
EXECUTED: Final = Departure("api.module-from-spec", "executed", "the code of the module is executed")
BARE: Final = Departure("api.module-from-spec", "bare", "the module has none of the attributes that come from its spec")
NO_SPEC: Final = Departure("api.spec-from-file-location", "None", "the path of a source file gives no spec")
GIVEN: Final = "api.spec-from-file-location-given"
LOADER_IGNORED: Final = Departure(GIVEN, "loader ignored", "the loader follows from the suffix, whatever is given")
LOCATIONS_IGNORED: Final = Departure(
    GIVEN, "locations ignored", "the search locations follow from the file, whatever is given"
)
NO_PACKAGE: Final = Departure(
    "api.spec-from-file-location-package",
    "not asked",
    "the loader is not asked whether it is of a package: the spec has no search locations then",
)
PATHLIKE: Final = refused("api.spec-from-file-location-pathlike")
NO_LOADER_SPEC: Final = Departure("api.spec-from-loader", "None", "a loader gives no spec")
NOT_ASKED: Final = Departure("api.spec-from-loader", "not asked", "the loader is not asked whether it is of a package")
NOT_EXECUTED_FOUND: Final = Departure(
    "api.import-module-approximation", "not executed", "exec_module of the loader that was found executes nothing"
)
BOUND: Final = Departure(
    "submodule.low-level-recipe-does-not-bind", "bound", "exec_module binds a submodule in its parent"
)
NOT_EXECUTED: Final = Departure("api.import-file-recipe", "not executed", "exec_module executes nothing")
ONCE: Final = Departure(
    "loading.exec-called-again-on-reload", "once", "what a loader has executed it does not execute again"
)
ZIP_METHODS: Final = "zip.create-exec-module"
ZIP_METHOD_ERRORS: Final = raises(ZIP_METHODS, "AttributeError", "NotImplementedError")

_CODE: Final = (".py", ".pyc")


def module_from_spec(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """A new module, its import-related attributes set.

    Clauses: api.module-from-spec.
    """
    del scope
    spec = given["spec"]
    if not isinstance(spec, Spec):
        raise Silent("scope.operand-types")
    if spec.origin is not None and not spec.origin.endswith(_CODE):
        raise Silent("pef.default-file-types")
    module = ModuleObject(spec.name, spec)
    initialise(state, module)
    state.cite("api.module-from-spec")
    taken = state.decide(REGISTERED, BARE, EXECUTED)
    if taken is REGISTERED:
        state.cache.bind(spec.name, module, ("api.module-from-spec",))
    elif taken is BARE:
        for name in ("__spec__", "__path__", "__file__", "__package__", "__loader__", "__cached__"):
            module.namespace.unbind(name, ("api.module-from-spec",))
    elif taken is EXECUTED and spec.origin is not None:
        execute_code(state, module, spec, spec.origin)
    return module


def spec_from_file_location(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The spec of a module of that name that lies at a place.

    Clauses: api.spec-from-file-location, api.spec-from-file-location-package, api.spec-from-file-location-pathlike,
    api.spec-from-file-location-given; that a suffix which nobody knows gives none is an implementation's detail
    (api.spec-from-file-location-unknown-suffix).

    Raises:
        Silent: it is the path of no file, or of what may be a shared library, or a loader is given that is for a module
            of another name.
    """
    del scope
    name, location = given["name"], given["location"]
    if not isinstance(name, str) or not isinstance(location, Place):
        raise Silent("scope.operand-types")
    if location.pathlike:
        state.cite("api.spec-from-file-location-pathlike")
        if state.departs(PATHLIKE):
            raise Raised("TypeError", state.why())
    place = location.path
    libraries = {f"{library}{end}" for library, ends in state.shared.items() for end in ends}
    if place not in state.files or place in libraries or archive(state, place) is not None:
        raise Silent("api.spec-from-file-location")
    loader = given.get("loader")
    if loader is not None and state.departs(LOADER_IGNORED):
        loader = None
    if not place.endswith(_CODE) and loader is None:
        question = "api.spec-from-file-location-unknown-suffix"
        taken = state.policy(question, "None", "a spec", choice=True)
        state.cite(question)
        return None if taken == "None" else Spec(name, place, None, f"{PREFIX}{place}")
    state.cite("api.spec-from-file-location")
    if state.departs(NO_SPEC):
        return None
    locations = _locations(state, name, place, loader, given.get("submodule_search_locations"))
    spec = Spec(name, place, locations, f"{PREFIX}{place}")
    if isinstance(loader, Unknown):
        state.cite(GIVEN)
        spec.loader = loader
    return spec


def spec_from_loader(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The spec of a module that a loader of source files is for: what it lacks the loader tells.

    Clauses: api.spec-from-loader.

    Raises:
        Silent: it is the loader of something else, or for a module of another name.
    """
    del scope
    name, loader = given["name"], given["loader"]
    if not isinstance(name, str) or not isinstance(loader, Unknown) or loader.spec is None:
        raise Silent("scope.operand-types")
    known = loader.spec
    if known.name != name or known.origin is None or not known.origin.endswith(".py"):
        raise Silent("api.spec-from-loader")
    state.cite("api.spec-from-loader")
    taken = state.decide(NO_LOADER_SPEC, NOT_ASKED)
    if taken is NO_LOADER_SPEC:
        return None
    package = known.locations is not None and taken is not NOT_ASKED
    directory = f"{PREFIX}{known.origin}".rpartition("/")[0]
    spec = Spec(name, known.origin, Items([directory], mutable=True) if package else None, known.file)
    spec.loader = loader
    return spec


def _locations(state: State, name: str, place: str, loader: Argument, locations: Argument) -> Items | None:
    """Where the submodules are searched for: in what is given, or in the directory of the file of a package.

    Clauses: api.spec-from-file-location-package, api.spec-from-file-location-given; whether an empty list lacks a
    directory, which is then filled in, is open (api.spec-from-file-location-empty).
    """
    directory = Items([f"{PREFIX}{place}".rpartition("/")[0]], mutable=True)
    if isinstance(locations, Items) and not state.departs(LOCATIONS_IGNORED):
        state.cite(GIVEN)
        filled = state.policy("api.spec-from-file-location-empty", "the directory", "none") == "the directory"
        return directory if filled else locations
    if not _is_package(name, place.rpartition("/")[2].rpartition(".")[0], loader):
        return None
    state.cite("api.spec-from-file-location-package")
    return None if state.departs(NO_PACKAGE) else directory


def _is_package(name: str, stem: str, loader: Argument) -> bool:
    """Whether it is a package, as the loader says: it is one if its file is called ``__init__`` and itself is not.

    Raises:
        Silent: the loader is for a module of another name, or may be none.
    """
    if loader is None:
        return stem == "__init__" and name.rpartition(".")[2] != "__init__"
    if not isinstance(loader, Unknown) or loader.spec is None or loader.spec.origin is None:
        raise Silent("scope.operand-types")
    if loader.spec.name != name:
        raise Silent("loading.exec-other-name")
    return loader.spec.locations is not None


def _refuse_perhaps(state: State) -> None:
    """A loader is asked for a module of another name than its own: what methods of loaders raise then is ImportError.

    Raises:
        Raised: it refuses that, which is open.
    """
    question = "loading.exec-other-name"
    if state.policy(question, "executed", "ImportError") != "executed":
        unknown = Unknown((question,))
        raise Raised("ImportError", state.why(question), name=unknown, path=unknown)


def exec_module(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """Execute the code of a module in the namespace of a module; neither sys.modules nor a package changes by that.

    Clauses: api.import-file-recipe, api.import-module-approximation, loading.exec-called-again-on-reload.

    Raises:
        Raised: its code raised, or is none, or the module has another name than the loader is for, which no document
            says is refused or not (loading.exec-other-name).
        Silent: it is the loader of a namespace package, or the module has no name or is being executed.
    """
    del scope
    loader, module = given["self"], given["module"]
    if not isinstance(loader, Unknown) or loader.spec is None or not isinstance(module, ModuleObject):
        raise Silent("scope.operand-types")
    spec = loader.spec
    if spec.origin is None or not spec.origin.endswith(_CODE) or module.executing:
        raise Silent("module.loader-attribute")
    if archive(state, spec.origin) is not None:
        if not state.since(3, 10):
            raise Silent("module.loader-attribute")
        state.cite(ZIP_METHODS)
        taken = state.error("", ZIP_METHOD_ERRORS)
        if taken:
            raise Raised(taken, state.why())
    held = module.namespace.values
    name, other = held.get("__name__"), held.get("__spec__")
    if not isinstance(name, str):
        raise Silent("module.loader-attribute")
    if {name, other.name if isinstance(other, Spec) else name} != {spec.name}:
        if archive(state, spec.origin) is not None:
            raise Silent("loading.exec-other-name")  # the importer of an archive is for all modules in it
        _refuse_perhaps(state)
    again = (ONCE.clause,) if spec.origin in state.executed else ()
    left = NOT_EXECUTED_FOUND if spec.searched else NOT_EXECUTED
    state.cite(*again, left.clause)
    if not state.departs(left) and not (again and state.departs(ONCE)):
        execute_code(state, module, spec, spec.origin, *again)
        _not_bound(state, spec, module)
    return None


def _not_bound(state: State, spec: Spec, module: ModuleObject) -> None:
    """Who executes a submodule by its loader alone does not bind it (submodule.low-level-recipe-does-not-bind)."""
    package, _, tail = spec.name.rpartition(".")
    parent = state.cache.values.get(package)
    if isinstance(parent, ModuleObject) and tail not in parent.namespace.values:
        parent.namespace.why[tail] = (BOUND.clause,)
        if state.departs(BOUND):
            parent.namespace.bind(tail, module, (BOUND.clause,))
