"""The trivial cases pass on this Python and fail behind an adapter that does not work."""

from pathlib import Path

import pytest

from harness.run import Limits, Mode, examine
from harness.run.health import Health
from harness.run.tests.fakes import fake, subject
from harness.tests.hosts import PYTHON

_LIMITS = Limits(start=5.0, case=5.0, grace=0.1)


def _health(*command: str, mode: Mode = Mode.AUTO) -> Health:
    with subject(command, mode=mode, limits=_LIMITS) as (found, workspace):
        return examine(found, workspace)


@pytest.mark.parametrize("mode", list(Mode), ids=lambda mode: mode.value)
def test_healthy(mode: Mode) -> None:
    """An implementation that works passes every trivial case, each launch among them."""
    health = _health(PYTHON, mode=mode)
    assert [smoke for smoke in health.smokes if not smoke.passed] == []
    kinds = ("", " raise", " exit")
    assert [smoke.name for smoke in health.smokes] == [
        f"{name}{kind}" for name in ("embedded", "script") for kind in kinds
    ]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("builtins.ValueError = builtins.KeyError\n", id="other-exceptions"),
        pytest.param("if arguments[0] == 'serve':\n    sys.exit(1)\n", id="no-fork-server"),
        pytest.param("builtins.str = builtins.list = type('T', (), {})\n", id="no-values"),
    ],
)
def test_unhealthy(body: str, tmp_path: Path) -> None:
    """What does not work is told as facts that are not as known."""
    health = _health(*fake(tmp_path, f"{body}honest()\n"))
    assert not health.healthy
    assert [smoke for smoke in health.smokes if smoke.wrong]


def test_cannot_import(tmp_path: Path) -> None:
    """Whoever cannot import anything is healthy all the same: that is for the cases to judge."""
    known = "{'sys', 'builtins', 'marshal', 'posix', '_signal', '_warnings', 'gc'}"
    body = f"""
real = builtins.__import__
def broken(name, *rest, **more):
    if name in {known}:
        return real(name, *rest, **more)
    raise KeyError(name)
builtins.__import__ = broken
honest()
"""
    assert _health(*fake(tmp_path, body)).healthy


def test_tells_why(tmp_path: Path) -> None:
    """What was raised, its message and what the subject wrote to standard error are told."""
    body = "def mark(*given):\n    os.write(2, b'told')\n    raise KeyError('why')\n"
    body += "real = builtins.compile\n"
    body += "builtins.compile = lambda *given: (setattr(builtins, '_mark', mark), real(*given))[1]\nhonest()\n"
    (smoke, *_) = _health(*fake(tmp_path, body)).smokes
    assert (smoke.raised, smoke.notes) == ("KeyError", {"message": "'why'", "stderr": "told"})
