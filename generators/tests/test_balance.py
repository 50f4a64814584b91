"""Generated programs do something: on the Python that runs this test, most end well and many meet an error."""

import os
import sys

import pytest

from generators import Shares, shares
from harness.model.case import Case
from harness.run import Workspace, connect, environment, find


@pytest.fixture(scope="module", params=["plain", "wide"])
def found(request: pytest.FixtureRequest, generated: tuple[Case, ...], widened: tuple[Case, ...]) -> Shares:
    """How a sample of generated cases ends, of the plain mix and of all."""
    sample = {"plain": generated[::10], "wide": widened[::20]}[request.param]
    surroundings = environment(os.environ)
    with Workspace() as workspace:
        (implementation,) = find([sys.executable], workspace, environment=surroundings).implementations
        subject = connect(implementation, workspace, environment=surroundings)
        try:
            return shares(subject.observe([workspace.place(case) for case in sample]))
        finally:
            subject.close()


def test_half_complete(found: Shares) -> None:
    """At least half of all programs reach the end without an error."""
    assert (found.cases, found.completed_percent >= 50) == (400, True)


def test_quarter_raise(found: Shares) -> None:
    """In at least a quarter of all programs something is raised, caught or not."""
    assert found.raised_percent >= 25
