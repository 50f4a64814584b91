"""Where implementations differ and the documents leave it open: a case for each clause that says about what."""

from collections.abc import Iterable, Iterator

from harness.model.case import Case
from reports.records import Difference, Record


class Differences:
    """Those of a run so far; the order of cases does not matter."""

    def __init__(self) -> None:
        self._found: dict[int, Difference] = {}

    def take(self, record: Record, case: Case) -> None:
        """Take in where an implementation differs from others in a case."""
        self.add(Difference(clause, record.number, record.case, case) for clause in record.silences)

    def add(self, differences: Iterable[Difference]) -> None:
        """Take in what was found in another part of the run: the smallest case stands for all, of equals the first."""
        for item in differences:
            known = self._found.get(item.clause)
            if known is None or (item.case.size, item.number) < (known.case.size, known.number):
                self._found[item.clause] = item

    def lines(self) -> Iterator[Difference]:
        """One line a clause."""
        for _, item in sorted(self._found.items()):
            yield item
