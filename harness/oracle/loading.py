"""Loading (reference/import §5.3.1, §5.4): the module cache, executing a module, what a failure leaves behind."""

from typing import Final

from harness.model.departure import Departure
from harness.oracle.archives import BY_NAME, begin_by_name, end_by_name, loads_by_name, read
from harness.oracle.attributes import initialise
from harness.oracle.built_in import built_in
from harness.oracle.cache import (
    SEARCHED_ANEW,
    TOO_LATE,
    held,
    held_by_now,
    not_found,
    parent_blocked,
    yielded,
    yielded_by_now,
)
from harness.oracle.cleaning import clean_up, failed_before
from harness.oracle.departing import raises
from harness.oracle.edited import recompiled
from harness.oracle.finishing import finished, imported_by
from harness.oracle.hooks import answering, asking_fails
from harness.oracle.layout import PREFIX
from harness.oracle.lending import lent
from harness.oracle.objects import Items, ModuleObject, Object, Portions, Raised, Spec, SubstituteObject, Unknown
from harness.oracle.packages import TWO_LEVELS, come_to_end
from harness.oracle.search import Locations, find, package_path, refresh
from harness.oracle.state import Silent, State
from harness.oracle.substitutes import taken_for_package

NOT_EXECUTED: Final = Departure(
    "regular.init-executed-on-import", "not executed", "the __init__.py of a package is not executed"
)
PARENT_NOT_EXECUTED: Final = Departure(
    "loading.parents-loaded-before-child", "not executed", "the code of a parent is not executed for its submodule"
)
FORGOTTEN: Final = Departure(
    "cache.intermediate-entries", "submodule not kept", "a submodule has no entry in sys.modules once it is imported"
)
PARENT_AGAIN: Final = Departure(
    "regular.sibling-import-runs-only-itself",
    "parent again",
    "the code of a package that was imported before is executed again for another submodule",
)
INIT_IS_PACKAGE: Final = Departure(
    "init.importable-as-submodule", "the package", "a submodule __init__ that is no directory is the package itself"
)
PORTIONS_EXECUTED: Final = Departure(
    "namespace.no-init-file", "modules executed", "the modules in a namespace package are imported with it"
)
SAME_OBJECT: Final = Departure(
    "cache.reimport-is-distinct-object",
    "same object",
    "a module that was taken out of sys.modules and is imported again is the same object as before",
)
NOT_FOUND_ERRORS: Final = raises("meta.exhausted-raises-mnfe", "ImportError", "KeyError")
INNER_ERRORS: Final = raises("failure.intermediate-missing-mnfe", "ImportError", "KeyError")
MISSING_INSTEAD: Final = Departure(
    "failure.intermediate-import-mnfe",
    "ModuleNotFoundError",
    "whatever a parent raises, the import of its submodule raises ModuleNotFoundError",
)
WHOLE_NAME: Final = Departure(
    "failure.intermediate-missing-mnfe", "names the whole", "the exception names the module that was to be imported"
)
NO_PATH_ERRORS: Final = raises("meta.missing-dunder-path-mnfe", "ImportError", "AttributeError")
ON_SYS_PATH: Final = Departure(
    "meta.missing-dunder-path-mnfe", "sys.path", "the submodule of what is no package is searched on sys.path"
)
SPEC_ASKED_FOR: Final = Departure(
    "dpath.used-for-submodules", "__spec__ asked for", "nothing below a package without __spec__ can be imported"
)
SPEC_WRITTEN_TO: Final = Departure(
    "dpath.used-for-submodules", "__spec__ written to", "what is no spec raises when something below is found"
)
SYS_PATH: Final = Locations(None)
"""Where what is no submodule is searched."""

LOADED_ANEW: Final = (FORGOTTEN, SEARCHED_ANEW)
"""Where an implementation departs so, the module of a name is not the one that was imported by it before."""

LIBRARY_NAME: Final = Departure(
    "errors.name-attribute",
    "last part for libraries",
    "name is only the last part of the name of a module whose shared library cannot be loaded",
)
RETRIED: Final = ("cache.delete-forces-new-search", "failure.retry-executes-again")
"""Why the code of a module is executed once more where an import does that."""

LIBRARY_ERRORS: Final = raises("errors.extension-invalid-importerror", "OSError", "SystemError")
BYTECODE_ERRORS: Final = raises("pyc.sourceless-bad-magic-error", "SyntaxError", "ValueError")


def import_module(state: State, name: str, *, below: int = 0) -> Object:
    """The module ``name``, from the cache or loaded now, its parents first; so many names ``below`` it are asked for.

    Clauses: cache.checked-first, cache.first-place-checked-per-component, cache.intermediate-entries.

    Raises:
        Raised: it cannot be found, or executing it or a parent raised.
    """
    inner = below > 0
    if held(state, name, inner=inner) and hit_decides(state, name, imported_by(state, below=int(inner))):
        return yielded(state, name)
    theirs = built_in(state, name) or lent(state, name)
    if theirs is not None:
        return theirs
    parent = name.rpartition(".")[0]
    owner = None
    path = SYS_PATH
    if parent:
        before = state.cache.values.get(parent)
        owner = _import_parent(state, parent, name, below=below + 1)
        _executed_once(state, owner, before)
        state.cite("loading.parents-loaded-before-child")
        if held_by_now(state, name):
            return yielded_by_now(state, name)
        path = _parent_path(state, name, owner)
    failed_before(state, name)
    if name.count(".") > 1 and state.departs(TWO_LEVELS):
        raise not_found(state, name, TWO_LEVELS.clause)
    spec = _found(state, name, find(state, name, path.value), inner=inner)
    _spec_aside(state, owner, SPEC_WRITTEN_TO)
    if isinstance(owner, SubstituteObject) and _is_something(owner.attributes.get("__spec__")):
        taken_for_package(state, name, "a module is found below it, an odd __spec__")
    if _initialises(owner, spec) and state.departs(INIT_IS_PACKAGE):
        state.cache.bind(name, owner, (INIT_IS_PACKAGE.clause,))
        return owner
    module = _load(state, name, spec, owner, below=below)
    if parent and name in state.cache.values and state.departs(FORGOTTEN):
        state.cache.unbind(name, ("cache.intermediate-entries",))
    return module


def _initialises(owner: Object, spec: Spec) -> bool:
    """Whether a submodule is the file by which its package is initialised (init.importable-as-submodule)."""
    held = owner.spec if isinstance(owner, ModuleObject) else None
    return held is not None and spec.origin is not None and spec.origin == held.origin


def _executed_once(state: State, owner: Object, before: Object) -> None:
    """A parent that was there before is not executed for a submodule (regular.sibling-import-runs-only-itself)."""
    if owner is before and isinstance(owner, ModuleObject) and not owner.executing and owner.spec is not None:
        origin = owner.spec.origin
        if origin is not None and state.departs(PARENT_AGAIN):
            execute_code(state, owner, owner.spec, origin, PARENT_AGAIN.clause)


def _portions_executed(state: State, spec: Spec) -> None:
    """To import a namespace package executes nothing (namespace.no-init-file)."""
    if spec.origin is None and isinstance(spec.locations, Portions):
        places = tuple(item.removeprefix(PREFIX) for item in spec.locations.items)
        files = sorted(file for file in state.sources if file.rpartition("/")[0] in places)
        if files and state.departs(PORTIONS_EXECUTED):
            with state.inside(PORTIONS_EXECUTED.clause):
                for file in files:
                    import_module(state, f"{spec.name}.{file.rpartition('/')[2].removesuffix('.py')}")


def _parent_path(state: State, name: str, owner: Object) -> Locations:
    """Where the submodule ``name`` of ``owner`` is searched.

    Raises:
        Raised: the parent is no package.
    """
    path = package_path(state, owner)
    if path is None:
        if _beside(state, name) and state.departs(ON_SYS_PATH):
            return SYS_PATH
        error = state.error("ModuleNotFoundError", NO_PATH_ERRORS)
        raise not_found(state, name, "bind.intermediate-must-be-package", "meta.missing-dunder-path-mnfe", error=error)
    if isinstance(owner, SubstituteObject):
        about = f"import below it, {'a' if '__spec__' in owner.attributes else 'no'} __spec__"
        taken_for_package(state, name, about)
    _spec_aside(state, owner, SPEC_ASKED_FOR)
    if isinstance(path.value, Portions):
        refresh(state, path.value)
    state.cite(*path.why, "dpath.used-for-submodules" if path.value is not None else "dpath.none-means-sys-path")
    return path


def _beside(state: State, name: str) -> bool:
    """Whether ``sys.path`` has a module of the last part of the name."""
    places = [f"{place}/{name.rpartition('.')[2]}" for place in state.path if isinstance(place, str)]
    return any(place in state.directories or f"{place}.py" in state.files for place in places)


def _spec_aside(state: State, owner: Object, departure: Departure) -> None:
    """The search below a package needs its ``__path__`` alone (dpath.used-for-submodules), not its ``__spec__``."""
    if not isinstance(owner, ModuleObject) or owner.of_library:
        return
    if isinstance(owner.namespace.values.get("__spec__"), Spec):
        return
    if asking_fails(owner.namespace, "__spec__") and state.departs(departure):
        raise Silent("getattr.asked-by-import")
    hook = answering(owner.namespace, "__spec__")
    missing = "__spec__" not in owner.namespace.values and hook is None
    held = owner.namespace.values.get("__spec__") if hook is None else hook.value
    if isinstance(held, Unknown) and state.departs(departure):
        raise Silent(*held.why)
    odd = _is_something(held) and not isinstance(held, Spec | Unknown)
    if (missing if departure is SPEC_ASKED_FOR else odd) and state.departs(departure):
        raise Raised("AttributeError", state.why(departure.clause))


def _is_something(value: Object) -> bool:
    """Whether the value is true."""
    return bool(value.items if isinstance(value, Items) else value)


def _found(state: State, name: str, spec: Spec | None, *, inner: bool) -> Spec:
    """The spec.

    Clauses: meta.exhausted-raises-mnfe, failure.intermediate-missing-mnfe.

    Raises:
        Raised: there is none.
    """
    if spec is None:
        error = state.error("ModuleNotFoundError", INNER_ERRORS if inner else NOT_FOUND_ERRORS)
        clause = "failure.intermediate-missing-mnfe" if inner else "meta.exhausted-raises-mnfe"
        raise not_found(state, name, clause, error=error)
    return spec


def hit_decides(state: State, name: str, asked: str) -> bool:
    """Whether a cached dotted name is taken although a parent is not cached; ``asked`` is what asks for it.

    Section 5.3.1 says so (cache.dotted-hit-needs-no-parent), section 5.3 imports the parents first.
    """
    parent = name.rpartition(".")[0]
    while parent:
        if state.cache.values.get(parent) is None:
            entry = "None" if parent in state.cache.values else "missing"
            situation = f"parent {entry}, {asked}"
            return state.policy("cache.dotted-hit-needs-no-parent", "hit", "parents first", about=situation) == "hit"
        parent = parent.rpartition(".")[0]
    return True


def _import_parent(state: State, name: str, wanted: str, *, below: int) -> Object:
    """The parent ``name`` of the module ``wanted`` that is being imported."""
    blocked = parent_blocked(state, name)
    if blocked is not None:
        raise blocked
    try:
        module = import_module(state, name, below=below)
    except Raised as error:
        if "failure.intermediate-missing-mnfe" in error.why and error.name == name and state.departs(WHOLE_NAME):
            error.name = wanted
        if not error.may_be("ModuleNotFoundError"):
            error.why = (*error.why, MISSING_INSTEAD.clause)
            if state.departs(MISSING_INSTEAD):
                raise not_found(state, name, MISSING_INSTEAD.clause) from None
        raise
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


def _load(state: State, name: str, spec: Spec, owner: Object, *, below: int) -> Object:
    module = _made(state, name, spec)
    asked = imported_by(state, below=below)
    initialise(state, module)
    before = tuple(state.cache.values)
    state.cache.bind(name, module, state.why("loading.in-sys-modules-before-exec", *_intermediate(name)))
    if isinstance(owner, ModuleObject):
        owner.executing_submodules[name.rpartition(".")[2]] = module
    package, by_name = module.namespace.values.get("__package__"), loads_by_name(state, spec.origin)
    if by_name:
        begin_by_name(module)
    try:
        if spec.origin is not None and not (below and state.departs(PARENT_NOT_EXECUTED)):
            execute_code(state, module, spec, spec.origin)
        _portions_executed(state, spec)
    except Raised as error:
        if by_name and name not in state.cache.values:
            raise Silent(BY_NAME) from error
        raise clean_up(state, name, owner, error.caught(), before) from None
    finally:
        if isinstance(owner, ModuleObject):
            owner.executing_submodules.pop(name.rpartition(".")[2], None)
    state.failed.pop(name, None)
    if by_name:
        end_by_name(module, package)
    if state.cache.values.get(name) is not module and state.departs(TOO_LATE):
        state.cache.bind(name, module, ("loading.in-sys-modules-before-exec",))
    return finished(state, name, module, owner, asked)


def _made(state: State, name: str, spec: Spec) -> ModuleObject:
    """A new module, whichever the cache had by that name before (cache.reimport-is-distinct-object)."""
    former = state.removed.get(name)
    if former is None or former.executing:
        return ModuleObject(name, spec)
    state.cite(SAME_OBJECT.clause)
    if state.departs(SAME_OBJECT):
        former.spec = spec
        return former
    return ModuleObject(name, spec)


def _intermediate(name: str) -> tuple[str, ...]:
    return ("cache.intermediate-entries",) if "." in name else ()


def execute_code(state: State, module: ModuleObject, spec: Spec, origin: str, *again: str) -> None:
    """Compile and execute the source file ``origin`` in the namespace of ``module``, ``again`` by those clauses.

    Raises:
        Raised: it is not what its suffix says (pyc.sourceless-bad-magic-error, pef.default-file-types), it does not
            compile, or its code raised.
    """
    read(state, origin)
    if not origin.endswith(".py"):
        clause = "pyc.sourceless-bad-magic-error" if origin.endswith(".pyc") else "pef.default-file-types"
        library = not origin.endswith(".pyc") and "." in spec.name
        name = spec.name.rpartition(".")[2] if library and state.departs(LIBRARY_NAME) else spec.name
        path = spec.file if origin.endswith(".pyc") else Unknown(("pef.extension-before-source",))
        error = state.error("ImportError", BYTECODE_ERRORS if origin.endswith(".pyc") else LIBRARY_ERRORS)
        state.cite(*(() if origin.endswith(".pyc") else (LIBRARY_ERRORS[0].clause,)))
        raise Raised(error, state.why(clause, "errors.extension-path-attribute"), name=name, path=path)
    source = state.sources.get(origin)
    if source is None:
        raise Silent("loading.loader-decides-namespace")
    source = recompiled(state, module, source, origin, again)
    regular = spec.locations is not None
    if regular and state.departs(NOT_EXECUTED):
        return
    if not again:
        state.cite("regular.init-executed-on-import" if regular else "cache.code-runs-once")
    if "." in module.name and not again:
        state.cite("regular.parents-executed-for-nested" if regular else "init.runs-for-submodule-import")
    state.cite(*(again or (RETRIED if origin in state.executed else ())))
    state.executed.add(origin)
    module.executing = True
    with state.inside("cache.delete-forces-new-search"):
        try:
            state.handled.append(None)
            state.execute(state, source, module, origin)
        finally:
            state.handled.pop()
            module.executing = False
            come_to_end(module)
