"""Generated programs do something: most end well and many meet an error, here and by the documents."""

import os

import pytest

from generators import Shares, shares
from harness.model.case import Case
from harness.model.prediction import Exactly
from harness.oracle import predict
from harness.run import Workspace, connect, environment, find
from harness.tests.hosts import PYTHON


@pytest.fixture(scope="module", params=["plain", "both"])
def found(request: pytest.FixtureRequest, generated: tuple[Case, ...], mixed: tuple[Case, ...]) -> Shares:
    """How a sample of generated cases ends, of the plain mix and of all."""
    sample = {"plain": generated[::5], "both": mixed[::10]}[request.param]
    surroundings = environment(os.environ)
    with Workspace() as workspace:
        (implementation,) = find([PYTHON], workspace, environment=surroundings).implementations
        subject = connect(implementation, workspace, environment=surroundings)
        try:
            return shares(subject.observe([workspace.place(case) for case in sample]))
        finally:
            subject.close()


def test_half_complete(found: Shares) -> None:
    """At least half of all programs reach the end without an error."""
    assert (found.cases, found.completed_percent >= 50) == (800, True)


def _completes(case: Case) -> bool:
    outcome = predict(case, (3, 12)).worlds[0].facts.get("outcome")
    return isinstance(outcome, Exactly) and outcome.value == "completed"


def test_half_are_to_complete(mixed: tuple[Case, ...]) -> None:
    """By the documents at least half of the programs that a run has by default reach their end."""
    sample = mixed[::8]
    assert sum(map(_completes, sample)) >= len(sample) / 2


def test_quarter_raise(found: Shares) -> None:
    """In at least a quarter of all programs something is raised, caught or not."""
    assert found.raised_percent >= 25
