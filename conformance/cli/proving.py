"""Whether the adapter of an implementation works: before any score is shown, and for ``doctor``."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec

from harness.model.observation import Identity
from harness.run import AdapterError, Implementation, Stopped, Subject, Workspace, change, connect, examine
from harness.run.health import Smoke
from reports.wording import phrase


class Examined(msgspec.Struct, frozen=True):
    """An implementation with its trivial cases, or the ``fault`` that kept them from being asked.

    ``lines``: by act, who keeps a case of a file from it; ``lost``: by measure, why it is not taken; for ``doctor``.
    """

    identity: Identity
    startup: float
    smokes: tuple[Smoke, ...]
    fault: str = ""
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
            f"{name}: {key} is {phrase(seen)}, not {phrase(known)}" for name, key, known, seen in wrong[:1]
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

    def connected(item: Implementation) -> Subject:
        if stopped():
            raise Stopped
        return connect(item, place, environment=environment, stopped=stopped)

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(lambda item: _examine(item, connected, place), implementations))


def changes(
    implementations: Sequence[Implementation],
    place: Workspace,
    environment: Mapping[str, str],
    stopped: Callable[[], bool],
    *,
    jobs: int = 2,
) -> tuple[str, ...]:
    """Which implementations are others than when they said hello, and in what; nobody is asked after a stop."""

    def changed(item: Implementation) -> str:
        try:
            return "" if stopped() else change(item, place, environment=environment, stopped=stopped)
        except Stopped:
            return ""

    with ThreadPoolExecutor(jobs) as pool:
        told = zip(implementations, pool.map(changed, implementations), strict=True)
        return tuple(f"{item.identity.label}: {what}" for item, what in told if what)


def _examine(item: Implementation, connected: Callable[[Implementation], Subject], place: Workspace) -> Examined:
    try:
        subject = connected(item)
        try:
            health = examine(subject, place)
        finally:
            subject.close()
    except AdapterError as error:
        return Examined(item.identity, item.startup, (), str(error))
    return Examined(item.identity, item.startup, health.smokes)
