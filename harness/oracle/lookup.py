"""Attribute references on the objects of a case (reference/datamodel §3.2.9, §3.3.2.1; PEP 562)."""

from typing import NamedTuple

from harness.oracle.objects import (
    ClassObject,
    Getattr,
    Items,
    ModuleObject,
    Object,
    SubstituteObject,
    Unknown,
    Why,
    is_special,
)
from harness.oracle.state import Silent, State


class Found(NamedTuple):
    """An attribute that is there, and the clauses by which it is."""

    value: Object
    why: Why


def attribute(state: State, owner: Object, name: str) -> Found | None:
    """The attribute ``name`` of ``owner``, or ``None`` where the reference raises AttributeError.

    Clauses: module.attribute-lookup-is-dict, getattr.called-for-missing, getattr.not-used-for-found.
    """
    if isinstance(owner, ModuleObject):
        return _module_attribute(state, owner, name)
    if is_special(name):
        raise Silent("cache.non-module-value-accepted")
    match owner:
        case SubstituteObject(attributes=attributes):
            return Found(attributes[name], ("cache.non-module-value-accepted",)) if name in attributes else None
        case ClassObject(namespace=namespace):
            return Found(namespace.values[name], namespace.why[name]) if name in namespace.values else None
        case Unknown(why=why):
            raise Silent(*why)
        case Items() if name in {"append", "count", "index", "insert", "pop", "sort"}:
            raise Silent("loading.code-in-module-dict")
        case _:
            return None


def unbound_submodules(state: State, module: ModuleObject) -> list[str]:
    """The names under which submodules are cached that the package, cached too, does not hold.

    Section 5.4.2 of reference/import says that each must be an attribute of the package, and not who would bind it
    (submodule.invariant-modules-and-attribute). Submodules being executed are another question.
    """
    if state.cache.values.get(module.name) is not module:
        return []
    head = f"{module.name}."
    found = [key[len(head) :] for key, held in state.cache.values.items() if key.startswith(head) and held is not None]
    known = module.namespace.values.keys() | module.executing_submodules.keys()
    return [name for name in found if "." not in name and name not in known]


def in_namespace(state: State, module: ModuleObject, name: str) -> Found | None:
    """What the module's namespace holds under ``name``, submodules that may be bound there included."""
    namespace = module.namespace
    if name in module.executing_submodules and namespace.values.get(name) is not module.executing_submodules[name]:
        submodule = module.executing_submodules[name]
        if state.policy("submodule.bound-after-execution", "bound after", "bound before") == "bound before":
            return Found(submodule, ("submodule.bound-after-execution",))
    if name in namespace.values:
        return Found(namespace.values[name], (*namespace.why[name], "module.attribute-lookup-is-dict"))
    if name in unbound_submodules(state, module):
        question = "submodule.invariant-modules-and-attribute"
        if state.policy(question, "absent", "present") == "present":
            return Found(state.cache.values[f"{module.name}.{name}"], (question,))
    return None


def _module_attribute(state: State, module: ModuleObject, name: str) -> Found | None:
    found = in_namespace(state, module, name)
    if found is not None:
        return found
    hook = module.namespace.values.get("__getattr__")
    if isinstance(hook, Getattr) and name in hook.names:
        return Found(hook.value, ("getattr.called-for-missing",))
    if is_special(name):
        raise Silent("loading.loader-decides-namespace")
    return None
