"""What the tests of this package are given: interpreters to judge; every test leaves the process as it found it."""

import os
import tempfile
import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from conformance.demands import Implementation
from conformance.engine import implementations, standing
from harness.run import Workspace, environment, find
from harness.tests.guards import pytest_collection_finish, unchanged
from harness.tests.hosts import PYTHON

__all__ = ["pytest_collection_finish", "unchanged"]

settings.register_profile(
    "conformance",
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    # One test asks several interpreters; nothing is replayed from a database.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the user name interpreters."""
    help_ = "judge this interpreter in conformance/chapters (again for more; the one that runs the tests unless given)"
    parser.addoption("--interpreter", action="append", metavar="SPEC", default=[], help=help_)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """Of ``-n auto``: half as many workers more than there are cores, since many tests wait for processes."""
    return None if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else -(-3 * (os.cpu_count() or 1) // 2)


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker of chapters known; run files of tests stay out of the user's home, no width is set."""
    config.addinivalue_line("markers", "clause(id): a clause of the documents that the vector was written for")
    settings.load_profile("conformance")
    state = tempfile.TemporaryDirectory()
    config.add_cleanup(state.cleanup)
    os.environ["XDG_STATE_HOME"] = state.name
    os.environ.pop("COLUMNS", None)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask each interpreter everything."""
    if "implementation" in metafunc.fixturenames:
        specs = metafunc.config.getoption("interpreter") or ["host"]
        metafunc.parametrize("implementation", specs, indirect=True, scope="session")


@pytest.fixture(scope="session")
def implementation(request: pytest.FixtureRequest) -> Iterator[Implementation]:
    """One of the interpreters, with subjects of its own in each worker."""
    spec = PYTHON if request.param == "host" else str(request.param)
    surroundings = environment(os.environ)
    with Workspace() as place:
        found = find([spec], place, environment=surroundings).implementations[:1]
        with standing(found, place, surroundings, clock=time.monotonic) as ground:
            yield Implementation(implementations([item.identity for item in found])[0].label, ground)
