"""The second line: each way out of the tree is closed by each line that says so, and nothing else is changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
import pytest

from harness.model.case import Case, Embedded, Launch, Module, Script
from harness.model.observation import Observation
from harness.model.source import Alias, Assign, Edit, FromImport, Import, Source, Uncache
from harness.model.tree import Root, SourceFile, Tree
from harness.run import AdapterError, Contain, Workspace, contained, find
from harness.run.answers import REFUSED, refused
from harness.run.containing import MEASURES, fence
from harness.run.containment import Containment
from harness.run.processes import Task, execute
from harness.run.programs import programs
from harness.run.tests.attempts import OTHERS, Behind, Outside, behind, trying
from harness.run.tests.fakes import ENVIRONMENT, QUICK
from harness.tests.hosts import PYTHON

_ACTS = ["writing", "programs", "network"]
_LAUNCHES = [
    pytest.param(Embedded(), id="embedded"),
    pytest.param(Script("r0/main.py"), id="script"),
    pytest.param(Module("main", "r0/main.py"), id="module"),
]


@pytest.fixture(scope="module", params=["host", *OTHERS])
def found(request: pytest.FixtureRequest) -> Iterator[Behind]:
    """This Python, and others that are here, behind every line that holds."""
    with behind(request.param) as asked:
        yield asked


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    """What lies outside the tree."""
    found = Outside(tmp_path)
    yield found
    found.close()


def test_every_measure_is_taken(found: Behind) -> None:
    """Where the system offers all of them, no measure makes an interpreter another one."""
    assert (MEASURES, (), ()) == (
        found.containment.measures,
        found.containment.lost,
        found.containment.gaps,
    )


def test_what_the_hook_hears(found: Behind) -> None:
    """CPython's audit hook hears of all that the guard ends; PyPy's of no program."""
    heard = {"cpython": ("open", "program", "socket"), "pypy": ("open", "socket")}
    assert heard[found.implementation.identity.name] == found.containment.hook


@pytest.mark.parametrize("act", _ACTS)
def test_uncontained(act: str, found: Behind, outside: Outside) -> None:
    """Each attempt is one: without any line it happens."""
    attempt = outside.attempt(act)
    assert "completed" == found.outcome("none", trying(attempt.text))
    assert attempt.happened()


@pytest.mark.parametrize("launch", _LAUNCHES)
@pytest.mark.parametrize("line", ["hook", "system"])
@pytest.mark.parametrize("act", _ACTS)
def test_each_line(act: str, line: str, launch: Launch, found: Behind, outside: Outside) -> None:
    """What a line holds does not happen behind it alone, however the program was launched."""
    held = found.only(line).holders(act)
    attempt = outside.attempt(act)
    seen = found.outcome(line, trying(attempt.text, launch))
    assert bool(held) != attempt.happened()
    if held and (act != "programs" or "hook" in held):  # a shell that cannot be started is an exit status
        assert isinstance(seen, tuple)
        assert ("unsupported", True) == (seen[0], str(seen[1]).startswith("contained: "))


@pytest.mark.parametrize("launch", _LAUNCHES)
def test_foreign_file(launch: Launch, found: Behind, outside: Outside) -> None:
    """A file outside tree and library is not imported where the hook hears of opening; without it, it is."""
    case = trying(f"import sys; sys.path.insert(0, {str(outside.directory)!r}); import foreign", launch)
    reason = "contained: the case opens a file outside tree and library"
    assert ("unsupported", reason) == found.outcome("hook", case)
    assert "completed" == found.outcome("system", case)


def test_library(found: Behind) -> None:
    """The library may be imported: not from it does anything leave."""
    assert "completed" == found.outcome("every", trying("import json, decimal, _ctypes"))


def test_lines_of_callers(found: Behind) -> None:
    """It may read the lines of all that call it, which are the agent's too."""
    assert "completed" == found.outcome("every", trying("import inspect; inspect.stack()"))


@pytest.mark.parametrize("launch", _LAUNCHES)
def test_edit(launch: Launch, found: Behind) -> None:
    """A file of the tree that a case says it edits is written behind every line."""
    edit = (
        Import((Alias("own"),)),
        Edit("r0/own.py", (Assign("x", 1),)),
        Uncache("own"),
        FromImport("own", (Alias("x"),)),
    )
    case = Case(Tree((Root((SourceFile("own.py"),)),)), Source(edit), launch)
    assert "completed" == found.outcome("every", case)


_AUDIT: Final = "import pathlib, sys; sys.audit('open', pathlib.Path({path!r}), {mode!r}, 0)"


@pytest.mark.parametrize(
    ("path", "mode", "ends"),
    [
        pytest.param("r0/x", "w", False, id="within"),
        pytest.param("r0/../../x", "w", True, id="above"),
        pytest.param("/etc/passwd", "r", True, id="elsewhere"),
    ],
)
def test_path_objects(path: str, mode: str, ends: bool, host: Behind) -> None:  # noqa: FBT001 - a column
    """Where the hook hears of a path object it takes it for its text, as PyPy 3.9 tells of what is opened by one."""
    case = trying(_AUDIT.format(path=path, mode=mode))
    edits = msgspec.structs.replace(case, program=Source((*case.program.statements, Edit("r0/main.py"))))
    assert ends is isinstance(host.outcome("hook", edits), tuple)


@pytest.fixture(scope="module")
def host() -> Iterator[Behind]:
    """This Python behind every line."""
    with behind("host") as asked:
        yield asked


_WAYS = [
    pytest.param("posix.chmod({made!r}, 0o600)", id="mode"),
    pytest.param("posix.utime({made!r}, (1, 1))", id="times"),
    pytest.param("posix.truncate({made!r}, 0)", id="truncation"),
    pytest.param("posix.mkdir({made!r} + 'd')", id="directory"),
    pytest.param("posix.link({made!r}, 'here'); open('here', 'w')", id="hard-link"),
    pytest.param("posix.symlink({made!r}, 'here'); open('here', 'w')", id="symbolic-link"),
    pytest.param("posix.setxattr({made!r}, 'user.x', b'x')", id="attribute"),
    pytest.param("posix.execv('/bin/sh', ['sh'])", id="program"),
    pytest.param("posix.execv({loader!r}, ['x', '/bin/sh', '-c', ':'])", id="program-by-the-loader"),
    pytest.param("import sys; posix.execv(sys.executable, ['x', '-c', '0'])", id="itself-again"),
    pytest.param("posix.execve(posix.memfd_create('x'), ['x'], {{}})", id="program-without-file"),
    pytest.param("posix.kill(posix.getppid(), 0); posix.kill({own}, 0)", id="signal"),
    pytest.param("import _socket; _socket.socket(1, 1)", id="local-socket"),
]


@pytest.mark.parametrize("way", _WAYS)
def test_other_ways(way: str, tmp_path: Path, host: Behind) -> None:
    """The system refuses what leads out in other ways, and so does the hook."""
    made = tmp_path / "made"
    made.write_text("text")
    before = made.stat()
    (loader,) = programs((PYTHON,), "")[0] - {str(Path(PYTHON).resolve())}
    text = "import posix; " + way.format(made=str(made), loader=loader, own=Path("/proc/self").resolve().name)
    assert ("unsupported", REFUSED) == host.outcome("system", trying(text))
    hooked = host.outcome("hook", trying(text))
    assert isinstance(hooked, tuple) or "memfd" in way
    after = made.stat()
    assert ([made], before.st_mode, before.st_mtime_ns, 4) == (
        list(tmp_path.iterdir()),
        after.st_mode,
        after.st_mtime_ns,
        after.st_size,
    )


_STATE = """
import os, signal, sys
print(os.getcwd(), sorted(os.environ.items()), sys.argv, sys.orig_argv)
print(os.getuid(), os.getgid(), sorted(os.getgroups()), sorted(os.listdir("/proc/self/fd")))
print(os.getpid() == os.getsid(0) == os.getpgid(0), os.umask(0o22))
print([signal.getsignal(number) for number in signal.valid_signals()], os.read(0, 9))
"""


def test_same_process(tmp_path: Path) -> None:
    """Behind the fence a program has its directory, environment, arguments, identity, descriptors and signals."""
    executed, _ = programs((PYTHON,), "")
    before = fence(MEASURES, tmp_path, sorted(executed))
    command = (PYTHON, "-c", _STATE, "two words", "é")
    plain, fenced = (
        execute(Task((*front, *command), str(tmp_path), ENVIRONMENT), seconds=20, limits=QUICK, scratch=tmp_path)
        for front in ((), before)
    )
    assert (0, plain.stdout, b"") == (fenced.status, fenced.stdout, fenced.stderr)
    assert plain.stdout.count(b"\n") == _STATE.count("print")


def _command(directory: Path, body: str) -> str:
    path = directory / "command"
    path.write_text(f'#!/bin/sh\n{body}\nexec {PYTHON} "$@"\n')
    path.chmod(0o755)
    return str(path)


def test_programs_of_a_script(tmp_path: Path) -> None:
    """What a script may start is what it names, on the search path too, its shell, and what loads them."""
    compiled, alone = programs((PYTHON,), "")
    named, several = programs((_command(tmp_path, "cat /dev/null"),), ENVIRONMENT["PATH"])
    assert (True, False) == (alone, several)
    words = {Path(path).name for path in named - compiled}
    assert {"command", Path("/bin/sh").resolve().name, "cat"} == words
    assert compiled < named


def test_behind_a_script(tmp_path: Path, outside: Outside) -> None:
    """A script that starts the interpreter is contained but for programs that it names itself."""
    command = _command(tmp_path, ":")
    with behind(command) as found:
        assert ("alone",) == tuple(name for name, _ in found.containment.lost)
        assert () == found.containment.gaps
        text = "import posix; posix.execv('/bin/cat', ['cat'])"
        assert ("unsupported", REFUSED) == found.outcome("system", trying(text))
        for act in _ACTS:
            attempt = outside.attempt(act)
            found.outcome("system", trying(attempt.text))
            assert not attempt.happened()


def test_what_breaks_a_command_is_left_out(tmp_path: Path) -> None:
    """A command that works no more behind a measure is asked without it, which is told; what requires it is refused."""
    command = _command(tmp_path, f"echo > {tmp_path / 'log'} || exit 9")
    with Workspace() as workspace:
        (plain,) = find([command], workspace, environment=ENVIRONMENT).implementations
        found = contained(plain, workspace, environment=ENVIRONMENT)
        assert {"alone", "writing"} == {name for name, _ in found.containment.lost}
        assert {"programs", "calls", "namespace"} == set(found.containment.measures)
        assert ("hook",) == found.containment.holders("writing")
        with pytest.raises(AdapterError, match=r"does not contain it: writing: .*status 9") as caught:
            contained(plain, workspace, environment=ENVIRONMENT, wanted=Contain.REQUIRE)
        assert "doctor" in caught.value.hint


def test_off() -> None:
    """Who asks for no containment gets none."""
    with Workspace() as workspace:
        (plain,) = find([PYTHON], workspace, environment=ENVIRONMENT).implementations
        assert plain == contained(plain, workspace, environment=ENVIRONMENT, wanted=Contain.OFF)
        assert () == plain.containment.fence


def test_what_a_case_raises_itself() -> None:
    """An error that the system gave makes a contained case one that was not asked; what the case raised is judged."""
    behind_fence = Containment(fence=("fence",))
    given = Observation({"outcome": "raised", "exception/type": "PermissionError"}, {"message": "[Errno 13] no: 'x'"})
    own = msgspec.structs.replace(given, notes={"message": ""})
    other = msgspec.structs.replace(given, facts={**given.facts, "exception/type": "ImportError"})
    assert ("unsupported", REFUSED) == refused(given, behind_fence).outcome
    assert [own, other] == [refused(item, behind_fence) for item in (own, other)]
    assert given == refused(given, Containment())
