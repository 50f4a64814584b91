"""What the agent takes from an implementation before a case can change it."""

import subprocess
import sys

import pytest

from harness.agent.tests.rooms import text

_AROUND = "import sys\n_MICRO = False\n{}\nexec(sys.stdin.read())\nprint(_MODULE_SPEC.__name__)\n"


@pytest.mark.parametrize("amiss", ["pass", "sys.__spec__ = None", "del sys.__spec__"])
def test_a_spec_is_known(amiss: str) -> None:
    """What a spec is does not hang on that of one module: who makes none of ``sys`` departs in that alone."""
    command = (sys.executable, "-c", _AROUND.format(amiss))
    ended = subprocess.run(command, input=text("origin"), capture_output=True, text=True, check=True)
    assert "ModuleSpec" == ended.stdout.strip()
