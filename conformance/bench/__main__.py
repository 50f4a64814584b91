"""``python -m conformance.bench``."""

from conformance.bench import main
from conformance.cli.output import guarded

guarded(main)(prog_name="python -m conformance.bench")
