"""Makes a case small while it stays interesting: works on any case, whether it was generated or read from a file."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final, TypeAlias

from generators import simpler_trees
from harness.model.admission import is_admitted
from harness.model.case import Case, case_id

_Step: TypeAlias = Callable[[Case], Iterator[Case]]

_STEPS: Final[tuple[_Step, ...]] = (
    simpler_trees.launches,
    simpler_trees.programs,
    simpler_trees.entries,
    simpler_trees.roots,
    simpler_trees.archives,
    simpler_trees.sources,
    simpler_trees.programs,
    simpler_trees.places,
    simpler_trees.names,
)


def reduce_case(case: Case, is_interesting: Callable[[Case], bool], *, budget: int = 1000) -> Case:
    """The smallest case found for which ``is_interesting`` still holds, asking it at most ``budget`` times.

    ``case`` is taken to be interesting, and is one that is let in: so are those asked about. No case is asked about
    twice, and none is larger than the one before.
    """
    ask = _Asker(is_interesting, case, budget)
    while True:
        before = case
        for step in _STEPS:
            case = _settled(case, step, ask)
        if case == before or not ask.left:
            return case


class _Asker:
    """A predicate that remembers what it was asked and that holds for nothing once the budget is spent."""

    def __init__(self, predicate: Callable[[Case], bool], first: Case, budget: int) -> None:
        self._predicate = predicate
        self._seen = {case_id(first)}
        self.left = budget

    def __call__(self, case: Case) -> bool:
        """Whether ``case`` is new and interesting."""
        if not self.left:
            return False
        identity = case_id(case)
        if identity in self._seen:
            return False
        self._seen.add(identity)
        if not is_admitted(case):
            return False
        self.left -= 1
        return self._predicate(case)


def _settled(case: Case, step: _Step, ask: _Asker) -> Case:
    start = 0
    while True:
        for number, candidate in enumerate(islice(step(case), start, None), start):
            if ask(candidate):
                case, start = candidate, number
                break
        else:
            if start == 0:
                return case
            start = 0
