"""Whole runs of the command line, in processes of their own, against interpreters that do what they are told."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from harness.diff import Verdict
from harness.model.case import Case
from harness.model.codec import encode
from harness.model.source import Alias, Assign, FromImport, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.tests.hosts import PYTHON
from reports.tests.memory import Run, read_run

ROOT: Final = Path(__file__).resolve().parents[3]
CASES: Final = 60
BAD: Final = 30
"""Which case does the deed, where there is one; so many before and after it share its tree."""

BESIDE: Final = 5
MOST: Final = CASES // (2 * BESIDE + 1)
"""So many deeds have room in one run."""

_SECONDS: Final = 300.0
_SOON: Final = 120.0

_RUNNER: Final = """
import os, signal
signal.signal(signal.SIGINT, signal.SIG_DFL)
open(os.environ["HOME"] + "/begun", "w").close()
from harness.run import Limits, connecting
connecting.connect.__kwdefaults__["limits"] = Limits(start=3.0, case=float(os.environ["CASE"]), grace=0.2)
from conformance.cli import main
main(prog_name="import-conformance")
"""

_INTERPRETER: Final = """
import builtins, os, signal, sys, time
with open({told!r}, "a") as file:
    file.write("%s\\n" % os.environ.get("IMPORT_CONFORMANCE_SCRATCH", ""))
if not sys.argv[1].endswith("agent.py"):
    os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
real = builtins.__import__
{acts}
def importing(name, *rest, **more):
    if name.startswith("worst"):
        globals()[name]()
    return real(name, *rest, **more)
builtins.__import__ = importing
sys.argv = sys.argv[1:]
with open(sys.argv[0]) as file:
    text = file.read()
exec(compile(text, sys.argv[0], "exec"), {{"__name__": "__main__", "__file__": sys.argv[0], "__builtins__": builtins}})
"""


def bad(deeds: int) -> list[int]:
    """Which cases do them."""
    return [BAD] if deeds == 1 else [BESIDE + at * (2 * BESIDE + 1) for at in range(deeds)]


def cases(deeds: int) -> Iterator[Case]:
    """Cases with which every Python conforms; the bad ones import ``worst0`` and so on, neighbours share a tree."""
    numbers = bad(deeds)
    for number in range(CASES):
        at, near = min(enumerate(numbers), key=lambda item: abs(item[1] - number))
        value = near if abs(near - number) <= BESIDE else number
        files = (SourceFile("own.py", Source((Assign("x", value),))), SourceFile(f"worst{at}.py"))
        worst = Import((Alias(f"worst{at}"),))
        program = worst if number == near else FromImport("own", (Alias("x", f"x{number}"),))
        yield Case(Tree((Root(files),)), Source((program,)))


class Stage(msgspec.Struct, frozen=True):
    """A directory in which runs are made: an interpreter, cases, a run file; as a home it tells whose a process is."""

    directory: Path
    seconds: float = 1.0
    """How long a case may take."""

    @property
    def out(self) -> Path:
        """The run file."""
        return self.directory / "run.jsonl"

    @property
    def begun(self) -> Path:
        """A file that is there as soon as a run no longer dies of a signal as any starting Python does."""
        return self.directory / "begun"

    def prepare(self, *deeds: str) -> None:
        """Write the cases and the interpreter, which does the first deed whenever ``worst0`` is imported, and so on."""
        told = str(self.directory / "scratches")
        done = deeds or ("pass",)
        acts = "\n".join(f"def worst{at}():\n    {deed}" for at, deed in enumerate(done))
        (self.directory / "python.py").write_text(_INTERPRETER.format(told=told, acts=acts))
        lines = [b'{"schema":2,"case":%b}\n' % encode(case) for case in cases(len(done))]
        (self.directory / "cases.jsonl").write_bytes(b"".join(lines))

    @contextlib.contextmanager
    def running(self, *options: str, before: Sequence[str] = ()) -> Iterator["subprocess.Popen[str]"]:
        """A run under way; ``before`` is a command that starts it. Nothing of it is left at the end of the block.

        The deeds are those of an interpreter and not of a case: nothing contains them.
        """
        self.begun.unlink(missing_ok=True)
        arguments = ["run", f"{PYTHON} {self.directory}/python.py", "--cases", f"{self.directory}/cases.jsonl"]
        arguments += ["--contain", "off"]
        with (self.directory / "stderr").open("w+") as stderr:
            process = subprocess.Popen(
                [*before, sys.executable, "-c", _RUNNER, *arguments, "--out", str(self.out), "-j", "1", *options],
                cwd=ROOT,
                env=self._environment(),
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                text=True,
                start_new_session=True,
            )
            try:
                yield process
            finally:
                process.kill()
                process.wait()
                left = self.processes()
                for number in left:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(number, signal.SIGKILL)

    def run(self, *options: str, before: Sequence[str] = ()) -> int:
        """The exit code of a whole run."""
        with self.running(*options, before=before) as process:
            return self.ended(process)

    def ended(self, process: "subprocess.Popen[str]") -> int:
        """The exit code of a run that comes to its end; nothing of it is left."""
        code = process.wait(_SECONDS)
        soon(lambda: not self.processes())
        assert (self.processes(), self.scratches(), "Traceback" in self.stderr) == ([], [], False), self.stderr
        return code

    @property
    def stderr(self) -> str:
        """What the last run wrote to standard error."""
        return (self.directory / "stderr").read_text("utf-8", "replace")

    def processes(self) -> list[int]:
        """The living processes of runs on this stage, wherever they went: their home is this stage's."""
        mark = f"HOME={self.directory}".encode()
        return [number for number in _everybody() if mark in _environ(number) and _lives(number)]

    def scratches(self) -> list[str]:
        """The scratch directories that are left."""
        path = self.directory / "scratches"
        told = set(path.read_text().split()) if path.exists() else set()
        return sorted(item for item in told if os.path.lexists(item))

    def records(self) -> int:
        """How many records the run file has by now."""
        return self.out.read_bytes().count(b'"type":"record"') if self.out.exists() else 0

    def checked(self) -> Run:
        """The run that the file holds: everything is accounted for, every case is told once."""
        run = read_run(self.out)
        assert run.footer is not None
        executed = [item for item in run.records if item.verdict not in {Verdict.HARNESS_FAULT, Verdict.UNSUPPORTED}]
        numbers = [item.number for item in run.records]
        assert (run.footer.planned, run.footer.accounted, run.footer.executed) == (CASES, True, len(executed))
        assert sorted(set(numbers)) == numbers
        return run

    def verdicts(self) -> Mapping[int, Verdict]:
        """The verdict of each case that does not conform."""
        return {item.number: item.verdict for item in self.checked().records if item.verdict is not Verdict.CONFORMS}

    def _environment(self) -> dict[str, str]:
        # Measured by coverage, a process that is interrupted while coverage holds its lock would wait for it for ever.
        host = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
        return {**host, "HOME": str(self.directory), "TMPDIR": str(self.directory), "CASE": str(self.seconds)}


def soon(condition: Callable[[], bool]) -> bool:
    """Whether the condition holds in time, also on a machine that is busy."""
    end = time.monotonic() + _SOON
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def children(process: int) -> list[int]:
    """The processes that a process started."""
    return [number for number in _everybody() if _field(number, 1) == str(process)]


def _everybody() -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*")]


def _environ(number: int) -> list[bytes]:
    try:
        return Path(f"/proc/{number}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _lives(number: int) -> bool:
    return _field(number, 0) not in {"", "Z", "X"}


def _field(number: int, place: int) -> str:
    """A field of what Linux tells of a process, counted from its state."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[place]
    except OSError:
        return ""
