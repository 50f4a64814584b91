"""The rooms that an implementation has compiled once are executed in place of their texts."""

import marshal
import subprocess
import sys
from pathlib import Path
from typing import Final

import msgspec
import pytest

from harness.agent import AGENT, GUARD
from harness.agent.tests.rooms import FOLDER, launches, text
from harness.model.case import Case, Embedded, Launch, Script
from harness.model.source import Source
from harness.model.tree import Root, Tree
from harness.run import Mode, Workspace, connect, find
from harness.run.tests.fakes import ENVIRONMENT, PYTHON

_GIVEN: Final = ("once", "attend")
_FAILED: Final = 70


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What this Python writes to ROOMS when it says hello."""
    place = tmp_path_factory.mktemp("hello")
    subprocess.run((sys.executable, str(AGENT), "hello", "answer", "rooms"), cwd=place, check=True)
    return (place / "rooms").read_bytes()


def test_hello_compiles(told: bytes) -> None:
    """Who says hello writes those rooms and the guard, each as its text compiles, with the name of its file."""
    files = {room: FOLDER / f"{room}.py" for launch in _GIVEN for room in launches()[launch]} | {"guard": GUARD}
    compiled = {name: compile(path.read_bytes(), path, "exec") for name, path in files.items()}
    rooms = marshal.loads(told)
    assert compiled == rooms
    assert {str(path) for path in files.values()} == {code.co_filename for code in rooms.values()}


@pytest.mark.parametrize("launch", [Embedded(), Script("r0/main.py")], ids=lambda launch: type(launch).__name__)
def test_given_rooms_are_executed(launch: Launch) -> None:
    """What stands behind a request is executed: a room that is another one tells so, the rest is compiled."""
    other = marshal.dumps({"values": compile("raise SystemExit('given')", "another", "exec")})
    with Workspace() as workspace:
        (found,) = find([PYTHON], workspace, environment=ENVIRONMENT).implementations
        subject = connect(
            msgspec.structs.replace(found, rooms=other), workspace, environment=ENVIRONMENT, mode=Mode.FRESH
        )
        (seen,) = subject.observe([workspace.place(Case(Tree((Root(()),)), Source(()), launch))])
    assert "given" in str(seen.notes.get("stderr"))


def test_a_failure_names_file_and_line(told: bytes, tmp_path: Path) -> None:
    """Where the agent fails in a room that was given, it names its file, and the line as it stands there."""
    empty = marshal.dumps((), 2)
    numbers = (len(empty), int.from_bytes(empty, "little") % 4294967291)
    (tmp_path / "request").write_bytes(b"IC1M%08x%08x" % numbers + empty + told)
    command = (sys.executable, str(AGENT), "once", "request", "answer")
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    line = text("once").splitlines().index("    posix.chdir(request[0])") + 1
    assert _FAILED == ended.returncode
    assert ended.stderr.endswith(f"(rooms/once.py, line {line})\n")
