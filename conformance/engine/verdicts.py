"""From the answers of all implementations to one case to what is said of each: the one table of verdicts."""

from collections.abc import Sequence

import msgspec

from conformance.catalogue import Expectation
from conformance.engine.predictions import Predicted
from harness.diff import Divergence, Judgement, Verdict
from harness.model.observation import Identity, Observation
from harness.model.values import ABSENT, UNOBSERVED, Value, same
from harness.model.versions import line

JUDGED = frozenset({Verdict.CONFORMS, Verdict.ALLOWED, Verdict.DIVERGES, Verdict.KNOWN, Verdict.UNEXPECTED_PASS})
"""The verdicts of a judgement that was made, as opposed to one that could not be."""


_COMPARED = JUDGED - {Verdict.DIVERGES}
"""The verdicts of those who are compared where the documents are silent."""


class Answer(msgspec.Struct, frozen=True):
    """What one implementation did with a case, and what the comparison says of it.

    ``expected`` are the expectations of that implementation for its version of the language.
    """

    identity: Identity
    predicted: Predicted
    observation: Observation
    judgement: Judgement
    expected: tuple[Expectation, ...] = ()


class Finding(msgspec.Struct, frozen=True):
    """A divergence; ``reason`` is why it is expected, if it is, ``suspect`` whether every implementation shows it."""

    divergence: Divergence
    reason: str
    suspect: bool


class Ruling(msgspec.Struct, frozen=True):
    """What is finally said of one implementation.

    ``differences`` are the facts on which the documents are silent and implementations differ; ``silences`` are the
    clauses that say about what they are silent.
    """

    verdict: Verdict
    judgement: Judgement
    findings: tuple[Finding, ...]
    differences: dict[str, Value]
    silences: tuple[str, ...] = ()


def rule(answers: Sequence[Answer]) -> tuple[Ruling, ...]:
    """What is said of each implementation, in the order of ``answers``, which are all about one case."""
    shared = _shared(answers)
    differences = _differences(answers)
    return tuple(_rule(answer, shared, found) for answer, found in zip(answers, differences, strict=True))


def reasons(expected: Sequence[Expectation], taken: Sequence[str]) -> str:
    """Why these departures are expected, a line a reason."""
    return "\n".join(dict.fromkeys(entry.reason for entry in expected if str(entry.taken) in taken))


def _rule(answer: Answer, shared: frozenset[tuple[str, str]], differences: dict[str, Value]) -> Ruling:
    judgement = answer.judgement
    known = reasons(answer.expected, judgement.taken) if judgement.verdict is Verdict.KNOWN else ""
    findings = tuple(
        Finding(item, known, not known and (item.fact, repr(item.seen)) in shared) for item in judgement.divergences
    )
    facts = answer.predicted.documents.facts if differences else {}
    silences = tuple(dict.fromkeys(facts[fact].clauses[-1] for fact in differences))
    return Ruling(_verdict(judgement, findings, differences), judgement, findings, differences, silences)


def _verdict(judgement: Judgement, findings: tuple[Finding, ...], differences: dict[str, Value]) -> Verdict:
    if judgement.verdict is Verdict.DIVERGES:
        return Verdict.DOCS_SUSPECT if all(finding.suspect for finding in findings) else Verdict.DIVERGES
    if judgement.verdict in {Verdict.CONFORMS, Verdict.ALLOWED} and differences:
        return Verdict.UNSPECIFIED
    return judgement.verdict


def _shared(answers: Sequence[Answer]) -> frozenset[tuple[str, str]]:
    """The departures on which at least three implementations of more than one kind were judged and all agree.

    Values are told apart by their repr: True is not 1.
    """
    judged = [answer for answer in answers if answer.judgement.verdict in JUDGED]
    kinds = {(answer.identity.name, line(answer.identity.language)) for answer in judged}
    if len(judged) < 3 or len(kinds) < 2:  # noqa: PLR2004 - the rule itself
        return frozenset()
    departures = [frozenset((item.fact, repr(item.seen)) for item in answer.judgement.divergences) for answer in judged]
    return frozenset.intersection(*departures)


def _differences(answers: Sequence[Answer]) -> list[dict[str, Value]]:
    """For each implementation its value of the facts on which its documents are silent and implementations differ.

    One that diverges is not compared: what it does after that follows from that.
    """
    seen: dict[str, dict[int, Value]] = {}
    compared = {place: answer for place, answer in enumerate(answers) if answer.judgement.verdict in _COMPARED}
    for place, answer in compared.items() if len(compared) > 1 else ():
        for key in answer.judgement.unspecified:
            if not same(value := answer.observation.facts.get(key, ABSENT), UNOBSERVED):
                seen.setdefault(key, {})[place] = value
    differing = {key: values for key, values in seen.items() if len({repr(item) for item in values.values()}) > 1}
    return [
        {key: values[place] for key, values in differing.items() if place in values} for place in range(len(answers))
    ]
