"""Faults in our own modules, one at a time, and what our tests say of them."""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from conformance.engine import Clock
from conformance.sensitivity.faults import Fault, mutated
from conformance.sensitivity.judging import Outcome, Trial
from conformance.sensitivity.ourselves import PARTS, TOP, Part
from conformance.sensitivity.trials import Tried
from harness.run import HarnessError, Limits, Workspace
from harness.run.patience import Stopped, never
from harness.run.processes import Ended, Task, execute
from harness.run.together import together

SECONDS: Final = 60.0
"""How long the tests of a module may take; without a fault they take a few."""

_STAND_IN: Final = Path(__file__).with_name("stand_in.py")


class Ourselves(msgspec.Struct, frozen=True):
    """How our tests are run: in the checkout at ``top``, those of each part for at most so many ``seconds``."""

    environment: Mapping[str, str]
    top: Path = TOP
    parts: tuple[Part, ...] = PARTS
    seconds: float = SECONDS

    def part(self, module: str) -> Part:
        """The part that a module is."""
        return next(part for part in self.parts if part.module == module)

    def trial(self, part: Part, fault: Fault | None, stopped: Callable[[], bool] = never) -> Trial:
        """What the tests say of a part with that fault, or with none; those that a signal ends are run once more.

        Raises:
            HarnessError: there are no tests.
            Stopped: somebody asked to stop.
        """
        source = part.source(self.top)
        with Workspace() as place:
            text, out, kept = place.fresh("text"), place.fresh("out"), place.fresh("kept")
            text = text.with_suffix(".py")
            text.write_text(source if fault is None else mutated(source, fault), "utf-8")
            words = (sys.executable, "-B", str(_STAND_IN), part.module, str(text), str(out), *part.tests)
            around = {**self.environment, "HYPOTHESIS_STORAGE_DIRECTORY": str(kept), "PYTHONDONTWRITEBYTECODE": "1"}
            task = Task(words, str(self.top), around)
            ended = execute(task, seconds=self.seconds, limits=Limits(), scratch=place.path, stopped=stopped)
            if ended.status < 0 and not ended.late:
                ended = execute(task, seconds=self.seconds, limits=Limits(), scratch=place.path, stopped=stopped)
            told = out.read_text("utf-8", "replace") if out.exists() else ""
        return _trial(part, ended, told)


def own_tried(
    ourselves: Ourselves,
    faults: Sequence[Fault],
    *,
    jobs: int = 2,
    clock: Clock = time.monotonic,
    stopped: Callable[[], bool] = never,
    told: Callable[[Tried], None] = lambda _: None,
) -> list[Tried]:
    """Run the tests with each of the faults, ``jobs`` of them at once; ``told`` hears of each at its end.

    Raises:
        HarnessError: without a fault the tests of some part do not pass.
        Stopped: somebody asked to stop.
    """
    sound = list(dict.fromkeys(ourselves.part(fault.module) for fault in faults))

    def one(item: Part | Fault, ended: Callable[[], bool]) -> Tried:
        began = clock()
        fault = item if isinstance(item, Fault) else None
        part = ourselves.part(item.module)
        trial = ourselves.trial(part, fault, ended)
        result = Tried(fault, msgspec.structs.replace(trial, seconds=round(clock() - began, 3)))
        if fault is not None:
            told(result)
        elif trial.outcome is not Outcome.SURVIVED:
            message = f"{part.module}: its tests fail without a fault: {trial.reason}"
            raise HarnessError(message)
        return result

    together(one, sound, jobs=jobs, stopped=stopped)
    return together(one, faults, jobs=jobs, stopped=stopped)


def _trial(part: Part, ended: Ended, told: str) -> Trial:
    word, _, reason = told.partition("\n")
    if ended.late:
        return Trial(Outcome.KILLED, reason="the tests do not come to an end")
    match word:
        case "failed":
            return Trial(Outcome.KILLED, reason=reason)
        case "passed":
            return Trial(Outcome.SURVIVED)
        case "unfit":
            return Trial(Outcome.UNFIT, reason=reason)
        case "":
            return Trial(Outcome.KILLED, reason=f"the tests end with status {ended.status}")
        case _:
            message = f"{part.module}: its tests cannot be run: {reason}"
            raise HarnessError(message)


__all__ = ["SECONDS", "Ourselves", "Stopped", "own_tried"]
