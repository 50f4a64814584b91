"""Asking a command who it is."""

import marshal
import time
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from harness.agent import AGENT
from harness.model.observation import Identity
from harness.run.answers import AGENT_FAILED
from harness.run.errors import AdapterError, ProtocolError
from harness.run.frames import Wire, decode
from harness.run.limits import Limits
from harness.run.patience import never
from harness.run.processes import Ended, Task, execute
from harness.run.surroundings import marked
from harness.run.workspace import Workspace

__all__ = ["Implementation", "probe"]

_SAMPLE: Final = marshal.dumps((None, True, -7, 1 << 70, "a\xe9\u20ac\ud800", "", (("x", "x"), ()), b"\0\xff"), 2)
_HINT: Final = "name a Python interpreter of version 3.8 or later: a path, a command or a version"


class Implementation(msgspec.Struct, frozen=True):
    """An implementation that said hello, and how many seconds it took to."""

    identity: Identity
    startup: float


def probe(
    command: tuple[str, ...],
    workspace: Workspace,
    *,
    environment: Mapping[str, str],
    limits: Limits,
    stopped: Callable[[], bool] = never,
) -> Implementation:
    """Who runs behind ``command``.

    Raises:
        Stopped: somebody asked to stop.
        AdapterError: it is no interpreter, one too old, or does not say hello in time.
    """
    answer = workspace.fresh("hello")
    task = Task((*command, str(AGENT), "hello", str(answer)), str(workspace.path), marked(environment, workspace.path))
    begin = time.monotonic()
    try:
        ended = execute(task, seconds=limits.start, limits=limits, scratch=workspace.path, stopped=stopped)
        startup = time.monotonic() - begin
        data = answer.read_bytes() if answer.exists() else b""
    finally:
        answer.unlink(missing_ok=True)
    name = " ".join(command)
    if not data and ended.status == AGENT_FAILED:
        raise AdapterError(
            name, f"cannot answer, {_ending(ended)}", "make room in the scratch directory, or name another"
        )
    if data.startswith(b"refused: "):
        raise AdapterError(name, data.decode().strip().removeprefix("refused: "), _HINT)
    if ended.late:
        reason = f"expected an interpreter, got no hello within {limits.start:g} s"
        raise AdapterError(name, reason, "raise the deadline for starting, or name another interpreter")
    if not data:
        raise AdapterError(name, f"expected an interpreter, {_ending(ended)}", _HINT)
    try:
        return Implementation(_identity(decode(data), command), startup)
    except ProtocolError as error:
        raise AdapterError(name, f"expected an interpreter, got an answer that is none ({error})", _HINT) from error


def _ending(ended: Ended) -> str:
    how = f"ended by signal {-ended.status}" if ended.status < 0 else f"ended with status {ended.status}"
    last = ended.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
    return f"it {how}" + "".join(f": {line}" for line in last)


def _identity(wire: Wire, command: tuple[str, ...]) -> Identity:
    match wire:
        case (str() as name, str() as version, (int() as major, int() as minor, *_), int() as number, found, sample):
            if number and number >> 16 != major << 8 | minor:
                message = f"says it is both {major}.{minor} and {number:#x}"
                raise ProtocolError(message)
            return Identity(name, version, (major, minor), command, _strings(found, sample))
        case _:
            message = "expected name, version, language version, hexadecimal version, capabilities and a sample"
            raise ProtocolError(message)


def _strings(found: Wire, sample: Wire) -> tuple[str, ...]:
    names = [item for item in found if isinstance(item, str)] if isinstance(found, tuple) else []
    if sample != _SAMPLE and "marshal" in names:
        names.remove("marshal")
    return tuple(sorted(names))
