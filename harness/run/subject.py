"""What every implementation under test looks like to the rest of the suite."""

from collections.abc import Sequence
from typing import Protocol

from harness.model.observation import Identity, Observation
from harness.run.workspace import Placed

__all__ = ["Subject"]


class Subject(Protocol):
    """An implementation that can be asked what cases do."""

    @property
    def identity(self) -> Identity:
        """Who it is."""

    def observe(self, placed: Sequence[Placed]) -> list[Observation]:
        """What each case does, in order.

        Whatever the implementation does is an observation; where the harness fails, the outcome is
        ``("fault", REASON)``.

        Raises:
            Stopped: somebody asked to stop.
        """

    def close(self) -> None:
        """End every process."""
