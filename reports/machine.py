"""A summary as JSON."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from harness.diff import Divergence, Verdict
from harness.model.case import Case
from harness.model.codec import encode
from harness.model.observation import Observation
from harness.model.prediction import Prediction
from harness.model.versions import Version, dotted
from reports.alone import Alone, difference_alone, expectation_alone, finding_alone, passed_alone, policy_alone
from reports.columns import Column
from reports.records import Arguments, Footer, Header
from reports.tally import Summary, Tally

MACHINE_SCHEMA: Final = 1
"""The version of what ``run --json`` and ``report --json`` write."""


class _Counted(msgspec.Struct, frozen=True):
    label: str
    name: str
    version: str
    language: str
    lacks: tuple[str, ...]
    wanting: tuple[str, ...]
    unclassified: tuple[str, ...]
    cases: int
    verdicts: dict[str, int]
    facts: int
    clauses: int
    silent: int
    unsupported: int
    differences: int
    diverging: dict[str, int]
    reasons: dict[str, int]


class _Machine(msgspec.Struct, frozen=True):
    schema: int
    suite: str
    seed: int
    arguments: Arguments
    complete: bool
    news: bool
    implementations: tuple[_Counted, ...]
    findings: tuple[Alone, ...]
    unexpected: tuple[Alone, ...]
    policies: tuple[Alone, ...]
    differences: tuple[Alone, ...]
    expectations: tuple[Alone, ...]
    footer: Footer | None


def summary_json(summary: Summary) -> bytes:
    """The summary, indented; it names clauses and implementations and can be read alone."""
    header = summary.header
    diverging = summary.diverging
    counted = tuple(_counted(header, place, tally, diverging[place]) for place, tally in enumerate(summary.tallies))
    found = _Machine(
        MACHINE_SCHEMA, header.suite, header.seed, header.arguments, summary.complete, summary.news, counted,
        tuple(finding_alone(header, number, item, summary.linked) for number, item in enumerate(summary.findings, 1)),
        tuple(passed_alone(header, item) for item in summary.unexpected),
        tuple(policy_alone(header, item) for item in summary.policies),
        tuple(difference_alone(header, item) for item in summary.differences),
        tuple(expectation_alone(header, item) for item in summary.expectations),
        summary.footer,
    )  # fmt: skip
    return msgspec.json.format(encode(found), indent=1) + b"\n"


class _Replayed(msgspec.Struct, frozen=True):
    label: str
    language: Version
    verdict: Verdict
    prediction: Prediction
    observation: Observation
    divergences: tuple[Divergence, ...]
    explained: tuple[tuple[str, ...], ...]
    weakly: tuple[str, ...]


class _Replay(msgspec.Struct, frozen=True):
    case: Case
    implementations: tuple[_Replayed, ...]


def replay_json(case: Case, columns: Sequence[Column]) -> bytes:
    """One case with every prediction, observation and divergence, indented."""
    replayed = tuple(
        _Replayed(
            item.label,
            item.language,
            item.verdict,
            item.prediction,
            item.observation,
            item.judgement.divergences,
            item.explained,
            item.weakly,
        )
        for item in columns
    )
    return msgspec.json.format(encode(_Replay(case, replayed)), indent=1) + b"\n"


def _counted(header: Header, place: int, tally: Tally, diverging: Counter[int]) -> _Counted:
    implementation = header.implementations[place]
    return _Counted(
        implementation.label,
        implementation.name,
        implementation.version,
        dotted(implementation.language),
        implementation.lacks,
        implementation.wanting,
        implementation.unclassified,
        tally.cases,
        {verdict.value: tally.verdicts[verdict] for verdict in Verdict if tally.verdicts[verdict]},
        tally.facts,
        len(tally.clauses),
        tally.silent,
        tally.unsupported,
        tally.differences,
        {header.clauses[clause].id: count for clause, count in sorted(diverging.items())},
        dict(tally.reasons),
    )
