"""A documented statement about importing."""

import enum
from collections.abc import Iterable

import msgspec

from harness.model.versions import FIRST, LAST, Version, parsed, within


class Level(enum.Enum):
    """How binding a clause is."""

    MUST = "must"
    SHOULD = "should"
    IMPLEMENTATION_DETAIL = "implementation-detail"
    UNSPECIFIED = "unspecified"


class Obstacle(enum.Enum):
    """Why no case can show whether an implementation keeps a clause."""

    SCHEDULE = "schedule"
    """It depends on which thread or process comes first."""

    PLATFORM = "platform"
    """It speaks of a system or a file system that the suite does not run on."""

    AUTHOR = "author"
    """It binds whoever writes Python code, not an implementation."""

    OUT_OF_FORCE = "out-of-force"
    """It is in force in no version of the language that is judged."""

    BUILD = "build"
    """It depends on how an implementation was built or installed."""


class Clause(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One observable statement of the documents, in our own words.

    ``source`` names document and section, ``link`` is that section in the published documentation. It holds from
    language version ``since`` and before ``until``; an empty string means always. ``restates`` is the clause whose
    decision it shares and with which it counts; empty for a clause that decides by itself. ``awaits`` is what a case of
    it would have to say and the language of cases cannot say yet.
    """

    id: str
    area: str
    tier: str
    statement: str
    source: str
    since: str
    until: str
    level: Level
    observable: str
    seed: bool
    link: str = ""
    restates: str = ""
    untestable: Obstacle | None = None
    untestable_reason: str = ""
    awaits: str = ""

    def holds(self, language: Version) -> bool:
        """Whether the clause is in force in that version of the language."""
        return within(language, _version(self.since, FIRST), _version(self.until, LAST))


def _version(text: str, default: Version) -> Version:
    return parsed(text) if text else default


def silent(clauses: Iterable[Clause]) -> frozenset[str]:
    """The ids of those by which something is not said."""
    return frozenset(clause.id for clause in clauses if clause.level is Level.UNSPECIFIED)
