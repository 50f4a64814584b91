"""The executions a second of one implementation: fork server, fresh processes and the bare loop, side by side."""

import contextlib
import itertools
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from conformance.bench.bare import AGENT_WARM, COLD, FOUR, KINDS, Bare
from conformance.bench.figures import Speeds
from conformance.bench.racing import Competitor, race, ratio
from harness.model.case import Case
from harness.model.observation import Observation
from harness.run import AdapterError, Implementation, Mode, Subject, Workspace, connect, contained

FORKED: Final = "fork server"
FRESH: Final = "fresh process"
FOUR_FORKED: Final = "fork server, 4 modules"
FOUR_FRESH: Final = "fresh process, 4 modules"
CONTAINED: Final = "contained fork server"
CONTAINED_FRESH: Final = "contained fresh process"
BARE: Final = "bare loop"
BARE_WARM: Final = "warm bare loop"

RATIOS: Final = {
    "fork/fresh": (FORKED, FRESH),
    "fork/fresh, 4 modules": (FOUR_FORKED, FOUR_FRESH),
    "fork/bare": (FOUR_FORKED, BARE),
    "fork/warm bare": (FOUR_FORKED, BARE_WARM),
    "contained/fork": (CONTAINED, FORKED),
    "contained/fresh": (CONTAINED_FRESH, FRESH),
}
"""Every ratio, by whose rates it is that of."""

_BYTECODE: Final = """
import importlib.util, os
for name in ("contextlib", "pkgutil", "runpy"):
    spec = importlib.util.find_spec(name)
    if spec.has_location and spec.cached and not os.path.exists(spec.cached):
        print(name)
"""
_PATIENCE: Final = 60


class Bench:
    """Where implementations are measured: a workspace, the environment of subjects, and how long a measurement is."""

    def __init__(self, place: Workspace, environment: Mapping[str, str], *, rounds: int, seconds: float) -> None:
        self.place = place
        self.environment = environment
        self._rounds = rounds
        self._seconds = seconds

    def speeds(self, label: str, item: Implementation, cases: Sequence[Case]) -> Speeds:
        """All rates and ratios of one implementation; ``cases`` are embedded ones."""
        with contextlib.ExitStack() as stack:
            found = self._race(dict(self._competitors(item, cases, stack)))
        rates = {name: statistics.median(values) for name, values in found.items()}
        ratios = {
            name: ratio(found[above], found[below])
            for name, (above, below) in RATIOS.items()
            if above in found and below in found
        }
        return Speeds(label, item.identity.name, rates, ratios, tuple(self.remarks(item)))

    def warmth(self, item: Implementation) -> dict[str, float]:
        """Milliseconds of a bare execution by what was done to warm the loop."""
        with contextlib.ExitStack() as stack:
            found = self._race({kind: self._bare(item, kind, stack) for kind in KINDS})
        cold = 1000 / statistics.median(found[COLD])
        return {kind: cold / ratio(rates, found[COLD]) for kind, rates in found.items()}

    def _race(self, competitors: Mapping[str, Competitor]) -> dict[str, list[float]]:
        return race(competitors, rounds=self._rounds, seconds=self._seconds)

    def _competitors(
        self, item: Implementation, cases: Sequence[Case], stack: contextlib.ExitStack
    ) -> Iterator[tuple[str, Competitor]]:
        behind = contained(item, self.place, environment=self.environment)
        if forks(item):
            yield CONTAINED, _asking(self._subject(behind, Mode.AUTO, stack), self.place, cases)
            forked = self._subject(item, Mode.AUTO, stack)
            yield FORKED, _asking(forked, self.place, cases)
            yield FOUR_FORKED, _asking(forked, self.place, [FOUR])
            yield BARE, self._bare(item, COLD, stack)
            yield BARE_WARM, self._bare(item, AGENT_WARM, stack)
        fresh = self._subject(item, Mode.FRESH, stack)
        yield FRESH, _asking(fresh, self.place, cases)
        yield FOUR_FRESH, _asking(fresh, self.place, [FOUR])
        yield CONTAINED_FRESH, _asking(self._subject(behind, Mode.FRESH, stack), self.place, cases)

    def _subject(self, item: Implementation, mode: Mode, stack: contextlib.ExitStack) -> Subject:
        subject = connect(item, self.place, environment=self.environment, mode=mode)
        stack.callback(subject.close)
        return subject

    def _bare(self, item: Implementation, kind: str, stack: contextlib.ExitStack) -> Bare:
        loop = Bare(item, self.place.fresh("bare"), self.environment, kind)
        stack.callback(loop.close)
        return loop

    def remarks(self, item: Implementation) -> Iterator[str]:
        """What slows an implementation and is no fault of its own."""
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            told = subprocess.run(
                (*item.identity.command, "-c", _BYTECODE),
                env=dict(self.environment), capture_output=True, text=True, check=True, timeout=_PATIENCE,
            ).stdout.split()  # fmt: skip
            if told:
                yield f"its standard library lacks bytecode ({', '.join(told)}): compileall makes it start faster"


def forks(item: Implementation) -> bool:
    """Whether there is a fork server for it."""
    return {"fork", "marshal"} <= set(item.identity.capabilities)


def _asking(subject: Subject, place: Workspace, cases: Sequence[Case]) -> Callable[[int], float]:
    """A competitor that writes cases, asks a subject and reads the answers: as a run does, without judging."""
    endless = itertools.cycle(cases)

    def ask(count: int) -> float:
        chosen = list(itertools.islice(endless, count))
        began = time.perf_counter()
        placed = [place.place(case) for case in chosen]
        observations = subject.observe(placed)
        seconds = time.perf_counter() - began
        place.discard(placed)
        return seconds * count / max(1, sum(_executed(subject, observation) for observation in observations))

    return ask


def _executed(subject: Subject, observation: Observation) -> bool:
    """Whether the case ran at all.

    Raises:
        AdapterError: it could not, and not for what the implementation lacks.
    """
    match observation.outcome:
        case ("fault", reason):
            raise AdapterError(subject.identity.label, str(reason), "doctor tells more")
        case ("unsupported", *_):
            return False
        case _:
            return True
