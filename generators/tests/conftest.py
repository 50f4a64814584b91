"""Cases that several tests look at, made once."""

import pytest

from generators import generate
from harness.model.case import Case


@pytest.fixture(scope="session")
def generated() -> tuple[Case, ...]:
    """Some thousands of generated cases."""
    return tuple(generate(seed=0, examples=4000))
