"""The subjects of one implementation, each asked by a thread of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Final

from conformance.engine.timing import Clock
from harness.model.lacking import masked
from harness.model.observation import Identity, Observation
from harness.run import AdapterError, HarnessError, Mode, Placed, ProtocolError, Stopped, Subject

CHUNK: Final = 8
"""How many cases a thread takes at once."""


class Crew:
    """Subjects of one implementation: ``size`` of them, and as many cold ones once they are needed.

    ``start`` makes a subject of a mode. ``stopped`` tells whether to leave the rest of the cases unasked; what is
    left unasked has no observation. ``every``: it is to be asked one case in so many.
    """

    def __init__(
        self,
        identity: Identity,
        start: Callable[[Mode], Subject],
        *,
        size: int = 1,
        mode: Mode = Mode.AUTO,
        stopped: Callable[[], bool] = lambda: False,
        every: int = 1,
        clock: Clock = lambda: 0.0,
    ) -> None:
        self.identity = identity
        self.every = every
        self._clock = clock
        self._spent: list[float] = []
        self._start = start
        self._mode = mode
        self._stopped = stopped
        self._threads = ThreadPoolExecutor(size, thread_name_prefix=identity.name)
        self._idle: dict[Mode, SimpleQueue[Subject | None]] = {mode: SimpleQueue() for mode in Mode}
        self._made: list[Subject] = []
        for queue in self._idle.values():
            for _ in range(size):
                queue.put(None)

    def ask(self, placed: Sequence[Placed]) -> list[Future[list[Observation | None]]]:
        """The observations of the cases, in order, in chunks that are worked on at once."""
        return [self._submit(placed[at : at + CHUNK], self._mode) for at in range(0, len(placed), CHUNK)]

    def repeat(self, place: Callable[[], Placed], *, warm: int, cold: int) -> list[Future[list[Observation | None]]]:
        """Further observations of one case, in ``place()``: ``warm`` as before, then ``cold`` in fresh processes."""
        modes = [self._mode] * warm + [Mode.FRESH] * cold
        return [self._once_more(place, mode) for mode in modes]

    def dismiss(self) -> None:
        """Nothing that waits is asked any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End every subject; what is still being asked comes to its end first."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        for subject in self._made:
            subject.close()

    def _once_more(self, place: Callable[[], Placed], mode: Mode) -> Future[list[Observation | None]]:
        try:
            return self._submit([place()], mode)
        except AdapterError as error:
            failed: Future[list[Observation | None]] = Future()
            failed.set_result([fault(str(error))])
            return failed

    def _submit(self, placed: Sequence[Placed], mode: Mode) -> Future[list[Observation | None]]:
        return self._threads.submit(self._work, placed, mode)

    def _work(self, placed: Sequence[Placed], mode: Mode) -> list[Observation | None]:
        subject = self._idle[mode].get()
        try:
            if subject is None:
                subject = self._start(mode)
                self._made.append(subject)
            return [None for _ in placed] if self._stopped() else self._seen(subject, placed)
        except Stopped:
            return [None for _ in placed]
        except (AdapterError, HarnessError, ProtocolError, OSError) as error:
            return [fault(f"{type(error).__name__}: {error}") for _ in placed]
        finally:
            self._idle[mode].put(subject)

    def _seen(self, subject: Subject, placed: Sequence[Placed]) -> list[Observation | None]:
        """What a subject does, without the facts of which it is known that it gives none."""
        began = self._clock()
        found: list[Observation | None] = [masked(item, self.identity.lacking) for item in subject.observe(placed)]
        self._spent.append(self._clock() - began)
        return found

    @property
    def busy(self) -> float:
        """How many seconds its subjects were asked, all of them together."""
        return sum(self._spent)


def fault(reason: str) -> Observation:
    """The observation that stands for a failure of the suite or the adapter."""
    return Observation({"outcome": ("fault", reason)})
