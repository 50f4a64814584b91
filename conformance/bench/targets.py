"""What the suite must reach, and which figures miss it."""

from collections.abc import Iterator
from typing import Final

import msgspec

from conformance.bench.figures import Report, Speeds

FORK_FRESH: Final = {"cpython": 5.0, "pypy": 8.0}
"""A fork server executes at least so many times as many cases a second as fresh processes."""
FORK_BARE: Final = 0.8
"""Of what a bare loop of fork and import reaches, a fork server reaches at least this part."""
CONTAINED_FORK: Final = 0.7
"""Behind every line a fork server reaches at least this part of what it reaches behind none."""
RATE: Final = 15_000
"""Observations a minute over a matrix."""
SHARE: Final = 0.3
"""The runner's part of the CPU time is at most this."""
STORED: Final = 2000
ALONE: Final = 10.0
"""Seconds for so many stored cases on one CPython."""
TOGETHER: Final = 120.0
"""And on a matrix of nine interpreters."""
LONG: Final = 100_000
GROWTH: Final = 1.1
"""In a run of so many cases the runner's memory is late at most this multiple of what it was early."""


class Checked(msgspec.Struct, frozen=True):
    """A figure and its target."""

    what: str
    figure: float
    target: float
    most: bool = False

    @property
    def met(self) -> bool:
        """Whether the figure is good enough."""
        return self.figure <= self.target if self.most else self.figure >= self.target

    def __str__(self) -> str:
        """In words."""
        return f"{self.what}: {self.figure:,.2f}, expected at {'most' if self.most else 'least'} {self.target:,g}"


def checked(report: Report) -> Iterator[Checked]:
    """Every figure that has a target."""
    for item in report.speeds:
        yield from _speeds(item)
    if report.side_by_side is not None:
        yield Checked("matrix, observations a minute", report.side_by_side.rate, RATE)
        yield Checked("matrix, the runner's share of the CPU time", report.side_by_side.share, SHARE, most=True)
    if report.stored is not None and report.stored.cases == STORED:
        what = f"{STORED:,} stored cases, seconds"
        yield Checked(f"{what} on {report.stored.one}", report.stored.alone, ALONE, most=True)
        if report.stored.together is not None:
            yield Checked(f"{what} side by side", report.stored.together, TOGETHER, most=True)
    if report.lasting is not None and report.lasting.cases >= LONG:
        what = f"{report.lasting.cases:,} cases on {report.lasting.label}, memory late/early"
        yield Checked(what, report.lasting.growth, GROWTH, most=True)


def _speeds(item: Speeds) -> Iterator[Checked]:
    wanted = FORK_FRESH.get(item.name)
    for name in ("fork/fresh", "fork/fresh, 4 modules"):
        if wanted is not None and name in item.ratios:
            yield Checked(f"{item.label}, {name}", item.ratios[name], wanted)
    if "fork/bare" in item.ratios:
        yield Checked(f"{item.label}, fork/bare", item.ratios["fork/bare"], FORK_BARE)
    if "contained/fork" in item.ratios:
        yield Checked(f"{item.label}, contained/fork", item.ratios["contained/fork"], CONTAINED_FORK)
