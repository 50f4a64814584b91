"""What the engine stands on: crews of implementations, the oracle, the expectations."""

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from conformance.catalogue import Expectation, Knowledge, catalogue, expectations
from conformance.engine.answering import Ground
from conformance.engine.crews import Crew
from conformance.engine.predictions import Predictions
from conformance.engine.recording import table
from conformance.engine.timing import Clock, Timing
from harness.oracle import predict
from harness.run import Implementation, Mode, Subject, Workspace, connect


class Way(msgspec.Struct, frozen=True):
    """How implementations are asked: by ``size`` subjects each, and one case in ``sparse`` if they cannot fork."""

    size: int = 1
    mode: Mode = Mode.AUTO
    sparse: int = 1


ALONE: Final = Way()
"""By one subject, every case."""


@contextlib.contextmanager
def standing(
    implementations: Sequence[Implementation],
    place: Workspace,
    environment: Mapping[str, str],
    *,
    way: Way = ALONE,
    clock: Clock,
    stop: Callable[[], str] = lambda: "",
    files: Sequence[Knowledge] = (),
) -> Iterator[Ground]:
    """Crews for ``implementations``, and all that the engine needs; ``files`` are what else is known of some of them.

    A case that is being asked when there is a reason to stop is cut short, and so is one that is being asked when the
    block ends, because of an exception: afterwards the crews are gone.
    """
    crews: list[Crew] = []
    over = threading.Event()
    stopped = lambda: over.is_set() or bool(stop())  # noqa: E731 - the same for every crew
    try:
        for implementation in implementations:
            start = _starter(implementation, place, environment, stopped)
            identity = implementation.identity
            every = 1 if "fork" in identity.capabilities else way.sparse
            crews.append(Crew(identity, start, size=way.size, mode=way.mode, stopped=stopped, every=every, clock=clock))
        yield Ground(
            place,
            tuple(crews),
            Predictions(predict),
            tuple(expected(implementation, files) for implementation in implementations),
            table(catalogue()),
            Timing(clock),
            stop,
        )
    finally:
        over.set()
        for crew in crews:
            crew.dismiss()
        for crew in crews:
            crew.close()


def _starter(
    implementation: Implementation, place: Workspace, environment: Mapping[str, str], stopped: Callable[[], bool]
) -> Callable[[Mode], Subject]:
    return lambda mode: connect(implementation, place, environment=environment, mode=mode, stopped=stopped)


def expected(implementation: Implementation, files: Sequence[Knowledge] = ()) -> tuple[Expectation, ...]:
    """The expectations of an implementation in its version, each departure once: those of ``files``, then our own."""
    identity = implementation.identity
    told = [item for file in files if file.about(identity.name) for item in file.expectation]
    found: dict[str, Expectation] = {}
    for item in (*told, *expectations(identity.name)):
        if item.applies(identity.language):
            found.setdefault(str(item.taken), item)
    return tuple(found.values())
