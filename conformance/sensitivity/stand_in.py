"""A program of the runner's own: it runs tests of the suite while another text stands in for one of its modules.

``python -B stand_in.py MODULE TEXT OUT TESTS...``, started in the checkout: the module of that name is the one in the
file TEXT, as if it lay where the module does. In the end the file OUT says what was seen: ``failed`` and the first test
that fails; ``unfit`` and the reason, where the text cannot even be imported; ``passed``; ``nothing``, where there are
no tests. Nothing is written in the checkout.

It stands alone: of the suite nothing is loaded before what stands in for it.
"""

import importlib
import importlib.util
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest


class StandIn:
    """A finder that knows one module: it is read from ``text``, and otherwise as the file ``path`` of the suite."""

    def __init__(self, name: str, text: Path, path: Path) -> None:
        self._name = name
        self._text = text
        self._path = path

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - it is found in one place
        target: ModuleType | None = None,  # noqa: ARG002 - and loaded once
    ) -> ModuleSpec | None:
        """How the module is loaded, None for every other."""
        if fullname != self._name:
            return None
        spec = importlib.util.spec_from_file_location(fullname, self._text)
        if spec is not None:
            spec.origin = str(self._path)
        return spec


class Watch:
    """What is to be known of the tests: which fails first."""

    def __init__(self) -> None:
        self.failed = ""

    def pytest_runtestloop(self) -> None:
        """What is generated is the same each time, nothing is made smaller, and nothing is kept.

        Where no test generates anything Hypothesis is not there: it takes longer to load than many tests to run.
        """
        hypothesis = sys.modules.get("hypothesis")
        if hypothesis is not None:
            settings, phases = hypothesis.settings, (hypothesis.Phase.explicit, hypothesis.Phase.generate)
            settings.register_profile("standing in", settings(), derandomize=True, database=None, phases=phases)
            settings.load_profile("standing in")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test has a result."""
        if report.failed:
            self.failed = self.failed or report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file of tests was read, or cannot be."""
        if report.failed:
            self.failed = self.failed or report.nodeid


def main(name: str, text: str, out: str, *tests: str) -> None:
    """Run the tests; see the module."""
    top = Path.cwd()
    sys.path.insert(0, str(top))
    sys.meta_path.insert(0, StandIn(name, Path(text), top.joinpath(*name.split(".")).with_suffix(".py")))
    Path(out).write_text("\n".join(_told(name, tests)), "utf-8")


def _told(name: str, tests: Sequence[str]) -> tuple[str, str]:
    try:
        importlib.import_module(name)
    except Exception as error:  # noqa: BLE001 - a faulty module may raise anything
        return "unfit", f"{type(error).__name__}: {error}"
    watch = Watch()
    options = (
        "-x",
        "-q",
        "--tb=no",
        "--assert=plain",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:hypothesispytest",
        "--timeout=0",
        f"--rootdir={Path.cwd()}",
    )
    status = pytest.main([*options, *tests], plugins=[watch])
    if watch.failed:
        return "failed", watch.failed
    if status in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED}:
        return "passed", ""
    return "nothing", f"pytest ends with {int(status)}"


if __name__ == "__main__":
    main(*sys.argv[1:])
