"""What an implementation lacks, of what a case needs, is why it cannot be asked."""

import msgspec
import pytest

from harness.model.case import Case, called
from harness.model.language.documented import FIRST
from harness.model.source import Assign, Mark, Raise, Source, Statement, Try
from harness.model.tree import Tree
from harness.run import Workspace, archiving, find
from harness.run.needs import missing
from harness.run.tests.fakes import ENVIRONMENT, implementation
from harness.run.workspace import Placed
from harness.tests.hosts import PYTHON


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(Raise("EncodingWarning"), id="raised"),
        pytest.param(Try((Mark("a"),), "EncodingWarning", ()), id="caught"),
    ],
)
def test_exception(statement: Statement) -> None:
    """A built-in exception that an implementation has not can neither be raised nor caught there."""
    case = Case(Tree(), Source((statement,)))
    placed = Placed(case, "nowhere", (), called(case))
    able = implementation().identity
    unable = msgspec.structs.replace(able, exceptions=able.exceptions - {"EncodingWarning"})
    assert [missing(placed, able), missing(placed, unable)] == [None, "has no built-in EncodingWarning"]


def test_attribute() -> None:
    """Who is known to lack an attribute altogether is not asked a case that names it."""
    case = Case(Tree(), Source((Assign("__doc__", None),)))
    placed = Placed(case, "nowhere", (), called(case))
    able = implementation().identity
    unable = msgspec.structs.replace(able, lacking=("__doc__", "__spec__"))
    assert [missing(placed, able), missing(placed, unable)] == [None, "has no __doc__, which the case names"]


def test_modules_of_the_library() -> None:
    """Whoever says hello tells which of the modules it has that functions belong to: else nobody was asked for them."""
    with Workspace() as workspace:
        (found,) = find([PYTHON], workspace, environment=ENVIRONMENT).implementations
    asked = {name.partition(".")[0] for name in (*FIRST, *archiving.FIRST)} - {"builtins", "sys"}
    missing = asked - {*found.identity.capabilities}
    assert set() == missing, "expected a row for each in _capabilities of harness/agent/rooms/hello.py"
