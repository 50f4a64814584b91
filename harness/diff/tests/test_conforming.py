"""An implementation that does what is predicted conforms, and one that does anything else does not."""

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.diff import Verdict, fits, judge
from harness.model.case import Case
from harness.model.observation import Observation
from harness.model.prediction import Answer, Exactly, Expected, Prediction, Unspecified, World, allowed
from harness.model.values import Value
from harness.oracle import predict
from harness.oracle.tests.strategies import LANGUAGES, dense_cases

FEW: Final = settings(max_examples=40, deadline=None)
WRONG: Final[Value] = ("wrong",)


def usual(item: Expected) -> Value:
    """A value that the prediction allows, the usual one where it is no silence."""
    return (*allowed(item), "anything")[0]


def as_predicted(prediction: Prediction) -> dict[str, Value]:
    """The facts of an implementation that does what is predicted."""
    return {key: usual(item) for key, item in prediction.worlds[0].facts.items()}


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_as_predicted(case: Case, language: tuple[int, int]) -> None:
    """What does exactly what is predicted conforms."""
    prediction = predict(case, language)
    assert judge(prediction, Observation(as_predicted(prediction))).verdict is Verdict.CONFORMS


@FEW
@given(case=dense_cases, language=LANGUAGES, data=st.data())
def test_one_fact_wrong(case: Case, language: tuple[int, int], data: st.DataObject) -> None:
    """One fact that is otherwise than in every world is a divergence; one on which one of them is silent is none."""
    prediction = predict(case, language)
    key = data.draw(st.sampled_from(sorted(prediction.facts)))
    seen = as_predicted(prediction)
    rest = [{each: item for each, item in world.facts.items() if each != key} for world in prediction.worlds]
    like = [
        world for world, facts in zip(prediction.worlds, rest, strict=True) if fits(World(facts), Observation(seen))
    ]
    silent = any(isinstance(world.facts.get(key, Unspecified(())), Unspecified) for world in like)
    judgement = judge(prediction, Observation({**seen, key: WRONG}))
    assert bool(judgement.divergences) is not silent


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_all_wrong(case: Case, language: tuple[int, int]) -> None:
    """Where the course is another, however much is wrong besides, there is one divergence."""
    prediction = predict(case, language)
    decided = [key for key, item in prediction.facts.items() if not isinstance(item, Unspecified)]
    judgement = judge(prediction, Observation({**as_predicted(prediction), **dict.fromkeys(decided, WRONG)}))
    assert len(judgement.divergences) == min(len(decided), 1)


def test_another_option() -> None:
    """What one of the worlds says is allowed; a mixture of them is not, and is told from the nearer one."""
    usual_facts: dict[str, Expected] = {"outcome": Exactly("raised", ("c.x",)), "binding/x": Exactly(1, ("c.y",))}
    other: dict[str, Expected] = {"outcome": Exactly("completed", ("c.x",)), "binding/x": Exactly(2, ("c.y",))}
    answers = [Answer("c.x", "", option, choice=True) for option in ("usual", "other")]
    prediction = Prediction((World(usual_facts, (answers[0],)), World(other, (answers[1],))))
    judgements = [
        judge(prediction, Observation({"outcome": outcome, "binding/x": value}))
        for outcome, value in (("raised", 1), ("completed", 2), ("completed", 1))
    ]
    assert [Verdict.CONFORMS, Verdict.ALLOWED, Verdict.DIVERGES] == [item.verdict for item in judgements]
    assert [("binding/x", (2,), 1)] == [(item.fact, item.expected, item.seen) for item in judgements[2].divergences]
