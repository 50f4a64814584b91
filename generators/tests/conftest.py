"""Cases that several tests look at, made once."""

import pytest

from generators import Variety, generate
from harness.model.case import Case


@pytest.fixture(scope="session")
def generated() -> tuple[Case, ...]:
    """Some thousands of generated cases of the plain mix."""
    return tuple(generate(seed=0, examples=4000))


@pytest.fixture(scope="session")
def mixed() -> tuple[Case, ...]:
    """Some thousands of generated cases of all mixes, as a run has them."""
    return tuple(generate(seed=0, examples=8000, variety=Variety.BOTH))
