"""The process behind a fork server, and the frames that go to it and come from it."""

import contextlib
import os
import select
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from typing import Final

from harness.agent import AGENT
from harness.run.errors import ProtocolError
from harness.run.frames import HEAD, Wire, decode, length
from harness.run.limits import Limits
from harness.run.patience import Late, Patience, never
from harness.run.processes import Task, end_group, ends, signal_group, start
from harness.run.workspace import Workspace

__all__ = ["Zygote"]

_CHUNK: Final = 1 << 16
_LARGEST_FRAME: Final = 1 << 27


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
        self._child = 0
        self._open = True
        try:
            self._expect_ready()
        except BaseException:
            self._outstanding = 1
            self.close()
            raise

    def _started(
        self, command: tuple[str, ...], workspace: Workspace, environment: Mapping[str, str]
    ) -> "subprocess.Popen[bytes]":
        """Start the process; if that fails every descriptor is closed again."""
        with contextlib.ExitStack() as theirs, contextlib.ExitStack() as ours:
            requests, self._requests = os.pipe()
            theirs.callback(os.close, requests)
            ours.callback(os.close, self._requests)
            self._reports, reports = os.pipe()
            theirs.callback(os.close, reports)
            ours.callback(os.close, self._reports)
            answer, out, err = (
                theirs.enter_context(tempfile.TemporaryFile("a+b", dir=workspace.path)) for _ in range(3)
            )
            given = (requests, reports, answer.fileno())
            task = Task((*command, str(AGENT), "serve", *map(str, given)), str(workspace.path), environment)
            process = start(task, stdout=out, stderr=err, descriptors=given)
            ours.pop_all()
        return process

    def send(self, frame: bytes) -> None:
        """Queue a request."""
        self._unsent += frame
        self._outstanding += 1

    def receive(self, seconds: float, *, child: int = 0) -> Wire:
        """The next frame; what counts is the time in which ``child``, or else the fork server itself, could run.

        Raises:
            Late: there is none within that time.
            Stopped: somebody asked to stop.
            ProtocolError: what came is no frame, or the process is gone.
        """
        if (frame := self._taken()) is None:
            patience = Patience(seconds, child or self._process.pid, self._stopped, group=child)
            while (frame := self._taken()) is None:
                self._exchange(patience.tick())
        self._follow(frame)
        return frame

    def close(self) -> None:
        """End it and its child: without work it ends when its requests do, else by force."""
        if not self._open:
            return
        self._open = False
        os.close(self._requests)
        self._stopped = never
        if self._outstanding or not ends(self._process, Patience(self._limits.grace, self._process.pid)):
            end_group(self._process, 0.0)
            with contextlib.suppress(Late, ProtocolError):
                while True:
                    self.receive(self._limits.grace)
            if self._child:
                signal_group(self._child, signal.SIGKILL)
        end_group(self._process, 0.0)
        os.close(self._reports)

    def _follow(self, frame: Wire) -> None:
        """Know which child there is, so that it can be ended."""
        match frame:
            case ("started", int() as child) if child > 1:
                self._child = child
            case ("ended", *_):
                self._child = 0
                self._outstanding -= 1
            case _:
                pass

    def _expect_ready(self) -> None:
        try:
            frame = self.receive(self._limits.start)
        except Late as error:
            message = "the fork server is not ready in time"
            raise ProtocolError(message) from error
        match frame:
            case ("ready", int()):
                return
            case _:
                message = f"expected the fork server to be ready, got {repr(frame):.80}"
                raise ProtocolError(message)

    def _taken(self) -> Wire | None:
        if len(self._unread) < HEAD:
            return None
        end = HEAD + length(bytes(self._unread[:HEAD]))
        if end > _LARGEST_FRAME:
            message = f"expected a frame of at most {_LARGEST_FRAME} bytes"
            raise ProtocolError(message)
        if len(self._unread) < end:
            return None
        frame = decode(bytes(self._unread[:end]))
        del self._unread[:end]
        return frame

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
                raise ProtocolError(message)
            self._unread += data
