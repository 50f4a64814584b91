"""Those of the zoo whose import system departs and whose cause is named: each fault is one finding."""

from pathlib import Path

import pytest

from conformance.tests.zoo.animals import CAUSED, Caused
from conformance.tests.zoo.asking import asked
from conformance.tests.zoo.test_zoo import EXAMPLES, PATIENT, matching
from harness.diff import Verdict


@pytest.mark.parametrize("animal", [pytest.param(animal, id=animal.fault.__name__) for animal in CAUSED])
def test_a_fault_is_one_cause(animal: Caused, tmp_path: Path) -> None:
    """All that a fault does is one finding, which names the cause; two faults are two; none is a fault of the suite.

    Where the clause says so, it is by that one that it diverges.
    """
    asking = [vector for pattern in animal.vectors for vector in matching(pattern)]
    told = asked(animal.fault, tmp_path, asking, examples=EXAMPLES, limits=PATIENT)
    assert sorted(animal.causes) == sorted(told.causes())
    assert animal.clause in {"", *told.diverging()}
    assert set() == set().union(*told.verdicts().values()) & {Verdict.FLAKY, Verdict.HARNESS_FAULT}
