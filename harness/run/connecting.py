"""From an implementation to a subject."""

from collections.abc import Mapping

from harness.run.forking import ForkServer
from harness.run.fresh import Fresh
from harness.run.limits import Limits, Mode
from harness.run.probing import Implementation
from harness.run.subject import Subject
from harness.run.workspace import Workspace
from harness.run.zygotes import Zygote

__all__ = ["connect"]


def connect(
    implementation: Implementation,
    workspace: Workspace,
    *,
    environment: Mapping[str, str],
    limits: Limits = Limits(),
    mode: Mode = Mode.AUTO,
    jobs: int = 1,
) -> Subject:
    """A subject that asks ``implementation``, with files in ``workspace``; ``jobs`` fresh processes run at once."""
    identity = implementation.identity
    fresh = Fresh(
        identity, implementation.startup, workspace, environment=environment, limits=limits, jobs=jobs
    )
    if mode is Mode.FRESH or not {"fork", "marshal"} <= set(identity.capabilities):
        return fresh

    def spawn() -> Zygote:
        return Zygote(identity.command, workspace, environment=environment, limits=limits)

    return ForkServer(spawn, fresh, limits=limits)
