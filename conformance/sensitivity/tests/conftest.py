"""What several tests plant faults in."""

import sys

import pytest

from conformance.sensitivity import Fault, Original, original, places
from harness.run import base_interpreter


@pytest.fixture(scope="session")
def own() -> Original:
    """The interpreter that runs the tests."""
    return original((base_interpreter(sys.executable),))


@pytest.fixture(scope="session")
def all_places(own: Original) -> tuple[Fault, ...]:
    """All the faults that it can have."""
    return places(own)
