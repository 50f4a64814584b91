"""The lines about one case, which stand together in a run file."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import msgspec

from harness.diff import Verdict
from reports.records import CaseRecord, Line, Record

Placed: TypeAlias = tuple[Line, int]
"""A line and the offset at which the next one begins."""


class Group(msgspec.Struct, frozen=True):
    """The records about one case, and the case itself where it is told; ``end`` is the offset after them."""

    case: CaseRecord | None
    records: tuple[Record, ...]
    end: int = 0

    @property
    def number(self) -> int:
        """The place of the case in the whole run."""
        return self.records[0].number

    @property
    def lines(self) -> tuple[CaseRecord | Record, ...]:
        """The lines, in order."""
        return (*([] if self.case is None else [self.case]), *self.records)

    def complete(self, implementations: int) -> bool:
        """Whether there is a record about this case for each implementation, in order, and the case if one departs."""
        places = [record.implementation for record in self.records]
        told = self.case is not None or not any(record.departures for record in self.records)
        return places == list(range(implementations)) and told and len({item.case for item in self.records}) == 1

    def settled(self, implementations: int) -> bool:
        """Whether it is complete, and no record tells of a fault of the suite."""
        faulty = any(record.verdict is Verdict.HARNESS_FAULT for record in self.records)
        return self.complete(implementations) and not faulty


def grouped(lines: Iterable[Placed]) -> Iterator[Group]:
    """The groups at the beginning of ``lines``, up to the first line about something else."""
    case: CaseRecord | None = None
    records: list[Record] = []
    end = 0
    for line, after in lines:
        match line:
            case CaseRecord() | Record() if records and _another(line, records[0]):
                yield Group(case, tuple(records), end)
                case, records = None, []
            case CaseRecord() | Record():
                pass
            case _:
                break
        if isinstance(line, CaseRecord):
            case = line
        else:
            records.append(line)
            case = case if case is not None and case.id == line.case else None
        end = after
    if records:
        yield Group(case, tuple(records), end)


def _another(line: CaseRecord | Record, first: Record) -> bool:
    """Whether the line is about another case than the record."""
    return isinstance(line, CaseRecord) or line.number != first.number
