"""Loading (reference/import §5.3.1, §5.4): the module cache, executing a module, what a failure leaves behind."""

from typing import Final

from harness.model.departure import Departure
from harness.model.source import Broken, Class, Function, Guard, Source, StarImport, Statement, Try
from harness.oracle.attributes import initialise
from harness.oracle.finishing import finished
from harness.oracle.objects import Getattr, Items, ModuleObject, Object, Portions, Raised, Spec, Unknown
from harness.oracle.search import Locations, find, package_path, refresh
from harness.oracle.state import Silent, State

NONE_YIELDED: Final = Departure(
    "cache.none-left-by-parent", "None", "a None that the parent left in sys.modules is what the import yields"
)
NONE_SOUGHT_ANEW: Final = Departure(
    "cache.none-left-by-parent", "sought anew", "where the parent left None in sys.modules the submodule is sought anew"
)
SPEC_ASKED_FOR: Final = Departure(
    "dpath.used-for-submodules", "__spec__ asked for", "nothing below a package without __spec__ can be imported"
)
SPEC_WRITTEN_TO: Final = Departure(
    "dpath.used-for-submodules", "__spec__ written to", "what is no spec raises when something below is found"
)
COMPILED: Final = {
    clause: Departure(clause, "compiled", "the star import is compiled, and binds names where it stands")
    for clause in ("star.syntaxerror-in-function", "star.syntaxerror-in-class")
}


def import_module(state: State, name: str, *, inner: bool = False) -> Object:
    """The module ``name``, from the cache or loaded now, its parents first; ``inner`` where it is such a parent.

    Clauses: cache.checked-first, cache.first-place-checked-per-component, cache.intermediate-entries.

    Raises:
        Raised: it cannot be found, or executing it or a parent raised.
    """
    if name in state.cache.values and _hit_decides(state, name, inner=inner):
        return cached(state, name)
    parent = name.rpartition(".")[0]
    if not parent:
        return _load(state, name, _found(state, name, find(state, name, None), inner=inner), None)
    owner = _import_parent(state, parent)
    state.cite("loading.parents-loaded-before-child")
    if name in state.cache.values:
        taken = state.decide(NONE_YIELDED, NONE_SOUGHT_ANEW) if state.cache.values[name] is None else None
        if taken is NONE_YIELDED:
            return None
        if taken is None:
            return cached(state, name, "cache.none-left-by-parent")
    path = package_path(state, owner)
    if path is None:
        raise _not_found(state, name, "bind.intermediate-must-be-package", "meta.missing-dunder-path-mnfe")
    _spec_aside(state, owner, SPEC_ASKED_FOR)
    if isinstance(path.value, Portions):
        refresh(state, path.value)
    state.cite(*path.why, "dpath.used-for-submodules" if path.value is not None else "dpath.none-means-sys-path")
    spec = _found(state, name, find(state, name, path.value), inner=inner)
    _spec_aside(state, owner, SPEC_WRITTEN_TO)
    return _load(state, name, spec, owner)


def _spec_aside(state: State, owner: Object, departure: Departure) -> None:
    """The search below a package needs its ``__path__`` alone (dpath.used-for-submodules), not its ``__spec__``."""
    if not isinstance(owner, ModuleObject):
        return
    hook = owner.namespace.values.get("__getattr__")
    computed = isinstance(hook, Getattr) and "__spec__" in hook.names
    missing = "__spec__" not in owner.namespace.values and not computed
    held = owner.namespace.values.get("__spec__", hook.value if isinstance(hook, Getattr) and computed else None)
    odd = bool(held.items if isinstance(held, Items) else held) and not isinstance(held, Spec)
    if (missing if departure is SPEC_ASKED_FOR else odd) and state.departs(departure):
        raise Raised("AttributeError", state.why(departure.clause))


def _found(state: State, name: str, spec: Spec | None, *, inner: bool) -> Spec:
    """The spec.

    Clauses: meta.exhausted-raises-mnfe, failure.intermediate-missing-mnfe.

    Raises:
        Raised: there is none.
    """
    if spec is None:
        raise _not_found(state, name, "failure.intermediate-missing-mnfe" if inner else "meta.exhausted-raises-mnfe")
    return spec


def find_runnable(state: State, name: str) -> Spec | None:
    """The spec of what ``-m name`` executes: the module, or ``name.__main__`` of a package; its parents are imported.

    Clauses: dashm.parents-imported, dashm.package-runs-dunder-main.

    Raises:
        Silent: a ``None`` entry is in the way, and no document says how that ends.
    """
    parent = name.rpartition(".")[0]
    path = package_path(state, import_module(state, parent)) if parent else Locations(None)
    if path is None:
        return None
    spec = _runnable(state, name, path)
    if spec is None or spec.locations is None:
        return spec
    state.cite("dashm.package-runs-dunder-main")
    path = package_path(state, import_module(state, name))
    return None if path is None else _runnable(state, f"{name}.__main__", path)


def _runnable(state: State, name: str, path: Locations) -> Spec | None:
    if name in state.cache.values and state.cache.values[name] is None:
        raise Silent("dashm.executes-as-main", "cache.none-raises-mnfe")
    return find(state, name, path.value)


def _hit_decides(state: State, name: str, *, inner: bool) -> bool:
    """Whether a cached dotted name is taken although a parent is not cached.

    Section 5.3.1 says so (cache.dotted-hit-needs-no-parent), section 5.3 imports the parents first.
    """
    parent = name.rpartition(".")[0]
    while parent:
        if state.cache.values.get(parent) is None:
            entry = "None" if parent in state.cache.values else "missing"
            situation = f"parent {entry}, {'imported as a parent' if inner else state.form}"
            return state.policy("cache.dotted-hit-needs-no-parent", "hit", "parents first", about=situation) == "hit"
        parent = parent.rpartition(".")[0]
    return True


def cached(state: State, name: str, *clauses: str) -> Object:
    """What the cache holds for ``name``, which it does; where that is ``None``, ``clauses`` are cited too.

    Clauses: cache.checked-first, cache.none-raises-mnfe, cache.non-module-value-accepted,
    main.in-sys-modules-at-startup.
    """
    held = state.cache.values[name]
    if held is None:
        raise _not_found(state, name, "errors.mnfe-for-none", "cache.none-raises-mnfe", *clauses)
    state.cite("cache.checked-first")
    if name == "__main__":
        state.cite("main.in-sys-modules-at-startup")
    if not isinstance(held, ModuleObject):
        state.cite("cache.non-module-value-accepted")
    return held


def _import_parent(state: State, name: str) -> Object:
    """The parent ``name`` of a module being imported; a ``None`` entry fails, and no document says under which name."""
    if name in state.cache.values and state.cache.values[name] is None:
        error = _not_found(state, name, "errors.mnfe-for-none", "cache.import-time-error-when-none-parent")
        error.name = Unknown(("errors.name-attribute",))
        raise error
    module = import_module(state, name, inner=True)
    if "." in name:
        top_package(state, name)
    return module


def top_package(state: State, name: str) -> Object:
    """The top-level package of a dotted name that was imported, as the cache holds it.

    Raises:
        Silent: it is gone by then, and no document says whether it is looked for again.
    """
    held = state.cache.values.get(name.partition(".")[0])
    if held is None:
        raise Silent("bind.import-dotted-binds-top-package")
    return held


def _not_found(state: State, name: str, *clauses: str) -> Raised:
    """The exception for a module that cannot be located: its ``name`` is the full name (errors.name-attribute)."""
    path = Unknown(("errors.extension-path-attribute",))
    return Raised("ModuleNotFoundError", state.why(*clauses), name=name, path=path)


def _load(state: State, name: str, spec: Spec, owner: Object) -> Object:
    module = ModuleObject(name, spec)
    initialise(state, module)
    state.cache.bind(name, module, state.why("loading.in-sys-modules-before-exec", *_intermediate(name)))
    if isinstance(owner, ModuleObject):
        owner.executing_submodules[name.rpartition(".")[2]] = module
    try:
        if spec.origin is not None:
            _execute(state, module, spec, spec.origin)
    except Raised as error:
        _clean_up(state, name, owner, error)
        raise
    finally:
        if isinstance(owner, ModuleObject):
            owner.executing_submodules.pop(name.rpartition(".")[2], None)
    return finished(state, name, module, owner)


def _intermediate(name: str) -> tuple[str, ...]:
    return ("cache.intermediate-entries",) if "." in name else ()


def _execute(state: State, module: ModuleObject, spec: Spec, origin: str) -> None:
    """Compile and execute the source file ``origin`` in the namespace of ``module``.

    Raises:
        Raised: it is not what its suffix says (pyc.sourceless-bad-magic-error, pef.default-file-types), it does not
            compile, or its code raised.
    """
    if not origin.endswith(".py"):
        clause = "pyc.sourceless-bad-magic-error" if origin.endswith(".pyc") else "pef.default-file-types"
        path = spec.file if origin.endswith(".pyc") else Unknown(("pef.extension-before-source",))
        raise Raised("ImportError", state.why(clause, "errors.extension-path-attribute"), name=spec.name, path=path)
    source = state.sources.get(origin)
    if source is None:
        raise Silent("encoding.utf8-default")
    rejected = syntax_error(state, source)
    if rejected:
        raise Raised("SyntaxError", state.why(*rejected))
    regular = spec.locations is not None
    state.cite("regular.init-executed-on-import" if regular else "cache.code-runs-once")
    if "." in module.name:
        state.cite("regular.parents-executed-for-nested" if regular else "init.runs-for-submodule-import")
    if origin in state.executed:
        state.cite("cache.delete-forces-new-search", "failure.retry-executes-again")
    state.executed.add(origin)
    module.executing = True
    with state.inside("cache.delete-forces-new-search"):
        try:
            state.execute(state, source, module, origin)
        finally:
            module.executing = False


def _clean_up(state: State, name: str, owner: Object, error: Raised) -> None:
    """Take the failing module out of the cache, and only that one.

    Clauses: failure.failing-module-removed, failure.syntaxerror-removes, failure.base-exception-cleanup,
    failure.tolerates-self-removal, failure.no-parent-attribute.
    """
    special = ("failure.syntaxerror-removes",) if error.error == "SyntaxError" else ()
    if not error.is_a("Exception"):
        special = (*special, "failure.base-exception-cleanup")
    state.cache.unbind(name, ("failure.failing-module-removed", *special))
    state.reasons[:] = error.why
    parent, _, tail = name.rpartition(".")
    if parent in state.cache.values:
        state.cache.why[parent] = (*state.cache.why[parent], "failure.parent-remains")
    if isinstance(owner, ModuleObject) and tail not in owner.namespace.values:
        owner.namespace.why[tail] = ("failure.no-parent-attribute",)


def syntax_error(state: State, source: Source) -> tuple[str, ...]:
    """The clauses by which a source does not compile; empty if it does.

    Clauses: star.syntaxerror-in-function, star.syntaxerror-in-class.
    """
    found = dict.fromkeys(clause for statement in source.statements for clause in _rejected(statement, ""))
    return tuple(clause for clause in found if clause not in COMPILED or not state.departs(COMPILED[clause]))


def _rejected(statement: Statement, inside: str) -> list[str]:
    match statement:
        case Broken():
            return ["loading.any-exception-propagates"]
        case StarImport() if inside:
            return [inside]
        case Function(body=body):
            return [clause for inner in body for clause in _rejected(inner, "star.syntaxerror-in-function")]
        case Class(body=body):
            return [clause for inner in body for clause in _rejected(inner, "star.syntaxerror-in-class")]
        case Try(body=body, handler=handler):
            return [clause for inner in (*body, *handler) for clause in _rejected(inner, inside)]
        case Guard(body=body):
            return [clause for inner in body for clause in _rejected(inner, inside)]
        case _:
            return []
