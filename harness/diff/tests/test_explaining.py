"""A world explains an observation as a whole, in its beginning, or not at all."""

import pytest

from harness.diff import Extent, explanation, freed, given
from harness.model.departure import Departure
from harness.model.observation import Observation
from harness.model.prediction import Ending, Exactly, Expected, Prediction, Unspecified, World

MADE = Departure("a.b", "another value", "it has another value")
SEEN = Observation({"outcome": "completed", "binding/x": 2})


def world(value: int, ending: Ending = Ending.COMPLETED, *, taken: bool = True) -> World:
    """A world in which a name is bound to that."""
    facts: dict[str, Expected] = {
        "outcome": Exactly("completed", ("c.d",)),
        "binding/x": Exactly(value, ("c.d", "a.b")),
    }
    return World(facts, ending=ending, taken=(MADE,) if taken else ())


@pytest.mark.parametrize(
    ("worlds", "extent"),
    [
        pytest.param((world(1), world(2)), Extent.FULLY, id="one of them"),
        pytest.param((world(2, Ending.SILENT), world(2)), Extent.FULLY, id="a whole one before a silent one"),
        pytest.param((world(2, Ending.SILENT), world(1)), Extent.WEAKLY, id="a silent one"),
        pytest.param((world(1),), Extent.NOT, id="none"),
        pytest.param((world(1), world(2, taken=False)), Extent.NOT, id="none that makes the departure"),
    ],
)
def test_extent(worlds: tuple[World, ...], extent: Extent) -> None:
    """Of the worlds that make the departure the nearest one counts."""
    found = explanation(Prediction(worlds), SEEN, (MADE,))
    assert found is not None
    assert extent is found.extent


def test_nobody_makes_it() -> None:
    """Where no world makes the departure it explains nothing."""
    assert explanation(Prediction((world(2, taken=False),)), SEEN, (MADE,)) is None


def test_freed() -> None:
    """What the clause gives may then be anything, and nothing else may."""
    free = freed(Prediction((world(1, taken=False),)), MADE)
    found = [
        explanation(free, Observation({**SEEN.facts, "outcome": said}), (MADE,)) for said in ("completed", "raised")
    ]
    assert [Extent.FULLY, Extent.NOT] == [item.extent for item in found if item is not None]


def test_given() -> None:
    """The facts of a state are given by the last of their clauses; the course is not, nor what is open."""
    facts = {**world(1).facts, "binding/y": Unspecified(("a.b",))}
    assert given(World(facts)) == {"binding/x": "a.b"}
