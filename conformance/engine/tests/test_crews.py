"""The subjects of one implementation."""

from collections.abc import Sequence
from concurrent.futures import Future

from conformance.engine import Crew
from conformance.engine.tests.fakes import Fake
from generators import generate
from harness.model.observation import Identity, Observation
from harness.model.values import Value
from harness.run import Placed, Workspace


def test_one_case_in_three_is_asked() -> None:
    """A crew that is asked one case in three chooses by the id of the case, and says so of the others."""
    identity = Identity("fake", "1", (3, 12), ("fake",))
    cases = list(generate(seed=0, examples=60))
    with Workspace() as place:
        crew = Crew(identity, lambda _mode: Fake(identity, lambda _case, facts: facts), place, every=3)
        placed = [place.place(case) for case in cases]
        whole, part = ([_outcome(future) for future in crew.ask(some)] for some in (placed, placed[7:]))
        crew.close()
    reason = "left out: it starts a process for each case, and is asked one in 3"
    assert whole[7:] == part
    assert 10 <= sum(outcome != ("unsupported", reason) for outcome in whole) <= 30


class _Looking:
    """A subject that notes the directories it is asked about."""

    def __init__(self, identity: Identity, seen: list[str]) -> None:
        self.identity = identity
        self._seen = seen

    def observe(self, placed: Sequence[Placed]) -> list[Observation]:
        """Nothing but that there was a case."""
        self._seen.extend(item.directory for item in placed)
        return [Observation({"outcome": "completed"}) for _ in placed]

    def close(self) -> None:
        """Nothing to end."""


def test_alone() -> None:
    """A case that is asked alone lies in a directory of its own, which is gone afterwards."""
    identity = Identity("fake", "1", (3, 12), ("fake",))
    (case,) = generate(seed=0, examples=1)
    seen: list[str] = []
    with Workspace() as place:
        shared = place.place(case)
        crew = Crew(identity, lambda _mode: _Looking(identity, seen), place)
        for future in (*crew.ask([shared]), crew.alone(case), crew.alone(case)):
            future.result()
        crew.close()
        left = [str(path) for path in place.path.iterdir()]
    assert len(set(seen)) == 3
    assert left == [shared.directory]


def _outcome(future: Future[list[Observation | None]]) -> Value:
    (answer,) = future.result()
    return None if answer is None else answer.outcome
