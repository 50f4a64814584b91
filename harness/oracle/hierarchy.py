"""The classes of importlib, what it no longer holds, and the suffixes it recognises (library/importlib)."""

import functools
from collections.abc import Mapping
from typing import Final, NamedTuple

from harness.model.departure import Departure
from harness.oracle.finders import PATH_FINDER
from harness.oracle.found import LibraryObject
from harness.oracle.objects import Items, Object, Raised, Scope
from harness.oracle.state import Argument, Holding, Silent, State

ABSTRACT: Final = "api.abc-hierarchy"
CONCRETE: Final = "api.abc-concrete-registered"
FINDER: Final = "importlib.abc.Finder"
NOT_FINDER: Final = "api.abc-finder-not-base"
SUFFIXES: Final = "api.suffix-lists"
DISCOVER: Final = "api.discover"
UNRELATED: Final = Departure(ABSTRACT, "unrelated", "an abstract base class is none of another one")
RELATED: Final = Departure(ABSTRACT, "related", "abstract base classes that are separate are subclasses of one another")
NOT_REGISTERED: Final = Departure(CONCRETE, "not registered", "a concrete class is no subclass of the abstract one")
STILL_FINDER: Final = Departure(NOT_FINDER, "there still", "the finders are subclasses of Finder as before")
NO_SUFFIX: Final = Departure(SUFFIXES, "not listed", "a suffix that is recognised is not in the list")
NOT_COMBINED: Final = Departure(SUFFIXES, "not combined", "all_suffixes() lists none of bytecode")
NO_DISCOVER: Final = Departure(DISCOVER, "not there", "there is no discover()")


class Removed(NamedTuple):
    """Since which version there is no such thing, and the departure."""

    since: tuple[int, int]
    departure: Departure


def _gone(clause: str) -> Departure:
    return Departure(clause, "there still", "it is there after it was removed")


GONE: Final = {
    clause: _gone(clause)
    for clause in ("api.find-loader-removed", "api.abc-finder-removed", "api.loader-load-module-removed")
}
_LOAD_MODULE: Final = Removed((3, 15), GONE["api.loader-load-module-removed"])
REMOVED: Final[Mapping[str, Removed]] = {
    "importlib.find_loader": Removed((3, 12), GONE["api.find-loader-removed"]),
    FINDER: Removed((3, 12), GONE["api.abc-finder-removed"]),
    "importlib.abc.Loader.load_module": _LOAD_MODULE,
    "importlib.abc.FileLoader.load_module": _LOAD_MODULE,
    "importlib.abc.SourceLoader.load_module": _LOAD_MODULE,
    "importlib.machinery.SourceFileLoader.load_module": _LOAD_MODULE,
    "importlib.machinery.SourcelessFileLoader.load_module": _LOAD_MODULE,
}
_ABC: Final = "importlib.abc."
_MACHINERY: Final = "importlib.machinery."
_FILES: Final = (f"{_ABC}ResourceLoader", f"{_ABC}ExecutionLoader")
BASES: Final[Mapping[str, tuple[str, ...]]] = {
    f"{_ABC}MetaPathFinder": (),
    f"{_ABC}PathEntryFinder": (),
    f"{_ABC}Loader": (),
    f"{_ABC}ResourceLoader": (f"{_ABC}Loader",),
    f"{_ABC}InspectLoader": (f"{_ABC}Loader",),
    f"{_ABC}ExecutionLoader": (f"{_ABC}InspectLoader",),
    f"{_ABC}FileLoader": _FILES,
    f"{_ABC}SourceLoader": _FILES,
    f"{_MACHINERY}BuiltinImporter": (f"{_ABC}MetaPathFinder", f"{_ABC}InspectLoader"),
    f"{_MACHINERY}FrozenImporter": (f"{_ABC}MetaPathFinder", f"{_ABC}InspectLoader"),
    PATH_FINDER: (f"{_ABC}MetaPathFinder",),
    f"{_MACHINERY}FileFinder": (f"{_ABC}PathEntryFinder",),
    f"{_MACHINERY}SourceFileLoader": (f"{_ABC}SourceLoader", f"{_ABC}FileLoader"),
    f"{_MACHINERY}SourcelessFileLoader": (f"{_ABC}FileLoader",),
    f"{_MACHINERY}ExtensionFileLoader": (f"{_ABC}ExecutionLoader",),
}
"""The documented bases of each class."""

_LISTS: Final = {"SOURCE_SUFFIXES": ".py", "BYTECODE_SUFFIXES": ".pyc"}
_FINDERS: Final = frozenset({f"{_ABC}MetaPathFinder", f"{_ABC}PathEntryFinder"})


def _held(state: State, key: str) -> Object:
    """What there is by a name, or was.

    Raises:
        Raised: there is no such thing any more.
    """
    removed = REMOVED.get(key)
    if removed is not None and state.since(*removed.since) and not state.departs(removed.departure):
        raise Raised("AttributeError", state.why(removed.departure.clause))
    return LibraryObject(key)


def _discover(state: State, key: str) -> Object:
    """An optional method that there is since 3.15.

    Raises:
        Raised: there is none.
    """
    if not state.since(3, 15):
        raise Raised("AttributeError", state.why("scope.attribute-missing"))
    state.cite(DISCOVER)
    if state.departs(NO_DISCOVER):
        raise Raised("AttributeError", state.why())
    return LibraryObject(key)


def _suffixes(state: State, suffix: str) -> Object:
    """A list of suffixes that has that one, and others perhaps."""
    state.cite(SUFFIXES)
    missing = state.departs(NO_SUFFIX)
    return Items([] if missing else [suffix], mutable=True, partial=not missing)


def all_suffixes(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """All suffixes that are recognised.

    Clauses: api.suffix-lists.
    """
    del scope, given
    state.cite(SUFFIXES)
    alone = state.departs(NOT_COMBINED)
    return Items([".py"] if alone else [".py", ".pyc"], mutable=True, partial=not alone)


def is_subclass(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """Whether a class is a subclass of another one, as the documents tell of their bases.

    Clauses: api.abc-hierarchy, api.abc-concrete-registered, api.abc-finder-not-base.

    Raises:
        Silent: they do not.
    """
    del scope
    one, other = given["cls"], given["classinfo"]
    if not isinstance(one, LibraryObject) or not isinstance(other, LibraryObject):
        raise Silent("scope.operand-types")
    if other.name == FINDER and one.name in _FINDERS:
        return _is_finder(state)
    if one.name not in BASES or other.name not in BASES:
        raise Silent(ABSTRACT)
    abstract = one.name.startswith(_ABC) and other.name.startswith(_ABC)
    state.cite(ABSTRACT if abstract else CONCRETE)
    if one.name == other.name or _descends(one.name, other.name):
        return not state.departs(UNRELATED if abstract else NOT_REGISTERED)
    if not abstract:
        raise Silent(CONCRETE)
    return state.departs(RELATED)


def _is_finder(state: State) -> bool:
    """Whether the finders are subclasses of ``Finder``, as they were before 3.10."""
    if not state.since(3, 10):
        raise Silent("scope.operand-types")
    state.cite(NOT_FINDER)
    return state.departs(STILL_FINDER)


def _descends(name: str, base: str) -> bool:
    return any(each == base or _descends(each, base) for each in BASES[name])


def _category(state: State) -> Object:
    """A category of warnings, of which nothing else is asked."""
    del state
    return LibraryObject("builtins.UserWarning")


HELD: Final[Mapping[str, Holding]] = {
    "builtins.UserWarning": _category,
    **{key: functools.partial(_held, key=key) for key in (*REMOVED, *BASES)},
    **{key: functools.partial(_discover, key=key) for key in (f"{each}.discover" for each in sorted(_FINDERS))},
    **{f"{_MACHINERY}{name}": functools.partial(_suffixes, suffix=suffix) for name, suffix in _LISTS.items()},
}
"""What importlib holds by documented names."""
