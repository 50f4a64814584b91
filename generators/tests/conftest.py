"""Cases that several tests look at, made once."""

import pytest

from generators import Variety, generate
from harness.model.case import Case


@pytest.fixture(scope="session")
def generated() -> tuple[Case, ...]:
    """Some thousands of generated cases of the plain mix."""
    return tuple(generate(seed=0, examples=4000))


@pytest.fixture(scope="session")
def many() -> tuple[Case, ...]:
    """Cases of all mixes, as a run has them, over so many trees that those with a rare feature are several."""
    return tuple(generate(seed=0, examples=16000, variety=Variety.BOTH))


@pytest.fixture(scope="session")
def mixed(many: tuple[Case, ...]) -> tuple[Case, ...]:
    """Half of them, for what need not be rare to be seen."""
    return many[:8000]
