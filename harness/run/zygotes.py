"""The process behind a fork server, and the frames that go to it and come from it."""

import contextlib
import os
import select
import signal
import tempfile
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from harness.agent import AGENT
from harness.model.saying import last_line
from harness.run.errors import ProtocolError
from harness.run.frames import HEAD, Wire, decode, length
from harness.run.gates import Process
from harness.run.limits import Limits
from harness.run.patience import Late, Patience, never
from harness.run.processes import TAIL, Task, end_group, ends, signal_group, start
from harness.run.workspace import Workspace

__all__ = ["Told", "Zygote"]

_CHUNK: Final = 1 << 16
_LARGEST: Final = 1 << 27
_AT_ONCE: Final = 2


class Told(NamedTuple):
    """How a child ended: its wait status, its answer, and the ends of its standard output and error."""

    status: int
    answer: bytes
    stdout: bytes
    stderr: bytes


class Zygote:
    """A running agent that forks.

    Raises:
        AdapterError: it cannot be started.
        ProtocolError: it does not say that it is ready.
    """

    def __init__(
        self,
        command: tuple[str, ...],
        workspace: Workspace,
        *,
        environment: Mapping[str, str],
        limits: Limits,
        stopped: Callable[[], bool] = never,
    ) -> None:
        """Start it and wait until it is ready."""
        self._limits = limits
        self._stopped = stopped
        self._process = self._started(command, workspace, environment)
        os.set_blocking(self._requests, False)
        self._unsent = bytearray()
        self._unread = bytearray()
        self._outstanding = 0
        self._server = 0
        self._children: deque[int] = deque()
        self._open = True
        try:
            self._expect_ready()
        except BaseException:
            self._outstanding = 1
            self.close()
            raise

    def _started(self, command: tuple[str, ...], workspace: Workspace, environment: Mapping[str, str]) -> Process:
        """Start the process; if that fails every descriptor is closed again."""
        with contextlib.ExitStack() as theirs, contextlib.ExitStack() as ours:
            requests, self._requests = os.pipe()
            theirs.callback(os.close, requests)
            ours.callback(os.close, self._requests)
            self._reports, reports = os.pipe()
            theirs.callback(os.close, reports)
            ours.callback(os.close, self._reports)
            out, err, *files = (
                theirs.enter_context(tempfile.TemporaryFile("a+b", dir=workspace.path)) for _ in range(6)
            )
            given = (requests, reports, *(file.fileno() for file in files))
            task = Task((*command, str(AGENT), "serve", *map(str, given)), str(workspace.path), environment)
            self._errors = os.dup(err.fileno())
            ours.callback(os.close, self._errors)
            process = start(task, stdout=out, stderr=err, descriptors=given)
            ours.pop_all()
        return process

    def send(self, frame: bytes) -> None:
        """Queue a request."""
        self._unsent += frame
        self._outstanding += 1

    def child(self, seconds: float) -> int:
        """The process of the child that ends next; what counts is the time in which the fork server could run.

        Raises:
            Late: no child is told of within ``seconds``.
            Stopped: somebody asked to stop.
            ProtocolError: something else is told, or the fork server is gone.
        """
        patience = self._patience(seconds)
        while not self._children:
            self._receive(patience)
        return self._children[0]

    def ended(self, seconds: float) -> Told:
        """How that child ended; what counts is the time in which it could run.

        Raises:
            Late: it does not end within that time.
            Stopped: somebody asked to stop.
            ProtocolError: something else is told, or the fork server is gone.
        """
        child = self._children[0]
        patience = Patience(seconds, child, self._stopped, group=child)
        while (told := self._receive(patience)) is None:
            pass
        return told

    def close(self) -> None:
        """End it and its children: without work it ends when its requests do, else by force."""
        if not self._open:
            return
        self._open = False
        os.close(self._requests)
        self._stopped = never
        if self._outstanding or not ends(self._process, Patience(self._limits.grace, self._process.pid)):
            end_group(self._process, 0.0)
            with contextlib.suppress(Late, ProtocolError):
                while True:
                    self._receive(self._patience(self._limits.grace))
            for child in self._children:
                signal_group(child, signal.SIGKILL)
        end_group(self._process, 0.0)
        os.close(self._reports)
        os.close(self._errors)

    def _patience(self, seconds: float) -> Patience:
        """Time for the process that serves; until it has told who it is, for the first one."""
        return Patience(seconds, self._server or self._process.pid, self._stopped)

    def _receive(self, patience: Patience) -> Told | None:
        """The next report, if it is of an end; it tells of children that are there, so that they can be ended."""
        while (report := self._taken()) is None:
            self._exchange(patience.tick())
        match report:
            case ("ready", int() as server), _ if server > 1 and not self._children:
                self._server = server
                patience.turn_to(server)
            case ("started", int() as child), _ if child > 1 and len(self._children) < _AT_ONCE:
                self._children.append(child)
            case ("ended", int() as status, int(), bytes() as stdout, bytes() as stderr), answer if self._children:
                self._children.popleft()
                self._outstanding -= 1
                return Told(status, answer, stdout, stderr)
            case frame, _:
                message = f"got {repr(frame):.80} out of turn"
                raise ProtocolError(message)
        return None

    def _expect_ready(self) -> None:
        patience = self._patience(self._limits.start)
        try:
            while not self._server:
                self._receive(patience)
        except Late as error:
            message = "the fork server is not ready in time"
            raise ProtocolError(message) from error

    def _taken(self) -> tuple[Wire, bytes] | None:
        """A frame and the answer behind it, once all of both is there."""
        if len(self._unread) < HEAD:
            return None
        end = HEAD + self._allowed(length(bytes(self._unread[:HEAD])))
        if len(self._unread) < end:
            return None
        match frame := decode(bytes(self._unread[:end])):
            case ("ended", _, int() as size, *_):
                whole = end + self._allowed(size)
            case _:
                whole = end
        if len(self._unread) < whole:
            return None
        answer = bytes(self._unread[end:whole])
        del self._unread[:whole]
        return frame, answer

    def _allowed(self, size: int) -> int:
        if 0 <= size <= _LARGEST:
            return size
        message = f"expected at most {_LARGEST} bytes"
        raise ProtocolError(message)

    def _exchange(self, seconds: float) -> None:
        """Send and read what can be sent and read at once, or wait so long until something can."""
        poll = select.poll()
        poll.register(self._reports, select.POLLIN)
        if self._unsent and self._open:
            poll.register(self._requests, select.POLLOUT)
        ready = dict(poll.poll(seconds * 1000))
        if self._requests in ready:
            with contextlib.suppress(BlockingIOError, BrokenPipeError):
                del self._unsent[: os.write(self._requests, self._unsent[:_CHUNK])]
        if self._reports in ready:
            data = os.read(self._reports, _CHUNK)
            if not data:
                message = "the fork server ended" + (" in the middle of a frame" if self._unread else "")
                said = self._said()
                raise ProtocolError(f"{message}: {said}" if said else message)
            self._unread += data

    def _said(self) -> str:
        """The last that it wrote to its standard error."""
        size = os.fstat(self._errors).st_size
        return last_line(os.pread(self._errors, TAIL, max(0, size - TAIL)).decode("utf-8", "replace"))
