"""What must hold before anything else is imported: some libraries look at the working directory then."""

import os
import sys
from typing import Final

_INCOMPLETE: Final = 3


def demand_directory() -> None:
    """End the process, with one message, where the working directory is gone or cannot be named."""
    try:
        os.getcwd()  # noqa: PTH109 - pathlib is not imported yet
    except OSError as error:
        sys.stderr.write(f"error: the working directory cannot be used ({error.strerror})\n")
        sys.stderr.write("hint: change to a directory that is there\n")
        sys.exit(_INCOMPLETE)
