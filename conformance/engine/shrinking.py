"""Smaller cases that still show a cause."""

import contextlib
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Final, NamedTuple, TypeAlias

import msgspec

from conformance.engine.answering import Ground
from conformance.engine.causes import Question, named
from conformance.engine.crews import Crew
from conformance.engine.explaining import raised
from conformance.engine.judging import speaking
from harness.diff import Divergence, Extent, Verdict, can_show, explanation
from harness.model.case import Case, case_id, words
from harness.model.departure import Departure
from harness.model.observation import Observation
from harness.model.prediction import Answer
from harness.model.saying import last_words
from harness.run import AdapterError, Stopped
from reports.records import Aim

Reduce: TypeAlias = Callable[[Case, Callable[[Case], bool]], Case]
"""Gives the smallest case it finds for which the function holds, given one for which it does."""

ONE: Final = 250
"""How many smaller cases are tried at most for one cause on an implementation that forks.

A count, and for each cause by itself: the smallest case depends on nothing that happened before.
"""

LITTLE: Final = 20
"""How many are tried on an implementation that needs a fresh process for each."""


class AnswerTo(NamedTuple):
    """The option that is taken on a question which a clause leaves open, in a situation."""

    clause: str
    situation: str
    option: str


class Smaller(msgspec.Struct, frozen=True):
    """A case that still shows what another one shows, and how.

    ``explaining`` are the departures that explain it by themselves, ``asked`` the clauses that could have mattered.
    """

    case: Case
    divergence: Divergence
    explaining: tuple[str, ...]
    asked: frozenset[str]


class _Goal(msgspec.Struct, frozen=True):
    """What a case is to show: departures that explain it, or, where there are none, a signature.

    The first of ``made`` is the cause. Of what differs with that signature each case calls these ``functions``.
    """

    made: tuple[Departure, ...]
    signature: str
    functions: frozenset[str]

    def could(self, case: Case, question: Question) -> bool:
        """Whether somebody who departs so could be seen to do so here."""
        if not self.made:
            called = self.functions.issubset(_functions(case))
            return called and any(can_show(item, self.signature) for item in question.predictions)
        departed = question.made(frozenset(self.made[:1]))
        return any(self.made[0] in world.taken for world in departed.worlds)

    def shows(self, question: Question, observation: Observation) -> bool:
        """Whether what was observed, and departs, does so by this cause."""
        explains = partial(_explains, question, observation)
        return not self.made or explains(self.made[:1]) or (explains(self.made) and not explains(self.made[1:]))


class Shrinker:
    """Shrinks cases; which it finds depends on the case, the implementation and the aim alone."""

    def __init__(self, ground: Ground, reduce: Reduce) -> None:
        self._ground = ground
        self._reduce = reduce
        self._shrunk: tuple[str, int] | None = None
        self._seen: dict[str, list[Observation]] = {}

    def __call__(self, case: Case, place: int, aim: Aim, refuted: AbstractSet[Departure]) -> Sequence[Smaller]:
        """Ever smaller cases on which the implementation at ``place`` departs in that way, the case itself first.

        None where it does not do so once more. Of what explains them nothing is told that is ``refuted``. A case whose
        prediction cannot differ so is not tried, nor one of which the documents leave more open. Where there is a
        reason to stop it is what was found until then.
        """
        if self._shrunk != (case_id(case), place):
            self._shrunk = case_id(case), place
            self._seen.clear()
        left = ONE if "fork" in self._ground.crews[place].identity.capabilities else LITTLE
        first = self._question(case, place)
        open_ = len(first.base.worlds)
        goal = _Goal(named(aim.made), aim.signature, _functions(case))
        found: list[Smaller] = []

        def holds(candidate: Case) -> bool:
            nonlocal left
            if self._ground.stop():
                raise Stopped
            if not left:
                return False
            question = self._question(candidate, place)
            if len(question.base.worlds) > open_ or not goal.could(candidate, question):
                return False
            left -= 1
            again = self._shown(candidate, place, goal, question, refuted)
            if again is not None:
                found.append(again)
            return again is not None

        with contextlib.suppress(Stopped):
            itself = self._shown(case, place, goal, first, refuted)
            if itself is not None:
                found.append(itself)
                self._reduce(case, holds)
        return tuple(found)

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

    def _shown(
        self, case: Case, place: int, goal: _Goal, question: Question, refuted: AbstractSet[Departure]
    ) -> Smaller | None:
        """How what is observed departs, if it does so in that way."""
        observations = self._observed_before(case, place)
        if not observations:
            return None
        observation = observations[0]
        judgement = speaking(question.predicted.judge(observation), observations)
        if judgement.verdict is not Verdict.DIVERGES or not goal.shows(question, observation):
            return None
        shown = next((item for item in judgement.divergences if goal.made or item.signature == goal.signature), None)
        if shown is None:
            return None
        shown = msgspec.structs.replace(shown, raised=raised(judgement, observation))
        others = (item for item in question.base.consulted if item not in refuted and item not in question.known)
        explaining = tuple(sorted(str(item) for item in others if _explains(question, observation, (item,))))
        asked = frozenset(question.base.clauses()).union(item.clause for item in question.base.consulted)
        return Smaller(case, shown, explaining, asked)

    def _observed_before(self, case: Case, place: int) -> list[Observation]:
        """What is observed, asked once for all aims of the case that is shrunk."""
        crew, identifier = self._ground.crews[place], case_id(case)
        found = self._seen.get(identifier)
        if found is None:
            found = self._seen[identifier] = self._observed(case, crew)
        return found

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


def _functions(case: Case) -> frozenset[str]:
    """What the case calls of the library."""
    return frozenset(word for word in words(case) if "." in word)


def _explains(question: Question, observation: Observation, made: Sequence[Departure]) -> bool:
    found = explanation(question.made(frozenset(made)), observation, made)
    return found is not None and found.extent is Extent.FULLY
