"""How far worlds explain what was observed, and which clause gives what is there in the end."""

from typing import Final

import pytest

from harness.diff import Extent, explanation, freed, given
from harness.model.departure import Departure
from harness.model.observation import Observation
from harness.model.prediction import Ending, Exactly, Expected, Prediction, Unspecified, World

MADE: Final = Departure("some.clause", "made")
ALSO: Final = Departure("other.clause", "made too")
FACTS: Final[dict[str, Expected]] = {
    "trace/0000": Exactly(1, ("course.clause",)),
    "outcome": Exactly("completed", ("course.clause",)),
    "binding/x": Exactly(1, ("first.clause", "some.clause")),
    "binding/y": Exactly(2, ("other.clause",)),
    "binding/z": Unspecified(("some.clause",)),
    "names": Exactly(3, ()),
}


def seen(**values: int) -> Observation:
    """An observation of that course, and of these bindings."""
    bindings = {f"binding/{key}": value for key, value in values.items()}
    return Observation({"trace/0000": 1, "outcome": "completed", "names": 3, **bindings})


def test_given() -> None:
    """What is there in the end is given by the last of its clauses; what is silent, or of the course, by none."""
    assert {"binding/x": "some.clause", "binding/y": "other.clause"} == given(World(FACTS))


@pytest.mark.parametrize(
    ("observation", "ending", "extent"),
    [
        pytest.param(seen(x=1, y=2, z=9), Ending.COMPLETED, Extent.FULLY, id="whole"),
        pytest.param(seen(x=1, y=2), Ending.SILENT, Extent.WEAKLY, id="how it begins"),
        pytest.param(seen(x=1, y=3), Ending.COMPLETED, Extent.NOT, id="otherwise"),
    ],
)
def test_extent(observation: Observation, ending: Ending, extent: Extent) -> None:
    """A world explains it as a whole, how it begins, or not at all."""
    found = explanation(Prediction((World(FACTS, ending=ending, taken=(MADE,)),)), observation, (MADE,))
    assert found is not None
    assert extent is found.extent


def test_nearest() -> None:
    """Of several worlds the one that explains most is told, if it makes all the departures asked for."""
    other = {**FACTS, "binding/y": Exactly(3, ("other.clause",))}
    prediction = Prediction((World(FACTS, taken=(MADE,)), World(other, taken=(MADE, ALSO))))
    found = explanation(prediction, seen(x=1, y=3), (MADE,))
    assert found is not None
    assert (Extent.FULLY, (MADE, ALSO)) == (found.extent, found.fit.world.taken)
    alone = explanation(prediction, seen(x=1, y=3), ())
    assert alone is not None
    assert explanation(prediction, seen(x=1, y=3), (ALSO, Departure("a.b", "c"))) is None
    assert alone.distance < (2,)


def test_freed() -> None:
    """What the clause of a departure gives in the end may then have any value, and nothing else may."""
    departed = freed(Prediction((World(FACTS),)), MADE)
    (world,) = departed.worlds
    assert {key for key in FACTS if world.facts[key] != FACTS[key]} == {"binding/x"}
    assert world.taken == (MADE,)
    assert [Extent.FULLY, Extent.NOT] == [
        found.extent
        for observation in (seen(x=7, y=2), seen(x=7, y=3))
        if (found := explanation(departed, observation, (MADE,))) is not None
    ]


def test_nothing_to_free() -> None:
    """A world in which the clause gives nothing stays as it is."""
    world = World(FACTS, taken=(ALSO,))
    assert freed(Prediction((world,)), Departure("no.clause", "made")).worlds == (world,)
