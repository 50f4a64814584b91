"""What a loader of the program's says of its modules: module_repr() (reference/import §5.4.6 up to 3.11)."""

from typing import Final

from harness.model.departure import Departure
from harness.oracle.found import Method
from harness.oracle.objects import InstanceObject, Namespace, Spec
from harness.oracle.state import State

FIRST_LEFT: Final = Departure("repr.module-repr-first", "not called", "module_repr() of the loader is not called")
AT_FIRST: Final = Departure(
    "repr.module-repr-after-spec", "called first", "module_repr() of the loader is called although there is a spec"
)
AFTER_LEFT: Final = Departure("repr.module-repr-after-spec", "not called", "module_repr() of the loader is not called")
STILL_CALLED: Final = Departure("repr.module-repr-removed", "called", "module_repr() of the loader is called")


class Told:
    """What module_repr() says: the ``text``, which is ``used`` or not, by ``clause``."""

    def __init__(self, text: str, clause: str, *, used: bool) -> None:
        self.text = text
        self.clause = clause
        self.used = used


def told(state: State, namespace: Namespace) -> Told | None:
    """What the loader of a module says of it, if it has the method.

    Clauses: repr.module-repr-first, repr.module-repr-after-spec, repr.module-repr-removed.
    """
    loader = namespace.values.get("__loader__")
    method = loader.kind.namespace.values.get("module_repr") if isinstance(loader, InstanceObject) else None
    if not isinstance(method, Method):
        return None
    if state.since(3, 12):
        return Told(method.text, STILL_CALLED.clause, used=state.departs(STILL_CALLED))
    if not state.since(3, 10):
        return Told(method.text, FIRST_LEFT.clause, used=not state.departs(FIRST_LEFT))
    specified = isinstance(namespace.values.get("__spec__"), Spec)
    used = state.departs(AT_FIRST) if specified else not state.departs(AFTER_LEFT)
    return Told(method.text, AFTER_LEFT.clause, used=used)
