"""Makes a fake implementation: the interpreter at hand in a virtual environment whose start-up plants a fault.

``python ARGUMENTS`` of the fake does what the interpreter itself does with them, whatever they are, save for the fault.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from harness.tests.hosts import bare

Fault: TypeAlias = Callable[[], None]
"""A function of a start-up script that makes the process it is called in faulty."""

_START: Final = (
    "import sys; zoo = getattr(sys, 'zoo', None) or {{'__name__': 'zoo'}}; "
    "hasattr(sys, 'zoo') or (exec(compile(open({0!r}).read(), {0!r}, 'exec'), zoo), zoo[{1!r}]()); sys.zoo = zoo\n"
)
"""What the start-up executes; of a virtual environment it does so twice."""


def built(directory: Path, fault: Fault | None) -> Path:
    """The command of a fake in ``directory`` that has ``fault``, or none."""
    command = bare(directory)
    if fault is not None:
        (site,) = directory.glob("lib/*/site-packages")
        (site / "zoo.pth").write_text(_START.format(fault.__code__.co_filename, fault.__name__))
    return command
