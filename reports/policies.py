"""What implementations answer where the documents leave a question open, from nothing but records and their cases."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from harness.model.case import Case
from harness.model.codec import encode
from reports.records import Option, Policy, Record

_Key: TypeAlias = tuple[int, int, str]
"""An implementation, a clause, and a situation."""


class Policies:
    """The answers of a run so far; the order of cases does not matter."""

    def __init__(self) -> None:
        self._found: dict[_Key, dict[str, Option]] = {}
        self._sizes: dict[tuple[_Key, str], int] = {}
        self._measured: tuple[Case | None, int] = None, 0

    def take(self, record: Record, case: Case) -> None:
        """Take in what an implementation was seen to answer in a case."""
        size = self._size(case) if record.answers else 0
        for item in record.answers:
            key = record.implementation, item.clause, item.situation
            self._add(key, Option(item.option, 1, record.number, case), size)

    def add(self, policies: Iterable[Policy]) -> None:
        """Take in what was found in another part of the run."""
        for policy in policies:
            key = policy.implementation, policy.clause, policy.situation
            for item in policy.options:
                self._add(key, item, self._size(item.case))

    def lines(self) -> Iterator[Policy]:
        """One line for each implementation and question, the options in the order of their cases."""
        for (place, clause, situation), options in sorted(self._found.items()):
            yield Policy(place, clause, situation, tuple(sorted(options.values(), key=lambda item: item.number)))

    def _size(self, case: Case) -> int:
        """How long it is as text; one implementation after the other answers in the same case."""
        if self._measured[0] is not case:
            self._measured = case, len(encode(case))
        return self._measured[1]

    def _add(self, key: _Key, item: Option, size: int) -> None:
        """Count it; the smallest case stands for all, of equals the first."""
        options = self._found.setdefault(key, {})
        known = options.get(item.option)
        if known is None:
            options[item.option], self._sizes[key, item.option] = item, size
            return
        shown = known
        if (size, item.number) < (self._sizes[key, item.option], known.number):
            shown, self._sizes[key, item.option] = item, size
        options[item.option] = Option(item.option, known.cases + item.cases, shown.number, shown.case)
