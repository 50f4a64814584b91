"""A statement is whole: whatever can be said has a text, an admission and a meaning, in the chapter of one name."""

import typing
from typing import Final

import pytest

from harness.agent.tests.rooms import first_calls
from harness.model.language.compound import Statement
from harness.model.language.documented import FUNCTIONS
from harness.model.language.word import Word
from harness.oracle.rules import CHAPTERS, RULES

WORDS: Final[tuple[type[Word], ...]] = typing.get_args(Statement)
KINDS: Final = [pytest.param(kind, id=kind.__name__) for kind in WORDS]


def chapter_of(name: str) -> str:
    """The chapter of which a module is a part."""
    return name.rpartition(".")[2]


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_a_text_and_an_admission(kind: type[Word]) -> None:
    """No statement leaves it to the base what it says, how that is read, or what a stranger may say with it."""
    assert {"lines", "parse", "check"} <= vars(kind).keys()


@pytest.mark.parametrize("kind", KINDS)
def test_its_meaning_stands_in_the_chapter_of_its_name(kind: type[Word]) -> None:
    """What can be said in a chapter of the model means something by a rule of the oracle's chapter of that name."""
    holders = [chapter_of(held["__name__"]) for held in map(vars, CHAPTERS) if kind in held.get("STATEMENTS", {})]
    assert [chapter_of(kind.__module__)] == holders


def test_no_rule_is_of_something_else() -> None:
    """The rules are those of the statements that can be said, and of the functions that can be called."""
    assert (set(WORDS), set(FUNCTIONS)) == (set(RULES.statements), set(RULES.functions))


def test_every_function_has_a_first_call() -> None:
    """What a function of the library imports when it is called first, the agent has imported before a case calls it."""
    assert set() == set(FUNCTIONS) - set(first_calls())
