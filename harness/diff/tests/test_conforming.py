"""An implementation that does what is predicted conforms, and one that does anything else does not."""

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.diff import Verdict, judge
from harness.model.case import Case
from harness.model.observation import Observation
from harness.model.prediction import Exactly, Expected, OneOf, Prediction, Unspecified
from harness.model.values import Value
from harness.oracle import predict
from harness.oracle.tests.strategies import LANGUAGES, dense_cases

FEW: Final = settings(max_examples=40, deadline=None)
WRONG: Final[Value] = ("wrong",)


def usual(item: Expected) -> Value:
    """A value that the prediction allows."""
    match item:
        case Exactly(value=value):
            return value
        case OneOf(values=values):
            return values[0]
        case Unspecified():
            return "anything"


def as_predicted(prediction: Prediction) -> dict[str, Value]:
    """The facts of an implementation that does what is predicted."""
    return {key: usual(item) for key, item in prediction.facts.items()}


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_as_predicted(case: Case, language: tuple[int, int]) -> None:
    """What does exactly what is predicted conforms."""
    prediction = predict(case, language)
    assert judge(prediction, Observation(as_predicted(prediction))).verdict is Verdict.CONFORMS


@FEW
@given(case=dense_cases, language=LANGUAGES, data=st.data())
def test_one_fact_wrong(case: Case, language: tuple[int, int], data: st.DataObject) -> None:
    """One predicted fact that is otherwise is the one divergence; one on which the documents are silent is none."""
    prediction = predict(case, language)
    key = data.draw(st.sampled_from(sorted(prediction.facts)))
    judgement = judge(prediction, Observation({**as_predicted(prediction), key: WRONG}))
    found = [divergence.fact for divergence in judgement.divergences]
    assert found == ([] if isinstance(prediction.facts[key], Unspecified) else [key])


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_all_wrong(case: Case, language: tuple[int, int]) -> None:
    """Where the course is another, however much is wrong besides, there is one divergence."""
    prediction = predict(case, language)
    certain = [key for key, item in prediction.facts.items() if not isinstance(item, Unspecified)]
    judgement = judge(prediction, Observation({**as_predicted(prediction), **dict.fromkeys(certain, WRONG)}))
    assert len(judgement.divergences) == min(len(certain), 1)


def test_another_option() -> None:
    """What one of the alternatives says is allowed; a mixture of options is not, and is told from the nearer one."""
    usual_facts: dict[str, Expected] = {"outcome": Exactly("raised", ("c.x",)), "binding/x": Exactly(1, ("c.y",))}
    other: dict[str, Expected] = {"outcome": Exactly("completed", ("c.x",)), "binding/x": Exactly(2, ("c.y",))}
    prediction = Prediction(usual_facts, (other,))
    judgements = [
        judge(prediction, Observation({"outcome": outcome, "binding/x": value}))
        for outcome, value in (("raised", 1), ("completed", 2), ("completed", 1))
    ]
    assert [Verdict.CONFORMS, Verdict.ALLOWED, Verdict.DIVERGES] == [item.verdict for item in judgements]
    assert [("binding/x", (2,), 1)] == [(item.fact, item.expected, item.seen) for item in judgements[2].divergences]
