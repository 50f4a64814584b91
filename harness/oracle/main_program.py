"""The top-level environment (reference/import §5.8; library/__main__; using/cmdline)."""

from collections.abc import Iterator
from typing import assert_never

from harness.model.case import Case, Embedded, Module, Script, search_path
from harness.model.prediction import Exactly, Expected
from harness.model.rendering import PROGRAM
from harness.oracle.attribute_facts import attribute_facts
from harness.oracle.attributes import set_from_spec, set_package
from harness.oracle.facts import Values
from harness.oracle.layout import PREFIX
from harness.oracle.loading import find_runnable, syntax_error
from harness.oracle.objects import ModuleObject, Namespace, Raised, Scope
from harness.oracle.state import Silent, State


def enter(state: State, case: Case) -> Scope:
    """Everything that happens before the first statement of the program, and the scope that it is executed in.

    Raises:
        Raised: the program does not compile.
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
            scope = _main_scope(state, ModuleObject("__main__", None), path)
        case Module(name=name, path=path):
            scope = _dash_m(state, name, path)
        case _:
            assert_never(case.launch)
    rejected = syntax_error(state, case.program)
    if rejected and isinstance(case.launch, Embedded):
        raise Raised("SyntaxError", rejected)
    if rejected:
        raise Silent("main.whole-input-parsed-first")
    if not isinstance(case.launch, Embedded):
        state.event(case.launch.path, "__main__")
    if case.program.doc is not None or not isinstance(case.launch, Embedded):
        scope.namespace.bind("__doc__", case.program.doc, ("module.doc-attribute",))
    return scope


def program_label(case: Case) -> str:
    """What the steps of the program are called in the trace."""
    return PROGRAM if isinstance(case.launch, Embedded) else case.launch.path


def _embedded() -> Scope:
    namespace = Namespace()
    namespace.bind("__name__", "program", ())
    return Scope(namespace, namespace)


def _main_scope(state: State, module: ModuleObject, path: str) -> Scope:
    """The module ``__main__``, which is in the cache from the start (main.in-sys-modules-at-startup)."""
    namespace = module.namespace
    namespace.bind("__name__", "__main__", ("module.name-main-when-executed", "main.name-in-all-start-modes"))
    namespace.bind(
        "__file__", PREFIX + path, ("main.file-absolute" if state.since(3, 9) else "module.file-is-source-path",)
    )
    namespace.why["__path__"] = ("module.path-only-on-packages",)
    set_package(state, namespace, None, ("main.package-none-for-script",))
    if state.since(3, 15):
        namespace.unbind("__cached__", ("module.cached-not-set-315",))
    namespace.bind("__spec__", None, ("main.spec-none-script",))
    state.cache.bind("__main__", module, ("main.in-sys-modules-at-startup",))
    state.cite("main.name-in-all-start-modes")
    return Scope(namespace, namespace)


def _dash_m(state: State, name: str, path: str) -> Scope:
    """The parents are imported first; the file is executed as ``__main__`` with the spec of its real name.

    Clauses: dashm.parents-imported, dashm.executes-as-main, dashm.package-runs-dunder-main, main.spec-set-with-m.
    """
    module = ModuleObject("__main__", None)
    scope = _main_scope(state, module, path)
    state.reasons[:] = ["dashm.parents-imported"]
    try:
        spec = find_runnable(state, name)
    except Raised as error:
        raise Silent("dashm.parents-imported") from error
    if spec is None or spec.origin != path:
        raise Silent("dashm.executes-as-main")
    module.spec = spec
    module.namespace.bind("__spec__", spec, ("main.spec-set-with-m", "main.spec-name-real"))
    set_from_spec(state, module.namespace, spec)
    state.cite("dashm.executes-as-main")
    return scope


def launch_facts(case: Case, values: Values, scope: Scope) -> Iterator[tuple[str, Expected]]:
    """What a main program sees of its launch.

    Clauses: main.argv0-script, path.script-dir-first, dashm.argv0-full-path, path.dash-m-cwd-full-path,
    main.spec-none-script, main.package-none-for-script.
    """
    if isinstance(case.launch, Embedded):
        return
    script = isinstance(case.launch, Script)
    file = PREFIX + case.launch.path
    first = PREFIX + search_path(case)[0]
    yield "argv0", Exactly(file, ("main.argv0-script" if script else "dashm.argv0-full-path",))
    yield "path0", Exactly(first, ("path.script-dir-first" if script else "path.dash-m-cwd-full-path",))
    yield from attribute_facts(values, scope.namespace, "main/")
