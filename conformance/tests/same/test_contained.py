"""What contains a case from a file changes nothing of what is judged."""

import shutil
from collections.abc import Iterator, Sequence

import pytest

from conformance.catalogue import vectors
from generators import generate
from harness.model.case import Case, Embedded
from harness.model.observation import Observation
from harness.run import Contain, Implementation, Mode, Workspace, connect, contained, find
from harness.run.tests.fakes import ENVIRONMENT
from harness.tests.hosts import PYTHON

_SPECS = [PYTHON, *(path for path in [shutil.which("pypy3.11")] if path)]
_EVERY = 10
_APART = 20
"""Of the vectors one in so many is asked, and of those that start a process each."""

_GENERATED = 60


def _sample() -> list[Case]:
    every = [vector.case for vector in vectors().values()]
    forked = [case for case in every if isinstance(case.launch, Embedded)]
    launched = [case for case in every if not isinstance(case.launch, Embedded)]
    return [*forked[::_EVERY], *launched[::_APART], *generate(seed=5, examples=_GENERATED)]


def _seen(found: Implementation, workspace: Workspace, cases: Sequence[Case], mode: Mode) -> list[Observation]:
    subject = connect(found, workspace, environment=ENVIRONMENT, mode=mode)
    try:
        return subject.observe([workspace.place(case, alone=True) for case in cases])
    finally:
        subject.close()


@pytest.fixture(scope="module", params=[pytest.param(path, id=f"interpreter{at}") for at, path in enumerate(_SPECS)])
def asked(request: pytest.FixtureRequest) -> Iterator[tuple[Workspace, Implementation]]:
    """An implementation without any line, and the workspace of both."""
    with Workspace() as workspace:
        yield workspace, find([request.param], workspace, environment=ENVIRONMENT).implementations[0]


@pytest.mark.parametrize(("mode", "every"), [(Mode.AUTO, 1), (Mode.FRESH, 40)])
def test_the_same_facts(mode: Mode, every: int, asked: tuple[Workspace, Implementation]) -> None:
    """Vectors of every chapter, and generated cases, give the same facts behind every line as behind none."""
    workspace, plain = asked
    behind = contained(plain, workspace, environment=ENVIRONMENT, wanted=Contain.REQUIRE)
    cases = _sample()[::every]
    differing = [
        (case, one.facts, other.facts)
        for case, one, other in zip(
            cases, _seen(plain, workspace, cases, mode), _seen(behind, workspace, cases, mode), strict=True
        )
        if one.facts != other.facts
    ]
    assert [] == differing
    assert behind.containment.hook
