"""Of several worlds: which of them a case fits, and from which it is told where it fits none."""

from typing import Final

import pytest

from harness.diff import Verdict, judge
from harness.diff.tests.test_judging import SILENT, exactly
from harness.model.departure import Departure
from harness.model.observation import Observation, too_many_events
from harness.model.prediction import Ending, Exactly, Expected, Prediction, World, certain
from harness.model.values import Value

WHY: Final = ("some.clause",)
MADE: Final = Departure("some.clause", "made")
ALSO: Final = Departure("some.clause", "made otherwise")


class TestEndless:
    """A world that comes to no end has a beginning."""

    @pytest.mark.parametrize(
        ("event", "outcome", "verdict"),
        [
            pytest.param("a", "raised", Verdict.KNOWN, id="as predicted"),
            pytest.param("b", "raised", Verdict.DIVERGES, id="another"),
            pytest.param("a", "completed", Verdict.DIVERGES, id="an end"),
            pytest.param("b", too_many_events(), Verdict.DIVERGES, id="another, too often"),
            pytest.param("b", ("crashed", 11), Verdict.KNOWN, id="nothing to be seen"),
        ],
    )
    def test_beginning(self, event: str, outcome: Value, verdict: Verdict) -> None:
        """What is predicted of an endless world is looked for where the program lived to tell it."""
        facts: dict[str, Expected] = {"trace/0000": Exactly(("event", "m", "a"), WHY), "outcome": SILENT}
        known = Prediction((World(facts, ending=Ending.ENDLESS),))
        seen: dict[str, Value] = {"trace/0000": ("event", "m", event), "exception/type": "RecursionError"}
        found = judge(certain(exactly(trace__length=1)), Observation({**seen, "outcome": outcome}), known)
        assert found.verdict is verdict


class TestNearest:
    """A case that fits no world is told from the nearest."""

    @pytest.mark.parametrize("last", [False, True])
    def test_the_nearest_world(self, *, last: bool) -> None:
        """A case is told from the world that it followed longest, wherever another one ends."""
        first = {"trace/0000": Exactly(("event", "m", "a"), WHY)}
        ended = World({**first, **exactly(exception__type="KeyError", outcome="raised", trace__length=1)})
        further = World({**first, **exactly(trace__0001=("event", "m", "b"), trace__0002=("event", "m", "c"))})
        seen: dict[str, Value] = {"trace/0000": ("event", "m", "a"), "trace/0001": ("event", "m", "b")}
        worlds = (ended, further) if last else (further, ended)
        found = judge(Prediction(worlds), Observation({"outcome": "completed", **seen}))
        assert [item.fact for item in found.divergences] == ["trace/0002"]

    @pytest.mark.parametrize(("outcome", "told"), [("completed", "trace/0001"), ("raised", "exception/type")])
    def test_the_nearest_end(self, outcome: str, told: str) -> None:
        """Of worlds that part where the case leaves them, the one that ends there is near to a case that does."""
        first = {"trace/0000": Exactly(("event", "m", "a"), WHY)}
        ended = World({**first, **exactly(exception__type="KeyError", outcome="raised", trace__length=1)})
        further = World({**first, **exactly(trace__0001=("event", "m", "b"))})
        seen: dict[str, Value] = {"trace/0000": ("event", "m", "a"), "outcome": outcome}
        seen |= {"trace/0001": ("event", "m", "c")} if outcome == "completed" else {"exception/type": "TypeError"}
        found = judge(Prediction((ended, further)), Observation(seen))
        assert [item.fact for item in found.divergences] == [told]


class TestExpected:
    """What a divergence says was expected."""

    def test_what_any_world_allows(self) -> None:
        """All values that the documents allow are told, also those of a world that the case is far from."""
        worlds = (
            World(exactly(outcome="completed", binding__x=1)),
            World(exactly(outcome="raised", binding__x=2)),
        )
        (found,) = judge(Prediction(worlds), Observation({"outcome": "completed", "binding/x": 3})).divergences
        assert (1, 2) == found.expected

    def test_what_only_a_departure_decides(self) -> None:
        """Where the documents say nothing of the fact, it is what follows from the departures that are known."""
        known = Prediction((World(exactly(binding__x=2, binding__y=2, binding__z=1), taken=(MADE,)),))
        documents = certain(exactly(binding__x=1, binding__y=1))
        seen: dict[str, Value] = {"outcome": "completed", "binding/x": 2, "binding/y": 2, "binding/z": 3}
        (found,) = judge(documents, Observation(seen), known).divergences
        assert ("binding/z", (1,)) == (found.fact, found.expected)


@pytest.mark.parametrize("last", [False, True])
def test_known_as_a_whole(*, last: bool) -> None:
    """What is known as a whole is told so, whatever other known world begins alike, and goes on in silence."""
    begun = World(exactly(binding__x=2), ending=Ending.SILENT, taken=(ALSO,))
    whole = World(exactly(binding__x=2), taken=(MADE,))
    known = Prediction((whole, begun) if last else (begun, whole))
    found = judge(certain(exactly(binding__x=1)), Observation({"outcome": "completed", "binding/x": 2}), known)
    assert (Verdict.KNOWN, (str(MADE),)) == (found.verdict, found.taken)
