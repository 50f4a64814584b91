"""A program that an implementation runs as anybody would run it: a file, and no agent."""

import shutil
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

from harness.run.errors import AdapterError
from harness.run.limits import LIMITS
from harness.run.patience import never
from harness.run.probing import Implementation
from harness.run.processes import Ended, Task, execute
from harness.run.surroundings import marked
from harness.run.workspace import Workspace

__all__ = ["Ended", "Runner", "launched"]

_ALONE: Final = "measure=alone"
"""The measure behind which nothing is started any more: a program may start the same interpreter once more."""

_PROGRAMS: Final = "measure=programs"
"""The measure behind which nothing is executed but the implementation's own files."""

_SLOWER: Final = 20.0
_QUIET: Final = "PYTHONDONTWRITEBYTECODE"


class Runner(Enum):
    """Who runs a program."""

    ITSELF = "itself"
    """The implementation."""
    ASKING = "asking"
    """The Python that runs this, which is told the command of the implementation."""
    HOST = "host"
    """The Python that runs this, for itself."""


def launched(
    implementation: Implementation,
    text: str,
    workspace: Workspace,
    *,
    environment: Mapping[str, str],
    host: str,
    runner: Runner = Runner.ITSELF,
    stopped: Callable[[], bool] = never,
) -> Ended:
    """How a program of this text ends; what it writes goes to a directory that is then gone.

    What contains the implementation contains it, whoever runs it, but for the starting of programs: it may start the
    interpreter by which it is run, or which it is to ask. ``host`` is the Python that runs this.

    Raises:
        AdapterError: it cannot be started, or nothing can be written.
        HarnessError: it cannot be followed to its end.
        Stopped: somebody asked to stop.
    """
    directory = workspace.fresh("program")
    around = {key: value for key, value in environment.items() if key != _QUIET} | {"TMPDIR": str(directory)}
    file = directory / "repro.py"
    try:
        directory.mkdir()
        file.write_text(text, "utf-8", newline="\n")
        task = Task(_command(implementation, str(file), runner, host), str(directory), marked(around, workspace.path))
        seconds = 2 * LIMITS.case + _SLOWER * implementation.startup
        return execute(task, seconds=seconds, limits=LIMITS, scratch=workspace.path, stopped=stopped)
    except OSError as error:
        message = f"cannot be used ({error.strerror})"
        raise AdapterError(str(workspace.path), message, "make room in the scratch directory") from error
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _command(implementation: Implementation, file: str, runner: Runner, host: str) -> tuple[str, ...]:
    own = implementation.identity.command
    left = {_ALONE} if runner is Runner.ITSELF else {_ALONE, _PROGRAMS}
    fence = tuple(word for word in implementation.containment.fence if word not in left)
    match runner:
        case Runner.ITSELF:
            return (*fence, *own, file)
        case Runner.ASKING:
            return (*fence, host, file, *own)
        case Runner.HOST:
            return (*fence, host, file)
