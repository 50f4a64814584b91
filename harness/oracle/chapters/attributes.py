"""Setting and deleting attributes, annotations, modules and specs made by their types (reference/datamodel §3.2.9)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.attributes import DeleteAttribute, SetAttribute
from harness.model.language.word import Word
from harness.oracle.attributes import set_package, settle
from harness.oracle.chapters.names import ATTRIBUTE_ERRORS, reference
from harness.oracle.departing import raises, refused
from harness.oracle.lookup import known_special, unbound_submodules
from harness.oracle.mangling import private
from harness.oracle.module_types import is_computed, method
from harness.oracle.objects import (
    ClassObject,
    Items,
    ModuleObject,
    Namespace,
    Object,
    Portions,
    Raised,
    Scope,
    Spec,
    SubstituteObject,
    Unknown,
    constant,
)
from harness.oracle.scopes import ASSIGNED
from harness.oracle.state import Argument, Meaning, Rule, Silent, State

SET_ALL_THE_SAME: Final = {
    clause: Departure(clause, "no exception", "nothing is raised, and nothing is set")
    for clause in ("module.dict-read-only", "spec.parent-read-only", "spec.has-location-read-only")
}
LOCATION_SET: Final = Departure(
    "spec.has-location-read-only", "set", "has_location of a spec can be set like the others"
)
DICT_ERRORS: Final = raises("module.dict-read-only", "TypeError")
PARENT_ERRORS: Final = raises("spec.parent-read-only", "TypeError")
LOCATION_ERRORS: Final = raises("spec.has-location-read-only", "TypeError")
CLASS_REFUSED: Final = refused("module.class-assignable")
FIXED_SPEC: Final = raises("spec.writable-after-import", "AttributeError")
FIXED_NAMESPACE: Final = raises("namespace.once-created-like-regular", "AttributeError", "TypeError")
NOT_TOLD: Final = Departure(
    "module.class-setattr", "not called", "an attribute of a module is set past the __setattr__ of its class"
)
PROPERTY_SET: Final = Departure(
    "module.class-property", "set", "an attribute of a module is set although its class has a property by that name"
)
PROPERTY_ERRORS: Final = raises("module.class-property", "TypeError")
BARE: Final = Departure("module.moduletype-constructor-defaults", "not set", "the module has none of the attributes")
STATE_SET: Final = Departure(
    "spec.loader-state-default", "empty", "the loader_state that is not given is an empty tuple"
)
NO_LOCATIONS: Final = Departure(
    "spec.is-package-empty-locations", "None", "the spec of a package has no submodule_search_locations at first"
)
NAMED_ANOTHER: Final = Departure("spec.made-by-hand", "origin left out", "the origin that is given is not kept")
_WHY: Final = (*ASSIGNED, "module.attribute-lookup-is-dict")
_OPEN: Final = (Unknown(("spec.cached-path",)), ("spec.cached-path",))
_SPEC_ERRORS: Final = {"parent": PARENT_ERRORS, "has_location": LOCATION_ERRORS}


def _set(state: State, scope: Scope, statement: SetAttribute) -> None:
    """Evaluate what is assigned, then set the attribute.

    Clauses: module.attribute-lookup-is-dict, spec.writable-after-import.

    Raises:
        Raised: what has the attribute is not there, or it cannot be set.
        Silent: it is neither a module, nor a spec, nor a class.
    """
    value = reference(state, scope, statement.of).value if statement.of else constant(statement.value)
    owner = reference(state, scope, statement.path[:-1]).value
    name = private(state, statement.path[-1], scope.owner)
    match owner:
        case ModuleObject():
            set_on_module(state, owner, name, value)
        case Spec():
            _set_on_spec(state, owner, name, value)
        case ClassObject(namespace=namespace) if name not in {"__dict__", "__class__"}:
            namespace.bind(name, value, _WHY)
        case SubstituteObject(attributes=attributes, own=own) if name not in {"__dict__", "__class__"}:
            attributes[name] = own[name] = value
        case Unknown(why=why):
            raise Silent(*why)
        case _:
            raise Silent("scope.builtin-attributes")


def set_on_module(state: State, module: ModuleObject, name: str, value: Object) -> None:
    """Set an attribute of a module.

    Clauses: module.dict-read-only, module.class-assignable, module.class-property, module.class-setattr,
    namespace.once-created-like-regular.
    """
    _by_its_class(state, module, name)
    if name == "__dict__":
        _refuse(state, "module.dict-read-only", DICT_ERRORS)
        return
    if name == "__class__":
        if not isinstance(value, ClassObject) or not value.modules:
            raise Silent("module.class-assignable")
        if state.departs(CLASS_REFUSED):
            raise Raised("TypeError", state.why(CLASS_REFUSED.clause))
        module.namespace.kind = value
        return
    if module.spec is not None and isinstance(module.spec.locations, Portions):
        taken = state.error("", FIXED_NAMESPACE)
        if taken:
            raise Raised(taken, state.why("namespace.once-created-like-regular"))
    module.namespace.bind(name, value, _WHY)


def _by_its_class(state: State, module: ModuleObject, name: str) -> None:
    """What the class of a module does about an assignment: its ``__setattr__`` is called, its properties are left.

    Raises:
        Raised: it is to a property, which can be read alone.
    """
    said = method(module, "__setattr__")
    if said is not None:
        state.cite(NOT_TOLD.clause)
        if not state.departs(NOT_TOLD):
            state.event(said.text, name)
    if is_computed(module, name):
        state.cite(PROPERTY_SET.clause)
        if not state.departs(PROPERTY_SET):
            raise Raised(state.error("AttributeError", PROPERTY_ERRORS), state.why(PROPERTY_SET.clause))


def _refuse(state: State, clause: str, errors: tuple[Departure, ...]) -> None:
    """An assignment fails with AttributeError (builtins/exceptions §AttributeError).

    Raises:
        Raised: always, as documented.
    """
    if not state.departs(SET_ALL_THE_SAME[clause]):
        raise Raised(state.error("AttributeError", errors), state.why(clause))


def _set_on_spec(state: State, spec: Spec, name: str, value: Object) -> None:
    """Whether ``cached`` follows what it depends on is not said, nor whether it stays ``None``.

    That is for "modules that do not need compiled code stored" (library/importlib §importlib.machinery.ModuleSpec).

    Clauses: spec.parent-read-only, spec.has-location-read-only, spec.writable-after-import.
    """
    if name == "has_location" and state.departs(LOCATION_SET):
        spec.given[name] = (value, (LOCATION_SET.clause,))
        spec.given.setdefault("cached", _OPEN)
        return
    if name in _SPEC_ERRORS:
        errors = _SPEC_ERRORS[name]
        _refuse(state, errors[0].clause, errors)
        return
    clause = "spec.writable-after-import"
    taken = state.error("", FIXED_SPEC)
    if taken:
        raise Raised(taken, state.why(clause))
    if name == "submodule_search_locations":
        if not isinstance(spec.locations, Items) or not isinstance(value, Items):
            raise Silent(clause)
        spec.locations = value
    unmade = name == "cached" and value is None
    spec.given[name] = _OPEN if unmade else (value, (clause,))
    if name == "origin":
        spec.given.setdefault("cached", _OPEN)


def _delete(state: State, scope: Scope, statement: DeleteAttribute) -> None:
    """Delete the attribute.

    Clauses: module.attribute-lookup-is-dict, scope.attribute-missing.

    Raises:
        Raised: there is none.
        Silent: what has it is neither a module nor a class, or may hold a submodule by that name.
    """
    owner = reference(state, scope, statement.path[:-1]).value
    name = private(state, statement.path[-1], scope.owner)
    match owner:
        case ModuleObject():
            if name in owner.executing_submodules or name in unbound_submodules(state, owner):
                raise Silent("submodule.attribute-while-cached")
            if is_computed(owner, name):
                raise Silent("module.class-assignable")
            settle(state, owner.namespace, name)
            if name not in owner.namespace.values:
                known_special(owner.namespace, name)
            _unbind(state, owner.namespace, name)
        case ClassObject(namespace=namespace) if name in namespace.values:
            _unbind(state, namespace, name)
        case Unknown(why=why):
            raise Silent(*why)
        case _:
            raise Silent("scope.builtin-attributes")


def _unbind(state: State, namespace: Namespace, name: str) -> None:
    if name not in namespace.values:
        raise Raised(state.error("AttributeError", ATTRIBUTE_ERRORS), state.why("scope.attribute-missing"))
    namespace.unbind(name, ("scope.del-unbinds", "module.attribute-lookup-is-dict"))


def _module_type(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """A new module of that name.

    Clauses: module.moduletype-constructor-defaults.
    """
    del scope
    name, doc = given["name"], given.get("doc")
    if not isinstance(name, str) or isinstance(doc, Namespace):
        raise Silent("scope.operand-types")
    module = ModuleObject(name, None)
    why = ("module.moduletype-constructor-defaults",)
    state.cite(*why)
    module.namespace.bind("__name__", name, why)
    if not (doc is None or isinstance(doc, str)):
        raise Silent("module.doc-attribute")
    module.namespace.bind("__doc__", doc, ("module.doc-attribute",))
    if state.departs(BARE):
        for attribute in ("__package__", "__loader__", "__spec__"):
            module.namespace.unbind(attribute, why)
        return module
    set_package(state, module.namespace, None, why)
    module.namespace.bind("__loader__", None, why)
    module.namespace.bind("__spec__", None, why)
    module.namespace.why["__file__"] = why
    module.namespace.why["__cached__"] = ("module.cached-not-set-315",) if state.since(3, 15) else why
    module.namespace.why["__path__"] = ("module.path-only-on-packages",)
    return module


def _module_spec(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """A new spec.

    Clauses: spec.made-by-hand, spec.loader-state-default, spec.is-package-empty-locations.

    Raises:
        Silent: it is given what it is not documented to have.
    """
    del scope
    name, loader, origin = given["name"], given["loader"], given.get("origin")
    package, held = given.get("is_package"), given.get("loader_state")
    known = isinstance(origin, str | None) and isinstance(package, bool | None) and isinstance(loader, Unknown | None)
    if not isinstance(name, str) or not known or not isinstance(held, bool | int | str | Items | None):
        raise Silent("scope.operand-types")
    state.cite("spec.made-by-hand")
    locations = Items([], mutable=True) if package and not state.departs(NO_LOCATIONS) else None
    spec = Spec(name, None, locations, None)
    spec.made, spec.loader = True, loader if isinstance(loader, Unknown) else None
    kept = None if isinstance(origin, str) and state.departs(NAMED_ANOTHER) else origin
    spec.given["origin"] = (kept if isinstance(kept, str) else None, ("spec.made-by-hand",))
    clause = "spec.loader-state-default" if held is None else "spec.made-by-hand"
    if held is None and state.departs(STATE_SET):
        held = Items([], mutable=False)
    spec.given["loader_state"] = (held, (clause,))
    return spec


STATEMENTS: Final[Mapping[type[Word], Rule]] = {
    SetAttribute: _set,
    DeleteAttribute: _delete,
}

FUNCTIONS: Final[Mapping[str, Meaning]] = {
    "types.ModuleType": _module_type,
    "importlib.machinery.ModuleSpec": _module_spec,
}
