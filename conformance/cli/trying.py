"""From a finding to a program that was tried on those who were asked."""

import contextlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence

import msgspec

from conformance.catalogue import catalogue
from conformance.catalogue.sections import linked
from conformance.cli.cases import clause_of, suspected
from conformance.engine import Ground
from conformance.reproducing import Asked, Investigated, Run, investigated, runner, showing
from harness.diff import Verdict
from harness.model.clauses import Clause
from harness.run import AdapterError, Implementation
from harness.run import environment as built
from reports import Finding, Header, Summary


def tried(
    summary: Summary, ground: Ground, implementations: Sequence[Implementation], stopped: Callable[[], bool]
) -> Mapping[int, str]:
    """By its number the text of a program that shows a finding which no expectation names; no more after a stop.

    Each ends with 1 on who departs, and with 0 on those beside him who do as documented; where none does it is empty.
    """
    found: dict[int, str] = {}
    for number, finding in enumerate(summary.findings, 1):
        if stopped():
            break
        if finding.verdict is not Verdict.KNOWN:
            with contextlib.suppress(AdapterError):  # the run has ended, and stands
                program = _program(summary, finding, ground, implementations, stopped)
                if program or not stopped():
                    found[number] = program
    return found


def traced(
    header: Header, finding: Finding, places: Sequence[int], asked: Asked, present: Sequence[Implementation], run: Run
) -> tuple[int, Clause, Investigated | None]:
    """Who of those at ``places`` shows the finding, else the first; its clause in his version; and what is found there.

    It is nothing where nobody shows it.
    """
    suspicion = suspected(header, finding)
    seen = showing(suspicion, places, asked)
    at = places[0] if seen is None else seen
    clause = linked(clause_of(header, finding), present[at].identity.language)
    wanted = msgspec.structs.replace(suspicion, clause=clause)
    return at, clause, investigated(wanted, at, asked, present, catalogue(), run)


def _program(
    summary: Summary,
    finding: Finding,
    ground: Ground,
    implementations: Sequence[Implementation],
    stopped: Callable[[], bool],
) -> str:
    asked = Asked(finding.minimal, ground)
    run = runner(ground.workspace, built(os.environ), sys.executable, stopped)
    places = [int(place) for place in finding.cases]
    _, _, told = traced(summary.header, finding, places, asked, implementations, run)
    return told.reproducer.text if told is not None and told.reproducer is not None else ""
