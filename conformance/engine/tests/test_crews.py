"""The subjects of one implementation."""

from conformance.engine import Crew
from conformance.engine.tests.fakes import Fake
from generators import generate
from harness.model.observation import Identity
from harness.run import Workspace


def test_answers_are_in_order() -> None:
    """However many subjects there are, the answers come in the order of the cases."""
    identity = Identity("fake", "1", (3, 12), ("fake",))
    cases = list(generate(seed=0, examples=30))
    with Workspace() as place:
        crew = Crew(identity, lambda _mode: Fake(identity, lambda _case, facts: facts), size=3)
        asked = crew.ask([place.place(case) for case in cases])
        answers = [answer for future in asked for answer in future.result()]
        crew.close()
    alone = Fake(identity, lambda _case, facts: facts)
    with Workspace() as place:
        assert answers == alone.observe([place.place(case) for case in cases])
