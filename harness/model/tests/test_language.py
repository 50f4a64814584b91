"""What every statement of the language has in common."""

import typing
from typing import Final

import pytest
from hypothesis import find

from harness.model.language.compound import Statement, bodies, holding
from harness.model.language.spelling import JUDGED
from harness.model.language.word import Word
from harness.model.tests.strategies import any_statements

KINDS: Final = [pytest.param(kind, id=kind.__name__) for kind in typing.get_args(Statement)]


def example(kind: type[Word]) -> Statement:
    """The simplest statement of that kind."""
    return find(any_statements, lambda statement: type(statement) is kind)


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_a_strategy(kind: type[Word]) -> None:
    """The strategy of all statements makes it, and it has a text of at least one line."""
    assert list(example(kind).lines(JUDGED))


@pytest.mark.parametrize("kind", KINDS)
def test_it_holds_what_it_holds(kind: type[Word]) -> None:
    """A statement that is given the statements it holds is the same."""
    statement = example(kind)
    assert statement == holding(statement, bodies(statement))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_simpler_is_another(kind: type[Word]) -> None:
    """Nothing is simpler than itself, so that simplifying comes to an end."""
    statement = example(kind)
    assert (statement,) not in list(statement.simpler())
