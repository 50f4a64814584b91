"""What can be said of a fact by itself where the documents allow several worlds."""

import json

import msgspec
import pytest

from harness.model.codec import encode
from harness.model.prediction import (
    Answer,
    Ending,
    Exactly,
    Expected,
    OneOf,
    Prediction,
    Unspecified,
    World,
    allowed,
    certain,
    sharing,
)
from harness.model.values import ABSENT, TAG, TREE, UNOBSERVED, Value
from harness.model.versions import Version

USUAL, OTHER = Answer("a.question", "", "usual", choice=True), Answer("a.question", "", "other", choice=True)
OPEN_ONE, OPEN_TWO = Answer("a.question", "", "one"), Answer("a.question", "", "two")


def exactly(value: Value, *clauses: str) -> Exactly:
    """A fact with a value."""
    return Exactly(value, clauses)


def fact(*expected: Expected | None, ending: Ending = Ending.COMPLETED) -> Expected:
    """What is said of one fact that has these in the worlds; None: the world does not predict it."""
    facts = [{} if item is None else {"x": item} for item in expected]
    return Prediction(tuple(World(item, (OPEN_ONE,), ending) for item in facts)).facts["x"]


class TestFacts:
    """A fact has the values that it has in some world."""

    def test_of_one_world(self) -> None:
        """One world says what it says."""
        facts: dict[str, Expected] = {"x": exactly(1, "a.b"), "y": Unspecified(("a.c",))}
        assert facts == certain(facts).facts

    def test_alike(self) -> None:
        """Where all worlds say the same in the same words the question does not matter."""
        assert exactly(1, "a.b") == fact(exactly(1, "a.b"), exactly(1, "a.b"))

    def test_options_alike(self) -> None:
        """Where all worlds leave the same choice in the same words, it is that choice, with its options."""
        choice = OneOf((1, 2), ("a.b",), ("one", "two"))
        assert choice == fact(choice, OneOf((1, 2), ("a.b",), ("one", "two")))

    def test_no_reason_at_all(self) -> None:
        """What all worlds say without a clause is said without the question."""
        assert exactly(1) == fact(exactly(1), exactly(1))

    def test_one_value_for_several_reasons(self) -> None:
        """One value that several clauses decide is decided by all of them, each once."""
        assert exactly(1, "a.b", "a.c", "a.d") == fact(exactly(1, "a.b", "a.c"), exactly(1, "a.c", "a.d"))

    def test_one_value_without_a_reason(self) -> None:
        """Where no clause decides it, it is the question."""
        assert exactly(ABSENT, "a.question") == fact(None, OneOf((ABSENT,), ()), exactly(ABSENT))

    def test_several_values(self) -> None:
        """Several values are a choice, the usual one first, each once, decided by the clauses and by the question."""
        found = fact(exactly(1, "a.b"), exactly(2, "a.c"), exactly(1, "a.c"), exactly(2, "a.b"))
        assert OneOf((1, 2), ("a.b", "a.c", "a.question")) == found

    def test_true_is_not_one(self) -> None:
        """Values of another type are other values."""
        assert OneOf((1, True), ("a.b", "a.question")) == fact(exactly(1, "a.b"), Exactly(value=True, clauses=("a.b",)))

    def test_choices_are_joined(self) -> None:
        """A choice in one world adds its values."""
        assert OneOf((1, 2, 3), ("a.b", "a.question")) == fact(OneOf((1, 2), ("a.b",)), OneOf((2, 3), ("a.b",)))

    def test_silence_of_one_world(self) -> None:
        """Where one world is silent nothing is said; the clauses tell why."""
        assert Unspecified(("a.b", "a.c", "a.question")) == fact(exactly(1, "a.b"), Unspecified(("a.c",)))

    def test_what_a_world_does_not_predict(self) -> None:
        """It is absent there, if the world is predicted to its end, and unknown if it is not."""
        assert OneOf((1, ABSENT), ("a.b", "a.question")) == fact(exactly(1, "a.b"), None)
        assert Unspecified(("a.b", "a.question")) == fact(exactly(1, "a.b"), None, ending=Ending.SILENT)


class TestOpenFacts:
    """Facts on which the documents are silent whichever choice is taken."""

    def test_silence(self) -> None:
        """What one world is silent of is open."""
        assert ("y",) == certain({"x": exactly(1), "y": Unspecified(())}).open_facts()

    def test_silence_of_all(self) -> None:
        """What all worlds are silent of is open too."""
        assert ("x",) == Prediction((World({"x": Unspecified(())}), World({"x": Unspecified(())}))).open_facts()

    def test_true_is_not_one(self) -> None:
        """Values of another type are other values."""
        assert ("x",) == Prediction(
            (World({"x": exactly(1)}), World({"x": Exactly(value=True, clauses=())}))
        ).open_facts()

    @pytest.mark.parametrize(
        ("answers", "found"),
        [
            pytest.param((OPEN_ONE, OPEN_TWO), ("x",), id="open question"),
            pytest.param((USUAL, OTHER), (), id="choice"),
            pytest.param((OTHER, USUAL), (), id="choice, the other first"),
            pytest.param((USUAL, USUAL), ("x",), id="another question"),
        ],
    )
    def test_what_differs(self, answers: tuple[Answer, Answer], found: tuple[str, ...]) -> None:
        """A fact that differs with an open question is open; one that differs with a choice is not."""
        first, second = answers
        worlds = (
            World({"x": exactly(1), "y": exactly(1)}, (first,)),
            World({"x": exactly(2), "y": exactly(1)}, (second,)),
        )
        assert found == Prediction(worlds).open_facts()

    def test_situations_are_told_apart(self) -> None:
        """A choice in one situation says nothing of another."""
        here, there = (
            Answer("a.question", "here", "usual", choice=True),
            Answer("a.question", "there", "x", choice=True),
        )
        assert ("x",) == Prediction(
            (World({"x": exactly(1)}, (here,)), World({"x": exactly(2)}, (there,)))
        ).open_facts()

    def test_what_a_world_does_not_predict(self) -> None:
        """It is absent in a world that is predicted to its end, and so differs; else it is unknown."""
        worlds = World({"x": exactly(1)}), World({})
        assert ("x",) == Prediction(worlds).open_facts()
        assert () == Prediction((World({"x": exactly(ABSENT)}), World({}))).open_facts()
        assert ("x",) == Prediction((World({"x": exactly(ABSENT)}), World({}, ending=Ending.SILENT))).open_facts()


def test_clauses() -> None:
    """The clauses are those of facts and of questions, in every world."""
    worlds = World({"x": exactly(1, "a.b")}, (OPEN_ONE,)), World({"y": Unspecified(("a.c",))})
    assert frozenset({"a.b", "a.c", "a.question"}) == Prediction(worlds).clauses()


@pytest.mark.parametrize(
    ("expected", "values"),
    [(exactly(1), (1,)), (OneOf((1, 2), ()), (1, 2)), (Unspecified(()), ())],
)
def test_allowed(expected: Expected, values: tuple[Value, ...]) -> None:
    """A fact may have the values that the documents give, and where they are silent they give none."""
    assert values == allowed(expected)


@pytest.mark.parametrize(
    ("language", "told"), [((3, 8), False), ((3, 9), True), ((3, 11, 4), True), ((3, 12), False), ((3, 13), False)]
)
def test_versions(language: Version, *, told: bool) -> None:
    """A prediction holds for the versions from the one on and before the other."""
    assert told is Prediction((World({}),), since=(3, 9), until=(3, 12)).holds(language)


def test_certain() -> None:
    """What is certain is one world, in every version, without a question and to its end."""
    found = certain({"x": exactly(1)})
    assert [World({"x": exactly(1)}, (), Ending.COMPLETED, ())] == list(found.worlds)
    assert (True, True, (), False) == (found.since < (3, 8), found.until > (3, 99), found.consulted, found.excess)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (exactly(1, "a.b"), b'{"type":"exactly","value":1,"clauses":["a.b"]}'),
        (OneOf((1,), (), ("o",)), b'{"type":"oneof","values":[1],"clauses":[],"options":["o"]}'),
        (Unspecified(("a.b",)), b'{"type":"unspecified","clauses":["a.b"]}'),
        (OPEN_ONE, b'{"clause":"a.question","situation":"","option":"one","choice":false}'),
        (list(Ending), b'["completed","silent","deep","endless"]'),
        ([ABSENT, UNOBSERVED, TREE, TAG], b'[["absent"],["unobserved"],"<tree>","<tag>"]'),
    ],
)
def test_as_machines_read_it(value: object, text: bytes) -> None:
    """What is predicted is spelled like this for machines."""
    assert json.loads(text) == json.loads(encode(value))


def test_worlds_cannot_be_changed() -> None:
    """What is predicted is a value: alike predictions are one in a set, and nobody changes them."""
    facts = [exactly(1, "a.b"), OneOf((1, 2), ("a.b",)), Unspecified(("a.b",)), OPEN_ONE]
    again = [exactly(1, "a.b"), OneOf((1, 2), ("a.b",)), Unspecified(("a.b",)), Answer("a.question", "", "one")]
    assert set(facts) == set(again)
    assert [OPEN_ONE, OPEN_TWO] == sorted([OPEN_TWO, OPEN_ONE])


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        pytest.param(exactly(1, "a.b"), True, id="the same"),
        pytest.param(exactly(1, "a.c"), False, id="for another reason"),
        pytest.param(Exactly(value=True, clauses=("a.b",)), False, id="true is not one"),
        pytest.param(OneOf((1,), ("a.b",)), False, id="a choice of one"),
        pytest.param(Unspecified(("a.b",)), False, id="silence"),
    ],
)
def test_worlds_share_what_is_the_same(other: Expected, *, shared: bool) -> None:
    """A fact that another world holds alike, reasons too, is the very object; any other one stays its own."""
    first, second = sharing([World({"x": held}, (OPEN_ONE,), Ending.COMPLETED) for held in (exactly(1, "a.b"), other)])
    assert (first.facts["x"], shared) == (exactly(1, "a.b"), second.facts["x"] is first.facts["x"])
    assert shared or second.facts["x"] is other


def test_what_the_first_world_lacks() -> None:
    """A fact that the first world does not predict stays with the worlds that do."""
    first, second = sharing([World({"x": exactly(1)}), World({"y": exactly(2)})])
    assert ({"x": exactly(1)}, {"y": exactly(2)}) == (first.facts, second.facts)


@pytest.mark.parametrize(
    "expected", [exactly(1), OneOf((1, 2), ("a.b",)), Unspecified(("a.b",))], ids=["value", "choice", "silence"]
)
def test_what_is_said_alike_is_shared(expected: Expected) -> None:
    """It is shared, whatever it says."""
    first, second = sharing([World({"x": expected}), World({"x": msgspec.structs.replace(expected)})])
    assert first.facts["x"] is second.facts["x"]
