"""What explains one observation, and what one refutes, by rules that are made up."""

from collections.abc import Mapping
from typing import Final, TypeAlias

import msgspec
import pytest

from conformance.engine.causes import Explained, Question, explained, named, refuted, sentence
from conformance.engine.predictions import Predicted
from harness.model.departure import Departure
from harness.model.observation import Observation
from harness.model.prediction import Ending, Exactly, Expected, Prediction, World
from harness.model.values import ABSENT, Value
from harness.oracle import departure

DOC: Final = "module.doc-attribute"
NO_DOC, OTHER_DOC = departure(DOC, "absent"), departure(DOC, "another value")
OTHER_LOADER: Final = departure("module.loader-attribute", "another value")
X, Y, Z, SAME, BOTH, LATE, STOPS, COURSE = (
    Departure(f"a.{name}", "no", f"{name} is no") for name in ("x", "y", "z", "same", "both", "late", "stops", "course")
)
KEY_ERROR: Final = departure("meta.exhausted-raises-mnfe", "raises KeyError")
OS_ERROR: Final = departure("meta.exhausted-raises-mnfe", "raises OSError")
NOTHING: Final[frozenset[Departure]] = frozenset()

Facts: TypeAlias = Mapping[str, Value]
"""What is predicted, or seen, beside the usual; ABSENT where it is not predicted."""

USUAL: Final[Facts] = {"trace/0000": 1, "trace/0001": 1, "binding/x": 1, "binding/y": 1, "binding/z": 1}
EFFECTS: Final[Mapping[frozenset[Departure], Facts]] = {
    frozenset({X}): {"binding/x": 2},
    frozenset({Y}): {"binding/y": 2},
    frozenset({Z}): {"binding/z": 2},
    frozenset({SAME}): {"binding/x": 2},
    frozenset({BOTH}): {"binding/y": 2, "binding/z": 2},
    frozenset({COURSE}): {"trace/0001": 2},
    frozenset({X, LATE}): {"trace/0001": 2},
    frozenset({KEY_ERROR}): {"exception/type": "KeyError"},
    frozenset({OS_ERROR}): {"exception/type": "OSError"},
}
"""What follows from departures that are made together."""


def expected(facts: Facts) -> dict[str, Expected]:
    """These facts, each by a clause of its own, and the attributes by those of the language."""
    clauses = {"module/m/__doc__": DOC, "module/m/__loader__": OTHER_LOADER.clause}
    return {key: Exactly(value, ("a.rule", clauses.get(key, f"a.{key[-1]}"))) for key, value in facts.items()}


class Law:
    """What is predicted of a case where departures are made, and which of them was asked for."""

    def __init__(self, facts: Facts = USUAL, *consulted: Departure, course: str = "a.rule") -> None:
        self.facts = expected(facts)
        self.facts["trace/0001"] = Exactly(1, ("a.rule", course))
        self.consulted = consulted
        self.asked: list[frozenset[Departure]] = []

    def __call__(self, made: frozenset[Departure]) -> Prediction:
        """The one world."""
        self.asked.append(made)
        facts = dict(self.facts)
        for together, effect in EFFECTS.items():
            if together <= made:
                facts.update(expected(effect))
        if NO_DOC in made:
            facts["module/m/__doc__"] = Exactly(ABSENT, ("a.rule", DOC))
            facts.update(expected({"module/m": 2} if "module/m" in facts else {}))
            facts["trace/0001"] = (
                Exactly(2, ("a.rule",)) if DOC in self.facts["trace/0001"].clauses else facts["trace/0001"]
            )
        if STOPS in made:
            facts = {"trace/0000": facts["trace/0000"]}
        ending = Ending.SILENT if STOPS in made else Ending.COMPLETED
        return Prediction((World(facts, ending=ending, taken=tuple(made)),), consulted=self.consulted)

    def question(self, *known: Departure) -> Question:
        """The question about an implementation that is known to make these departures."""
        departs = frozenset(known)
        return Question(self, departs, Predicted(self(NOTHING), self(departs) if departs else None))

    def explained(self, *known: Departure, **seen: Value) -> Explained:
        """What explains an observation of this and all else that is usual."""
        return explained(self.question(*known), self.seen(**seen))

    def refuted(self, *known: Departure, before: frozenset[Departure] = NOTHING, **seen: Value) -> list[str]:
        """The departures that such an observation refutes."""
        return sorted(map(str, refuted(self.question(*known), self.seen(**seen), before)))

    def seen(self, **seen: Value) -> Observation:
        """An observation of this, ``__`` for ``/``, and all else that is usual."""
        usual = {key: item.value for key, item in self.facts.items() if isinstance(item, Exactly)}
        return Observation({**usual, **{key.replace("__", "/", 1): value for key, value in seen.items()}})


def law(*consulted: Departure) -> Law:
    """The usual rules, where these departures could make a difference."""
    return Law(USUAL, *consulted)


class TestExplained:
    """The smallest sets of departures with which what was seen is what is predicted."""

    def test_one(self) -> None:
        """One that gives what was seen explains it, others do not."""
        assert Explained((("a.x: no",),)) == law(X, Y).explained(binding__x=2)

    def test_several(self) -> None:
        """Each that gives what was seen explains it, in order."""
        assert Explained((("a.same: no",), ("a.x: no",))) == law(X, Y, SAME).explained(binding__x=2)

    def test_two(self) -> None:
        """Two explain together what neither does alone, told once."""
        assert Explained((("a.x: no", "a.y: no"),)) == law(Y, X).explained(binding__x=2, binding__y=2)

    def test_three(self) -> None:
        """More than two are not tried."""
        assert Explained() == law(X, Y, Z).explained(binding__x=2, binding__y=2, binding__z=2)

    def test_the_nearest_goes_on(self) -> None:
        """What explains more goes before what explains less, and is tried further."""
        found = law(X, Y, Z, BOTH)
        assert Explained((("a.both: no", "a.x: no"),)) == found.explained(binding__x=2, binding__y=2, binding__z=2)
        assert frozenset({X, Y}) not in found.asked

    def test_of_two_alike(self) -> None:
        """Of what explains as much the first by name is tried further, and no other."""
        found = law(X, Y, Z)
        found.explained(binding__x=2, binding__y=2, binding__z=2)
        assert [frozenset({X, Y}), frozenset({X, Z})] == [made for made in found.asked if len(made) == 2]

    def test_nothing(self) -> None:
        """What no departure gives is explained by none, and so is what nobody predicts."""
        assert Explained() == law(X).explained(binding__x=3)
        empty = Question(law(X), NOTHING, Predicted(Prediction(())))
        assert Explained() == explained(empty, Observation({}))

    def test_what_conforms(self) -> None:
        """What is as predicted is explained by nothing, though some departures would not be seen."""
        assert Explained() == law(LATE).explained()

    def test_not_made(self) -> None:
        """What is made in no world explains nothing, though what is predicted then was seen."""
        base = law(X)

        def untaken(made: frozenset[Departure]) -> Prediction:
            return msgspec.structs.replace(base(made), worlds=tuple(World(item.facts) for item in base(made).worlds))

        question = Question(untaken, NOTHING, Predicted(base(NOTHING)))
        assert Explained() == explained(question, base.seen(binding__x=2))

    def test_beside_what_is_known(self) -> None:
        """What is known is made too, and explains nothing."""
        found = law(X, Y)
        assert Explained((("a.y: no",),)) == found.explained(X, binding__x=2, binding__y=2)
        assert {NOTHING, frozenset({X}), frozenset({X, Y})} == set(found.asked)

    def test_weakly(self) -> None:
        """What explains how it begins, and says nothing of the rest, is told apart."""
        assert Explained((), ("a.stops: no",)) == law(STOPS).explained(trace__0001=2)
        assert Explained((("a.course: no",),), ("a.stops: no",)) == law(STOPS, COURSE).explained(trace__0001=2)

    def test_weakly_alone(self) -> None:
        """What explains a beginning only beside another explains nothing."""
        assert Explained((), ("a.stops: no",)) == law(STOPS, X).explained(trace__0001=2, binding__x=2)
        assert Explained() == law(STOPS, X).explained(trace__0000=3)

    def test_weakly_no_further(self) -> None:
        """What explains a beginning is tried no further, and hides nothing that explains all."""
        found = law(STOPS, COURSE, Y).explained(trace__0001=2, binding__y=2)
        assert Explained((("a.course: no", "a.y: no"),), ("a.stops: no",)) == found

    def test_on_the_course(self) -> None:
        """What brings it back to its course is tried further, though the state differs then."""
        both = (("a.course: no", "a.y: no"),)
        assert Explained(both) == law(COURSE, Y).explained(trace__0001=2, binding__y=2)

    def test_beside_the_course(self) -> None:
        """What leaves the course where it was left is no step on the way."""
        assert Explained() == law(X, LATE).explained(trace__0001=2, binding__x=2)

    @pytest.mark.parametrize(("seen", "told"), [("OSError", OS_ERROR), ("KeyError", KEY_ERROR)])
    def test_exceptions(self, seen: str, told: Departure) -> None:
        """Where another exception can be raised, the one that was is tried."""
        found = Law({**USUAL, "exception/type": "ValueError"}, KEY_ERROR)
        assert Explained(((str(told),),)) == found.explained(exception__type=seen)

    def test_exceptions_that_are_known(self) -> None:
        """Where one is known to be raised no other is tried."""
        found = Law({**USUAL, "exception/type": "ValueError"}, KEY_ERROR)
        assert Explained() == found.explained(KEY_ERROR, exception__type="OSError")

    def test_no_exception(self) -> None:
        """No other is made up where none was raised, or the clause raises none."""
        assert Explained() == Law({**USUAL, "exception/type": "ValueError"}, KEY_ERROR).explained(exception__type=1)
        assert Explained() == Law({**USUAL, "exception/type": "ValueError"}, X).explained(exception__type="OSError")


class TestStates:
    """What any clause gives in the end may be absent, or another."""

    FACTS: Final[Facts] = {**USUAL, "module/m/__doc__": None, "module/m/__loader__": "f"}

    def told(self, seen: dict[str, Value]) -> Explained:
        """What explains an observation of this."""
        return Law(self.FACTS, COURSE).explained(**seen)

    @pytest.mark.parametrize(
        ("seen", "expected"),
        [
            pytest.param(ABSENT, (NO_DOC, OTHER_DOC), id="absent"),
            pytest.param("text", (OTHER_DOC,), id="another"),
        ],
    )
    def test_one(self, seen: Value, expected: tuple[Departure, ...]) -> None:
        """What differs in that explains it."""
        assert Explained(tuple((str(item),) for item in expected)) == self.told({"module__m/__doc__": seen})

    def test_two(self) -> None:
        """Two explain together what differs in both."""
        seen: dict[str, Value] = {"module__m/__doc__": "text", "module__m/__loader__": "g"}
        assert Explained(((str(OTHER_DOC), str(OTHER_LOADER)),)) == self.told(seen)

    def test_beside_the_course(self) -> None:
        """Where the course is left it explains something once that is explained."""
        seen: dict[str, Value] = {"module__m/__doc__": "text", "trace__0001": 2}
        assert Explained(((str(COURSE), str(OTHER_DOC)),)) == self.told(seen)
        found = Law(self.FACTS)
        assert Explained() == found.explained(**seen)
        assert [NOTHING] == found.asked

    def test_where_it_decides_the_course(self) -> None:
        """It does at once where its clause decides how the course goes on."""
        seen: dict[str, Value] = {"module__m/__doc__": ABSENT, "trace__0001": 2}
        assert Explained(((str(NO_DOC),),)) == Law(self.FACTS, course=DOC).explained(**seen)
        assert Explained() == Law(self.FACTS).explained(**seen)

    def test_with_what_follows(self) -> None:
        """On the course it is tried, too, where what differs follows from something else that differs."""
        found = Law({**self.FACTS, "module/m": 1})
        assert Explained(((str(NO_DOC),),)) == found.explained(**{"module__m": 2, "module__m/__doc__": ABSENT})

    def test_not_where_it_is_as_it_was(self) -> None:
        """What a clause gives as predicted is not tried, though rules asked for it."""
        found = Law(self.FACTS, NO_DOC)
        assert (Explained(), [NOTHING]) == (found.explained(binding__x=3), found.asked)

    def test_a_lost_process(self) -> None:
        """Of a process that is gone nothing in the end explains anything."""
        assert Explained() == self.told({"outcome": ("crashed", 11)})


class TestRefuted:
    """Who did as expected does not make the departures that would have been noticed."""

    def test_what_would_be_seen(self) -> None:
        """What would have given another value is refuted."""
        assert ["a.x: no", "a.y: no"] == law(Y, X).refuted()

    def test_once(self) -> None:
        """What was refuted before is not told again, and what is known is never refuted."""
        assert ["a.y: no"] == law(X, Y).refuted(before=frozenset({X}))
        assert ["a.y: no"] == law(X, Y).refuted(X, binding__x=2)

    def test_what_would_not_be_seen(self) -> None:
        """What makes no difference here, or stops where it cannot be told, is not refuted."""
        assert [] == law(LATE, STOPS).refuted()

    def test_too_much(self) -> None:
        """Nothing is where there are more worlds than are looked at, or the departure is made in none of them."""
        base = law(X)

        def many(made: frozenset[Departure]) -> Prediction:
            (world,) = base(made).worlds
            return Prediction((world,), consulted=(X,), excess=True)

        def untaken(made: frozenset[Departure]) -> Prediction:
            return Prediction((World(expected({**USUAL, **({"binding/x": 2} if made else {})})),), consulted=(X,))

        for departed in (many, untaken):
            question = Question(departed, NOTHING, Predicted(base(NOTHING)))
            assert [] == list(refuted(question, base.seen(), NOTHING))

    @pytest.mark.parametrize(
        ("predicted", "told"),
        [
            pytest.param("text", [NO_DOC, OTHER_DOC], id="there"),
            pytest.param(ABSENT, [OTHER_DOC], id="absent, as it is to be"),
        ],
    )
    def test_in_the_end(self, predicted: Value, told: list[Departure]) -> None:
        """What is there is not absent, and what has its value has no other one."""
        found = Law({**USUAL, "module/m/__doc__": predicted})
        assert [str(item) for item in told] == found.refuted()
        assert [str(OTHER_DOC)] == found.refuted(before=frozenset({NO_DOC}))
        assert [] == found.refuted(before=frozenset({NO_DOC, OTHER_DOC}))

    def test_once_in_the_end(self) -> None:
        """It is told once, also where rules asked for it."""
        found = Law({**USUAL, "module/m/__doc__": "text"}, NO_DOC)
        assert [str(NO_DOC), str(OTHER_DOC)] == found.refuted()

    def test_what_another_clause_gives(self) -> None:
        """Nothing is refuted of a clause that led to what another one gives."""
        found = law()
        found.facts["module/m/__doc__"] = Exactly("text", (DOC, "a.rule"))
        assert [] == found.refuted()

    def test_one_of_two_is_there(self) -> None:
        """What the clause gives to one module is there, though another has none."""
        facts = {**USUAL, "module/m/__doc__": "text", "module/n/__doc__": ABSENT}
        for order in (facts, dict(reversed(facts.items()))):
            found = Law(order)
            found.facts = {
                key: Exactly(item.value, ("a.rule", DOC)) if key.endswith("__doc__") else item
                for key, item in found.facts.items()
                if isinstance(item, Exactly)
            }
            assert [str(NO_DOC), str(OTHER_DOC)] == found.refuted()

    def test_not_in_the_end(self) -> None:
        """Nothing is refuted where it goes on in silence, or does not do as is expected."""
        found = Law({**USUAL, "module/m/__doc__": "text"}, STOPS)
        assert [] == found.refuted(STOPS)
        assert [] == found.refuted(binding__x=2)


def test_predictions() -> None:
    """What is to be expected is what is known, where there is something."""
    plain, known = law(X).question(), law(X).question(X)
    assert (plain.predicted.documents,) == plain.predictions
    assert (known.predicted.documents, known.predicted.known) == known.predictions
    assert (plain.predicted.documents, known.predicted.known) == (plain.base, known.base)


def test_names() -> None:
    """A departure is known by how it is spelt; one of no rule is left out."""
    assert (KEY_ERROR, NO_DOC) == named([str(KEY_ERROR), "a.x: no", "nothing", str(NO_DOC)])


def test_sentences() -> None:
    """What happens is told, but of a departure that says no more than that it departs."""
    assert (KEY_ERROR.text, "", "") == (sentence(str(KEY_ERROR)), sentence(str(NO_DOC)), sentence("a.x: no"))
