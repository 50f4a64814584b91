"""Many faulty interpreters, several at once: each is made, asked, and gone again."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from conformance.engine import Clock
from conformance.sensitivity.faults import Fault
from conformance.sensitivity.judging import Bench, Outcome, Trial, judged
from conformance.sensitivity.planting import UnmadeError
from harness.run import Workspace
from harness.run.together import together

Plant: TypeAlias = Callable[[Fault | None, Path], AbstractContextManager[tuple[str, ...]]]
"""Makes an interpreter with a fault, or with none, in a directory; within the block its command can be started."""

JOBS: Final = 2
"""How many faulty interpreters there are at once unless somebody says."""


class Tried(msgspec.Struct, frozen=True):
    """A fault, none for the unchanged interpreter, and what became of the interpreter that has it."""

    fault: Fault | None
    trial: Trial


def tried(
    plant: Plant,
    faults: Sequence[Fault | None],
    bench: Bench,
    *,
    jobs: int = JOBS,
    clock: Clock = time.monotonic,
    told: Callable[[Tried], None] = lambda _: None,
) -> list[Tried]:
    """Judge an interpreter with each of the faults, ``jobs`` of them at once; ``told`` hears of each at its end.

    Seconds count from before it is made. Each has a scratch directory of its own, which is gone with it.

    Raises:
        Stopped: somebody asked to stop.
    """
    turn = threading.Lock()

    def one(fault: Fault | None, stopped: Callable[[], bool]) -> Tried:
        began = clock()
        trial = planted_and_judged(in_turn(plant, turn), fault, msgspec.structs.replace(bench, stopped=stopped))
        result = Tried(fault, msgspec.structs.replace(trial, seconds=round(clock() - began, 3)))
        told(result)
        return result

    return together(one, faults, jobs=jobs, stopped=bench.stopped)


def in_turn(plant: Plant, turn: threading.Lock) -> Plant:
    """Makes one interpreter after the other: Python 3.11 cannot parse in two threads at once."""

    @contextlib.contextmanager
    def made(fault: Fault | None, directory: Path) -> Iterator[tuple[str, ...]]:
        with contextlib.ExitStack() as stack:
            with turn:
                command = stack.enter_context(plant(fault, directory))
            yield command

    return made


def planted_and_judged(plant: Plant, fault: Fault | None, bench: Bench) -> Trial:
    """What becomes of the interpreter with that fault.

    Raises:
        AdapterError: there is no room for it.
        Stopped: somebody asked to stop.
    """
    try:
        with standing(plant, fault) as (place, command):
            return judged(bench, command, place)
    except UnmadeError as error:
        return Trial(Outcome.UNFIT, reason=error.reason)


@contextlib.contextmanager
def standing(plant: Plant, fault: Fault | None) -> Iterator[tuple[Workspace, tuple[str, ...]]]:
    """An interpreter with that fault by its command, and the scratch directory in which it was made.

    Raises:
        AdapterError: it cannot be made.
    """
    with Workspace() as place:
        directory = place.fresh("faulty")
        directory.mkdir()
        with plant(fault, directory) as command:
            yield place, command
