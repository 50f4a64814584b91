"""The top-level environment (reference/import §5.8; library/__main__; using/cmdline)."""

import contextlib
import itertools
from collections.abc import Iterator
from typing import Final, assert_never

from harness.model.case import Case, Embedded, Module, Script, search_path
from harness.model.departure import Departure
from harness.model.prediction import Exactly, Expected, Unspecified
from harness.model.rendering import PROGRAM
from harness.oracle.attribute_facts import attribute_facts
from harness.oracle.attributes import set_from_spec, set_package
from harness.oracle.compiling import syntax_error
from harness.oracle.departing import given
from harness.oracle.facts import Values
from harness.oracle.launched import PassedOver, import_package, is_of
from harness.oracle.layout import PREFIX
from harness.oracle.objects import ModuleObject, Namespace, Portions, Raised, Scope, Spec, Unknown
from harness.oracle.replacing import may_take_part
from harness.oracle.search import Locations, find, module_path
from harness.oracle.state import OddEntry, Silent, State, Unbegun

OWN_NAME: Final = Departure(
    "main.name-in-all-start-modes", "of the file", "__name__ of a script is the name of its file without suffix"
)
UNDER_ITS_NAME: Final = Departure(
    "dashm.executes-as-main", "under its own name", "__name__ of a module that -m executes is its own name"
)
NOT_IN_CACHE: Final = Departure(
    "main.in-sys-modules-at-startup", "not there", "the main program is in sys.modules under no name"
)
NOT_EMPTY: Final = Departure(
    "main.in-sys-modules-at-startup", "not empty", "with -m the name runpy is bound in the main program from the start"
)
EMPTY_PACKAGE: Final = Departure("main.package-none-for-script", "empty", "__package__ of a script is the empty string")
NO_SPEC: Final = Departure("main.spec-none-script", "not set", "a script has no __spec__")
FILE_AS_GIVEN: Final = Departure(
    "main.file-absolute", "relative", "__file__ of a script is relative to the working directory"
)
ARGUMENT: Final = {
    "main.argv0-script": Departure("main.argv0-script", "the file name", "argv[0] is the name of the script alone"),
    "dashm.argv0-full-path": Departure("dashm.argv0-full-path", "-m", "argv[0] is -m"),
}
FIRST_ENTRY: Final = {
    "path.script-dir-first": Departure(
        "path.script-dir-first", "the working directory", "a script finds first what lies in the working directory"
    ),
    "path.dash-m-cwd-full-path": Departure("path.dash-m-cwd-full-path", "empty", "sys.path[0] is the empty string"),
}
ENTRY_GIVEN: Final = given("path.runtime-modification")
PARENTS_NOT_IMPORTED: Final = Departure(
    "dashm.parents-imported", "not imported", "the packages that contain what -m executes are searched, not imported"
)
IMPORTED_AGAIN: Final = Departure(
    "dashm.parents-imported",
    "imported again",
    "a package is imported again where an ImportError that names it ended it first",
)
PACKAGE_REFUSED: Final = Departure(
    "dashm.package-runs-dunder-main", "refused", "-m with the name of a package ends with an error"
)
NAMESPACE_REFUSED: Final = Departure(
    "namespace.dash-m", "refused", "-m with the name of a namespace package ends with an error"
)
MAIN_REFUSED: Final = Departure(
    "dashm.package-runs-dunder-main", "called __main__ refused", "-m with a package called __main__ ends with an error"
)
SPEC_NOT_SET: Final = Departure("main.spec-set-with-m", "None", "__spec__ is None under -m")
SPEC_OF_MAIN: Final = Departure("main.spec-name-real", "__main__", "the spec carries the name __main__")
EXECUTED_SO_FAR: Final = Departure(
    "main.whole-input-parsed-first", "executed so far", "what comes before an error of syntax is executed"
)


def enter(state: State, case: Case) -> Scope:
    """Everything that happens before the first statement of the program, and the scope that it is executed in.

    Raises:
        Raised: the program does not compile.
        Unbegun: it does not, and is the main program, or what -m imports before it raised.
    """
    try:
        return _entered(state, case)
    except Silent:
        state.trace.clear()  # a program that may never be executed may never report what came before it
        raise


def _entered(state: State, case: Case) -> Scope:
    match case.launch:
        case Embedded():
            scope = _embedded()
        case Script(path=path):
            scope = _script(state, path)
        case Module(name=name, path=path):
            scope = _dash_m(state, name, path)
            state.handled.append(None)
            _unheard(state)
        case _:
            assert_never(case.launch)
    rejected = syntax_error(state, case.program)
    if rejected and not state.departs(EXECUTED_SO_FAR):
        if not isinstance(case.launch, Embedded):
            raise Unbegun(EXECUTED_SO_FAR.clause)
        raise Raised("SyntaxError", (EXECUTED_SO_FAR.clause, *rejected))
    if not isinstance(case.launch, Embedded):
        state.path_begun = tuple(state.path)
        state.event(case.launch.path, scope.namespace.values["__name__"])
    if case.program.doc is not None or not isinstance(case.launch, Embedded):
        scope.namespace.bind("__doc__", case.program.doc, ("module.doc-attribute",))
    return scope


def _unheard(state: State) -> None:
    """What has warned before the program began: nobody heard of it."""
    state.warned.clear()
    state.not_warned = ()
    state.warned_otherwise = False


def program_label(case: Case) -> str:
    """What the steps of the program are called in the trace."""
    return PROGRAM if isinstance(case.launch, Embedded) else case.launch.path


def _embedded() -> Scope:
    namespace = Namespace()
    namespace.bind("__name__", "program", ())
    return Scope(namespace, namespace)


def _script(state: State, path: str) -> Scope:
    scope = _main_scope(state, ModuleObject("__main__", None))
    namespace = scope.namespace
    _bind_file(state, namespace, path)
    set_package(state, namespace, None, ("main.package-none-for-script",))
    if state.since(3, 15):
        namespace.unbind("__cached__", ("module.cached-not-set-315",))
    namespace.bind("__spec__", None, ("main.spec-none-script",))
    if state.departs(OWN_NAME):
        stem = path.rpartition("/")[2].removesuffix(".py")
        namespace.bind("__name__", stem, ("module.name-main-when-executed", "main.name-in-all-start-modes"))
    if state.since(3, 9) and state.departs(FILE_AS_GIVEN):
        namespace.bind("__file__", path, ("main.file-absolute",))
    if state.departs(EMPTY_PACKAGE):
        namespace.bind("__package__", "", ("main.package-none-for-script",))
    if state.departs(NO_SPEC):
        namespace.unbind("__spec__", ("main.spec-none-script",))
    if state.path[0] != state.working and state.departs(FIRST_ENTRY["path.script-dir-first"]):
        state.path[0] = state.working
    return scope


def _main_scope(state: State, module: ModuleObject) -> Scope:
    """The module ``__main__``, which is in the cache from the start (main.in-sys-modules-at-startup)."""
    namespace = module.namespace
    _bind_name(namespace)
    namespace.why["__path__"] = ("module.path-only-on-packages",)
    if not state.departs(NOT_IN_CACHE):
        state.cache.bind("__main__", module, ("main.in-sys-modules-at-startup",))
    state.cite("main.name-in-all-start-modes")
    return Scope(namespace, namespace)


def _bind_name(namespace: Namespace) -> None:
    namespace.bind("__name__", "__main__", ("module.name-main-when-executed", "main.name-in-all-start-modes"))


def _bind_file(state: State, namespace: Namespace, path: str) -> None:
    clause = "main.file-absolute" if state.since(3, 9) else "module.file-is-source-path"
    namespace.bind("__file__", PREFIX + path, (clause,))


def _dash_m(state: State, name: str, path: str) -> Scope:
    """The parents are imported first; the file is executed as ``__main__`` with the spec of its real name.

    Where nothing is found by that name nothing is executed. Open is how that ends, what special names the module has
    before it is executed, and what is executed where a module that is cached is told to be another.

    Clauses: dashm.parents-imported, dashm.executes-as-main, dashm.package-runs-dunder-main, main.spec-set-with-m,
    main.in-sys-modules-at-startup. Whether it calls what a parent has put in the place of ``__import__`` is open.
    """
    module = ModuleObject("__main__", None)
    scope = _main_scope(state, module)
    if state.departs(NOT_EMPTY):
        module.namespace.bind("runpy", Unknown((NOT_EMPTY.clause,)), (NOT_EMPTY.clause,))
    state.reasons[:] = ["dashm.parents-imported"]
    parents = itertools.accumulate(name.split("."), "{}.{}".format)
    asked = (*parents, f"{name}.__main__")
    try:
        spec = _found(state, name)
    except (Raised, Unbegun) as error:
        may_take_part(state, *asked)
        if isinstance(error, Unbegun):
            raise
        raise Unbegun("dashm.parents-imported") from error
    may_take_part(state, *asked)
    if spec is None or spec.origin != path:
        raise Silent("dashm.executes-as-main")
    if state.cache.values.get("__main__") is not module:
        raise Silent("main.in-sys-modules-at-startup")
    module.spec = spec
    _bind_name(module.namespace)
    _bind_file(state, module.namespace, path)
    module.namespace.bind("__spec__", _shown(state, spec), ("main.spec-set-with-m", "main.spec-name-real"))
    set_from_spec(state, module.namespace, spec)
    state.cite("dashm.executes-as-main")
    if state.departs(UNDER_ITS_NAME):
        module.namespace.bind("__name__", spec.name, ("dashm.executes-as-main",))
    return scope


def _shown(state: State, spec: Spec) -> Spec | None:
    """What ``__spec__`` is under -m: the spec, as documented."""
    taken = state.decide(SPEC_NOT_SET, SPEC_OF_MAIN)
    if taken is SPEC_OF_MAIN:
        renamed = Spec("__main__", spec.origin, spec.locations, spec.file)
        renamed.loader = spec.loader
        return renamed
    return None if taken is SPEC_NOT_SET else spec


def _found(state: State, name: str) -> Spec | None:
    """The spec of what ``-m name`` executes: the module, or ``name.__main__`` of a package; its parents are imported.

    Clauses: dashm.parents-imported, dashm.package-runs-dunder-main.

    Raises:
        Raised: a parent cannot be imported.
        Silent: a ``None`` entry, or an object that is no module, is in the way, and no document says how that ends.
        Unbegun: packages are not executed, or there is none.
    """
    spec = _runnable(state, name)
    if spec is None or spec.locations is None:
        return spec
    state.cite("dashm.package-runs-dunder-main")
    refused = [MAIN_REFUSED] if name.rpartition(".")[2] == "__main__" else []
    refused += [NAMESPACE_REFUSED] if isinstance(spec.locations, Portions) else []
    taken = state.decide(PACKAGE_REFUSED, *refused)
    if taken is not None:
        raise Unbegun(taken.clause, refused=True)
    return _runnable(state, f"{name}.__main__")


def _parent_path(state: State, name: str) -> Locations | None:
    """Where ``name`` is sought: in its parent, which is imported, or on ``sys.path``."""
    parent = name.rpartition(".")[0]
    if not parent:
        return Locations(None)
    if not state.departs(PARENTS_NOT_IMPORTED):
        with contextlib.suppress(PassedOver):
            return module_path(state, import_package(state, parent, IMPORTED_AGAIN, name))
    path = _parent_path(state, parent)
    spec = None if path is None else find(state, parent, path.value)
    return None if spec is None or spec.locations is None else Locations(spec.locations)


def _runnable(state: State, name: str) -> Spec | None:
    """The spec of what is sought; None where nothing is found, and ``sys.modules`` has it all the same."""
    path = _parent_path(state, name)
    held = state.cache.values.get(name)
    if path is not None and name in state.cache.values and not isinstance(held, ModuleObject):
        raise Silent("dashm.executes-as-main", "cache.none-raises-mnfe")
    spec = None if path is None else find(state, name, path.value)
    if spec is None and name not in state.cache.values:
        raise Unbegun("dashm.executes-as-main")
    if held is not None and not is_of(held, spec):
        raise Silent("dashm.executes-as-main", "cache.checked-first")
    return spec


def launch_facts(case: Case, values: Values, scope: Scope) -> Iterator[tuple[str, Expected]]:
    """What a main program sees of its launch.

    Clauses: main.argv0-script, path.script-dir-first, dashm.argv0-full-path, path.dash-m-cwd-full-path,
    main.spec-none-script, main.package-none-for-script.
    """
    if isinstance(case.launch, Embedded):
        return
    script = isinstance(case.launch, Script)
    clause = "main.argv0-script" if script else "dashm.argv0-full-path"
    file = PREFIX + case.launch.path
    if values.state.departs(ARGUMENT[clause]):
        file = case.launch.path.rpartition("/")[2] if script else "-m"
    yield "argv0", Exactly(file, (clause,))
    yield "path0", _first_entry(case, values.state)
    yield from attribute_facts(values, scope.namespace, "main/")


def _first_entry(case: Case, state: State) -> Expected:
    """What ``sys.path[0]`` is when the program begins; what -m imports before may have put another entry there."""
    first = search_path(case)[0]
    match state.path_begun[:1]:
        case (OddEntry(value=str() as text),):
            return Exactly(text, ("path.runtime-modification",))
        case (str() as entry,) if isinstance(case.launch, Script) or entry == first:
            pass
        case (str() as entry,):
            return Exactly(PREFIX + entry, ("path.runtime-modification",))
        case _:
            return Unspecified(("path.runtime-modification",))
    script = isinstance(case.launch, Script)
    clause = "path.script-dir-first" if script else "path.dash-m-cwd-full-path"
    found = PREFIX + first
    if state.departs(FIRST_ENTRY[clause]):
        found = PREFIX.rstrip("/") if script else ""
    return Exactly(found, (clause,))
