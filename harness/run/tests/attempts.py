"""Programs that try to leave their tree: raw text, which no admission would let in, and what shows that they did."""

import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from harness.model.case import Case, Embedded, Launch
from harness.model.source import Alias, Import, Source
from harness.model.tree import DataFile, Root, SourceFile, Tree
from harness.run import Implementation, Subject, Workspace, connect, contained, find
from harness.run.containment import Containment
from harness.run.tests.fakes import ENVIRONMENT
from harness.tests.hosts import PYTHON

OTHERS: Final = [name for name in ("python3.8", "python3.12", "python3.15", "pypy3.11") if shutil.which(name)]
"""The interpreters on the search path that are asked beside this Python: CI has all of them."""


class Attempt(msgspec.Struct, frozen=True):
    """What a program tries: its text, and whether it happened."""

    text: str
    happened: Callable[[], bool]


class Outside:
    """What lies outside every tree: a directory, and a port of this machine that can be connected to."""

    def __init__(self, directory: Path) -> None:
        """Listen, and put a module into the directory."""
        self.directory = directory
        (directory / "foreign.py").write_text("x = 1\n")
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0)

    def close(self) -> None:
        """Listen no more."""
        self._listener.close()

    def attempt(self, act: str) -> Attempt:
        """What a program does to do ``act``."""
        made = self.directory / "made"
        port = self._listener.getsockname()[1]
        texts = {
            "writing": f"open({str(made)!r}, 'w').close()",
            "programs": f"import posix; posix.system('echo > {made}')",
            "network": f"import _socket; _socket.socket(2, 1).connect(('127.0.0.1', {port}))",
        }
        return Attempt(texts[act], self._connected if act == "network" else made.exists)

    def _connected(self) -> bool:
        try:
            self._listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True


class Behind:
    """An implementation behind every line that holds, asked behind some of them: by one subject each, until the end."""

    def __init__(self, implementation: Implementation, workspace: Workspace) -> None:
        """Nobody is asked yet."""
        self.implementation = implementation
        self.containment = implementation.containment
        self._workspace = workspace
        self._subjects: dict[str, Subject] = {}

    def close(self) -> None:
        """End every process."""
        for subject in self._subjects.values():
            subject.close()

    def only(self, line: str) -> Containment:
        """What is behind one line: the "hook", the "system", or "none"; or behind "every" one."""
        system = msgspec.structs.replace(self.containment, hook=())
        lines = {"hook": Containment(hook=self.containment.hook), "system": system, "every": self.containment}
        return lines.get(line, Containment())

    def outcome(self, line: str, case: Case) -> object:
        """The outcome of a case that has a tree of its own, behind that line."""
        if line not in self._subjects:
            asked = msgspec.structs.replace(self.implementation, containment=self.only(line))
            self._subjects[line] = connect(asked, self._workspace, environment=ENVIRONMENT)
        (seen,) = self._subjects[line].observe([self._workspace.place(case, alone=True)])
        return seen.outcome


@contextmanager
def behind(spec: str) -> Iterator[Behind]:
    """An implementation behind every line that holds; of "host", this Python."""
    named = PYTHON if spec == "host" else spec
    with Workspace() as workspace:
        (found,) = find([shutil.which(named) or named], workspace, environment=ENVIRONMENT).implementations
        asked = Behind(contained(found, workspace, environment=ENVIRONMENT), workspace)
        try:
            yield asked
        finally:
            asked.close()


def trying(text: str, launch: Launch | None = None) -> Case:
    """A case whose program imports a module of that text."""
    program = Source((Import((Alias("evil"),)),))
    tree = Tree((Root((DataFile("evil.py", text + "\n"), SourceFile("main.py", Source()))),))
    return Case(tree, program, launch or Embedded())
