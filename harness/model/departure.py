"""A rule taken the other way: something an implementation could do where a clause says what holds."""

import msgspec


class Departure(msgspec.Struct, frozen=True, eq=False):
    """What an implementation does instead of what ``clause`` says.

    Each is declared once, beside the rule that knows what it means, and is only equal to itself. ``name`` tells it from
    the others of its clause; ``text`` says in a sentence what then happens.
    """

    clause: str
    name: str
    text: str = ""

    def __str__(self) -> str:
        """As expectations and lists spell it: ``failure.failing-module-removed: left in the cache``."""
        return f"{self.clause}: {self.name}"
