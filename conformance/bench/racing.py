"""Measuring side by side: competitors take turns in short rounds, so that whatever else the machine does hits all."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

Competitor: TypeAlias = Callable[[int], float]
"""Executes so many times, and says how many seconds that took."""

FIRST: Final = 2
"""So many executions warm a competitor and tell how many make a round."""


def race(competitors: Mapping[str, Competitor], *, rounds: int, seconds: float) -> dict[str, list[float]]:
    """Executions a second of each competitor in each round; a round gives each about so many ``seconds``."""
    counts = {name: _count(competitor, seconds) for name, competitor in competitors.items()}
    found: dict[str, list[float]] = {name: [] for name in competitors}
    for number in range(rounds):
        order = list(competitors)
        for name in reversed(order) if number % 2 else order:
            found[name].append(counts[name] / competitors[name](counts[name]))
    return found


def ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """The median of what the rounds say of two competitors."""
    return statistics.median(one / other for one, other in zip(above, below, strict=True))


def _count(competitor: Competitor, seconds: float) -> int:
    competitor(FIRST)
    return max(1, round(FIRST * seconds / competitor(FIRST)))
