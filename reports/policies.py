"""What implementations answer where the documents leave a question open, from nothing but records and their cases."""

from collections.abc import Iterable, Iterator

from harness.model.case import Case
from reports.records import Option, Policy, Record


class Policies:
    """The answers of a run so far; the order of cases does not matter."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, int, str], dict[str, Option]] = {}

    def take(self, record: Record, case: Case) -> None:
        """Take in what an implementation was seen to answer in a case."""
        for item in record.answers:
            self._add((record.implementation, item.clause, item.situation), item.option, 1, record.number, case)

    def add(self, policies: Iterable[Policy]) -> None:
        """Take in what was found in another part of the run."""
        for policy in policies:
            key = policy.implementation, policy.clause, policy.situation
            for item in policy.options:
                self._add(key, item.option, item.cases, item.number, item.case)

    def lines(self) -> Iterator[Policy]:
        """One line for each implementation and question, the options in the order of their first cases."""
        for (place, clause, situation), options in sorted(self._found.items()):
            yield Policy(place, clause, situation, tuple(sorted(options.values(), key=lambda item: item.number)))

    def _add(self, key: tuple[int, int, str], option: str, cases: int, number: int, case: Case) -> None:
        options = self._found.setdefault(key, {})
        known = options.get(option)
        if known is None:
            options[option] = Option(option, cases, number, case)
        elif number < known.number:
            options[option] = Option(option, known.cases + cases, number, case)
        else:
            options[option] = Option(option, known.cases + cases, known.number, known.case)
