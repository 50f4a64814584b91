"""Which of the cases that show a cause is told, and which of the smaller ones that were made of it.

What becomes of a case depends on that case alone: a shard, which does not know the causes of the whole run, can make
every case smaller that the run may tell.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, TypeAlias

import msgspec

from harness.model.case import Case
from reports.records import Aim, Departure, Record, Step

_PATH: Final = re.compile(rb'"path":"([^"]*)"')
_ROOT: Final = re.compile(rb"r\d+/")
_ODD: Final = (b'"archive":', b'"type":"data-file"', b'"type":"directory"')

Shrink: TypeAlias = Callable[[Case, int, Aim], Sequence[Step]]
"""Ever smaller cases on which the implementation at a position departs in that way, the case itself first."""


def unshrunk(_case: Case, _place: int, _aim: Aim) -> Sequence[Step]:
    """None."""
    return ()


class Manner(msgspec.Struct, frozen=True):
    """How a case departs: what explains it, the first fact that differs, and the clauses of all that may be shown."""

    implementation: int
    explained: tuple[tuple[str, ...], ...]
    signature: str
    clauses: tuple[tuple[int, ...], ...]


def manner(record: Record) -> Manner:
    """That of a record which departs."""
    shown = _shown(record)
    return Manner(record.implementation, record.explained, shown[0].signature, tuple(item.clauses for item in shown))


class Plainest:
    """Of the cases that depart in the same manner the plainest one: alone it is made smaller."""

    def __init__(self) -> None:
        self._found: dict[Manner, tuple[tuple[int, ...], Record]] = {}

    def take(self, record: Record, plain: tuple[int, ...]) -> None:
        """Take in a case that departs, as plain as :func:`plainness` says."""
        how = manner(record)
        known = self._found.get(how)
        if known is None or plain < known[0]:
            self._found[how] = plain, record

    def has(self, record: Record) -> bool:
        """Whether it is one of them."""
        known = self._found.get(manner(record))
        return known is not None and known[1].number == record.number

    def __iter__(self) -> Iterator[Record]:
        """The records about them, in order."""
        found = (record for _, record in self._found.values())
        return iter(sorted(found, key=lambda record: (record.number, record.implementation)))


def plainness(record: Record, case: bytes, *, as_documented: bool) -> tuple[int, ...]:
    """How plain a case is, the plainest first; ``case`` is encoded.

    One in which somebody does as is documented goes before others, then one that is to end well before one that is to
    end in another exception. One that says fewer kinds of things goes before one that is shorter.
    """
    words = len(record.words)
    return (not as_documented, is_to_fail(record), oddities(case), words, len(case), record.number)


def is_to_fail(record: Record) -> bool:
    """Whether an exception ends the case that is not the one that is to end it."""
    return any(
        item.fact == "exception/type" and all(isinstance(value, str) for value in item.expected)
        for item in record.departures
    )


def oddities(case: bytes) -> int:
    """How many things the encoded case has that few have: archives, data, directories without a package, more roots."""
    paths = _PATH.findall(case)
    heads = {path.partition(b"/")[0] for path in paths if b"/" in path and not _ROOT.match(path)}
    portions = any(head + b"/__init__.py" not in paths for head in heads)
    return sum(word in case for word in _ODD) + portions + max(0, case.count(b'"entries":') - 1)


def made(record: Record, departure: str) -> tuple[str, ...]:
    """The departures that explain the record together, this one first."""
    sets = (item for item in record.explained if departure in item)
    rest = min(sets, key=lambda item: (len(item), item), default=())
    return (departure, *(item for item in rest if item != departure)) if departure else ()


def differing(record: Record, clause: int | None = None) -> Departure:
    """The first fact that differs, of that clause where there is one."""
    shown = _shown(record)
    return next((item for item in shown if clause in item.clauses), shown[0])


def aims(record: Record, refuted: AbstractSet[str]) -> Iterator[Aim]:
    """The ways in which smaller cases may depart: by each departure that is not ``refuted``, by each fact it may be."""
    for name in sorted({name for item in record.explained for name in item} - refuted):
        yield Aim(made(record, name))
    for signature in dict.fromkeys(item.signature for item in _shown(record)):
        yield Aim(signature=signature)


def _shown(record: Record) -> tuple[Departure, ...]:
    """The facts that may be shown.

    Where an exception ended the program that was not to be, what follows from it is not shown in its place.
    """
    return record.departures[:1] if record.raised else record.departures


def smallest(steps: Sequence[Step], others: AbstractSet[str], clause: int | None = None) -> Step | None:
    """The smallest case that the other causes of the implementation do not explain, and that asks the clause.

    That is the case itself if all others do not; none where there is nothing smaller.
    """
    fit = (
        step
        for step in reversed(steps)
        if others.isdisjoint(step.explaining) and (clause is None or clause in step.asked)
    )
    return next(fit, steps[0] if steps else None)


def telling(steps: Iterable[Step]) -> Iterator[Step]:
    """The steps but those in whose place a smaller one is taken, whatever the causes are; the first is always told."""
    kept: list[Step] = []
    every = list(steps)
    for step in reversed(every):
        if step is every[0] or not any(_stands_for(item, step) for item in kept):
            kept.append(step)
    yield from reversed(kept)


def _stands_for(smaller: Step, step: Step) -> bool:
    return set(smaller.explaining) <= set(step.explaining) and set(smaller.asked) >= set(step.asked)
