"""Smaller cases that still show a signature."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from conformance.engine.crews import Crew
from conformance.engine.predictions import Predictions
from harness.diff import Divergence, can_show, judge
from harness.model.case import Case, case_id
from harness.model.prediction import Prediction
from harness.run import AdapterError, Workspace

Reduce: TypeAlias = Callable[[Case, Callable[[Case], bool]], Case]
"""Gives the smallest case it finds for which the function holds, given one for which it does."""

ONE: Final = 250
"""How many smaller cases are tried at most for one signature on an implementation that forks.

A count, and for each signature by itself: the smallest case depends on nothing that happened before.
"""

LITTLE: Final = 20
"""How many are tried on an implementation that needs a fresh process for each."""


class Shrinker:
    """Shrinks cases; which it finds depends on the case, the implementation and the signature alone."""

    def __init__(self, crews: Sequence[Crew], predictions: Predictions, workspace: Workspace, reduce: Reduce) -> None:
        self._crews = crews
        self._predictions = predictions
        self._workspace = workspace
        self._reduce = reduce

    def __call__(self, case: Case, place: int, signature: str) -> tuple[Case, Divergence | None]:
        """The smallest case found on which the implementation at ``place`` shows ``signature``, and its divergence.

        Without a divergence it is the case given. A case whose prediction cannot differ so is not tried.
        """
        crew = self._crews[place]
        left = ONE if "fork" in crew.identity.capabilities else LITTLE
        found: Divergence | None = None

        def holds(candidate: Case) -> bool:
            nonlocal found, left
            if not left:
                return False
            prediction = self._predictions.of(case_id(candidate), candidate, crew.identity.language)
            if not can_show(prediction, signature):
                return False
            left -= 1
            shown = self._divergences(candidate, crew, prediction)
            again = next((item for item in shown if item.signature == signature), None)
            found = again or found
            return again is not None

        return self._reduce(case, holds), found

    def _divergences(self, case: Case, crew: Crew, prediction: Prediction) -> tuple[Divergence, ...]:
        try:
            placed = self._workspace.place(case, alone=True)
        except AdapterError:
            return ()
        try:
            (observation,) = crew.ask([placed])[0].result()
        finally:
            self._workspace.discard([placed])
        return () if observation is None else judge(prediction, observation).divergences
