"""In which order the names of a from-import are taken and bound (reference/simple_stmts §7.11), where it shows."""

from collections.abc import Sequence
from typing import Final, Protocol, TypeVar

from harness.oracle.objects import Object, Raised, Scope, is_special
from harness.oracle.state import State

QUESTION: Final = "from.names-processed-in-order"
IN_ORDER: Final = "in order"
SUBMODULES_FIRST: Final = "submodules first"
AT_THE_END: Final = "bound at the end"

_Item = TypeVar("_Item")
_Asked_contra = TypeVar("_Asked_contra", contravariant=True)
_Value = TypeVar("_Value")


class Names(Protocol[_Asked_contra, _Value]):
    """The names of one statement, each an item to which a value is taken from a module."""

    def attempt(self, item: _Asked_contra) -> None:
        """Import the submodule, if the name is none of the module's."""

    def take(self, item: _Asked_contra, *, attempt: bool) -> _Value:
        """The value; ``attempt`` tells whether a submodule is still to be imported."""

    def bind(self, item: _Asked_contra, value: _Value) -> None:
        """Bind the value."""

    def attempted(self, item: _Asked_contra) -> bool:
        """Whether a submodule is imported for the name, or tried to be."""

    def lasting(self, item: _Asked_contra, value: _Value) -> bool:
        """Whether the module surely gives the same value now."""

    def early(self, item: _Asked_contra, error: Raised) -> bool:
        """Whether the exception is raised before any name is taken, where submodules are imported first."""


class _Watch:
    """What the names bound so far have changed, and whether anybody could have seen it."""

    def __init__(self, state: State, scope: Scope) -> None:
        self._state = state
        self._spaces = tuple({id(space): space for space in (scope.namespace, scope.module)}.values())
        self._held = self._snapshot()
        self._looks = 0
        self._entered = 0
        self._bound: dict[tuple[int, str], Object] = {}
        self.changed = False
        self._special = False

    def before(self) -> None:
        """A value is about to be bound."""
        self._held = self._snapshot()

    def after(self) -> None:
        """It has been."""
        new = {
            (place, name): value
            for place, (held, space) in enumerate(zip(self._held, self._spaces, strict=True))
            for name, value in space.values.items()
            if name not in held or held[name] is not value
        }
        self._bound.update(new)
        if new and not self.changed:
            self.changed = True
            self._looks, self._entered = self._looked(), self._state.entered
        self._special = self._special or any(is_special(name) for _, name in new)

    @property
    def seen(self) -> bool:
        """Whether a name was looked up, or bound anew, since the first was bound: by code that ran, or right here."""
        ran = self._state.entered != self._entered
        lost = any(self._spaces[place].values.get(name) is not value for (place, name), value in self._bound.items())
        return self.changed and (lost or self._looked() != self._looks or (self._special and ran))

    def _looked(self) -> int:
        return sum(space.looks for space in self._spaces)

    def _snapshot(self) -> tuple[dict[str, Object], ...]:
        return tuple(dict(space.values) for space in self._spaces)


def take_and_bind(
    state: State, scope: Scope, names: Names[_Item, _Value], items: Sequence[_Item], *, about: str = ""
) -> None:
    """Take each name and bind it.

    Each is bound as soon as it is taken, with all submodules imported before or not, or after all are taken. Which it
    is, is asked where it makes a difference.

    Clauses: from.names-processed-in-order, which leaves it open.
    """
    if len(items) == 1:
        names.bind(items[0], names.take(items[0], attempt=True))
        return
    order = state.so_far(QUESTION, IN_ORDER, about)
    if order != IN_ORDER:
        for item in items:
            names.attempt(item)
    watch = _Watch(state, scope)
    found: list[tuple[_Item, _Value]] = []
    ran = state.entered
    for item in items:
        try:
            value = names.take(item, attempt=order == IN_ORDER)
        except Raised as error:
            lasting = state.entered == ran or all(names.lasting(*each) for each in found)
            later = any(names.attempted(each) for each in items[len(found) + 1 :])
            _ask(state, about, _failing(watch, lasting=lasting, later=later, early=names.early(item, error)))
            raise
        ran = ran if found else state.entered
        found.append((item, value))
        if order != AT_THE_END:
            watch.before()
            names.bind(item, value)
            watch.after()
    if order == AT_THE_END:
        for item, value in found:
            names.bind(item, value)
    elif watch.seen or not (state.entered == ran or all(names.lasting(*each) for each in found)):
        _ask(state, about, ((IN_ORDER,), (SUBMODULES_FIRST,), (AT_THE_END,)))


def _ask(state: State, about: str, groups: tuple[tuple[str, ...], ...]) -> None:
    if groups:
        state.course(QUESTION, *groups, about=about)


def _failing(watch: _Watch, *, lasting: bool, later: bool, early: bool) -> tuple[tuple[str, ...], ...]:
    """The groups of orders that differ where a name fails.

    ``lasting`` are the values taken so far; ``later`` tells whether a submodule is to be imported for a later name,
    ``early`` whether the name fails before any is taken where submodules are imported first.
    """
    if watch.seen or not lasting:
        return (IN_ORDER,), (SUBMODULES_FIRST,), (AT_THE_END,)
    if early:
        return ((IN_ORDER,), (SUBMODULES_FIRST, AT_THE_END)) if watch.changed else ()
    if later:
        last = ((SUBMODULES_FIRST,), (AT_THE_END,)) if watch.changed else ((SUBMODULES_FIRST, AT_THE_END),)
        return ((IN_ORDER,), *last)
    return ((IN_ORDER, SUBMODULES_FIRST), (AT_THE_END,)) if watch.changed else ()
