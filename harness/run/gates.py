"""A fence that stays: it starts the processes of a subject one after another, without a start of its own for each."""

import contextlib
import os
import socket
import subprocess
from typing import IO, Final, Protocol

import msgspec

from harness.run.errors import HarnessError

__all__ = ["Child", "Gate", "Process"]

_HEAD: Final = 8
_SECONDS: Final = 30.0


class Process(Protocol):
    """A process whose end can be waited for: ``returncode`` is an exit status, a signal as a negative number."""

    pid: int
    returncode: int | None

    def wait(self) -> int:
        """Its return code, when it has ended."""
        ...


class Child(msgspec.Struct):
    """A process that somebody else has started for this one, whose child it is."""

    pid: int
    returncode: int | None = None

    def wait(self) -> int:
        """Its return code, when it has ended."""
        if self.returncode is None:
            _, status = os.waitpid(self.pid, 0)
            self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode


class Gate:
    """Starts processes behind a fence, which is itself started with the first of them."""

    def __init__(self, fence: tuple[str, ...]) -> None:
        """``fence`` is what would be put before a command: see ``containing.fence``."""
        self._fence = fence
        self._served: tuple[subprocess.Popen[bytes], socket.socket] | None = None

    def start(
        self, words: tuple[str, ...], directory: str, environment: dict[str, str], files: list[IO[bytes]]
    ) -> Child:
        """Start a command behind the fence, in a session of its own.

        ``files`` are its standard input, output and error.

        Raises:
            HarnessError: the fence is gone, or the system starts nothing so.
            ValueError: a word holds a null byte.
        """
        fields = [directory, str(len(words)), *words, *(f"{key}={value}" for key, value in environment.items())]
        if any("\0" in field for field in fields):
            message = "embedded null byte"
            raise ValueError(message)
        data = b"\0".join(map(os.fsencode, fields))
        descriptors = [file.fileno() for file in files]
        number = self._asked(data, descriptors) or self._asked(data, descriptors)
        if not number:
            message = "the fence starts nothing"
            raise HarnessError(message)
        return Child(number)

    def close(self) -> None:
        """The fence ends; what it has started does not."""
        if self._served is not None:
            process, own = self._served
            self._served = None
            own.close()
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait()

    def _asked(self, data: bytes, descriptors: list[int]) -> int:
        """The number of a process that the fence has started; zero, and the fence is ended, where it has not."""
        number = b""
        with contextlib.suppress(OSError):
            own = self._socket()
            socket.send_fds(own, [b"%08x" % len(data)], descriptors)
            own.sendall(data)
            while len(number) < _HEAD and (part := own.recv(_HEAD - len(number))):
                number += part
        if len(number) < _HEAD or not int(number):
            self.close()
            return 0
        return int(number)

    def _socket(self) -> socket.socket:
        if self._served is None:
            own, other = socket.socketpair()
            own.settimeout(_SECONDS)
            with other:
                words = (*self._fence[:-1], f"serve={other.fileno()}")
                process = subprocess.Popen(
                    words, env={}, stdin=subprocess.DEVNULL, pass_fds=[other.fileno()], start_new_session=True
                )
            self._served = process, own
        return self._served[1]
