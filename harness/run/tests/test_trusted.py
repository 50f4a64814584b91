"""What a function trusts to be a spec, a loader, a module or a class is one: nothing else is let through to it."""

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
_OWN = SourceFile("own.py", Source((Assign("loader", 1), Assign("name", "own"), Function("exec_module", ()))))


@pytest.fixture(scope="module")
def asked() -> Iterator[tuple[Subject, Workspace]]:
    """This Python."""
    with subject() as found:
        yield found


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(Bind(Call(_MODULE, (Reference(("own",)),))), id="a module as a spec"),
        pytest.param(Bind(Call(_EXECUTE, (Reference(("own",)), Reference(("own",))))), id="a module as a loader"),
        pytest.param(
            Bind(Call(_EXECUTE, (Reference(("own", "__spec__", "loader")), Reference(("own", "name"))))),
            id="a text as a module",
        ),
        pytest.param(Bind(Instance(("own", "exec_module")), "x"), id="a function as a class"),
    ],
)
def test_what_is_none_is_not_let_through(asked: tuple[Subject, Workspace], statement: Statement) -> None:
    """Whatever the case calls so, the function is not called: TypeError is raised."""
    found, workspace = asked
    case = Case(Tree((Root((_OWN,)),)), Source((Import((Alias("own"),)), statement)))
    (seen,) = found.observe([workspace.place(case)])
    assert ("raised", "TypeError") == (seen.outcome, seen.facts["exception/type"])
