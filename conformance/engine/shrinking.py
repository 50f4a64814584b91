"""Smaller cases that still show a signature."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from conformance.engine.crews import Crew
from conformance.engine.predictions import Predictions
from harness.diff import Divergence, judge
from harness.model.case import Case, case_id
from harness.run import Workspace

Reduce: TypeAlias = Callable[[Case, Callable[[Case], bool]], Case]
"""Gives the smallest case it finds for which the function holds, given one for which it does."""

PATIENCE: Final = 1500
"""How many smaller cases of one run are tried on implementations that fork; a count, so that runs are alike."""

LITTLE: Final = 60
"""How many are tried on those that need a fresh process each."""

ONE: Final = 250
"""How many at most are tried for one signature."""


class Shrinker:
    """Shrinks cases within a budget that depends on nothing but what was tried."""

    def __init__(self, crews: Sequence[Crew], predictions: Predictions, workspace: Workspace, reduce: Reduce) -> None:
        self._crews = crews
        self._predictions = predictions
        self._workspace = workspace
        self._reduce = reduce
        self._left = {place: PATIENCE if _forks(crew) else LITTLE for place, crew in enumerate(crews)}

    def __call__(self, case: Case, place: int, signature: str, divergence: Divergence) -> tuple[Case, Divergence]:
        """The smallest case found on which the implementation at ``place`` shows ``signature``, and its divergence."""
        found = divergence
        tried = 0

        def holds(candidate: Case) -> bool:
            nonlocal found, tried
            if tried >= ONE or self._left[place] <= 0:
                return False
            tried += 1
            self._left[place] -= 1
            again = next((item for item in self._divergences(candidate, place) if item.signature == signature), None)
            found = again or found
            return again is not None

        return self._reduce(case, holds), found

    def _divergences(self, case: Case, place: int) -> tuple[Divergence, ...]:
        crew = self._crews[place]
        placed = self._workspace.place(case)
        try:
            (observation,) = crew.ask([placed])[0].result()
        finally:
            self._workspace.discard([placed])
        if observation is None:
            return ()
        prediction = self._predictions.of(case_id(case), case, crew.identity.language)
        return judge(prediction, observation).divergences


def _forks(crew: Crew) -> bool:
    return "fork" in crew.identity.capabilities
