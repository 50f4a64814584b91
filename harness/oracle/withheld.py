"""Names that a from-import takes although something could keep it from them (reference/simple_stmts §7.11)."""

from typing import Final

from harness.model.departure import Departure
from harness.oracle.objects import Items, ModuleObject, Object, Raised, Unknown, is_special
from harness.oracle.state import State

ALL_RESPECTED: Final = Departure(
    "star.all-ignored-by-explicit-from", "refused", "a name that __all__ does not list cannot be imported"
)
UNDERSCORED: Final = Departure(
    "star.underscore-convention-bypassable", "refused", "a name that begins with an underscore cannot be imported"
)
PARTIAL: Final = Departure(
    "circular.from-form-works-if-defined", "refused", "nothing can be taken from a module that is being executed"
)


def not_withheld(state: State, module: Object, name: str) -> None:
    """The name, which the module holds, can be taken from it.

    Clauses: star.all-ignored-by-explicit-from, star.underscore-convention-bypassable,
    circular.from-form-works-if-defined.

    Raises:
        Raised: an implementation departs.
    """
    if not isinstance(module, ModuleObject) or name not in module.namespace.values or is_special(name):
        return
    held = module.namespace.values
    listed = held.get("__all__")
    against: list[Departure] = []
    if "__all__" in held and not (isinstance(listed, Items) and name in listed.items):
        against.append(ALL_RESPECTED)
    if name.startswith("_"):
        against.append(UNDERSCORED)
    if module.executing:
        against.append(PARTIAL)
    state.cite(*(item.clause for item in against))
    taken = state.decide(*against) if against else None
    if taken is not None:
        unknown = Unknown((taken.clause,))
        raise Raised("ImportError", state.why(taken.clause), name=unknown, path=unknown)
