"""From the shards of a run to the run: what its file would be had nobody divided it, byte for byte."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge as interleaved
from operator import attrgetter
from pathlib import Path
from typing import TypeAlias

import msgspec

from harness.diff import Verdict
from harness.model.case import Case, case_id
from reports.gathering import Findings, Shrink
from reports.records import Departure, ExpectationRecord, Finding, Footer, Header, Line, Shares
from reports.runfile import Run, RunFileError

Shard: TypeAlias = tuple[Path, Run]
"""A run file and what it holds."""


def differences(header: Header, other: Header) -> Iterator[str]:
    """In what another run differs from that of ``header``, whatever the shard: ``its seed is 4, expected 3``."""
    names = ("schema", "suite", "seed")
    pairs = [(name, getattr(header, name), getattr(other, name)) for name in names]
    pairs += [
        (f"argument {name}", getattr(header.arguments, name), getattr(other.arguments, name))
        for name in header.arguments.__struct_fields__
        if name != "shard"
    ]
    pairs.append(("implementations", _labels(header), _labels(other)))
    for name, expected, found in pairs:
        if found != expected:
            yield f"its {name} is {found}, expected {expected}"
    if header.implementations != other.implementations and _labels(header) == _labels(other):
        yield "its implementations have other capabilities"
    if header.clauses != other.clauses:
        yield "its clauses are others"


def missing(shards: Sequence[Shard]) -> tuple[str, ...]:
    """The shards of the run that are not among these: ``2/4``. A whole run lacks none, and so does a lone shard.

    Raises:
        RunFileError: one of them is no shard of the same run as the first, or is there twice.
    """
    first, run = shards[0]
    seen: dict[str, Path] = {}
    for path, other in shards:
        shard = other.header.arguments.shard
        for difference in differences(run.header, other.header):
            raise RunFileError(path, f"expected a shard of the run in {first}: {difference}")
        if shard in seen:
            raise RunFileError(path, f"expected another shard than {shard or 'the whole run'} in {seen[shard]}")
        if _count(other) != _count(run):
            raise RunFileError(path, f"expected a shard of the run in {first}: it is one of {_count(other)} parts")
        seen[shard] = path
    count = _count(run)
    return tuple(name for number in range(1, count + 1) if count > 1 and (name := f"{number}/{count}") not in seen)


def merged(shards: Sequence[Shard]) -> Iterator[Line]:
    """The lines of the run, whose shards these are. Where one of them has no end, neither has the run.

    Raises:
        RunFileError: they were made with other expectations.
    """
    runs = [run for _, run in shards]
    header = runs[0].header
    yield msgspec.structs.replace(header, arguments=msgspec.structs.replace(header.arguments, shard=""))
    findings = Findings()
    for group in interleaved(*(run.groups for run in runs), key=attrgetter("number")):
        findings.take(group)
        yield from group.lines
    yield from findings.lines(smallest(finding for run in runs for finding in run.findings))
    yield from _expectations(shards)
    footers = [run.footer for run in runs if run.footer is not None]
    if len(footers) == len(runs):
        yield _footer(footers)


def smallest(findings: Iterable[Finding]) -> Shrink:
    """Gives the smaller cases that these findings have for the same first case."""
    known = {(item.verdict, item.signature, item.first): item for item in findings}

    def shrink(case: Case, _place: int, departure: Departure, verdict: Verdict) -> tuple[Case, Departure]:
        found = known.get((verdict, departure.signature, case_id(case)))
        if found is None:
            return case, departure
        return found.minimal, Departure(found.fact, found.clauses, found.expected, found.seen, found.signature)

    return shrink


def _expectations(shards: Sequence[Shard]) -> Iterator[ExpectationRecord]:
    """Those of all shards together; none where one of them was stopped and tells of none."""
    (first, run), *rest = shards
    for path, other in rest:
        if (
            other.expectations
            and run.expectations
            and list(map(_bare, other.expectations)) != list(map(_bare, run.expectations))
        ):
            raise RunFileError(path, f"expected a shard of the run in {first}: its expectations are others")
    for columns in zip(*(run.expectations for _, run in shards), strict=False):
        yield msgspec.structs.replace(
            columns[0],
            exercised=min(columns[0].enough, sum(item.exercised for item in columns)),
            happened=sum(item.happened for item in columns),
            failed=tuple(sorted({name for item in columns for name in item.failed})),
        )


def _bare(item: ExpectationRecord) -> ExpectationRecord:
    return msgspec.structs.replace(item, exercised=0, happened=0, failed=())


def _footer(footers: Sequence[Footer]) -> Footer:
    reasons: Counter[str] = Counter()
    for footer in footers:
        reasons.update(footer.reasons)
    return Footer(
        sum(footer.planned for footer in footers),
        sum(footer.executed for footer in footers),
        dict(sorted(reasons.items())),
        Shares(
            sum(footer.shares.generated for footer in footers),
            sum(footer.shares.completed for footer in footers),
            sum(footer.shares.raised for footer in footers),
        ),
        any(footer.interrupted for footer in footers),
    )


def _labels(header: Header) -> str:
    return ", ".join(item.label for item in header.implementations)


def _count(run: Run) -> int:
    """How many parts the run was divided into."""
    return int(run.header.arguments.shard.rpartition("/")[2] or 1)
