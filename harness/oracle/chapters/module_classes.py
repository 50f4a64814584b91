"""What a class of modules says of them (reference/datamodel §3.3.2.1)."""

from collections.abc import Mapping
from typing import Final

from harness.model.language.module_classes import NamingRepr, OwnClass, Property, TracedSetattr
from harness.model.language.word import Word
from harness.oracle.chapters.attributes import set_on_module
from harness.oracle.chapters.caching import KEY_ERRORS, KEY_PASSED
from harness.oracle.chapters.names import reference
from harness.oracle.found import Computed, Method
from harness.oracle.objects import ModuleObject, Raised, Scope, constant
from harness.oracle.scopes import ASSIGNED, bind, load
from harness.oracle.state import Rule, Silent, State


def _own_class(state: State, scope: Scope, statement: OwnClass) -> None:
    """Clauses: module.class-assignable, scope.missing-key.

    Raises:
        Raised: no module is in the cache by the name of the one in which it stands, or it takes no class.
        Silent: it is no module, or not called by a text.
    """
    value = reference(state, scope, (statement.name,)).value
    name = load(state, scope, "__name__").value
    if not isinstance(name, str):
        raise Silent("scope.operand-types")
    if name not in state.cache.values:
        if state.departs(KEY_PASSED):
            return
        raise Raised(state.error("KeyError", KEY_ERRORS), ("scope.missing-key",))
    module = state.cache.values[name]
    if not isinstance(module, ModuleObject):
        raise Silent("scope.builtin-attributes")
    set_on_module(state, module, "__class__", value)


def _naming_repr(state: State, scope: Scope, statement: NamingRepr) -> None:
    bind(state, scope, "__repr__", Method("__repr__", statement.text), ASSIGNED)


def _traced_setattr(state: State, scope: Scope, statement: TracedSetattr) -> None:
    bind(state, scope, "__setattr__", Method("__setattr__", statement.label), ASSIGNED)


def _property(state: State, scope: Scope, statement: Property) -> None:
    bind(state, scope, statement.name, Computed(constant(statement.value)), ASSIGNED)


STATEMENTS: Final[Mapping[type[Word], Rule]] = {
    NamingRepr: _naming_repr,
    TracedSetattr: _traced_setattr,
    Property: _property,
    OwnClass: _own_class,
}
