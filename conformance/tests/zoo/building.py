"""Makes a fake implementation: the interpreter at hand in a virtual environment whose start-up plants a fault.

``python ARGUMENTS`` of the fake does what the interpreter itself does with them, whatever they are, save for the fault.
"""

import functools
import marshal
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from harness.tests.hosts import bare

Fault: TypeAlias = Callable[[], None]
"""A function of a start-up script that makes the process it is called in faulty."""

_START: Final = (
    "import sys, marshal; zoo = getattr(sys, 'zoo', None) or {{'__name__': 'zoo'}}; "
    "hasattr(sys, 'zoo') or (exec(marshal.load(open({0!r}, 'rb')), zoo), zoo[{1!r}]()); sys.zoo = zoo\n"
)
"""What the start-up executes; of a virtual environment it does so twice."""


def built(directory: Path, fault: Fault | None) -> Path:
    """The command of a fake in ``directory`` that has ``fault``, or none."""
    command = bare(directory)
    if fault is not None:
        (site,) = directory.glob("lib/*/site-packages")
        code = site / "zoo.code"
        code.write_bytes(_compiled(fault.__code__.co_filename))
        (site / "zoo.pth").write_text(_START.format(str(code), fault.__name__))
    return command


@functools.cache
def _compiled(script: str) -> bytes:
    """A start-up script as the interpreter at hand has it; read as a text it would be compiled at every start."""
    return marshal.dumps(compile(Path(script).read_bytes(), script, "exec", dont_inherit=True))
