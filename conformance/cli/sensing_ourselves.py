"""``sensitivity ourselves``: how many small faults of our own modules our tests notice."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from conformance.cli.output import CommandError, Exit, remarks, write, write_file
from conformance.cli.progress import Progress
from conformance.sensitivity.classes import CLASSES, Classes, read_classes
from conformance.sensitivity.departing import unnoticed
from conformance.sensitivity.drawing import sample
from conformance.sensitivity.faults import Fault
from conformance.sensitivity.figures import Report, complaints, entries, report
from conformance.sensitivity.ourselves import own_places
from conformance.sensitivity.own_faults import Ourselves, own_tried
from conformance.sensitivity.own_tables import own_complaints, own_report, own_view
from harness.model.codec import encode
from harness.model.observation import Identity
from harness.oracle import departures
from harness.run import environment

OURSELVES: Final = "ourselves"
"""What is said in place of an interpreter."""

_WHO: Final = Identity(OURSELVES, "", (3, 11), ())
"""The classes of our own faults are always those of the version at hand."""


class Asked(msgspec.Struct, frozen=True):
    """What is drawn and how: so many faults by the seed, of these modules alone if there are any, or these faults."""

    sample: int
    seed: int
    modules: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    jobs: int = 2
    floor: float | None = None


def measured_ourselves(ourselves: Ourselves, asked: Asked, said: Classes) -> Report:
    """What our tests notice of the faults that are asked for.

    Raises:
        CommandError: there are no such faults, or no tests.
        HarnessError: without a fault the tests do not pass.
    """
    if not all((ourselves.top / test).exists() for part in ourselves.parts for test in part.tests):
        raise CommandError("the tests of the suite are not there", "run it in a checkout, with what tests need")
    there = own_places(ourselves.top, ourselves.parts)
    drawn = _drawn(there, asked)
    with Progress(remarks(), len(drawn), "faults of our own") as progress:
        tried = own_tried(ourselves, drawn, jobs=asked.jobs, told=lambda _: progress.advance())
    return report(_WHO, asked.seed, there, entries(tried, said), said)


def show_ourselves(asked: Asked, out: Path | None, *, as_json: bool) -> Exit:
    """Measure ourselves, and which departures the vectors notice; say it, and whether it is good enough."""
    ourselves = Ourselves(environment(os.environ))
    faults = measured_ourselves(ourselves, asked, read_classes(CLASSES / f"{OURSELVES}.toml"))
    measured = own_report(faults, ourselves.parts, len(departures()), [str(item) for item in unnoticed()])
    data = encode(measured) + b"\n"
    if out is not None:
        write_file(out, data)
    write(data if as_json else "".join(f"{line}\n" for line in own_view(measured)))
    wrong = [*complaints(faults, asked.floor), *own_complaints(measured, asked.floor)]
    for line in wrong:
        remarks().print(line, soft_wrap=True)
    return Exit.NEWS if wrong and asked.floor is not None else Exit.NOTHING_NEW


def _drawn(there: Sequence[Fault], asked: Asked) -> Sequence[Fault]:
    known = {fault.id: fault for fault in there}
    missing = [name for name in asked.faults if name not in known]
    if missing:
        raise CommandError(f"--fault {missing[0]}: there is no such fault", "a report names each by its id")
    chosen = [fault for fault in there if not asked.modules or fault.module in asked.modules]
    if not chosen:
        names = ", ".join(dict.fromkeys(fault.module for fault in there))
        raise CommandError(f"--module {' '.join(asked.modules)}: none of those to be measured", f"there are {names}")
    return [known[name] for name in asked.faults] or sample(chosen, asked.sample, asked.seed)
