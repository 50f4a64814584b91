"""Makes a fake implementation: the interpreter at hand in a virtual environment whose start-up plants a fault.

``python ARGUMENTS`` of the fake does what the interpreter itself does with them, whatever they are, save for the fault.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from harness.run import base_interpreter

Fault: TypeAlias = Callable[[], None]
"""A function of a start-up script that makes the process it is called in faulty."""

_START: Final = (
    "import sys; zoo = getattr(sys, 'zoo', None) or {{'__name__': 'zoo'}}; "
    "hasattr(sys, 'zoo') or (exec(compile(open({0!r}).read(), {0!r}, 'exec'), zoo), zoo[{1!r}]()); sys.zoo = zoo\n"
)
"""What the start-up executes; of a virtual environment it does so twice."""


def built(directory: Path, fault: Fault | None) -> Path:
    """The command of a fake in ``directory`` that has ``fault``, or none."""
    base = Path(base_interpreter(sys.executable))
    site = directory / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    site.mkdir(parents=True)
    command = directory / "bin" / "python"
    command.parent.mkdir()
    command.symlink_to(base)
    (directory / "pyvenv.cfg").write_text(f"home = {base.parent}\ninclude-system-site-packages = false\n")
    if fault is not None:
        (site / "zoo.pth").write_text(_START.format(fault.__code__.co_filename, fault.__name__))
    return command
