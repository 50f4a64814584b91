"""What the agent makes facts of, as the documentation of an observation has it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.diff import Verdict, judge
from harness.model.case import Case, Embedded, Launch, Module, Script
from harness.model.language.compound import Statement
from harness.model.language.expressions import Bind, Call, Constant, Reference
from harness.model.observation import Observation
from harness.model.prediction import Unspecified, allowed
from harness.model.source import (
    Alias,
    Assign,
    Block,
    Broken,
    FromImport,
    Import,
    Items,
    Mark,
    Raise,
    Recache,
    Source,
    Uncache,
)
from harness.model.tree import Root, SourceFile, Tree
from harness.model.values import Value
from harness.oracle import predict
from harness.run import Mode, Subject, Workspace
from harness.run.tests.fakes import ask, fake, importing, subject

_PACKAGE = SourceFile("pkg/__init__.py")
_MODES = [pytest.param(mode, id=mode.value) for mode in Mode]
_LAUNCHES = [
    pytest.param(Embedded(), id="embedded"),
    pytest.param(Script("r0/main.py"), id="script"),
    pytest.param(Module("main", "r0/main.py"), id="module"),
]


@pytest.fixture(scope="module", params=_MODES)
def asked(request: pytest.FixtureRequest) -> Iterator[tuple[Subject, Workspace]]:
    """This Python, by fork server and by fresh process."""
    with subject(mode=request.param) as found:
        yield found


def facts(
    asked: tuple[Subject, Workspace], program: Source, *files: SourceFile, launch: Launch | None = None
) -> dict[str, Value]:
    """What is observed of a program over one root of these files."""
    return observed(asked, Case(Tree((Root(files),)), program, launch or Embedded())).facts


def observed(asked: tuple[Subject, Workspace], case: Case) -> Observation:
    """What is observed of a case."""
    found, workspace = asked
    (seen,) = found.observe([workspace.place(case)])
    return seen


@pytest.mark.parametrize("launch", _LAUNCHES)
@pytest.mark.parametrize("entry", ["r0/d", ""])
def test_working_directory(asked: tuple[Subject, Workspace], entry: str, launch: Launch) -> None:
    """A relative entry of a path is relative to the tree, with -m to its first root, however the case is asked."""
    relative = Source((Assign("__path__", Items((entry,))),))
    places = ("r0/d/sub.py", "d/sub.py", "sub.py")
    files = [SourceFile(path, Source((Assign("x", path),))) for path in places]
    program = Source((FromImport("pkg.sub", (Alias("x"),)),))
    seen = facts(asked, program, SourceFile("pkg/__init__.py", relative), *files, launch=launch)
    inside = isinstance(launch, Module)
    found = {("r0/d", False): "d/sub.py", ("r0/d", True): "r0/d/sub.py", ("", True): "sub.py"}.get((entry, inside))
    assert (found or "raised") == seen.get("binding/x", seen["outcome"])


@pytest.mark.parametrize("launch", _LAUNCHES)
def test_warnings(asked: tuple[Subject, Workspace], launch: Launch) -> None:
    """Each category of which something warned is told once, also where nothing is shown of it, and what was said."""
    fallen_back = Source((Assign("__spec__", None), Assign("__package__", None), FromImport("", (Alias("x"),), 1)))
    files = [SourceFile("pkg/__init__.py", Source((Assign("x", 1),)))]
    files += [SourceFile(f"pkg/{name}.py", fallen_back) for name in ("a", "b")]
    program = Source((Import((Alias("pkg.a"),)), Import((Alias("pkg.b"),))))
    seen = observed(asked, Case(Tree((Root(tuple(files)),)), program, launch))
    assert ("completed", ("list", "ImportWarning")) == (seen.outcome, seen.facts["warnings"])
    assert seen.notes["warnings"].startswith("ImportWarning: can't resolve package from __spec__ or __package__")


def test_no_warnings(asked: tuple[Subject, Workspace]) -> None:
    """Where nothing warns the list is empty, whatever was warned of before."""
    assert facts(asked, Source((Import((Alias("pkg"),)),)), _PACKAGE)["warnings"] == ("list",)


def test_same_path(asked: tuple[Subject, Workspace]) -> None:
    """Whether the search locations of the spec are the path of the package is told of packages, and only of them."""
    changed = Source((Assign("__path__", Items(("elsewhere",))),))
    files = (SourceFile("a/__init__.py"), SourceFile("b/c.py"), SourceFile("d/__init__.py", changed))
    seen = facts(asked, Source(tuple(Import((Alias(name),)) for name in ("a", "b.c", "d"))), *files)
    told = {key: value for key, value in seen.items() if key.endswith("same-path")}
    assert told == {"module/a/same-path": True, "module/b/same-path": True, "module/d/same-path": False}


@pytest.mark.parametrize("launch", _LAUNCHES[1:])
def test_main_removed(asked: tuple[Subject, Workspace], launch: Launch) -> None:
    """What is told of a main program is told of the namespace it ran in, also where it left the module cache."""
    kept = facts(asked, Source((Mark("x"),)), _PACKAGE, launch=launch)
    removed = facts(asked, Source((Uncache("__main__"),)), _PACKAGE, launch=launch)
    told = {key: value for key, value in kept.items() if key.startswith("main/")}
    assert told == {key: value for key, value in removed.items() if key.startswith("main/")}
    assert told["main/__name__"] == "__main__"
    assert {"main/__loader__", "main/__cached__", "main/repr"} <= set(told)


@pytest.mark.parametrize("launch", _LAUNCHES[1:])
def test_main_under_another_name(asked: tuple[Subject, Workspace], launch: Launch) -> None:
    """A main program that fails and is in the module cache under another key has bound what it says, and no more."""
    program = Source((Import((Alias("__main__", "x"),)), Recache("pkg", "x"), Block("__main__"), Raise("ValueError")))
    seen = facts(asked, program, _PACKAGE, launch=launch)
    assert ("ValueError", ("list", "x")) == (seen["exception/type"], seen["module/pkg/names"])


@pytest.mark.parametrize(
    ("program", "package", "outcome"),
    [
        pytest.param(Source((Broken(),)), Source(), ("unbegun", 1), id="no-python"),
        pytest.param(Source(), Source((Raise("ValueError"),)), ("unbegun", 1), id="parent-raises"),
        pytest.param(Source((Raise("SystemExit"),)), Source(), "raised", id="exits-itself"),
    ],
)
def test_before_the_program(asked: tuple[Subject, Workspace], program: Source, package: Source, outcome: Value) -> None:
    """What ends a process before its main program is told from what that program does."""
    files = (SourceFile("pkg/__init__.py", package),)
    assert outcome == facts(asked, program, *files, launch=Module("pkg.main", "r0/pkg/main.py"))["outcome"]


@pytest.mark.parametrize("status", [0, 1])
@pytest.mark.parametrize("launch", _LAUNCHES[:2])
@pytest.mark.parametrize("mode", _MODES)
def test_end_without_an_answer(mode: Mode, launch: Launch, status: int, tmp_path: Path) -> None:
    """A process that ends while its program runs has exited, whatever its status."""
    command = fake(tmp_path, f"on_import('good', lambda: os._exit({status}))\nhonest()\n")
    (seen,) = ask(command, importing("good", launch=launch), mode=mode)
    assert seen.outcome == ("exited", status)


_SPEC_OF_PACKAGE = {
    "": ("spec", "pkg"),
    "/spec.name": "pkg",
    "/spec.origin": "<tree>/r0/pkg/__init__.py",
    "/spec.parent": "pkg",
    "/spec.has_location": True,
    "/spec.submodule_search_locations": ("list", "<tree>/r0/pkg"),
    "/spec.loader": "present",
}


@pytest.mark.parametrize("exposed", [True, False])
def test_spec_as_value(asked: tuple[Subject, Workspace], *, exposed: bool) -> None:
    """A spec that a name is bound to is told by its name and its fields, in a program and in a module alike."""
    read: tuple[Statement, ...] = (Import((Alias("pkg"),)), Bind(Reference(("pkg", "__spec__")), "s"))
    program = Source((*read, Import((Alias("m"),)), *(() if exposed else (Uncache("pkg"),))))
    case = Case(Tree((Root((_PACKAGE, SourceFile("m.py", Source(read)))),)), program)
    seen = observed(asked, case)
    expected = {**_SPEC_OF_PACKAGE, "/spec.exposed": exposed}
    for prefix in ("binding/s", "module/m/value/s"):
        found = {key.removeprefix(prefix): seen.facts[key] for key in seen.facts if key.startswith(prefix)}
        assert expected == {key: found[key] for key in found if key != "/spec.cached"}
    assert Verdict.CONFORMS is judge(predict(case, sys.version_info[:2]), seen).verdict


def test_loader_as_value(asked: tuple[Subject, Workspace]) -> None:
    """A loader is told by the module whose spec has it, and predicted where a module has that spec."""
    read = (Import((Alias("pkg"),)), Import((Alias("a"),)), Bind(Reference(("pkg", "__spec__", "loader")), "own"))
    found = Bind(Call("importlib.util.find_spec", (Constant("b"),)), "s")
    program = Source((*read, found, Bind(Reference(("s", "loader")), "other")))
    case = Case(Tree((Root((_PACKAGE, SourceFile("a.py"), SourceFile("b.py"))),)), program)
    seen, prediction = observed(asked, case), predict(case, sys.version_info[:3])
    expected = prediction.worlds[0].facts
    assert ("loader", "pkg") == seen.facts["binding/own"]
    assert (("loader", "pkg"), ("loader", "a")) == allowed(expected["binding/own"])
    assert isinstance(expected["binding/other"], Unspecified)
    assert Verdict.CONFORMS is judge(prediction, seen).verdict


def test_differing_field_of_a_spec(asked: tuple[Subject, Workspace]) -> None:
    """The signature of a field that differs tells which field of a spec it is, and no name of the case."""
    case = Case(
        Tree((Root((_PACKAGE,)),)), Source((Import((Alias("pkg"),)), Bind(Reference(("pkg", "__spec__")), "s")))
    )
    seen = observed(asked, case)
    other = Observation({**seen.facts, "binding/s/spec.origin": None})
    found = judge(predict(case, sys.version_info[:2]), other).divergences
    assert ["spec.origin-source-file · binding/*/spec.origin · str → None"] == [item.signature for item in found]
