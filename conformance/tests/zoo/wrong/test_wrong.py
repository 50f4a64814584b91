"""Those of the zoo whose import system departs: each diverges by the clause of its fault."""

from pathlib import Path
from typing import Final

import pytest

from conformance.tests.zoo.animals import WRONG, Wrong
from conformance.tests.zoo.asking import asked
from conformance.tests.zoo.test_zoo import PATIENT, matching
from harness.diff import Verdict

FEW: Final = 4


@pytest.mark.parametrize("animal", [pytest.param(animal, id=animal.fault.__name__) for animal in WRONG])
def test_wrong_imports_diverge(animal: Wrong, tmp_path: Path) -> None:
    """A fault in what importing means is a divergence by its clause, and never a fault of the suite."""
    told = asked(animal.fault, tmp_path, matching(animal.vectors), examples=FEW, limits=PATIENT)
    found = set().union(*told.verdicts().values())
    assert animal.clause in told.diverging()
    assert set() == found & {Verdict.FLAKY, Verdict.HARNESS_FAULT}
