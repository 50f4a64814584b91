"""What the benchmark finds out."""

from typing import Final

import msgspec

STAGES: Final = ("generation", "writing trees", "waiting for subjects", "oracle", "comparison", "causes", "records")
"""What the runner does, as the engine counts it; subjects work meanwhile."""


class Speeds(msgspec.Struct, frozen=True):
    """One implementation, one subject: how many executions a second, and the ratios between them.

    ``rates`` are medians over rounds by competitor (``conformance.bench.competitors``), ``ratios`` the medians of what
    each round gave. Where the implementation cannot fork only fresh processes are there.
    """

    label: str
    name: str
    rates: dict[str, float]
    ratios: dict[str, float]
    remarks: tuple[str, ...] = ()


class Work(msgspec.Struct, frozen=True):
    """A run of the engine: seconds it took, CPU seconds of the runner and of all subjects, seconds by stage."""

    observations: int
    seconds: float
    runner: float
    subjects: float
    cores: int
    stages: dict[str, float]

    @property
    def rate(self) -> float:
        """Observations a minute."""
        return 60 * self.observations / self.seconds

    @property
    def share(self) -> float:
        """The runner's part of the CPU time."""
        return self.runner / max(self.runner + self.subjects, 1e-9)

    @property
    def idle(self) -> float:
        """The part of the processors' time that the run left to others, or to nobody."""
        return max(0.0, 1 - (self.runner + self.subjects) / (self.seconds * self.cores))


class Stored(msgspec.Struct, frozen=True):
    """``run --cases FILE``: seconds for the first implementation alone, and for all of several side by side."""

    cases: int
    one: str
    alone: float
    implementations: int
    together: float | None


class Lasting(msgspec.Struct, frozen=True):
    """A long ``run --out`` on one implementation.

    ``early`` and ``late`` are the most bytes of memory that the runner had in the second and in the last quarter of it,
    ``written`` the bytes of its run file.
    """

    label: str
    cases: int
    seconds: float
    early: int
    late: int
    written: int

    @property
    def growth(self) -> float:
        """The memory late in the run, as a multiple of that early in it."""
        return self.late / max(self.early, 1)


class Report(msgspec.Struct, frozen=True):
    """All figures; ``warmth`` has, by implementation and kind of warm-up, the milliseconds of a bare execution."""

    speeds: tuple[Speeds, ...]
    matrix: Work | None = None
    runs: dict[str, Work] = {}
    stored: Stored | None = None
    warmth: dict[str, dict[str, float]] = {}
    lasting: Lasting | None = None

    @property
    def side_by_side(self) -> Work | None:
        """The run of several implementations; none where one was alone, which is no matrix."""
        return self.matrix if len(self.runs) != 1 else None
