"""Searching (reference/import §5.3, §5.5; PEP 420, Specification): from a name and a path to a spec."""

from collections.abc import Iterable

from harness.oracle.objects import Items, ModuleObject, Object, Portions, Raised, Spec, Unknown
from harness.oracle.state import Silent, State

PREFIX = "<tree>/"


def entries(state: State, path: Object) -> list[str]:
    """The path entries of ``sys.path`` (``None``) or of a ``__path__`` that lie in the tree, in order."""
    match path:
        case None:
            return list(state.path)
        case Portions():
            return list(path.items)
        case Items():
            state.cite("dpath.order-first-match")
            if any(not isinstance(item, str) for item in path.items):
                state.cite("dpath.non-string-ignored")
            if not path.items:
                state.cite("dpath.may-be-empty")
            return [
                item.removeprefix(PREFIX) for item in path.items if isinstance(item, str) and item.startswith(PREFIX)
            ]
        case Unknown(why=why):
            raise Silent(*why)
        case _:
            raise Silent("dpath.any-iterable")


def find(state: State, name: str, path: Object) -> Spec | None:
    """The spec of the module ``name`` on ``path``, or ``None``; cites what decides between candidates."""
    tail = name.rpartition(".")[2]
    searched = entries(state, path)
    portions: list[str] = []
    for position, entry in enumerate(searched):
        place = f"{entry}/{tail}"
        spec = _in_entry(state, name, place)
        if spec is not None:
            _cite_rivals(state, spec, place, portions, [f"{later}/{tail}" for later in searched[position + 1 :]])
            return spec
        if place in state.directories:
            portions.append(place)
    if not portions:
        return None
    state.cite("init.absence-makes-namespace", "namespace.created-immediately")
    if len(portions) > 1:
        state.cite("namespace.multiple-portions", "namespace.path-order-follows-sys-path")
    found = Portions(name, portions, tuple(searched))
    found.certain = len(set(portions)) == len(portions)
    return Spec(name, None, found)


def _in_entry(state: State, name: str, place: str) -> Spec | None:
    init = f"{place}/__init__.py"
    if place in state.directories and init in state.files:
        state.cite("regular.directory-with-init")
        return Spec(name, init, Items([PREFIX + place], mutable=True))
    if f"{place}.py" in state.files:
        return Spec(name, f"{place}.py", None)
    return None


def _cite_rivals(state: State, spec: Spec, place: str, portions: list[str], later: Iterable[str]) -> None:
    regular = spec.locations is not None
    if regular and f"{place}.py" in state.files:
        state.cite("regular.package-before-module-same-dir")
    if not regular and place in state.directories:
        state.cite("namespace.module-beats-directory-same-entry")
    if portions:
        state.cite("regular.prevents-hiding")
        state.cite(
            "namespace.init-in-any-portion-makes-regular"
            if regular
            else "namespace.later-module-beats-earlier-directory"
        )
    rivals = [rival for rival in later if f"{rival}.py" in state.files or rival in state.directories]
    if rivals:
        state.cite("path.first-match-wins")
        if not regular and any(rival in state.directories for rival in rivals):
            state.cite("regular.earlier-entry-module-beats-later-package")


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
        _parent_missing(state, portions.module.rpartition(".")[0])
    if current is None or current == portions.searched:
        return
    state.cite("namespace.path-recomputed-on-sys-path-change")
    if len(current) < len(portions.searched):
        state.cite("namespace.path-recomputed-on-removal")
    if "." in portions.module:
        state.cite("namespace.path-recomputed-on-parent-change")
    reasons = list(state.reasons)
    path = None if "." not in portions.module else Items([PREFIX + entry for entry in current], mutable=True)
    spec = find(state, portions.module, path)
    state.reasons[:] = reasons
    if spec is None or not isinstance(spec.locations, Portions):
        raise Silent("namespace.path-recomputed-on-sys-path-change")
    portions.items = spec.locations.items
    portions.searched = current
    portions.certain = spec.locations.certain


def _parent_missing(state: State, parent: str) -> None:
    """The parent path cannot be read: the cache lacks the package, or it is none (namespace.path-parent-missing)."""
    if parent not in state.cache.values and state.since(3, 15):
        unknown = Unknown(("namespace.path-parent-missing",))
        raise Raised("ModuleNotFoundError", state.why("namespace.path-parent-missing"), name=unknown, path=unknown)
    raise Silent("namespace.path-recomputed-on-parent-change")


def parent_entries(state: State, name: str) -> tuple[str, ...] | None:
    """The path on which ``name`` is searched now: ``sys.path``, or the ``__path__`` of its parent, if that has one."""
    parent = name.rpartition(".")[0]
    if not parent:
        return tuple(state.path)
    owner = state.cache.values.get(parent)
    if not isinstance(owner, ModuleObject) or "__path__" not in owner.namespace.values:
        return None
    path = owner.namespace.values["__path__"]
    if isinstance(path, Portions):
        refresh(state, path)
    reasons = list(state.reasons)
    found = tuple(entries(state, path))
    state.reasons[:] = reasons
    return found
