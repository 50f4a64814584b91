"""How generated programs end: the shares that tell whether generation is worth its time."""

from collections.abc import Iterable

import msgspec

from generators.names import CAUGHT
from harness.model.observation import Observation


class Shares(msgspec.Struct, frozen=True):
    """How many of so many ``cases`` reached the end (``completed``) and in how many something was ``raised``.

    A case counts under both where the exception was caught.
    """

    cases: int = 0
    completed: int = 0
    raised: int = 0

    def plus(self, other: "Shares") -> "Shares":
        """The counts of both."""
        return Shares(self.cases + other.cases, self.completed + other.completed, self.raised + other.raised)

    @property
    def completed_percent(self) -> float:
        """Of a hundred cases, how many reached the end without an error."""
        return 100 * self.completed / max(self.cases, 1)

    @property
    def raised_percent(self) -> float:
        """Of a hundred cases, in how many something was raised, caught or not."""
        return 100 * self.raised / max(self.cases, 1)


def shares(observations: Iterable[Observation]) -> Shares:
    """The shares among ``observations``, all of generated cases.

    What was raised and caught shows in the trace, since every handler begins with a mark; what the import system
    catches itself does not. Cases that an implementation could not take on (``unsupported``) are left out.
    """
    total = Shares()
    for observation in observations:
        match observation.outcome:
            case ("unsupported" | "fault", *_):
                continue
            case outcome:
                raised = outcome == "raised" or _is_exit(outcome) or _handled(observation)
                total = total.plus(Shares(1, int(outcome == "completed"), int(raised)))
    return total


def _is_exit(outcome: object) -> bool:
    return isinstance(outcome, tuple) and outcome[:1] in {("exited",), ("unbegun",)}


def _handled(observation: Observation) -> bool:
    for number in range(len(observation.facts)):
        event = observation.facts.get(f"trace/{number:04}")
        if event is None:
            return False
        if isinstance(event, tuple) and event[:2] == ("event", CAUGHT):
            return True
    return False
