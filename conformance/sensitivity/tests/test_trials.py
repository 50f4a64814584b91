"""Faulty interpreters are made, judged and gone again, several at once."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.catalogue import vectors
from conformance.engine.predictions import Predicted
from conformance.sensitivity.faults import Fault
from conformance.sensitivity.judging import Bench, Outcome
from conformance.sensitivity.own_tests import OwnTests, own
from conformance.sensitivity.planting import UnmadeError
from conformance.sensitivity.series import series
from conformance.sensitivity.tests.samples import fault
from conformance.sensitivity.trials import Tried, tried
from conformance.tests.zoo import naming, searching
from conformance.tests.zoo.building import built
from harness.run import AdapterError, Workspace, base_interpreter, environment, find

BROKEN, QUIET, DEAD = fault("broken"), fault("quiet"), fault("dead")
FAULTS = {"broken": searching.parent_binding_forgotten, "quiet": naming.underscored_names_taken}
_TEST = """
import sys, unittest
class T(unittest.TestCase):
    def test_known(self):
        self.fail()
    def test_sound(self):
        self.assertFalse(hasattr(sys, "zoo"))
"""


@contextlib.contextmanager
def plant(wanted: Fault | None, directory: Path) -> Iterator[tuple[str, ...]]:
    """A fake interpreter: one fault is of the zoo, another has it not start at all."""
    if wanted == DEAD:
        name, reason = "fake", "there is no place for it"
        raise UnmadeError(name, reason)
    yield (str(built(directory / "fake", FAULTS.get(wanted.function) if wanted is not None else None)),)


@pytest.fixture(scope="module")
def bench() -> Bench:
    """A few vectors for the interpreter that runs the tests."""
    surroundings = environment(os.environ)
    with Workspace() as place:
        base = find([base_interpreter(sys.executable)], place, environment=surroundings).implementations[0]
    asked = [vector for name, vector in vectors().items() if name.startswith("submodule-")]
    return Bench(base, series(base.identity, asked, examples=0, seed=0), Predicted.judge, surroundings)


def test_each_has_its_outcome(bench: Bench) -> None:
    """What becomes of each fault is told in the order of the faults, and at the end of each."""
    heard: list[Tried] = []
    found = tried(plant, [BROKEN, None, DEAD], bench, jobs=2, told=heard.append)
    assert [Outcome.KILLED, Outcome.SURVIVED, Outcome.UNFIT] == [item.trial.outcome for item in found]
    assert sorted(map(repr, found)) == sorted(map(repr, heard))


def test_nothing_is_left(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A faulty interpreter is gone once it is judged, with everything that was written for it."""
    places: list[Path] = []

    @contextlib.contextmanager
    def noted(wanted: Fault | None, directory: Path) -> Iterator[tuple[str, ...]]:
        places.append(directory)
        with plant(wanted, directory) as command:
            yield command

    monkeypatch.chdir(tmp_path)
    tried(noted, [BROKEN], bench, jobs=1)
    assert ([False], []) == ([place.exists() for place in places], list(tmp_path.iterdir()))


@pytest.fixture
def tests(tmp_path: Path) -> OwnTests:
    """Own tests of the fakes, one of which fails in any case."""
    package = tmp_path / "test"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "test_mine.py").write_text(_TEST)
    return OwnTests(plant, environment(os.environ), tmp_path, ("test_mine",))


def test_own_tests(tests: OwnTests) -> None:
    """A fault is noticed by the own test that fails with it only."""
    found = own(tests, [QUIET, fault("sound")], jobs=1, told=lambda _: None)
    assert ["test.test_mine.T.test_sound", ""] == [item.failing for item in found]


def test_own_tests_that_do_not_end(tests: OwnTests, tmp_path: Path) -> None:
    """A fault with which own tests do not come to their end is noticed."""
    (tmp_path / "test" / "test_mine.py").write_text("import sys, os\nif hasattr(sys, 'zoo'): os._exit(0)\n")
    (found,) = own(tests, [QUIET], jobs=1, told=lambda _: None)
    assert "test_mine does not come to its end" == found.failing


def test_no_own_tests(tests: OwnTests, tmp_path: Path) -> None:
    """Own tests that are not there are told of."""
    (tmp_path / "test" / "test_mine.py").unlink()
    with pytest.raises(AdapterError, match="cannot be run"):
        own(tests, [QUIET], jobs=1, told=lambda _: None)
