"""Executing modules and files as programs (library/runpy)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.expressions import Place
from harness.model.language.launching import RUN_PATH
from harness.model.prediction import ANOTHER
from harness.oracle.archives import archive
from harness.oracle.departing import given as departures_of_facts
from harness.oracle.launched import REGISTERED, Program, executed, import_package, is_of, restores
from harness.oracle.layout import PREFIX, Entry, entry
from harness.oracle.objects import (
    Globals,
    ModuleObject,
    Namespace,
    Object,
    Portions,
    Raised,
    Scope,
    Spec,
    Unknown,
)
from harness.oracle.replacing import bypassed
from harness.oracle.search import Locations, find, package_path, refresh
from harness.oracle.state import Argument, Meaning, OddEntry, Silent, State
from harness.oracle.unnamed import passed_on, unnamed

MAIN: Final = "__main__"
NOWHERE: Final = "runpy.module-not-located"
GIVEN: Final = departures_of_facts("runpy.module-special-globals", "runpy.path-script-specials-none")
NO_GLOBALS: Final = Departure("runpy.module-returns-globals", "None", "run_module returns None")
PACKAGE_NAME: Final = Departure(
    "runpy.module-name-default", "of the package", "what is executed of a package has the name of the package"
)
AS_MAIN: Final = Departure("runpy.module-name-default", "__main__", "what is executed is called __main__")
NAME_IGNORED: Final = Departure("runpy.module-run-name", "ignored", "what is executed has its own name")
SPEC_RENAMED: Final = Departure("runpy.module-run-name", "spec too", "the spec has the name that is given, too")
RESOLVED: Final = Departure(
    "runpy.module-absolute-name", "resolved", "a relative name is that of a top-level module without its dots"
)
IMPORTED_AGAIN: Final = Departure(
    "runpy.module-package-imported",
    "imported again",
    "a package is imported again where an ImportError that names it ended it first",
)
REFUSED: Final = Departure("runpy.module-package-imported", "refused", "a package cannot be executed")
MAIN_REFUSED: Final = Departure(
    "runpy.module-package-imported", "called __main__ refused", "a package that is called __main__ is an ImportError"
)
NO_PATH_GLOBALS: Final = Departure("runpy.path-script", "None", "run_path returns None")
FILE_NAME: Final = Departure("runpy.path-script", "of the file", "what is executed has the name of the file")
SPEC_MADE: Final = Departure("runpy.path-script-specials-none", "a spec", "a file has a spec of its own")
ENTRY_KEPT: Final = Departure("runpy.path-entry", "entry kept", "the directory stays on sys.path")
NOT_ENTERED: Final = Departure("runpy.path-entry", "not on the path", "the directory is not put on sys.path")
MAIN_UNFOUND: Final = Departure(
    "runpy.path-entry", "main not found", "ImportError is raised, though there is a __main__"
)
SPEC_NAMED: Final = Departure("runpy.path-entry", "named otherwise", "the name of the spec is that of what is executed")
PATH_REGISTERED: Final = Departure("runpy.path-sys-restored", "entry kept", "the module stays in sys.modules")
PATH_UNREGISTERED: Final = Departure("runpy.path-sys-restored", "no entry", "the module is not in sys.modules")


def _run_module(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The names of a module after its code was executed in a namespace of its own.

    Clauses: runpy.module-returns-globals, runpy.module-name-default, runpy.module-run-name.

    Raises:
        Raised: it cannot be located, or its code raises.
    """
    del scope
    name, run_name = given["mod_name"], given.get("run_name")
    if not isinstance(name, str) or not isinstance(run_name, str | None):
        raise Silent("scope.operand-types")
    state.form = "run_module"
    if name.startswith("."):
        name = _absolute(state, name)
    spec = _runnable(state, name)
    shown = _shown(state, name, spec, run_name)
    if shown != spec.name and state.departs(SPEC_RENAMED):
        renamed = Spec(shown, spec.origin, None, spec.file)
        renamed.loader = spec.loader
        spec = renamed
    program = Program(shown, spec, given.get("init_globals"), "runpy.module-returns-globals")
    alters = bool(given.get("alter_sys")) or (shown not in state.cache.values and state.departs(REGISTERED))
    found = executed(state, program, "runpy.module-alter-sys" if alters else "")
    state.cite("runpy.module-returns-globals")
    return None if state.departs(NO_GLOBALS) else Globals(found)


def _absolute(state: State, name: str) -> str:
    """The name of a module that is given with dots at its head: it should not, and what is raised is not said.

    Raises:
        Raised: that is what happens.
    """
    if state.departs(RESOLVED):
        return name.lstrip(".")
    raise unnamed(state, "runpy.module-absolute-name", "ImportError", "ValueError")


def _shown(state: State, name: str, spec: Spec, run_name: str | None) -> str:
    """What ``__name__`` is."""
    if run_name is not None:
        state.cite("runpy.module-run-name")
        return spec.name if run_name != spec.name and state.departs(NAME_IGNORED) else run_name
    state.cite("runpy.module-name-default")
    taken = state.decide(AS_MAIN, *((PACKAGE_NAME,) if spec.name != name else ()))
    return MAIN if taken is AS_MAIN else name if taken is PACKAGE_NAME else spec.name


def _runnable(state: State, name: str) -> Spec:
    """The spec of the module, or of the module ``__main__`` of the package, which is imported.

    Clauses: runpy.module-package-imported.

    Raises:
        Raised: there is none.
        Silent: what is executed would be a package, or no source, or the module has a ``__path__`` of its own.
    """
    spec = _located(state, name)
    held = state.cache.values.get(name)
    if spec.locations is not None:
        state.cite("runpy.module-package-imported")
        if state.departs(REFUSED) or (name.rpartition(".")[2] == MAIN and state.departs(MAIN_REFUSED)):
            unknown = Unknown((NOWHERE,))
            raise Raised("ImportError", state.why(), name=unknown, path=unknown)
        _imported(state, name)
        spec = _located(state, f"{name}.{MAIN}")
    elif isinstance(held, ModuleObject) and "__path__" in held.namespace.values:
        raise Silent("runpy.module-in-sys-modules")
    if spec.locations is not None or spec.origin is None or not spec.origin.endswith(".py"):
        raise Silent("runpy.module-returns-globals")
    return spec


def _located(state: State, name: str) -> Spec:
    """The spec that a search finds, the parent imported.

    Raises:
        Raised: there is none, which no document says how to report (runpy.module-not-located).
        Silent: sys.modules holds something else than the module that is found.
    """
    parent = name.rpartition(".")[0]
    path: Locations | None = Locations(None)
    if parent:
        path = package_path(state, _imported(state, parent, wanted=name))
        if path is not None and isinstance(path.value, Portions):
            refresh(state, path.value)
    try:
        spec = None if path is None else find(state, name, path.value)
    except Raised as raised:
        error = raised.settled()
        raise passed_on(state, error, NOWHERE, "ImportError", ANOTHER, about="the search raises") from None
    held = state.cache.values.get(name)
    if name in state.cache.values and not is_of(held, spec):
        raise Silent("runpy.module-in-sys-modules")
    if held is not None:
        state.warned_otherwise = True  # that it warns is not said
    if spec is None:
        raise unnamed(state, NOWHERE, "ImportError", "ModuleNotFoundError")
    return spec


def _imported(state: State, name: str, *, wanted: str = "") -> Object:
    """The package of that name, below which a module is ``wanted``.

    Raises:
        Raised: importing it raises; that this is passed on no document says.
        Silent: it does, and the module is in sys.modules: it may be found there all the same.
    """
    bypassed(state, name, "run_module")
    try:
        return import_package(state, name, IMPORTED_AGAIN)
    except Raised as raised:
        if wanted in state.cache.values:
            raise Silent("runpy.module-in-sys-modules") from None
        error = raised.settled()
        raise passed_on(state, error, NOWHERE, "ImportError", ANOTHER, about="an import raises") from None


def _run_path(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The names of a file, or of the module ``__main__`` of a directory, after its code was executed.

    Clauses: runpy.path-script, runpy.path-entry, runpy.path-sys-restored.

    Raises:
        Raised: its code raises, or there is none.
    """
    del scope
    place, run_name = given["path_name"], given.get("run_name")
    if not isinstance(place, Place) or not isinstance(run_name, str | None):
        raise Silent("scope.operand-types")
    state.form = "run_path"
    if place.pathlike:
        raise Silent("runpy.path-object")
    state.cite("runpy.path-script")
    if place.path in state.directories:
        found = _entry(state, entry(PREFIX + place.path, state.working, state.directories), given)
    elif place.path in state.sources and archive(state, place.path) is None:
        found = _script(state, place.path, given)
    else:
        raise Silent("runpy.path-script")
    return None if state.departs(NO_PATH_GLOBALS) else Globals(found)


def _script(state: State, path: str, given: Mapping[str, Argument]) -> Namespace:
    """A file is executed without a spec (runpy.path-script-specials-none)."""
    run_name = given.get("run_name")
    shown = run_name if isinstance(run_name, str) else RUN_PATH
    if run_name is None and state.departs(FILE_NAME):
        shown = path.rpartition("/")[2].removesuffix(".py")
    spec = Spec(shown, path, None, PREFIX + path)
    program = Program(shown, spec, given.get("init_globals"), "runpy.path-script")
    program.bare = not state.departs(SPEC_MADE)
    return _registered(state, program)


def _registered(state: State, program: Program) -> Namespace:
    """While it is executed it is in sys.modules, and nothing is there of it afterwards."""
    clause = "" if state.departs(PATH_UNREGISTERED) else "runpy.path-sys-restored"
    found = executed(state, program, clause)
    if clause and state.departs(PATH_REGISTERED):
        state.cache.bind(program.name, program.module, (PATH_REGISTERED.clause,))
    return found


def _entry(state: State, place: Entry | None, given: Mapping[str, Argument]) -> Namespace:
    """A directory is searched first while its module ``__main__`` is executed.

    If it has none, one that lies elsewhere on sys.path may be executed (runpy.path-no-main-not-protected).

    Raises:
        Raised: there is none.
        Silent: what is found is no source file, or sys.path was changed meanwhile.
    """
    if place is None:
        raise Silent("runpy.path-entry")
    clause, question = "runpy.path-entry", "runpy.path-no-main-not-protected"
    before = list(state.path)
    state.path[:] = before if state.departs(NOT_ENTERED) else [place.place, *before]
    spec = find(state, MAIN, None)
    if spec is None:
        state.path[:] = before
        raise unnamed(state, NOWHERE, "ImportError", "ModuleNotFoundError")
    if spec.locations is not None or spec.origin is None or not spec.origin.endswith(".py"):
        raise Silent(clause)
    own = spec.origin.rpartition("/")[0] == place.place
    if state.departs(MAIN_UNFOUND) if own else state.policy(question, "executed", "an exception") != "executed":
        state.path[:] = before
        raise unnamed(state, NOWHERE, "ImportError", "ModuleNotFoundError", clauses=() if own else (question,))
    run_name = given.get("run_name")
    shown = run_name if isinstance(run_name, str) else RUN_PATH
    if state.departs(SPEC_NAMED):
        spec = Spec(shown, spec.origin, None, spec.file)
    state.cite(clause)
    entered = list(state.path)
    try:
        found = _registered(state, Program(shown, spec, given.get("init_globals"), clause))
    except Raised:
        _left(state, entered, before, restored=restores(state, "sys.path"))
        raise
    _left(state, entered, before, restored=not state.departs(ENTRY_KEPT))
    return found


def _left(state: State, entered: list[str | OddEntry], before: list[str | OddEntry], *, restored: bool) -> None:
    """The path is as before, if it is restored.

    Raises:
        Silent: the code has changed it.
    """
    if state.path != entered:
        raise Silent("runpy.path-entry")
    state.path[:] = before if restored else entered


FUNCTIONS: Final[Mapping[str, Meaning]] = {"runpy.run_module": _run_module, "runpy.run_path": _run_path}
