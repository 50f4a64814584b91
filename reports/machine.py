"""A summary as JSON."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from harness.diff import Divergence, Verdict
from harness.model.case import Case
from harness.model.codec import encode
from harness.model.observation import Observation
from harness.model.prediction import Prediction
from harness.model.versions import Version, dotted
from reports.records import Finding, Footer, Header, Policy, UnexpectedPass
from reports.sidebyside import Column
from reports.tally import Summary, Tally


class _Counted(msgspec.Struct, frozen=True):
    label: str
    language: str
    cases: int
    verdicts: dict[str, int]
    facts: int
    clauses: int
    silent: int
    differences: int
    diverging: dict[str, int]
    reasons: dict[str, int]


class _Machine(msgspec.Struct, frozen=True):
    seed: int
    complete: bool
    news: bool
    implementations: tuple[_Counted, ...]
    findings: tuple[Finding, ...]
    unexpected: tuple[UnexpectedPass, ...]
    policies: tuple[Policy, ...]
    footer: Footer | None


def summary_json(summary: Summary) -> bytes:
    """The summary, indented."""
    header = summary.header
    diverging = summary.diverging
    counted = tuple(_counted(header, place, tally, diverging[place]) for place, tally in enumerate(summary.tallies))
    found = _Machine(
        header.seed, summary.complete, summary.news, counted,
        tuple(summary.findings), summary.unexpected, tuple(summary.policies), summary.footer,
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
        dotted(implementation.language),
        tally.cases,
        {verdict.value: tally.verdicts[verdict] for verdict in Verdict if tally.verdicts[verdict]},
        tally.facts,
        len(tally.clauses),
        tally.silent,
        tally.differences,
        {header.clauses[clause].id: count for clause, count in sorted(diverging.items())},
        dict(tally.reasons),
    )
