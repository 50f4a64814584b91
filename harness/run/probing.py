"""Asking a command who it is."""

import contextlib
import errno
import marshal
import os
import re
import stat
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from harness.agent import AGENT
from harness.model.exceptions import BASES
from harness.model.observation import Identity
from harness.run.answers import AGENT_FAILED
from harness.run.containment import NONE, Containment
from harness.run.errors import AdapterError, ProtocolError
from harness.run.frames import Wire, decode
from harness.run.limits import Limits
from harness.run.patience import never
from harness.run.processes import Ended, Task, execute
from harness.run.settings import Settings, read, unasked, unusable
from harness.run.surroundings import marked, searched
from harness.run.workspace import Workspace

__all__ = ["Implementation", "probe"]

_SAMPLE: Final = marshal.dumps((None, True, -7, 1 << 70, "a\xe9\u20ac\ud800", "", (("x", "x"), ()), b"\0\xff"), 2)
_TOO_OLD: Final = b"refused: "
_LARGEST: Final = 1 << 21
_LINE: Final = 200
_LONGEST: Final = 60
_MOST: Final = 1000
_WORD: Final = re.compile(rf"[0-9A-Za-z][!-~]{{0,{_LONGEST - 1}}}")
_BROKEN: Final = re.compile(rb"Fatal Python error|Traceback \(most recent call last\)|\b[A-Z]\w*Error\b")
"""What a Python writes that ends before it can answer."""

_UNLINKED: Final = re.compile(
    rb"error while loading shared libraries: |Error loading shared library |Library not loaded: "
)
"""What is written in place of a program of which a library is missing."""

_HINT: Final = "name a Python interpreter of version 3.8 or later: a path, a command or a version"


Stamp: TypeAlias = tuple[str, int, int, int, int]
"""The path of a file, its device, inode and size, and when it was modified, in nanoseconds."""


class Implementation(msgspec.Struct, frozen=True):
    """An implementation that said hello, how many seconds it took to, how it is set up, and what contains it.

    ``told``: who it says it is, where it is called otherwise here. ``files``: the files that its command and it itself
    name, as they were when it had said hello. ``rooms``: those of the agent as it compiled them, which stand behind the
    requests of whom it starts.
    """

    identity: Identity
    startup: float
    settings: Settings = Settings()
    containment: Containment = NONE
    files: tuple[Stamp, ...] = ()
    told: Identity | None = None
    rooms: bytes = b""


def probe(
    command: tuple[str, ...],
    workspace: Workspace,
    *,
    environment: Mapping[str, str],
    limits: Limits,
    stopped: Callable[[], bool] = never,
    fence: tuple[str, ...] = (),
    rooms: bool = True,
) -> Implementation:
    """Who runs behind ``command``, which is put behind a ``fence``; without the ``rooms`` it is told sooner.

    Raises:
        Stopped: somebody asked to stop.
        AdapterError: it is no interpreter, one too old, or does not say hello in time.
    """
    words = (*fence, *command, str(AGENT), "hello")
    ended, data, compiled, startup = _asked(words, workspace, environment, limits, stopped, rooms=rooms)
    name = " ".join(command)
    scratch = str(workspace.path)
    if not data or ended.late or data.startswith(_TOO_OLD):
        said = ended.stderr.decode("utf-8", "replace").strip("\n")
        raise AdapterError(name, *_silence(name, ended, data, limits), said=said if "\n" in said else "")
    try:
        identity, settings = _identity(decode(data), command, scratch, ended.stdout)
    except ProtocolError as error:
        raise AdapterError(name, f"expected an interpreter, got an answer that is none ({error})", _HINT) from error
    refused = unusable(settings, scratch)
    if refused is not None:
        raise AdapterError(name, *refused)
    whole = ended.status == 0 and len(compiled) < _LARGEST and "marshal" in identity.capabilities
    files = _stamps(command, settings)
    return Implementation(identity, startup, settings, files=files, rooms=compiled if whole else b"")


def _stamps(command: tuple[str, ...], settings: Settings) -> tuple[Stamp, ...]:
    """The files that are there, each once, links followed."""
    found: dict[str, Stamp] = {}
    for name in (*command, settings.executable or ""):
        with contextlib.suppress(OSError, ValueError):
            state = os.stat(name)  # noqa: PTH116 - a word of a command is no path, where it is none
            if stat.S_ISREG(state.st_mode):
                found[name] = (name, state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)
    return tuple(found.values())


def _asked(
    command: tuple[str, ...],
    workspace: Workspace,
    environment: Mapping[str, str],
    limits: Limits,
    stopped: Callable[[], bool],
    *,
    rooms: bool,
) -> tuple[Ended, bytes, bytes, float]:
    """How the command ended that was to say hello, what it said, the rooms, and how many seconds it took."""
    answer, compiled = workspace.fresh("hello"), workspace.fresh("rooms")
    scratch = str(workspace.path)
    around = {**marked(environment, workspace.path), **searched((scratch,))}
    task = Task((*command, str(answer), *([str(compiled)] if rooms else ())), scratch, around)
    begin = time.monotonic()
    try:
        ended = execute(task, seconds=limits.start, limits=limits, scratch=workspace.path, stopped=stopped)
        startup = time.monotonic() - begin
        return ended, _read(answer), _read(compiled), startup
    finally:
        answer.unlink(missing_ok=True)
        compiled.unlink(missing_ok=True)


def _read(path: Path) -> bytes:
    """The beginning of a file, and one byte more than any can have."""
    if not path.exists():
        return b""
    with path.open("rb") as file:
        return file.read(_LARGEST)


def _silence(name: str, ended: Ended, data: bytes, limits: Limits) -> tuple[str, str]:
    """Why a command is no interpreter that says hello, and a way out."""
    if data.startswith(_TOO_OLD):
        return _visible(data.removeprefix(_TOO_OLD)), _HINT
    if ended.late:
        reason = f"expected an interpreter, got no hello within {limits.start:g} s"
        return reason, "see whether it executes a file of Python and ends, or name another interpreter"
    if ended.status == AGENT_FAILED:
        full = any(word.encode() in ended.stderr for word in (os.strerror(errno.ENOSPC), os.strerror(errno.EDQUOT)))
        return f"cannot answer, {_ending(ended)}", "make room in the scratch directory" if full else _HINT
    if ended.flooded:
        return "expected an interpreter, it writes to its standard output or error without end", _HINT
    if _UNLINKED.search(ended.stderr):
        hint = f"of your variables it gets PATH and HOME alone; name it as 'env LD_LIBRARY_PATH=DIR {name}'"
        return f"does not start, {_ending(ended)}", hint
    if ended.status < 0 or _BROKEN.search(ended.stderr):
        trials = f"whether {name} -c pass works, and {name} FILE, a file of yours with one line"
        hint = f"it is there, but fails before it can answer: mend what it says first; see {trials}"
        return f"does not start, {_ending(ended)}", hint
    return f"expected an interpreter, {_ending(ended)}", _HINT


def _ending(ended: Ended) -> str:
    how = f"ended by signal {-ended.status}" if ended.status < 0 else f"ended with status {ended.status}"
    last = ended.stderr.strip().splitlines()[-1:]
    return f"it {how}" + "".join(f": {_visible(line)}" for line in last)


def _visible(text: bytes) -> str:
    """The beginning of what somebody wrote, on one line, everything that does not print as its escape."""
    whole = text.decode("utf-8", "replace").strip()
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in whole[:_LINE])


def _identity(wire: Wire, command: tuple[str, ...], scratch: str, printed: bytes) -> tuple[Identity, Settings]:
    match wire:
        case (str() as name, str() as version, (int() as major, int() as minor, *more), int() as number, *rest):
            language = (major, minor, *(item for item in more[:1] if isinstance(item, int)))
            if not all(0 <= item < _MOST for item in language):
                message = f"expected a language version of numbers below {_MOST}"
                raise ProtocolError(message)
            if number and number >> 16 != major << 8 | minor:
                message = f"says it is both {major}.{minor} and {number:#x}"
                raise ProtocolError(message)
            found, sample, told, own, errors = (*rest, None, None, None, None, None)[:5]
            settings = _settings(told)
            lacks = unasked(settings, (str(AGENT.parent), scratch))
            able = tuple(item for item in _strings(found, sample) if item not in lacks)
            who = (_word(name), _word(version), language, command)
            return Identity(*who, able, tuple(lacks.items()), _modules(own, printed), _exceptions(errors)), settings
        case _:
            message = "expected name, version, language version and hexadecimal version"
            raise ProtocolError(message)


def _exceptions(told: Wire) -> frozenset[str]:
    """The built-in exceptions that an implementation has, of those that documents know."""
    return frozenset(told if isinstance(told, tuple) else ()) & BASES.keys()


def _word(text: str) -> str:
    """The text, if it can stand in a table.

    Raises:
        ProtocolError: it cannot.
    """
    if _WORD.fullmatch(text):
        return text
    message = f"expected a name or a version of at most {_LONGEST} letters, digits and signs, got {ascii(text):.60}"
    raise ProtocolError(message)


def _settings(told: Wire) -> Settings:
    try:
        return read(told)
    except (msgspec.ValidationError, TypeError, ValueError) as error:
        message = f"expected how it is set up: {error}"
        raise ProtocolError(message) from error


def _strings(found: Wire, sample: Wire) -> tuple[str, ...]:
    names = [item for item in found if isinstance(item, str)] if isinstance(found, tuple) else []
    if sample != _SAMPLE and "marshal" in names:
        names.remove("marshal")
    return tuple(sorted(names))


def _modules(own: Wire, printed: bytes) -> frozenset[str]:
    """The names that were told, or those in a listing as ``help`` prints it; the main program is none of its own."""
    listing = printed.decode("utf-8", "replace").partition("\nPlus any modules")[0]
    names = [word.partition("/")[0] for word in listing.split()] if own is None else own
    told = names if isinstance(names, list | tuple) else ()
    return frozenset(name for name in told if isinstance(name, str)) - {"__main__"}
