"""A plain reproducer ends with 0 where the fact is as expected, and with 1 where it is not."""

import ast
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from harness.model.case import Case, Embedded, Launch, Module, Script
from harness.model.language.expressions import Bind, Call, Constant
from harness.model.observation import Observation
from harness.model.prediction import Exactly, Expected, OneOf, certain
from harness.model.source import (
    Alias,
    Assign,
    Broken,
    Class,
    Delete,
    FromImport,
    Guard,
    Import,
    Mark,
    ModuleDir,
    Raise,
    SetPath,
    Source,
    StarImport,
    Try,
)
from harness.model.tree import DataFile, Directory, Root, SourceFile, Tree
from harness.model.values import ABSENT, Value
from harness.tests.hosts import PYTHON
from reports.plain import Heading, Plain, headed, programs, sight

TREE = Tree(
    (
        Root(
            (
                SourceFile("a/__init__.py", Source((Assign("x", "é\udcff"), ModuleDir(("z", "y"))), doc='"""')),
                SourceFile("a/b.py", Source((Mark("m"),))),
            )
        ),
        Root((DataFile("data.txt", "text"), Directory("n/m"), SourceFile("n/c.py"))),
    )
)
PROGRAM = Source((Import((Alias("a.b"),)), Import((Alias("n.c", "c"),)), FromImport("a", (Alias("x"),))))
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
    "module/a/dir": ("list", "y", "z"),
    "module/a/same-path": True,
    "module/n/__path__": ("iterable", "<tree>/r1/n"),
    "module/a.b/__file__": "<tree>/r0/a/b.py",
    "module/a.b/__spec__": "present",
    "module/a.b/__loader__": "spec.loader",
    "module/a.b/spec.parent": "a",
    "module/a.b/spec.cached": "<tree>/r0/a/__pycache__/b.<tag>.pyc",
    "module/a.b/repr": ("repr", True, True),
    "module/a.b/names": ("list",),
    "module/a/value/b": ("module", "a.b"),
    "module/a/value/y": ABSENT,
    "module/b": ABSENT,
    "warnings": ("list",),
}
"""What is so of that case, which is not asked here but by the programs."""

OTHER: dict[str, Value] = {
    "outcome": "raised",
    "names": ("list", "a", "c", "d", "x"),
    "binding/a": ("module", "a.b"),
    "binding/x": "é",
    "modules": ("list", "a", "a.b", "n"),
    "module/a": None,
    "module/a/__doc__": None,
    "module/a/__path__": ("list", "<tree>/r1/a"),
    "module/a/dir": ("list", "z", "y"),
    "module/a/same-path": False,
    "module/n/__path__": ("iterable", "<tree>/r0/n", "<tree>/r1/n"),
    "module/a.b/__file__": "<tree>/r0/a.b.py",
    "module/a.b/__spec__": None,
    "module/a.b/__loader__": "other",
    "module/a.b/spec.parent": "",
    "module/a.b/spec.cached": "<tree>/r0/a/b.pyc",
    "module/a.b/repr": ("repr", False, True),
    "module/a.b/names": ("list", "x"),
    "module/a/value/b": ABSENT,
    "module/a/value/y": 1,
    "module/b": ("module", "b"),
    "warnings": ("list", "UserWarning"),
}
"""What is not so."""

RAISED: dict[str, Value] = {"outcome": "raised", "exception/type": "ModuleNotFoundError"}


def first(case: Case, fact: str, expected: Mapping[str, Value], seen: Mapping[str, Value]) -> Plain:
    """The plainest program about a fact."""
    prediction = certain({key: Exactly(value, ("z.z",)) for key, value in expected.items()})
    return next(programs(sight(case, fact, (expected.get(fact, ABSENT),), prediction, Observation(dict(seen)))))


def status(path: Path, plain: Plain) -> int:
    """The exit status of the program."""
    path.write_text(headed(plain, Heading(None)), "utf-8")
    return subprocess.run([PYTHON, str(path)], check=False, capture_output=True).returncode


def both(path: Path, case: Case, fact: str, so: Mapping[str, Value], other: Mapping[str, Value]) -> tuple[int, int]:
    """The exit statuses of the program that expects what is so, and of the one that expects something else."""
    return status(path, first(case, fact, so, other)), status(path, first(case, fact, other, so))


@pytest.mark.parametrize("fact", [fact for fact in FACTS if fact != "outcome"])
def test_facts(tmp_path: Path, fact: str) -> None:
    """Each kind of fact of the final state is told by an assertion."""
    assert both(tmp_path / "repro.py", Case(TREE, PROGRAM), fact, FACTS, {**FACTS, fact: OTHER[fact]}) == (0, 1)


def test_a_list_in_place_of_another_iterable(tmp_path: Path) -> None:
    """That the path of a namespace package is a list of the same is told, though the items are as they should be."""
    other = {**FACTS, "module/n/__path__": ("list", "<tree>/r1/n")}
    assert both(tmp_path / "repro.py", Case(TREE, PROGRAM), "module/n/__path__", FACTS, other) == (0, 1)


def test_words_of_a_path() -> None:
    """That a path is what the spec lists is told in words, not as a truth value."""
    told = first(Case(TREE, PROGRAM), "module/a/same-path", FACTS, {**FACTS, "module/a/same-path": False})
    assert ("a.__path__", "what a.__spec__ lists", "something else") == (told.about, told.expected, told.seen)


@pytest.mark.parametrize("launch", LAUNCHES[1:])
@pytest.mark.parametrize(
    ("fact", "so", "other"),
    [
        pytest.param("module/a.b/__file__", "<tree>/r0/a/b.py", "<tree>/r0/a.py", id="a file"),
        pytest.param("binding/x", "é\udcff", None, id="a name of the program"),
        pytest.param("main/__name__", "__main__", "main", id="the name of the program"),
        pytest.param("path0", "<tree>/r0", "<tree>/r1", id="the search path"),
    ],
)
def test_launches(tmp_path: Path, launch: Launch, fact: str, so: Value, other: Value) -> None:
    """A script and a module are run by an interpreter of their own."""
    facts = {"outcome": "completed", **dict.fromkeys([fact], so)}
    assert both(tmp_path / "repro.py", Case(TREE, PROGRAM, launch), fact, facts, {**facts, fact: other}) == (0, 1)


@pytest.mark.parametrize(
    ("fact", "so", "other"),
    [
        pytest.param("binding/v/names", ("list", "x"), ("list", "x", "y"), id="names"),
        pytest.param("binding/v/value/x", 1, 2, id="a value"),
        pytest.param("binding/v/__name__", "a", "b", id="a special name"),
    ],
)
def test_dictionaries(tmp_path: Path, fact: str, so: Value, other: Value) -> None:
    """What is in a dictionary that has a name is asked of that."""
    tree = Tree((Root((SourceFile("a.py", Source((Assign("x", 1),))),)),))
    case = Case(tree, Source((Bind(Call("runpy.run_module", (Constant("a"),)), "v"),)))
    facts = {"outcome": "completed", **dict.fromkeys([fact], so)}
    assert both(tmp_path / "repro.py", case, fact, facts, {**facts, fact: other}) == (0, 1)


@pytest.mark.parametrize("launch", LAUNCHES)
def test_exceptions(tmp_path: Path, launch: Launch) -> None:
    """The exception that ends the program is told by its type and its attributes."""
    case = Case(TREE, Source((Import((Alias("nowhere"),)),)), launch)
    other = {**RAISED, "exception/type": "ImportError"}
    assert both(tmp_path / "repro.py", case, "exception/type", RAISED, other) == (0, 1)
    named = {**RAISED, "exception/name": "nowhere"}
    assert both(tmp_path / "repro.py", case, "exception/name", named, {**named, "exception/name": "no"}) == (0, 1)
    caused = {**RAISED, "exception/cause": None}
    assert both(tmp_path / "repro.py", case, "exception/cause", caused, {**caused, "exception/cause": "KeyError"}) == (
        0,
        1,
    )


def test_ends_well(tmp_path: Path) -> None:
    """A program that is to end well shows the exception itself."""
    case = Case(TREE, Source((Import((Alias("nowhere"),)),)))
    plain = first(case, "outcome", {"outcome": "completed"}, RAISED)
    assert (1, False) == (status(tmp_path / "repro.py", plain), "try" in plain.code)


def test_an_exception_and_its_base() -> None:
    """Who catches an exception names none besides that is derived from it."""
    case = Case(TREE, Source((Import((Alias("nowhere"),)),)))
    types = OneOf(("ImportError", "ModuleNotFoundError"), ("z.z",))
    facts: dict[str, Expected] = {
        "outcome": Exactly("raised", ("z.z",)),
        "exception/type": types,
        "names": Exactly(("list",), ("z.z",)),
    }
    observed = Observation({**RAISED, "names": ("list", "x")})
    plain = next(programs(sight(case, "names", (("list",),), certain(facts), observed)))
    assert ["except ImportError:"] == [line.strip() for line in plain.code.splitlines() if "except" in line]


def test_one_of_several(tmp_path: Path) -> None:
    """Where several exceptions are allowed each will do."""
    case = Case(TREE, Source((Import((Alias("nowhere"),)),)))
    types = OneOf(("AttributeError", "ModuleNotFoundError"), ("z.z",))
    prediction = certain({"outcome": Exactly("raised", ("z.z",)), "exception/type": types})
    seen = sight(case, "exception/type", types.values, prediction, Observation({"outcome": "completed"}))
    assert status(tmp_path / "repro.py", next(programs(seen))) == 0


def events(*names: str) -> dict[str, Value]:
    """What is seen of the execution of these files of the first root, and of the end of the program."""
    told = {f"trace/{at:04}": ("event", *name.split(" ")) for at, name in enumerate(names)}
    return {**told, "trace/length": len(names), "outcome": "completed"}


def test_what_is_executed(tmp_path: Path) -> None:
    """Of the events no more are told than make the difference."""
    so, other = events("r0/a/__init__.py a", "r0/a/b.py a.b", "m a.b"), events("r0/a/__init__.py a")
    case = Case(TREE, Source((Import((Alias("a.b"),)),)))
    plain = first(case, "trace/0001", so, other)
    assert both(tmp_path / "repro.py", case, "trace/0001", so, other) == (0, 1)
    assert (True, False) == ("print('m')" in plain.code, "print('r0/a/__init__.py')" in plain.code)


def test_what_the_cache_tells(tmp_path: Path) -> None:
    """Which modules are executed, and from which file, is asked of the cache where it tells that."""
    case = Case(TREE, Source((Import((Alias("a.b"),)),)))
    so = events("r0/a/__init__.py a", "r0/a/b.py a.b") | {"modules": ("list", "a", "a.b")}
    file: dict[str, Value] = {"module/a.b/__file__": "<tree>/r1/n/c.py", "trace/0001": ("event", "r1/n/c.py", "a.b")}
    fewer: dict[str, Value] = events("r0/a/__init__.py a") | {"modules": ("list", "a")}
    elsewhere: dict[str, Value] = {**so, **file}
    for other in (fewer, elsewhere):
        every = {**so, "module/a.b/__file__": "<tree>/r0/a/b.py"}
        assert both(tmp_path / "repro.py", case, "trace/0001", every, other) == (0, 1)
        assert "print" not in first(case, "trace/0001", every, other).code


def test_control(tmp_path: Path) -> None:
    """The control of a program is ended with 0 by who departs, also where nothing was to be told."""
    case = Case(TREE, Source((Import((Alias("a.b"),)),)))
    seen = events("r0/a/__init__.py a", "r0/a/b.py a.b")
    plain = first(case, "trace/0001", events("r0/a/__init__.py a"), seen)
    (tmp_path / "repro.py").write_text(plain.control, "utf-8")
    ended = subprocess.run([PYTHON, tmp_path / "repro.py"], check=False, capture_output=True)
    assert (1, 0) == (status(tmp_path / "plain.py", plain), ended.returncode)


def test_twice_by_two_names(tmp_path: Path) -> None:
    """A file that is executed by two names is told with them."""
    tree = Tree((Root((SourceFile("a/__init__.py", Source((SetPath(("r0",)),))), SourceFile("b.py"))),))
    case = Case(tree, Source((Import((Alias("a.b"),)), Import((Alias("b"),)))))
    so = events("r0/a/__init__.py a", "r0/b.py a.b", "r0/b.py b")
    assert both(tmp_path / "repro.py", case, "trace/0002", so, events("r0/a/__init__.py a", "r0/b.py a.b")) == (0, 1)


NO_PYTHON = [
    pytest.param(Source((Class("K", (StarImport("a"),)),)), id="a star in a class"),
    pytest.param(Source((Broken(),)), id="no Python"),
]


@pytest.mark.parametrize("program", NO_PYTHON)
def test_what_is_no_python(tmp_path: Path, program: Source) -> None:
    """A program that is not compiled is a file of its own."""
    so = {"outcome": "raised", "exception/type": "SyntaxError"}
    assert both(tmp_path / "repro.py", Case(TREE, program), "exception/type", so, {"outcome": "completed"}) == (0, 1)


@pytest.mark.parametrize("launch", LAUNCHES[1:])
def test_what_does_not_begin(tmp_path: Path, launch: Launch) -> None:
    """A program that does not begin tells nothing."""
    so = {"outcome": ("unbegun", 1)}
    case = Case(TREE, Source((Broken(),)), launch)
    assert both(tmp_path / "repro.py", case, "outcome", so, {**RAISED, "exception/type": "SyntaxError"}) == (0, 1)


def test_what_is_not_to_begin(tmp_path: Path) -> None:
    """That a program begins which is not to is told by itself, whatever else is executed."""
    tree = Tree((Root((SourceFile("pkg/__init__.py", Source((Raise("ImportError"),))),)),))
    case = Case(tree, Source((Try((Mark("m"),), "ImportError", ()),)), Module("pkg.mod", "r0/pkg/mod.py"))
    plain = first(case, "trace/0000", {"outcome": ("unbegun", 1)}, events("r0/pkg/__init__.py pkg"))
    assert (0, False) == (status(tmp_path / "repro.py", plain), "try" in plain.code)
    assert plain.expected == "it does not begin"


@pytest.mark.parametrize("outcome", [("crashed", 11), ("exited", 3), "timed-out"])
def test_what_is_lost(tmp_path: Path, outcome: Value) -> None:
    """A crash is shown by a process of its own, which ends well where there is none."""
    case = Case(TREE, Source((Import((Alias("nowhere"),)),)))
    plain = first(case, "outcome", RAISED, {"outcome": outcome})
    assert (0, True) == (status(tmp_path / "repro.py", plain), "check=True" in plain.code)


def test_lost_where_the_exception_is_open(tmp_path: Path) -> None:
    """Where the documents do not say which exception ends the program, any other end than a crash will do."""
    case = Case(TREE, Source((Import((Alias("nowhere"),)),)))
    plain = first(case, "outcome", {"outcome": "raised"}, {"outcome": ("exited", 1)})
    assert status(tmp_path / "repro.py", plain) == 0


def test_raises_whatever(tmp_path: Path) -> None:
    """Where the documents say no more than that the program raises, what ends well is told from any exception."""
    so: dict[str, Value] = {"outcome": "completed"}
    for name, ended in (("a", 1), ("nowhere", 0)):
        case = Case(TREE, Source((Import((Alias(name),)),)))
        plain = first(case, "outcome", {"outcome": "raised"}, so)
        assert ("an exception", ended) == (plain.expected, status(tmp_path / "repro.py", plain))


def test_main_is_not_the_name_of_a_program(tmp_path: Path) -> None:
    """A program that asks for its name is a module, since it is not the main one."""
    case = Case(TREE, Source((Guard((Import((Alias("a"),)),)),)))
    so: dict[str, Value] = {"outcome": "completed", "modules": ("list",)}
    assert both(tmp_path / "repro.py", case, "modules", so, {**so, "modules": ("list", "a")}) == (0, 1)


def test_names_of_the_reproducer(tmp_path: Path) -> None:
    """What the case binds is no name of the reproducer's, and disturbs none of what it uses."""
    taken = ("tmp", "sys", "os", "file", "tempfile", "raised", "error", "Exception", "type", "repr", "globals", "vars")
    binds = tuple(Assign(name, None) for name in taken)
    tree = Tree((Root((SourceFile("a.py", Source(binds)),)),))
    case = Case(tree, Source((StarImport("a"), *binds, Import((Alias("b"),)))))
    other = {**RAISED, "exception/type": "KeyError"}
    assert both(tmp_path / "repro.py", case, "exception/type", RAISED, other) == (0, 1)
    facts: dict[str, Value] = {**RAISED, "binding/tmp": None}
    assert both(tmp_path / "repro.py", case, "binding/tmp", facts, {**facts, "binding/tmp": 1}) == (0, 1)


def test_nothing_breaks_out(tmp_path: Path) -> None:
    """Whatever texts hold, the program is one, and its docstring has them escaped."""
    nasty = "\"\"\"\n'''\\\udcff\x00\x1b"
    root = Root((DataFile("d.txt", nasty), SourceFile("a.py", Source((Assign("x", nasty),)))))
    case = Case(Tree((root,)), Source((FromImport("a", (Alias("x"),)),)))
    facts: dict[str, Value] = {"outcome": "completed", "binding/x": nasty}
    other = {**facts, "binding/x": nasty + nasty}
    assert both(tmp_path / "repro.py", case, "binding/x", facts, other) == (0, 1)
    text = headed(first(case, "binding/x", facts, other), Heading(None, departing=(nasty,)))
    assert [] == [char for char in text if not char.isprintable() and char != "\n"]
    head, *rest = ast.parse(text).body
    assert (True, [ast.Import] * 2, ast.With) == (
        isinstance(head, ast.Expr),
        [type(item) for item in rest[:2]],
        type(rest[2]),
    )


def test_short() -> None:
    """A reproducer is what a person would have written."""
    tree = Tree((Root((SourceFile("pkg/__init__.py"),)),))
    case = Case(tree, Source((Try((Delete("pkg"),), "NameError", ()), Import((Alias("pkg.sub"),)))))
    plain = first(case, "exception/type", RAISED, {"outcome": "completed"})
    assert plain.code == EXPECTED
    assert plain.length == EXPECTED.count("\n") - 1


def test_before(tmp_path: Path) -> None:
    """What is known to end well does not stand in the try statement."""
    case = Case(TREE, Source((Import((Alias("a"),)), Import((Alias("a.c"),)))))
    so = {**RAISED, "trace/0001": ("event", "program", 1)}
    plain = first(case, "exception/type", so, {"outcome": "completed", "trace/0001": ("event", "program", 1)})
    assert (0, True) == (status(tmp_path / "repro.py", plain), "    import a\n    try:\n" in plain.code)


def test_no_files(tmp_path: Path) -> None:
    """Where there are no files no directory is made."""
    plain = first(Case(Tree(), Source((Import((Alias("a"),)),))), "exception/type", RAISED, {"outcome": "completed"})
    used = [name for name in ("tempfile", "os") if name in plain.code]
    assert (0, []) == (status(tmp_path / "repro.py", plain), used)


EXPECTED = """\
import os
import sys
import tempfile

with tempfile.TemporaryDirectory() as tmp:
    os.mkdir(tmp + "/pkg")
    open(tmp + "/pkg/__init__.py", "w").close()
    sys.path.insert(0, tmp)
    try:
        try:
            del pkg
        except NameError:
            pass
        import pkg.sub
    except ModuleNotFoundError:
        pass
    else:
        raise AssertionError("no exception")
"""
