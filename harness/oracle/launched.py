"""Executing a program within another: in what namespace, and what of ``sys`` changes meanwhile (library/runpy)."""

from typing import Final

from harness.model.departure import Departure
from harness.oracle.attributes import bytecode_path
from harness.oracle.loading import execute_code, import_module
from harness.oracle.objects import ModuleObject, Namespace, Object, Raised, Spec, Unknown, Why
from harness.oracle.state import Argument, Silent, State

SPECIALS: Final = "runpy.module-special-globals"
NONE_OF_SCRIPT: Final = "runpy.path-script-specials-none"
NAMED_PACKAGE: Final = Departure(
    NONE_OF_SCRIPT, "of its name", "__package__ of a file that is executed directly is the package that its name tells"
)
INITIAL: Final = "runpy.module-init-globals"
LATE: Final = Departure(SPECIALS, "afterwards", "the special names are bound when the code has been executed")
NOT_POPULATED: Final = Departure(INITIAL, "ignored", "what is given for init_globals is not there")
MODIFIED: Final = Departure(INITIAL, "modified", "the code is executed in the dictionary that is given")
NOT_OVERRIDDEN: Final = Departure(INITIAL, "not overridden", "a __name__ that is given stays")
REGISTERED: Final = Departure(
    "runpy.module-no-alter-sys", "in sys.modules", "what is executed is in sys.modules meanwhile all the same"
)
NOT_REGISTERED: Final = Departure("runpy.module-alter-sys", "no entry", "the entry of sys.modules is left alone")
NOT_RESTORED: Final = Departure("runpy.module-alter-sys", "entry kept", "the module stays in sys.modules")
UNDONE: Final = Departure(
    "runpy.side-effects-persist", "undone", "modules that the code has imported are taken out of sys.modules again"
)
CACHED: Final = Departure("runpy.cached-not-set-315", "set", "__cached__ is set as before 3.15")
GONE: Final = {
    clause: Departure(clause, "raises where gone", "where the code has removed its own entry KeyError is raised")
    for clause in ("runpy.module-alter-sys", "runpy.path-sys-restored")
}
RAISED: Final = "runpy.altered-sys-after-exception"


class Program:
    """What is executed: the name it has, its spec, what is given for its names, and the clause by which it runs.

    ``bare`` tells that of its spec nothing is told: it is a file that is executed directly.
    """

    def __init__(self, name: str, spec: Spec, given: Argument, clause: str) -> None:
        self.name = name
        self.spec = spec
        self.given = given
        self.clause = clause
        self.bare = False
        self.module = ModuleObject(name, None)
        self.namespace = self.module.namespace


def executed(state: State, program: Program, altering: str) -> Namespace:
    """The names after the code was executed; meanwhile it is in ``sys.modules``, by the clause ``altering``, if any.

    Clauses: runpy.module-init-globals, runpy.module-special-globals, runpy.module-alter-sys,
    runpy.side-effects-persist.

    Raises:
        Raised: the code raises.
    """
    origin, module = program.spec.origin, program.module
    if origin is None:
        raise Silent(program.clause)
    _populate(state, program)
    module.namespace = program.namespace
    before, again = set(state.cache.values), origin in state.executed
    late = state.departs(LATE)
    if not late:
        _specialise(state, program)
    try:
        _altered(state, program, origin, altering)
    finally:
        _undo(state, before, program.name)
        if not again:
            state.executed.discard(origin)
    if late:
        _specialise(state, program)
    return program.namespace


def _undo(state: State, before: set[str], name: str) -> None:
    """What the code has imported stays (runpy.side-effects-persist)."""
    new = [key for key in state.cache.values if key not in before and key != name]
    if new:
        state.cite(UNDONE.clause)
        if state.departs(UNDONE):
            for key in new:
                state.cache.unbind(key, (UNDONE.clause,))


def _altered(state: State, program: Program, origin: str, altering: str) -> None:
    """Execute the code, in ``sys.modules`` or not; what is there afterwards if it raises is open.

    Clauses: runpy.module-alter-sys, runpy.module-no-alter-sys.
    """
    name, cache = program.name, state.cache
    if not altering or (altering == NOT_REGISTERED.clause and state.departs(NOT_REGISTERED)):
        state.cite("runpy.module-no-alter-sys")
        execute_code(state, program.module, program.spec, origin, program.clause)
        return
    before = (cache.values[name], cache.why[name]) if name in cache.values else None
    cache.bind(name, program.module, (altering,))
    try:
        execute_code(state, program.module, program.spec, origin, program.clause)
    except Raised:
        if restores(state):
            _restore(state, name, before, altering)
        raise
    if not (altering == NOT_RESTORED.clause and state.departs(NOT_RESTORED)):
        _restore(state, name, before, altering)


def _restore(state: State, name: str, before: tuple[Object, Why] | None, clause: str) -> None:
    """Let sys.modules hold by a name what it held before."""
    if before is not None:
        state.cache.bind(name, before[0], (*before[1], clause))
        return
    if name not in state.cache.values and state.departs(GONE[clause]):
        raise Raised("KeyError", state.why(clause))
    state.cache.unbind(name, (clause,))


def restores(state: State, about: str = "") -> bool:
    """Whether what was altered of ``sys`` is as before where the code raises."""
    return state.policy(RAISED, "restored", "as they are", about=about) == "restored"


def _populate(state: State, program: Program) -> None:
    """Put what is given into the namespace: what was there before of its special names is overridden."""
    given = program.given
    if not isinstance(given, Namespace):
        return
    state.cite(INITIAL)
    taken = state.decide(NOT_POPULATED, MODIFIED)
    if taken is MODIFIED:
        program.namespace = given
    elif taken is None:
        for name, value in given.values.items():
            program.namespace.bind(name, value, (*given.why[name], INITIAL))
        program.namespace.importer = given.importer
        for name in ("__doc__", "__path__", *given.open):
            if name in given.values or name in given.open:
                program.namespace.bind(name, Unknown((SPECIALS,)), (SPECIALS,))


def _specialise(state: State, program: Program) -> None:
    """Bind the special names, as the spec has them.

    Clauses: runpy.module-special-globals, runpy.path-script-specials-none, runpy.cached-not-set-315.
    """
    bind, spec = program.namespace.bind, program.spec
    why = (NONE_OF_SCRIPT,) if program.bare else (SPECIALS,)
    given = isinstance(program.given, Namespace)
    if not (given and "__name__" in program.namespace.values and state.departs(NOT_OVERRIDDEN)):
        bind("__name__", program.name, (program.clause, *((INITIAL,) if given else ()), SPECIALS))
    values: dict[str, Object] = {"__spec__": spec, "__loader__": spec.loader, "__package__": spec.parent}
    for name, value in values.items():
        bind(name, None if program.bare else value, why)
    if program.bare and state.departs(NAMED_PACKAGE):
        bind("__package__", program.name.rpartition(".")[0], why)
    bind("__file__", spec.file, (SPECIALS,))
    if not state.since(3, 15):
        bind("__cached__", Unknown(("module.cached-set",)), ("module.cached-set",))
        return
    if spec.file is not None and state.departs(CACHED):
        bind("__cached__", bytecode_path(spec.file), (CACHED.clause,))
    elif "__cached__" not in program.namespace.values:
        program.namespace.unbind("__cached__", (CACHED.clause,))


class PassedOver(Exception):  # noqa: N818 - no error: what is executed is found all the same
    """An ImportError ended a package, and ``sys.modules`` has what was wanted of it: it is not imported again."""


def import_package(state: State, name: str, again: Departure, wanted: str = "") -> Object:
    """Import the package that contains what is executed; one whose import fails is not there.

    Raises:
        Raised: its import fails.
        PassedOver: so it does, with the departure ``again``, and what is ``wanted`` is there.
        Silent: with the departure ``again``, where it is not said what its exception names.
    """
    try:
        return import_module(state, name)
    except Raised as error:
        if not error.may_be("ImportError") or not state.departs(again):
            raise
        told = error.settled()
        if isinstance(told.name, Unknown):
            raise Silent(*told.name.why) from error
        if not told.is_a("ImportError") or not f"{name}.".startswith(f"{told.name!s}."):
            raise told from error
    if isinstance(state.cache.values.get(wanted), ModuleObject):
        raise PassedOver
    return import_module(state, name)


def is_of(held: Object, spec: Spec | None) -> bool:
    """Whether a module is, and says it is, the one that the spec is of, and its own spec says the same."""
    if spec is None or not isinstance(held, ModuleObject) or held.spec is None or held.spec.given:
        return False
    return held.namespace.values.get("__spec__") is held.spec and held.spec.origin == spec.origin
