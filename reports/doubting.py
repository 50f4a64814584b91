"""Whether it is the departure that is named: what may be so in its place."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from reports.records import Record

FEW: Final = 0.1
"""So many cases beside those that a departure explains are few."""

ABSENT: Final = "absent"
"""What the departure is called by which what a clause gives is not there."""

ANOTHER: Final = "another value"
"""What the departure is called that does not say what happens but that it is not what the clause gives."""

_LIFT: Final = 3
"""Cases have to do with a clause if they ask it so many times as often as those in which nothing departs."""


def rivals(named: str, records: Sequence[Record], is_refuted: Callable[[str], bool]) -> Iterator[str]:
    """The other departures that explain all of it by themselves, as the one that is named does, and are not refuted.

    That there is another value says nothing beside one that says which.
    """
    alone = [{item[0] for item in record.explained if len(item) == 1} for record in records]
    found = set.intersection(*alone) - {named}
    yield from sorted(name for name in found if not is_refuted(name) and not says_nothing(name))


def says_nothing(name: str) -> bool:
    """Whether a departure is no more than that what the clause gives has another value, whichever."""
    return name.partition(": ")[2] == ANOTHER


def explains_little(
    named: str, clause: int, records: Sequence[Record], beside: Sequence[Record], others: Sequence[Record], usual: float
) -> bool:
    """Whether more than a few cases depart otherwise, though they have the same cause or have to do with its clause.

    Those of the same cause stand ``beside``; ``others`` are all that no departure explains. Of the cases in which
    nothing departs such a part as is ``usual`` asks the clause.
    """
    otherwise = [item for item in beside if not item.missing and named not in item.weakly]
    asking = [item for item in others if clause in item.asked and named not in item.weakly]
    if len(asking) >= _LIFT * usual * len(others):
        otherwise += asking
    return len(otherwise) > FEW * len(records)
