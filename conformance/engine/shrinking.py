"""Smaller cases that still show a cause."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, TypeAlias

import msgspec

from conformance.engine.answering import Ground
from conformance.engine.causes import Question, named
from conformance.engine.crews import Crew
from conformance.engine.execution import AnswerTo
from conformance.engine.explaining import raised
from conformance.engine.judging import speaking
from harness.diff import Divergence, Extent, Verdict, can_show, explanation
from harness.model.case import Case, case_id
from harness.model.departure import Departure
from harness.model.observation import Observation
from harness.model.prediction import Answer
from harness.model.saying import last_words
from harness.run import AdapterError, Stopped
from reports.gathering import Shown

Reduce: TypeAlias = Callable[[Case, Callable[[Case], bool]], Case]
"""Gives the smallest case it finds for which the function holds, given one for which it does."""

ONE: Final = 250
"""How many smaller cases are tried at most for one cause on an implementation that forks.

A count, and for each cause by itself: the smallest case depends on nothing that happened before.
"""

LITTLE: Final = 20
"""How many are tried on an implementation that needs a fresh process for each."""


class _Aim(msgspec.Struct, frozen=True):
    """What a case is to show: departures that explain it, or, where there are none, a signature.

    The first of ``made`` is the cause. ``others`` are other causes, none of which is to explain it alone. ``clause`` is
    the one that the case is to ask, if there is any.
    """

    made: tuple[Departure, ...]
    others: tuple[Departure, ...]
    signature: str
    clause: str

    def could(self, question: Question) -> bool:
        """Whether somebody who departs so could be seen to do so here."""
        if self.clause and not _asks(question, self.clause):
            return False
        if not self.made:
            return any(can_show(item, self.signature) for item in question.predictions)
        departed = question.made(frozenset(self.made[:1]))
        return any(self.made[0] in world.taken for world in departed.worlds)

    def shows(self, question: Question, observation: Observation) -> bool:
        """Whether what was observed, and departs, does so by this cause and none of the others."""
        explains = partial(_explains, question, observation)
        if self.made and not (explains(self.made[:1]) or (explains(self.made) and not explains(self.made[1:]))):
            return False
        return not any(item in question.base.consulted and explains((item,)) for item in self.others)


class Shrinker:
    """Shrinks cases; which it finds depends on the case, the implementation and the cause alone."""

    def __init__(self, ground: Ground, reduce: Reduce) -> None:
        self._ground = ground
        self._reduce = reduce

    def __call__(self, case: Case, place: int, shown: Shown) -> tuple[Case, Divergence | None]:
        """The smallest case found on which the implementation at ``place`` departs by that cause, and how it does.

        By a departure that is not listed it still asks the clause, if the case does. One that gets no smaller is asked
        once more: what it raises is told in full. A case whose prediction cannot differ so is not tried, nor one of
        which the documents leave more open. Where there is a reason to stop it is the smallest case found until then.
        """
        crew = self._ground.crews[place]
        left = ONE if "fork" in crew.identity.capabilities else LITTLE
        found: Divergence | None = None
        smallest = case
        first = self._question(case, place)
        open_ = len(first.base.worlds)
        clause = shown.signature.partition(": ")[0]
        asked = clause if not shown.made and _asks(first, clause) else ""
        aim = _Aim(named(shown.made), named(shown.others), shown.departure.signature, asked)

        def holds(candidate: Case) -> bool:
            nonlocal found, left, smallest
            if self._ground.stop():
                raise Stopped
            if not left:
                return False
            question = self._question(candidate, place)
            if len(question.base.worlds) > open_ or not aim.could(question):
                return False
            left -= 1
            again = next(self._divergences(candidate, crew, aim, question), None)
            if again is not None:
                found, smallest = again, candidate
            return again is not None

        try:
            smallest = self._reduce(case, holds)
            return smallest, found or next(self._divergences(case, crew, aim, first), None)
        except Stopped:
            return smallest, found

    def answering(self, case: Case, place: int, answer: AnswerTo) -> Case:
        """The smallest case found in which the implementation at ``place`` gives that answer, and departs in nothing.

        A case of which the documents leave more open is not tried, nor one that does not ask the question.
        """
        crew = self._ground.crews[place]
        left = ONE if "fork" in crew.identity.capabilities else LITTLE
        smallest = case
        open_ = len(self._question(case, place).base.worlds)

        def holds(candidate: Case) -> bool:
            nonlocal left, smallest
            if self._ground.stop():
                raise Stopped
            question = self._question(candidate, place)
            if not left or len(question.base.worlds) > open_ or answer.clause not in question.base.clauses():
                return False
            left -= 1
            judged = [question.predicted.judge(item) for item in self._observed(candidate, crew)]
            again = any(answer == _told(item) for found in judged for item in found.answers)
            smallest = candidate if again else smallest
            return again

        try:
            return self._reduce(case, holds)
        except Stopped:
            return smallest

    def _question(self, case: Case, place: int) -> Question:
        """What is predicted of a case for that implementation."""
        language, known = self._ground.crews[place].identity.language, self._ground.otherwise[place]
        predictions = self._ground.predictions
        predicted = predictions.of(case_id(case), case, language, known)
        return Question(partial(predictions.predict, case, language), known, predicted)

    def _divergences(self, case: Case, crew: Crew, aim: _Aim, question: Question) -> Iterator[Divergence]:
        """How what is observed departs, if it does so by the cause."""
        observations = self._observed(case, crew)
        if not observations:
            return
        judgement = speaking(question.predicted.judge(observations[0]), observations)
        if judgement.verdict is Verdict.DIVERGES and aim.shows(question, observations[0]):
            told = raised(judgement, observations[0])
            found = (item for item in judgement.divergences if aim.made or item.signature == aim.signature)
            yield from (msgspec.structs.replace(item, raised=told) for item in found)

    def _observed(self, case: Case, crew: Crew) -> list[Observation]:
        """What is observed, once more where the process ended without an answer and said something."""
        asked = self._once(case, crew)
        if any(last_words(item) for item in asked):
            asked += self._once(case, crew)
        return asked

    def _once(self, case: Case, crew: Crew) -> list[Observation]:
        """What is observed in a directory of its own."""
        workspace = self._ground.workspace
        try:
            placed = workspace.place(case, alone=True)
        except AdapterError:
            return []
        try:
            return [item for item in crew.ask([placed])[0].result() if item is not None]
        finally:
            workspace.discard([placed])


def _told(answer: Answer) -> AnswerTo:
    return AnswerTo(answer.clause, answer.situation, answer.option)


def _asks(question: Question, clause: str) -> bool:
    """Whether the clause could matter to what is predicted."""
    predicted = question.base
    return clause in predicted.clauses() or any(item.clause == clause for item in predicted.consulted)


def _explains(question: Question, observation: Observation, made: Sequence[Departure]) -> bool:
    found = explanation(question.made(frozenset(made)), observation, made)
    return found is not None and found.extent is Extent.FULLY
