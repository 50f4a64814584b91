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
_MACHINERY: Final = '_host["importlib.machinery"]'
_QUERIES: Final = (
    Documented(
        "importlib.abc.ExecutionLoader",
        "get_filename",
        _ASKED,
        2,
        method=True,
        first='_loader().get_filename("tried")',
    ),
    Documented(
        "importlib.abc.InspectLoader",
        "get_code",
        _ASKED,
        2,
        method=True,
        kept=False,
        first='_loader().get_code("tried")',
    ),
    *(
        Documented("importlib.abc.InspectLoader", name, _ASKED, 2, method=True, first=f'_loader().{name}("tried")')
        for name in ("get_source", "is_package")
    ),
    Documented(
        "importlib.abc.ResourceLoader",
        "get_data",
        (_SELF, Parameter("path", Kind.PLACE)),
        2,
        method=True,
        first="_loader().get_data(_TRIED)",
    ),
    *(
        Documented(
            "importlib.machinery",
            f"BuiltinImporter.{name}",
            (_BUILTIN,),
            1,
            first=f'{_MACHINERY}.BuiltinImporter.{name}("sys")',
        )
        for name in ("get_code", "get_source", "is_package")
    ),
    *(
        Documented("importlib.machinery", f"FrozenImporter.{name}", (_OWN,), 1, kept=False, first=_MACHINERY)
        for name in ("get_code", "get_source", "is_package")
    ),
    Documented(
        "importlib.machinery",
        "BuiltinImporter.find_spec",
        (_BUILTIN,),
        1,
        kept=False,
        first=f'{_MACHINERY}.BuiltinImporter.find_spec("sys")',
    ),
    Documented(
        "importlib.machinery",
        "FrozenImporter.find_spec",
        (_FROZEN,),
        1,
        kept=False,
        first=f'{_MACHINERY}.FrozenImporter.find_spec("x")',
    ),
)
_LOADED: Final = Documented(
    "zipimport.zipimporter",
    "load_module",
    _ASKED,
    2,
    method=True,
    kept=False,
    first='_host["zipimport"].zipimporter',
)
_UTIL: Final = '_host["importlib.util"]'
_MADE: Final = f'{_UTIL}.spec_from_loader("tried", None)'
_CODE: Final = (Parameter("data", Kind.VALUE), Parameter("path", Kind.PLACE))

FUNCTIONS: Final = (
    *_QUERIES,
    Documented(
        "builtins",
        "issubclass",
        (Parameter("cls", Kind.VALUE), Parameter("classinfo", Kind.VALUE)),
        2,
        first="issubclass(int, int)",
    ),
    Documented(
        "importlib.abc", "ExecutionLoader.is_package", _ASKED, 2, first='_host["importlib.abc"].ExecutionLoader'
    ),
    Documented(
        "importlib.abc",
        "InspectLoader.source_to_code",
        _CODE,
        1,
        kept=False,
        first='_host["importlib.abc"].InspectLoader.source_to_code("")',
    ),
    Documented(
        "importlib.abc", "MetaPathFinder.invalidate_caches", (_SELF,), 1, first='_host["importlib.abc"].MetaPathFinder'
    ),
    Documented("importlib.machinery", "all_suffixes", (), 0, kept=False, first=f"{_MACHINERY}.all_suffixes()"),
    Documented(
        "importlib.util",
        "LazyLoader",
        (Parameter("loader", Kind.LOADER),),
        1,
        kept=False,
        first=f"_executed({_UTIL}.LazyLoader)",
    ),
    Documented("importlib.util", "cache_from_source", _CACHE, 1, first=f'{_UTIL}.cache_from_source("tried.py")'),
    Documented(
        "importlib.util",
        "decode_source",
        (Parameter("source_bytes", Kind.BYTES),),
        1,
        first=f'{_UTIL}.decode_source(b"x = 1")',
    ),
    Documented(
        "importlib.util",
        "source_from_cache",
        (Parameter("path", Kind.VALUE),),
        1,
        first=f'{_UTIL}.source_from_cache({_UTIL}.cache_from_source("tried.py"))',
    ),
    Documented(
        "importlib.util",
        "spec_from_loader",
        (Parameter("name", Kind.NAME), Parameter("loader", Kind.LOADER)),
        2,
        first=_MADE,
    ),
    Documented(RELOADED, "__loader__.load_module", (_ITSELF,), 1, kept=False, first='_host["runpy"]'),
    Documented("operator", "contains", _TWO, 2, sign="in", first='_host["operator"].contains([], 1)'),
    Documented("operator", "eq", _TWO, 2, sign="==", first='_host["operator"].eq(1, 1)'),
    Documented("operator", "is_", _TWO, 2, sign="is", first='_host["operator"].is_(1, 1)'),
    Documented("importlib", "import_module", _NAMED, 1, imports=True, first='_host["importlib"].import_module("sys")'),
    Documented("importlib.util", "find_spec", _NAMED, 1, first=f'{_UTIL}.find_spec("importlib.util")'),
    Documented("importlib.util", "resolve_name", _NAMED, 2, first=f'{_UTIL}.resolve_name(".b", "a")'),
    Documented(
        "importlib.util",
        "module_from_spec",
        (Parameter("spec", Kind.SPEC),),
        1,
        first=f"{_UTIL}.module_from_spec({_MADE})",
    ),
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
        first=f'{_UTIL}.spec_from_file_location("tried", _TRIED)',
    ),
    Documented(
        "importlib.abc.Loader",
        "exec_module",
        (Parameter("self", Kind.LOADER), Parameter("module", Kind.MODULE)),
        2,
        method=True,
        first="_executed(lambda loader: loader)",
    ),
    Documented("importlib.abc.Loader", "load_module", _ASKED, 2, method=True, first="_loader()"),
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
        first='_host["linecache"]',
    ),
)
"""The documented functions of the chapter."""
