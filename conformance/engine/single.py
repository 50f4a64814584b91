"""One case at a time, for whoever wants an answer now."""

from collections.abc import Sequence

import msgspec

from conformance.engine.execution import Ground
from conformance.engine.judging import Asked, begin, finish
from conformance.engine.verdicts import Answer, Ruling, rule
from harness.diff import Verdict
from harness.model.case import Case, case_id


class Reply(msgspec.Struct, frozen=True):
    """The answer of one implementation to one case, and what is said of it."""

    answer: Answer
    ruling: Ruling


def replies(case: Case, ground: Ground) -> tuple[Reply, ...]:
    """What every implementation of ``ground`` does with ``case``; differences are confirmed as in a run."""
    placed = ground.workspace.place(case)
    try:
        identifier = case_id(case)
        asked = [crew.ask([placed]) for crew in ground.crews]
        pending = []
        for crew, expected, chunks in zip(ground.crews, ground.expected, asked, strict=True):
            observation = chunks[0].result()[0]
            prediction = ground.predictions.of(identifier, case, crew.identity.language)
            if observation is not None:
                pending.append((crew, prediction, begin(Asked(placed, crew, prediction, expected), observation)))
        answers = [
            Answer(crew.identity, prediction, item.observation, finish(prediction, item), ground.expected[place])
            for place, (crew, prediction, item) in enumerate(pending)
        ]
    finally:
        ground.workspace.discard([placed])
    return tuple(Reply(answer, ruling) for answer, ruling in zip(answers, rule(answers), strict=True))


def unexplained(replied: Sequence[Reply]) -> bool:
    """Whether anything diverges that no expectation names."""
    return any(reply.ruling.verdict in {Verdict.DIVERGES, Verdict.DOCS_SUSPECT} for reply in replied)
