"""What a command that asks implementations stands on, from scratch directory to subjects, and its end."""

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence

from conformance.catalogue import Expectation, catalogue, expectations
from conformance.engine import INTERRUPTED, Clock, Crew, Ground, Predictions, Timing, table
from harness.oracle import predict
from harness.run import Implementation, Mode, Subject, Workspace, connect


def crew_size(jobs: int | None, implementations: int) -> int:
    """How many subjects of each implementation: ``jobs``, or what keeps the processors of this machine busy."""
    return jobs or max(1, (os.cpu_count() or 1) // implementations)


@contextlib.contextmanager
def ground(
    implementations: Sequence[Implementation],
    place: Workspace,
    environment: Mapping[str, str],
    *,
    size: int = 1,
    mode: Mode = Mode.AUTO,
    clock: Clock,
    stop: Callable[[], str] = lambda: "",
) -> Iterator[Ground]:
    """Crews for ``implementations``, and all that the engine needs; the crews are gone afterwards."""
    crews: list[Crew] = []
    try:
        for implementation in implementations:
            start = _starter(implementation, place, environment)
            stopped = lambda: stop() == INTERRUPTED  # noqa: E731 - the same for every crew
            crews.append(Crew(implementation.identity, start, size=size, mode=mode, stopped=stopped))
        yield Ground(
            place,
            tuple(crews),
            Predictions(predict),
            tuple(_expected(implementation) for implementation in implementations),
            table(catalogue()),
            Timing(clock),
            stop,
        )
    finally:
        for crew in crews:
            crew.close()


def _starter(
    implementation: Implementation, place: Workspace, environment: Mapping[str, str]
) -> Callable[[Mode], Subject]:
    return lambda mode: connect(implementation, place, environment=environment, mode=mode)


def _expected(implementation: Implementation) -> tuple[Expectation, ...]:
    identity = implementation.identity
    return tuple(item for item in expectations(identity.name) if item.applies(identity.language))
