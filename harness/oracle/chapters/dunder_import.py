"""Calling ``__import__`` (library/functions §__import__; library/importlib §importlib.__import__)."""

from collections.abc import Iterator, Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.dunder_import import ReplaceImport
from harness.model.language.word import Word
from harness.oracle.blocks import Block
from harness.oracle.chapters.from_import import import_fallback
from harness.oracle.chapters.names import reference
from harness.oracle.departing import raises
from harness.oracle.loading import import_module, top_package
from harness.oracle.lookup import attribute
from harness.oracle.objects import Importer, Items, Namespace, Object, Raised, Scope, Spec, Unknown
from harness.oracle.relative import absolute_name
from harness.oracle.replacing import MOST, Given, called
from harness.oracle.scopes import bind, demand
from harness.oracle.search import package_path
from harness.oracle.state import Argument, Meaning, Rule, Silent, State
from harness.oracle.unnamed import not_named, unnamed
from harness.oracle.wanted import Wanted, attempted_name

NAMED: Final = Departure("dunder-import.returns-top-level", "named module", "without a fromlist a.b is returned")
NAMED_BY_LIBRARY: Final = Departure(
    "dunder-import.importlib-dunder-equivalent", "named module", "importlib.__import__ returns a.b without a fromlist"
)
TOP: Final = Departure("dunder-import.fromlist-returns-named", "top-level package", "a is returned with a fromlist too")
LEVEL_IGNORED: Final = Departure("dunder-import.positive-level-relative", "absolute", "the level is ignored")
TAKEN_FROM_TOP: Final = Departure(
    "dunder-import.level-nonzero-toplevel-error", "absolute", "without globals the level is ignored"
)
NEGATIVE_AS_ZERO: Final = Departure(
    "dunder-import.negative-level-valueerror", "absolute", "a negative level is taken for 0"
)
NEAREST_FIRST: Final = Departure(
    "dunder-import.level-zero-absolute", "nearest first", "a module in the package of globals is found before others"
)
NOT_LOADED: Final = Departure(
    "dunder-import.fromlist-loads-submodules", "not loaded", "the submodules in a fromlist are not imported"
)
NAME_BOUND: Final = Departure(
    "dunder-import.direct-call-no-binding", "bound", "the name of the top-level package is bound where the call stands"
)
LOCALS_ERRORS: Final = raises("dunder-import.locals-ignored", "TypeError", "AttributeError")
MISSING_IGNORED: Final = "ignored"


def _dunder_import(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """What ``__import__`` returns, once the module is imported.

    Clauses: dunder-import.returns-top-level, dunder-import.fromlist-returns-named, dunder-import.level-zero-absolute,
    dunder-import.positive-level-relative, dunder-import.negative-level-valueerror,
    dunder-import.importlib-dunder-equivalent, dunder-import.direct-call-no-binding.

    Raises:
        Raised: the level is negative, or the import fails.
    """
    library = state.form.startswith("importlib.")
    names = given.get("fromlist")
    listed = isinstance(names, Items) and bool(names.items)
    _locals_aside(state, given)
    replaced = None if library else _replaced(state, given)
    if replaced is not None:
        return replaced.value
    asked = _absolute(state, scope, given, library=library)
    state.form = "from-import" if listed else "import"
    module = import_module(state, asked)
    equivalent = ("dunder-import.importlib-dunder-equivalent",) if library else ()
    state.cite(*equivalent, "dunder-import.direct-call-no-binding")
    if state.departs(NAME_BOUND):
        bind(state, scope, asked.partition(".")[0], top_package(state, asked), state.why())
    if isinstance(names, Items) and listed:
        return _named(state, asked, module, names)
    state.cite("dunder-import.returns-top-level")
    name = given["name"]
    if (
        not isinstance(name, str)
        or "." not in name
        or state.departs(NAMED)
        or (library and state.departs(NAMED_BY_LIBRARY))
    ):
        return module
    return _first(state, asked, name)


def _locals_aside(state: State, given: Mapping[str, Argument]) -> None:
    """The standard function does not use its locals (dunder-import.locals-ignored), whatever they are."""
    if "locals" in given and not isinstance(given["locals"], Namespace | None):
        state.cite("dunder-import.locals-ignored")
        taken = state.error("", LOCALS_ERRORS)
        if taken:
            raise Raised(taken, state.why())


def _replaced(state: State, given: Mapping[str, Argument]) -> Given | None:
    """What a function that stands in the place of the built-in one gives."""
    name, level, names = given["name"], given.get("level", 0), given.get("fromlist")
    if state.importer is None:
        return None
    if not isinstance(name, str) or not isinstance(level, int):
        raise Silent("scope.operand-types")
    return called(state, name, tuple(names.items) if isinstance(names, Items) else (), level)


def _replace(state: State, scope: Scope, statement: ReplaceImport) -> None:
    """A function stands in the place of ``__import__`` from now on: built in, or of the module in which it is defined.

    Clauses: dunder-import.statement-calls-builtins-hook, dunder-import.module-level-replacement.

    Raises:
        Silent: so many proceed to one another that the case only tries how deep an implementation can recurse.
    """
    importer = Importer(statement.label, statement.names, state.importer)
    if importer.depth > MOST:
        raise Silent("dunder-import.statement-calls-builtins-hook", deep=True)
    if statement.result:
        importer.answers = (reference(state, scope, statement.result).value,)
    if statement.error:
        demand(state, statement.error)
        importer.error = statement.error
    if not statement.inside:
        state.importer = importer
        if scope.block is Block.MODULE:
            scope.module.importer = None
    elif scope.block is Block.MODULE:
        scope.module.importer = importer


def _absolute(state: State, scope: Scope, given: Mapping[str, Argument], *, library: bool) -> str:
    """The absolute name of what is to be imported.

    Raises:
        Raised: the level is negative (dunder-import.negative-level-valueerror: no document says what is raised), or
            there is no such package.
    """
    name, level = given["name"], given.get("level", 0)
    form = "of importlib" if library else "built in"
    if not isinstance(level, int):
        raise Silent("scope.operand-types")
    if not isinstance(name, str):
        raise not_named(state, name, form)
    if level < 0:
        if not state.departs(NEGATIVE_AS_ZERO):
            with_names = "with" if isinstance(given.get("globals"), Namespace) else "without"
            about = f"{form}, {with_names} globals"
            raise unnamed(state, NEGATIVE_AS_ZERO.clause, "ValueError", "ImportError", "KeyError", about=about)
        level = 0
    if level == 0:
        if not name:
            raise not_named(state, name, form)
        state.cite("dunder-import.level-zero-absolute")
        return _nearest(state, scope, name, given.get("globals"))
    state.cite("dunder-import.positive-level-relative")
    if name and state.departs(LEVEL_IGNORED):
        return name
    if not isinstance(given.get("globals"), Namespace):
        return _without_globals(state, name, given, library=library)
    return absolute_name(state, scope, name, level)


def _without_globals(state: State, name: str, given: Mapping[str, Argument], *, library: bool) -> str:
    """Where no globals tell the package a level is an error; whether it is that of a relative import is not said.

    Clauses: dunder-import.level-nonzero-toplevel-error.

    Raises:
        Raised: it is.
    """
    if name and state.departs(TAKEN_FROM_TOP):
        return name
    state.warned_otherwise = True  # whether it looks for a package by what warns is not said either
    about = f"{'of importlib' if library else 'built in'}, {'None' if 'globals' in given else 'nothing'} for globals"
    raise unnamed(state, TAKEN_FROM_TOP.clause, "ImportError", "KeyError", "TypeError", "ValueError", about=about)


def _nearest(state: State, scope: Scope, name: str, names: Argument) -> str:
    """The name as it is, whatever the globals say of a package."""
    spec = scope.module.values.get("__spec__")
    if not isinstance(names, Namespace) or not isinstance(spec, Spec) or not spec.parent:
        return name
    inner = f"{spec.parent}.{name}"
    found = inner in state.cache.values or _in_package(state, inner)
    return inner if found and state.departs(NEAREST_FIRST) else name


def _in_package(state: State, name: str) -> bool:
    """Whether some root has a file of a submodule of that name."""
    path = name.replace(".", "/")
    return any(file.partition("/")[2] in {f"{path}.py", f"{path}/__init__.py"} for file in state.files)


def _first(state: State, asked: str, name: str) -> Object:
    """The package that the name begins with: the name up till the first dot."""
    first = asked.removesuffix(f".{name.partition('.')[2]}")
    if "." not in first:
        return top_package(state, asked)
    if state.cache.values.get(first) is None:
        raise Silent("dunder-import.returns-top-level")
    return state.cache.values[first]


def _named(state: State, asked: str, module: Object, names: Items) -> Object:
    """The module that was named; what a package has not, and the list names, is imported as a submodule.

    Clauses: dunder-import.fromlist-returns-named, dunder-import.fromlist-loads-submodules; that what is missing is
    ignored is an implementation's detail (dunder-import.fromlist-missing-ignored).
    """
    state.cite("dunder-import.fromlist-returns-named")
    if package_path(state, module) is not None:
        for name in _listed(state, module, names):
            if attribute(state, module, name) is None and not state.departs(NOT_LOADED):
                state.cite("dunder-import.fromlist-loads-submodules")
                wanted = Wanted(asked, name, name, name)
                if not import_fallback(state, module, wanted):
                    full = attempted_name(state, module, wanted)
                    blocked = full in state.cache.values and state.cache.values[full] is None
                    _missing(state, "a None entry" if blocked else "a missing name")
    return top_package(state, asked) if "." in asked and state.departs(TOP) else module


def _listed(state: State, module: Object, names: Items) -> Iterator[str]:
    """The names in the fromlist; a star, which is no name, may stand for those in ``__all__``, as in a star import.

    What it stands for is open (dunder-import.star-in-fromlist), and where it is a name it is missing.

    Raises:
        Silent: it is not said what those in ``__all__`` are.
    """
    for name in names.items:
        if not isinstance(name, str):
            raise Silent("scope.operand-types")
        if name != "*":
            yield name
        elif state.policy("dunder-import.star-in-fromlist", "names in __all__", "a name") == "a name":
            _missing(state, "a missing name")
        else:
            found = attribute(state, module, "__all__")
            held = Items([], mutable=False) if found is None else found.value
            if not isinstance(held, Items) or not all(isinstance(item, str) for item in held.items):
                raise Silent("dunder-import.star-in-fromlist")
            yield from map(str, held.items)


def _missing(state: State, about: str) -> None:
    """A name in the fromlist is neither an attribute nor a submodule, or sys.modules has None for that.

    Raises:
        Raised: it is not ignored.
    """
    question = "dunder-import.fromlist-missing-ignored"
    taken = state.policy(question, MISSING_IGNORED, "ImportError", "ModuleNotFoundError", choice=True, about=about)
    if taken != MISSING_IGNORED:
        unknown = Unknown((question,))
        raise Raised(taken, state.why(question), name=unknown, path=unknown)


FUNCTIONS: Final[Mapping[str, Meaning]] = {
    "builtins.__import__": _dunder_import,
    "importlib.__import__": _dunder_import,
}

STATEMENTS: Final[Mapping[type[Word], Rule]] = {ReplaceImport: _replace}
