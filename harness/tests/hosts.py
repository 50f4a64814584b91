"""The Python that runs the tests, as something to judge."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Final

from harness.run import base_interpreter

__all__ = ["PYTHON", "bare"]


def bare(directory: Path) -> Path:
    """The interpreter at hand in a new virtual environment in ``directory`` that has nothing installed."""
    base = Path(base_interpreter(sys.executable))
    (directory / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages").mkdir(parents=True)
    (directory / "pyvenv.cfg").write_text(f"home = {base.parent}\ninclude-system-site-packages = false\n")
    command = directory / "bin" / "python"
    command.parent.mkdir()
    command.symlink_to(base)
    return command


def _kept() -> str:
    """That interpreter in the environment of the tests, made once; the interpreter itself where there is none.

    What is installed beside an interpreter starts with it: some have half a library read each time.
    """
    if sys.prefix == sys.base_prefix:
        return base_interpreter(sys.executable)
    place = Path(sys.prefix) / "bare"
    if not place.exists():
        with tempfile.TemporaryDirectory(dir=sys.prefix) as made:
            bare(Path(made) / "bare")
            _put(Path(made) / "bare", place)
    return str(place / "bin" / "python")


def _put(made: Path, place: Path) -> None:
    """Put it there, unless another process of the tests was first."""
    try:
        os.rename(made, place)  # noqa: PTH104 - the one that tells what is there already from what fails
    except FileExistsError:
        pass
    except OSError:
        if not place.exists():
            raise


PYTHON: Final = _kept()
"""The command of the interpreter that tests judge where it does not matter which."""
