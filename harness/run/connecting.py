"""From an implementation to a subject."""

from collections.abc import Callable, Mapping
from typing import Final, assert_never

import msgspec

from harness.run.forking import ForkServer
from harness.run.fresh import Fresh
from harness.run.limits import LIMITS, Limits, Mode
from harness.run.patience import never
from harness.run.probing import Implementation
from harness.run.subject import Subject
from harness.run.surroundings import marked
from harness.run.workspace import Workspace
from harness.run.zygotes import Zygote

__all__ = ["connect"]

_SLOWER: Final = 5.0
"""How many times slower than when it said hello an implementation may start under load."""


def connect(
    implementation: Implementation,
    workspace: Workspace,
    *,
    environment: Mapping[str, str],
    limits: Limits = LIMITS,
    mode: Mode = Mode.AUTO,
    stopped: Callable[[], bool] = never,
) -> Subject:
    """A subject that asks ``implementation``, with files in ``workspace``, until it is ``stopped``.

    What contains it is in front of every process, and every request says whether the agent is to guard. A slow start is
    allowed for: the deadline of a case grows with the time the implementation took to say hello.
    """
    identity = implementation.identity
    limits = msgspec.structs.replace(limits, case=limits.case + _SLOWER * implementation.startup)
    environment = marked(environment, workspace.path)
    contain = implementation.containment
    fresh = Fresh(implementation, workspace, environment=environment, limits=limits, stopped=stopped)

    def spawn() -> Zygote:
        command = (*contain.fence, *identity.command)
        return Zygote(command, workspace, environment=environment, limits=limits, stopped=stopped)

    match mode:
        case Mode.FRESH:
            return fresh
        case Mode.AUTO if not {"fork", "marshal"} <= set(identity.capabilities):
            return fresh
        case Mode.AUTO:
            return ForkServer(spawn, fresh, limits=limits, containment=contain)
        case _:
            assert_never(mode)
