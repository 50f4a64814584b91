"""Searching (reference/import §5.3, §5.5; PEP 420, Specification): from a name and a path to a spec."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from harness.model.departure import Departure
from harness.model.permitted import LIBRARY
from harness.oracle.archives import passed_over
from harness.oracle.built_in import TREE_FIRST
from harness.oracle.candidates import candidate, spelt
from harness.oracle.departing import raises, refused
from harness.oracle.hooks import answering, asking_fails
from harness.oracle.layout import Entry
from harness.oracle.nesting import below_none, parent_missing
from harness.oracle.objects import (
    ClassObject,
    InstanceObject,
    Items,
    ModuleObject,
    Object,
    Portions,
    Raised,
    Spec,
    SubstituteObject,
    Unknown,
    Why,
)
from harness.oracle.packages import (
    empty_left,
    inner_kept,
    list_kept,
    nested_left,
    regular_left,
    searched_now,
    still_package,
)
from harness.oracle.path_entries import come_to, entry_from, sys_path
from harness.oracle.rivals import cite_rivals, goes_on, rival
from harness.oracle.state import Silent, State

BY_SPEC: Final = Departure(
    "module.package-iff-dunder-path", "by its spec", "a module is a package if its spec says so, whatever its __path__"
)
INITIAL_PATH: Final = Departure(
    "dpath.init-may-alter", "the initial path", "submodules are sought where __path__ led before it was changed"
)
REFUSED: Final = refused("dpath.any-iterable")
NOT_STRING_ERRORS: Final = raises("dpath.non-string-ignored", "TypeError", "AttributeError")
EMPTY_IS_NONE: Final = Departure("dpath.may-be-empty", "sys.path", "an empty __path__ is taken for sys.path")
NOWHERE: Final = Departure("dpath.none-means-sys-path", "nowhere", "a __path__ of None leads to no module")
NONE_ERRORS: Final = raises("dpath.none-means-sys-path", "TypeError")
SYS_PATH: Final = Departure("dpath.used-for-submodules", "sys.path", "submodules are sought on sys.path")
LAST: Final = Departure("path.first-match-wins", "last entry wins", "of several path entries the last one is taken")
LAST_LOCATION: Final = Departure(
    "dpath.order-first-match", "last entry wins", "of several entries of a __path__ the last one is taken"
)
MODULE_HIDDEN: Final = Departure(
    "namespace.later-module-beats-earlier-directory", "hidden", "a directory hides a module later on the path"
)
PACKAGE_HIDDEN: Final = Departure(
    "namespace.init-in-any-portion-makes-regular", "hidden", "a directory hides a package later on the path"
)
PORTIONS_KEPT: Final = Departure(
    "namespace.init-in-any-portion-makes-regular", "portions kept", "the directories before it are in its __path__ too"
)
NO_NAMESPACE: Final = Departure(
    "init.absence-makes-namespace", "not found", "a directory without __init__ is no package"
)
ONE_PORTION: Final = Departure("namespace.multiple-portions", "one portion", "a namespace package has one portion")
REVERSED: Final = Departure(
    "namespace.path-order-follows-sys-path", "reversed", "the portions are in reverse order in __path__"
)
A_LIST: Final = Departure(
    "namespace.path-custom-type", "a list", "the __path__ of a namespace package is a list, which stays as it is"
)
KEPT: Final = Departure(
    "namespace.path-recomputed-on-sys-path-change", "not recomputed", "after sys.path changed the path is as before"
)
NESTED_KEPT: Final = Departure(
    "namespace.path-recomputed-on-parent-change", "not recomputed", "after the parent's path changed it is as before"
)
SHRUNK_KEPT: Final = Departure(
    "namespace.path-recomputed-on-removal", "not recomputed", "after an entry was removed the path is as before"
)


class Locations(NamedTuple):
    """The ``__path__`` of a package, whatever it is, and the clauses by which it is there."""

    value: Object
    why: Why = ()


def package_path(state: State, owner: Object) -> Locations | None:
    """The ``__path__`` of a package, ``None`` for what is no package (module.package-iff-dunder-path).

    It is an attribute like any other, so a module ``__getattr__`` may give it (PEP 562). Whether an object of the
    program's that has one is a package is asked where that matters (cache.non-module-package).

    Raises:
        Silent: ``owner`` is no module and may have a ``__path__``.
    """
    match owner:
        case ModuleObject():
            return _module_path(state, owner)
        case SubstituteObject(attributes=attributes) if "__path__" in attributes:
            return Locations(attributes["__path__"], ("cache.non-module-value-accepted",))
        case ClassObject(namespace=namespace) if "__path__" in namespace.values:
            raise Silent("cache.non-module-value-accepted")
        case InstanceObject(kind=kind) if "__path__" in kind.namespace.values:
            raise Silent("cache.non-module-value-accepted")
        case Unknown(why=why):
            raise Silent(*why)
        case _:
            return None


def module_path(state: State, owner: Object) -> Locations | None:
    """As :func:`package_path`, where nobody says what an object that is no module, but has a ``__path__``, is."""
    if isinstance(owner, SubstituteObject) and "__path__" in owner.attributes:
        raise Silent("cache.non-module-value-accepted")
    return package_path(state, owner)


def _module_path(state: State, module: ModuleObject) -> Locations | None:
    held = module.namespace.values
    kind = module.namespace.kind
    if kind is not None and "__path__" in kind.namespace.values and "__path__" not in held:
        raise Silent("module.class-assignable")
    locations = None if module.spec is None else module.spec.locations
    if "__path__" in held:
        if locations is not None:
            return Locations(_as_altered(state, module, held["__path__"]))
        why = ("module.package-iff-dunder-path",) if module.spec is not None else ()
        found: Locations | None = Locations(held["__path__"], why)
    elif asking_fails(module.namespace, "__path__"):
        raise Silent("getattr.asked-by-import")
    elif (hook := answering(module.namespace, "__path__")) is not None:
        found = Locations(hook.value, ("module.package-iff-dunder-path", "getattr.called-for-missing"))
    else:
        path = still_package(state, module)
        found = None if path is None else Locations(path)
    if (found is not None or locations is not None) and state.departs(BY_SPEC):
        return None if locations is None else Locations(locations)
    return found


def _as_altered(state: State, module: ModuleObject, path: Object) -> Object:
    """The ``__path__`` of a regular package, which its code may have changed (dpath.init-may-alter)."""
    file = None if module.spec is None else module.spec.file
    if file is None or isinstance(path, Portions):
        return path
    initial: list[Object] = [file.rpartition("/")[0]]
    changed = not isinstance(path, Items) or path.items != initial
    if changed and state.departs(INITIAL_PATH):
        return Items(initial, mutable=True)
    return searched_now(state, module, path)


def entries(state: State, path: Object) -> list[Entry]:
    """The path entries of ``sys.path`` (``None``) or of a ``__path__`` that lie in the tree, in order.

    A ``__path__`` of ``None`` is what finders take for ``sys.path`` (reference/import §5.5.1); a string is an iterable
    of its characters.
    """
    texts: Sequence[str | bytes]
    match path:
        case None:
            return [*sys_path(state)]
        case Portions():
            texts = path.items
        case str():
            state.cite("dpath.any-iterable")
            _iterated(state)
            texts = path
        case Items(items=[]):
            state.cite("dpath.order-first-match", "dpath.may-be-empty")
            return entries(state, None) if state.departs(EMPTY_IS_NONE) else []
        case Items(items=items):
            state.cite("dpath.order-first-match")
            if not path.mutable:
                _iterated(state)
            texts = _searchable(state, items)
        case Unknown(why=why):
            raise Silent(*why)
        case _:
            raise Silent("dpath.any-iterable")
    return [found for found in (entry_from(state, text) for text in texts) if found is not None]


def _iterated(state: State) -> None:
    if state.departs(REFUSED):
        raise Raised("TypeError", state.why("dpath.any-iterable"))


def _searchable(state: State, items: list[Object]) -> list[str | bytes]:
    if not all(isinstance(item, str) for item in items):
        state.cite("dpath.non-string-ignored")
        taken = state.error("", NOT_STRING_ERRORS)
        if taken:
            raise Raised(taken, state.why())
    return [item for item in items if isinstance(item, str | bytes)]


def find(state: State, name: str, path: Object) -> Spec | None:
    """The spec of the module ``name`` on ``path``, or ``None``; cites what decides between candidates.

    Clauses: dpath.used-for-submodules, dpath.none-means-sys-path, path.entry-without-it-passed-over.
    """
    if name in LIBRARY and TREE_FIRST not in state.taken:
        raise Silent("path.builtin-before-sys-path")
    if path is None and "." in name:
        if state.departs(NOWHERE):
            return None
        taken = state.error("", NONE_ERRORS)
        if taken:
            raise Raised(taken, state.why("dpath.none-means-sys-path"))
    elif path is not None and state.departs(SYS_PATH):
        path = None
    found = _search(state, name, entries(state, path), LAST_LOCATION if isinstance(path, Items) else LAST)
    if path is None and (found is None or isinstance(found.locations, Portions)):
        goes_on(state, name)  # the entries of the host have nothing of a name of the tree
        if "." in name and found is not None:
            below_none(state)
    return found


def _search(state: State, name: str, searched: list[Entry], last: Departure = LAST) -> Spec | None:
    tail = name.rpartition(".")[2]
    portions: list[Entry] = []
    for position, each in enumerate(searched):
        come_to(state, each)
        if passed_over(state, name, each):
            continue
        spec = candidate(state, name, each)
        spec = None if spec is not None and regular_left(state, spec) else spec
        place = each.below(tail)
        if spec is not None:
            later = searched[position + 1 :]
            preferred = rival(state, spec, later, last)
            if preferred is not None:
                return preferred
            if _hidden(state, spec, portions):
                break
            cite_rivals(state, spec, place, portions, [other.below(tail) for other in later])
            return spec
        if place in state.directories and not empty_left(state, place):
            portions.append(each)
        elif each.place in state.directories and not goes_on(state, tail, searched[position + 1 :]):
            break
    return _namespace_package(state, name, portions, tuple(searched))


def _hidden(state: State, spec: Spec, portions: list[Entry]) -> bool:
    """Whether directories without ``__init__`` earlier on the path keep a module or package from being found."""
    if not portions:
        return False
    if not isinstance(spec.locations, Items):
        return state.departs(MODULE_HIDDEN)
    taken = state.decide(PACKAGE_HIDDEN, PORTIONS_KEPT)
    if taken is PORTIONS_KEPT:
        spec.locations.items.extend(_directories(state, spec.name, portions))
    return taken is PACKAGE_HIDDEN


def _namespace_package(state: State, name: str, portions: list[Entry], searched: tuple[Entry, ...]) -> Spec | None:
    if not portions or state.departs(NO_NAMESPACE) or nested_left(state, name):
        return None
    state.cite("init.absence-makes-namespace", "namespace.created-immediately")
    certain = len({each.place for each in portions}) == len(portions)
    if len(portions) > 1:
        state.cite("namespace.multiple-portions", "namespace.path-order-follows-sys-path")
        taken = state.decide(ONE_PORTION, REVERSED)
        portions = portions[:1] if taken is ONE_PORTION else portions[::-1] if taken is REVERSED else portions
    directories = _directories(state, name, portions)
    if state.departs(A_LIST):
        return Spec(name, None, Items([*directories], mutable=True), None)
    found = Portions(name, directories, searched)
    found.certain, found.behind = certain, _behind(state, name)
    return Spec(name, None, found, None)


def _directories(state: State, name: str, portions: Sequence[Entry]) -> list[str]:
    tail = name.rpartition(".")[2]
    return [f"{spelt(state, each)}/{tail}" for each in portions]


def refresh(state: State, portions: Portions) -> None:
    """Collect the portions again if the parent path has changed, as the next import within the package does.

    Clauses: namespace.path-recomputed-on-sys-path-change, namespace.path-recomputed-on-removal,
    namespace.path-recomputed-on-parent-change.
    """
    if portions.refreshing:
        raise Silent("namespace.path-recomputed-on-parent-change")
    portions.refreshing = True
    try:
        current = parent_entries(state, portions.module)
    finally:
        portions.refreshing = False
    if current is None:
        parent_missing(state, portions.module.rpartition(".")[0])
    behind = _behind(state, portions.module)
    if current is None or (current, behind) == (portions.searched, portions.behind):
        return
    if state.decide(*_kept(state, portions, current)) is not None:
        return
    portions.why = (
        *(("namespace.path-recomputed-on-parent-change",) if "." in portions.module else ()),
        *(("namespace.path-recomputed-on-removal",) if len(current) < len(portions.searched) else ()),
        "namespace.path-recomputed-on-sys-path-change",
    )
    state.cite(*portions.why)
    reasons = list(state.reasons)
    spec = _search(state, portions.module, [each for each in current if each.place not in state.files])
    state.reasons[:] = reasons
    portions.searched, portions.behind = current, behind
    if spec is None:
        question = "namespace.path-recomputed-on-removal"
        if state.policy(question, "as before", "empty", about="no portion left") == "empty":
            portions.items = []
    elif isinstance(spec.locations, Portions):
        portions.items = spec.locations.items
        portions.certain = spec.locations.certain
    else:
        raise Silent("namespace.path-recomputed-on-sys-path-change")


def _behind(state: State, name: str) -> int:
    """How many entries of the path that a namespace package is collected from stand behind those of the host."""
    return 0 if "." in name else state.behind


def _kept(state: State, portions: Portions, current: tuple[Entry, ...]) -> list[Departure]:
    """How the path can stay as it is although the path it is collected from has changed."""
    removed = [SHRUNK_KEPT] if len(current) < len(portions.searched) else []
    kept = [*inner_kept(state, portions.module), *list_kept(state, portions.module)]
    return [*removed, *kept, NESTED_KEPT if "." in portions.module else KEPT]


def without_parent(state: State, portions: Portions, below: tuple[Portions, ...] = ()) -> bool:
    """Whether the path that portions are collected from may not be read.

    Its package is gone, is none or has none, or its path is collected from theirs, which are ``below``.
    """
    parent = portions.module.rpartition(".")[0]
    try:
        path = package_path(state, state.cache.values.get(parent)) if parent else Locations(None)
    except Silent:
        return False
    if path is None or not isinstance(path.value, Portions):
        return path is None or (path.value is None and bool(parent))
    below = (*below, portions)
    return path.value in below or without_parent(state, path.value, below)


def parent_entries(state: State, name: str) -> tuple[Entry, ...] | None:
    """The path on which ``name`` is searched now: ``sys.path``, or the ``__path__`` of its parent, if that has one."""
    parent = name.rpartition(".")[0]
    path = Locations(None) if not parent else module_path(state, state.cache.values.get(parent))
    if path is None:
        return None
    if isinstance(path.value, Portions):
        refresh(state, path.value)
    if parent and path.value is None:
        below_none(state)
    reasons = list(state.reasons)
    found = tuple(entries(state, path.value))
    state.reasons[:] = reasons
    return found
