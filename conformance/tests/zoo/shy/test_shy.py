"""Those of the zoo whose fault shows only beside something that explains a difference: each is caught."""

from pathlib import Path

import pytest

from conformance.catalogue import expectations
from conformance.tests.zoo import opening
from conformance.tests.zoo.animals import SHY, Shy
from conformance.tests.zoo.asking import asked
from conformance.tests.zoo.test_zoo import LANGUAGE, PATIENT, QUICK, matching, pairs
from harness.diff import Verdict
from harness.model.case import Case
from harness.model.prediction import OneOf, Unspecified
from harness.oracle import predict


def accompanied(case: Case) -> set[str]:
    """The clauses of what could explain a difference in the case away."""
    documents = predict(case, LANGUAGE)
    known = {entry.taken for entry in expectations("cpython") if entry.applies(LANGUAGE)}
    facts = [item for world in documents.worlds for item in world.facts.values()]
    return {
        *(item.clause for item in known.intersection(documents.consulted)),
        *(answer.clause for world in documents.worlds for answer in world.answers),
        *(clause for item in facts if isinstance(item, Unspecified | OneOf) for clause in item.clauses),
    }


@pytest.mark.parametrize(
    "animal", [pytest.param(animal, id=animal.fault.__name__) for animal in SHY if LANGUAGE < animal.until]
)
def test_company_explains_no_fault(animal: Shy, tmp_path: Path) -> None:
    """A fault beside a known departure, an open question or a silence diverges, and shows nowhere else."""
    asking = [*matching(animal.vectors), *pairs()]
    limits = QUICK if animal.fault is opening.odd_path_hangs else PATIENT
    told = asked(animal.fault, tmp_path, asking, limits=limits)
    found = {origin for origin, verdicts in told.verdicts().items() if Verdict.DIVERGES in verdicts}
    assert animal.clause in told.diverging()
    assert {
        each.name for each in asking if each.name in found and animal.company not in accompanied(each.case)
    } == set()
    assert set() == set().union(*told.verdicts().values()) & {Verdict.FLAKY, Verdict.HARNESS_FAULT}
