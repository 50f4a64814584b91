"""Signals that ask a command to end are heard."""

import os
import signal
import subprocess
import sys
import threading
import time
from types import FrameType
from typing import Final

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


ENDING: Final = """
import atexit, os, signal, sys
from conformance.cli import entry
number = int(sys.argv.pop(1))
atexit.register(os.kill, os.getpid(), number)
entry()
"""


@pytest.mark.parametrize("number", [pytest.param(2, id="SIGINT"), pytest.param(15, id="SIGTERM")])
@pytest.mark.parametrize(
    ("words", "code"),
    [pytest.param(("--version",), 0, id="nothing"), pytest.param(("explain", "no.such-clause"), 2, id="command")],
)
def test_it_changes_no_exit_code(words: tuple[str, ...], code: int, number: int) -> None:
    """A program that is asked to end while it ends has the exit code that it had."""
    done = subprocess.run([sys.executable, "-c", ENDING, str(number), *words], capture_output=True, check=False)
    assert code == done.returncode
