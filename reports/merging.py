"""From the shards of a run to the run: what its file would be had nobody divided it, byte for byte."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge as interleaved
from operator import attrgetter
from pathlib import Path
from typing import Final

import msgspec

from harness.model.case import Case, case_id
from harness.model.clauses import silent
from reports.differing import Differences
from reports.gathering import Findings, Text, untold
from reports.groups import Group
from reports.policies import Policies
from reports.reading import Reading
from reports.records import Aim, ExpectationRecord, Footer, Header, Line, Shares, Step
from reports.runfile import RunFileError
from reports.samples import Shrink
from reports.shards import part

FEW: Final = 8
"""How many missing shards are named."""


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


def missing(shards: Sequence[Reading]) -> tuple[str, ...]:
    """The shards of the run that are not among these: ``2/4``. A whole run lacks none, and so does a lone shard.

    Raises:
        RunFileError: one of them is no shard of the same run as the first, or is there twice.
    """
    first = shards[0]
    _, count = part(first.header.arguments.shard)
    seen: dict[int, Path] = {}
    for other in shards:
        shard = other.header.arguments.shard
        index, parts = part(shard)
        for difference in differences(first.header, other.header):
            raise RunFileError(other.path, f"expected a shard of the run in {first.path}: {difference}")
        if parts != count:
            raise RunFileError(other.path, f"expected a shard of the run in {first.path}: it is one of {parts} parts")
        if index in seen:
            raise RunFileError(other.path, f"expected another shard than {shard or 'the whole run'} in {seen[index]}")
        seen[index] = other.path
    return tuple(f"{index}/{count}" for index in range(1, count + 1) if index not in seen)


def few(names: Sequence[str]) -> str:
    """Some of these names, and how many others there are."""
    return ", ".join([*names[:FEW], *([f"and {len(names) - FEW:,} more"] if len(names) > FEW else [])])


def lacking(shards: Sequence[Reading], absent: Sequence[str]) -> Iterator[str]:
    """What the sum of these shards, which were read, lacks of the run; ``absent`` are those that are missing."""
    alone = len(shards) == 1
    if absent and not alone:
        yield f"shard {few(absent)}"
    for shard in shards:
        name = f"shard {shard.header.arguments.shard}" if shard.header.arguments.shard else "the run"
        if shard.unreached and not alone:
            yield f"the rest of {name}: {shard.unreached}"
        if shard.flaw:
            yield f"records of {name}: {shard.flaw}"


def merged(shards: Sequence[Reading], text: Text = untold) -> Iterator[Line]:
    """The lines of the run, whose shards these are. Where one of them has no end, neither has the run.

    ``text`` says what happens with a departure.

    Raises:
        RunFileError: they were made with other expectations, or cannot be read to their ends.
    """
    header = shards[0].header
    yield msgspec.structs.replace(header, arguments=msgspec.structs.replace(header.arguments, shard=""))
    findings = Findings([clause.id for clause in header.clauses], silent(header.clauses))
    refuted: dict[int, set[str]] = {}
    for item in interleaved(*(shard.groups() for shard in shards), key=attrgetter("number")):
        group = told_once(item, refuted)
        findings.take(group)
        yield from group.lines
    yield from findings.lines(told(step for shard in shards for step in shard.steps), text)
    policies = Policies()
    for shard in shards:
        policies.add(shard.policies)
    yield from policies.lines()
    differing = Differences()
    for shard in shards:
        differing.add(shard.differences)
    yield from differing.lines()
    yield from _expectations(shards)
    footers = [shard.footer for shard in shards if shard.footer is not None]
    if len(footers) == len(shards):
        yield _footer(footers)


def told_once(group: Group, refuted: dict[int, set[str]]) -> Group:
    """The lines about a case, of which those before it told what is ``refuted`` already."""
    records = []
    for record in group.records:
        before = refuted.setdefault(record.implementation, set())
        new = tuple(item for item in record.refuted if item not in before)
        before.update(new)
        records.append(record if new == record.refuted else msgspec.structs.replace(record, refuted=new))
    return msgspec.structs.replace(group, records=tuple(records))


def told(steps: Iterable[Step]) -> Shrink:
    """Gives the smaller cases that shards tell of a case, of the departures that it shows."""
    known: dict[tuple[str, int, Aim], list[Step]] = {}
    for step in steps:
        known.setdefault((step.first, step.implementation, step.aim), []).append(step)

    def shrink(case: Case, place: int, aim: Aim) -> Sequence[Step]:
        return known.get((case_id(case), place, aim), ())

    return shrink


def _expectations(shards: Sequence[Reading]) -> Iterator[ExpectationRecord]:
    """Those of all shards together; none where one of them was stopped and tells of none."""
    first, *rest = shards
    for other in rest:
        bare = [list(map(_bare, item.expectations)) for item in (other, first)]
        if all(bare) and bare[0] != bare[1]:
            raise RunFileError(other.path, f"expected a shard of the run in {first.path}: its expectations are others")
    for columns in zip(*(shard.expectations for shard in shards), strict=False):
        yield msgspec.structs.replace(
            columns[0],
            happened=sum(item.happened for item in columns),
        )


def _bare(item: ExpectationRecord) -> ExpectationRecord:
    return msgspec.structs.replace(item, happened=0)


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
        tuple(sorted({item for footer in footers for item in footer.changed})),
    )


def _labels(header: Header) -> str:
    return ", ".join(item.label for item in header.implementations)
