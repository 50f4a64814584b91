"""From what crews say of a batch to answers that were confirmed: the same way for a run and for a single case."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec

from conformance.catalogue import Expectation
from conformance.engine.asking import Asking, Batch, Told
from conformance.engine.crews import Crew
from conformance.engine.judgements import Judge
from conformance.engine.judging import Asked, Pending, begin, finish
from conformance.engine.planning import Planned
from conformance.engine.predictions import Predicted, Predictions
from conformance.engine.recording import Table
from conformance.engine.timing import Timing
from conformance.engine.verdicts import Answer
from harness.model.departure import Departure
from harness.run import Workspace

Column: TypeAlias = list[Pending | None]
"""What one crew says of each case, ``None`` where it was left unasked."""


class Ground(msgspec.Struct, frozen=True):
    """What the engine stands on. ``expected``: the expectations of each crew; ``stop``: why to stop now, else empty."""

    workspace: Workspace
    crews: tuple[Crew, ...]
    predictions: Predictions
    expected: tuple[tuple[Expectation, ...], ...]
    known: Table
    timing: Timing
    stop: Callable[[], str] = lambda: ""

    @property
    def otherwise(self) -> tuple[frozenset[Departure], ...]:
        """The departures that are known of each crew."""
        return tuple(frozenset(entry.taken for entry in entries) for entries in self.expected)


def predicted(ground: Ground, planned: Sequence[Planned]) -> list[list[Predicted]]:
    """For each crew what is predicted of each case."""
    with ground.timing.stage("oracle"):
        return [
            [ground.predictions.of(item.identifier, item.case, crew.identity.language, known) for item in planned]
            for crew, known in zip(ground.crews, ground.otherwise, strict=True)
        ]


class Replies(msgspec.Struct, frozen=True):
    """A batch that was answered, and the predictions of its cases for each crew."""

    asking: Asking
    batch: Batch
    told: Told
    predictions: list[list[Predicted]]

    def begun(self, ground: Ground, judge: Judge) -> list[Column]:
        """For each crew its judgements, of which those that differ are being confirmed."""
        with ground.timing.stage("comparison"):
            rows = zip(ground.crews, self.predictions, self.told.columns, strict=True)
            return [
                [
                    None
                    if observation is None
                    else begin(
                        Asked(self.asking.place(self.batch, self.told, at), crew, prediction), observation, judge
                    )
                    for at, (prediction, observation) in enumerate(zip(column, answers, strict=True))
                ]
                for crew, column, answers in rows
            ]


def answers(ground: Ground, predictions: Sequence[Predicted], pending: Sequence[Pending | None]) -> dict[int, Answer]:
    """The answers to one case, by the positions of crews, once they are confirmed."""
    found: dict[int, Answer] = {}
    with ground.timing.stage("waiting for subjects"):
        for place, (prediction, item) in enumerate(zip(predictions, pending, strict=True)):
            judgement = None if item is None else finish(prediction, item)
            if item is not None and judgement is not None:
                identity = ground.crews[place].identity
                found[place] = Answer(identity, prediction, item.observation, judgement, ground.expected[place])
    return found
