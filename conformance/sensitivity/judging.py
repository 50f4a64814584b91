"""One faulty interpreter is asked case after case, as any other subject, until it is seen to depart.

A departure counts as in a run: it is what the documents and the expectations of the unchanged interpreter rule out, and
repetitions have confirmed it. What is flaky, or a fault of the suite, never counts.
"""

import enum
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

import msgspec

from conformance.engine.asking import Asking, Batch
from conformance.engine.crews import Crew
from conformance.engine.judgements import Judge
from conformance.engine.judging import COLD, WARM, Asked, begin, finish
from conformance.sensitivity.series import Question, Series
from harness.diff import Judgement, Verdict
from harness.model.observation import Identity, Observation
from harness.model.prediction import Answer
from harness.run import (
    AdapterError,
    Implementation,
    Limits,
    Mode,
    Placed,
    Stopped,
    Subject,
    Workspace,
    connect,
    examine,
)
from harness.run.health import Smoke
from harness.run.probing import probe
from reports.stating import about, told

LIMITS: Final = Limits(start=10.0, case=5.0)
"""Deadlines of a faulty interpreter: one that hangs is to be told soon."""

FIRST: Final = 8
MOST: Final = 64
"""The first batch has so few cases, each further one twice as many as the last, up to the most."""

KILLING: Final = frozenset({Verdict.DIVERGES, Verdict.UNEXPECTED_PASS})
"""What is said of a single case of whoever departs."""


class Outcome(enum.Enum):
    """What became of a faulty interpreter. ``UNFIT``: it does not start, or fails trivial cases that import nothing."""

    KILLED = "killed"
    SURVIVED = "survived"
    UNFIT = "unfit"


class Kill(msgspec.Struct, frozen=True):
    """The first departure that was confirmed: the verdict, the clause, the case by its origin and id, the signature."""

    verdict: Verdict
    clause: str
    origin: str
    case: str
    signature: str = ""


class Trial(msgspec.Struct, frozen=True):
    """What became of a faulty interpreter, after how many cases and seconds.

    ``doubtful`` counts the cases that are not judged: a repetition disagreed, or the suite failed. ``reason`` says why
    it was not asked anything, if it was not.
    """

    outcome: Outcome
    cases: int = 0
    seconds: float = 0.0
    kill: Kill | None = None
    doubtful: int = 0
    reason: str = ""


class Bench(msgspec.Struct, frozen=True):
    """What all faulty interpreters of one run have in common.

    ``base`` is the unchanged one, whose identity they have; ``judge`` may keep its judgements for all of them.
    """

    base: Implementation
    series: Series
    judge: Judge
    environment: Mapping[str, str]
    stopped: Callable[[], bool] = lambda: False
    limits: Limits = LIMITS

    def fitted(self, command: tuple[str, ...], place: Workspace) -> Implementation:
        """The implementation behind a command, with the identity of the unchanged one.

        Raises:
            AdapterError: it does not start, or does not pass the trivial cases.
            Stopped: somebody asked to stop.
        """
        found = probe(command, place, environment=self.environment, limits=self.limits, stopped=self.stopped)
        identity = msgspec.structs.replace(self.base.identity, command=command)
        fitted = msgspec.structs.replace(found, identity=identity)
        subject = self.connected(fitted, place, Mode.AUTO)
        try:
            failed = [smoke for smoke in examine(subject, place).smokes if not smoke.passed]
        finally:
            subject.close()
        if failed:
            raise AdapterError(" ".join(command), _told(failed[0]), "")
        return fitted

    def connected(self, item: Implementation, place: Workspace, mode: Mode) -> Subject:
        """A subject that asks the implementation."""
        return connect(item, place, environment=self.environment, limits=self.limits, mode=mode, stopped=self.stopped)


def judged(bench: Bench, command: tuple[str, ...], place: Workspace) -> Trial:
    """Ask the interpreter behind ``command`` the cases of the series, up to the first departure; ``seconds`` is unset.

    Raises:
        Stopped: somebody asked to stop.
    """
    try:
        item = bench.fitted(command, place)
    except AdapterError as error:
        return Trial(Outcome.UNFIT, reason=error.reason)
    asked = _Asked(bench, place, item.identity, partial(bench.connected, item, place))
    kill = asked.kill()
    outcome = Outcome.SURVIVED if kill is None else Outcome.KILLED
    return Trial(outcome, asked.cases, kill=kill, doubtful=asked.doubtful)


def _told(smoke: Smoke) -> str:
    key, known, seen = smoke.wrong[0]
    return f"{smoke.name}: {about(key)}: {told(key, seen)}, not {told(key, known)}"


class _Candidate(msgspec.Struct, frozen=True):
    """A departure that is to be confirmed; with ``answer`` and ``other`` two answers to one open question."""

    question: Question
    observation: Observation
    judgement: Judgement
    answer: Answer | None = None
    other: "tuple[Question, Answer] | None" = None


class _Hasty:
    """A subject that tells when a case does not come to its end: who asks may then want to ask no more."""

    def __init__(self, inner: Subject, hangs: Callable[[], None]) -> None:
        self.identity = inner.identity
        self._inner = inner
        self._hangs = hangs

    def observe(self, placed: Sequence[Placed]) -> list[Observation]:
        """What each case does, in order."""
        found = self._inner.observe(placed)
        if any(item.outcome == "timed-out" for item in found):
            self._hangs()
        return found

    def close(self) -> None:
        """End every process."""
        self._inner.close()


class _Asked:
    """A series on its way through one interpreter."""

    def __init__(self, bench: Bench, place: Workspace, identity: Identity, start: Callable[[Mode], Subject]) -> None:
        self.cases = self.doubtful = 0
        self._series = bench.series
        self._judge = bench.judge
        self._stopped = bench.stopped
        self._place = place
        self._identity = identity
        self._start = start
        self._answers: dict[tuple[str, str], tuple[Question, Answer]] = {}

    def kill(self) -> Kill | None:
        """The first departure that is confirmed.

        Raises:
            Stopped: somebody asked to stop.
        """
        while self.cases < len(self._series):
            if self._stopped():
                raise Stopped
            candidate = self._candidate()
            if candidate is None:
                continue
            kill = self._confirmed(candidate)
            if kill is not None:
                return kill
            self.doubtful += 1
        return None

    def _candidate(self) -> _Candidate | None:
        """The next departure, or none where the series ends, or is cut short because a case hangs."""
        over = threading.Event()
        crew = Crew(
            self._identity, lambda mode: _Hasty(self._start(mode), over.set), mode=Mode.AUTO, stopped=over.is_set
        )
        asking = Asking(self._place, (crew,))
        live: list[Batch] = []
        try:
            for start, stop in windows(self.cases, len(self._series)):
                live.append(asking.put([question.planned for question in self._series[start:stop]]))
                if len(live) > 1 and (found := self._seen(asking, live)) is not None:
                    return found
                if over.is_set():
                    return None
            return self._seen(asking, live) if live else None
        finally:
            over.set()
            crew.dismiss()
            crew.close()
            for batch in live:
                asking.discard(batch)

    def _seen(self, asking: Asking, live: list[Batch]) -> _Candidate | None:
        """The first departure in the first of the batches, which is then over."""
        batch = live.pop(0)
        (column,) = asking.told(batch, live).columns
        asking.discard(batch, live)
        for planned, observation in zip(batch.planned, column, strict=True):
            if observation is None:
                return None
            self.cases += 1
            found = self._departing(self._series[planned.number], observation)
            if found is not None:
                return found
        return None

    def _departing(self, question: Question, observation: Observation) -> _Candidate | None:
        judgement = self._judge(question.predicted, observation)
        if judgement.verdict in KILLING:
            return _Candidate(question, observation, judgement)
        self.doubtful += judgement.verdict is Verdict.HARNESS_FAULT
        for answer in judgement.answers:
            before = self._answers.setdefault((answer.clause, answer.situation), (question, answer))
            if before[1].option != answer.option:
                return _Candidate(question, observation, judgement, answer, before)
        return None

    def _confirmed(self, candidate: _Candidate) -> Kill | None:
        """What is to be said of a departure, if a subject that was not asked anything yet confirms it."""
        crew = Crew(self._identity, self._start)
        made: list[Placed] = []

        def alone(question: Question) -> Placed:
            made.append(self._place.place(question.planned.case, alone=True))
            return made[-1]

        try:
            if candidate.answer is not None and candidate.other is not None:
                pairs = ((candidate.question, candidate.answer), candidate.other)
                if all(_stands(crew, question, answer, partial(alone, question)) for question, answer in pairs):
                    return _inconsistent(candidate.question, candidate.answer)
                return None
            asked = Asked(partial(alone, candidate.question), crew, candidate.question.predicted)
            judgement = finish(asked.predicted, begin(asked, candidate.observation, self._judge))
            return _kill(candidate.question, judgement) if judgement and judgement.verdict in KILLING else None
        finally:
            crew.close()
            self._place.discard(made)


def windows(start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The batches from one position to another."""
    size = FIRST
    while start < stop:
        yield start, min(stop, start + size)
        start, size = start + size, min(MOST, 2 * size)


def _stands(crew: Crew, question: Question, answer: Answer, place: Callable[[], Placed]) -> bool:
    """Whether each repetition gives that answer."""
    told = [item for future in crew.repeat(place, warm=WARM, cold=COLD) for item in future.result()]
    return all(item is not None and answer in question.predicted.judge(item).answers for item in told)


def _inconsistent(question: Question, answer: Answer) -> Kill:
    planned = question.planned
    return Kill(Verdict.INCONSISTENT, answer.clause, planned.origin, planned.identifier, answer.situation)


def _kill(question: Question, judgement: Judgement) -> Kill:
    planned = question.planned
    if judgement.divergences:
        first = judgement.divergences[0]
        return Kill(judgement.verdict, first.clause, planned.origin, planned.identifier, first.signature)
    clause = judgement.taken[0].partition(":")[0] if judgement.taken else ""
    return Kill(judgement.verdict, clause, planned.origin, planned.identifier)
