"""A fence that stays: each process it starts is a child of the runner and has nothing of the fence."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.run import AdapterError, HarnessError
from harness.run import fence as program
from harness.run.containing import fence
from harness.run.gates import Gate
from harness.run.processes import Ended, Task, execute
from harness.run.tests.fakes import QUICK

TOLD = """
import os, sys
given = sorted((key, value) for key, value in os.environb.items() if key != b"LC_CTYPE")
print(os.getppid(), os.getsid(0) == os.getpid(), os.getcwd(), given, os.read(0, 1))
print(sorted(int(name) for name in os.listdir("/proc/self/fd")))
sys.stderr.write("said")
sys.exit(7)
"""


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    """A fence behind which nothing is written outside a directory."""
    found = Gate(fence(("writing",), tmp_path, ()))
    yield found
    found.close()


def run(gate: Gate, text: str, place: Path, **environment: str) -> Ended:
    """What a Python program behind the gate does."""
    task = Task((sys.executable, "-I", "-c", text), str(place), environment, gate)
    return execute(task, seconds=20.0, limits=QUICK, scratch=place)


def test_a_process_of_ours(gate: Gate, tmp_path: Path) -> None:
    """It is a child of this process, leads a session, and has its directory, environment and no descriptor more."""
    ended = run(gate, TOLD, tmp_path, a="1", b="x=y")
    first, second = ended.stdout.decode().splitlines()
    assert f"{os.getpid()} True {tmp_path} [(b'a', b'1'), (b'b', b'x=y')] b''" == first
    assert ("[0, 1, 2, 3]", b"said", 7, False) == (second, ended.stderr, ended.status, ended.late)


def test_one_after_another(gate: Gate, tmp_path: Path) -> None:
    """The fence starts as many as it is asked for, each with its own end."""
    ends = [run(gate, f"import os; os.kill(os.getpid(), {number})", tmp_path).status for number in (9, 15, 0)]
    assert [-9, -15, 0] == ends


def test_behind_the_fence(gate: Gate, tmp_path: Path) -> None:
    """What is started gives up what the fence says, and this process nothing."""
    outside = tmp_path.parent / "outside"
    ended = run(gate, f"open({str(outside)!r}, 'w')", tmp_path)
    assert (1, True, False) == (ended.status, b"PermissionError" in ended.stderr, outside.exists())
    assert 0 == run(gate, f"open({str(tmp_path / 'inside')!r}, 'w')", tmp_path).status


def test_a_fence_that_was_ended(gate: Gate, tmp_path: Path) -> None:
    """Where the fence is gone another one is started."""
    run(gate, "", tmp_path)
    assert gate._served is not None
    os.kill(gate._served[0].pid, signal.SIGKILL)
    gate._served[0].wait()
    assert 0 == run(gate, "", tmp_path).status


def test_nothing_is_left(tmp_path: Path) -> None:
    """A gate that is closed has no process left, whether it was used or not."""
    unused, used = (Gate(fence(("writing",), tmp_path, ())) for _ in range(2))
    run(used, "", tmp_path)
    assert used._served is not None
    server = used._served[0]
    for gate in (unused, used):
        gate.close()
    assert server.returncode is not None
    with pytest.raises(ChildProcessError):
        os.waitpid(server.pid, 0)


def test_a_fence_that_does_not_start(tmp_path: Path) -> None:
    """Where no fence can be started it is a fault of the harness, told once two of them have failed."""
    gate = Gate((sys.executable, "-c", "pass", "--"))
    with pytest.raises(HarnessError, match="starts nothing"):
        run(gate, "", tmp_path)
    gate.close()


def test_a_measure_that_cannot_be_taken(tmp_path: Path) -> None:
    """A process that cannot give up what it should ends with status 70 and the reason."""
    words = fence(("programs",), tmp_path, ())
    gate = Gate(words)
    ended = run(gate, "", tmp_path)
    gate.close()
    assert (70, f"{sys.executable}: Permission denied\n".encode()) == (ended.status, ended.stderr)


def test_a_word_with_a_null_byte(gate: Gate, tmp_path: Path) -> None:
    """What no process can be given is refused as it is without a gate."""
    with pytest.raises(AdapterError, match="null byte"):
        run(gate, "\0", tmp_path)


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        pytest.param(("python",), {}, id="nothing around it"),
        pytest.param(("python", "", "-c", "a\nb"), {"A": "", "B": "x=y"}, id="empty words"),
        pytest.param(("\udcff\u20ac",), {"N\udc80": "\u0130"}, id="no text of any encoding"),
        pytest.param(("python", "x" * 300_000), {"A": "y" * 300_000}, id="more than a socket takes at once"),
    ],
)
def test_frames_as_both_sides_have_them(words: tuple[str, ...], environment: dict[str, str], tmp_path: Path) -> None:
    """What a gate asks for is what the fence reads, descriptors and all, and the number that the gate reads is its."""
    own, other = socket.socketpair()
    gate = Gate(())
    read: list[tuple[list[bytes], list[int]]] = []
    with other, (tmp_path / "file").open("w+b") as file, subprocess.Popen([sys.executable, "-c", ""]) as idle:
        gate._served = idle, own
        side = threading.Thread(target=lambda: read.append(program._asked(other)))
        side.start()
        other.sendall(b"%08d" % 4711)
        child = gate.start(words, "/a", environment, [file, file, file])
        side.join(20)
        gate.close()
        ((fields, descriptors),) = read
        same = [os.path.sameopenfile(file.fileno(), number) for number in descriptors]
        for number in descriptors:
            os.close(number)
    around = [os.fsencode(f"{key}={value}") for key, value in environment.items()]
    assert (4711, [True] * 3) == (child.pid, same)
    assert [b"/a", b"%d" % len(words), *map(os.fsencode, words), *around] == fields
    assert ([], []) == _ended()


def _ended() -> tuple[list[bytes], list[int]]:
    """What the fence reads once the gate has closed its end."""
    own, other = socket.socketpair()
    own.close()
    with other:
        return program._asked(other)
