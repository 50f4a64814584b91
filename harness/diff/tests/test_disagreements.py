"""Where the documents are silent, implementations are compared with each other."""

from typing import Final

from harness.diff import disagreements
from harness.model.observation import Observation
from harness.model.prediction import Exactly, Prediction, Unspecified
from harness.model.values import ABSENT, Value

SILENT: Final = Unspecified(("some.clause",))


def seen(**values: Value) -> dict[str, Observation]:
    """One observation of the fact ``binding/x`` for each implementation."""
    return {name: Observation({"binding/x": value}) for name, value in values.items()}


def test_equal_values_are_no_disagreement() -> None:
    """Implementations that do the same agree, whatever they do."""
    assert disagreements(seen(a=1, b=1), Prediction({"binding/x": SILENT})) == {}


def test_each_implementation_is_named() -> None:
    """A disagreement tells what each implementation shows."""
    found = disagreements(seen(a=1, b=2, c=1), Prediction({"binding/x": SILENT}))
    assert found == {"binding/x": {"a": 1, "b": 2, "c": 1}}


def test_true_is_not_one() -> None:
    """Values that only resemble each other disagree."""
    assert list(disagreements(seen(a=1, b=True), Prediction({"binding/x": SILENT}))) == ["binding/x"]


def test_a_missing_fact_is_absent() -> None:
    """Not to show a fact is to differ from those that show it."""
    found = disagreements({**seen(a=1), "b": Observation({})}, Prediction({"binding/x": SILENT}))
    assert found == {"binding/x": {"a": 1, "b": ABSENT}}


def test_what_is_specified_is_left_to_the_judge() -> None:
    """Facts that the documents decide are no disagreement, however they differ."""
    assert disagreements(seen(a=1, b=2), Prediction({"binding/x": Exactly(1, ("some.clause",))})) == {}


def test_nobody_agrees() -> None:
    """Where nobody was asked nobody disagrees."""
    assert disagreements({}, Prediction({"binding/x": SILENT})) == {}


def test_one_implementation_agrees_with_itself() -> None:
    """It takes two to disagree."""
    assert disagreements(seen(a=1), Prediction({"binding/x": SILENT})) == {}
