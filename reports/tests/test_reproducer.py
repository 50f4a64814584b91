"""A reproducer runs on a stock Python and tells whether a divergence shows."""

import subprocess
from pathlib import Path

import pytest

from harness.diff import Divergence
from harness.model.case import Case, Embedded, Launch, Module, Script
from harness.model.clauses import Clause, Level
from harness.model.source import Alias, Assign, FromImport, Import, Raise, Source, Try
from harness.model.tree import DataFile, Directory, Root, SourceFile, Tree
from harness.model.values import Value
from harness.tests.hosts import PYTHON
from reports.reproducer import reproducer

TREE = Tree(
    (
        Root((SourceFile("a/__init__.py", Source((Assign("x", "é\udcff"),), doc='"""')), SourceFile("a/b.py"))),
        Root((DataFile("data.txt", "text"), Directory("n/m"), SourceFile("n/c.py"))),
    )
)
PROGRAM = Source((Import((Alias("a.b"),)), Import((Alias("n.c", "c"),)), FromImport("a", (Alias("x"),))))
CLAUSE = Clause("z.z", "z", "language", 'It holds \\ """.', "a document", "", "", Level.MUST, "something", seed=False)
LAUNCHES = [
    pytest.param(Embedded(), id="embedded"),
    pytest.param(Script("r0/main.py"), id="script"),
    pytest.param(Module("main", "r0/main.py"), id="module"),
]
FACTS: dict[str, Value] = {
    "outcome": "completed",
    "names": ("list", "a", "c", "x"),
    "binding/a": ("module", "a"),
    "binding/x": "é\udcff",
    "modules": ("list", "a", "a.b", "n", "n.c"),
    "module/a": ("module", "a"),
    "module/a/__doc__": '"""',
    "module/a/__path__": ("list", "<tree>/r0/a"),
    "module/n/__path__": ("iterable", "<tree>/r1/n"),
    "module/a.b/__file__": "<tree>/r0/a/b.py",
    "module/a.b/__spec__": "present",
    "module/a.b/__loader__": "spec.loader",
    "module/a.b/spec.parent": "a",
    "module/a.b/repr": ("repr", True, True),
    "module/a.b/names": ("list",),
    "module/a/value/b": ("module", "a.b"),
    "module/b": ("absent",),
    "module/a/value/y": ("absent",),
}


def status(path: Path, case: Case, facts: dict[str, Value]) -> tuple[int, str]:
    """The exit status and the output of a reproducer of divergences from ``facts``."""
    divergences = [Divergence(fact, ("z.z",), (value,), None, "") for fact, value in facts.items()]
    path.write_text(reproducer(case, divergences, {"z.z": CLAUSE}, (3, 12), name=path.name), "utf-8")
    ended = subprocess.run([PYTHON, str(path)], capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout + ended.stderr


@pytest.mark.parametrize("launch", LAUNCHES)
def test_nothing_differs(tmp_path: Path, launch: Launch) -> None:
    """Where every fact is as documented the exit status is 0."""
    code, output = status(tmp_path / "repro.py", Case(TREE, PROGRAM, launch), FACTS)
    assert (code, "differs" in output) == (0, False), output


@pytest.mark.parametrize("launch", LAUNCHES)
def test_something_differs(tmp_path: Path, launch: Launch) -> None:
    """Where one fact is not, the exit status is 1 and the fact is pointed at."""
    code, output = status(tmp_path / "repro.py", Case(TREE, PROGRAM, launch), {**FACTS, "module/a.b/__doc__": "text"})
    assert (code, output.count("<- differs")) == (1, 1), output


@pytest.mark.parametrize("launch", LAUNCHES)
def test_exceptions(tmp_path: Path, launch: Launch) -> None:
    """The exception that ends a program is told by its type and its name."""
    program = Source((Try((Raise("KeyError"),), "KeyError", ()), Import((Alias("nowhere"),))))
    facts: dict[str, Value] = {
        "outcome": "raised",
        "exception/type": "ModuleNotFoundError",
        "exception/name": "nowhere",
        "exception/path": None,
    }
    code, output = status(tmp_path / "repro.py", Case(TREE, program, launch), facts)
    assert code == 0, output


def test_trace(tmp_path: Path) -> None:
    """Events are those of a run, the ends of statements included."""
    facts: dict[str, Value] = {
        "trace/0000": ("event", "r0/a/__init__.py", "a"),
        "trace/0002": ("event", "program", 1),
        "trace/length": 6,
    }
    code, output = status(tmp_path / "repro.py", Case(TREE, PROGRAM), facts)
    assert code == 0, output


def test_words(tmp_path: Path) -> None:
    """What it says is in words: what the fact is about, and each value that has some."""
    fact = "module/a/__loader__"
    divergence = Divergence(fact, ("a.b",), ("other",), "spec.loader", "s")
    text = reproducer(Case(TREE, PROGRAM), [divergence], {}, (3, 12))
    (tmp_path / "repro.py").write_text(text, "utf-8")
    ended = subprocess.run([PYTHON, tmp_path / "repro.py"], check=False, capture_output=True, text=True)
    assert (1, "__loader__ of module a") == (ended.returncode, ended.stdout.splitlines()[0]), ended.stderr
    assert ["another loader than that of its spec", "the loader of its spec   <- differs"] == [
        line.partition(":")[2].strip() for line in ended.stdout.splitlines()[1:]
    ]
    assert "say? __loader__ of module a\n" in text.replace('"""', "\n")


def test_an_interpreter_beside_it(tmp_path: Path) -> None:
    """An interpreter that is named by a path is the one that lies there, seen from where the reproducer is run."""
    status(tmp_path / "repro.py", Case(TREE, PROGRAM), FACTS)
    (tmp_path / "mine").write_text(f'#!/bin/sh\nexec {PYTHON} "$@"\n')
    (tmp_path / "mine").chmod(0o700)
    ended = subprocess.run([PYTHON, "repro.py", "./mine"], cwd=tmp_path, check=False, capture_output=True)
    assert ended.returncode == 0, ended.stderr
