"""How much of what generated cases do the documents decide, and what is hidden beside known departures."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from harness.model.case import Case
from harness.model.departure import Departure
from harness.model.prediction import UNFINISHED, Ending, Exactly, Expected, OneOf, Prediction, Unspecified, World
from harness.model.versions import Version
from harness.oracle import may_take, predict


class Silences(msgspec.Struct):
    """Of some cases by the documents of one version: how many, and where the documents say nothing.

    ``unended`` counts the cases whose outcome no world gives, ``open_end`` those to whose end a world does not come.
    ``facts`` counts the facts of all cases, ``silent`` those that no world gives. ``several`` have more than one
    allowed value by themselves, ``answers`` one for each answer to an open question: an implementation has one answer.
    ``excess`` counts the cases with more worlds than are looked at. ``clauses`` counts the cases by
    the clause that says about what nothing is said.
    """

    cases: int = 0
    unended: int = 0
    open_end: int = 0
    facts: int = 0
    silent: int = 0
    several: int = 0
    answers: int = 0
    excess: int = 0
    clauses: Counter[str] = msgspec.field(default_factory=Counter)
    values: Counter[str] = msgspec.field(default_factory=Counter)

    def add(self, prediction: Prediction) -> None:
        """Count one case."""
        self.cases += 1
        self.excess += prediction.excess
        ended = [world for world in prediction.worlds if world.ending is Ending.COMPLETED]
        self.unended += not ended
        self.open_end += len(ended) < len(prediction.worlds)
        facts = Prediction(tuple(ended or prediction.worlds)).facts
        silent = [item for item in facts.values() if isinstance(item, Unspecified)]
        chosen = {
            key for world in ended for key, item in world.facts.items() if isinstance(item, OneOf) and not item.options
        }
        several = [item for key, item in facts.items() if isinstance(item, OneOf) and key in chosen]
        answers = [item for key, item in facts.items() if isinstance(item, OneOf) and key not in chosen]
        self.facts += len(facts)
        self.silent += len(silent)
        self.several += len(several)
        self.answers += len(answers)
        self.clauses.update({clause for world in prediction.worlds for clause in _silent(world)})
        self.values.update({item.clauses[-1] for item in (*several, *answers) if item.clauses})


def silences(cases: Iterable[Case], language: Version) -> Silences:
    """Where the documents of that version say nothing of these cases."""
    found = Silences()
    for case in cases:
        found.add(predict(case, language))
    return found


class Masked(msgspec.Struct):
    """Of the facts that the documents decide, how many are left open by what is known of an implementation.

    A further fault of that implementation in one of them would go unseen. ``clauses`` counts them by the clause that
    gives them.
    """

    facts: int = 0
    open: int = 0
    clauses: Counter[str] = msgspec.field(default_factory=Counter)

    def add(self, prediction: Prediction, known: Prediction | None) -> None:
        """Count one case."""
        decided = {key: item for key, item in prediction.facts.items() if isinstance(item, Exactly)}
        self.facts += len(decided)
        if known is None:
            return
        for key, item in decided.items():
            if any(_is_open(world, key) for world in known.worlds):
                self.open += 1
                self.clauses[item.clauses[-1]] += 1


def masked(cases: Iterable[Case], language: Version, otherwise: frozenset[Departure]) -> Masked:
    """What these departures would hide in these cases."""
    found = Masked()
    for case in cases:
        prediction = predict(case, language)
        found.add(prediction, predict(case, language, otherwise) if may_take(prediction, otherwise) else None)
    return found


def _is_open(world: World, key: str) -> bool:
    """Whether the world does not say what the fact is: an endless one says nothing, and hides nothing."""
    held: Expected | None = world.facts.get(key)
    if world.ending in UNFINISHED:
        return held is None or isinstance(held, Unspecified)
    return isinstance(held, Unspecified)


def _silent(world: World) -> set[str]:
    return {item.clauses[-1] for item in world.facts.values() if isinstance(item, Unspecified) and item.clauses}
