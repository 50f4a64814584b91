"""``python -m conformance``."""

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)  # until there is a command to end there is nothing to tidy up

from conformance.cli import entry  # noqa: E402 - after the signal, since it takes a while

entry()
