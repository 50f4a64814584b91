"""A program for each new finding of a run, tried on those who were asked."""

import contextlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence

import msgspec

from conformance.catalogue import catalogue
from conformance.catalogue.sections import linked
from conformance.cli.cases import clause_of, suspected
from conformance.engine import Ground
from conformance.reproducing import Asked, investigated, runner, showing
from harness.diff import Verdict
from harness.run import AdapterError, Implementation
from harness.run import environment as built
from reports import Finding, Summary


def tried(
    summary: Summary, ground: Ground, implementations: Sequence[Implementation], stopped: Callable[[], bool]
) -> Mapping[int, str]:
    """By its number the text of a program that shows a finding which no expectation names; no more after a stop.

    Each ends with 1 on who departs, and with 0 on those beside him who do as documented.
    """
    found: dict[int, str] = {}
    for number, finding in enumerate(summary.findings, 1):
        if stopped():
            break
        if finding.verdict is not Verdict.KNOWN:
            with contextlib.suppress(AdapterError):  # the run has ended, and stands
                found[number] = _program(summary, finding, ground, implementations, stopped)
    return {number: text for number, text in found.items() if text}


def _program(
    summary: Summary,
    finding: Finding,
    ground: Ground,
    implementations: Sequence[Implementation],
    stopped: Callable[[], bool],
) -> str:
    asked = Asked(finding.minimal, ground)
    suspicion = suspected(summary.header, finding)
    at = showing(suspicion, [int(place) for place in finding.cases], asked)
    if at is None:
        return ""
    clause = linked(clause_of(summary.header, finding), implementations[at].identity.language)
    run = runner(ground.workspace, built(os.environ), sys.executable, stopped)
    told = investigated(msgspec.structs.replace(suspicion, clause=clause), at, asked, implementations, catalogue(), run)
    return told.reproducer.text if told is not None and told.reproducer is not None else ""
