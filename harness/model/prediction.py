"""What the documents say a case does."""

from typing import TypeAlias, Union

import msgspec

from harness.model.values import Value


class Exactly(msgspec.Struct, frozen=True, tag="exactly"):
    """The documents give this value; ``clauses`` are the ones that decide it."""

    value: Value
    clauses: tuple[str, ...]


class OneOf(msgspec.Struct, frozen=True, tag="oneof"):
    """The documents leave the choice among these values."""

    values: tuple[Value, ...]
    clauses: tuple[str, ...]


class Unspecified(msgspec.Struct, frozen=True, tag="unspecified"):
    """The documents are silent; ``clauses`` say about what."""

    clauses: tuple[str, ...]


Expected: TypeAlias = Union[Exactly, OneOf, Unspecified]


class Prediction(msgspec.Struct, frozen=True):
    """Expected facts, by the keys of :class:`harness.model.observation.Observation`.

    A fact that is observed and not predicted is not judged; one that is predicted and not observed counts as absent.
    Where the documents leave a choice on which more than one fact depends, ``facts`` holds for the usual option and
    each of the ``alternatives`` for another: an observation conforms if it is what one of them says.

    ``pivots`` are clauses that decided, somewhere on the way, against a reading that would have led the case elsewhere:
    whatever differs may differ by way of them.

    The same is predicted for every version of the language from ``since`` on and before ``until``.
    """

    facts: dict[str, Expected]
    alternatives: tuple[dict[str, Expected], ...] = ()
    since: tuple[int, int] = (0, 0)
    until: tuple[int, int] = (99, 0)
    pivots: tuple[str, ...] = ()

    def clauses(self) -> frozenset[str]:
        """The clauses that decide any fact."""
        every = [expected for facts in (self.facts, *self.alternatives) for expected in facts.values()]
        return frozenset(clause for expected in every for clause in expected.clauses)
