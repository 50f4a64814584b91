"""Faults and trials made up for tests."""

from conformance.sensitivity.faults import Fault
from conformance.sensitivity.judging import Kill, Outcome, Trial
from harness.diff import Verdict

KILL = Kill(Verdict.DIVERGES, "cache.checked-first", "cache-hit", "c0ffee", "outcome: completed → raised")
KILLED = Trial(Outcome.KILLED, 12, 1.5, KILL)
SURVIVED = Trial(Outcome.SURVIVED, 1400, 8.0)
UNFIT = Trial(Outcome.UNFIT, 0, 0.2, reason="it ended with status 1")


def fault(function: str = "run_module", line: int = 7, *, module: str = "runpy", before: str = "a is b") -> Fault:
    """A fault of a module at some place."""
    after = before.replace(" is ", " is not ")
    return Fault(module, function, line, "swapped-comparison", 1, before, after, 0, len(before))
