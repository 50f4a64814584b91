"""What keeps a case from a file within its tree, whatever it says and however its words were read."""

import enum
from typing import Final

import msgspec

__all__ = ["ACTS", "HOOK", "NONE", "Contain", "Containment"]

HOOK: Final = "hook:"
"""How the capabilities begin that tell which events of an audit hook arrive: see the agent."""

ACTS: Final = ("writing", "programs", "network", "imports")
"""What is kept from a case: writing outside its tree, starting a program, a socket, importing a foreign file."""

_MEASURES: Final = {
    "writing": {"writing": "Landlock"},
    "programs": {"programs": "Landlock", "alone": "seccomp"},
    "network": {"namespace": "namespaces", "calls": "seccomp"},
    "imports": dict[str, str](),
}
"""By act the measures of the fence that hold it, and what of the system is behind each."""

_EVENTS: Final = {"writing": "open", "programs": "program", "network": "socket", "imports": "open"}


class Contain(enum.Enum):
    """Whether cases are contained."""

    AUTO = "auto"
    """By every line that holds."""
    REQUIRE = "require"
    """By the system: no writing, no network, no program; else the case is not asked."""
    OFF = "off"
    """Not at all."""


class Containment(msgspec.Struct, frozen=True):
    """The lines that hold for one implementation.

    ``fence`` is what is put before its command, ``measures`` those that the fence takes, ``hook`` the events by which
    the agent ends an attempt; ``lost`` says of each other measure why it is not taken.
    """

    fence: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    hook: tuple[str, ...] = ()
    lost: tuple[tuple[str, str], ...] = ()

    def holders(self, act: str) -> tuple[str, ...]:
        """Who keeps a case from that act: the audit hook, and what of the system."""
        hook = ("hook",) if _EVENTS[act] in self.hook else ()
        return hook + tuple(name for measure, name in _MEASURES[act].items() if measure in self.measures)

    def lines(self) -> dict[str, tuple[str, ...]]:
        """By act who keeps a case from it."""
        return {act: self.holders(act) for act in ACTS}

    @property
    def gaps(self) -> tuple[str, ...]:
        """Of writing, programs and the network, what the system does not keep a case from."""
        return tuple(act for act in ACTS if _MEASURES[act] and not set(_MEASURES[act]) & set(self.measures))


NONE: Final = Containment()
"""Nothing but what is let in at all."""
