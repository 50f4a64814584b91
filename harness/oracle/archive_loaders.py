"""What the importer of an archive tells of the modules in it, and of its files (library/zipimport)."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from harness.model.departure import Departure
from harness.model.language.expressions import Place
from harness.oracle.archives import archive, pass_over_bytecode
from harness.oracle.attributes import initialise
from harness.oracle.cleaning import clean_up
from harness.oracle.compiling import syntax_error
from harness.oracle.departing import raises
from harness.oracle.loading import execute_code
from harness.oracle.objects import Items, ModuleObject, Object, Raised, Scope, Spec, Unknown
from harness.oracle.state import Argument, Silent, State
from harness.oracle.unnamed import passed_on

FILENAME: Final = "zip.get-filename"
PACKAGE: Final = "zip.is-package"
SOURCE: Final = "zip.get-source"
CODE: Final = "zip.get-code"
DATA: Final = "zip.get-data"
LOADED: Final = "zip.load-module"
METHODS: Final = {"get_filename": FILENAME, "is_package": PACKAGE, "get_source": SOURCE, "get_code": CODE}
"""The clause of each method that takes the name of a module."""

WITHIN: Final = Departure(FILENAME, "within the archive", "get_filename() returns the path within the archive")
NEVER: Final = Departure(PACKAGE, "never", "is_package() is false of packages too")
AS_BYTES: Final = Departure(SOURCE, "bytes", "get_source() returns bytes")
EMPTY: Final = Departure(SOURCE, "empty where there is none", "where there is no source it returns an empty text")
AS_TEXT: Final = Departure(DATA, "a text", "get_data() returns a text")
NOT_REGISTERED: Final = Departure(LOADED, "not in sys.modules", "load_module() leaves sys.modules alone")
LOADED_ERRORS: Final = raises(LOADED, "KeyError", "ImportError")
STILL_THERE: Final = Departure("zip.load-module-removed", "there still", "there is the method after 3.14")
REMOVED_ERRORS: Final = raises("zip.load-module-removed", "TypeError", "NotImplementedError")
MISSING_DATA: Final = raises(DATA, "KeyError", "ImportError")
FILENAME_ERRORS: Final = raises(FILENAME, "KeyError", "ImportError")
PACKAGE_ERRORS: Final = raises(PACKAGE, "KeyError", "ImportError")
SOURCE_ERRORS: Final = raises(SOURCE, "KeyError", "ImportError")
CODE_ERRORS: Final = raises(CODE, "KeyError", "ImportError")
_ERRORS: Final = {
    FILENAME: FILENAME_ERRORS,
    PACKAGE: PACKAGE_ERRORS,
    SOURCE: SOURCE_ERRORS,
    CODE: CODE_ERRORS,
}


class _Found(NamedTuple):
    """A module of an archive: where its file is, and whether it is a package."""

    origin: str
    package: bool


def of_archive(state: State, spec: Spec, name: str, method: str) -> Object:
    """What a method tells of the module that the importer finds by that name, where it found that of the spec.

    Clauses: zip.get-filename, zip.is-package, zip.get-source, zip.get-code.

    Raises:
        Raised: there is no such module.
        Silent: it is one of another package.
    """
    clause = METHODS[method]
    if name.rpartition(".")[0] != spec.name.rpartition(".")[0]:
        raise Silent(clause)
    state.cite(clause)
    found = _found(state, str(spec.origin), name)
    if found is None:
        unknown = Unknown((clause,))
        raise Raised(state.error("ZipImportError", _ERRORS[clause]), state.why(), name=unknown, path=unknown)
    match clause:
        case "zip.get-filename":
            path = f"<tree>/{found.origin}"
            return found.origin.partition("/")[2] if state.departs(WITHIN) else path
        case "zip.is-package":
            return found.package and not state.departs(NEVER)
        case "zip.get-source":
            return _source(state, found.origin)
        case _:
            return _code(state, found.origin)


def _found(state: State, origin: str, name: str) -> _Found | None:
    directory, _, file = origin.rpartition("/")
    if file.startswith("__init__."):
        directory = directory.rpartition("/")[0]
    stem = f"{directory}/{name.rpartition('.')[2]}"
    for path, package in ((f"{stem}/__init__", True), (stem, False)):
        for suffix in (".py", ".pyc"):
            if path + suffix in state.files:
                return _Found(path + suffix, package)
    return None


def _source(state: State, origin: str) -> Object:
    """The text of a source that is data; that of another one depends on how it is written down."""
    if origin.endswith(".pyc"):
        return "" if state.departs(EMPTY) else None
    text = state.texts.get(origin)
    if text is None or "\r" in text:
        return Unknown((SOURCE,))
    return text.encode("utf-8", "surrogateescape") if state.departs(AS_BYTES) else text


def _code(state: State, origin: str) -> Object:
    """Code, of which nothing is said.

    Raises:
        Raised: what lies beside the source is taken for its bytecode.
        Silent: it is made of bytecode, which may be none, or of what is no Python.
    """
    if origin.endswith(".pyc"):
        raise Silent("pyc.sourceless-bad-magic-error")
    pass_over_bytecode(state, origin)
    source = state.sources.get(origin)
    if source is not None and syntax_error(state, source):
        raise Silent(CODE)
    return Unknown((CODE,))


def load_module(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """What :func:`load_from_archive` gives: the method of that importer by itself."""
    del scope
    return load_from_archive(state, given)


def load_from_archive(state: State, given: Mapping[str, Argument]) -> Object:
    """The module, loaded into ``sys.modules``; from 3.15 on there is no such method.

    Clauses: zip.load-module, zip.load-module-removed.

    Raises:
        Raised: there is no such module, or its code raises.
        Silent: it is the loader of something else, or the module is in sys.modules already, or is no top-level one;
            or it has put something else there.
    """
    loader, name = given["self"], given["fullname"]
    spec = loader.spec if isinstance(loader, Unknown) else None
    if spec is None or archive(state, spec.origin) is None or not isinstance(name, str):
        raise Silent("scope.operand-types")
    if state.since(3, 15):
        if not state.departs(STILL_THERE):
            raise Raised(state.error("AttributeError", REMOVED_ERRORS), state.why(STILL_THERE.clause))
    elif name in state.cache.values or "." in name or "." in spec.name:
        raise Silent(LOADED)
    elif state.since(3, 10):
        state.warned_otherwise = True  # it is deprecated; that it warns is not said
    state.cite(LOADED)
    found = _found(state, str(spec.origin), name)
    if found is None:
        unknown = Unknown((LOADED,))
        raise Raised(state.error("ZipImportError", LOADED_ERRORS), state.why(), name=unknown, path=unknown)
    file = f"<tree>/{found.origin}"
    locations = Items([file.rpartition("/")[0]], mutable=True) if found.package else None
    module = ModuleObject(name, Spec(name, found.origin, locations, file))
    initialise(state, module)
    for each in ("__spec__", "__loader__", "__package__", "__cached__"):
        module.namespace.bind(each, Unknown((LOADED,)), (LOADED,))
    if state.departs(NOT_REGISTERED):
        return module
    return _executed(state, module, Spec(name, found.origin, locations, file), found.origin)


def _executed(state: State, module: ModuleObject, spec: Spec, origin: str) -> Object:
    """The module, which is in ``sys.modules`` while it is executed, and not if that fails.

    "The load_module() method must implement all the boilerplate loading functionality" (reference/import §5.4.1).

    Clauses: failure.failing-module-removed.

    Raises:
        Raised: its code raises.
        Silent: it has put something else into ``sys.modules``, or has taken itself out.
    """
    before = tuple(state.cache.values)
    state.cache.bind(module.name, module, (LOADED,))
    try:
        execute_code(state, module, spec, origin, LOADED)
    except Raised as error:
        error.why = (*error.why, LOADED)
        raise clean_up(state, module.name, None, error, before) from None
    if state.cache.values.get(module.name) is not module:
        raise Silent(LOADED)
    return module


def data_of_archive(state: State, spec: Spec, place: Place) -> Object:
    """The bytes of a file of the archive in which a module lies (zip.get-data).

    Raises:
        Raised: there is none.
        Silent: it lies elsewhere, or is a directory, or a source, whose text depends on how it is written down.
    """
    path = place.path
    if archive(state, path) is not archive(state, spec.origin) or path in state.directories or path in state.sources:
        raise Silent(DATA)
    state.cite(DATA)
    text = state.texts.get(path)
    if text is None:
        other = state.error("", MISSING_DATA)
        error = Raised(other or "OSError", state.why(DATA))
        raise error if other else passed_on(state, error, DATA, "FileNotFoundError")
    return text if state.departs(AS_TEXT) else text.encode("utf-8", "surrogateescape")
