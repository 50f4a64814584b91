"""Executing the code of a module once more (library/importlib §importlib.reload; PEP 451 §How Reloading Will Work)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.prediction import ANOTHER
from harness.oracle.archives import archive
from harness.oracle.attributes import initialise, initialise_again
from harness.oracle.compiling import syntax_error
from harness.oracle.departing import raises
from harness.oracle.hooks import answering, asking_fails
from harness.oracle.loading import execute_code
from harness.oracle.lookup import KEPT_CLASS
from harness.oracle.module_types import set_by_others
from harness.oracle.objects import (
    ClassObject,
    Items,
    ModuleObject,
    Object,
    Portions,
    Raised,
    Scope,
    Spec,
    SubstituteObject,
    Unknown,
)
from harness.oracle.perhaps import Perhaps
from harness.oracle.search import Locations, find, package_path, refresh
from harness.oracle.state import Argument, Meaning, Silent, State
from harness.oracle.unnamed import goes_on, passed_on, unnamed

NOT_EXECUTED: Final = Departure("reload.same-object-reexecuted", "not executed", "the code is not executed again")
NEW_NAMESPACE: Final = Departure(
    "reload.namespace-retained", "emptied", "names of the old version are gone unless the new one binds them"
)
CONSTANT_TAKEN: Final = Departure("reload.non-module-typeerror", "returned", "a constant is returned as it is")
ABSENT_ERRORS: Final = raises("reload.must-be-in-sys-modules", "KeyError", "AttributeError")
ABSENT_TAKEN: Final = Departure(
    "reload.must-be-in-sys-modules", "reloaded", "a module that sys.modules does not hold is reloaded"
)
NO_SPEC_ERRORS: Final = raises("reload.no-spec-mnfe", "ImportError", "AttributeError")
OLD_SPEC: Final = Departure("reload.module-is-re-found", "old spec", "the module is not searched for again")
KEPT: Final = Departure("reload.attributes-reset", "kept", "import-related attributes stay as they are")
PARENT_ERRORS: Final = raises("reload.submodule-uses-parent-path", "KeyError", "AttributeError")
ARGUMENT: Final = Departure(
    "reload.returns-sys-modules-entry", "argument", "what was given is returned, whatever sys.modules holds"
)
REBOUND: Final = Departure(
    "reload.from-imported-names-not-updated", "rebound", "names that were taken from the module are bound anew"
)
WITH_SUBMODULES: Final = Departure(
    "reload.package-does-not-reload-submodules", "with submodules", "the submodules of a package are executed again too"
)
ANOTHER_OBJECT: Final = Departure(
    "cache.reload-reuses-object", "another object", "reload makes another module, and puts that into sys.modules"
)
NAMESPACE_ERRORS: Final = raises("namespace.reloadable", "ImportError", "AttributeError", "TypeError")
FAILED_REMOVED: Final = Departure(
    "failure.reload-leaves-module", "removed", "a module whose code raises on reload is taken out of sys.modules"
)
REMOVED_IN_ARCHIVE: Final = Departure(
    "failure.reload-leaves-module",
    "removed in an archive",
    "a module of an archive whose code raises on reload is taken out of sys.modules, and KeyError raised instead",
)
INSTANCES_TOO: Final = Departure(
    KEPT_CLASS, "new class", "instances of a class of the module are instances of the new class of that name"
)
EXECUTED_WITHIN: Final = Departure(
    "reload.within-itself", "executed again", "a module that is being reloaded is executed again within that"
)
WITHIN_ERRORS: Final = raises("reload.within-itself", "ImportError", "RuntimeError")
GONE: Final = "reload.module-removes-itself"
KEPT_AS_IT_WAS: Final = "kept"
FORMER: Final = ("__path__", "__file__", "__cached__")
"""Import-related attributes that a module of another kind has not."""

_ATTRIBUTES: Final = ("__name__", "__loader__", "__package__", "__spec__", "__path__", "__file__", "__cached__")


def _reload(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The module, its code executed again in its namespace.

    Clauses: reload.same-object-reexecuted, reload.must-be-in-sys-modules, reload.module-is-re-found,
    reload.returns-sys-modules-entry, reload.within-itself, cache.reload-reuses-object.

    Raises:
        Raised: it is no module, not in the cache, not found, or its code raised.
    """
    module = given["module"]
    if isinstance(module, Unknown):
        raise Silent(*module.why)
    if not isinstance(module, ModuleObject):
        return _no_module(state, module)
    name = _name(module)
    before = dict(module.namespace.values)
    spec = _spec(state, name, module)
    if module.reloading:
        state.cite("reload.within-itself")
        error = state.error("", WITHIN_ERRORS)
        if error:
            raise Raised(error, state.why())
        if not state.departs(EXECUTED_WITHIN):
            return module
    if state.departs(ANOTHER_OBJECT):
        module = ModuleObject(name, spec)
        initialise(state, module)
        state.cache.bind(name, module, ("cache.reload-reuses-object",))
    else:
        _initialise(state, module, spec)
    state.cite("cache.reload-reuses-object", "reload.module-is-re-found", "reload.same-object-reexecuted")
    outer, module.reloading = module.reloading, True
    try:
        _execute(state, module, spec)
    finally:
        module.reloading = outer
    _elsewhere(state, scope, module, before)
    return _returned(state, name, module)


def _returned(state: State, name: str, module: ModuleObject) -> Object:
    """What is returned: what sys.modules holds; where it holds nothing any more, no document says what happens.

    Whether a submodule is bound in its parent anew is open (reload.bound-in-parent).

    Raises:
        Raised: the module is gone from sys.modules.
    """
    if name not in state.cache.values:
        goes_on(state, GONE, ("the module",), "KeyError", "ImportError")
        return module
    held = state.cache.values[name]
    if held is not module:
        state.cite("reload.returns-sys-modules-entry")
    parent, _, tail = name.rpartition(".")
    owner = state.cache.values.get(parent) if parent else None
    if isinstance(owner, ModuleObject) and owner.namespace.values.get(tail) is not held:
        question = "reload.bound-in-parent"
        if state.policy(question, "left as it is", "bound anew") == "bound anew":
            owner.namespace.bind(tail, held, (question,))
    return module if held is not module and state.departs(ARGUMENT) else held


def _spec(state: State, name: str, module: ModuleObject) -> Spec:
    """The spec by which the module is reloaded.

    Of a module that has no spec in ``__spec__`` PEP 451 searches for one by its name; library/importlib has an
    exception raised where the module "lacks a ModuleSpec", which may mean either (reload.lacks-spec).

    Raises:
        Raised: there is none, or the module or its parent is not in the cache.
        Silent: the module is being executed.
    """
    question = "reload.lacks-spec"
    lacks = not isinstance(module.namespace.values.get("__spec__"), Spec)
    try:
        spec = _in_cache(state, name, module)
    except Raised as error:
        if not lacks or error.error != "ImportError":
            raise
        about = "not in sys.modules, or its parent is not"
        if state.policy(question, "ImportError", "ModuleNotFoundError", about=about) == "ImportError":
            raise
    else:
        options = ("searched for", "ModuleNotFoundError")
        if not lacks or state.policy(question, *options, about="in sys.modules") == "searched for":
            return spec
    unknown = Unknown((question,))
    raise Raised("ModuleNotFoundError", state.why(question), name=unknown, path=unknown)


def _in_cache(state: State, name: str, module: ModuleObject) -> Spec:
    """The spec that is found for a module that the cache holds by its name (reload.must-be-in-sys-modules)."""
    if state.cache.values.get(name) is not module and not state.departs(ABSENT_TAKEN):
        unknown = Unknown(("reload.must-be-in-sys-modules",))
        error = state.error("ImportError", ABSENT_ERRORS)
        raise Raised(error, state.why("reload.must-be-in-sys-modules"), name=unknown, path=unknown)
    if (module.executing and not module.reloading) or name == "__main__":
        raise Silent("reload.same-object-reexecuted")  # "it must have been successfully imported before"
    try:
        return _found(state, name, module)
    except Raised as error:
        if not module.reloading:
            raise
        raise Silent("reload.within-itself", *error.why) from None


def _execute(state: State, module: ModuleObject, spec: Spec) -> None:
    """Execute the code; where there is none (namespace.reloadable) that is all.

    Clauses: failure.reload-leaves-module.

    Raises:
        Raised: the code raises. The module stays in sys.modules, with what its code has bound so far, or what its code
            has put there; what is raised where that has left nothing there is open (reload.module-removes-itself).
    """
    if spec.origin is None:
        state.cite("namespace.reloadable")
        error = state.error("", NAMESPACE_ERRORS)
        if error:
            raise Raised(error, state.why())
        return
    if state.departs(NOT_EXECUTED):
        return
    source, archived = state.sources.get(spec.origin), archive(state, spec.origin) is not None
    if source is not None and archived and syntax_error(state, source):
        raise Silent("reload.attributes-reset")  # whether an archive's importer sets them before it compiles
    try:
        execute_code(state, module, spec, spec.origin, NOT_EXECUTED.clause)
    except Raised as raised:
        name = spec.name
        if name not in state.cache.values:
            settled = raised.settled()
            raise passed_on(state, settled, GONE, "KeyError", "ImportError", ANOTHER, about="its code raises") from None
        taken = state.decide(FAILED_REMOVED, *([REMOVED_IN_ARCHIVE] if archived else []))
        if taken is None:
            state.cache.why[name] = (*state.cache.why[name], FAILED_REMOVED.clause)
            raise
        state.cache.unbind(name, (FAILED_REMOVED.clause,))
        if taken is REMOVED_IN_ARCHIVE:
            raise Raised("KeyError", (FAILED_REMOVED.clause,)) from None
        raise


def _elsewhere(state: State, scope: Scope, module: ModuleObject, before: Mapping[str, Object]) -> None:
    """What was bound elsewhere, and the submodules of a package, stay as they are.

    Clauses: reload.from-imported-names-not-updated, reload.package-does-not-reload-submodules.
    """
    names = scope.module.values
    taken = [name for name in before if name in names and names[name] is before[name]]
    if taken and scope.module is not module.namespace and state.departs(REBOUND):
        for name in taken:
            scope.module.bind(name, module.namespace.values.get(name), (REBOUND.clause,))
    _instances(state, module, before)
    below = [held for key, held in state.cache.values.items() if key.startswith(f"{module.name}.")]
    if below and state.departs(WITH_SUBMODULES):
        for held in below:
            if isinstance(held, ModuleObject) and held.spec is not None and held.spec.origin is not None:
                execute_code(state, held, held.spec, held.spec.origin)


def _instances(state: State, module: ModuleObject, before: Mapping[str, Object]) -> None:
    """The instances of a class that the module has defined anew stay instances of the old one.

    Clauses: reload.existing-instances-keep-class.
    """
    for instance in state.instances:
        old = instance.kind
        new = module.namespace.values.get(old.name)
        redefined = before.get(old.name) is old and isinstance(new, ClassObject) and new is not old
        if redefined and isinstance(new, ClassObject) and state.departs(INSTANCES_TOO):
            instance.kind = new


def _no_module(state: State, held: Argument) -> Object:
    """What is no module is refused; an object that has a name, or a spec, as a module may be taken for one.

    Clauses: reload.non-module-typeerror (no document says what is raised).

    Raises:
        Raised: it has neither.
        Silent: it has.
    """
    if isinstance(held, Items | Portions | Spec | str | int | None) or (
        isinstance(held, SubstituteObject) and not {"__name__", "__spec__"}.intersection(held.attributes)
    ):
        if not state.departs(CONSTANT_TAKEN):
            raise unnamed(state, CONSTANT_TAKEN.clause, "TypeError", "AttributeError", "ImportError")
        return held
    raise Silent("reload.non-module-typeerror")


def _name(module: ModuleObject) -> str:
    """The name of the module: that of its spec, or ``__name__`` where it has none."""
    namespace = module.namespace
    spec = namespace.values.get("__spec__")
    if isinstance(spec, Spec):
        return spec.name
    if isinstance(spec, Unknown):
        raise Silent(*spec.why)
    name = namespace.values.get("__name__")
    asked = ("__spec__", "__name__")
    if any(answering(namespace, item) is not None or asking_fails(namespace, item) for item in asked):
        raise Silent("reload.must-be-in-sys-modules")
    if not isinstance(name, str) or "__spec__" in namespace.open:
        raise Silent("reload.must-be-in-sys-modules")
    return name


def _found(state: State, name: str, module: ModuleObject) -> Spec:
    """The spec that a new search finds, of a submodule on the path of its parent.

    Clauses: reload.submodule-uses-parent-path, reload.no-spec-mnfe.
    """
    parent = name.rpartition(".")[0]
    path = Locations(None)
    if parent:
        owner = state.cache.values.get(parent)
        if owner is None and parent in state.cache.values:
            raise Silent("reload.submodule-uses-parent-path", "cache.none-raises-mnfe")
        if owner is None:
            unknown = Unknown(("reload.submodule-uses-parent-path",))
            error = state.error("ImportError", PARENT_ERRORS)
            raise Raised(error, state.why("reload.submodule-uses-parent-path"), name=unknown, path=unknown)
        below = package_path(state, owner)
        if below is None or not isinstance(owner, ModuleObject):
            raise Silent("reload.submodule-uses-parent-path")
        if isinstance(below.value, Portions):
            refresh(state, below.value)
        path = below
        state.cite("reload.submodule-uses-parent-path")
    spec = find(state, name, path.value)
    if spec is None:
        _lost(module)
        error = state.error("ModuleNotFoundError", NO_SPEC_ERRORS)
        raise Raised(error, state.why("reload.no-spec-mnfe"), name=name, path=Unknown(("errors.name-attribute",)))
    if module.spec is not None and state.departs(OLD_SPEC):
        return module.spec
    return spec


def _lost(module: ModuleObject) -> None:
    """What a module without a spec to reload it by holds in its import-related attributes then is nowhere said."""
    for name in _ATTRIBUTES:
        if name in module.namespace.values and name != "__name__":
            module.namespace.bind(name, Unknown(("reload.no-spec-mnfe",)), ("reload.no-spec-mnfe",))


def _initialise(state: State, module: ModuleObject, spec: Spec) -> None:
    """Set the import-related attributes again (reload.attributes-reset); all other names stay.

    Clauses: reload.attributes-reset, reload.namespace-retained.
    """
    namespace = module.namespace
    if module.spec is None:
        raise Silent("reload.attributes-reset")
    set_by_others(module, "__spec__")
    if state.departs(NEW_NAMESPACE):
        for name in list(namespace.values):
            namespace.unbind(name, ("reload.namespace-retained",))
        namespace.bind("__doc__", None, ("reload.namespace-retained",))
    if state.departs(KEPT):
        return
    former = _former(module, spec)
    spec.former = module.spec if spec is not module.spec else spec.former
    module.spec = spec
    initialise_again(state, module)
    for name in _ATTRIBUTES:
        if name in namespace.why:
            namespace.why[name] = (*namespace.why[name], "reload.attributes-reset")
    for name, held in former.items():
        if namespace.open.get(name) == held:
            continue
        question = "reload.former-attributes"
        if state.policy(question, KEPT_AS_IT_WAS, "as of a new module", about=name) != KEPT_AS_IT_WAS:
            maybe = namespace.open.get(name)
            namespace.unbind(name, (question,))
            namespace.open.update({} if maybe is None else {name: maybe})
        elif isinstance(held, Perhaps):
            namespace.open[name] = held
        else:
            namespace.bind(name, held, (question,))


def _former(module: ModuleObject, spec: Spec) -> Mapping[str, Object | Perhaps]:
    """The attributes that are there because the module was of another kind once, to which the new spec says nothing.

    That they are removed where the others are set again is not said, nor that they stay (reload.former-attributes).
    """
    old, namespace = module.spec, module.namespace
    gone = set(FORMER[:1] if spec.locations is None and old is not None and old.locations is not None else ())
    gone.update(FORMER[1:] if spec.file is None else ())
    found: dict[str, Object | Perhaps] = {name: namespace.values[name] for name in FORMER if name in namespace.values}
    found.update({name: namespace.open[name] for name in FORMER if name in namespace.open})
    return {name: held for name, held in found.items() if name in gone}


FUNCTIONS: Final[Mapping[str, Meaning]] = {"importlib.reload": _reload}
