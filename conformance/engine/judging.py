"""From observations to judgements that were confirmed."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Final

import msgspec

from conformance.engine.crews import Crew
from conformance.engine.judgements import Judge
from conformance.engine.predictions import Predicted
from harness.diff import Divergence, Judgement, Verdict
from harness.model.observation import Observation
from harness.model.saying import agreed, warned
from harness.model.values import Value, same
from harness.run import Placed
from reports.stating import about, allowed, told

WARM: Final = 2
COLD: Final = 1
"""A difference counts after that many agreeing re-runs: as the case was run before, and in a fresh process.

One that expectations name counts against nobody, and is repeated once.
"""


_WARNINGS: Final = "warnings"
"""The fact of what is warned of."""


class Pending(msgspec.Struct, frozen=True):
    """A judgement that is perhaps still to be confirmed: ``again`` are the re-runs under way."""

    observation: Observation
    judgement: Judgement
    again: tuple[Future[list[Observation | None]], ...] = ()


class Asked(msgspec.Struct, frozen=True):
    """A case by the ``place`` where it can be repeated; who is asked, and what is predicted of it."""

    place: Callable[[], Placed]
    crew: Crew
    predicted: Predicted


def begin(asked: Asked, observation: Observation, judge: Judge = Predicted.judge) -> Pending:
    """Judge an observation, and start the re-runs if it is not what is predicted."""
    judgement = judge(asked.predicted, observation)
    if judgement.verdict not in {Verdict.DIVERGES, Verdict.KNOWN, Verdict.UNEXPECTED_PASS}:
        return Pending(observation, judgement)
    known = judgement.verdict is Verdict.KNOWN
    again = asked.crew.repeat(asked.place, warm=1 if known else WARM, cold=0 if known else COLD)
    return Pending(observation, judgement, tuple(again))


def finish(predicted: Predicted, pending: Pending) -> Judgement | None:
    """The judgement when every re-run agrees; FLAKY otherwise, none where a re-run was left undone."""
    repeats = [item for future in pending.again for item in future.result()]
    made = [item for item in repeats if item is not None]
    if len(made) < len(repeats):
        return None
    return speaking(confirmed(predicted, pending.judgement, made), [pending.observation, *made])


def speaking(judgement: Judgement, observations: Sequence[Observation]) -> Judgement:
    """The same, with what the processes said each time where they ended without an answer, or warned of unduly."""
    said = agreed(observations)
    told = tuple(
        msgspec.structs.replace(item, said=said or _unduly(item, observations)) for item in judgement.divergences
    )
    return msgspec.structs.replace(judgement, divergences=told)


def _unduly(divergence: Divergence, observations: Sequence[Observation]) -> str:
    """What warnings say of a category that is not expected, if it is those that differ."""
    if divergence.fact != _WARNINGS:
        return ""
    expected = (name for value in divergence.expected if isinstance(value, tuple) for name in value[1:])
    return warned(observations, frozenset(expected))


def confirmed(predicted: Predicted, first: Judgement, repeats: Sequence[Observation]) -> Judgement:
    """``first`` when every re-run gives the same verdict and divergences; FLAKY otherwise, a fault if one failed."""
    for number, observation in enumerate(repeats, 1):
        again = predicted.judge(observation)
        if again.verdict is Verdict.HARNESS_FAULT:
            return again
        if again.verdict is not first.verdict or not same(_told(again), _told(first)):
            reason = _difference(first, again, f"re-run {number} of {len(repeats)}")
            return Judgement(Verdict.FLAKY, first.facts, first.silent, first.clauses, reason=reason)
    return first


def _told(judgement: Judgement) -> Value:
    """The divergences, as one value."""
    return tuple(msgspec.structs.astuple(item) for item in judgement.divergences)


def _otherwise(first: Judgement, again: Judgement) -> str:
    """What differs where all that departs was seen the same."""
    if first.verdict is not again.verdict:
        return f"{first.verdict.value}, then {again.verdict.value}"
    for item, other in zip(first.divergences, again.divergences, strict=False):
        if item.fact == other.fact and not same(item.expected, other.expected):
            was, then = (allowed(item.fact, values) for values in (item.expected, other.expected))
            return f"{about(item.fact)} was to be {was}, then {then}"
        if item.fact == other.fact and item != other:
            return f"{about(item.fact)} departs in another way"
    return "it departs in another way"


def _difference(first: Judgement, again: Judgement, which: str) -> str:
    if again.reason:
        return f"{which}: {again.reason}"
    before = {item.fact: item.seen for item in first.divergences}
    after = {item.fact: item.seen for item in again.divergences}
    kept = {key for key in before.keys() & after.keys() if same(before[key], after[key])}
    fact = next((key for key in (*before, *after) if key not in kept), "")
    if not fact:
        return f"{which}: {_otherwise(first, again)}"
    was, then = (told(fact, seen[fact]) if fact in seen else "as predicted" for seen in (before, after))
    return f"{which}: {about(fact)} was {was}, then {then}"
