"""Which cases a run asks, in which order."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

import msgspec

from conformance.catalogue import Vector
from harness.model.case import Case, case_id
from reports.records import GENERATED, STORED

Generate: TypeAlias = Callable[[int, int], Iterable[Case]]
"""The cases of a seed: as many as the second argument says, in an order the seed alone decides."""

FIRST: Final = 4
"""So many cases of a run are looked at for what they refute, whatever they are."""

SPARSE: Final = 512
"""Beside them, of so many cases that are no vectors one is."""


class Planned(msgspec.Struct, frozen=True):
    """A case with its place in the whole run, whatever the shard.

    ``origin`` is its vector's name, ``stored`` or ``generated``.
    """

    number: int
    origin: str
    identifier: str
    case: Case

    @property
    def refuting(self) -> bool:
        """Whether who does what is expected is asked which departures he does not make.

        Every departure is noticed by a vector, and to ask this costs more than to judge: of other cases it is asked in
        a few, which are the same in each run.
        """
        dear = self.number >= FIRST and self.origin in {GENERATED, STORED}
        return not dear or not zlib.crc32(self.identifier.encode()) % SPARSE


class Shard(msgspec.Struct, frozen=True):
    """Part ``index`` of ``count`` (from 1): every ``count``-th case."""

    index: int = 1
    count: int = 1

    def holds(self, number: int) -> bool:
        """Whether the case of that number belongs to this part."""
        return number % self.count == self.index - 1

    def size(self, total: int) -> int:
        """How many of ``total`` cases belong to this part."""
        return len(range(self.index - 1, total, self.count))

    def __str__(self) -> str:
        """As the command line has it: ``2/4``; empty for the whole."""
        return f"{self.index}/{self.count}" if self.count > 1 else ""


class Plan(msgspec.Struct, frozen=True):
    """The cases of a run: vectors, ``stored`` cases, ``examples`` generated ones; ``total`` belong to the shard."""

    vectors: tuple[Vector, ...]
    generated: Callable[[], Iterator[Case]]
    examples: int
    shard: Shard = Shard()
    stored: tuple[Case, ...] = ()

    @property
    def whole(self) -> int:
        """How many cases all parts have together."""
        return len(self.vectors) + len(self.stored) + self.examples

    @property
    def total(self) -> int:
        """How many cases :meth:`cases` gives."""
        return self.shard.size(self.whole)

    def cases(self) -> Iterator[Planned]:
        """The cases of the shard, in order."""
        for number, (origin, case) in enumerate(self._all()):
            if self.shard.holds(number):
                yield Planned(number, origin, case_id(case), case)

    def _all(self) -> Iterator[tuple[str, Case]]:
        yield from ((vector.name, vector.case) for vector in self.vectors)
        yield from ((STORED, case) for case in self.stored)
        if self.examples:
            yield from ((GENERATED, case) for case in self.generated())
