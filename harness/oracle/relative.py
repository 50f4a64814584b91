"""Package relative imports (reference/import §5.7; PEP 366)."""

from harness.oracle.attributes import package_is_set
from harness.oracle.objects import Raised, Scope, Spec, Unknown
from harness.oracle.state import Silent, State


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
        raise Raised("ImportError", state.why("relative.main-must-use-absolute"), name=unknown, path=unknown)
    parts = package.split(".")
    if level > len(parts):
        if state.since(3, 9):
            raise Raised("ImportError", state.why("relative.beyond-top-level-error"), name=unknown, path=unknown)
        raise Raised("ValueError", state.why("dunder-import.relative-beyond-top-valueerror"))
    state.cite("relative.single-dot-current-package" if level == 1 else "relative.each-extra-dot-one-level")
    base = ".".join(parts[: len(parts) - level + 1])
    if base not in state.cache.values:
        raise Silent("relative.parent-not-imported-error")
    return f"{base}.{module}" if module else base


def _package(state: State, scope: Scope) -> str:
    """The package that relative imports start from; empty where there is none.

    Clauses: relative.spec-parent-fallback, relative.uses-dunder-package, relative.main-boilerplate,
    relative.name-path-fallback-warns, module.package-not-considered-315. Where ``__package__`` and ``__spec__.parent``
    differ, so do PEP 366 (relative.uses-dunder-package) and the data model (relative.package-only-fallback-for-spec).
    """
    spec = scope.module.values.get("__spec__")
    declared = scope.module.values.get("__package__")
    if isinstance(spec, Spec):
        if declared is None:
            state.cite("relative.spec-parent-fallback")
        if declared is None or declared == spec.parent or not package_is_set(state):
            return spec.parent
        if not isinstance(declared, str):
            raise Silent("relative.uses-dunder-package", "relative.package-only-fallback-for-spec")
        question = "relative.package-only-fallback-for-spec"
        taken = state.policy(question, "the parent of the spec", "__package__")
        state.cite("relative.uses-dunder-package" if taken == "__package__" else question)
        return declared if taken == "__package__" else spec.parent
    if spec is not None or not (declared is None or isinstance(declared, str)):
        raise Silent("relative.uses-dunder-package")
    if declared is None or not package_is_set(state):
        state.cite("relative.name-path-fallback-warns" if declared is None else "module.package-not-considered-315")
        return _by_name(state, scope)
    state.cite("relative.main-boilerplate" if declared else "relative.empty-package-disables")
    return declared


def _by_name(state: State, scope: Scope) -> str:
    """Without spec and ``__package__`` the name and ``__path__`` decide, with a warning.

    Clauses: relative.name-path-fallback-warns.
    """
    state.warned["ImportWarning"] = ("relative.name-path-fallback-warns",)
    name = scope.module.values.get("__name__")
    if not isinstance(name, str):
        raise Silent("relative.name-path-fallback-warns")
    return name if "__path__" in scope.module.values else name.rpartition(".")[0]
