"""Fork and fresh give equal observations, in order, and touch nothing of this process."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from generators import Family
from generators.families import families
from harness.model.case import Case, Embedded, Launch, Module, Script
from harness.model.source import Alias, Assign, Edit, FromImport, Import, Mark, Raise, Source, Try
from harness.model.tree import Root, SourceFile, Tree
from harness.run import Limits, Mode, Subject, Workspace, connect
from harness.run.tests.fakes import ENVIRONMENT, implementation, importing

_PATIENT = Limits(case=30.0)


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    """A workspace for all tests here."""
    with Workspace() as space:
        yield space


@pytest.fixture(scope="module", params=[mode.value for mode in Mode])
def subject(request: pytest.FixtureRequest, workspace: Workspace) -> Iterator[Subject]:
    """This Python, by fork server and by fresh process."""
    yield from _connected(Mode(request.param), workspace)


@pytest.fixture(scope="module")
def both(workspace: Workspace) -> Iterator[tuple[Subject, Subject]]:
    """This Python by fork server, and by fresh process."""
    for fork in _connected(Mode.AUTO, workspace):
        for fresh in _connected(Mode.FRESH, workspace):
            yield fork, fresh


def _connected(mode: Mode, workspace: Workspace) -> Iterator[Subject]:
    found = connect(implementation(), workspace, environment=ENVIRONMENT, limits=_PATIENT, mode=mode)
    yield found
    found.close()


@given(family=families(programs=2))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_fork_equals_fresh(family: Family, both: tuple[Subject, Subject], workspace: Workspace) -> None:
    """Whatever the case, a forked child and a fresh process observe the same facts and note the same."""
    placed = [workspace.place(case) for case in family.cases()]
    fork, fresh = both
    assert fork.observe(placed) == fresh.observe(placed)
    workspace.discard(placed)


@pytest.mark.parametrize("launch", [Embedded(), Script("r0/main.py"), Module("main", "r0/main.py")])
def test_edit_forked_and_fresh(launch: Launch, both: tuple[Subject, Subject], workspace: Workspace) -> None:
    """What a file holds once it is edited is executed, forked or fresh, and is an event as all files are."""
    edit = Edit("r0/m.py", (Assign("x", 1), Import((Alias("missing"),))))
    program = Source((edit, Try((Import((Alias("m"),)),), "ImportError", (Mark("caught"),))))
    case = Case(Tree((Root((SourceFile("m.py"),)),)), program, launch)
    placed = [workspace.place(case) for _ in both]
    seen = [subject.observe([place]) for subject, place in zip(both, placed, strict=True)]
    assert seen[0] == seen[1]
    events = [value for key, value in sorted(seen[0][0].facts.items()) if key.startswith("trace/0")]
    assert [("event", "r0/m.py", "m")] == [item for item in events if isinstance(item, tuple) and item[1] == "r0/m.py"]
    workspace.discard(placed)


_TREE = Tree((Root((SourceFile("p/__init__.py"), SourceFile("p/m.py", Source((Assign("x", 1),))))), Root()))


@pytest.mark.parametrize(
    ("launch", "first", "argument"),
    [
        pytest.param(Script("r0/main.py"), "<tree>/r0", "<tree>/r0/main.py", id="script"),
        pytest.param(Script("r0/p/main.py"), "<tree>/r0/p", "<tree>/r0/p/main.py", id="script-in-package"),
        pytest.param(Module("p", "r0/p/__main__.py"), "<tree>/r0", "<tree>/r0/p/__main__.py", id="package"),
        pytest.param(Module("p.run", "r0/p/run.py"), "<tree>/r0", "<tree>/r0/p/run.py", id="module"),
    ],
)
def test_launches(launch: Script | Module, first: str, argument: str, subject: Subject, workspace: Workspace) -> None:
    """A launched program sees the arguments and the path its launch gives it, and every root."""
    case = Case(_TREE, Source((FromImport("p", (Alias("m"),)),)), launch)
    (seen,) = subject.observe([workspace.place(case)])
    assert ("completed", first, argument, ("module", "p.m")) == tuple(
        seen.facts[key] for key in ("outcome", "path0", "argv0", "binding/m")
    )


def test_order(subject: Subject, workspace: Workspace) -> None:
    """Observations come in the order of the cases, whatever their launches."""
    launches: list[Launch] = [Embedded(), Script("r0/main.py"), Embedded(), Script("r0/main.py")] * 3
    cases = [Case(_TREE, Source((Assign("n", number),)), launch) for number, launch in enumerate(launches)]
    seen = subject.observe([workspace.place(case) for case in cases])
    assert list(range(12)) == [observation.facts["binding/n"] for observation in seen]


def test_nothing_to_do(subject: Subject) -> None:
    """No cases, no observations."""
    assert subject.observe([]) == []


@pytest.mark.parametrize("error", ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "ValueError"])
def test_any_exception(error: str, subject: Subject, workspace: Workspace) -> None:
    """Every exception that ends a program is observed as raised, those that end a process too."""
    cases = [Case(_TREE, Source((Raise(error),)), launch) for launch in (Embedded(), Script("r0/main.py"))]
    seen = subject.observe([workspace.place(case) for case in cases])
    assert [("raised", error)] * 2 == [(item.outcome, item.facts["exception/type"]) for item in seen]


def test_message_is_a_note(subject: Subject, workspace: Workspace) -> None:
    """The message of the exception is a note, relative to the tree."""
    (seen,) = subject.observe([workspace.place(importing("nowhere"))])
    assert seen.notes == {"message": "No module named 'nowhere'"}


def test_main_is_out_of_scope(subject: Subject, workspace: Workspace) -> None:
    """The agent, which is ``__main__`` of an embedded launch, is no module of the case."""
    case = Case(_TREE, Source((Import((Alias("__main__"),)),)))
    (seen,) = subject.observe([workspace.place(case)])
    assert seen.facts["modules"] == ("list",)


def test_surroundings_untouched(subject: Subject, workspace: Workspace) -> None:
    """Working directory, environment and import state of this process are afterwards as before."""

    def state() -> tuple[object, ...]:
        return Path.cwd(), dict(os.environ), list(sys.path), list(sys.meta_path), sorted(sys.modules)

    placed = [workspace.place(importing("good", launch=launch)) for launch in (Embedded(), Script("r0/main.py"))]
    before = state()
    subject.observe(placed)
    assert before == state()


def test_workspace_holds_trees_only(subject: Subject, workspace: Workspace) -> None:
    """Requests, answers and streams are gone when the observations are there."""
    subject.observe([workspace.place(importing("good", launch=Script("r0/main.py")))])
    assert {"tree"} == {path.name.rstrip("0123456789") for path in workspace.path.iterdir()}
