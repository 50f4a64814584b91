"""Cases that several tests look at, made once, whichever workers look at them."""

import fcntl
import os
import pickle

import pytest

from generators import Variety, generate
from harness.model.case import Case


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, ...]:
    """Some thousands of generated cases of the plain mix."""
    return _shared(tmp_path_factory, "generated", 4000, Variety.PLAIN)


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, ...]:
    """Cases of all mixes, as a run has them, over so many trees that those with a rare feature are several."""
    return _shared(tmp_path_factory, "many", 16000, Variety.BOTH)


def _shared(factory: pytest.TempPathFactory, name: str, examples: int, variety: Variety) -> tuple[Case, ...]:
    """The cases, which one worker makes for all."""
    base = factory.getbasetemp()
    kept = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with kept.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not file.tell():
            pickle.dump(tuple(generate(seed=0, examples=examples, variety=variety)), file)
        file.seek(0)
        found: tuple[Case, ...] = pickle.load(file)  # noqa: S301 - another worker wrote it
    return found


@pytest.fixture(scope="session")
def mixed(many: tuple[Case, ...]) -> tuple[Case, ...]:
    """Half of them, for what need not be rare to be seen."""
    return many[:8000]
