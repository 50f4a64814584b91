"""Whether the adapter of an implementation works: before any score is shown, and for ``doctor``."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from harness.model.observation import Identity
from harness.run import AdapterError, Implementation, Stopped, Subject, Workspace, change, connect, examine
from harness.run.health import Smoke
from harness.run.together import together
from reports.stating import about, told


class Examined(msgspec.Struct, frozen=True):
    """An implementation with its trivial cases, or the ``fault`` that kept them from being asked.

    For ``doctor``: ``label``, what it is called beside the others; ``lines``, by act, who keeps a case of a file from
    it; ``lost``, by measure, why it is not taken.
    """

    identity: Identity
    startup: float
    smokes: tuple[Smoke, ...]
    fault: str = ""
    label: str = ""
    lines: dict[str, tuple[str, ...]] = {}
    lost: dict[str, str] = {}

    @property
    def healthy(self) -> bool:
        """Whether every trivial case came out as known."""
        return not self.fault and all(smoke.passed for smoke in self.smokes)

    @property
    def trouble(self) -> str:
        """What kept a trivial case from coming out as known, in a few words."""
        if self.fault:
            return self.fault
        wrong = [(smoke.name, *item) for smoke in self.smokes for item in smoke.wrong[:1]]
        return "; ".join(
            f"{name}: {about(key)}: {told(key, seen)}, not {told(key, known)}" for name, key, known, seen in wrong[:1]
        )


def examined(
    implementations: Sequence[Implementation],
    place: Workspace,
    environment: Mapping[str, str],
    *,
    jobs: int = 2,
    stopped: Callable[[], bool] = lambda: False,
) -> list[Examined]:
    """Ask each implementation the trivial cases.

    Raises:
        Stopped: somebody asked to stop.
    """

    def examine_(item: Implementation, ended: Callable[[], bool]) -> Examined:
        return _examine(item, lambda: connect(item, place, environment=environment, stopped=ended), place)

    return together(examine_, implementations, jobs=jobs, stopped=stopped)


def changes(
    implementations: Sequence[Implementation],
    place: Workspace,
    environment: Mapping[str, str],
    stopped: Callable[[], bool],
    *,
    jobs: int = 2,
) -> tuple[str, ...]:
    """Which implementations are others than when they said hello, and in what; nobody is asked after a stop."""

    def changed(item: Implementation, ended: Callable[[], bool]) -> str:
        what = change(item, place, environment=environment, stopped=ended)
        return f"{item.identity.label}: {what}" if what else ""

    try:
        return tuple(filter(None, together(changed, implementations, jobs=jobs, stopped=stopped)))
    except Stopped:
        return ()


def _examine(item: Implementation, connected: Callable[[], Subject], place: Workspace) -> Examined:
    try:
        subject = connected()
        try:
            health = examine(subject, place)
        finally:
            subject.close()
    except AdapterError as error:
        return Examined(item.identity, item.startup, (), str(error))
    return Examined(item.identity, item.startup, health.smokes)
