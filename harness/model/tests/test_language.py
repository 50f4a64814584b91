"""What every statement of the language has in common."""

import typing
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.model.codec import encode
from harness.model.language.compound import Statement, bodies, holding
from harness.model.language.spelling import JUDGED
from harness.model.language.word import Word
from harness.model.tests.strategies import EACH

each: Final = pytest.mark.parametrize("kind", EACH)
few: Final = settings(max_examples=20)


def test_there_is_a_strategy_for_each() -> None:
    """Whatever can be said is drawn."""
    assert set(typing.get_args(Statement)) == EACH.keys()


@each
@few
@given(data=st.data())
def test_it_has_a_text(data: st.DataObject, kind: type[Word]) -> None:
    """A statement is at least one line, the same whenever it is asked for."""
    statement = data.draw(EACH[kind])
    assert "" != "\n".join(statement.lines(JUDGED)) == "\n".join(statement.lines(JUDGED))


@each
@few
@given(data=st.data())
def test_it_holds_what_it_holds(data: st.DataObject, kind: type[Word]) -> None:
    """A statement that is given the statements it holds is the same."""
    statement = data.draw(EACH[kind])
    assert statement == holding(statement, bodies(statement))


@each
@few
@given(data=st.data())
def test_what_is_simpler_is_another(data: st.DataObject, kind: type[Word]) -> None:
    """Nothing is simpler than itself, so that simplifying comes to an end."""
    statement = data.draw(EACH[kind])
    assert encode((statement,)) not in [encode(simple) for simple in statement.simpler()]
