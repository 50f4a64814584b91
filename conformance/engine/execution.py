"""The engine: asks every implementation every case and yields the lines of the run file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Final

import msgspec

from conformance.engine import recording
from conformance.engine.answering import Ground, Replies, answers, predicted
from conformance.engine.asking import Asking, Batch
from conformance.engine.causes import sentence
from conformance.engine.explaining import Explainer
from conformance.engine.judgements import Judge, Judgements
from conformance.engine.judging import Pending
from conformance.engine.planning import Plan, Planned
from conformance.engine.predictions import Predicted, predicted_outcome
from conformance.engine.shrinking import AnswerTo, Smaller
from conformance.engine.verdicts import rule
from conformance.engine.watching import Watch
from harness.model.case import Case, case_id
from harness.model.departure import Departure
from harness.model.prediction import Prediction
from reports import ExpectationRecord, Finding, Footer, Group, Line, Shares
from reports.differing import Differences
from reports.gathering import Findings
from reports.policies import Policies
from reports.policies import Smaller as Answered
from reports.records import GENERATED, Aim, Option, Policy, Step

BATCH: Final = 64
"""How many cases are under way at once; the next batch is handed out before the last one is judged."""

INTERRUPTED: Final = "interrupted"
"""The reason of what was not asked because somebody ended the run."""

Shrink = Callable[[Case, int, Aim, AbstractSet[Departure]], Sequence[Smaller]]
"""Ever smaller cases on which the implementation at a position departs in a way, the case itself first.

The departures are those that are refuted.
"""


Answering = Callable[[Case, int, AnswerTo], Case]
"""A smaller case in which the implementation at a position still gives that answer."""


def _as_it_is(case: Case, _place: int, _answer: AnswerTo) -> Case:
    return case


def _as_they_are(_case: Case, _place: int, _aim: Aim, _refuted: AbstractSet[Departure]) -> Sequence[Smaller]:
    return ()


class OtherRunError(Exception):
    """What was recorded is not the beginning of this run."""


class Engine:
    """One run. :meth:`lines` gives everything between header and footer, :meth:`footer` the footer afterwards.

    All that stands after the cases follows from the lines about them: :meth:`recall` takes in what an earlier run
    recorded, and the rest of the run is as if it had been asked here.
    """

    def __init__(self, ground: Ground, plan: Plan) -> None:
        self._ground = ground
        self._plan = plan
        self._cases = plan.cases()
        self._asking = Asking(ground.workspace, ground.crews)
        self._judge: Judge = Judgements(Predicted.judge).of if len(ground.crews) > 1 else Predicted.judge
        self._taken = 0
        self._short = self._cut = False
        self._executed = 0
        self._reasons: dict[str, int] = {}
        self._shares = Shares()
        self._findings = Findings(tuple(ground.known.places), ground.known.silent)
        self._policies = Policies()
        self._differences = Differences()
        self._watch = Watch(ground.expected)
        self._explainer = Explainer(ground.predictions.predict, ground.otherwise)

    def recall(self, groups: Iterable[Group]) -> Iterator[Group]:
        """Take in the first cases of the run as they were recorded, and pass them on; they will not be asked.

        Raises:
            OtherRunError: they are others, or were judged by other expectations.
        """
        for group in groups:
            planned = next(self._cases, None)
            record = group.records[0]
            if planned is None:
                message = f"record {record.number} is about case {record.case}, expected its end"
                raise OtherRunError(message)
            _compare(planned, group)
            if not all(self._watch.explains(item) for item in group.records):
                message = f"record {record.number} names other expectations than there are now"
                raise OtherRunError(message)
            self._take(planned, [column[0] for column in predicted(self._ground, [planned])], group)
            for item in group.records:
                self._explainer.recall(item)
            yield group

    @property
    def through(self) -> bool:
        """Whether every case of the plan was taken in."""
        return self._taken == self._plan.total

    def agrees(self, tail: Sequence[Line]) -> bool:
        """Whether these lines, once all cases were recalled, are what follows from them.

        How small the cases of findings are does not follow.

        Raises:
            OtherRunError: other expectations were watched.
        """
        watched = list(self._watch.lines())
        if [_entry(line) for line in tail if isinstance(line, ExpectationRecord)] != list(map(_entry, watched)):
            message = "it was made with other expectations than there are now"
            raise OtherRunError(message)
        mine: list[Line] = [*self._findings.lines(text=sentence), *self._policies.lines(), *self._differences.lines()]
        lines = [line for line in tail if not isinstance(line, Step)]
        return list(map(_unshrunk, lines)) == list(map(_unshrunk, [*mine, *watched, self.footer()]))

    def lines(self, shrink: Shrink = _as_they_are, answering: Answering = _as_it_is) -> Iterator[Line]:
        """Records case by case, each case's ahead of the next one's, then findings and expectations."""
        live: list[Batch] = []
        for batch in self._batches():
            live.append(batch)
            if len(live) > 1:
                yield from self._judged(live.pop(0), live)
        while live:
            yield from self._judged(live.pop(0), live)
        smaller = self._shrunk(shrink)
        part = self._plan.shard.count > 1
        yield from self._findings.lines(smaller, sentence)
        if part:
            yield from self._findings.smaller(smaller)
        yield from self._policies.lines(self._smaller(answering), part=part)
        yield from self._differences.lines()
        if self.through and self._ground.stop() != INTERRUPTED:
            yield from self._watch.lines()

    def footer(self) -> Footer:
        """What was planned, executed and not executed; what was not reached has the reason to stop.

        Where all cases were reached, but not all that could be made of findings, that reason counts none.
        """
        planned = self._plan.total * len(self._ground.crews)
        reasons = dict(self._reasons)
        stopped = self._ground.stop()
        rest = planned - self._executed - sum(reasons.values())
        if stopped and (rest or (self._cut and stopped != INTERRUPTED)):
            reasons[stopped] = reasons.get(stopped, 0) + rest
        return Footer(planned, self._executed, dict(sorted(reasons.items())), self._shares, stopped == INTERRUPTED)

    def _batches(self) -> Iterator[Batch]:
        while not self._ground.stop():
            with self._ground.timing.stage("generation"):
                planned = tuple(islice(self._cases, BATCH))
            if not planned:
                return
            with self._ground.timing.stage("writing trees"):
                batch = self._asking.put(planned)
            yield batch

    def _judged(self, batch: Batch, later: Sequence[Batch]) -> Iterator[Line]:
        """The lines of a batch whose observations are awaited here."""
        predictions = predicted(self._ground, batch.planned)
        with self._ground.timing.stage("waiting for subjects"):
            told = self._asking.told(batch, later)
        pending = Replies(self._asking, batch, told, predictions).begun(self._ground, self._judge)
        for at, planned in enumerate(batch.planned):
            yield from self._ruled(planned, [column[at] for column in predictions], [column[at] for column in pending])
        with self._ground.timing.stage("writing trees"):
            self._asking.discard(batch, later)

    def _ruled(
        self, planned: Planned, predictions: Sequence[Predicted], pending: Sequence[Pending | None]
    ) -> Iterator[Line]:
        """The lines of one case; from the first on that somebody did not answer before the end nothing is said."""
        found = {} if self._short else answers(self._ground, predictions, pending)
        if len(found) < len(pending):
            self._short = True
            self._leave(len(pending))
            return
        with self._ground.timing.stage("comparison"):
            rulings = dict(zip(found, rule(tuple(found.values())), strict=True))
        with self._ground.timing.stage("causes"):
            reasons = self._explainer.of(planned.case, found, refuting=planned.refuting)
        with self._ground.timing.stage("comparison"):
            group = recording.group(planned, rulings, reasons, self._ground.known)
            self._take(planned, predictions, group)
        yield from group.lines

    def _take(self, planned: Planned, predictions: Sequence[Predicted], group: Group) -> None:
        """Count what was said of one case, now or earlier; of whom nothing was said, it was not asked."""
        self._taken += 1
        if planned.origin == GENERATED:
            self._shares = _counted(self._shares, predictions[0].documents)
        for record in group.records:
            reason = record.unexecuted
            self._executed += not reason
            if reason:
                self._reasons[reason] = self._reasons.get(reason, 0) + 1
            self._watch.take(record)
            self._policies.take(record, planned.case)
            self._differences.take(record, planned.case)
        self._findings.take(group)

    def _leave(self, questions: int) -> None:
        """Count questions that were left unasked, or whose answers were cut short, for the reason to stop."""
        reason = self._ground.stop() or INTERRUPTED
        self._reasons[reason] = self._reasons.get(reason, 0) + questions

    def _smaller(self, answering: Answering) -> Answered:
        """Shrinks contradictions for as long as there is no reason to stop."""
        names = tuple(self._ground.known.places)

        def smaller(policy: Policy, option: Option) -> Case:
            answer = AnswerTo(names[policy.clause], policy.situation, option.option)
            found = answering(option.case, policy.implementation, answer)
            self._cut = self._cut or bool(self._ground.stop())
            return found

        return smaller

    def _shrunk(self, shrink: Shrink) -> Callable[[Case, int, Aim], Sequence[Step]]:
        """Shrinks for as long as there is no reason to stop, each case once in a way."""
        known: dict[tuple[str, int, Aim], tuple[Step, ...]] = {}

        def smaller(case: Case, place: int, aim: Aim) -> Sequence[Step]:
            first = case_id(case)
            steps = known.get((first, place, aim))
            if steps is None:
                found = shrink(case, place, aim, self._explainer.refuted(place))
                steps = tuple(_step(item, place, first, aim, self._ground.known) for item in found)
                known[first, place, aim] = steps
                self._cut = self._cut or bool(self._ground.stop())
            return steps

        return smaller


def _step(item: Smaller, place: int, first: str, aim: Aim, known: recording.Table) -> Step:
    """The line about a smaller case of the implementation at ``place``, made of the case ``first``.

    By a departure that is listed it matters nothing what the case asks.
    """
    asked = () if aim.made else tuple(sorted(known.of(sorted(item.asked))))
    return Step(place, first, aim, item.case, recording.bare(item.divergence, known), item.explaining, asked)


def _compare(planned: Planned, group: Group) -> None:
    """Every line of a group is about that case.

    Raises:
        OtherRunError: one is about another.
    """
    for record in group.records:
        if (record.number, record.case) != (planned.number, planned.identifier):
            message = f"record {record.number} is about case {record.case}, expected case {planned.identifier}"
            raise OtherRunError(message)
    if group.case is not None and case_id(group.case.case) != planned.identifier:
        message = f"the case told as {group.case.id} is {case_id(group.case.case)}"
        raise OtherRunError(message)


def _entry(line: ExpectationRecord) -> tuple[object, ...]:
    """Which expectation of whom it is."""
    return line.implementation, line.clause, line.departure, line.reason, line.kind


def _unshrunk(line: Line) -> object:
    """What of a line follows from records."""
    if isinstance(line, Finding):
        return line.signature, line.verdict, line.samples, line.cases, line.first, line.expectation
    if isinstance(line, Policy):
        return msgspec.structs.replace(line, options=tuple(map(_bare, line.options)))
    return line


def _bare(option: Option) -> Option:
    return msgspec.structs.replace(option, smaller=None)


def _counted(shares: Shares, prediction: Prediction) -> Shares:
    outcome = predicted_outcome(prediction)
    return Shares(
        shares.generated + 1, shares.completed + (outcome == "completed"), shares.raised + (outcome == "raised")
    )
