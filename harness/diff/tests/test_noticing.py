"""When a departure, or the answer to an open question, is bound to be seen."""

from typing import Final

import pytest

from harness.diff import noticed, told_apart
from harness.model.departure import Departure
from harness.model.prediction import Answer, Ending, Exactly, Expected, OneOf, Prediction, Unspecified, World
from harness.model.values import Value

KEPT: Final = Departure("some.rule", "kept")


def exactly(value: Value) -> Exactly:
    """The expected fact of that value."""
    return Exactly(value, ("some.rule",))


def world(ending: Ending = Ending.COMPLETED, *, taken: bool = True, option: str = "", **facts: Expected) -> World:
    """A world of these facts about the bindings of the program."""
    answers = (Answer("some.question", "", option),) if option else ()
    named = {f"binding/{name}": expected for name, expected in facts.items()}
    return World(named, answers, ending, (KEPT,) if taken else ())


@pytest.mark.parametrize(
    ("departed", "expected"),
    [
        pytest.param([world(x=exactly(2))], True, id="another value"),
        pytest.param([world()], True, id="absent"),
        pytest.param([world(x=exactly(1))], False, id="no difference"),
        pytest.param([world(x=exactly(2), taken=False)], False, id="not taken"),
        pytest.param([world(x=exactly(2)), world(x=exactly(1))], False, id="one world fits"),
        pytest.param([world(x=exactly(2)), world(x=exactly(1), taken=False)], True, id="one world has nothing to take"),
        pytest.param([world(x=Unspecified(()))], False, id="silent of the fact"),
        pytest.param([world(x=OneOf((1, 2), ()))], False, id="one value fits"),
        pytest.param([world(Ending.SILENT)], False, id="silent from the beginning"),
        pytest.param([world(Ending.SILENT, x=exactly(2))], True, id="silent after a difference"),
        pytest.param([world(Ending.ENDLESS)], True, id="endless"),
    ],
)
def test_noticed(departed: list[World], *, expected: bool) -> None:
    """A departure is noticed if it is made, and no world that makes it is one of the documents'."""
    documents = Prediction((world(x=exactly(1), taken=False),))
    assert noticed(documents, Prediction(tuple(departed)), KEPT) is expected


def test_endless_is_not_noticed_in_silence() -> None:
    """Where the documents do not tell how the case ends, it may have no end."""
    documents = Prediction((world(Ending.SILENT, taken=False),))
    assert not noticed(documents, Prediction((world(Ending.ENDLESS),)), KEPT)


def test_facts_of_what_is_not_predicted() -> None:
    """A detail of a module is absent where the module is, and elsewhere unknown if the world does not predict it."""
    detail = World({"module/a": exactly(("module", "a")), "module/a/repr": exactly(1)})
    without = World({"module/a": exactly(("module", "a"))}, taken=(KEPT,))
    gone = World({}, taken=(KEPT,))
    assert [noticed(Prediction((detail,)), Prediction((each,)), KEPT) for each in (without, gone)] == [False, True]


@pytest.mark.parametrize(
    ("worlds", "expected"),
    [
        pytest.param([world(option="a", x=exactly(1)), world(option="b", x=exactly(2))], True, id="apart"),
        pytest.param([world(option="a", x=exactly(1)), world(option="b", x=exactly(1))], False, id="alike"),
        pytest.param([world(option="a", x=exactly(1)), world(Ending.SILENT, option="b")], False, id="silence"),
    ],
)
def test_told_apart(worlds: list[World], *, expected: bool) -> None:
    """The answer to a question is seen if no observation fits two worlds that answer it differently."""
    assert told_apart(Prediction(tuple(worlds))) == (frozenset({"some.question"}) if expected else frozenset())


def test_two_questions_at_once_tell_nothing() -> None:
    """Worlds that differ in two answers do not say by which of them they differ."""
    first = World({"outcome": exactly(1)}, (Answer("some.one", "", "a"), Answer("some.other", "", "a")))
    second = World({"outcome": exactly(2)}, (Answer("some.one", "", "b"), Answer("some.other", "", "b")))
    assert told_apart(Prediction((first, second))) == frozenset()
