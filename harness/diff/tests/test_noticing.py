"""When a departure, or the answer to an open question, is bound to be seen."""

from typing import Final

import pytest

from harness.diff import noticed, told_apart
from harness.model.departure import Departure
from harness.model.prediction import Answer, Ending, Exactly, Expected, OneOf, Prediction, Unspecified, World
from harness.model.values import ABSENT, Value

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
    ],
)
def test_noticed(departed: list[World], *, expected: bool) -> None:
    """A departure is noticed if it is made, and no world that makes it is one of the documents'."""
    documents = Prediction((world(x=exactly(1), taken=False),))
    assert noticed(documents, Prediction(tuple(departed)), KEPT) is expected


@pytest.mark.parametrize(
    ("departed", "documents", "expected"),
    [
        pytest.param(Ending.ENDLESS, Ending.COMPLETED, True, id="no end where there is one"),
        pytest.param(Ending.COMPLETED, Ending.ENDLESS, True, id="an end where there is none"),
        pytest.param(Ending.ENDLESS, Ending.ENDLESS, False, id="no end at all"),
        pytest.param(Ending.ENDLESS, Ending.SILENT, False, id="silence may have no end"),
        pytest.param(Ending.ENDLESS, Ending.DEEP, False, id="what is not followed may have no end"),
        pytest.param(Ending.SILENT, Ending.ENDLESS, False, id="what departs may have no end"),
        pytest.param(Ending.DEEP, Ending.ENDLESS, False, id="what departs may go on for ever"),
    ],
)
def test_without_end(departed: Ending, documents: Ending, *, expected: bool) -> None:
    """That there is no end is noticed where there is one, and the other way round."""
    known = Prediction((world(documents, taken=False),))
    assert noticed(known, Prediction((world(departed),)), KEPT) is expected


A: Final = Exactly(("module", "a"), ())


@pytest.mark.parametrize(
    ("facts", "key", "expected"),
    [
        pytest.param({}, "binding/x", True, id="name"),
        pytest.param({}, "trace/0000", True, id="event"),
        pytest.param({}, "exception/name", True, id="detail of an exception"),
        pytest.param({}, "names", False, id="list"),
        pytest.param({}, "module/a", True, id="module"),
        pytest.param({}, "module/a/repr", True, id="detail of no module"),
        pytest.param({"module/a": Exactly(ABSENT, ())}, "module/a/repr", True, id="detail of what is absent"),
        pytest.param({"module/a": A}, "module/a/repr", False, id="detail"),
        pytest.param({"module/a": OneOf((ABSENT, None), ())}, "module/a/repr", False, id="detail of what may be there"),
        pytest.param({"module/a": A}, "module/b/repr", True, id="detail of another"),
        pytest.param({"module/a": A}, "module/a/value/x", True, id="name in a module"),
        pytest.param({"module/a": A}, "binding/a/repr", True, id="detail of a name"),
    ],
)
def test_what_is_not_predicted(facts: dict[str, Expected], key: str, *, expected: bool) -> None:
    """What a list does not hold is absent, and so is what a module has that is not there; all else is unknown."""
    documents = Prediction((World({**facts, key: exactly(1)}),))
    assert noticed(documents, Prediction((World(facts, taken=(KEPT,)),)), KEPT) is expected


def test_absent_in_both() -> None:
    """What is not predicted of a program that comes to its end is as absent as what is said to be absent."""
    documents = Prediction((world(x=exactly(ABSENT)),))
    assert not noticed(documents, Prediction((world(),)), KEPT)


def test_documents_that_are_silent() -> None:
    """No value of a fact departs of which the documents say nothing."""
    documents = Prediction((world(x=Unspecified(())),))
    assert not noticed(documents, Prediction((world(x=exactly(1)),)), KEPT)


@pytest.mark.parametrize(
    ("worlds", "expected"),
    [
        pytest.param([world(option="a", x=exactly(1)), world(option="b", x=exactly(2))], True, id="apart"),
        pytest.param([world(option="a", x=exactly(1)), world(option="b", x=exactly(1))], False, id="alike"),
        pytest.param([world(option="a", x=exactly(1)), world(Ending.SILENT, option="b")], False, id="silence"),
        pytest.param([world(option="a"), world(Ending.SILENT, option="b", x=exactly(1))], False, id="silence after it"),
    ],
)
def test_told_apart(worlds: list[World], *, expected: bool) -> None:
    """The answer to a question is seen if no observation fits two worlds that answer it differently."""
    told = frozenset({"some.question"}) if expected else frozenset()
    assert [told, told] == [told_apart(Prediction(tuple(each))) for each in (worlds, worlds[::-1])]


def test_two_questions_at_once_tell_nothing() -> None:
    """Worlds that differ in two answers do not say by which of them they differ."""
    first = World({"outcome": exactly(1)}, (Answer("some.one", "", "a"), Answer("some.other", "", "a")))
    second = World({"outcome": exactly(2)}, (Answer("some.one", "", "b"), Answer("some.other", "", "b")))
    assert told_apart(Prediction((first, second))) == frozenset()


def test_the_one_question_that_parts() -> None:
    """Worlds that agree on one question and differ in another are told apart by that one."""
    first = World({"outcome": exactly(1)}, (Answer("some.one", "", "a"), Answer("some.other", "", "a")))
    second = World({"outcome": exactly(2)}, (Answer("some.one", "", "a"), Answer("some.other", "", "b")))
    assert told_apart(Prediction((first, second))) == frozenset({"some.other"})
