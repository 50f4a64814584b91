"""Extending the path of a package, and finding objects and data of packages (library/pkgutil)."""

import functools
from collections.abc import Iterator, Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.walking import ExtendPath, recognised
from harness.model.language.word import Word
from harness.model.prediction import ANOTHER
from harness.oracle import resources
from harness.oracle.archives import archive
from harness.oracle.candidates import spelt
from harness.oracle.departing import raises
from harness.oracle.finders import get_importer, iter_importers, path_importer_cache
from harness.oracle.found import LibraryObject
from harness.oracle.layout import Entry
from harness.oracle.legacy import find_loader, get_loader, there_are_finders
from harness.oracle.loading import import_module
from harness.oracle.lookup import attribute
from harness.oracle.objects import Items, Object, Portions, Raised, Scope, Unknown
from harness.oracle.package_data import get_data
from harness.oracle.replacing import bypassed
from harness.oracle.scopes import ASSIGNED, bind, load
from harness.oracle.search import entries, package_path
from harness.oracle.state import Argument, Holding, Lack, Meaning, Rule, Silent, State
from harness.oracle.unnamed import goes_on, passed_on
from harness.oracle.walks import iter_modules, walk_packages

NOTHING_ADDED: Final = Departure("pkgutil.extend-path-adds-directories", "nothing added", "the path is as before")
PACKAGES_ALONE: Final = Departure(
    "pkgutil.extend-path-adds-directories",
    "where it would be found",
    "a directory is not added that a module beside it hides",
)
PORTIONS_LEFT: Final = Departure(
    "namespace.extend-path-hybrid", "left out", "directories without __init__ are not added to a path that has others"
)
PUT_BEFORE: Final = Departure("pkgutil.extend-path-copy", "put before", "what is added stands before what was there")
NO_FILES: Final = Departure("pkgutil.extend-path-pkg-files", "not read", "*.pkg files add nothing")
SAME_LIST: Final = Departure("pkgutil.extend-path-copy", "the list itself", "the list is extended that was given")
A_LIST: Final = Departure(
    "pkgutil.extend-path-non-list-unchanged", "extended", "a tuple is extended like a list, and becomes one"
)
ABSENT_BEFORE: Final = Departure(
    "pkgutil.resolve-name-added", "there before", "there is a resolve_name before 3.9 that does what it does since"
)
STRICT_BEFORE: Final = Departure(
    "pkgutil.resolve-name-strict-added",
    "taken",
    "there is a parameter strict before 3.15",
)
LENIENT: Final = Departure("pkgutil.resolve-name-strict", "ignored", "with strict every form is accepted")
STRICT_ERRORS: Final = raises("pkgutil.resolve-name-strict", "ImportError", "AttributeError", "TypeError")
NOT_DIRECTORIES: Final = Departure(
    "pkgutil.extend-path-ignores-non-dirs", "added", "what would lie on an item that is no directory is added"
)
FORMAT_ERRORS: Final = raises("pkgutil.resolve-name-errors", "ImportError", "AttributeError", "TypeError")
ADDED_ERRORS: Final = raises("pkgutil.resolve-name-added", "NameError", "ImportError")
FAILED_ERRORS: Final = raises("pkgutil.resolve-name-failed-import", "AttributeError", "ValueError")
TRAVERSING_ERRORS: Final = raises("pkgutil.resolve-name-failed-traversal", "ImportError", "ValueError", "NameError")
TRAVERSED_NONE: Final = Departure(
    "pkgutil.resolve-name-failed-traversal", "None", "an object that is not there is None"
)
IMPORTED_TOO: Final = Departure(
    "pkgutil.resolve-name-colon", "imported too", "what stands behind the colon is imported where it is no attribute"
)
TOP: Final = Departure(
    "pkgutil.resolve-name-colon", "top-level package", "what stands behind the colon is looked for in the top package"
)
MODULES_ALONE: Final = Departure(
    "pkgutil.resolve-name-dotted", "modules alone", "a name without a colon is that of a module"
)
ONE_IMPORT: Final = Departure(
    "pkgutil.resolve-name-dotted", "one import", "only the first part of a name without a colon is imported"
)


def _extend_path(state: State, scope: Scope, statement: ExtendPath) -> None:
    """Bind ``__path__`` to what extend_path returns.

    Clauses: pkgutil.extend-path-adds-directories, pkgutil.extend-path-copy, pkgutil.extend-path-non-list-unchanged,
    namespace.extend-path-hybrid.
    """
    del statement
    path = load(state, scope, "__path__").value
    name = load(state, scope, "__name__").value
    bind(state, scope, "__path__", _extended(state, path, name), (*ASSIGNED, *state.why()))


def _extended(state: State, path: Object, name: Object) -> Object:
    """What a path becomes.

    Raises:
        Silent: it is not said whether the path is a list, or what is done with a name that is none.
    """
    match path:
        case Items(mutable=True):
            pass
        case Items(items=items):
            state.cite("pkgutil.extend-path-non-list-unchanged")
            if not isinstance(name, str) or not state.departs(A_LIST):
                return path
            path = Items(list(items), mutable=True)
        case Portions():
            raise Silent("namespace.path-custom-type")
        case Unknown(why=why):
            raise Silent(*why)
        case _:
            state.cite("pkgutil.extend-path-non-list-unchanged")
            return path
    if not isinstance(name, str):
        raise Silent("scope.operand-types")
    state.cite("pkgutil.extend-path-adds-directories", "pkgutil.extend-path-copy")
    return _with_directories(state, path, name)


def _with_directories(state: State, path: Items, name: str) -> Object:
    """A list with the directories of that name, and what the ``*.pkg`` files of that name hold.

    Clauses: pkgutil.extend-path-pkg-files (not said is the order of files and directories, and that of what is told
    twice). Which directories those of a name with dots are is open (pkgutil.extend-path-subpackage-parent).
    """
    searched = _searched(state, name)
    if searched is None:
        return Unknown(("pkgutil.extend-path-subpackage-parent",))
    if any(archive(state, each.place) is not None for each in searched):
        raise Silent(NOT_DIRECTORIES.clause)
    tail = name.rpartition(".")[2]
    missing = [each for each in searched if each.of_bytes or each.place not in state.directories]
    if missing and not name.rpartition(".")[0]:
        state.cite(NOT_DIRECTORIES.clause)
    there = [each for each in searched if each not in missing]
    hidden = [each for each in there if _hidden(state, each.below(tail))]
    found = [each for each in there if each.below(tail) in state.directories]
    if any(each in found for each in hidden) and state.departs(PACKAGES_ALONE):
        found = [each for each in found if each not in hidden]
    bare = [each for each in found if f"{each.below(tail)}/__init__.py" not in state.files]
    if bare and state.departs(PORTIONS_LEFT):
        found = [each for each in found if each not in bare]
    if missing and state.departs(NOT_DIRECTORIES):
        found += missing
    added = [*_left(state, path, [f"{spelt(state, each)}/{tail}" for each in found])]
    lines = _lines(state, name)
    if lines:
        if added or len({*lines, *map(str, path.items)}) < len(lines) + len(path.items):
            return Unknown(("pkgutil.extend-path-pkg-files",))
        state.cite("pkgutil.extend-path-pkg-files")
        added = [] if state.departs(NO_FILES) else lines
    taken = state.decide(NOTHING_ADDED, PUT_BEFORE) if added else None
    if taken is NOTHING_ADDED:
        added = []
    if state.departs(SAME_LIST):
        path.items.extend(added)
        return path
    return Items([*added, *path.items] if taken is PUT_BEFORE else [*path.items, *added], mutable=True)


def _searched(state: State, name: str) -> list[Entry] | None:
    """The directories in which those of that name lie; ``None`` where no document says which they are.

    Raises:
        Silent: they are those of a parent whose ``__path__`` is None: what finders take that for is said of them alone;
            or has an entry of bytes: to ignore such items is said of ``sys.path`` alone.
    """
    parent = name.rpartition(".")[0]
    if not parent:
        return entries(state, None)
    options = ("path of the parent", "sys.path", ANOTHER)
    match state.policy("pkgutil.extend-path-subpackage-parent", *options):
        case "path of the parent":
            found = package_path(state, state.cache.values.get(parent))
            if found is not None and found.value is None:
                raise Silent("pkgutil.extend-path-subpackage-parent")
            inner = [] if found is None else entries(state, found.value)
            if any(each.of_bytes for each in inner):
                raise Silent(NOT_DIRECTORIES.clause)
            return inner
        case "sys.path":
            inside = parent.replace(".", "/")
            outer = [each for each in entries(state, None) if not each.of_bytes]
            return [Entry(each.below(inside), f"{spelt(state, each)}/{inside}") for each in outer]
        case _:
            return None


def _hidden(state: State, place: str) -> bool:
    """Whether a module lies beside the directory, which is no regular package."""
    return f"{place}.py" in state.files and f"{place}/__init__.py" not in state.files


def _lines(state: State, name: str) -> list[str]:
    """What the ``*.pkg`` files of that name hold."""
    places = (each.below(f"{name}.pkg") for each in entries(state, None) if not each.of_bytes)
    lines = (line for place in places for line in state.texts.get(place, "").splitlines())
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _left(state: State, path: Items, found: list[str]) -> Iterator[str]:
    """The directories that are added; one that is in the list already, or twice on ``sys.path``, perhaps."""
    seen = {item for item in path.items if isinstance(item, str)}
    for each in found:
        if each in seen and state.policy("pkgutil.extend-path-again", "left out", "added") == "left out":
            continue
        seen.add(each)
        yield each


def _resolves_names(state: State) -> None:
    """There is the function since 3.9.

    Clauses: pkgutil.resolve-name-added.

    Raises:
        Raised: there is no such function yet.
    """
    if not state.since(3, 9) and not state.departs(ABSENT_BEFORE):
        error = state.error("AttributeError", ADDED_ERRORS)
        raise Raised(error, state.why("pkgutil.resolve-name-added", "scope.attribute-missing"))


def _resolve_name(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The object of that name.

    Clauses: pkgutil.resolve-name-errors, pkgutil.resolve-name-colon,
    pkgutil.resolve-name-dotted.

    Raises:
        Raised: the name has another form, or what it names is not there.
    """
    del scope
    name = given["name"]
    if not isinstance(name, str):
        raise Silent("scope.operand-types")
    _check_strict(state, name, given.get("strict"))
    if not recognised(name):
        raise Raised(state.error("ValueError", FORMAT_ERRORS), state.why("pkgutil.resolve-name-errors"))
    module, colon, rest = name.partition(":")
    state.form = "resolve_name"
    if colon:
        state.cite("pkgutil.resolve-name-colon")
        owner = _imported(state, module)
        if "." in module and state.departs(TOP):
            owner = state.cache.values.get(module.partition(".")[0])
        return _traversed(state, owner, rest.split(".") if rest else [], module)
    return _without_colon(state, name)


def _check_strict(state: State, name: str, strict: Argument) -> None:
    """With ``strict`` the name has a colon, and something behind it.

    Clauses: pkgutil.resolve-name-strict, pkgutil.resolve-name-strict-added.

    Raises:
        Raised: it has not, or there is no such parameter yet.
    """
    if strict is None:
        return
    if not state.since(3, 15) and not state.departs(STRICT_BEFORE):
        raise Raised("TypeError", state.why(STRICT_BEFORE.clause))
    if strict and recognised(name):
        state.cite(LENIENT.clause)
        if not name.partition(":")[2] and not state.departs(LENIENT):
            raise Raised(state.error("ValueError", STRICT_ERRORS), state.why())


def _without_colon(state: State, name: str) -> Object:
    """The object, where the name does not say which part of it is a module (pkgutil.resolve-name-dotted).

    Whether an attribute is looked for where there is a module of a longer part, but importing it fails, is open
    (pkgutil.resolve-name-submodule-fails).
    """
    module, *rest = name.split(".")
    owner = _imported(state, module)
    if rest:
        state.cite("pkgutil.resolve-name-dotted")
    while rest and not state.departs(ONE_IMPORT):
        longer = f"{module}.{rest[0]}"
        try:
            bypassed(state, longer, "resolve_name")
            owner = import_module(state, longer)
        except Raised as raised:
            error = raised.settled()
            if error.error == "ModuleNotFoundError" and error.name == longer:
                break
            if not error.is_a("ImportError"):
                raise passed_on(state, error, "pkgutil.resolve-name-module-raises", "ImportError", ANOTHER) from None
            goes_on(state, "pkgutil.resolve-name-submodule-fails", ("an attribute",), "ImportError")
            break
        module = longer
        del rest[0]
    if rest and state.departs(MODULES_ALONE):
        raise Raised("ImportError", state.why())
    return _traversed(state, owner, rest, "")


def _imported(state: State, name: str) -> Object:
    """The module of that name.

    Clauses: pkgutil.resolve-name-failed-import; whether it is the exception of the import or an ImportError of its own
    is a choice (pkgutil.resolve-name-import-error-type), what is raised where a module raises something else is open
    (pkgutil.resolve-name-module-raises).

    Raises:
        Raised: it cannot be imported.
    """
    try:
        bypassed(state, name, "resolve_name")
        return import_module(state, name)
    except Raised as raised:
        error = raised.settled()
        if not error.is_a("ImportError"):
            raise passed_on(state, error, "pkgutil.resolve-name-module-raises", "ImportError", ANOTHER) from None
        other = state.error("", FAILED_ERRORS)
        if other:
            raise Raised(other, state.why("pkgutil.resolve-name-failed-import")) from None
        state.cite("pkgutil.resolve-name-failed-import")
        raise passed_on(state, error, "pkgutil.resolve-name-import-error-type", "ImportError") from None


def _traversed(state: State, owner: Object, names: list[str], module: str) -> Object:
    """What these attributes lead to, from an object on, which is ``module`` where only an attribute is looked for.

    Raises:
        Raised: one is not there (pkgutil.resolve-name-failed-traversal).
    """
    for name in names:
        found = attribute(state, owner, name)
        module = f"{module}.{name}" if module else ""
        if found is not None:
            state.cite(*found.why)
            owner = found.value
        elif module and state.departs(IMPORTED_TOO):
            owner = import_module(state, module)
        elif state.departs(TRAVERSED_NONE):
            return None
        else:
            clause = "pkgutil.resolve-name-failed-traversal"
            raise Raised(state.error("AttributeError", TRAVERSING_ERRORS), state.why(clause))
    return owner


def _removed(state: State, name: str) -> Object:
    """A function that there is until 3.14 (pkgutil.loaders-removed)."""
    there_are_finders(state)
    return LibraryObject(name)


STATEMENTS: Final[Mapping[type[Word], Rule]] = {ExtendPath: _extend_path}

FUNCTIONS: Final[Mapping[str, Meaning]] = {
    **resources.FUNCTIONS,
    "pkgutil.find_loader": find_loader,
    "pkgutil.get_loader": get_loader,
    "pkgutil.resolve_name": _resolve_name,
    "pkgutil.get_data": get_data,
    "pkgutil.iter_modules": iter_modules,
    "pkgutil.walk_packages": walk_packages,
    "pkgutil.get_importer": get_importer,
    "pkgutil.iter_importers": iter_importers,
}

LACKING: Final[Mapping[str, Lack]] = {
    **resources.LACKING,
    "pkgutil.find_loader": there_are_finders,
    "pkgutil.get_loader": there_are_finders,
    "pkgutil.resolve_name": _resolves_names,
}

HELD: Final[Mapping[str, Holding]] = {
    "pkgutil.find_loader": functools.partial(_removed, name="pkgutil.find_loader"),
    "pkgutil.get_loader": functools.partial(_removed, name="pkgutil.get_loader"),
    "sys.path_importer_cache": path_importer_cache,
}
