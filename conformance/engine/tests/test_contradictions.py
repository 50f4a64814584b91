"""Two answers to one open question are shown by cases in which both are still given, as small as they get."""

from collections.abc import Iterator, Mapping
from typing import Final

import pytest

from conformance.catalogue import catalogue
from conformance.engine import Shard
from conformance.engine.tests.fakes import Member, Outcome, run
from harness.model.case import Case
from harness.model.source import Alias, Assign, FromImport, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.model.values import Value
from reports.policies import Policies
from reports.records import Option, Policy

ODD: Final = "odd"
MISSING: Final = FromImport("m", (Alias("x"),))
RAISED: Final = tuple(catalogue()).index("from.missing-name-not-mnfe")
MANY: Final = tuple(f"b{number}" for number in range(8))
TREE: Final = Tree((Root((SourceFile("m.py", Source((Assign("z", 1),))), SourceFile("n.py"))),))


def asking(*before: str) -> Case:
    """A program that binds these names, and then imports one that is missing."""
    return Case(TREE, Source((*(Assign(name, 1) for name in before), MISSING)))


def two_answers(case: Case, facts: Mapping[str, Value]) -> Mapping[str, Value]:
    """Where a program binds a certain name, the exception is of another type."""
    odd = any(isinstance(item, Assign) and item.name == ODD for item in case.program.statements)
    raised = facts.get("exception/type") == "ImportError"
    return {**facts, "exception/type": "ModuleNotFoundError", "exception/name": "m.x"} if odd and raised else facts


def policies(outcome: Outcome) -> Iterator[Policy]:
    """The answers to the question which exception it is."""
    return (line for line in outcome.lines if isinstance(line, Policy) and line.clause == RAISED)


def options(*cases: Case) -> tuple[Option, ...]:
    """What the fake answers in these cases."""
    (found,) = policies(run(Member(two_answers), cases=cases))
    return found.options


def test_each_is_smaller() -> None:
    """Of each answer there is a smaller case in which it is given; the smallest of the run is kept beside it."""
    cases = asking("a", "b", *MANY), asking("a", ODD, "b", *MANY)
    one, other = options(*cases)
    assert cases == (one.case, other.case)
    bare = Tree((Root((SourceFile("m.py"),)),))
    assert Case(bare, Source((MISSING,))) == one.shown
    assert Case(bare, Source((Assign(ODD, 1), MISSING))) == other.shown


@pytest.mark.parametrize("name", ["a", ODD])
def test_one_answer(name: str) -> None:
    """Where there is one answer nothing is tried."""
    found = list(policies(run(Member(two_answers), cases=[asking(name, "b", *MANY)])))
    assert all(option.smaller is None for item in found for option in item.options)


def test_small_already() -> None:
    """What gets no smaller is told once."""
    tree = Tree((Root((SourceFile("m.py"),)),))
    cases = Case(tree, Source((MISSING,))), Case(tree, Source((Assign(ODD, 1), MISSING)))
    assert [None, None] == [option.smaller for option in options(*cases)]


def test_one_that_is_small_is_shown_as_it_is() -> None:
    """Of a case that can be read at once nothing smaller is sought."""
    assert [None, None] == [option.smaller for option in options(asking("a"), asking("a", ODD))]


def test_shards() -> None:
    """Each shard makes its answers smaller, since another may contradict it; together they tell the whole run's."""
    cases = asking("a", "b", *MANY), asking("a", ODD, "b", *MANY), asking("a", "b", "c", *MANY)
    parts = Policies()
    for index in (1, 2, 3):
        parts.add(policies(run(Member(two_answers), cases=cases, shard=Shard(index, 3))))
    assert list(policies(run(Member(two_answers), cases=cases))) == list(parts.lines())


def test_shards_that_agree() -> None:
    """What they made smaller for nothing is not told of the whole run."""
    cases = asking("a", "b", *MANY), asking("a", "b", "c", *MANY)
    parts = Policies()
    told = [found for index in (1, 2) for found in policies(run(Member(), cases=cases, shard=Shard(index, 2)))]
    assert all(option.smaller for found in told for option in found.options)
    parts.add(told)
    assert list(policies(run(Member(), cases=cases))) == list(parts.lines())
