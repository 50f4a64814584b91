"""What fails: `raise`, and what is no Python."""

from typing import Final

from generators.choices import Roll, weighted
from generators.names import CAUGHT, FUNCTION, MISSING
from generators.scopes import Scope, target
from harness.model.language.failing import MALFORMED
from harness.model.source import (
    Broken,
    Function,
    Mark,
    Raise,
    StarImport,
    Statement,
    Try,
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


def named(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``raise ImportError("raised", name=..., path=...)``, caught or not."""
    name, path = dice.pick(((target(dice, scope), ""), (MISSING, "p"), ("", "p")))
    found = Raise(dice.pick(("ImportError", "ImportError", "ModuleNotFoundError")), "", name, path)
    return (Try((found,), "ImportError", (Mark(CAUGHT),)),) if dice.chance(40) else (found,)


def broken(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """Something that makes the whole source a SyntaxError: no Python, a star import in a function."""
    name = target(dice, scope)
    return dice.pick(((Broken(dice.pick(MALFORMED)),), (Function(FUNCTION, (StarImport(name),)),)))
