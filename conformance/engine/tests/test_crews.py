"""The subjects of one implementation."""

from conformance.engine import Crew
from conformance.engine.tests.fakes import Fake
from generators import generate
from harness.model.observation import Identity
from harness.run import Workspace


def test_each_third_case_is_asked() -> None:
    """A crew that is asked one case in three answers the first of each three, and says so of the others."""
    identity = Identity("fake", "1", (3, 12), ("fake",))
    with Workspace() as place:
        crew = Crew(identity, lambda _mode: Fake(identity, lambda _case, facts: facts), every=3)
        asked = crew.ask([place.place(case) for case in generate(seed=0, examples=7)])
        outcomes = [answer.outcome for future in asked for answer in future.result() if answer is not None]
        crew.close()
    reason = "left out: it starts a process for each case, and is asked one in 3"
    assert [index % 3 != 0 for index in range(7)] == [outcome == ("unsupported", reason) for outcome in outcomes]
