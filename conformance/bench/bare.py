"""The bare loop: in the implementation itself a process that forks, imports four small modules, and ends.

It is the measure of the fork server: nothing that forks and imports can be much faster. ``COLD`` it forks from an
interpreter as it starts, with ``AGENT`` from one warmed as the agent warms itself.
"""

import os
import select
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Final

from harness.agent import AGENT
from harness.model.case import Case
from harness.model.source import Alias, Assign, FromImport, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.run import AdapterError, Implementation

COLD: Final = "cold"
AGENT_WARM: Final = "everything"
KINDS: Final = (COLD, "compile", "freeze", "compile and freeze", AGENT_WARM)
"""Ways to warm the loop: none; a first call of the compiler; ``gc.freeze``; both; what the agent does."""

DEADLINE: Final = 300.0
"""Seconds after which a loop that does not answer is given up: rounds take a few."""

_GRACE: Final = 5.0

_X: Final = Source((Assign("x", 1),))
FOUR: Final = Case(
    Tree((Root(tuple(SourceFile(path, _X) for path in ("a.py", "b.py", "p/__init__.py", "p/c.py", "p/d.py"))),)),
    Source((Import((Alias("a"),)), Import((Alias("b"),)), Import((Alias("p.c"),)), FromImport("p", (Alias("d"),)))),
)
"""What the bare loop does, as a case: two modules at the top, two in a package."""

_LOOP: Final = """
import sys
import posix
import time

tree, agent, warmth = sys.argv[1:]
sys.path[0] = tree
if "compile" in warmth:
    exec(compile("x = 1", "x", "exec"), {})
if "everything" in warmth:
    with open(agent) as file:
        text = file.read()
    names = {"__name__": "bare", "__file__": agent}
    exec(compile(text, agent, "exec"), names)
    names["_furnish"]("serve")
    names["_warm"]()
if "freeze" in warmth and "gc" in sys.builtin_module_names:
    import gc
    gc.collect()
    getattr(gc, "freeze", gc.collect)()


def once():
    child = posix.fork()
    if child == 0:
        try:
            import a
            import b
            import p.c
            from p import d
            posix._exit(0)
        finally:
            posix._exit(1)
    return posix.waitpid(child, 0)[1]


while True:
    count = posix.read(0, 20)
    if not count:
        posix._exit(0)
    began = time.perf_counter()
    for _ in range(int(count)):
        if once():
            posix._exit(1)
    posix.write(1, b"%.6f\\n" % (time.perf_counter() - began))
"""


class Bare:
    """A bare loop that runs; called with a number it goes round so often and says how many seconds that took."""

    def __init__(
        self,
        implementation: Implementation,
        directory: Path,
        environment: Mapping[str, str],
        kind: str = COLD,
        *,
        seconds: float = DEADLINE,
    ) -> None:
        """Start it over new modules in ``directory``; an answer may take so many seconds."""
        self._seconds = seconds
        self._command = implementation.identity.command
        _written(directory)
        self._process = subprocess.Popen(
            (*self._command, str(directory / "loop.py"), str(directory / "tree"), str(AGENT), kind),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=directory,
            env=dict(environment),
        )

    def __call__(self, count: int) -> float:
        """Seconds for so many executions.

        Raises:
            AdapterError: the loop has ended, or does not.
        """
        given, told = self._process.stdin, self._process.stdout
        try:
            if given is not None and told is not None:
                os.write(given.fileno(), b"%d" % count)
                if not _ready(told, self._seconds):
                    self._process.kill()
                    reason = f"its bare loop of fork and import does not answer in {self._seconds:g} seconds"
                    raise AdapterError(self._command[0], reason, "doctor tells more")
                return float(told.readline())
        except (OSError, ValueError):
            pass
        raise AdapterError(self._command[0], "its bare loop of fork and import ended", "doctor tells more")

    def close(self) -> None:
        """End it."""
        try:
            self._process.communicate(timeout=_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()


def _ready(told: IO[bytes], seconds: float) -> bool:
    """Whether something can be read before so many seconds are over."""
    poll = select.poll()
    poll.register(told, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def _written(directory: Path) -> None:
    (directory / "tree" / "p").mkdir(parents=True)
    for entry in FOUR.tree.roots[0].entries:
        (directory / "tree" / entry.path).write_text("x = 1\n")
    (directory / "loop.py").write_text(_LOOP)
