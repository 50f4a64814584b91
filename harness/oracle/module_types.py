"""What a module has by its type: a class of the program may be derived from that of modules (datamodel §3.3.2.1)."""

from typing import Final, NamedTuple

from harness.model.departure import Departure
from harness.oracle.departing import raises
from harness.oracle.found import Computed, Method
from harness.oracle.hooks import answering, asking_fails
from harness.oracle.objects import (
    FunctionObject,
    ModuleObject,
    Namespace,
    Object,
    Raised,
    Unknown,
    Why,
)
from harness.oracle.state import Silent, State

IGNORED: Final = Departure(
    "module.class-assignable", "ignored", "what the class of a module has is no attribute of the module"
)
PROPERTY_LEFT: Final = Departure(
    "module.class-property", "not computed", "a property that the class of a module has is an attribute of it, itself"
)
GLOBALS_TOO: Final = Departure(
    "module.class-globals-unaffected", "globals too", "a global name that is not bound is looked for in the class"
)
ANNOTATE_ERRORS: Final = raises("module.annotate-function", "AttributeError")


class Found(NamedTuple):
    """An attribute that is there, and the clauses by which it is."""

    value: Object
    why: Why


def of_its_class(state: State, module: ModuleObject, name: str) -> Found | None:
    """What a class that was assigned to ``__class__`` gives a module.

    Clauses: module.class-assignable.

    Raises:
        Silent: it is a method, of which nothing is said, or the class has a ``__getattr__``.
    """
    kind = module.namespace.kind
    if kind is None:
        return None
    held = kind.namespace.values
    if name not in held:
        if "__getattr__" in held:
            raise Silent("scope.builtin-attributes")
        return None
    if isinstance(held[name], FunctionObject | Method):
        raise Silent("scope.builtin-attributes")
    return None if state.departs(IGNORED) else Found(held[name], (*kind.namespace.why[name], IGNORED.clause))


def computed(state: State, module: ModuleObject, name: str) -> Found | None:
    """What a property gives that the class of a module has by that name, whatever the module holds by it.

    Clauses: module.class-property.
    """
    kind = module.namespace.kind
    held = None if kind is None else kind.namespace.values.get(name)
    if not isinstance(held, Computed):
        return None
    state.cite(PROPERTY_LEFT.clause)
    if state.departs(IGNORED):
        return None
    if state.departs(PROPERTY_LEFT):
        return Found(held, (PROPERTY_LEFT.clause,))
    return Found(held.value, (PROPERTY_LEFT.clause, IGNORED.clause))


def method(module: ModuleObject, name: str) -> Method | None:
    """The method by that name of a class that was assigned to ``__class__`` of a module."""
    kind = module.namespace.kind
    held = None if kind is None else kind.namespace.values.get(name)
    return held if isinstance(held, Method) else None


def is_computed(module: ModuleObject, name: str) -> bool:
    """Whether the class of a module has a property by that name."""
    kind = module.namespace.kind
    return kind is not None and isinstance(kind.namespace.values.get(name), Computed)


def set_by_others(module: ModuleObject, name: str) -> None:
    """The import system sets an attribute: whether by what the class of the module does about it is not said.

    Raises:
        Silent: it does something.
    """
    if method(module, "__setattr__") is not None or is_computed(module, name):
        raise Silent(IGNORED.clause)


def beside_namespace(state: State, module: ModuleObject, name: str) -> Found | None:
    """What a module has as an attribute that is not in its namespace: by its class, or else by its ``__getattr__``.

    It is unknown where that raises.
    """
    kind, hook = module.namespace.kind, answering(module.namespace, name)
    if kind is not None and name in kind.namespace.values:
        return of_its_class(state, module, name)
    if asking_fails(module.namespace, name):
        return Found(Unknown(("getattr.called-for-missing",)), ("getattr.called-for-missing",))
    return None if hook is None else Found(hook.value, ("getattr.called-for-missing",))


def of_its_class_alone(state: State, namespace: Namespace, name: str) -> Found | None:
    """What a global name stands for by the class of its module: nothing (module.class-globals-unaffected)."""
    held = namespace.kind.namespace.values if namespace.kind is not None else {}
    return Found(held[name], (GLOBALS_TOO.clause,)) if name in held and state.departs(GLOBALS_TOO) else None


def annotate_function(state: State, module: ModuleObject, name: str) -> Found | None:
    """What annotates a module, from 3.14 on: ``None`` where it has no annotations (module.annotate-function).

    Raises:
        Silent: annotations are being collected, or the version has no such function; or it is the annotations that are
            asked for, where nothing says what becomes of them.
    """
    if name not in {"__annotations__", "__annotate__"}:
        return None
    if name == "__annotations__" or module.executing or not state.since(3, 14):
        raise Silent("module.annotations")
    clause = "module.annotate-function"
    taken = state.error("", ANNOTATE_ERRORS)
    if taken:
        raise Raised(taken, (clause,))
    return Found(Unknown((clause,)) if module.namespace.annotations else None, (clause,))
