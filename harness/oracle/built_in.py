"""Modules of the standard library that are built in (reference/import §5.2; tutorial/modules §6.1.2)."""

from typing import Final

from harness.model.departure import Departure
from harness.model.permitted import BUILT_IN, FUTURE, LIBRARY
from harness.oracle.cache import not_found
from harness.oracle.objects import ModuleObject
from harness.oracle.state import State

NOT_IMPORTED: Final = Departure(
    "bind.access-uniform-for-all-kinds", "not imported", "a built-in module is not found by an import statement"
)
TREE_FIRST: Final = Departure(
    "path.builtin-before-sys-path", "sys.path first", "a file on sys.path goes before a built-in module of its name"
)


def is_of_library(held: object) -> bool:
    """Whether an object is a module of the library, of which nothing is said but that it is one."""
    return isinstance(held, ModuleObject) and held.of_library


def built_in(state: State, name: str) -> ModuleObject | None:
    """The built-in module that an import of ``name`` yields; ``None`` where there is none.

    Clauses: bind.access-uniform-for-all-kinds, path.builtin-before-sys-path, future.plain-import-ordinary.

    Raises:
        Raised: an implementation does not find it.
    """
    if name not in LIBRARY:
        return None
    if name == FUTURE:
        state.cite("future.plain-import-ordinary")
    places = [f"{place}/{name}" for place in state.path if name in BUILT_IN]
    beside = any(f"{place}.py" in state.files or place in state.directories for place in places)
    if beside:
        state.cite(TREE_FIRST.clause)
        if state.departs(TREE_FIRST):
            return None
    state.cite(NOT_IMPORTED.clause)
    if state.departs(NOT_IMPORTED):
        raise not_found(state, name, NOT_IMPORTED.clause)
    module = state.library.setdefault(name, ModuleObject(name, None))
    module.of_library = True
    module.namespace.bind("__name__", name, (NOT_IMPORTED.clause,))
    return module
