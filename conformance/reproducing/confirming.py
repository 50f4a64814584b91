"""One case on everybody at hand, as a run asks it and in a fresh process."""

import functools
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Final, TypeAlias

import msgspec

from conformance.engine import Crew, Ground, Predictions, implementations
from conformance.engine.explaining import raised
from harness.diff import Divergence, Judgement, Verdict, judge
from harness.model.case import Case, case_id
from harness.model.clauses import Clause
from harness.model.exceptions import OLDEST
from harness.model.observation import Identity, Observation
from harness.model.prediction import Prediction, allowed
from harness.model.values import Value, same
from harness.run import Placed
from reports.tracker import AS_DOCUMENTED, DEPARTS, ELSEWHERE, OTHERWISE, Standing, not_applicable

_Future: TypeAlias = Future[list[Observation | None]] | None

_AS_DOCUMENTED: Final = frozenset({Verdict.CONFORMS, Verdict.ALLOWED})


class Answer(msgspec.Struct, frozen=True):
    """What an implementation did when it was asked once: in a run's way and fresh.

    ``alone`` is what is predicted by the documents alone, where ``prediction`` takes something as given beside them.
    """

    label: str
    identity: Identity
    prediction: Prediction
    forked: Observation | None
    fresh: Observation | None
    alone: Prediction | None = None

    @property
    def seen(self) -> Observation:
        """What is told of it."""
        return self.forked or self.fresh or Observation({})

    @property
    def judgement(self) -> Judgement:
        """What is said of that, by the documents alone."""
        return judge(self.prediction, self.seen)

    @property
    def ended(self) -> str:
        """The type of the exception that ended its program, if that was not to end so."""
        return _ended(self.judgement, self.seen)

    def standing(
        self, clause: Clause | None, fact: str, expected: Sequence[Value], seen: Value, ended: str
    ) -> Standing:
        """Whether it departs as others do, in that fact and by that exception, or does as the same sentence says."""
        forked, fresh = (
            self._departing(item, clause, fact, seen, ended) or self._conforming(clause, fact, expected)
            if item is not None
            else ""
            for item in (self.forked, self.fresh)
        )
        return Standing(self.label, self.identity.name, self.identity.language, forked, fresh)

    def conforms(self, clause: Clause | None, fact: str, expected: Sequence[Value]) -> bool:
        """Whether the case is as documented on it, and the documents of its version say the same of the fact."""
        return self.documented and self._in_force(clause) and self._expects(fact, expected)

    @property
    def documented(self) -> bool:
        """Whether the case is as it is predicted."""
        return self.judgement.verdict in _AS_DOCUMENTED

    def _in_force(self, clause: Clause | None) -> bool:
        """Whether the clause holds in its version; what is older than any documents is judged by the oldest."""
        return clause is None or clause.holds(max(self.identity.language, OLDEST))

    def _expects(self, fact: str, expected: Sequence[Value]) -> bool:
        """Whether the documents of its version say the same of the fact."""
        item = self.prediction.facts.get(fact)
        values = allowed(item) if item is not None else ()
        return all(any(same(value, other) for other in values) for value in expected)

    def _conforming(self, clause: Clause | None, fact: str, expected: Sequence[Value]) -> str:
        """What is said where it is as documented: by that sentence, or is there another that says it?"""
        if clause is not None and not self._in_force(clause):
            return not_applicable(clause)
        decides = clause is not None and clause.id in self.prediction.clauses()
        return AS_DOCUMENTED if decides or self._expects(fact, expected) else not_applicable()

    def _departing(self, observation: Observation, clause: Clause | None, fact: str, seen: Value, ended: str) -> str:
        """What is said where it is not as documented, or not judged; empty where it is."""
        judgement = judge(self.prediction, observation)
        if judgement.verdict in _AS_DOCUMENTED:
            return ""
        if judgement.verdict is Verdict.DIVERGES:
            so = _alike(judgement.divergences, fact, seen) and _ended(judgement, observation) == ended
            if so and self._in_force(clause):
                return DEPARTS
            return OTHERWISE if self._differs(fact, judgement, observation) else ELSEWHERE
        if judgement.verdict is Verdict.UNSUPPORTED:
            return f"not asked ({judgement.reason})"
        return f"{judgement.verdict.value}: {judgement.reason}" if judgement.reason else "open"

    def _differs(self, fact: str, judgement: Judgement, observation: Observation) -> bool:
        """Whether that very fact is not as documented, with what is given and, where that does not happen, without."""
        alone = judge(self.alone, observation) if self.alone is not None else judgement
        return all(any(item.fact == fact for item in judged.divergences) for judged in (judgement, alone))


def _alike(divergences: Sequence[Divergence], fact: str, seen: Value) -> bool:
    return any(item.fact == fact and same(item.seen, seen) for item in divergences)


def _ended(judgement: Judgement, observation: Observation) -> str:
    return raised(judgement, observation).partition(":")[0]


class Asked:
    """A case that everybody of a ground is being asked, forked where they can and in a fresh process."""

    def __init__(self, case: Case, ground: Ground) -> None:
        """It is asked from now on, by the threads of the crews."""
        self.case = case
        self._ground = ground
        self._placed: list[Placed] = []
        self._under_way = [self._begun(crew) for crew in ground.crews]

    @functools.cached_property
    def answers(self) -> tuple[Answer, ...]:
        """What each does with it, once all have answered; its directories are then gone."""
        crews = self._ground.crews
        labels = [item.label for item in implementations([crew.identity for crew in crews])]
        try:
            rows = zip(labels, crews, self._under_way, strict=True)
            return tuple(
                _answer(label, self.case, self._ground.predictions, crew, asked) for label, crew, asked in rows
            )
        finally:
            self._ground.workspace.discard(self._placed)

    def beside(self, place: int) -> tuple[Answer, ...]:
        """The same, judged by the documents but for what is known of the implementation at that place, as if of all."""
        otherwise = self._ground.otherwise[place]
        predicted = (
            self._ground.predictions.of(case_id(self.case), self.case, item.identity.language, otherwise)
            for item in self.answers
        )
        return tuple(
            msgspec.structs.replace(item, prediction=each.expected, alone=item.prediction)
            for item, each in zip(self.answers, predicted, strict=True)
        )

    def _begun(self, crew: Crew) -> tuple[_Future, _Future]:
        """The observations under way, forked and fresh."""
        forks = "fork" in crew.identity.capabilities
        found = crew.repeat(self._place, warm=1 if forks else 0, cold=1)
        return (found[0] if forks else None), found[-1]

    def _place(self) -> Placed:
        self._placed.append(self._ground.workspace.place(self.case, alone=True))
        return self._placed[-1]


def _answer(label: str, case: Case, predictions: Predictions, crew: Crew, under_way: tuple[_Future, _Future]) -> Answer:
    predicted = predictions.of(case_id(case), case, crew.identity.language)
    forked, fresh = (None if future is None else future.result()[0] for future in under_way)
    return Answer(label, crew.identity, predicted.documents, forked, fresh)
