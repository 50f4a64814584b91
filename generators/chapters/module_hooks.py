"""A module's `__getattr__` and `__dir__`."""

from typing import Final

from generators.choices import Roll
from generators.names import ATTRIBUTES, COMPUTED, VALUES
from generators.scopes import Scope
from harness.model.language.module_hooks import LazyGetattr, TracedGetattr
from harness.model.source import (
    ModuleDir,
    ModuleGetattr,
    Statement,
)

_ASKED: Final = "asked for"


def computed(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module ``__getattr__``, for names that nothing else defines or for those of submodules."""
    below = scope.layout.below(scope.own) if scope.own else ()
    names = COMPUTED[: 1 + dice.below(2)]
    if below and dice.chance(30):
        names += (dice.pick(below).name.rpartition(".")[2],)
    return (ModuleGetattr(names, dice.pick(VALUES)),)


def lazy(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module ``__getattr__`` that imports submodules, one that warns of what it gives, or that tells of its calls."""
    if dice.chance(35):
        return traced(dice, scope)
    below = scope.layout.below(scope.own) if scope.own else ()
    names = tuple(dict.fromkeys(dice.pick(below).name.rpartition(".")[2] for _ in range(2))) if below else ()
    if not names or dice.chance(30):
        return (ModuleGetattr(COMPUTED[: 1 + dice.below(2)], dice.pick(VALUES), deprecated=True),)
    return (LazyGetattr(names),)


def traced(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module ``__getattr__`` that tells of its calls, and gives what another module has, or nothing."""
    names = (*dict.fromkeys((dice.pick(ATTRIBUTES), dice.pick(COMPUTED))),)
    known = [expression for expression, target in scope.known if target != scope.own]
    if not known or dice.chance(30):
        return (TracedGetattr(_ASKED, names),)
    return (TracedGetattr(_ASKED, names, tuple(dice.pick(known).split(".")), dice.chance(40)),)


def directory(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module ``__dir__``."""
    listed = ("__all__",) if "__all__" in scope.bound or dice.chance(20) else ()
    return (ModuleDir(dice.pick((("x",), (), ("x", "g"), ("y", "x"), ("z",))), listed),)
