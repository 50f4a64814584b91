"""Functions of the library that import and find modules (area importlib-api): library/importlib."""

from typing import Final

from harness.model.language.admitting import Reach, check_module
from harness.model.language.documented import Documented, Form, Held, Kind, Parameter
from harness.model.refusal import check_constant, need

_NAMED: Final = (Parameter("name", Kind.NAME), Parameter("package", Kind.PACKAGE))

_TWO: Final = (Parameter("a", Kind.VALUE), Parameter("b", Kind.VALUE))

_ABSTRACT: Final = (
    *("ExecutionLoader", "FileLoader", "Finder", "InspectLoader", "Loader", "MetaPathFinder", "PathEntryFinder"),
    *("ResourceLoader", "SourceLoader", "FileLoader.load_module", "Loader.load_module", "MetaPathFinder.discover"),
    *("PathEntryFinder.discover", "SourceLoader.load_module"),
)
_CONCRETE: Final = (
    *("BYTECODE_SUFFIXES", "BuiltinImporter", "ExtensionFileLoader", "FileFinder", "FrozenImporter", "PathFinder"),
    *("SOURCE_SUFFIXES", "SourceFileLoader", "SourceFileLoader.load_module", "SourcelessFileLoader"),
    "SourcelessFileLoader.load_module",
)

HELD: Final = (
    Held("builtins", "UserWarning"),
    Held("importlib", "find_loader"),
    *(Held("importlib.abc", name) for name in _ABSTRACT),
    *(Held("importlib.machinery", name) for name in _CONCRETE),
)
"""What the chapter refers to."""


def _check_builtin(place: str, text: str, reached: Reach) -> None:
    """A module that is built in, or a name that no module has.

    Raises:
        Refused: it is another one.
    """
    if text not in BUILTINS:
        check_module(place, text, reached)


def _nothing(_text: str) -> str:
    return ""


BUILTINS: Final = frozenset({"sys", "builtins"})
"""Modules that are built in wherever."""


def _check_itself(place: str, text: str, reached: Reach) -> None:
    """The module that is asked for its loader, and no other.

    Raises:
        Refused: it is another one.
    """
    del reached
    need(place, text, RELOADED.__eq__, "the module whose loader it is")


RELOADED: Final = "runpy"
"""A module of the library that its own loader may load again: it does nothing."""

_ITSELF: Final = Parameter("fullname", Form("name of the module", _check_itself, _nothing, (RELOADED, "os", "a")))
_WORDS: Final = Form("text", lambda place, text, _: check_constant(place, text), _nothing, ("a", ""))
_BUILTIN: Final = Parameter("fullname", Form("name of a built-in module", _check_builtin, _nothing, ("sys", "os", "a")))


def _check_frozen(place: str, text: str, reached: Reach) -> None:
    """A module that may be frozen, or a name that no module has.

    Raises:
        Refused: it is another one.
    """
    if text != RELOADED:
        check_module(place, text, reached)


_FROZEN: Final = Parameter("fullname", Form("name of a module", _check_frozen, _nothing, (RELOADED, "os", "a")))
_OWN: Final = Parameter("fullname", Form("name of a module of the case", check_module, _nothing, ("a", "os")))
_SELF: Final = Parameter("self", Kind.LOADER)
_ASKED: Final = (_SELF, Parameter("fullname", Kind.NAME))
_CACHE: Final = (
    Parameter("path", Kind.PLACE),
    Parameter("debug_override", Kind.FLAG),
    Parameter("optimization", Kind.VALUE, keyword=True),
)
_QUERIES: Final = (
    Documented("importlib.abc.ExecutionLoader", "get_filename", _ASKED, 2, method=True),
    Documented("importlib.abc.InspectLoader", "get_code", _ASKED, 2, method=True, kept=False),
    Documented("importlib.abc.InspectLoader", "get_source", _ASKED, 2, method=True),
    Documented("importlib.abc.InspectLoader", "is_package", _ASKED, 2, method=True),
    Documented("importlib.abc.ResourceLoader", "get_data", (_SELF, Parameter("path", Kind.PLACE)), 2, method=True),
    *(
        Documented("importlib.machinery", f"BuiltinImporter.{name}", (_BUILTIN,), 1)
        for name in ("get_code", "get_source", "is_package")
    ),
    *(
        Documented("importlib.machinery", f"FrozenImporter.{name}", (_OWN,), 1, kept=False)
        for name in ("get_code", "get_source", "is_package")
    ),
    Documented("importlib.machinery", "BuiltinImporter.find_spec", (_BUILTIN,), 1, kept=False),
    Documented("importlib.machinery", "FrozenImporter.find_spec", (_FROZEN,), 1, kept=False),
)
_LOADED: Final = Documented("zipimport.zipimporter", "load_module", _ASKED, 2, method=True, kept=False)
_CODE: Final = (Parameter("data", Kind.VALUE), Parameter("path", Kind.PLACE))

FUNCTIONS: Final = (
    *_QUERIES,
    Documented("builtins", "issubclass", (Parameter("cls", Kind.VALUE), Parameter("classinfo", Kind.VALUE)), 2),
    Documented("importlib.abc", "ExecutionLoader.is_package", _ASKED, 2),
    Documented("importlib.abc", "InspectLoader.source_to_code", _CODE, 1, kept=False),
    Documented("importlib.abc", "MetaPathFinder.invalidate_caches", (_SELF,), 1),
    Documented("importlib.machinery", "all_suffixes", (), 0, kept=False),
    Documented("importlib.util", "LazyLoader", (Parameter("loader", Kind.LOADER),), 1, kept=False),
    Documented("importlib.util", "cache_from_source", _CACHE, 1),
    Documented("importlib.util", "decode_source", (Parameter("source_bytes", Kind.BYTES),), 1),
    Documented("importlib.util", "source_from_cache", (Parameter("path", Kind.VALUE),), 1),
    Documented(
        "importlib.util", "spec_from_loader", (Parameter("name", Kind.NAME), Parameter("loader", Kind.LOADER)), 2
    ),
    Documented(RELOADED, "__loader__.load_module", (_ITSELF,), 1, kept=False),
    Documented("operator", "contains", _TWO, 2, sign="in"),
    Documented("operator", "eq", _TWO, 2, sign="=="),
    Documented("operator", "is_", _TWO, 2, sign="is"),
    Documented("importlib", "import_module", _NAMED, 1, imports=True),
    Documented("importlib.util", "find_spec", _NAMED, 1),
    Documented("importlib.util", "resolve_name", _NAMED, 2),
    Documented("importlib.util", "module_from_spec", (Parameter("spec", Kind.SPEC),), 1),
    Documented(
        "importlib.util",
        "spec_from_file_location",
        (
            Parameter("name", Kind.NAME),
            Parameter("location", Kind.PLACE),
            Parameter("loader", Kind.LOADER, keyword=True),
            Parameter("submodule_search_locations", Kind.LOCATIONS, keyword=True),
        ),
        2,
    ),
    Documented(
        "importlib.abc.Loader",
        "exec_module",
        (Parameter("self", Kind.LOADER), Parameter("module", Kind.MODULE)),
        2,
        method=True,
    ),
    Documented("importlib.abc.Loader", "load_module", _ASKED, 2, method=True),
    _LOADED,  # behind that of all loaders: a text does not tell which of them it calls
    Documented(
        "warnings",
        "warn_explicit",
        (
            Parameter("message", _WORDS),
            Parameter("category", Kind.VALUE),
            Parameter("filename", Kind.PLACE),
            Parameter("lineno", Kind.LEVEL),
            Parameter("module_globals", Kind.NAMESPACE, keyword=True),
        ),
        4,
    ),
)
"""The documented functions of the chapter."""
