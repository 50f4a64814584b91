"""What a function trusts to be a spec, a loader, a module or a class is one, or None: nothing else is let through."""

from collections.abc import Iterator

import pytest

from harness.model.case import Case
from harness.model.language.compound import Statement
from harness.model.language.expressions import Bind, Call, Instance, Reference
from harness.model.source import Alias, Assign, Function, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.run import Subject, Workspace
from harness.run.tests.fakes import subject

_MODULE = "importlib.util.module_from_spec"
_EXECUTE = "importlib.abc.Loader.exec_module"
_OWN = SourceFile(
    "own.py", Source((Assign("loader", 1), Assign("name", "own"), Assign("nothing", None), Function("exec_module", ())))
)


@pytest.fixture(scope="module")
def asked() -> Iterator[tuple[Subject, Workspace]]:
    """This Python."""
    with subject() as found:
        yield found


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        pytest.param("spec", Bind(Call(_MODULE, (Reference(("own",)),))), id="a module as a spec"),
        pytest.param(
            "loader", Bind(Call(_EXECUTE, (Reference(("own",)), Reference(("own",))))), id="a module as a loader"
        ),
        pytest.param(
            "module",
            Bind(Call(_EXECUTE, (Reference(("own", "__spec__", "loader")), Reference(("own", "name"))))),
            id="a text as a module",
        ),
        pytest.param("class", Bind(Instance(("own", "exec_module")), "x"), id="a function as a class"),
    ],
)
def test_what_is_none_is_not_let_through(asked: tuple[Subject, Workspace], kind: str, statement: Statement) -> None:
    """Whatever the case calls so, the function is not called, and nothing is said of the implementation."""
    found, workspace = asked
    case = Case(Tree((Root((_OWN,)),)), Source((Import((Alias("own"),)), statement)))
    (seen,) = found.observe([workspace.place(case)])
    assert ("unsupported", f"a function is given another object as a {kind}") == seen.outcome


@pytest.mark.parametrize(
    ("expected", "statement"),
    [
        pytest.param("AttributeError", Bind(Call(_MODULE, (Reference(("own", "nothing")),))), id="None as a spec"),
        pytest.param(
            "AttributeError",
            Bind(Call(_EXECUTE, (Reference(("own", "nothing")), Reference(("own",))))),
            id="None as a loader",
        ),
        pytest.param("TypeError", Bind(Instance(("own", "nothing")), "x"), id="None as a class"),
        pytest.param(
            "completed",
            Bind(Call(_EXECUTE, (Reference(("space", "__spec__", "loader")), Reference(("space",))))),
            id="the loader of a namespace package",
        ),
    ],
)
def test_what_can_do_nothing(asked: tuple[Subject, Workspace], expected: str, statement: Statement) -> None:
    """Of None, and of a loader that executes nothing, the implementation is asked: what it says is its own."""
    found, workspace = asked
    tree = Tree((Root((_OWN, SourceFile("space/part.py", Source(())))),))
    case = Case(tree, Source((Import((Alias("own"), Alias("space"))), statement)))
    (seen,) = found.observe([workspace.place(case)])
    assert expected == seen.facts.get("exception/type", seen.outcome)
