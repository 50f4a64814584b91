"""Signals that ask a command to end, heard whatever it waits for."""

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Final, TypeAlias

__all__ = ["ASKING", "signalled"]

Handler: TypeAlias = Callable[[int, FrameType | None], None]
"""What happens on a signal."""

ASKING: Final = (signal.SIGINT, signal.SIGTERM)
"""What asks a command to end."""

_RESTORED: Final = frozenset({signal.SIGPIPE, signal.SIGXFSZ})
"""What Python itself ignores, and resets in the processes it starts."""

_PAUSES: Final = (0.01, 0.1, 0.5)


@contextlib.contextmanager
def signalled(handler: Handler) -> Iterator[None]:
    """Within the block SIGINT and SIGTERM do what ``handler`` says.

    What was ignored, as SIGHUP under nohup, has no effect here, but subjects begin with the system's own answers to it.
    """
    ignored = [item for item in signal.valid_signals() if signal.getsignal(item) is signal.SIG_IGN]
    before = {number: signal.signal(number, _unheard) for number in ignored if number not in _RESTORED}
    before |= {number: signal.signal(number, handler) for number in ASKING}
    before.setdefault(signal.SIGURG, signal.signal(signal.SIGURG, _unheard))
    try:
        with _woken():
            yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)


def _unheard(_number: int, _frame: FrameType | None) -> None:
    """A handler in place of an ignored signal: what is handled is reset in a new program, what is ignored is not."""


@contextlib.contextmanager
def _woken() -> Iterator[None]:
    """Within the block this thread hears a signal also if it came just before the thread began to wait for something.

    Handlers run between two steps of the thread, and a wait of the system is one step, which only a later signal ends.
    """
    heard, told = os.pipe()
    os.set_blocking(told, False)
    over = threading.Event()
    waker = threading.Thread(target=_wake, args=(heard, threading.get_ident(), over), daemon=True)
    before = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    waker.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before, warn_on_full_buffer=False)
        over.set()
        os.close(told)
        waker.join()
        os.close(heard)


def _wake(heard: int, thread: int, over: threading.Event) -> None:
    """Send the thread a signal without meaning after each that has one."""
    while numbers := os.read(heard, 64):
        for pause in _PAUSES if any(number in ASKING for number in numbers) else ():
            if not over.wait(pause):
                signal.pthread_kill(thread, signal.SIGURG)
