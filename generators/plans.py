"""What each file of a tree will be, decided before any of them is written: so that they can import from each other."""

from typing import Final

import msgspec

from generators.choices import Roll, weighted
from generators.mixes import Mix, Role
from generators.names import COMPUTED, FUNCTION, MISSING, VALUES
from harness.model.source import Assign, Extend, Items, Literal, ModuleDir, ModuleGetattr, Statement


class Plan(msgspec.Struct, frozen=True):
    """The first decisions about a source file; ``length`` is the number of statements still to be written."""

    role: Role
    length: int
    doc: str | None
    early: tuple[Statement, ...]
    late: tuple[Statement, ...]
    exports: tuple[str, ...]


_DOCS: Final = weighted((7, None), (1, "doc"))
_LENGTHS: Final = weighted((3, 1), (3, 2), (2, 3))


def plan(dice: Roll, children: tuple[str, ...], mix: Mix) -> Plan:
    """The plan of one file; ``children`` are the submodules that a package has."""
    role = dice.pick(mix.roles)
    defined = dice.pick(mix.defined)
    doc = dice.pick(_DOCS)
    assignments = tuple(Assign(name, dice.pick(VALUES)) for name in defined)
    early: tuple[Statement, ...] = assignments
    late: tuple[Statement, ...] = ()
    if dice.chance(30):
        early, late = late, early
    exports = list(defined)
    if dice.chance(7):
        names = COMPUTED[: 1 + dice.below(2)] + (children[:1] if dice.chance(30) else ())
        early += (ModuleGetattr(names, dice.pick(VALUES)),)
        exports += names[:1]
    public = listed(dice, (*defined, *children)) if dice.chance(25) else ()
    if dice.chance(4):
        beside = ("__all__",) if public and dice.chance(60) else ()
        late += (ModuleDir(dice.pick((("x",), (), ("x", "g"), ("z", "x"))), beside),)
    if public:
        early, late = (early + public, late) if dice.chance(30) else (early, late + public)
    if role is not Role.PURE and dice.chance(10):
        exports.append(FUNCTION)
    length = 0 if role is Role.PURE else dice.pick(_LENGTHS)
    return Plan(role, length, doc, early, late, tuple(exports))


def listed(dice: Roll, names: tuple[str, ...]) -> tuple[Statement, ...]:
    """``__all__`` in one of its forms, of names that exist, names that do not and things that are no names."""
    chosen: tuple[Literal, ...] = tuple(name for name in names if dice.chance(70))
    wrong: tuple[Literal, ...] = dice.pick(_WRONG)
    match dice.below(4):
        case 0:
            return (Assign("__all__", Items((*chosen, *wrong))),)
        case 1:
            return (Assign("__all__", Items((*chosen, *wrong), mutable=False)),)
        case 2:
            return (Assign("__all__", Items(wrong)), Extend("__all__", Items(chosen)))
        case _:
            return (Assign("__all__", Items(chosen, mutable=False)), Extend("__all__", Items(wrong, mutable=False)))


_WRONG: Final[tuple[tuple[Literal, ...], ...]] = weighted(
    (16, ()),
    (2, (MISSING,)),
    (1, (1,)),
    (1, (None,)),
    (1, (Items(("x",)),)),
    (1, ("_p",)),
)
