"""Trees of many modules, each of which imports the next."""

from typing import Final

from generators.choices import Roll, weighted
from generators.names import MISSING
from harness.model.source import Alias, Assign, FromImport, Import, Raise, Source, StarImport, Statement
from harness.model.tree import Entry, Root, SourceFile, Tree

LONGEST: Final = 40
"""Modules of the longest chain."""

_LENGTHS: Final = weighted((2, 12), (1, 25), (2, LONGEST))
_TOPS: Final = "abcdefghijklmnopqrstuvwxy"
_PACKAGE: Final = "e"
_NAMES: Final = (*_TOPS, *(f"{_PACKAGE}.{letter}" for letter in "abcfghijklmnopq"))
_LINKS: Final = weighted((3, "whole"), (3, "inside"), (2, "all"), (1, "mixed"))
_ENDS: Final = weighted((4, "defined"), (2, "ring"), (1, "raised"), (1, "missing"), (1, "middle"))


def chain(dice: Roll) -> Tree:
    """A tree of one root whose modules import each other in one long row, the last of them in a package."""
    length = dice.pick(_LENGTHS)
    how = dice.pick(_LINKS)
    body = [list(_link(_NAMES[number + 1], _form(how, number))) for number in range(length - 1)]
    body.append([Assign("x", 1)])
    match dice.pick(_ENDS):
        case "ring":
            back = _NAMES[dice.below(length)]
            body[-1] = [Import((Alias(back),)), Assign("x", 1)] if dice.chance(50) else [*_link(back, "inside")]
        case "raised":
            body[-1].append(Raise("ValueError"))
        case "missing":
            body[-1].append(Import((Alias(MISSING),)))
        case "middle":
            body[dice.below(length)].append(Raise(dice.pick(("ImportError", "KeyboardInterrupt"))))
        case _:
            pass
    return Tree((Root(tuple(_file(name, statements) for name, statements in zip(_NAMES, body, strict=False))),))


def _form(how: str, number: int) -> str:
    return ("whole", "inside", "all")[number % 3] if how == "mixed" else how


def _link(name: str, form: str) -> tuple[Statement, ...]:
    match form:
        case "inside":
            return (FromImport(name, (Alias("x"),)),)
        case "all":
            return (StarImport(name),)
        case _:
            return (Import((Alias(name),)), Assign("x", 1))


def _file(name: str, statements: list[Statement]) -> Entry:
    path = name.replace(".", "/")
    return SourceFile(f"{path}/__init__.py" if name == _PACKAGE else f"{path}.py", Source(tuple(statements)))
