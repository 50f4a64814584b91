"""Of several worlds: which of them a case fits, and from which it is told where it fits none."""

from typing import Final

import pytest

from harness.diff import Verdict, judge
from harness.diff.tests.test_judging import SILENT, exactly
from harness.model.observation import Observation, too_many_events
from harness.model.prediction import Ending, Exactly, Expected, Prediction, World, certain
from harness.model.values import Value

WHY: Final = ("some.clause",)


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
