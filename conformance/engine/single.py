"""One case at a time, for whoever wants an answer now."""

from collections.abc import Sequence

import msgspec

from conformance.catalogue import Class
from conformance.engine.answering import Ground, Replies, answers, predicted
from conformance.engine.asking import Asking
from conformance.engine.explaining import Explainer, Reasons
from conformance.engine.planning import Planned
from conformance.engine.predictions import Predicted
from conformance.engine.verdicts import Answer, Ruling, rule
from harness.diff import Verdict
from harness.model.case import Case, case_id
from reports.records import STORED


class Reply(msgspec.Struct, frozen=True):
    """The answer of one implementation to one case, and what is said of it."""

    answer: Answer
    ruling: Ruling
    reasons: Reasons


def replies(case: Case, ground: Ground) -> tuple[Reply, ...]:
    """What every implementation of ``ground`` does with ``case``; differences are confirmed as in a run."""
    planned = Planned(0, STORED, case_id(case), case)
    asking = Asking(ground.workspace, ground.crews)
    batch = asking.put([planned])
    try:
        predictions = predicted(ground, [planned])
        pending = Replies(asking, batch, asking.told(batch), predictions).begun(ground, Predicted.judge)
        found = answers(ground, [item for (item,) in predictions], [item for (item,) in pending])
    finally:
        asking.discard(batch)
    reasons = Explainer(ground.predictions.predict, ground.otherwise).of(case, found, refuting=False)
    ruled = rule(tuple(found.values()))
    return tuple(Reply(found[place], said, reasons[place]) for place, said in zip(found, ruled, strict=True))


def unexplained(replied: Sequence[Reply]) -> bool:
    """Whether anything diverges that no expectation names and classes, or does not that one names."""
    news = {Verdict.DIVERGES, Verdict.DOCS_SUSPECT, Verdict.UNEXPECTED_PASS}
    return any(reply.ruling.verdict in news or _unclassified(reply.answer) for reply in replied)


def _unclassified(answer: Answer) -> bool:
    """Whether it makes a departure that is expected and was not classed."""
    unclassified = {str(entry.taken) for entry in answer.expected if entry.kind is Class.UNCLASSIFIED}
    return not unclassified.isdisjoint(answer.judgement.taken)
