"""Faults of the process; each function makes the process it is called in faulty.

A start-up script of fakes: it imports built-in modules only, so that a fake's module cache holds what it should.
"""

from __future__ import annotations

import posix
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import SourceFileLoader
    from types import ModuleType

    Write = Callable[[int, bytes], int]

FILES = sys.modules["_frozen_importlib_external"]
FRAGILE = "fragile"
"""The module during whose execution something happens."""

SEGMENTATION_FAULT = 11
STATUS = 3
LONG = 3600.0
HEAD = 60
"""A frame says in so many bytes what it is."""
BEFORE = 20
"""So many bytes of a frame come before its value; eight of them, from the fourth on, tell how long that is."""

NOISE = b"IC1M0000\xff\xfe{not what anybody waits for}\n" * 40


def _put(owner: object, name: str, value: object) -> None:
    setattr(owner, name, value)


def _meanwhile(happen: Callable[[ModuleType], None]) -> None:
    """Let ``happen`` follow the execution of the fragile module."""
    loader = FILES.SourceFileLoader
    execute: Callable[[SourceFileLoader, ModuleType], None] = loader.exec_module

    def changed(self: SourceFileLoader, module: ModuleType) -> None:
        execute(self, module)
        if self.name == FRAGILE:
            happen(module)

    _put(loader, "exec_module", changed)


def _writing(change: Callable[[Write, int, bytes], int]) -> None:
    """Let ``change`` do what writes frames."""
    write: Write = posix.write
    _put(posix, "write", lambda descriptor, data: change(write, descriptor, data))


def _reports(data: bytes) -> bool:
    return b"started" in data[:HEAD] or b"ended" in data[:HEAD]


def _answers(data: bytes) -> bool:
    return b"outcome" in data and not _reports(data)


def _whole(data: bytes) -> bool:
    return len(data) == BEFORE + int(data[4:12], 16)


def crash() -> None:
    """An import ends the process by a segmentation fault."""
    _meanwhile(lambda _module: posix.kill(posix.getpid(), SEGMENTATION_FAULT))


def hang() -> None:
    """An import does not come to its end."""
    _meanwhile(lambda _module: time.sleep(LONG))


def exit_inside() -> None:
    """An import ends the process, with a status."""
    _meanwhile(lambda _module: posix._exit(STATUS))


def exit_at_once() -> None:
    """The process ends before it does anything."""
    posix._exit(0)


def no_hello_in_time() -> None:
    """The process waits before it does anything, longer than anybody has time."""
    time.sleep(LONG)


def slow_start() -> None:
    """The process waits for a moment before it does anything."""
    time.sleep(0.4)


def noise() -> None:
    """The process prints at its start and amid an import."""
    posix.write(1, NOISE)
    posix.write(2, NOISE)

    def happen(_module: ModuleType) -> None:
        posix.write(1, NOISE)
        posix.write(2, NOISE)

    _meanwhile(happen)


def half_an_answer() -> None:
    """Of an answer only the first half is written."""

    def change(write: Write, to: int, data: bytes) -> int:
        write(to, data[: len(data) // 2] if _answers(data) and _whole(data) else data)
        return len(data)

    _writing(change)


def noise_as_answer() -> None:
    """Something else is written in place of an answer."""

    def change(write: Write, to: int, data: bytes) -> int:
        write(to, NOISE if _answers(data) else data)
        return len(data)

    _writing(change)


def half_a_report() -> None:
    """The fork server ends amid a frame."""

    def change(write: Write, to: int, data: bytes) -> int:
        if _reports(data):
            write(to, data[: len(data) // 2])
            posix._exit(STATUS)
        return write(to, data)

    _writing(change)


def noise_as_report() -> None:
    """The fork server writes something else in place of a frame."""

    def change(write: Write, to: int, data: bytes) -> int:
        write(to, NOISE if _reports(data) else data)
        return len(data)

    _writing(change)


def closed_pipe() -> None:
    """The fork server closes the pipe it reports through, and goes on."""

    def change(write: Write, to: int, data: bytes) -> int:
        if not _reports(data):
            return write(to, data)
        try:
            posix.close(to)
        except OSError:
            time.sleep(LONG)
        return len(data)

    _writing(change)


def no_server() -> None:
    """The process ends when it is to be a fork server."""
    if "serve" in sys.orig_argv:
        posix._exit(STATUS)


def noise_as_hello() -> None:
    """Something else is written in place of a hello."""
    if "hello" in sys.orig_argv:
        posix.write(posix.open(sys.orig_argv[sys.orig_argv.index("hello") + 1], posix.O_WRONLY | posix.O_CREAT), NOISE)
        posix._exit(0)


def no_fork() -> None:
    """The process cannot fork."""

    def fail() -> int:
        raise OSError

    _put(posix, "fork", fail)


def version_contradicted() -> None:
    """The process says it is of the next version of the language, and of its own."""
    _put(sys, "version_info", (3, sys.version_info[1] + 1, 0, "final", 0))


def version_of_old() -> None:
    """The process says it is of version 3.8 of the language, and is not."""
    _put(sys, "version_info", (3, 8, 20, "final", 0))
    _put(sys, "hexversion", 0x030814F0)


def random_attribute() -> None:
    """An attribute of a module is another one each time."""
    _meanwhile(lambda module: _put(module, "__file__", f"/nowhere/{time.time_ns()}.py"))


def wrong_once() -> None:
    """An attribute of a module is wrong in the first process that executes it, and right ever after."""

    def happen(module: ModuleType) -> None:
        try:
            posix.close(posix.open(f"{sys.prefix}/once", posix.O_CREAT | posix.O_EXCL))
        except FileExistsError:
            return
        _put(module, "__file__", "/nowhere/fragile.py")

    _meanwhile(happen)
