"""One case at a time, for whoever wants an answer now."""

from collections.abc import Sequence

import msgspec

from conformance.engine.asking import Asking
from conformance.engine.execution import Ground
from conformance.engine.judging import Asked, begin, finish
from conformance.engine.planning import STORED, Planned
from conformance.engine.verdicts import Answer, Ruling, rule
from harness.diff import Verdict
from harness.model.case import Case, case_id


class Reply(msgspec.Struct, frozen=True):
    """The answer of one implementation to one case, and what is said of it."""

    answer: Answer
    ruling: Ruling


def replies(case: Case, ground: Ground) -> tuple[Reply, ...]:
    """What every implementation of ``ground`` does with ``case``; differences are confirmed as in a run."""
    planned = Planned(0, STORED, case_id(case), case)
    asking = Asking(ground.workspace, ground.crews)
    batch = asking.put([planned])
    try:
        told = asking.told(batch)
        place = asking.place(batch, told, 0)
        pending = []
        for crew, expected, (observation,) in zip(ground.crews, ground.expected, told.columns, strict=True):
            prediction = ground.predictions.of(planned.identifier, case, crew.identity.language)
            if observation is not None:
                pending.append((crew, prediction, begin(Asked(place, crew, prediction, expected), observation)))
        answers = [
            Answer(crew.identity, prediction, item.observation, judgement, ground.expected[at])
            for at, (crew, prediction, item) in enumerate(pending)
            if (judgement := finish(prediction, item)) is not None
        ]
    finally:
        asking.discard(batch)
    return tuple(Reply(answer, ruling) for answer, ruling in zip(answers, rule(answers), strict=True))


def unexplained(replied: Sequence[Reply]) -> bool:
    """Whether anything diverges that no expectation names."""
    return any(reply.ruling.verdict in {Verdict.DIVERGES, Verdict.DOCS_SUSPECT} for reply in replied)
