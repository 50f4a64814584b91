"""One process of a subject: started in a session of its own, ended by a deadline at the latest, never left behind."""

import contextlib
import os
import resource
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Final

import msgspec

from harness.run.errors import AdapterError, HarnessError
from harness.run.gates import Gate, Process
from harness.run.limits import Limits
from harness.run.patience import Late, Patience, Stopped, never

__all__ = ["TAIL", "Ended", "Task", "end_group", "ends", "execute", "signal_group", "start"]

_LIMITS: Final = {"RLIMIT_FSIZE": 256 << 20, "RLIMIT_DATA": 2 << 30, "RLIMIT_NOFILE": 1024, "RLIMIT_CORE": 0}
"""What a process and each one it starts may use: bytes of a file and of memory, open files, bytes of a core dump."""

TAIL: Final = 20_000
"""How many bytes of what a process writes are kept: its end, which is to hold what a Java machine says of a crash."""
_NAP: Final = 0.002
_HINT: Final = "name a Python interpreter: a path, a command or a version"


class Task(msgspec.Struct, frozen=True):
    """What to start, where, with which environment; behind the fence of a ``gate``, if there is one."""

    command: tuple[str, ...]
    directory: str
    environment: Mapping[str, str]
    gate: Gate | None = None


class Ended(msgspec.Struct, frozen=True):
    """How a process ended: ``status`` is an exit status, or a signal as a negative number.

    ``late`` tells that it had to be ended; ``stdout`` and ``stderr`` are the ends of what it wrote, ``flooded`` that it
    wrote as much as it may.
    """

    status: int
    late: bool
    stdout: bytes = b""
    stderr: bytes = b""
    flooded: bool = False


def start(task: Task, *, stdout: IO[bytes], stderr: IO[bytes], descriptors: Sequence[int] = ()) -> Process:
    """Start a process that leads a session of its own; ``descriptors`` are left to it where there is no gate.

    Raises:
        AdapterError: there is no such command, or it is no program.
        HarnessError: the gate starts nothing.
    """
    try:
        process = _gated(task, task.gate, stdout, stderr) if task.gate else _opened(task, stdout, stderr, descriptors)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise AdapterError(task.command[0], f"cannot be started ({reason})", _HINT) from error
    _limit(process.pid)
    return process


def _opened(task: Task, stdout: IO[bytes], stderr: IO[bytes], descriptors: Sequence[int]) -> Process:
    return subprocess.Popen(
        task.command,
        cwd=task.directory,
        env=dict(task.environment),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        pass_fds=descriptors,
        start_new_session=True,
    )


def _gated(task: Task, gate: Gate, stdout: IO[bytes], stderr: IO[bytes]) -> Process:
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - it is no path of a tree
        return gate.start(task.command, task.directory, dict(task.environment), [nothing, stdout, stderr])


def _limit(process: int) -> None:
    """Set the limits of a process, as far as its own hard ones allow."""
    if not hasattr(resource, "prlimit"):
        return
    for name, most in _LIMITS.items():
        with contextlib.suppress(OSError):
            number = getattr(resource, name)
            _, hard = resource.prlimit(process, number)
            value = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.prlimit(process, number, (value, value))


def execute(task: Task, *, seconds: float, limits: Limits, scratch: Path, stopped: Callable[[], bool] = never) -> Ended:
    """Run a process to its end, or end it after ``seconds``; nothing of its session is left.

    Raises:
        AdapterError: there is no such command, or nothing can be written to ``scratch``.
        HarnessError: it cannot be followed to its end.
        Stopped: somebody asked to stop.
    """
    with _written(scratch) as stdout, _written(scratch) as stderr:
        process = start(task, stdout=stdout, stderr=stderr)
        try:
            late = _followed(process, seconds, limits, stopped)
            flooded = max(os.fstat(file.fileno()).st_size for file in (stdout, stderr)) >= _LIMITS["RLIMIT_FSIZE"]
            return Ended(process.wait(), late, _tail(stdout), _tail(stderr), flooded)
        except OSError as error:
            message = f"{task.command[0]}: its process cannot be followed ({error.strerror})"
            raise HarnessError(message) from error


def _written(scratch: Path) -> IO[bytes]:
    """A file without a name that a process writes to."""
    try:
        return tempfile.TemporaryFile(dir=scratch)
    except OSError as error:
        message = f"cannot be used ({error.strerror})"
        raise AdapterError(str(scratch), message, "name another scratch directory, or make room in this one") from error


def _followed(process: Process, seconds: float, limits: Limits, stopped: Callable[[], bool]) -> bool:
    """Whether a process, which is gone afterwards, had to be ended."""
    late = True
    try:
        late = not ends(process, Patience(seconds, process.pid, stopped, group=process.pid))
    except Stopped:
        end_group(process, 0.0)
        raise
    finally:
        end_group(process, limits.grace if late else 0.0)
    return late


def end_group(process: Process, grace: float) -> None:
    """Ask what is left of a process and its session to end, and after ``grace`` seconds make it end."""
    if process.returncode is not None:
        return
    try:
        if grace:
            signal_group(process.pid, signal.SIGTERM)
            ends(process, Patience(grace, process.pid))
    finally:
        signal_group(process.pid, signal.SIGKILL)
        process.wait()


def signal_group(group: int, number: signal.Signals) -> None:
    """Send a signal to every process of a group that may be gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def ends(process: Process, patience: Patience) -> bool:
    """Whether the process ends in time; it is not reaped, so that its number stays its own.

    Raises:
        Stopped: somebody asked to stop.
    """
    with contextlib.suppress(Late), _awaited(process) as wait:
        while not wait(patience.tick()):
            pass
        return True
    return False


@contextlib.contextmanager
def _awaited(process: Process) -> Iterator[Callable[[float], bool]]:
    """A function that waits for the end of a process, at most as many seconds as it is told."""
    try:
        descriptor = os.pidfd_open(process.pid)
    except (AttributeError, OSError):  # not every system has it, nor always a descriptor to spare
        yield lambda seconds: _napped(process, seconds)
        return
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        yield lambda seconds: bool(poll.poll(seconds * 1000))
    finally:
        os.close(descriptor)


def _napped(process: Process, seconds: float) -> bool:
    time.sleep(min(seconds, _NAP))
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _tail(file: IO[bytes]) -> bytes:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - TAIL))
    return file.read(TAIL)
