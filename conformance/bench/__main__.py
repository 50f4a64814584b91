"""``python -m conformance.bench``."""

from conformance.bench import main
from conformance.cli.output import guarded, program

program(guarded(main), "python -m conformance.bench")
