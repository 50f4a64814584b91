"""The subjects of one implementation, each asked by a thread of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Final

from harness.model.case import Case, case_id
from harness.model.observation import Identity, Observation
from harness.run import AdapterError, HarnessError, Mode, Placed, ProtocolError, Stopped, Subject, Workspace

CHUNK: Final = 8
"""How many cases a thread takes at once."""

_DIGITS: Final = 8


class Crew:
    """Subjects of one implementation: ``size`` of them, and as many cold ones once they are needed.

    ``start`` makes a subject of a mode. ``stopped`` tells whether to leave the rest of the cases unasked; what is
    left unasked has no observation. With ``every`` the crew is asked about one case in so many only; to the others
    the answer is that they are left out. Trees of its own lie in ``workspace``.
    """

    def __init__(
        self,
        identity: Identity,
        start: Callable[[Mode], Subject],
        workspace: Workspace,
        *,
        size: int = 1,
        mode: Mode = Mode.AUTO,
        stopped: Callable[[], bool] = lambda: False,
        every: int = 1,
    ) -> None:
        self.identity = identity
        self._every = every
        self._workspace = workspace
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
        if self._every > 1:
            return [self._in_turn(item) for item in placed]
        return [self._submit(placed[at : at + CHUNK], self._mode) for at in range(0, len(placed), CHUNK)]

    def repeat(self, placed: Placed, *, warm: int, cold: int) -> list[Future[list[Observation | None]]]:
        """Further observations of one case: ``warm`` as before, then ``cold`` in fresh processes.

        The cold ones have a tree of their own, which nobody else can have touched.
        """
        again = [self._submit([placed], self._mode) for _ in range(warm)]
        return again + [self.alone(placed.case, Mode.FRESH) for _ in range(cold)]

    def alone(self, case: Case, mode: Mode | None = None) -> Future[list[Observation | None]]:
        """The observation of one case in a tree of its own."""
        return self._threads.submit(self._alone, case, mode or self._mode)

    def close(self) -> None:
        """End every subject; what is still being asked comes to its end first."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        for subject in self._made:
            subject.close()

    def _in_turn(self, placed: Placed) -> Future[list[Observation | None]]:
        """The observation of a case if it is one of those that this crew is asked, which its id alone decides."""
        if int(case_id(placed.case)[:_DIGITS], 16) % self._every == 0:
            return self._submit([placed], self._mode)
        left_out: Future[list[Observation | None]] = Future()
        reason = f"left out: it starts a process for each case, and is asked one in {self._every}"
        left_out.set_result([Observation({"outcome": ("unsupported", reason)})])
        return left_out

    def _alone(self, case: Case, mode: Mode) -> list[Observation | None]:
        try:
            placed = self._workspace.place(case, alone=True)
        except AdapterError as error:
            return [fault(str(error))]
        try:
            return self._work([placed], mode)
        finally:
            self._workspace.discard([placed])

    def _submit(self, placed: Sequence[Placed], mode: Mode) -> Future[list[Observation | None]]:
        return self._threads.submit(self._work, placed, mode)

    def _work(self, placed: Sequence[Placed], mode: Mode) -> list[Observation | None]:
        subject = self._idle[mode].get()
        try:
            if subject is None:
                subject = self._start(mode)
                self._made.append(subject)
            return [None for _ in placed] if self._stopped() else list(subject.observe(placed))
        except Stopped:
            return [None for _ in placed]
        except (AdapterError, HarnessError, ProtocolError, OSError) as error:
            return [fault(f"{type(error).__name__}: {error}") for _ in placed]
        finally:
            self._idle[mode].put(subject)


def fault(reason: str) -> Observation:
    """The observation that stands for a failure of the suite or the adapter."""
    return Observation({"outcome": ("fault", reason)})
