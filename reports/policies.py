"""What implementations answer where the documents leave a question open, from nothing but records and their cases."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

import msgspec

from harness.model.case import Case
from reports.records import Option, Policy, Record

_Key: TypeAlias = tuple[int, int, str]
"""An implementation, a clause, and a situation."""

Smaller: TypeAlias = Callable[[Policy, Option], Case]
"""A smaller case in which the implementation takes the same option of that policy."""


LARGE: Final = 600
"""A case of more bytes than these is made smaller; to do so with every one would cost a part of a run too much."""


def _as_it_is(_policy: Policy, option: Option) -> Case:
    return option.case


def unshrunk(_policy: Policy, option: Option) -> Case:
    """The smallest that is known."""
    return option.shown


class Policies:
    """The answers of a run so far; the order of cases does not matter."""

    def __init__(self) -> None:
        self._found: dict[_Key, dict[str, Option]] = {}

    def take(self, record: Record, case: Case) -> None:
        """Take in what an implementation was seen to answer in a case."""
        for item in record.answers:
            key = record.implementation, item.clause, item.situation
            self._add(key, Option(item.option, 1, record.number, case))

    def add(self, policies: Iterable[Policy]) -> None:
        """Take in what was found in another part of the run."""
        for policy in policies:
            key = policy.implementation, policy.clause, policy.situation
            for item in policy.options:
                self._add(key, item)

    def lines(self, smaller: Smaller = unshrunk, *, part: bool = False) -> Iterator[Policy]:
        """One line for each implementation and question, the options in the order of their cases.

        Of answers that contradict each other each that is :data:`LARGE` has a smaller case, if there is one; in a
        ``part`` of a run so has every answer, since another part may have one that contradicts it.
        """
        for (place, clause, situation), options in sorted(self._found.items()):
            ordered = tuple(sorted(options.values(), key=lambda item: item.number))
            policy = Policy(place, clause, situation, ordered)
            yield _smaller(policy, smaller if part or not policy.consistent else _as_it_is)

    def _add(self, key: _Key, item: Option) -> None:
        """Count it; the smallest case stands for all, of equals the first."""
        options = self._found.setdefault(key, {})
        known = options.get(item.option)
        if known is None:
            options[item.option] = item
            return
        shown = item if (item.case.size, item.number) < (known.case.size, known.number) else known
        options[item.option] = msgspec.structs.replace(shown, cases=known.cases + item.cases)


def _smaller(policy: Policy, smaller: Smaller) -> Policy:
    found = []
    for option in policy.options:
        case = smaller(policy, option) if option.case.size > LARGE else option.case
        found.append(msgspec.structs.replace(option, smaller=None if case == option.case else case))
    return msgspec.structs.replace(policy, options=tuple(found))
