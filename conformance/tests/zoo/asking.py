"""Runs the engine on a fake."""

import functools
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from conformance.catalogue import Vector, catalogue, expectations
from conformance.engine import Crew, Engine, Ground, Plan, Predictions, Timing, table
from conformance.tests.zoo.building import Fault, built
from generators import generate
from harness.diff import Verdict
from harness.model.case import Case
from harness.oracle import predict
from harness.run import Implementation, Limits, Workspace, connect, environment, find
from reports import Finding, Record
from reports.records import Policy


class Told(msgspec.Struct, frozen=True):
    """What a run says of a fake: records by the names of the vectors, answers to open questions, findings."""

    records: dict[str, list[Record]]
    policies: tuple[Policy, ...] = ()
    findings: tuple[Finding, ...] = ()

    def causes(self) -> list[str]:
        """What the findings are that no expectation names, each by its cause."""
        return [item.signature for item in self.findings if item.verdict is not Verdict.KNOWN]

    def verdicts(self) -> dict[str, set[Verdict]]:
        """The verdicts on each vector, and on what was generated."""
        return {origin: {record.verdict for record in records} for origin, records in self.records.items()}

    def diverging(self) -> set[str]:
        """The clauses of what diverges and no expectation names."""
        clauses = tuple(catalogue())
        departures = (item for records in self.records.values() for record in records for item in record.departures)
        return {clauses[at] for item in departures if not item.expectation for at in item.clauses}

    def inconsistent(self) -> set[str]:
        """The open questions that have two answers in like situations."""
        clauses = tuple(catalogue())
        return {clauses[item.clause] for item in self.policies if not item.consistent}


def asked(
    fault: Fault | None, directory: Path, vectors: Iterable[Vector], *, examples: int = 0, limits: Limits
) -> Told:
    """Run ``vectors``, and then ``examples`` generated cases, on a fake in ``directory``."""
    fake = identified(built(directory / "fake", fault), directory, limits)
    plan = Plan(tuple(vectors), lambda: iter(_generated(examples)), examples)
    with Workspace() as workspace, _ground(fake, workspace, limits) as ground:
        records: dict[str, list[Record]] = {}
        policies: list[Policy] = []
        findings: list[Finding] = []
        for line in Engine(ground, plan).lines():
            if isinstance(line, Record):
                records.setdefault(line.origin, []).append(line)
            elif isinstance(line, Policy):
                policies.append(line)
            elif isinstance(line, Finding):
                findings.append(line)
    return Told(records, tuple(policies), tuple(findings))


@functools.cache
def _generated(examples: int) -> tuple[Case, ...]:
    """So many generated cases: the same for every fake."""
    return tuple(generate(seed=0, examples=examples))


_remembered: Final = functools.cache(predict)
"""What a case does with some departures: one fake after the other is asked the same."""


def identified(command: Path, directory: Path, limits: Limits) -> Implementation:
    """The implementation behind ``command``; what is written meanwhile lies in ``directory``.

    Raises:
        AdapterError: there is none.
    """
    with Workspace(directory) as workspace:
        found = find([str(command)], workspace, environment=environment(os.environ), limits=limits)
    return found.implementations[0]


@contextmanager
def _ground(fake: Implementation, workspace: Workspace, limits: Limits) -> Iterator[Ground]:
    surroundings = environment(os.environ)
    crew = Crew(
        fake.identity,
        lambda mode: connect(fake, workspace, environment=surroundings, limits=limits, mode=mode),
    )
    named = tuple(item for item in expectations("cpython") if item.applies(fake.identity.language))
    try:
        yield Ground(workspace, (crew,), Predictions(_remembered), (named,), table(catalogue()), Timing(time.monotonic))
    finally:
        crew.close()
