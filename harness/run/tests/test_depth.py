"""A case that goes on inside itself without end: what the implementation makes of it is an observation."""

from collections.abc import Iterator

import pytest

from harness.model.case import Case
from harness.model.language.compound import Statement
from harness.model.language.expressions import Bind, Call, Reference
from harness.model.source import Alias, Function, Import, Invoke, Source, Uncache
from harness.model.tree import Root, SourceFile, Tree
from harness.oracle import predict
from harness.run import Subject, Workspace
from harness.run.tests.fakes import subject


def _reload(name: str) -> Statement:
    return Bind(Call("importlib.reload", (Reference((name,)),)))


def _import(name: str) -> Statement:
    return Import((Alias(name),))


def _call(*path: str) -> Function:
    return Function("f", (Invoke(path),))


DEEP = {
    "functions": ((), (), (_call("g"), Function("g", (Invoke(("f",)),)), Invoke(("f",)))),
    "functions of modules": ((_import("b"), _call("b", "f")), (_import("a"), _call("a", "f")), (Invoke(("a", "f")),)),
    "imported anew": ((Uncache("a"), _import("a")), (), ()),
}
NOT_DEEP = {
    "reloads itself": ((_import("a"), _reload("a")), (), ()),
    "reload each other": ((_import("b"), _reload("b")), (_import("a"), _reload("a")), ()),
}


@pytest.fixture(scope="module")
def asked() -> Iterator[tuple[Subject, Workspace]]:
    """This Python."""
    with subject() as found:
        yield found


def _case(name: str) -> Case:
    first, second, program = {**DEEP, **NOT_DEEP}[name]
    files = (SourceFile("a.py", Source(first)), SourceFile("b.py", Source(second)))
    return Case(Tree((Root(files),)), Source((_import("a"), *program)))


@pytest.mark.parametrize("name", DEEP)
def test_without_end(asked: tuple[Subject, Workspace], name: str) -> None:
    """It ends in an exception of the implementation, and where the documents are not followed they say nothing."""
    found, workspace = asked
    (seen,) = found.observe([workspace.place(_case(name))])
    assert ("raised", "RecursionError") == (seen.outcome, seen.facts["exception/type"])
    assert all(world.ending.value != "completed" for world in predict(_case(name), (3, 12)).worlds)


@pytest.mark.parametrize("name", NOT_DEEP)
def test_a_reload_within_a_reload(asked: tuple[Subject, Workspace], name: str) -> None:
    """A module that is being reloaded is reloaded no second time: nothing goes deep."""
    found, workspace = asked
    (seen,) = found.observe([workspace.place(_case(name))])
    assert "completed" == seen.outcome
