"""A documented statement about importing."""

import enum

import msgspec


class Level(enum.Enum):
    """How binding a clause is."""

    MUST = "must"
    SHOULD = "should"
    IMPLEMENTATION_DETAIL = "implementation-detail"
    UNSPECIFIED = "unspecified"


class Clause(msgspec.Struct, frozen=True):
    """One observable statement of the documents, in our own words.

    ``source`` names document and section. It holds from language version ``since`` and before ``until``; an empty
    string means always.
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

    def holds(self, language: tuple[int, int]) -> bool:
        """Whether the clause is in force in that version of the language."""
        return _version(self.since, (0, 0)) <= language < _version(self.until, (99, 0))


def _version(text: str, default: tuple[int, int]) -> tuple[int, int]:
    if not text:
        return default
    major, _, minor = text.partition(".")
    return int(major), int(minor or 0)
