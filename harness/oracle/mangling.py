"""Private names of classes (reference/expressions §6.2.2.1, Private name mangling)."""

from typing import Final

from harness.model.departure import Departure
from harness.oracle.objects import Why
from harness.oracle.state import Silent, State

_LONGEST: Final = 255
"""Longer names may be truncated, in a way that each implementation defines."""

_AS_WRITTEN: Final = "as written"
_MANGLED: Final = "mangled"

NOT_MANGLED: Final = Departure("scope.private-names-mangled", _AS_WRITTEN, "private names stay as they are written")
UNDERSCORES_MANGLED: Final = Departure(
    "mangling.class-of-underscores",
    _MANGLED,
    "a class whose name is underscores alone mangles private names too",
)
MODULE_AS_WRITTEN: Final = Departure(
    "mangling.imported-module", _AS_WRITTEN, "the module that a private name names is imported as it is written"
)
PARTS_MANGLED: Final = Departure(
    "mangling.dotted-module", _MANGLED, "each part of a dotted name that is private is mangled"
)


def private(state: State, name: str, owner: str) -> str:
    """The name that ``name`` stands for in the text of the class ``owner``, which is empty outside of classes.

    Raises:
        Silent: it is so long that an implementation may truncate it.
    """
    if not owner or not _is_private(name):
        return name
    stripped = owner.lstrip("_")
    if not stripped:
        return f"_{name}" if state.departs(UNDERSCORES_MANGLED) else name
    if state.departs(NOT_MANGLED):
        return name
    found = f"_{stripped}{name}"
    if len(found) > _LONGEST:
        raise Silent("mangling.long-name")
    return found


def reasons(name: str, owner: str) -> Why:
    """The clauses that make :func:`private` what it is, where any does."""
    if not owner or not _is_private(name):
        return ()
    return ("scope.private-names-mangled",) if owner.lstrip("_") else ("mangling.class-of-underscores",)


def module_name(state: State, name: str, owner: str) -> str:
    """The name of the module that an import statement in the text of the class ``owner`` names ``name``.

    Clauses: mangling.imported-module, mangling.dotted-module. The documents of versions before 3.13 make no exception
    for a name that contains a dot.
    """
    if "." not in name:
        found = private(state, name, owner)
        if found == name:
            return name
        state.cite("mangling.imported-module")
        return name if state.departs(MODULE_AS_WRITTEN) else found
    parts = ".".join(private(state, part, owner) for part in name.split("."))
    if parts == name:
        return name
    state.cite("mangling.dotted-module")
    if state.since(3, 13):
        return parts if state.departs(PARTS_MANGLED) else name
    return name if state.policy("mangling.dotted-module", _AS_WRITTEN, _MANGLED) == _AS_WRITTEN else parts


def submodule_name(state: State, name: str, owner: str) -> str:
    """The name under which a from-import in the text of ``owner`` attempts to import a submodule for ``name``.

    It is attempted where the module has no attribute of that name.

    Clauses: mangling.attempted-submodule, which leaves it open: the name of the imported member is mangled, and nothing
    says so of the module that is attempted.
    """
    found = private(state, name, owner)
    if found == name:
        return name
    return found if state.policy("mangling.attempted-submodule", _MANGLED, _AS_WRITTEN) == _MANGLED else name


def listed_name(state: State, name: str, owner: str) -> str:
    """What a from-import in the text of ``owner`` that wants ``name`` calls it in the fromlist of ``__import__``.

    Clauses: mangling.attempted-submodule, which leaves it open.
    """
    found = private(state, name, owner)
    if found == name:
        return name
    option = state.policy("mangling.attempted-submodule", _MANGLED, _AS_WRITTEN, about="in a fromlist")
    return found if option == _MANGLED else name


def _is_private(name: str) -> bool:
    return name.startswith("__") and not name.endswith("__")
