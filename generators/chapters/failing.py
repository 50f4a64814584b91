"""What fails: `raise`, and what is no Python."""

from typing import Final

from generators.choices import Roll, weighted
from generators.names import FUNCTION
from generators.scopes import Scope, target
from harness.model.source import (
    Broken,
    Function,
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
    """Something that makes the whole source a SyntaxError: no Python, or a star import in a function."""
    name = target(dice, scope)
    return dice.pick(((Broken(),), (Function(FUNCTION, (StarImport(name),)),)))
