"""Listing the modules on a path, and walking through packages (library/pkgutil §iter_modules, §walk_packages)."""

from collections.abc import Iterator, Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.expressions import Hook
from harness.model.prediction import ANOTHER
from harness.oracle.archives import archive
from harness.oracle.candidates import candidate
from harness.oracle.departing import raises
from harness.oracle.found import InfoObject
from harness.oracle.layout import Entry
from harness.oracle.loading import import_module
from harness.oracle.objects import Items, ModuleObject, Object, Portions, Raised, Scope
from harness.oracle.path_entries import odd_entries
from harness.oracle.replacing import bypassed
from harness.oracle.search import entries, package_path, refresh
from harness.oracle.state import Argument, Silent, State

LISTED: Final = "pkgutil.iter-modules"
COUNTS: Final = "pkgutil.iter-modules-what-counts"
TWICE: Final = "pkgutil.iter-modules-twice"
WALKED: Final = "pkgutil.walk-packages-recursive"
HANDLED: Final = "pkgutil.walk-packages-onerror"
ORDER: Final = "pkgutil.walk-packages-order"
NO_PREFIX: Final = Departure(LISTED, "without prefix", "names have no prefix")
NO_PACKAGES: Final = Departure(LISTED, "no packages", "ispkg is False of packages too")
ALL_PACKAGES: Final = Departure(LISTED, "all packages", "ispkg is True of modules too")
PACKAGES_LEFT: Final = Departure(LISTED, "packages left out", "in a directory packages are not listed")
MODULES_LEFT: Final = Departure(LISTED, "modules left out", "in a directory modules are not listed, but packages")
NOTHING: Final = Departure("pkgutil.iter-modules-none-path", "nothing", "without a path nothing is listed")
NOTHING_IN_ARCHIVES: Final = Departure("pkgutil.iter-modules-zip", "nothing", "in an archive nothing is listed")
HIDDEN_LISTED: Final = Departure(
    "pkgutil.iter-modules-zip",
    "hidden module",
    "in an archive a module is listed in place of the package that hides it",
)
IMPORTED: Final = Departure("pkgutil.iter-modules-does-not-import", "imported", "what is listed is imported")
TEXT_ERRORS: Final = raises("pkgutil.iter-modules-str-valueerror", "TypeError", "AttributeError")
TEXT_TAKEN: Final = Departure("pkgutil.iter-modules-str-valueerror", "nothing", "in a text nothing is found")
FLAT: Final = Departure(WALKED, "not recursive", "what lies in packages is not listed")
NOT_IMPORTED: Final = Departure(WALKED, "not imported", "packages are walked through without importing them")
MODULES_TOO: Final = Departure(WALKED, "modules too", "modules are imported, too")
PROPAGATED: Final = Departure(HANDLED, "ImportError propagated", "without onerror an ImportError is propagated too")
ALL_IGNORED: Final = Departure(HANDLED, "all ignored", "without onerror no exception is propagated")
NOT_CALLED: Final = Departure(HANDLED, "not called for ImportError", "onerror is not called for an ImportError")


def iter_modules(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """What is listed on a path, or on ``sys.path``; nothing of it is imported.

    Clauses: pkgutil.iter-modules, pkgutil.iter-modules-none-path, pkgutil.iter-modules-does-not-import.
    """
    del scope
    path, prefix = given.get("path"), given.get("prefix", "")
    if not isinstance(prefix, str):
        raise Silent("scope.operand-types")
    if path is None:
        state.cite("pkgutil.iter-modules-none-path")
        if state.departs(NOTHING):
            return Items([], mutable=True)
    before = len(state.reasons)
    found = [*_listed(state, _searched(state, path), prefix)]
    if found:
        inside = [clause for clause in state.reasons[before:] if clause != LISTED]
        state.reasons[before:] = [IMPORTED.clause, *inside, LISTED]  # what is listed is given by the clause about that
        if state.departs(IMPORTED):
            for each in found:
                import_module(state, each.name)
    return Items([*found], mutable=True)


def walk_packages(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """What is listed on a path and in the packages there, which are imported for that.

    Clauses: pkgutil.walk-packages-recursive, pkgutil.walk-packages-onerror, pkgutil.iter-modules-str-valueerror.

    Raises:
        Raised: a package raises, and nobody handles that; or the path is a text.
    """
    del scope
    path, prefix, hook = given.get("path"), given.get("prefix", ""), given.get("onerror")
    if not isinstance(prefix, str) or path is None:
        raise Silent("scope.operand-types")
    if isinstance(path, str):
        if state.departs(TEXT_TAKEN):
            return Items([], mutable=True)
        raise Raised(state.error("ValueError", TEXT_ERRORS), state.why("pkgutil.iter-modules-str-valueerror"))
    state.form = "walk_packages"
    searched = _searched(state, path)
    walk = _Walk(state, hook if isinstance(hook, Hook) else None, searched)
    return Items([*walk.through(searched, prefix)], mutable=True)


def _searched(state: State, path: Argument) -> list[Entry]:
    """The directories of the tree on a path.

    Raises:
        Silent: it is no list, or has entries that are no strings: to ignore them is said of imports alone.
    """
    if path is None and odd_entries(state):
        raise Silent(LISTED)
    match path:
        case None | Items(mutable=True):
            if path is not None and not all(isinstance(item, str) for item in path.items):
                raise Silent(LISTED)
            return entries(state, path)
        case Portions():
            refresh(state, path)
            return entries(state, path)
        case _:
            raise Silent(LISTED)


def _listed(state: State, searched: list[Entry], prefix: str) -> Iterator[InfoObject]:
    """What lies in directories, one after the other; of what lies in several it is open whether it is told again."""
    seen: set[str] = set()
    for each in searched:
        for name, package in _inside(state, each):
            if name in seen and state.policy(TWICE, "once", "each time") == "once":
                continue
            seen.add(name)
            state.cite(LISTED)
            if archive(state, each.place) is None and state.departs(PACKAGES_LEFT if package else MODULES_LEFT):
                continue
            packaged = not state.departs(NO_PACKAGES) if package else state.departs(ALL_PACKAGES)
            shown = name if prefix and state.departs(NO_PREFIX) else f"{prefix}{name}"
            yield InfoObject(shown, package=packaged)


def _inside(state: State, where: Entry) -> Iterator[tuple[str, bool]]:
    """The modules in a directory, by name, and whether each is a package.

    Whether a directory without an initialisation file is one, or a file of that name, or one that no import statement
    can name, is open (pkgutil.iter-modules-what-counts).
    """
    head = f"{where.place}/" if where.place else ""
    if where.place and where.place not in state.directories:
        return
    if archive(state, where.place) is not None:
        state.cite(NOTHING_IN_ARCHIVES.clause)
        if state.departs(NOTHING_IN_ARCHIVES):
            return
    if any(stem.startswith(head) and "/" not in stem[len(head) :] for stem in state.shared):
        raise Silent("pef.default-file-types")
    for name in sorted({*_stems(state, head)}):
        spec = candidate(state, name, where)
        about = "__init__" if name == "__init__" else "no identifier" if not name.isidentifier() else ""
        if spec is None:
            about = "directory without __init__"
        if about and state.policy(COUNTS, "left out", "listed", about=about) == "left out":
            continue
        package = spec is None or spec.locations is not None
        hides = package and f"{head}{name}.py" in state.files and archive(state, where.place) is not None
        yield name, package and not (hides and state.departs(HIDDEN_LISTED))


def _stems(state: State, head: str) -> Iterator[str]:
    """The names of files without the suffix of a source or of bytecode, and of directories."""
    for file in state.files:
        stem, dot, suffix = file[len(head) :].rpartition(".")
        if file.startswith(head) and "/" not in stem and dot and suffix in {"py", "pyc"} and stem and "." not in stem:
            yield stem
    for directory in state.directories:
        name = directory[len(head) :]
        if directory.startswith(head) and name and "/" not in name and "." not in name:
            yield name


class _Walk:
    """A walk through packages: what is called for exceptions, and the directories that were visited."""

    def __init__(self, state: State, hook: Hook | None, searched: list[Entry]) -> None:
        self._state = state
        self._hook = hook
        self._visited = {each.place for each in searched}

    def through(self, searched: list[Entry], prefix: str) -> Iterator[InfoObject]:
        """What is listed, and what is in each package of that.

        In which order packages are imported is open (pkgutil.walk-packages-order).
        """
        state = self._state
        found = [*_listed(state, searched, prefix)]
        packages = [each for each in found if each.package]
        if len(packages) > 1:
            order = state.policy(ORDER, "by entry and name", "reversed", ANOTHER)
            if order == ANOTHER:
                raise Silent(ORDER)
            found = found[::-1] if order == "reversed" else found
        for each in found:
            yield each
            if each.package:
                state.cite(WALKED)
                if not state.departs(FLAT):
                    yield from self._below(each)
            elif state.departs(MODULES_TOO):
                import_module(state, each.name)

    def _below(self, package: InfoObject) -> Iterator[InfoObject]:
        state = self._state
        if package.name not in state.cache.values and state.departs(NOT_IMPORTED):
            return
        if not self._imported(package.name):
            return
        path = package_path(state, state.cache.values.get(package.name))
        if path is None and state.departs(ALL_PACKAGES):
            return
        if path is None or path.value is None or isinstance(path.value, str):
            raise Silent(WALKED)
        searched = _searched(state, path.value)
        places = {each.place for each in searched}
        if places & self._visited or len(places) < len(searched):
            raise Silent(WALKED)
        self._visited |= places
        yield from self.through(searched, f"{package.name}.")

    def _imported(self, name: str) -> bool:
        """Whether a package can be imported.

        Raises:
            Raised: it cannot, which is propagated (pkgutil.walk-packages-onerror).
            Silent: it raises what is no Exception, or has put something else into sys.modules.
        """
        state = self._state
        try:
            bypassed(state, name, "walk_packages")
            import_module(state, name)
        except Raised as raised:
            error = raised.settled()
            state.cite(HANDLED)
            if not error.is_a("Exception"):
                raise Silent(HANDLED) from None
            absent = error.is_a("ImportError")
            if self._hook is not None:
                if not (absent and state.departs(NOT_CALLED)):
                    state.event(self._hook.label, name)
                return False
            if state.departs(PROPAGATED) if absent else not state.departs(ALL_IGNORED):
                raise error from None
            return False
        if not isinstance(state.cache.values.get(name), ModuleObject):
            raise Silent(WALKED)
        return True
