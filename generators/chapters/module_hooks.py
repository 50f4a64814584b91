"""A module's `__getattr__` and `__dir__`."""

from generators.choices import Roll
from generators.names import COMPUTED, VALUES
from generators.scopes import Scope
from harness.model.source import (
    ModuleDir,
    ModuleGetattr,
    Statement,
)


def computed(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module ``__getattr__``, for names that nothing else defines or for those of submodules."""
    below = scope.layout.below(scope.own) if scope.own else ()
    names = COMPUTED[: 1 + dice.below(2)]
    if below and dice.chance(30):
        names += (dice.pick(below).name.rpartition(".")[2],)
    return (ModuleGetattr(names, dice.pick(VALUES)),)


def directory(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module ``__dir__``."""
    del scope
    return (ModuleDir(dice.pick((("x",), (), ("x", "g"), ("y", "x"), ("z",)))),)
