"""A module's `__getattr__` and `__dir__`."""

from collections.abc import Callable
from typing import Final

from generators.choices import Roll
from generators.names import ATTRIBUTES, COMPUTED, MISSING, VALUES
from generators.scopes import Scope
from harness.model.language.module_hooks import LazyGetattr, TracedGetattr
from harness.model.source import (
    Assign,
    Delete,
    Extend,
    Function,
    Items,
    Literal,
    ModuleDir,
    ModuleGetattr,
    Statement,
)

_ASKED: Final = "asked for"
_DEPRECATED: Final = "deprecated_names"
_PREFIX: Final = "_deprecated_"
_PLAIN_VALUES: Final[tuple[Literal, ...]] = (1, 2, True, Items((1,)))
_LATER: Final[tuple[Callable[[str, tuple[str, ...]], tuple[Statement, ...]], ...]] = (
    lambda known, _: (Extend(known, Items((MISSING,))),),
    lambda known, names: (Assign(known, Items(("x", *names))),),
    lambda known, _: (Delete(known),),
    lambda known, _: (Assign(known, None),),
    lambda known, names: (Assign(known, "".join(names)),),
)


def computed(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module ``__getattr__``, for names that nothing else defines or for those of submodules."""
    below = scope.layout.below(scope.own) if scope.own else ()
    names = COMPUTED[: 1 + dice.below(2)]
    if below and dice.chance(30):
        names += (dice.pick(below).name.rpartition(".")[2],)
    return (ModuleGetattr(names, dice.pick(VALUES)),)


def lazy(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module ``__getattr__`` that imports submodules, one that warns of what it gives, or that tells of its calls."""
    below = scope.layout.below(scope.own) if scope.own else ()
    if below and dice.chance(50):
        names = tuple(dict.fromkeys(dice.pick(below).name.rpartition(".")[2] for _ in range(2)))
        return _submodules(dice, names, looked_up=not scope.closed and dice.chance(50))
    if dice.chance(35):
        return traced(dice, scope)
    if dice.chance(50):
        return looking(dice)
    return (ModuleGetattr(COMPUTED[: 1 + dice.below(2)], dice.pick(VALUES), deprecated=True),)


def _submodules(dice: Roll, names: tuple[str, ...], *, looked_up: bool) -> tuple[Statement, ...]:
    if not looked_up:
        return (LazyGetattr(names),)
    known = dice.pick(("__all__", _DEPRECATED))
    return _in_a_list(dice, known, names, (LazyGetattr((), known),))


def looking(dice: Roll) -> tuple[Statement, ...]:
    """A module ``__getattr__`` that looks for names in a list of the module, and gives other global names (PEP 562)."""
    known = dice.pick((_DEPRECATED, "__all__"))
    names: tuple[str, ...] = (dice.pick(COMPUTED),)
    if dice.chance(60):
        computed = ModuleGetattr((), None, deprecated=dice.chance(60), known=known, prefix=_PREFIX)
        return _in_a_list(dice, known, names, (*_others(dice, names), computed))
    value = dice.pick(_PLAIN_VALUES)
    return _in_a_list(dice, known, names, (ModuleGetattr((), value, deprecated=dice.chance(40), known=known),))


def _in_a_list(dice: Roll, known: str, names: tuple[str, ...], hook: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The list in which it looks, which may be changed afterwards, and perhaps be told of by ``dir``."""
    listed = Assign(known, Items(names, mutable=not dice.chance(20)))
    later = dice.pick(_LATER)(known, names) if dice.chance(30) else ()
    own = (ModuleDir((), ("__all__",), (_DEPRECATED,)),) if dice.chance(25) else ()
    return (listed, *hook, *later, *own)


def _others(dice: Roll, names: tuple[str, ...]) -> tuple[Statement, ...]:
    """What is bound to the names of which those that are asked for are the ends; perhaps nothing."""
    if dice.chance(15):
        return ()
    if dice.chance(40):
        return tuple(Function(f"{_PREFIX}{name}", (), parameters=("arg", "other")) for name in names)
    return tuple(Assign(f"{_PREFIX}{name}", dice.pick(VALUES)) for name in names)


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
