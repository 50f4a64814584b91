"""Cases that several tests look at, made once, whichever workers look at them."""

import fcntl
import gc
import os
import pickle
from itertools import islice
from pathlib import Path
from typing import Final

import pytest

from generators import generate_families
from generators.bulk import distinct, interleaved
from generators.families import families
from harness.model.case import Case

_FAMILIES: Final = 710
"""So many are drawn of the plain mix and of the wide ones: of rare features several."""


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, ...]:
    """Some thousands of generated cases of the plain mix."""
    return _shared(tmp_path_factory, "generated")


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, ...]:
    """Cases of all mixes, as a run has them; those of the plain mix are among them."""
    return _shared(tmp_path_factory, "mixed")


@pytest.fixture(scope="session")
def wide(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, ...]:
    """Those that a run of three times as many has of the wide mixes."""
    return _shared(tmp_path_factory, "wide")


def _shared(factory: pytest.TempPathFactory, name: str) -> tuple[Case, ...]:
    """The cases, which one worker makes for all; they stay, so that no collection of garbage need look at them."""
    base = factory.getbasetemp()
    directory = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (directory / name).exists():
            _draw(directory)
    gc.disable()
    found: tuple[Case, ...] = pickle.loads((directory / name).read_bytes())  # noqa: S301 - another worker wrote it
    gc.freeze()
    gc.enable()
    return found


def _draw(directory: Path) -> None:
    """Draw families of both kinds once, and write each sample of their cases to a file."""
    plain, wide = (
        [*islice(generate_families(seed=0, strategy=families(wide=kind)), _FAMILIES)] for kind in (False, True)
    )
    samples = {
        "generated": islice(distinct(plain), 4000),
        "mixed": islice(distinct(interleaved(iter(plain), iter(wide))), 8000),
        "wide": distinct(wide),
    }
    for name, cases in samples.items():
        (directory / name).write_bytes(pickle.dumps(tuple(cases)))
