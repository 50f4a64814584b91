"""Modules that lie in one package, which an import does not take unless told to (PEP 328; tutorial/modules §6.4)."""

from typing import Final

from harness.model.departure import Departure
from harness.oracle.objects import ModuleObject, Scope, Spec
from harness.oracle.state import State

SIBLING: Final = Departure(
    "relative.absolute-import-default", "a sibling", "a module of the same package goes before a top-level one"
)


def submodules(state: State, spec: Spec | None) -> list[str]:
    """The names of the source files and regular packages that lie in the directory of a regular package."""
    if spec is None or spec.origin is None or not spec.origin.endswith("/__init__.py"):
        return []
    head = spec.origin.removesuffix("__init__.py")
    files = (path.removeprefix(head) for path in state.files if path.startswith(head) and path.endswith(".py"))
    inner = {path.removesuffix(".py").removesuffix("/__init__") for path in files}
    return sorted(name for name in inner if "/" not in name and name != "__init__")


def absolute(state: State, scope: Scope, name: str) -> str:
    """The name of the module that ``import name`` means, wherever it stands: that top-level module.

    Clauses: relative.absolute-import-default.
    """
    spec = scope.module.values.get("__spec__")
    if "." in name or not isinstance(spec, Spec) or not spec.parent:
        return name
    sibling = f"{spec.parent}.{name}"
    if sibling not in state.cache.values and name not in submodules(state, _package(state, spec)):
        return name
    state.cite("relative.absolute-import-default")
    return sibling if state.departs(SIBLING) else name


def _package(state: State, spec: Spec) -> Spec | None:
    """The spec of the package that a module belongs to, which is its own where it is one."""
    if spec.locations is not None:
        return spec
    held = state.cache.values.get(spec.parent)
    found = held.namespace.values.get("__spec__") if isinstance(held, ModuleObject) else None
    return found if isinstance(found, Spec) else None
