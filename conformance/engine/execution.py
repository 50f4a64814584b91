"""The engine: asks every implementation every case and yields the lines of the run file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from itertools import islice
from typing import Final

import msgspec

from conformance.catalogue import Expectation
from conformance.engine import recording
from conformance.engine.crews import Crew
from conformance.engine.findings import Findings, Shrink
from conformance.engine.judging import Asked, Pending, begin, finish
from conformance.engine.planning import GENERATED, Plan, Planned
from conformance.engine.predictions import Predictions, predicted_outcome
from conformance.engine.timing import Timing
from conformance.engine.verdicts import Answer, Ruling, rule
from conformance.engine.watching import Watch
from harness.diff import Judgement, Verdict
from harness.model.observation import Observation
from harness.model.prediction import Prediction
from harness.run import Placed, Workspace
from reports import Footer, Line, Shares

BATCH: Final = 64
"""How many cases are under way at once; the next batch is handed out before the last one is judged."""


class Ground(msgspec.Struct, frozen=True):
    """What the engine stands on. ``expected``: the expectations of each crew; ``stop``: why to stop now, else empty."""

    workspace: Workspace
    crews: tuple[Crew, ...]
    predictions: Predictions
    expected: tuple[tuple[Expectation, ...], ...]
    known: recording.Table
    timing: Timing
    stop: Callable[[], str] = lambda: ""


class _Batch(msgspec.Struct, frozen=True):
    planned: tuple[Planned, ...]
    placed: tuple[Placed, ...]
    asked: tuple[list[Future[list[Observation | None]]], ...]


class Engine:
    """One run. :meth:`lines` gives everything between header and footer, :meth:`footer` the footer afterwards."""

    def __init__(self, ground: Ground, plan: Plan) -> None:
        self._ground = ground
        self._plan = plan
        self._executed = 0
        self._reasons: dict[str, int] = {}
        self._shares = Shares()
        self._findings = Findings()
        self._watch = Watch(ground.expected)

    def lines(self, shrink: Shrink) -> Iterator[Line]:
        """Records case by case, each case's ahead of the next one's, then findings and unexpected passes."""
        live: list[_Batch] = []
        for batch in self._batches():
            live.append(batch)
            if len(live) > 1:
                yield from self._judged(live.pop(0), live)
        while live:
            yield from self._judged(live.pop(0), live)
        yield from self._findings.lines(self._ground.known, shrink)
        if not self._ground.stop():
            yield from self._watch.lines()

    def footer(self) -> Footer:
        """What was planned, executed and not executed; what was not reached has the reason to stop."""
        planned = self._plan.total * len(self._ground.crews)
        reasons = dict(self._reasons)
        stopped = self._ground.stop()
        rest = planned - self._executed - sum(reasons.values())
        if stopped and rest:
            reasons[stopped] = reasons.get(stopped, 0) + rest
        return Footer(planned, self._executed, dict(sorted(reasons.items())), self._shares, stopped == INTERRUPTED)

    def _batches(self) -> Iterator[_Batch]:
        cases = self._plan.cases()
        while not self._ground.stop():
            with self._ground.timing.stage("generation"):
                planned = tuple(islice(cases, BATCH))
            if not planned:
                return
            with self._ground.timing.stage("writing trees"):
                placed = tuple(self._ground.workspace.place(item.case) for item in planned)
            yield _Batch(planned, placed, tuple(crew.ask(placed) for crew in self._ground.crews))

    def _judged(self, batch: _Batch, later: Sequence[_Batch]) -> Iterator[Line]:
        """The lines of a batch whose observations are awaited here."""
        predictions = self._predicted(batch)
        seen = self._seen(batch)
        pending = self._pending(batch, predictions, seen)
        for at, planned in enumerate(batch.planned):
            yield from self._ruled(planned, [column[at] for column in predictions], [column[at] for column in pending])
        used = {item.directory for other in later for item in other.placed}
        with self._ground.timing.stage("writing trees"):
            self._ground.workspace.discard([item for item in batch.placed if item.directory not in used])

    def _predicted(self, batch: _Batch) -> list[list[Prediction]]:
        """For each crew the prediction of each case."""
        with self._ground.timing.stage("oracle"):
            predictions = self._ground.predictions
            found = [
                [predictions.of(item.identifier, item.case, crew.identity.language) for item in batch.planned]
                for crew in self._ground.crews
            ]
        self._count([(item, column) for item, column in zip(batch.planned, found[0], strict=True)])
        return found

    def _count(self, predicted: Sequence[tuple[Planned, Prediction]]) -> None:
        outcomes = [predicted_outcome(item) for planned, item in predicted if planned.origin == GENERATED]
        self._shares = Shares(
            self._shares.generated + len(outcomes),
            self._shares.completed + outcomes.count("completed"),
            self._shares.raised + outcomes.count("raised"),
        )

    def _seen(self, batch: _Batch) -> list[list[Observation | None]]:
        """For each crew the observation of each case, ``None`` for what was left unasked."""
        with self._ground.timing.stage("waiting for subjects"):
            return [[item for chunk in chunks for item in chunk.result()] for chunks in batch.asked]

    def _pending(
        self, batch: _Batch, predictions: list[list[Prediction]], seen: list[list[Observation | None]]
    ) -> list[list[Pending | None]]:
        with self._ground.timing.stage("comparison"):
            return [
                [
                    None if observation is None else begin(Asked(placed, crew, prediction, expected), observation)
                    for prediction, observation, placed in zip(column, answers, batch.placed, strict=True)
                ]
                for crew, expected, column, answers in zip(
                    self._ground.crews, self._ground.expected, predictions, seen, strict=True
                )
            ]

    def _ruled(
        self, planned: Planned, predictions: Sequence[Prediction], pending: Sequence[Pending | None]
    ) -> Iterator[Line]:
        """The lines of one case."""
        answers = self._answers(predictions, pending)
        with self._ground.timing.stage("comparison"):
            rulings = dict(zip(answers, rule(tuple(answers.values())), strict=True))
            for place in range(len(pending)):
                self._tally(rulings.get(place))
            for place, ruling in rulings.items():
                self._findings.add(planned, place, ruling)
                self._watch.take(planned.origin, place, answers[place], ruling)
        yield from recording.told(planned, tuple(rulings.values()))
        for place, ruling in rulings.items():
            yield recording.record(planned, place, ruling, self._ground.known)

    def _answers(self, predictions: Sequence[Prediction], pending: Sequence[Pending | None]) -> dict[int, Answer]:
        found: dict[int, Answer] = {}
        with self._ground.timing.stage("waiting for subjects"):
            for place, (prediction, item) in enumerate(zip(predictions, pending, strict=True)):
                if item is not None:
                    judgement = finish(prediction, item)
                    identity = self._ground.crews[place].identity
                    found[place] = Answer(
                        identity, prediction, item.observation, judgement, self._ground.expected[place]
                    )
        return found

    def _tally(self, ruling: Ruling | None) -> None:
        reason = INTERRUPTED if ruling is None else _unexecuted(ruling.judgement)
        if reason:
            self._reasons[reason] = self._reasons.get(reason, 0) + 1
        else:
            self._executed += 1


INTERRUPTED: Final = "interrupted"
"""The reason of what was not asked because somebody ended the run."""


def _unexecuted(judgement: Judgement) -> str:
    match judgement.verdict:
        case Verdict.UNSUPPORTED | Verdict.HARNESS_FAULT:
            return f"{judgement.verdict.value}: {judgement.reason}"
        case _:
            return ""


def faults(reasons: Mapping[str, int]) -> int:
    """How many of the reasons are faults of the suite or an adapter."""
    return sum(count for reason, count in reasons.items() if reason.startswith(Verdict.HARNESS_FAULT.value))
