"""Faulty interpreters of the zoo are judged as those of a sample are: who departs is killed, and nobody else."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pytest

from conformance.catalogue import Vector, catalogue, vectors
from conformance.engine.judgements import Judgements
from conformance.engine.predictions import Predicted
from conformance.sensitivity.judging import Bench, Outcome, Trial, judged, windows
from conformance.sensitivity.series import series
from conformance.tests.zoo import behaving, company, naming, opening, searching
from conformance.tests.zoo.building import Fault, built
from conformance.tests.zoo.test_zoo import importing, matching, pairs
from harness.diff import Verdict
from harness.run import Implementation, Limits, Workspace, base_interpreter, environment, find

QUICK: Final = Limits(start=5.0, case=1.0, grace=0.2)


@pytest.fixture(scope="module")
def base() -> Implementation:
    """The interpreter that runs the tests, unchanged."""
    with Workspace() as place:
        return find([base_interpreter(sys.executable)], place, environment=environment(os.environ)).implementations[0]


@pytest.fixture
def tried(base: Implementation, tmp_path: Path) -> Callable[..., Trial]:
    """What becomes of a fake that is asked some vectors."""

    def told(fault: Fault | None, asked: Sequence[Vector], *, examples: int = 0, limits: Limits = QUICK) -> Trial:
        asking = series(base.identity, asked, examples=examples, seed=0)
        judge = Judgements(Predicted.judge).of
        bench = Bench(base, asking, judge, environment(os.environ), limits=limits)
        with Workspace() as place:
            return judged(bench, (str(built(tmp_path / "fake", fault)),), place)

    return told


def test_a_departure_kills(tried: Callable[..., Trial]) -> None:
    """Who departs is killed by a clause of the catalogue, in a vector that shows it."""
    trial = tried(searching.parent_binding_forgotten, matching("submodule-*"))
    assert trial.kill is not None
    assert (trial.outcome, trial.kill.verdict) == (Outcome.KILLED, Verdict.DIVERGES)
    assert (trial.kill.clause in catalogue(), trial.kill.origin in vectors()) == (True, True)


def test_a_generated_case_kills(tried: Callable[..., Trial]) -> None:
    """What no vector shows a generated case may."""
    trial = tried(naming.underscored_names_taken, [importing("plain")], examples=400)
    assert trial.kill is not None
    assert (trial.outcome, trial.kill.origin, trial.cases > 1) == (Outcome.KILLED, "generated", True)


def test_the_unchanged_one_survives(tried: Callable[..., Trial]) -> None:
    """The interpreter without a fault is asked to the end and never killed: what is known of it is no departure."""
    some = list(vectors().values())[::8]
    trial = tried(None, some, examples=30, limits=Limits())
    assert (trial.outcome, trial.cases, trial.doubtful) == (Outcome.SURVIVED, len(some) + 30, 0)


def test_an_unexpected_pass_kills(tried: Callable[..., Trial]) -> None:
    """Who does as documented where the unchanged interpreter is known not to has changed."""
    trial = tried(company.hidden_submodule_bound, matching("import-dotted-*"))
    assert (trial.outcome, trial.kill and trial.kill.verdict) == (Outcome.KILLED, Verdict.UNEXPECTED_PASS)


def test_two_answers_kill(tried: Callable[..., Trial]) -> None:
    """Who answers an open question in two ways is killed by the question, though no case diverges."""
    trial = tried(opening.listed_name_by_kind_of_module, [*matching("star-all-missing-*"), *pairs()])
    assert (trial.outcome, trial.kill and trial.kill.verdict) == (Outcome.KILLED, Verdict.INCONSISTENT)


def test_a_hang_kills(tried: Callable[..., Trial]) -> None:
    """Who does not come to the end of a case is killed by it, and the cases after it are not waited for."""
    trial = tried(behaving.hang, [importing(behaving.FRAGILE)])
    assert (trial.outcome, trial.kill and trial.kill.signature.endswith("→ timed-out")) == (Outcome.KILLED, True)


def test_what_is_not_judged_kills_nobody(tried: Callable[..., Trial]) -> None:
    """Where a repetition disagrees the case is counted as doubtful, and the other cases are asked."""
    asked = [importing(behaving.FRAGILE), *(importing(f"sound{number}") for number in range(20))]
    trial = tried(behaving.random_attribute, asked)
    assert (trial.outcome, trial.cases, trial.doubtful) == (Outcome.SURVIVED, 21, 1)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        pytest.param(behaving.exit_at_once, "ended with status 0", id="no hello"),
        pytest.param(behaving.half_an_answer, "expected a frame", id="no round trip"),
    ],
)
def test_unfit(tried: Callable[..., Trial], fault: Fault, reason: str) -> None:
    """Who does not start is not asked anything, and the reason is told."""
    trial = tried(fault, [importing("sound")])
    assert (trial.outcome, trial.cases, reason in trial.reason) == (Outcome.UNFIT, 0, True)


@pytest.mark.parametrize(("start", "stop"), [(0, 1000), (5, 13), (7, 7)])
def test_windows(start: int, stop: int) -> None:
    """Batches hold every position once, in order."""
    found = [at for begin, end in windows(start, stop) for at in range(begin, end)]
    assert list(range(start, stop)) == found
