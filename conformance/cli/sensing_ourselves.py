"""``sensitivity ourselves``: how many small faults of our own modules our tests notice."""

import os
from typing import Final

from conformance.cli.output import CommandError, Exit, remarks
from conformance.cli.progress import Progress
from conformance.cli.sampling import Sampling, Telling
from conformance.sensitivity.classes import CLASSES, Classes, read_classes
from conformance.sensitivity.departing import unnoticed
from conformance.sensitivity.figures import Report, complaints, entries, report
from conformance.sensitivity.ourselves import own_places
from conformance.sensitivity.own_faults import Ourselves, own_tried
from conformance.sensitivity.own_tables import own_complaints, own_report, own_view
from conformance.sensitivity.trials import JOBS
from harness.model.observation import Identity
from harness.oracle import departures
from harness.run import environment

OURSELVES: Final = "ourselves"
"""What is said in place of an interpreter."""

_WHO: Final = Identity(OURSELVES, "", (3, 11), ())
"""The classes of our own faults are always those of the version at hand."""


def measured_ourselves(ourselves: Ourselves, asked: Sampling, said: Classes, *, jobs: int = JOBS) -> Report:
    """What our tests notice of the faults that are asked for.

    Raises:
        CommandError: there are no such faults, or no tests.
        HarnessError: without a fault the tests do not pass.
    """
    if not all((ourselves.top / test).exists() for part in ourselves.parts for test in part.tests):
        raise CommandError("the tests of the suite are not there", "run it in a checkout, with what tests need")
    there = own_places(ourselves.top, ourselves.parts)
    drawn = asked.drawn(there)
    with Progress(remarks(), len(drawn), "faults of our own") as progress:
        tried = own_tried(ourselves, drawn, jobs=jobs, told=lambda _: progress.advance())
    return report(_WHO, asked.seed, there, entries(tried, said), said)


def show_ourselves(asked: Sampling, telling: Telling, *, jobs: int) -> Exit:
    """Measure ourselves, and which departures the vectors notice; say it, and whether it is good enough."""
    ourselves = Ourselves(environment(os.environ))
    faults = measured_ourselves(ourselves, asked, read_classes(CLASSES / f"{OURSELVES}.toml"), jobs=jobs)
    measured = own_report(faults, ourselves.parts, len(departures()), [str(item) for item in unnoticed()])
    wrong = [*complaints(faults, telling.floor, telling.least), *own_complaints(measured, telling.floor)]
    return telling.told(measured, own_view(measured), wrong)
