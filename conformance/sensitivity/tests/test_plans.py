"""What is to be done again in a module that is there before anything else is."""

from conformance.sensitivity import faults_of
from conformance.sensitivity.plans import Bound, Plan, bound, plan

SOURCE = """\
import sys
_there = None
_kept = []
try:
    import one
except ImportError:
    _other = 1
def _inner(text):
    return text.strip()
def _outer(method):
    _inner("a")
    return method
class _Finder:
    NAME = "a"
    @_outer
    def find(self):
        self.given = 1
def _apart():
    return _inner("b")
_made = _apart()
class _Plain:
    def find(self):
        return _outer(self)
"""


def planned(function: str) -> Plan:
    """The plan for the first lost return of a function."""
    return plan(
        SOURCE,
        next(fault for fault in faults_of(SOURCE, "m") if (fault.function, fault.kind) == (function, "lost-return")),
    )


def test_what_a_function_made_is_made_again() -> None:
    """Directly, or by another that calls it: decorated methods and values, but not who calls it later."""
    assert planned("_inner") == Plan((("_inner", 8),), (6, 8))
    assert planned("_outer") == Plan((("_outer", 10),), (6,))
    assert planned("_apart") == Plan((("_apart", 18),), (8,))


def test_a_module_before_it_is_set_up() -> None:
    """What its statements bind, what of that is None or an empty list, and what its classes have."""
    names = ("_Finder", "_Plain", "_apart", "_inner", "_kept", "_made", "_other", "_outer", "_there", "one", "sys")
    assert bound(SOURCE) == Bound(names, ("_there",), ("_kept",), {"_Finder": ("NAME", "find"), "_Plain": ("find",)})
