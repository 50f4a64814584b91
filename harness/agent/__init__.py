"""All that runs inside implementations under test: the agent, its rooms and its guard, which import nothing of ours."""

from pathlib import Path
from typing import Final

__all__ = ["AGENT", "GUARD", "MAKE_FACTS", "room"]

AGENT: Final = Path(__file__).resolve().parent / "agent.py"
"""The file that an implementation under test is told to run; it executes those in ``rooms`` that a launch needs."""

GUARD: Final = AGENT.with_name("guard.py")
"""The file whose text the agent is given where a case is contained."""

MAKE_FACTS: Final = ("origin", "hearing", "host", "values", "attributes", "facts", "main")
"""The rooms that make the facts of a case, each after those it needs: a reproducer has no others."""


def room(name: str) -> str:
    """The text of a room."""
    return (AGENT.parent / "rooms" / f"{name}.py").read_text("ascii")
