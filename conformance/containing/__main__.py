"""``python -m conformance.containing``."""

from conformance.cli.output import guarded
from conformance.containing import main

guarded(main)(prog_name="python -m conformance.containing")
