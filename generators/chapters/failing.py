"""What fails: `raise`, and what is no Python."""

from typing import Final

from generators.choices import Roll, weighted
from generators.names import FUNCTION
from generators.scopes import Scope, target
from harness.model.language.failing import MALFORMED
from harness.model.source import (
    Alias,
    Broken,
    Function,
    FutureImport,
    Raise,
    StarImport,
    Statement,
)

ERRORS: Final = weighted(
    (3, "ImportError"),
    (2, "ModuleNotFoundError"),
    (2, "ValueError"),
    (2, "RuntimeError"),
    (2, "KeyboardInterrupt"),
    (2, "SystemExit"),
)
"""What sources raise themselves."""


def fail(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``raise``."""
    del scope
    return (Raise(dice.pick(ERRORS)),)


def broken(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """Something that makes the whole source a SyntaxError: no Python, a star import in a function, a late directive."""
    name = target(dice, scope)
    if dice.chance(20):
        return (FutureImport((Alias("annotations"),)),)
    return dice.pick(((Broken(dice.pick(MALFORMED)),), (Function(FUNCTION, (StarImport(name),)),)))
