"""Searching (reference/import §5.3, §5.5; PEP 420, Specification): from a name and a path to a spec."""

from collections.abc import Iterable
from typing import NamedTuple

from harness.oracle.layout import PREFIX, Entry, entry
from harness.oracle.objects import (
    ClassObject,
    Getattr,
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
from harness.oracle.state import Silent, State


class Locations(NamedTuple):
    """The ``__path__`` of a package, whatever it is, and the clauses by which it is there."""

    value: Object
    why: Why = ()


def package_path(owner: Object) -> Locations | None:
    """The ``__path__`` of a package, ``None`` for what is no package (module.package-iff-dunder-path).

    It is an attribute like any other, so a module ``__getattr__`` may give it (PEP 562).

    Raises:
        Silent: ``owner`` is no module and may have a ``__path__``.
    """
    match owner:
        case ModuleObject(namespace=namespace):
            if "__path__" in namespace.values:
                own = owner.spec is not None and owner.spec.locations is None
                return Locations(namespace.values["__path__"], ("module.package-iff-dunder-path",) if own else ())
            hook = namespace.values.get("__getattr__")
            if not isinstance(hook, Getattr) or "__path__" not in hook.names:
                return None
            return Locations(hook.value, ("module.package-iff-dunder-path", "getattr.called-for-missing"))
        case SubstituteObject(attributes=attributes) if "__path__" in attributes:
            raise Silent("cache.non-module-value-accepted")
        case ClassObject(namespace=namespace) if "__path__" in namespace.values:
            raise Silent("cache.non-module-value-accepted")
        case Unknown(why=why):
            raise Silent(*why)
        case _:
            return None


def entries(state: State, path: Object) -> list[Entry]:
    """The path entries of ``sys.path`` (``None``) or of a ``__path__`` that lie in the tree, in order.

    A ``__path__`` of ``None`` is what finders take for ``sys.path`` (reference/import §5.5.1); a string is an iterable
    of its characters.
    """
    match path:
        case None:
            return [Entry(place, PREFIX + place) for place in state.path]
        case Portions(items=texts):
            pass
        case str():
            state.cite("dpath.any-iterable")
            texts = list(path)
        case Items(items=items):
            state.cite("dpath.order-first-match")
            if any(not isinstance(item, str) for item in items):
                state.cite("dpath.non-string-ignored")
            if not items:
                state.cite("dpath.may-be-empty")
            texts = [item for item in items if isinstance(item, str)]
        case Unknown(why=why):
            raise Silent(*why)
        case _:
            raise Silent("dpath.any-iterable")
    found = (entry(text, state.working, state.directories) for text in texts)
    return [each for each in found if each is not None]


def find(state: State, name: str, path: Object) -> Spec | None:
    """The spec of the module ``name`` on ``path``, or ``None``; cites what decides between candidates."""
    return _search(state, name, entries(state, path))


def _search(state: State, name: str, searched: list[Entry]) -> Spec | None:
    tail = name.rpartition(".")[2]
    portions: list[Entry] = []
    for position, each in enumerate(searched):
        place = each.below(tail)
        spec = _in_entry(state, name, each, place)
        if spec is not None:
            _cite_rivals(state, spec, place, portions, [later.below(tail) for later in searched[position + 1 :]])
            return spec
        if place in state.directories:
            portions.append(each)
    if not portions:
        return None
    state.cite("init.absence-makes-namespace", "namespace.created-immediately")
    if len(portions) > 1:
        state.cite("namespace.multiple-portions", "namespace.path-order-follows-sys-path")
    found = Portions(name, [f"{_spelt(state, each)}/{tail}" for each in portions], tuple(searched))
    found.certain = len({each.place for each in portions}) == len(portions)
    return Spec(name, None, found, None)


def _in_entry(state: State, name: str, where: Entry, place: str) -> Spec | None:
    directory, _, tail = place.rpartition("/")
    if place in state.directories:
        init = _file(state, f"{place}/__init__")
        if init is not None:
            state.cite("regular.directory-with-init")
            inside = f"{_spelt(state, where)}/{tail}"
            return Spec(name, init, Items([inside], mutable=True), inside + init.removeprefix(place))
    file = _file(state, place)
    return None if file is None else Spec(name, file, None, _spelt(state, where) + file.removeprefix(directory))


def _spelt(state: State, where: Entry) -> str:
    """What the paths of modules found in an entry begin with: it is absolute, more the documents do not say."""
    question = "path.relative-entry-file-absolute"
    if where.relative:
        state.cite(question)
    if where.spelt == where.plain:
        return where.plain
    return where.plain if state.policy(question, "as spelt", "plain") == "plain" else where.spelt


def _file(state: State, stem: str) -> str | None:
    """The file of a module, or of the initialisation of a package, whose path without suffix is ``stem``.

    Clauses: pef.default-file-types, pyc.legacy-sourceless, pyc.legacy-ignored-with-source. Whether a shared library
    comes before a source is an implementation's own affair (pef.extension-before-source), as are its suffixes.
    """
    source, code = f"{stem}.py", f"{stem}.pyc"
    found = source if source in state.files else code if code in state.files else None
    library = _library(state, stem) if stem in state.shared else None
    if library is not None:
        question = "pef.extension-before-source"
        first = found is None or state.policy(question, "extension first", "source first") == "extension first"
        found = library if first else found
    if code in state.files and found != library:
        state.cite("pyc.legacy-ignored-with-source" if found == source else "pyc.legacy-sourceless")
    return found


def _library(state: State, stem: str) -> str | None:
    question = "pef.default-file-types"
    for suffix in state.shared[stem]:
        if state.policy(question, "not recognised", "recognised", about=suffix) == "recognised":
            return stem + suffix
    return None


def _cite_rivals(state: State, spec: Spec, place: str, portions: list[Entry], later: Iterable[str]) -> None:
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
    portions.why = (
        *(("namespace.path-recomputed-on-parent-change",) if "." in portions.module else ()),
        *(("namespace.path-recomputed-on-removal",) if len(current) < len(portions.searched) else ()),
        "namespace.path-recomputed-on-sys-path-change",
    )
    state.cite(*portions.why)
    reasons = list(state.reasons)
    spec = _search(state, portions.module, list(current))
    state.reasons[:] = reasons
    portions.searched = current
    if spec is None:
        question = "namespace.path-recomputed-on-removal"
        if state.policy(question, "as before", "empty", about="no portion left") == "empty":
            portions.items = []
    elif isinstance(spec.locations, Portions):
        portions.items = spec.locations.items
        portions.certain = spec.locations.certain
    else:
        raise Silent("namespace.path-recomputed-on-sys-path-change")


def _parent_missing(state: State, parent: str) -> None:
    """The parent path cannot be read: the cache lacks the package, or it is none (namespace.path-parent-missing)."""
    if parent not in state.cache.values and state.since(3, 15):
        unknown = Unknown(("namespace.path-parent-missing",))
        raise Raised("ModuleNotFoundError", state.why("namespace.path-parent-missing"), name=unknown, path=unknown)
    raise Silent("namespace.path-recomputed-on-parent-change")


def parent_entries(state: State, name: str) -> tuple[Entry, ...] | None:
    """The path on which ``name`` is searched now: ``sys.path``, or the ``__path__`` of its parent, if that has one."""
    parent = name.rpartition(".")[0]
    path = Locations(None) if not parent else package_path(state.cache.values.get(parent))
    if path is None:
        return None
    if isinstance(path.value, Portions):
        refresh(state, path.value)
    reasons = list(state.reasons)
    found = tuple(entries(state, path.value))
    state.reasons[:] = reasons
    return found
