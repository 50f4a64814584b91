"""Cases that several tests look at, made once, whichever workers look at them."""

import contextlib
import fcntl
import gc
import os
import pickle
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pytest

from generators import generate_families
from generators.bulk import distinct, interleaved
from generators.families import Family, families
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
    return _shared(tmp_path_factory, "all wide")


def _shared(factory: pytest.TempPathFactory, name: str) -> tuple[Case, ...]:
    """The cases, which workers make for all; they stay, so that no collection of garbage need look at them."""
    base = factory.getbasetemp()
    directory = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    for blocking in (False, True):
        for kind in ("plain", "wide"):
            _once(directory / kind, partial(_drawn, kind), blocking=blocking)
    _once(directory / "samples", partial(_sampled, directory), blocking=True)
    gc.disable()
    found: tuple[Case, ...] = _read(directory / name)
    gc.freeze()
    gc.enable()
    return found


def _once(path: Path, make: Callable[[], object], *, blocking: bool) -> None:
    """Make what a file holds, unless it is there; where another worker is at it, wait for that if ``blocking``."""
    with path.with_suffix(".lock").open("w") as lock, contextlib.suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX if blocking else fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not path.exists():
            path.write_bytes(pickle.dumps(make()))


def _read(path: Path) -> Any:  # noqa: ANN401 - what a file holds
    return pickle.loads(path.read_bytes())  # noqa: S301 - another worker wrote it


def _drawn(kind: str) -> list[Family]:
    """Families of one kind."""
    return [*islice(generate_families(seed=0, strategy=families(wide=kind == "wide")), _FAMILIES)]


def _sampled(directory: Path) -> list[str]:
    """Write each sample of the cases of both kinds to a file."""
    plain, wide = _read(directory / "plain"), _read(directory / "wide")
    samples = {
        "generated": islice(distinct(plain), 4000),
        "mixed": islice(distinct(interleaved(iter(plain), iter(wide))), 8000),
        "all wide": distinct(wide),
    }
    for name, cases in samples.items():
        (directory / name).write_bytes(pickle.dumps(tuple(cases)))
    return list(samples)
