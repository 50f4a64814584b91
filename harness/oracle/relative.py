"""Package relative imports (reference/import §5.7; PEP 366)."""

from typing import Final

from harness.model.departure import Departure
from harness.model.prediction import ANOTHER
from harness.oracle.archives import NOT_YET
from harness.oracle.attributes import package_is_set, settle
from harness.oracle.departing import raises
from harness.oracle.objects import Namespace, Object, Raised, Scope, Spec, Unknown
from harness.oracle.packages import levels_more, relative_inside
from harness.oracle.state import Silent, State
from harness.oracle.unnamed import unnamed

PARENT: Final = Departure(
    "relative.single-dot-current-package", "one level up", "one dot names the parent of the current package"
)
ONE_LESS: Final = Departure(
    "relative.each-extra-dot-one-level", "one level less", "two dots name the current package, three its parent"
)
ONE_MORE: Final = Departure(
    "relative.each-extra-dot-one-level", "one level more", "two dots name the parent of the parent"
)
ABSOLUTE: Final = Departure(
    "relative.no-parent-package-error", "absolute", "without a package the name is taken as an absolute one"
)
NO_PACKAGE_ERRORS: Final = raises("relative.no-parent-package-error", "ValueError", "KeyError", "ModuleNotFoundError")
FROM_THE_TOP: Final = Departure(
    "relative.beyond-top-level-error", "from the top", "what lies above the top-level package is sought in it"
)
BEYOND_ERRORS: Final = raises("relative.beyond-top-level-error", "ValueError", "ModuleNotFoundError")
BEYOND_BEFORE_39: Final = raises("dunder-import.relative-beyond-top-valueerror", "ImportError")
SPEC_IGNORED: Final = Departure(
    "relative.spec-parent-fallback", "by name", "without __package__ the name and __path__ decide, whatever __spec__ is"
)
EMPTY_IGNORED: Final = Departure(
    "relative.empty-package-disables", "by name", "where __package__ is empty the name and __path__ decide"
)
PACKAGE_IGNORED: Final = Departure(
    "relative.uses-dunder-package", "by name", "the name and __path__ decide, whatever __package__ is"
)
ELLIPSIS: Final = Departure(
    "relative.syntax-three-dots-tokens", "an ellipsis is one", "three dots in a row, one token, count as one dot"
)
NO_FALLBACK: Final = Departure(
    "relative.name-path-fallback-warns", "no package", "without __package__ and __spec__ there is no package"
)
NAME_ALONE: Final = Departure(
    "relative.name-path-fallback-warns", "parent of the name", "the package is the parent of the name, __path__ or not"
)


NOT_STORED: Final = Departure(
    "relative.package-computed-and-stored", "not stored", "__package__ stays missing, or None"
)
_MISMATCH: Final = ("relative.mismatch-importwarning", "relative.mismatch-deprecationwarning")
_BY_PACKAGE: Final = "relative.package-fallback-warns"
_BY_NAME: Final = "relative.name-path-fallback-warns"
NOT_WARNED: Final = {_BY_PACKAGE: Departure(_BY_PACKAGE, "not warned", "nothing warns of it")}
NOT_BY_STATEMENT: Final = {
    clause: Departure(clause, "not by a statement", "nothing warns where a statement calls no function of the program")
    for clause in (*_MISMATCH, _BY_NAME)
}
NOT_BY_CALL: Final = {
    clause: Departure(clause, "not by a call", "nothing warns where the program, or a function of it, calls __import__")
    for clause in (*_MISMATCH, _BY_NAME)
}
OTHERWISE_WARNED: Final = {
    clause: Departure(clause, "another category", "it is DeprecationWarning before 3.12, ImportWarning since then")
    for clause in (*_MISMATCH, _BY_PACKAGE)
}
_ELLIPSIS: Final = 3
"""How many dots are one token."""


def absolute_name(state: State, scope: Scope, module: str, level: int) -> str:
    """The absolute name of a module named relative to the package of ``scope``.

    Clauses: relative.single-dot-current-package, relative.each-extra-dot-one-level, relative.no-parent-package-error,
    relative.beyond-top-level-error, dunder-import.relative-beyond-top-valueerror (before 3.9).

    Raises:
        Raised: there is no package, or the name would lie above the top-level package.
    """
    if level == 0:
        return module
    unknown = Unknown(("relative.no-parent-package-error",))
    package = _package(state, scope)
    if not package:
        state.cite("relative.no-parent-package-error")
        if module and state.departs(ABSOLUTE):
            return module
        error = state.error("ImportError", NO_PACKAGE_ERRORS)
        raise Raised(error, state.why("relative.main-must-use-absolute"), name=unknown, path=unknown)
    depth = package.count(".") + 1
    relative_inside(state, package)
    level += _misread(state, level) + levels_more(state, scope, level)
    if level > depth:
        level = _beyond_top(state, depth)
    state.cite("relative.single-dot-current-package" if level == 1 else "relative.each-extra-dot-one-level")
    if seen_from(package, "", level) not in state.cache.values:
        _import_anew(state)
    return seen_from(package, module, level)


def seen_from(package: str, module: str, level: int) -> str:
    """The absolute name of a module that lies so many levels up from a package, of at least that many parts."""
    base = package.rsplit(".", level - 1)[0]
    return f"{base}.{module}" if module else base


def _import_anew(state: State) -> None:
    """Go on to import a package that the cache no longer holds (relative.parent-not-imported-error).

    Raises:
        Raised: it is not imported anew.
    """
    question = "relative.parent-not-imported-error"
    errors = ("ImportError", "SystemError", "KeyError")
    if "imported" not in state.course(question, ("imported",), (*errors, ANOTHER)):
        raise unnamed(state, question, *errors)
    state.cite(question)


def _misread(state: State, level: int) -> int:
    """How many levels more than its dots say a relative import goes up: none, as documented.

    Clauses: relative.syntax-three-dots-tokens.
    """
    if level >= _ELLIPSIS:
        state.cite("relative.syntax-three-dots-tokens")
        if state.departs(ELLIPSIS):
            return (1 - _ELLIPSIS) * (level // _ELLIPSIS)
    if level == 1:
        return 1 if state.departs(PARENT) else 0
    return {ONE_LESS: -1, ONE_MORE: 1, None: 0}[state.decide(ONE_LESS, ONE_MORE)]


def _beyond_top(state: State, top: int) -> int:
    """The level that is taken for one above that of the top-level package.

    Raises:
        Raised: none is, as documented.
    """
    if not state.since(3, 9):
        error = state.error("ValueError", BEYOND_BEFORE_39)
        raise Raised(error, state.why("dunder-import.relative-beyond-top-valueerror"))
    if state.departs(FROM_THE_TOP):
        return top
    unknown = Unknown(("relative.no-parent-package-error",))
    error = state.error("ImportError", BEYOND_ERRORS)
    raise Raised(error, state.why("relative.beyond-top-level-error"), name=unknown, path=unknown)


def _package(state: State, scope: Scope) -> str:
    """The package that relative imports start from; empty where there is none.

    Clauses: relative.spec-parent-fallback, relative.uses-dunder-package, relative.main-boilerplate,
    relative.name-path-fallback-warns, module.package-not-considered-315. Where ``__package__`` and ``__spec__.parent``
    differ, so do PEP 366 (relative.uses-dunder-package) and the data model (relative.package-only-fallback-for-spec).
    """
    spec = scope.module.values.get("__spec__")
    if isinstance(spec, Spec) and "__package__" in scope.module.open:
        return spec.parent  # which __package__ is too, if it is there
    declared = _declared(state, scope.module)
    if isinstance(spec, Spec):
        if declared is None:
            state.cite("relative.spec-parent-fallback")
            if state.departs(SPEC_IGNORED):
                return _by_name(state, scope)
            _store(state, scope, spec.parent)
        if declared is None or declared == spec.parent or not package_is_set(state):
            return spec.parent
        if not isinstance(declared, str):
            raise Silent("relative.uses-dunder-package", "relative.package-only-fallback-for-spec")
        _warn(state, f"relative.mismatch-{'deprecation' if state.since(3, 12) else 'import'}warning")
        question = "relative.package-only-fallback-for-spec"
        taken = state.policy(question, "the parent of the spec", "__package__")
        state.cite("relative.uses-dunder-package" if taken == "__package__" else question)
        return declared if taken == "__package__" else spec.parent
    if spec is not None or not (declared is None or isinstance(declared, str)):
        raise Silent("relative.uses-dunder-package")
    if declared is None or not package_is_set(state):
        state.cite("relative.name-path-fallback-warns" if declared is None else "module.package-not-considered-315")
        return _store(state, scope, _by_name(state, scope))
    if state.since(3, 10):
        _warn(state, "relative.package-fallback-warns")
    if not declared:
        state.cite("relative.empty-package-disables")
        return _by_name(state, scope) if state.departs(EMPTY_IGNORED) else ""
    main = scope.module.values.get("__name__") == "__main__"
    state.cite(*(("relative.main-boilerplate",) if main else ()), "relative.uses-dunder-package")
    return _by_name(state, scope) if state.departs(PACKAGE_IGNORED) else declared


def _warn(state: State, clause: str) -> None:
    """Warn of a ``__package__`` that no spec gives.

    Clauses: relative.mismatch-importwarning, relative.mismatch-deprecationwarning, relative.package-fallback-warns.
    """
    quiet = _quiet(state, clause)
    taken = state.decide(quiet, OTHERWISE_WARNED[clause])
    if taken is quiet:
        state.not_warned = (*state.not_warned, clause)
        return
    documented = state.since(3, 12)
    deprecated = documented if taken is None else not documented
    state.warned["DeprecationWarning" if deprecated else "ImportWarning"] = (clause,)


def _quiet(state: State, clause: str) -> Departure:
    """The departure that nothing warns, in the situation at hand: a statement, or a call of ``__import__``.

    What stands in the place of ``__import__`` calls the standard function for a statement too.
    """
    called = state.form.endswith("__import__") or state.importer is not None
    return NOT_WARNED.get(clause) or (NOT_BY_CALL if called else NOT_BY_STATEMENT)[clause]


def _store(state: State, scope: Scope, package: str) -> str:
    """The package, which is stored as ``__package__`` where that was missing or None.

    Clauses: relative.package-computed-and-stored, before 3.15.
    """
    if package and not state.since(3, 15):
        if state.departs(NOT_STORED):
            scope.module.why.setdefault("__package__", (NOT_STORED.clause,))
        else:
            scope.module.bind("__package__", package, (NOT_STORED.clause,))
    return package


def _declared(state: State, module: Namespace) -> Object:
    """``__package__``: that it is ``None`` or is not there is alike, so which it is need not be asked.

    Before load_module() has ended it is the parent of the spec, which comes next, if it is there (NOT_YET).
    """
    perhaps = module.open.get("__package__")
    if perhaps is None or perhaps.value is not None:
        settle(state, module, "__package__")
    found, spec = module.values.get("__package__"), module.values.get("__spec__")
    if found is NOT_YET and isinstance(spec, Spec):
        return spec.parent
    return found


def _by_name(state: State, scope: Scope) -> str:
    """Without spec and ``__package__`` the name and ``__path__`` decide, with a warning.

    Clauses: relative.name-path-fallback-warns.
    """
    if state.departs(NO_FALLBACK):
        return ""
    if state.departs(_quiet(state, _BY_NAME)):
        state.not_warned = (*state.not_warned, _BY_NAME)
    else:
        state.warned["ImportWarning"] = (_BY_NAME,)
    name = scope.module.values.get("__name__")
    if not isinstance(name, str):
        raise Silent("relative.name-path-fallback-warns")
    if "__path__" in scope.module.values and state.departs(NAME_ALONE):
        return name.rpartition(".")[0]
    return name if "__path__" in scope.module.values else name.rpartition(".")[0]
