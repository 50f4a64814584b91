"""The trivial cases pass on this Python and fail behind an adapter that does not work."""

from pathlib import Path

import pytest

from harness.run import Health, Limits, Mode, examine
from harness.run.tests.fakes import PYTHON, fake, subject

_LIMITS = Limits(start=5.0, case=5.0, grace=0.1)


def _health(*command: str, mode: Mode = Mode.AUTO) -> Health:
    with subject(command, mode=mode, limits=_LIMITS) as (found, workspace):
        return examine(found, workspace)


@pytest.mark.parametrize("mode", list(Mode), ids=lambda mode: mode.value)
def test_healthy(mode: Mode) -> None:
    """An implementation that works passes every trivial case, each launch among them."""
    health = _health(PYTHON, mode=mode)
    assert [smoke for smoke in health.smokes if not smoke.passed] == []
    assert [smoke.name for smoke in health.smokes] == ["embedded", "script", "module", "raise", "missing"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("builtins.ImportError = builtins.ModuleNotFoundError = OSError\n", id="other-exceptions"),
        pytest.param("if arguments[0] == 'serve':\n    sys.exit(1)\n", id="no-fork-server"),
        pytest.param("on_import('pkg.sub', lambda: None)\n", id="imports-nothing"),
    ],
)
def test_unhealthy(body: str, tmp_path: Path) -> None:
    """What does not work is told as facts that are not as known."""
    health = _health(*fake(tmp_path, f"{body}honest()\n"))
    assert not health.healthy
    assert [smoke for smoke in health.smokes if smoke.wrong]
