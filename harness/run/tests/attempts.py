"""Programs that try to leave their tree: raw text, which no admission would let in, and what shows that they did."""

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from harness.model.case import Case, Embedded, Launch
from harness.model.source import Alias, Import, Source
from harness.model.tree import DataFile, Root, SourceFile, Tree
from harness.run import Implementation, Workspace, base_interpreter, connect, contained, find
from harness.run.containment import Containment
from harness.run.tests.fakes import ENVIRONMENT

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


@contextmanager
def behind(spec: str) -> Iterator[tuple[Implementation, Workspace]]:
    """An implementation behind every line that holds; of "host", this Python."""
    named = base_interpreter(sys.executable) if spec == "host" else spec
    with Workspace() as workspace:
        (found,) = find([shutil.which(named) or named], workspace, environment=ENVIRONMENT).implementations
        yield contained(found, workspace, environment=ENVIRONMENT), workspace


def only(found: Implementation, line: str) -> Implementation:
    """The same behind one line: the "hook", the "system", or "none"."""
    whole = found.containment
    lines = {"hook": Containment(hook=whole.hook), "system": msgspec.structs.replace(whole, hook=())}
    return msgspec.structs.replace(found, containment=lines.get(line, Containment()))


def trying(text: str, launch: Launch | None = None) -> Case:
    """A case whose program imports a module of that text."""
    program = Source((Import((Alias("evil"),)),))
    tree = Tree((Root((DataFile("evil.py", text + "\n"), SourceFile("main.py", Source()))),))
    return Case(tree, program, launch or Embedded())


def outcome(found: Implementation, workspace: Workspace, case: Case) -> tuple[object, str]:
    """The outcome of a case that has a tree of its own, and the message of what was raised."""
    subject = connect(found, workspace, environment=ENVIRONMENT)
    try:
        (seen,) = subject.observe([workspace.place(case, alone=True)])
    finally:
        subject.close()
    return seen.outcome, seen.notes.get("message", "") or os.fsdecode(seen.notes.get("stderr", ""))
