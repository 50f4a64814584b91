"""Whether an implementation is still the one it was when it said hello."""

from collections.abc import Callable, Mapping

from harness.run.errors import AdapterError
from harness.run.limits import LIMITS, Limits
from harness.run.patience import never
from harness.run.probing import Implementation, probe
from harness.run.workspace import Workspace

__all__ = ["change"]


def change(
    implementation: Implementation,
    workspace: Workspace,
    *,
    environment: Mapping[str, str],
    limits: Limits = LIMITS,
    stopped: Callable[[], bool] = never,
) -> str:
    """In what the implementation is another than it was, empty where in nothing.

    It is asked once more who it is, and its files are looked at: inode, size and modification time.

    Raises:
        Stopped: somebody asked to stop.
    """
    command = implementation.identity.command
    try:
        now = probe(command, workspace, environment=environment, limits=limits, stopped=stopped, rooms=False)
    except AdapterError as error:
        return f"it no longer says hello: {error.reason}"
    if now.files != implementation.files:
        names = (name for name, *state in implementation.files if (name, *state) not in now.files)
        return f"{next(names, command[0])} is another file than when it said hello"
    if (now.identity, now.settings) != (implementation.told or implementation.identity, implementation.settings):
        return f"it says it is {now.identity.label}, or set up otherwise than when it said hello first"
    return ""
