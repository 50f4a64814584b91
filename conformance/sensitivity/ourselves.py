"""Which of our own modules decide what is said of others, and which of our tests are to notice a fault in them."""

import enum
import fnmatch
from pathlib import Path
from typing import Final

import msgspec

from conformance.sensitivity.faults import Fault
from conformance.sensitivity.operators import faults_of

__all__ = ["PARTS", "TOP", "Group", "Part", "own_places"]

TOP: Final = Path(__file__).resolve().parents[2]
"""The checkout: an installed suite has no tests."""


class Group(enum.Enum):
    """What a module has a part in."""

    COMPARISON = "comparison"
    VERDICTS = "verdicts"
    POLICIES = "policies"
    ADMISSION = "admission"


class Part(msgspec.Struct, frozen=True):
    """A module of ours, with the files and folders of the tests that hold it: together they take seconds.

    Of some modules only the functions count whose names match ``functions``: what a statement means is not admission.
    """

    module: str
    group: Group
    tests: tuple[str, ...]
    functions: str = "*"

    def path(self, top: Path = TOP) -> Path:
        """Where its text lies."""
        return top.joinpath(*self.module.split(".")).with_suffix(".py")

    def source(self, top: Path = TOP) -> str:
        """Its text."""
        return self.path(top).read_text("utf-8")


_DIFF: Final = ("harness/diff/tests/test_details.py", "harness/diff/tests/test_judging.py", "harness/diff/tests")
_ENGINE: Final = (
    "conformance/engine/tests/test_verdicts.py",
    "conformance/engine/tests/test_recording.py",
    "conformance/engine/tests/test_grounds.py",
    "conformance/engine/tests/test_execution.py",
)
_REPORTS: Final = ("reports/tests/test_gathering.py", "reports/tests/test_policies.py", "reports/tests")
_REASONS: Final = (
    "conformance/engine/tests/test_reasons.py",
    "conformance/engine/tests/test_explainer.py",
    "conformance/engine/tests/test_explaining.py",
    "conformance/engine/tests/test_causes.py",
)
_HOSTILE: Final = (
    "harness/model/tests/test_calls.py",
    "harness/model/tests/test_refusals.py",
    "harness/model/tests/test_saying.py",
    "harness/model/tests/test_reach.py",
    "harness/model/tests/test_hostile.py",
)
_WORDS: Final = (
    "binding",
    "caching",
    "compound",
    "dunder_import",
    "expressions",
    "failing",
    "from_import",
    "module_hooks",
    "names",
    "paths",
    "star",
    "walking",
)
"""The chapters of the language that say what a stranger may say with their words."""

PARTS: Final = (
    Part("harness.diff.explaining", Group.COMPARISON, _DIFF),
    Part("harness.diff.fitting", Group.COMPARISON, _DIFF),
    Part("harness.diff.judgement", Group.COMPARISON, _DIFF),
    Part("harness.diff.judging", Group.COMPARISON, _DIFF),
    Part("harness.diff.noticing", Group.COMPARISON, _DIFF),
    Part("harness.model.prediction", Group.COMPARISON, ("harness/model/tests/test_prediction.py", *_DIFF)),
    Part(
        "harness.model.values",
        Group.COMPARISON,
        ("harness/model/tests/test_values.py", "harness/model/tests/test_prediction.py", *_DIFF),
    ),
    Part("conformance.catalogue.expectations", Group.VERDICTS, ("conformance/tests/test_catalogue.py", *_ENGINE)),
    Part("conformance.engine.grounds", Group.VERDICTS, _ENGINE),
    Part("conformance.engine.judgements", Group.VERDICTS, _ENGINE),
    Part("conformance.engine.judging", Group.VERDICTS, _ENGINE),
    Part("conformance.engine.predictions", Group.VERDICTS, ("conformance/engine/tests/test_explainer.py", *_ENGINE)),
    Part("conformance.engine.recording", Group.VERDICTS, _ENGINE),
    Part("conformance.engine.verdicts", Group.VERDICTS, _ENGINE),
    Part("conformance.engine.causes", Group.POLICIES, (*_REASONS, *_ENGINE)),
    Part("conformance.engine.explaining", Group.POLICIES, (*_REASONS, *_ENGINE)),
    Part(
        "reports.causes",
        Group.POLICIES,
        ("reports/tests/test_evidence.py", "reports/tests/test_common.py", *_REPORTS, *_REASONS),
    ),
    Part("reports.common", Group.POLICIES, ("reports/tests/test_common.py", "reports/tests/test_evidence.py")),
    Part("reports.differing", Group.POLICIES, _REPORTS),
    Part("reports.gathering", Group.POLICIES, _REPORTS),
    Part("reports.policies", Group.POLICIES, _REPORTS),
    Part("reports.questions", Group.POLICIES, _REPORTS),
    Part("harness.model.admission", Group.ADMISSION, _HOSTILE),
    Part("harness.model.permitted", Group.ADMISSION, _HOSTILE),
    Part("harness.model.language.admitting", Group.ADMISSION, _HOSTILE),
    Part("harness.model.reach", Group.ADMISSION, _HOSTILE),
    Part("harness.model.refusal", Group.ADMISSION, _HOSTILE),
    *(Part(f"harness.model.language.{name}", Group.ADMISSION, _HOSTILE, "*check*") for name in _WORDS),
)
"""The modules by which a case is let in, an observation is judged, and what is said of an implementation is decided."""


def own_places(top: Path = TOP, parts: tuple[Part, ...] = PARTS) -> tuple[Fault, ...]:
    """Every fault that our own modules can have, module by module."""
    return tuple(
        fault
        for part in parts
        for fault in faults_of(part.source(top), part.module)
        if fnmatch.fnmatchcase(fault.function, part.functions)
    )
