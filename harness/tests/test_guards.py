"""The guard of every test notices what a test leaves behind."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from harness.tests.guards import changed, surroundings


def _leave(_path: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("IMPORT_CONFORMANCE_TEST", "1")


def _go(path: Path, patch: pytest.MonkeyPatch) -> None:
    patch.chdir(path)


def _extend(path: Path, patch: pytest.MonkeyPatch) -> None:
    patch.syspath_prepend(path)


def _find(_path: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sys, "meta_path", sys.meta_path[1:])


def _hook(_path: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sys, "path_hooks", [])


@pytest.mark.parametrize("change", [_leave, _go, _extend, _find, _hook])
def test_a_change_is_seen(
    change: Callable[[Path, pytest.MonkeyPatch], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Environment, working directory, search path, finders and hooks are watched."""
    before = surroundings()
    change(tmp_path, monkeypatch)
    assert surroundings() != before
    monkeypatch.undo()
    assert before == surroundings()


def test_the_name_of_the_running_test_is_no_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pytest tells the environment which test runs."""
    before = surroundings()
    monkeypatch.setitem(os.environ, "PYTEST_CURRENT_TEST", "another")
    assert before == surroundings()


def test_loaded_modules() -> None:
    """A module that was replaced or removed is seen, one that was added is none of it."""
    there = {"sys": sys, "os": ModuleType("os"), "import_conformance_removed": ModuleType("removed")}
    assert ["import_conformance_removed", "os"] == changed(there)
