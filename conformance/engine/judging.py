"""From observations to judgements that were confirmed."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Final

import msgspec

from conformance.engine.crews import Crew
from harness.diff import Judgement, Verdict, judge
from harness.model.observation import Observation
from harness.model.prediction import Prediction
from harness.run import Placed

WARM: Final = 2
COLD: Final = 1
"""A difference counts after that many agreeing re-runs: as the case was run before, and in a fresh process."""


class Pending(msgspec.Struct, frozen=True):
    """A judgement that is perhaps still to be confirmed: ``again`` are the re-runs under way."""

    observation: Observation
    judgement: Judgement
    again: tuple[Future[list[Observation | None]], ...] = ()


def begin(prediction: Prediction, observation: Observation, crew: Crew, placed: Placed) -> Pending:
    """Judge an observation, and start the re-runs if it differs from the prediction."""
    judgement = judge(prediction, observation)
    if judgement.verdict is not Verdict.DIVERGES:
        return Pending(observation, judgement)
    return Pending(observation, judgement, tuple(crew.repeat(placed, warm=WARM, cold=COLD)))


def finish(prediction: Prediction, pending: Pending) -> Judgement:
    """The judgement when every re-run agrees; FLAKY otherwise."""
    repeats = [item for future in pending.again for item in future.result()]
    return confirmed(prediction, pending.judgement, repeats)


def confirmed(prediction: Prediction, first: Judgement, repeats: Sequence[Observation | None]) -> Judgement:
    """``first`` when every re-run that was made shows the same divergences; FLAKY otherwise, a fault if one failed."""
    for number, observation in enumerate(repeats, 1):
        if observation is None:
            continue
        again = judge(prediction, observation)
        if again.verdict is Verdict.HARNESS_FAULT:
            return again
        if again.divergences != first.divergences:
            reason = _difference(first, again, f"re-run {number} of {len(repeats)}")
            return Judgement(Verdict.FLAKY, first.facts, first.clauses, reason=reason)
    return first


def _difference(first: Judgement, again: Judgement, which: str) -> str:
    if again.reason:
        return f"{which}: {again.reason}"
    before = {item.fact: item.seen for item in first.divergences}
    after = {item.fact: item.seen for item in again.divergences}
    fact = next(key for key in (*before, *after) if (key, before.get(key)) not in after.items() or key not in before)
    return f"{which}: {fact} was {before.get(fact, 'as predicted')!r}, then {after.get(fact, 'as predicted')!r}"
