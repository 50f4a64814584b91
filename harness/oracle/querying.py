"""What loaders tell of their modules (library/importlib §importlib.abc, §importlib.machinery)."""

import functools
from collections.abc import Callable, Mapping
from typing import Final, NoReturn

from harness.model.departure import Departure
from harness.model.language.expressions import Place
from harness.model.language.library import BUILTINS, RELOADED
from harness.oracle.archive_loaders import data_of_archive, load_module, of_archive
from harness.oracle.archives import archive
from harness.oracle.compiling import syntax_error
from harness.oracle.departing import raises
from harness.oracle.found import LibraryObject
from harness.oracle.objects import Object, Portions, Raised, Scope, Spec, Unknown
from harness.oracle.state import Argument, Meaning, Silent, State
from harness.oracle.unnamed import unnamed

FILE: Final = "api.fileloader-get-data-filename"
PACKAGE: Final = "api.sourceloader-is-package-rule"
NEWLINES: Final = "api.sourceloader-get-source-universal-newlines"
MISMATCH: Final = "api.loader-name-mismatch-importerror"
BUILTIN: Final = "api.builtin-loader-no-code"
STATIC: Final = "api.inspectloader-source-to-code-static"
BY_NAME: Final = Departure(FILE, "the name of the file", "get_filename() returns the last part of the path alone")
AS_TEXT: Final = Departure(FILE, "a text", "get_data() returns a text")
NEVER: Final = Departure(PACKAGE, "never", "is_package() is false of packages too")
INIT_TOO: Final = Departure(PACKAGE, "by the file alone", "a module called __init__ is a package too")
KEPT: Final = Departure(NEWLINES, "as they are", "the separators of lines stay as they are in the file")
AS_BYTES: Final = Departure(NEWLINES, "bytes", "get_source() returns bytes")
OTHERS_TAKEN: Final = Departure(MISMATCH, "answered", "the name is not looked at")
MISMATCH_ERRORS: Final = raises(MISMATCH, "ValueError", "KeyError")
HAS_CODE: Final = Departure(BUILTIN, "has code", "a built-in module has code and a source")
BUILTIN_PACKAGE: Final = Departure(BUILTIN, "a package", "a built-in module is a package")
BUILTIN_ERRORS: Final = raises(BUILTIN, "ValueError", "KeyError")
NOT_STATIC: Final = Departure(STATIC, "no static method", "source_to_code() is a method of an instance")
NAMESPACE: Final = "api.namespace-loader-inspects"
NO_PACKAGE: Final = Departure(NAMESPACE, "no package", "the loader says that a namespace package is no package")
NAMESPACE_ERRORS: Final = raises(NAMESPACE, "ImportError", "SyntaxError")
BUILT_IN_FOUND: Final = "finders.builtin-importer-finds"
BUILT_IN_LEFT: Final = Departure(BUILT_IN_FOUND, "not found", "a built-in module is not found by its importer")
BUILT_IN_OTHERS: Final = Departure(BUILT_IN_FOUND, "others too", "the importer of built-in modules finds others too")
FROZEN: Final = "finders.frozen-importer"
FROZEN_OTHERS: Final = Departure(FROZEN, "others too", "the importer of frozen modules finds others too")
FROZEN_ERRORS: Final = raises(FROZEN, "ImportError", "TypeError")
BY_DEFAULT: Final = "api.inspectloader-is-package-default"
DEFAULT_FALSE: Final = Departure(BY_DEFAULT, "false", "the default is_package() returns False")
DEFAULT_ERRORS: Final = raises(BY_DEFAULT, "NotImplementedError")
INVALIDATED: Final = "api.metapathfinder-invalidate-default"
SOMETHING: Final = Departure(INVALIDATED, "true", "the default invalidate_caches() returns True")
LAZY: Final = "api.lazyloader-requires-exec-module"
ACCEPTED: Final = Departure(LAZY, "accepted", "a loader without exec_module() is accepted")

_Query = Callable[[State, Spec, str], Object]


def _queried(state: State, scope: Scope, given: Mapping[str, Argument], key: str) -> Object:
    """What the loader of a source file tells of the module that it is for.

    Clauses: api.loader-name-mismatch-importerror.

    Raises:
        Raised: it is asked for another one.
        Silent: it is the loader of something else.
    """
    del scope
    loader, name = given["self"], given["fullname"]
    if not isinstance(loader, Unknown) or loader.spec is None or not isinstance(name, str):
        raise Silent("scope.operand-types")
    spec = loader.spec
    if archive(state, spec.origin) is not None:
        return of_archive(state, spec, name, key.rpartition(".")[2])
    if (
        isinstance(spec.locations, Portions)
        and state.since(3, 11)
        and name == spec.name
        and _QUERIES[key] in _OF_NAMESPACES
    ):
        return _OF_NAMESPACES[_QUERIES[key]](state)
    if spec.origin is None or not spec.origin.endswith(".py"):
        raise Silent("module.loader-attribute")
    if name != spec.name:
        state.cite(MISMATCH)
        if not state.departs(OTHERS_TAKEN):
            _refuse(state, MISMATCH, MISMATCH_ERRORS)
    return _QUERIES[key](state, spec, spec.origin)


def _filename(state: State, spec: Spec, origin: str) -> Object:
    state.cite(FILE)
    return origin.rpartition("/")[2] if state.departs(BY_NAME) else spec.file


def _is_package(state: State, spec: Spec, origin: str) -> Object:
    """Whether the file is called ``__init__``, and the module is not (api.sourceloader-is-package-rule)."""
    state.cite(PACKAGE)
    if not origin.endswith("/__init__.py"):
        return False
    if spec.name.rpartition(".")[2] == "__init__":
        return state.departs(INIT_TOO)
    return not state.departs(NEVER)


def _source(state: State, spec: Spec, origin: str) -> Object:
    """The text of the file, with universal newlines; that of a source depends on how it is written down."""
    del spec
    state.cite(NEWLINES)
    text = state.texts.get(origin)
    if text is None:
        return Unknown((NEWLINES,))
    taken = state.decide(*((KEPT,) if "\r" in text else ()), AS_BYTES)
    if taken is AS_BYTES:
        return text.encode("utf-8", "surrogateescape")
    return text if taken is KEPT else text.replace("\r\n", "\n").replace("\r", "\n")


def get_data(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The bytes of a file.

    Clauses: api.fileloader-get-data-filename.

    Raises:
        Silent: there is none, or it is a source, whose text depends on how it is written down.
    """
    del scope
    loader, place = given["self"], given["path"]
    spec = loader.spec if isinstance(loader, Unknown) else None
    if spec is None or spec.origin is None or not isinstance(place, Place) or place.pathlike:
        raise Silent("scope.operand-types")
    if archive(state, spec.origin) is not None:
        return data_of_archive(state, spec, place)
    if place.path not in state.texts or archive(state, place.path) is not None:
        raise Silent(FILE)
    state.cite(FILE)
    text = state.texts[place.path]
    return text if state.departs(AS_TEXT) else text.encode("utf-8", "surrogateescape")


def _code(state: State, spec: Spec, origin: str) -> Object:
    """Code, of which nothing is said.

    Raises:
        Silent: the source is no Python: what is raised then is not said.
    """
    del spec
    source = state.sources.get(origin)
    if source is not None and syntax_error(state, source):
        raise Silent(STATIC)
    return Unknown((*state.why(), MISMATCH))


def _namespace_code(state: State) -> Object:
    """Code, or ``None``: a namespace package executes nothing (api.namespace-loader-inspects)."""
    state.cite(NAMESPACE)
    taken = state.error("", NAMESPACE_ERRORS)
    if taken:
        raise Raised(taken, state.why())
    return Unknown((NAMESPACE,))


def _namespace_package(state: State) -> Object:
    """A true value (api.namespace-loader-inspects)."""
    state.cite(NAMESPACE)
    return not state.departs(NO_PACKAGE)


_OF_NAMESPACES: Final[Mapping[_Query, Callable[[State], Object]]] = {
    _code: _namespace_code,
    _is_package: _namespace_package,
}


def _built_in(state: State, scope: Scope, given: Mapping[str, Argument], method: str) -> Object:
    """What is told of built-in modules, which have no code.

    Clauses: api.builtin-loader-no-code.

    Raises:
        Raised: it is none.
    """
    del scope
    name = given["fullname"]
    state.cite(BUILTIN)
    if name not in BUILTINS:
        _refuse(state, BUILTIN, BUILTIN_ERRORS)
    if method == "is_package":
        return state.departs(BUILTIN_PACKAGE)
    return "code" if state.departs(HAS_CODE) else None


def _refuse(state: State, clause: str, errors: tuple[Departure, ...]) -> NoReturn:
    """The ImportError of that clause, of which no document says what it names."""
    unknown = Unknown((clause,))
    raise Raised(state.error("ImportError", errors), state.why(), name=unknown, path=unknown)


def _frozen(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """Nothing is told of a module of the case, which is not frozen.

    Clauses: api.loader-name-mismatch-importerror.

    Raises:
        Raised: always.
    """
    del scope, given
    state.cite(MISMATCH)
    return None if state.departs(OTHERS_TAKEN) else _refuse(state, MISMATCH, MISMATCH_ERRORS)


def _find_built_in(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The spec of a module that is built in, and of no other.

    Clauses: finders.builtin-importer-finds.
    """
    del scope
    state.cite(BUILT_IN_FOUND)
    known = given["fullname"] in BUILTINS
    departs = state.departs(BUILT_IN_LEFT if known else BUILT_IN_OTHERS)
    return LibraryObject("spec") if known is not departs else None


def _find_frozen(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The spec of a module that is frozen, and of no other; which ones of the library are no document says.

    Clauses: finders.frozen-importer.

    Raises:
        Raised: an implementation cannot say so.
    """
    del scope
    state.cite(FROZEN)
    taken = state.error("", FROZEN_ERRORS)
    if taken:
        raise Raised(taken, state.why())
    if given["fullname"] == RELOADED:
        return Unknown((FROZEN,))
    return LibraryObject("spec") if state.departs(FROZEN_OTHERS) else None


def source_to_code(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """Code, of what can be compiled; no instance is needed.

    Clauses: api.inspectloader-source-to-code-static.

    Raises:
        Silent: it may be no Python.
    """
    del scope
    data = given["data"]
    text = data.decode("latin-1") if isinstance(data, bytes) else data
    if not isinstance(text, str) or text not in {"", "x = 1", "x = 1\n"}:
        raise Silent(STATIC)
    state.cite(STATIC)
    if state.departs(NOT_STATIC):
        raise Raised("TypeError", state.why())
    return Unknown((STATIC,))


def _by_default(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """What the method of the abstract class does that another may override.

    Clauses: api.inspectloader-is-package-default.

    Raises:
        Raised: always.
    """
    del scope, given
    state.cite(BY_DEFAULT)
    return False if state.departs(DEFAULT_FALSE) else _refuse(state, BY_DEFAULT, DEFAULT_ERRORS)


def _invalidated(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """Clauses: api.metapathfinder-invalidate-default."""
    del scope, given
    state.cite(INVALIDATED)
    return True if state.departs(SOMETHING) else None


def _lazy(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """A lazy loader, of one that has an ``exec_module()``.

    Clauses: api.lazyloader-requires-exec-module.

    Raises:
        Raised: it has none.
    """
    del scope
    loader = given["loader"]
    if isinstance(loader, Unknown) and loader.spec is not None and archive(state, loader.spec.origin) is not None:
        raise Silent("module.loader-attribute")
    state.cite(LAZY)
    if given["loader"] is None and not state.departs(ACCEPTED):
        raise unnamed(state, LAZY, "TypeError", "AttributeError", "ImportError", "ValueError")
    return Unknown((LAZY,))


_QUERIES: Final[Mapping[str, _Query]] = {
    "importlib.abc.ExecutionLoader.get_filename": _filename,
    "importlib.abc.InspectLoader.get_code": _code,
    "importlib.abc.InspectLoader.get_source": _source,
    "importlib.abc.InspectLoader.is_package": _is_package,
}
_OF_BUILTINS: Final = ("get_code", "get_source", "is_package")

FUNCTIONS: Final[Mapping[str, Meaning]] = {
    "importlib.machinery.BuiltinImporter.find_spec": _find_built_in,
    "importlib.machinery.FrozenImporter.find_spec": _find_frozen,
    **dict.fromkeys((f"importlib.machinery.FrozenImporter.{name}" for name in _OF_BUILTINS), _frozen),
    **{key: functools.partial(_queried, key=key) for key in _QUERIES},
    "importlib.abc.ExecutionLoader.is_package": _by_default,
    "importlib.abc.MetaPathFinder.invalidate_caches": _invalidated,
    "importlib.util.LazyLoader": _lazy,
    "zipimport.zipimporter.load_module": load_module,
    "importlib.abc.ResourceLoader.get_data": get_data,
    "importlib.abc.InspectLoader.source_to_code": source_to_code,
    **{
        f"importlib.machinery.BuiltinImporter.{name}": functools.partial(_built_in, method=name)
        for name in _OF_BUILTINS
    },
}
"""What can be asked of loaders."""
