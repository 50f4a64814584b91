"""Whether the lines about cases are all that the footer of a run file counts."""

from collections import Counter
from collections.abc import Iterator

from reports.groups import Group
from reports.records import UNEXECUTED, Footer, Header
from reports.shards import numbers


class Account:
    """Counts the cases of a run file, which are taken in order."""

    def __init__(self, header: Header) -> None:
        self._implementations = len(header.implementations)
        self._numbers = numbers(header.arguments.shard)
        self._gap = ""
        self._executed = 0
        self._reasons: Counter[str] = Counter()

    def take(self, group: Group) -> None:
        """Count one case."""
        number = next(self._numbers)
        if not self._gap and not (group.number == number and group.complete(self._implementations)):
            self._gap = f"the records of case {number} are not those of a run"
        for record in group.records:
            if record.unexecuted:
                self._reasons[record.unexecuted] += 1
            else:
                self._executed += 1

    def unreached(self, footer: Footer | None) -> str:
        """Why the run did not come to its end, by its own account; empty if it did."""
        if footer is None:
            return "it was cut"
        early = ", ".join(_early(footer))
        early = (
            early or "interrupted" * footer.interrupted or "not everything is accounted for" * (not footer.accounted)
        )
        return early or "; ".join(footer.changed)

    def flaw(self, footer: Footer | None) -> str:
        """In what the records are not those of a run with this footer; empty if they are, or there is none to hold."""
        if footer is None or footer.interrupted or not footer.accounted:
            return ""
        early = set(_early(footer))
        reasons = {reason: count for reason, count in footer.reasons.items() if reason not in early}
        if (footer.executed, reasons) != (self._executed, self._reasons):
            return self._gap or "the records do not add up to what the footer says"
        return self._gap


def _early(footer: Footer) -> Iterator[str]:
    """The reasons of what was not reached; the others are those of records."""
    words = tuple(f"{verdict.value}: " for verdict in UNEXECUTED)
    return (reason for reason in footer.reasons if not reason.startswith(words))
