"""How long a subject may take, and how its cases are run."""

import enum
from typing import Final

import msgspec


class Mode(enum.Enum):
    """How an embedded program is run."""

    AUTO = "auto"
    """In a forked child where the implementation can fork, else in a fresh process."""
    FRESH = "fresh"
    """Each in a fresh process."""


class Limits(msgspec.Struct, frozen=True):
    """Deadlines in seconds.

    ``start`` is for an implementation that says hello, ``case`` for one case (five times the measured start is added to
    it), ``grace`` for a process that was asked to end before it is made to.
    """

    start: float = 30.0
    case: float = 10.0
    grace: float = 0.5


LIMITS: Final = Limits()
"""The limits where nothing else is asked for."""
