"""The shares of programs that reach the end and of those in which something is raised."""

import pytest

from generators import Shares, shares
from harness.model.observation import Observation
from harness.model.values import Value

CAUGHT = ("event", "caught", "a")
OTHER = ("event", "m", "a")


def observed(outcome: Value, *events: Value) -> Observation:
    """An observation of that outcome and trace."""
    trace = {f"trace/{number:04}": event for number, event in enumerate(events)}
    return Observation({"outcome": outcome, **trace, "trace/length": len(events)})


@pytest.mark.parametrize(
    ("observation", "expected"),
    [
        pytest.param(observed("completed", OTHER), Shares(1, 1, 0), id="completed"),
        pytest.param(observed("completed", OTHER, CAUGHT), Shares(1, 1, 1), id="caught"),
        pytest.param(observed("raised"), Shares(1, 0, 1), id="raised"),
        pytest.param(observed(("exited", 1)), Shares(1, 0, 1), id="exited"),
        pytest.param(observed(("unbegun", 1)), Shares(1, 0, 1), id="unbegun"),
        pytest.param(observed(("crashed", 11)), Shares(1, 0, 0), id="crashed"),
        pytest.param(observed("timed-out"), Shares(1, 0, 0), id="timed-out"),
        pytest.param(observed(("unsupported", "fork")), Shares(), id="unsupported"),
    ],
)
def test_one(observation: Observation, expected: Shares) -> None:
    """What one observation counts as."""
    assert shares([observation]) == expected


def test_percentages() -> None:
    """Shares of a hundred, and none of nothing."""
    found = shares([observed("completed"), observed("completed", CAUGHT), observed("raised"), observed("raised")])
    assert (found.completed_percent, found.raised_percent, Shares().raised_percent) == (50.0, 75.0, 0.0)


def test_plus() -> None:
    """Counts add up."""
    assert Shares(2, 1, 1).plus(Shares(3, 2, 0)) == Shares(5, 3, 1)
