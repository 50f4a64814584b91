"""Smaller cases that still show a signature."""

from collections.abc import Callable
from typing import Final, TypeAlias

from conformance.engine.answering import Ground
from conformance.engine.crews import Crew
from conformance.engine.judging import speaking
from conformance.engine.predictions import Predicted
from harness.diff import Divergence, Verdict, can_show
from harness.model.case import Case, case_id
from harness.model.saying import last_words
from harness.run import AdapterError, Stopped

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

    def __init__(self, ground: Ground, reduce: Reduce) -> None:
        self._ground = ground
        self._reduce = reduce

    def __call__(self, case: Case, place: int, signature: str) -> tuple[Case, Divergence | None]:
        """The smallest case found on which the implementation at ``place`` shows ``signature``, and its divergence.

        Without a divergence it is the case given. A case whose prediction cannot differ so is not tried. Where there is
        a reason to stop it is the smallest case found until then.
        """
        crew, known = self._ground.crews[place], self._ground.otherwise[place]
        left = ONE if "fork" in crew.identity.capabilities else LITTLE
        found: Divergence | None = None
        smallest = case

        def holds(candidate: Case) -> bool:
            nonlocal found, left, smallest
            if self._ground.stop():
                raise Stopped
            if not left:
                return False
            language = crew.identity.language
            predicted = self._ground.predictions.of(case_id(candidate), candidate, language, known)
            if not any(can_show(item, signature) for item in (predicted.documents, predicted.known) if item):
                return False
            left -= 1
            shown = self._divergences(candidate, crew, predicted)
            again = next((item for item in shown if item.signature == signature), None)
            if again is not None:
                found, smallest = again, candidate
            return again is not None

        try:
            return self._reduce(case, holds), found
        except Stopped:
            return smallest, found

    def _divergences(self, case: Case, crew: Crew, predicted: Predicted) -> tuple[Divergence, ...]:
        workspace = self._ground.workspace
        try:
            placed = workspace.place(case, alone=True)
        except AdapterError:
            return ()
        try:
            asked = crew.ask([placed])[0].result()
            if any(item is not None and last_words(item) for item in asked):
                asked += crew.ask([placed])[0].result()
        finally:
            workspace.discard([placed])
        observations = [item for item in asked if item is not None]
        if not observations:
            return ()
        judgement = speaking(predicted.judge(observations[0]), observations)
        return () if judgement.verdict is Verdict.KNOWN else judgement.divergences
