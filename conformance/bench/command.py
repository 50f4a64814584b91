"""``python -m conformance.bench INTERPRETER…``."""

import os
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import click
import msgspec

from conformance.bench.competitors import Bench, forks
from conformance.bench.figures import Report, Work
from conformance.bench.memory import lasting
from conformance.bench.tables import view
from conformance.bench.targets import LONG, STORED, checked
from conformance.bench.work import stored, worked
from conformance.cli.interpreters import found, workspace
from conformance.cli.options import as_json
from conformance.cli.output import Exit, IncompleteError, finish, remark, say, write, write_file
from conformance.cli.running import set_up
from conformance.cli.selecting import unobserved
from conformance.engine import implementations
from conformance.stored import stored_cases
from generators import generate
from harness.model.case import Case, Embedded
from harness.model.codec import encode
from harness.run import AdapterError, Implementation, Workspace
from harness.run import environment as built

SAMPLE: Final = 400
"""So many generated cases are what fork server and fresh processes execute, over and over."""


class _Options(msgspec.Struct, frozen=True):
    examples: int
    stored: int
    seed: int
    jobs: int | None
    rounds: int
    seconds: float
    warmth: bool
    long: int
    keep: Path | None
    check: bool
    as_json: bool


@click.command()
@click.argument("interpreters", nargs=-1, required=True, metavar="INTERPRETER...")
@click.option(
    "--examples", default=3000, show_default=True, type=click.IntRange(0), help="Cases of a run side by side."
)
@click.option("--stored", default=STORED, show_default=True, type=click.IntRange(0), help="Stored cases to judge.")
@click.option("--seed", default=0, show_default=True, help="What cases of the plain mix are made from.")
@click.option("-j", "jobs", type=click.IntRange(1), help="Subjects of each in a run.  [default: as run has them]")
@click.option("--rounds", default=9, show_default=True, type=click.IntRange(1), help="Rounds of each comparison.")
@click.option("--seconds", default=0.3, show_default=True, type=click.FloatRange(0, min_open=True), help="Of a round.")
@click.option(
    "--long",
    default=0,
    type=click.IntRange(0),
    metavar="N",
    help=f"Watch the runner's memory over so many generated cases on the first INTERPRETER ({LONG} for --check).",
)
@click.option("--warmth", is_flag=True, help="Compare also ways to warm a bare loop of fork and import.")
@click.option(
    "--keep", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the stored cases to FILE."
)
@click.option("--check", is_flag=True, help="Exit code 1 if a target is missed; which one goes to standard error.")
@as_json
def main(interpreters: tuple[str, ...], **given: object) -> None:
    """Measure how fast each INTERPRETER is asked, one by one and side by side, and say where the time goes.

    Figures of machines that do something else as well are worth little, ratios within one run a good deal.
    """
    options = msgspec.convert(given, _Options)
    unobserved(os.environ)
    set_up()
    with workspace() as place:
        try:
            report = _report(found(interpreters, place, built(os.environ)).implementations, place, options)
        except AdapterError as error:
            raise IncompleteError(str(error), error.hint) from error
    if options.as_json:
        write(encode(report) + b"\n")
    else:
        say(*view(report))
    missed = [item for item in checked(report) if not item.met] if options.check else []
    for item in missed:
        remark(f"missed: {item}")
    finish(Exit.NEWS if missed else Exit.NOTHING_NEW)


def _report(given: tuple[Implementation, ...], place: Workspace, options: _Options) -> Report:
    """All figures; runs leave out those that start a process for each case."""
    environment = built(os.environ)

    def measured(chosen: Sequence[Implementation]) -> Work:
        jobs = options.jobs or max(1, (os.cpu_count() or 1) // len(chosen))
        return worked(chosen, place, environment, examples=options.examples, seed=options.seed, jobs=jobs)

    labels = [item.label for item in implementations([item.identity for item in given])]
    bench = Bench(place, environment, rounds=options.rounds, seconds=options.seconds)
    cases = _embedded(options.seed)
    speeds = tuple(bench.speeds(label, item, cases) for label, item in zip(labels, given, strict=True))
    forking = {label: item for label, item in zip(labels, given, strict=True) if forks(item)}
    warmth = {label: bench.warmth(item) for label, item in forking.items()} if options.warmth else {}
    if not forking:
        return Report(speeds)
    alone = {label: measured([item]) for label, item in forking.items()} if options.examples else {}
    together = measured(list(forking.values())) if len(alone) > 1 else next(iter(alone.values()), None)
    kept = tuple(generate(seed=options.seed, examples=options.stored))
    if options.keep is not None:
        write_file(options.keep, b"".join(stored_cases(kept)))
    return Report(
        speeds,
        together,
        alone,
        stored(list(forking), list(forking.values()), kept, place) if kept else None,
        warmth,
        lasting(labels[0], given[0], place, cases=options.long, seed=options.seed) if options.long else None,
    )


def _embedded(seed: int) -> list[Case]:
    """Generated cases that a fork server can execute."""
    return list(
        islice((case for case in generate(seed=seed, examples=2 * SAMPLE) if isinstance(case.launch, Embedded)), SAMPLE)
    )
