"""Package relative imports (reference/import §5.7; PEP 366)."""

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
    package = _package(scope)
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


def _package(scope: Scope) -> str:
    spec = scope.module.values.get("__spec__")
    return spec.parent if isinstance(spec, Spec) else ""
