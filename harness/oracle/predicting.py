"""From a case and a language version to a prediction.

Where the documents are silent or leave a choice the case is predicted once in each world that takes one of the options.
A rule can be taken the other way: the worlds are then those of an implementation that departs in just that.
"""

import operator
from collections.abc import Iterator
from typing import Final

import msgspec

from harness.model.case import Case
from harness.model.departure import Departure
from harness.model.prediction import (
    Answer,
    Ending,
    Exactly,
    Expected,
    Prediction,
    Unspecified,
    World,
    sharing,
)
from harness.model.values import ABSENT
from harness.model.versions import Version
from harness.oracle.departing import departed
from harness.oracle.execution import execute_module, execute_source
from harness.oracle.facts import Values, bindings, exception, listing, modules, warnings
from harness.oracle.layout import laid_out
from harness.oracle.main_program import enter, launch_facts, program_label
from harness.oracle.objects import Items, Raised, Why
from harness.oracle.rules import RULES
from harness.oracle.state import FALLBACK, Answers, Endless, Setting, Silent, State, Unbegun, Undecided

_WORLDS: Final = 64
_KNOWN_WORLDS: Final = 4 * _WORLDS
"""Of one that is known to depart more are looked at: those that are not would hide its other faults."""

_ENDINGS: Final = ("outcome", "trace/length", "names", "modules", "exception/type")
_BY_CLAUSE: Final = operator.attrgetter("clause", "name")
NOTHING: Final[frozenset[Departure]] = frozenset()
"""All is as documented."""


def predict(case: Case, language: Version, otherwise: frozenset[Departure] = NOTHING) -> Prediction:
    """What the case does by the documents of that language version, but for the departures in ``otherwise``."""
    setting = Setting(laid_out(case), language, execute_module, RULES, otherwise)
    worlds: list[World] = []
    paths = _Paths(_KNOWN_WORLDS if otherwise else _WORLDS)
    while paths.waiting and paths.room >= 0:
        state = State(setting, paths.waiting.pop(), paths.choose)
        try:
            worlds.append(_world(state, case, otherwise))
        except Undecided as undecided:
            paths.divide(state.decided, undecided.with_traceback(None))
        state.clear()
    excess = bool(paths.waiting)
    why = tuple(dict.fromkeys(paths.asked))
    if any(world.ending is Ending.ENDLESS for world in worlds):
        worlds = _as_deep(worlds, case, language)
    worlds += [_beginning(State(setting, decided), case, otherwise, why) for decided in reversed(paths.waiting)]
    return Prediction(
        sharing(worlds),
        *setting.same(),
        tuple(sorted(setting.consulted, key=_BY_CLAUSE)),
        excess,
    )


def _as_deep(worlds: list[World], case: Case, language: Version) -> list[World]:
    """The worlds; what goes on without end where all is as documented does so by no departure."""
    if all(world.ending is not Ending.DEEP for world in predict(case, language).worlds):
        return worlds
    return [
        msgspec.structs.replace(world, ending=Ending.DEEP) if world.ending is Ending.ENDLESS else world
        for world in worlds
    ]


class _Paths:
    """The ways through all questions that come up; ``room`` is for as many worlds more, ``asked`` are the questions."""

    def __init__(self, most: int) -> None:
        self.waiting: list[Answers] = [{}]
        self.asked: list[str] = []
        self.room = most - 1

    def divide(self, decided: Answers, undecided: Undecided) -> None:
        """A world for each group of answers, the usual one next."""
        self.asked.append(undecided.question.clause)
        self.room -= len(undecided.groups) - 1
        self.waiting += [{**decided, undecided.question: answers} for answers in reversed(undecided.groups)]

    def choose(self, decided: Answers, undecided: Undecided) -> tuple[Answer, ...]:
        """The usual answers: the world goes on with them, if there is room for those of the other ones.

        Raises:
            Undecided: there is none.
        """
        if self.room < len(undecided.groups) - 1:
            raise undecided
        self.divide(decided, undecided)
        self.waiting.pop()
        return undecided.groups[0]


def _world(state: State, case: Case, otherwise: frozenset[Departure]) -> World:
    ending = Ending.COMPLETED
    try:
        facts, generic = departed(_facts(state, case), otherwise)
        taken = tuple(dict.fromkeys((*state.taken, *sorted(generic, key=str))))
        return World(facts, state.answers, Ending.COMPLETED, taken)
    except Unbegun as end:
        told = {**_silence((end.clause,)), "trace/0000": Exactly(ABSENT, (end.clause,))}
        told |= {"outcome": Exactly(("unbegun", 1), (end.clause,))} if end.refused else {}
        return World(told, state.answers, Ending.COMPLETED, tuple(state.taken))
    except Silent as silence:
        ending, why = Ending.DEEP if silence.deep else Ending.SILENT, silence.clauses
    except Endless:
        ending, why = Ending.ENDLESS, tuple(item.clause for item in state.taken)
    except RecursionError:
        if not state.taken:
            raise
        ending, why = Ending.ENDLESS, tuple(item.clause for item in state.taken)  # they lead back to one another
    facts = {**dict(_events(state)), **_silence(why)}
    return World(facts, state.answers, ending, tuple(state.taken))


def _beginning(state: State, case: Case, otherwise: frozenset[Departure], why: Why) -> World:
    """The world up to the next question that it is not asked; the whole of it where there is none."""
    try:
        return _world(state, case, otherwise)
    except Undecided:
        facts = {**dict(_events(state)), **_silence(why)}
        return World(facts, state.answers, Ending.SILENT, tuple(state.taken))


def _silence(why: Why) -> dict[str, Expected]:
    return {key: Unspecified(why) for key in _ENDINGS}


def _facts(state: State, case: Case) -> dict[str, Expected]:
    facts: dict[str, Expected] = {}
    error: Raised | None = None
    scope = None
    try:
        scope = enter(state, case)
        execute_source(state, scope, case.program, program_label(case))
    except Raised as raised:
        error = raised.caught().settled()
    why = error.why if error is not None else state.why()
    values = Values(state)
    facts["outcome"] = Exactly("completed" if error is None else "raised", why)
    facts.update(_events(state))
    facts["trace/length"] = Exactly(len(state.trace), why)
    if error is not None:
        facts.update(exception(values, error))
    if scope is not None:
        facts["names"] = listing(scope.namespace)
        facts.update(bindings(values, scope.namespace, "binding/"))
        facts.update(launch_facts(case, values, scope))
    facts.update(modules(state, values))
    facts.update(warnings(state))
    return facts


def _events(state: State) -> Iterator[tuple[str, Expected]]:
    """What was marked, with the ``__name__`` that was there: any constant; it is open what name another object is."""
    values = None
    told: Expected
    for index, event in enumerate(state.trace):
        why = event.why or FALLBACK
        name = event.name
        if name is None or isinstance(name, (str, int)):
            told = Exactly(("event", event.label, name), why)
        elif isinstance(name, Items):
            values = values or Values(state)
            found = values.fact(name, why)
            told = Exactly(("event", event.label, found.value), why) if isinstance(found, Exactly) else Unspecified(why)
        else:
            told = Unspecified(why)
        yield f"trace/{index:04}", told
