"""The one place where values are compared.

An observation fits a world as a whole or not at all. Where it fits none, it is told from the nearest one. A case that
leaves the documented course (another event, another exception, another outcome) leaves a state that differs in many
facts: only the first fact of the course is a divergence then. If the course agrees, each fact of the final state that
differs is a divergence of its own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from harness.diff.fitting import Fit, all_fits, answers_of, seen_of
from harness.diff.judgement import Divergence, Judgement, Verdict
from harness.model.departure import Departure
from harness.model.observation import Observation, too_many_events
from harness.model.prediction import (
    ANOTHER,
    UNFINISHED,
    Expected,
    Prediction,
    Unspecified,
    World,
    allowed,
)
from harness.model.values import UNOBSERVED, Value, kind, same

_NAMED = re.compile(
    r"(?<=^module/)[^/]+|(?:(?<=binding/)|(?<=value/)).+?(?=/(?:spec\.|value/|names$|__[a-z]+__$)|$)|(?<=trace/)\d+"
)
FALLBACK: Final = ("scope.statements-in-order",)
"""The clauses of a fact that nothing but the order of statements decides."""

_TYPES: Final = frozenset({"outcome", "exception/type", "exception/cause", "exception/context"})
"""The facts that have one of few values."""

_OUTCOMES: Final = ("completed", "raised")
"""The outcomes a program can have at all."""


def judge(prediction: Prediction, observation: Observation, known: Prediction | None = None) -> Judgement:
    """What the observation says of the implementation that made it, by the documents.

    ``known`` is what else is to be expected of that implementation: the worlds in which it makes the departures that
    are known of it. What departs as such a world begins, and goes on where that one is silent, is unspecified: nothing
    is said of it, and it is not known as a whole. Nor is it a pass where all that the documents say is how it begins.
    """
    match observation.outcome:
        case ("fault", reason):
            return Judgement(Verdict.HARNESS_FAULT, reason=str(reason))
        case ("unsupported", reason) if _unasked(prediction, observation):
            return Judgement(Verdict.UNSUPPORTED, reason=str(reason))
        case _:
            pass
    fits = all_fits(prediction.worlds, observation)
    conforming = list(_told_apart([fit.world for fit in fits if not fit.differing]))
    expected = all_fits(known.worlds, observation) if known is not None else []
    fitting = [fit.world for fit in expected if not fit.differing]
    if conforming:
        if expected and not fitting and any(world.ending not in UNFINISHED for world in conforming):
            made = [departure for fit in expected for departure in fit.world.taken]
            return _judgement(prediction, observation, conforming, Verdict.UNEXPECTED_PASS, taken=made)
        verdict = _conforming(prediction, conforming, observation)
        return _judgement(prediction, observation, [*conforming, *fitting], verdict)
    whole = [world for world in fitting if world.ending not in UNFINISHED]
    if fitting and not whole:
        return _judgement(prediction, observation, fitting, Verdict.UNSPECIFIED, taken=fitting[0].taken)
    told = fits if whole else [*fits, *(fit for fit in expected if fit.differing)]
    nearest = min(told, key=lambda fit: fit.distance)
    divergences = tuple(_divergence(key, nearest, told, prediction, observation) for key in nearest.roots)
    verdict = Verdict.KNOWN if whole else Verdict.DIVERGES
    worlds = sorted(fitting, key=lambda world: world.ending in UNFINISHED) if whole else [nearest.world]
    return _judgement(prediction, observation, worlds, verdict, divergences, worlds[0].taken)


def fits(world: World, observation: Observation) -> bool:
    """Whether the observation is that world as a whole, or its beginning where no more of it is predicted."""
    return not all_fits((world,), observation)[0].differing


def can_show(prediction: Prediction, signature: str) -> bool:
    """Whether some fact of the prediction could differ with that signature, if it were observed so."""
    facts = (fact for world in prediction.worlds for fact in world.facts.items())
    return any(signature.startswith(_wanted(key, item)) for key, item in facts)


def _told_apart(worlds: Sequence[World]) -> Iterator[World]:
    """The worlds but for those that take ANOTHER option on a question where one of them takes a certain one."""
    taken = {(item.clause, item.situation) for world in worlds for item in world.answers if item.option != ANOTHER}
    for world in worlds:
        if not any(item.option == ANOTHER and (item.clause, item.situation) in taken for item in world.answers):
            yield world


def _unasked(prediction: Prediction, observation: Observation) -> bool:
    """Whether a case that is unsupported could not be asked.

    More events than are observed are an answer, unless all that is predicted is how they begin, and they begin so.
    """
    if observation.outcome != too_many_events():
        return True
    silent = all(world.ending in UNFINISHED for world in prediction.worlds)
    return silent and any(fits(world, observation) for world in prediction.worlds)


def _conforming(prediction: Prediction, worlds: Sequence[World], observation: Observation) -> Verdict:
    """Whether it is the usual world, or one that takes another of the choices the documents leave."""
    first = prediction.worlds[0].answers
    usual = {(item.clause, item.situation): item.option for item in first if item.choice}
    chosen = [
        item for item in worlds[0].answers if usual.get((item.clause, item.situation), item.option) != item.option
    ]
    other = (
        seen_of(observation, key) != UNOBSERVED and not same(item.values[0], seen_of(observation, key))
        for key, item in worlds[0].choices
    )
    return Verdict.ALLOWED if chosen or any(other) else Verdict.CONFORMS


def _judgement(
    prediction: Prediction,
    observation: Observation,
    worlds: Sequence[World],
    verdict: Verdict,
    divergences: tuple[Divergence, ...] = (),
    taken: Sequence[Departure] = (),
) -> Judgement:
    """What is counted of an observation that fits these worlds, or is told from the first of them.

    An answer to an open question counts only where all of them agree on it.
    """
    facts = worlds[0].facts
    masked = UNOBSERVED in observation.facts.values()
    unseen = [key for key in facts if seen_of(observation, key) == UNOBSERVED] if masked else []
    silent = [key for key in facts.keys() - unseen if isinstance(facts[key], Unspecified)]
    agreed = [answer for answer in worlds[0].answers if all(answer in world.answers for world in worlds[1:])]
    agreed += dict.fromkeys(answer for _, answer in answers_of(worlds[0], observation))
    return Judgement(
        verdict,
        facts=len(facts) - len(silent) - len(unseen),
        silent=len(silent),
        unsupported=len(unseen),
        clauses=tuple(sorted(prediction.clauses())),
        divergences=divergences,
        unspecified=prediction.open_facts(),
        answers=() if verdict is Verdict.DIVERGES else tuple(sorted(agreed)),
        taken=tuple(sorted({str(item) for item in taken})),
        excess=prediction.excess,
    )


def _divergence(
    key: str, nearest: Fit, told: Sequence[Fit], prediction: Prediction, observation: Observation
) -> Divergence:
    """How the observation differs in that fact; what is allowed there comes from all worlds that it could be in."""
    expected = nearest.world.facts.get(key, Unspecified(FALLBACK))
    seen = seen_of(observation, key)
    shown = _shape(key, seen)
    if key.startswith("trace/") and observation.outcome == "raised":
        shown = f"{shown}, raised {observation.facts.get('exception/type')}"
    everything = [world.facts.get(key) for world in prediction.worlds]
    near = [fit.world.facts.get(key) for fit in told if key in fit.roots]
    values = _values(everything)
    if not values or any(same(value, seen) for value in values):
        values = _values(near)
    return Divergence(key, expected.clauses, values or _OUTCOMES, seen, f"{_wanted(key, expected)}{shown}")


def _values(expected: Iterable[Expected | None]) -> tuple[Value, ...]:
    """All values that are allowed, each once."""
    found: list[Value] = []
    for value in (value for item in expected if item is not None for value in allowed(item)):
        if not any(same(value, other) for other in found):
            found.append(value)
    return tuple(found)


def _wanted(key: str, expected: Expected) -> str:
    """How the signatures of all divergences from an expected fact begin."""
    wanted = _shape(key, (allowed(expected) or _OUTCOMES)[0])
    return f"{expected.clauses[-1]} · {_NAMED.sub('*', key)} · {wanted} → "


def _shape(key: str, value: Value) -> str:
    """The value itself where it is one of few (an outcome, an exception's type), its kind elsewhere."""
    if key in _TYPES or isinstance(value, bool):
        return str(value[0]) if isinstance(value, tuple) else str(value)
    return kind(value)
