"""What holds for every test: it leaves all as it was, and no clock decides it."""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Final

import msgspec
import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


_YOUNG: Final = 200_000
"""So many more objects there are before cycles are looked for: tests make many that are gone with the test."""


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: no collection of garbage need look at it."""
    gc.freeze()
    gc.set_threshold(_YOUNG)


class Surroundings(msgspec.Struct, frozen=True):
    """The state of the process that importing, and much else, depends on."""

    directory: str
    environment: dict[str, str]
    path: list[str]
    finders: list[object]
    hooks: list[object]


def surroundings() -> Surroundings:
    """The state now; pytest's own variable left out."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    return Surroundings(str(Path.cwd()), environment, list(sys.path), list(sys.meta_path), list(sys.path_hooks))


def changed(modules: dict[str, ModuleType]) -> list[str]:
    """The keys of ``modules`` that ``sys.modules`` no longer has, or that stand for other modules there."""
    if modules.items() <= sys.modules.items():
        return []
    return sorted(key for key, module in modules.items() if sys.modules.get(key) is not module)


@pytest.fixture(autouse=True)
def unchanged() -> Iterator[None]:
    """The test leaves working directory, environment, search path, finders and loaded modules as they were."""
    before, modules = surroundings(), dict(sys.modules)
    yield
    assert before == surroundings()
    assert [] == changed(modules)
