"""Signals that ask a command to end are heard."""

import os
import signal
import threading
import time
from types import FrameType

import pytest

from conformance.cli.signals import signalled


def ending(_number: int, _frame: FrameType | None) -> None:
    """Ends everything."""
    raise KeyboardInterrupt


def test_while_it_waits() -> None:
    """A signal that does not end what the system waits for ends the wait all the same: here another thread gets it."""
    lock = threading.Lock()
    lock.acquire()
    began = time.monotonic()
    with signalled(ending):
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        sender = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM))
        sender.start()
        try:
            with pytest.raises(KeyboardInterrupt):
                lock.acquire(timeout=60)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            sender.join()
    assert time.monotonic() - began < 30


def test_afterwards() -> None:
    """Afterwards every signal has its former handler, and nobody is woken."""
    numbers = sorted(signal.valid_signals())
    before = [signal.getsignal(number) for number in numbers]
    with signalled(ending):
        pass
    assert ([signal.getsignal(number) for number in numbers], signal.set_wakeup_fd(-1)) == (before, -1)
