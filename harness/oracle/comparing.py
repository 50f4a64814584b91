"""Whether an object is another one, or in another one (library/operator)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.expressions import Place
from harness.oracle.found import LibraryObject
from harness.oracle.layout import PREFIX
from harness.oracle.objects import BuiltinObject, Items, Object, Scope, Spec, Unknown
from harness.oracle.state import Argument, Silent, State

REFLEXIVE: Final = "spec.equal-to-itself"
UNEQUAL: Final = Departure(REFLEXIVE, "unequal", "a module spec is not equal to itself")


def contains(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """Whether a list holds an object.

    Raises:
        Silent: it is no list, or may hold more than is known.
    """
    del scope
    held, item = given["a"], _told(given["b"])
    if not isinstance(held, Items):
        raise Silent("scope.operand-types")
    if any(_same(each, item) for each in held.items):
        return True
    if held.partial or any(isinstance(each, Unknown) for each in (*held.items, item)):
        raise Silent(*state.why("scope.operand-types"))
    return False


def is_same(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """Whether two objects are one.

    Raises:
        Silent: they are constants, of which no document says how many there are.
    """
    del scope
    one, other = _told(given["a"]), _told(given["b"])
    if type(one) is type(other) and type(one) in {int, str, bytes}:
        raise Silent("scope.operand-types")
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        raise Silent(*state.why("scope.operand-types"))
    return _same(one, other)


def is_equal(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """Whether two objects are equal: one is to itself, also where its class says what else it is equal to.

    Clauses: spec.equal-to-itself.

    Raises:
        Silent: they are not one spec.
    """
    del scope
    one, other = given["a"], given["b"]
    if not isinstance(one, Spec) or one is not other:
        raise Silent("scope.operand-types")
    state.cite(REFLEXIVE)
    return not state.departs(UNEQUAL)


def _same(one: object, other: object) -> bool:
    if isinstance(one, LibraryObject | BuiltinObject) and isinstance(other, LibraryObject | BuiltinObject):
        return one.name == other.name
    if isinstance(one, None | bool | int | str | bytes):
        return type(one) is type(other) and one == other
    return one is other


def _told(item: Argument) -> Argument:
    return f"{PREFIX}{item.path}" if isinstance(item, Place) else item
