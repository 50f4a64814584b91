"""A module's `__getattr__` and `__dir__`."""

from generators.choices import Roll
from generators.names import COMPUTED, VALUES
from generators.scopes import Scope
from harness.model.language.module_hooks import LazyGetattr
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


def lazy(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module ``__getattr__`` that imports submodules, or one that warns of what it gives."""
    below = scope.layout.below(scope.own) if scope.own else ()
    names = tuple(dict.fromkeys(dice.pick(below).name.rpartition(".")[2] for _ in range(2))) if below else ()
    if not names or dice.chance(30):
        return (ModuleGetattr(COMPUTED[: 1 + dice.below(2)], dice.pick(VALUES), deprecated=True),)
    return (LazyGetattr(names),)


def directory(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module ``__dir__``."""
    del scope
    return (ModuleDir(dice.pick((("x",), (), ("x", "g"), ("y", "x"), ("z",)))),)
