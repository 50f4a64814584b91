"""Fake implementations, people to watch processes, and cases to ask them."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from harness.model.case import Case, Embedded, Launch
from harness.model.exceptions import BASES
from harness.model.observation import Identity, Observation
from harness.model.source import Alias, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.run import Implementation, Limits, Mode, Subject, Workspace, connect, environment
from harness.tests.hosts import PYTHON

ENVIRONMENT: Final = environment(os.environ)
EVERYTHING: Final = (
    "embedded",
    "fork",
    "importlib",
    "pathlib",
    "marshal",
    "module",
    "path-entries",
    "pkgutil",
    "runpy",
    "script",
    "spec",
)
QUICK: Final = Limits(start=5.0, case=0.5, grace=0.2)
"""Deadlines of a test that waits for one; what counts is the time in which a process could run."""
_DYING: Final = 30.0

_PRELUDE: Final = """
import builtins, os, signal, sys, time
agent, arguments = sys.argv[1], sys.argv[2:]
with open({pids!r}, "a") as file:
    file.write("%d\\n" % os.getpid())

def honest():
    sys.argv = sys.argv[1:]
    with open(agent) as file:
        text = file.read()
    exec(compile(text, agent, "exec"), {{"__name__": "__main__", "__file__": agent, "__builtins__": builtins}})

def on_import(name, act):
    real = builtins.__import__
    def fake(wanted, *rest, **more):
        if wanted == name:
            with open({pids!r}, "a") as file:
                file.write("%d\\n" % os.getpid())
            return act()
        return real(wanted, *rest, **more)
    builtins.__import__ = fake
"""


def fake(directory: Path, body: str) -> tuple[str, ...]:
    """A command that runs ``body``, which may call ``honest()`` or plan what ``on_import(name, act)`` does."""
    path = directory / "fake.py"
    path.write_text(_PRELUDE.format(pids=str(directory / "pids")) + body)
    return (PYTHON, str(path))


def outcomes(seen: list[Observation]) -> list[str]:
    """The outcome of each, of a fault the word alone."""
    return [str(item.outcome[0] if isinstance(item.outcome, tuple) else item.outcome) for item in seen]


def living(directory: Path, *, seconds: float = _DYING) -> list[int]:
    """The processes of a fake that still run; one that was killed is given a moment to die, at most so many seconds."""
    path = directory / "pids"
    numbers = path.read_text().split() if path.exists() else []
    end = time.monotonic() + seconds
    while True:
        left = [int(number) for number in numbers if _runs(int(number))]
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.001)


def _runs(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


def implementation(command: tuple[str, ...] = (PYTHON,)) -> Implementation:
    """An implementation that is taken to be what this Python is."""
    errors = frozenset(BASES)
    return Implementation(Identity("fake", "0", sys.version_info[:3], command, EVERYTHING, exceptions=errors), 0.02)


@contextmanager
def subject(
    command: tuple[str, ...] = (PYTHON,), *, mode: Mode = Mode.AUTO, limits: Limits = QUICK
) -> Iterator[tuple[Subject, Workspace]]:
    """A subject behind ``command`` and its workspace, both closed at the end."""
    with Workspace() as workspace:
        found = connect(implementation(command), workspace, environment=ENVIRONMENT, limits=limits, mode=mode)
        try:
            yield found, workspace
        finally:
            found.close()


def importing(*names: str, launch: Launch | None = None) -> Case:
    """A case over a root with a module ``good`` whose program imports ``names`` one after the other."""
    tree = Tree((Root((SourceFile("good.py"),)),))
    return Case(tree, Source(tuple(Import((Alias(name),)) for name in names)), launch or Embedded())


def ask(command: tuple[str, ...], *cases: Case, mode: Mode = Mode.AUTO, limits: Limits = QUICK) -> list[Observation]:
    """What a subject behind ``command`` does with ``cases``."""
    with subject(command, mode=mode, limits=limits) as (found, workspace):
        return found.observe([workspace.place(case) for case in cases])
