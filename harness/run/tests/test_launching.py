"""A program that is run without the agent: how it ends, and that what contains the implementation contains it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from harness.run import Implementation, Workspace, contained, find
from harness.run.launching import Ended, Runner, launched
from harness.run.tests.attempts import Outside
from harness.run.tests.fakes import ENVIRONMENT
from harness.tests.hosts import PYTHON

AGAIN = """\
import subprocess, sys
sys.exit(subprocess.run([sys.executable, '-c', 'import sys; sys.exit(7)']).returncode)
"""
WRITES = "import os, tempfile\nopen(tempfile.mkdtemp() + '/file', 'w').close()\nprint(os.environ['TMPDIR'])\n"


class Here(NamedTuple):
    """This Python, behind every line that holds, and the one place where it may write."""

    implementation: Implementation
    workspace: Workspace


@pytest.fixture(scope="module")
def found() -> Iterator[Here]:
    """This Python."""
    with Workspace() as workspace:
        (asked,) = find([PYTHON], workspace, environment=ENVIRONMENT).implementations
        yield Here(contained(asked, workspace, environment=ENVIRONMENT), workspace)


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    """What lies outside."""
    made = Outside(tmp_path)
    yield made
    made.close()


def ended(found: Here, text: str, runner: Runner = Runner.ITSELF) -> Ended:
    """How a program ends."""
    return launched(
        found.implementation, text, found.workspace, environment=ENVIRONMENT, host=sys.executable, runner=runner
    )


def test_status(found: Here) -> None:
    """The exit status is that of the program, and what it writes is kept."""
    seen = ended(found, "import sys\nsys.exit('said')\n")
    assert (1, False, b"said\n") == (seen.status, seen.late, seen.stderr)


@pytest.mark.parametrize("runner", list(Runner))
def test_it_may_start_itself(found: Here, runner: Runner) -> None:
    """A program may start the interpreter that runs it, whatever contains it."""
    assert 7 == ended(found, AGAIN, runner).status


def test_asking(found: Here) -> None:
    """Who asks is told the command of the implementation."""
    seen = ended(found, "import sys\nprint(*sys.argv[1:])\n", Runner.ASKING)
    assert " ".join(found.implementation.identity.command) == seen.stdout.decode().strip()


def test_temporary_files(found: Here) -> None:
    """It may write where temporary files go, and nothing of it is left."""
    seen = ended(found, WRITES)
    assert (0, False) == (seen.status, Path(seen.stdout.decode().strip()).exists())


@pytest.mark.parametrize("runner", list(Runner))
@pytest.mark.parametrize("act", ["writing", "network"])
def test_contained(found: Here, outside: Outside, act: str, runner: Runner) -> None:
    """What the system keeps from a case it keeps from a program, whoever runs it."""
    attempt = outside.attempt(act)
    ended(found, f"{attempt.text}\n", runner)
    assert bool(set(found.implementation.containment.holders(act)) - {"hook"}) != attempt.happened()
