"""``sensitivity``: how many small faults of an implementation are noticed."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import click
import msgspec
from click.core import ParameterSource

from conformance.catalogue import vectors
from conformance.cli.interpreters import found, workspace
from conformance.cli.options import MOST, as_json, finite
from conformance.cli.output import CommandError, Exit, IncompleteError, finish, remark, remarks, write
from conformance.cli.progress import Progress
from conformance.cli.running import JOBS
from conformance.cli.sampling import Sampling, Telling
from conformance.cli.selecting import unobserved
from conformance.cli.sensing_ourselves import OURSELVES, show_ourselves
from conformance.engine.judgements import Judgements
from conformance.engine.predictions import Predicted
from conformance.sensitivity.classes import classes
from conformance.sensitivity.drawing import places
from conformance.sensitivity.faults import Fault
from conformance.sensitivity.figures import Report, complaints, entries, report
from conformance.sensitivity.judging import Bench, Kill
from conformance.sensitivity.originals import Original, original
from conformance.sensitivity.own_tests import OwnTests, own
from conformance.sensitivity.planting import kept, planted
from conformance.sensitivity.series import EXAMPLES, series
from conformance.sensitivity.tables import view
from conformance.sensitivity.trials import Plant, Tried, tried
from harness.run import AdapterError, Implementation
from harness.run import environment as built

SAMPLE: Final = 300
"""How many faults are drawn unless the user says."""

KEPT: Final = 1 << 17
"""So many judgements are kept: most of what faulty interpreters do is what others did."""


_FOR_OTHERS: Final = ("examples", "unchanged", "own_tests", "tests", "keep")
_FOR_FAULTS: Final = ("sample", "modules", "faults", "own_tests", "tests", "floor", "least", "out", "keep", "as_json")


class _Options(msgspec.Struct, frozen=True):
    sampling: Sampling
    telling: Telling
    examples: int
    jobs: int
    unchanged: int | None
    own_tests: bool
    tests: Path | None
    keep: Path | None


class _Measured(msgspec.Struct, frozen=True):
    """Who is measured: as a subject, as what faulty ones are made of, and what makes them."""

    item: Implementation
    base: Original
    plant: Plant


@click.command(short_help="How many small faults of an interpreter are noticed.")
@click.argument("interpreter", metavar="INTERPRETER")
@click.option("--sample", default=SAMPLE, show_default=True, type=click.IntRange(1, MOST), help="Faults to draw.")
@click.option("--seed", default=0, type=click.IntRange(-MOST, MOST), help="What decides which.  [default: 0]")
@click.option("--module", "modules", multiple=True, metavar="M", help="Faults of that module alone (again for more).")
@click.option(
    "--fault", "faults", multiple=True, metavar="ID", help="That fault in place of a sample (again for more)."
)
@click.option(
    "--examples", default=EXAMPLES, show_default=True, type=click.IntRange(0, MOST), help="Cases to generate."
)
@click.option("-j", "jobs", default=2, show_default=True, type=click.IntRange(1, JOBS), help="Interpreters at once.")
@click.option(
    "--unchanged",
    type=click.IntRange(1, MOST),
    metavar="N",
    help="Judge the unchanged interpreter so, N times with other cases; exit code 1 if it is ever said to be faulty.",
)
@click.option("--own-tests", is_flag=True, help="Run the implementation's own tests on the same faults.")
@click.option(
    "--tests",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIRECTORY",
    help="Where its package `test` lies, if it has none of its own.",
)
@click.option(
    "--check",
    "floor",
    type=click.FloatRange(0, 100),
    callback=finite,
    metavar="PERCENT",
    help="Exit code 1 if fewer of the faults that today's cases can show are killed, or the file of classes is wrong.",
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIRECTORY",
    help="Judge nothing: make the interpreter with the one --fault (or with --sample 1 what --seed draws) there, where"
    " nothing is yet, and tell its command; which fault it is stands in fault.txt.",
)
@click.option("--kills", "least", type=click.IntRange(0, MOST), metavar="N", help="Exit code 1 if fewer are killed.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write all figures there.")
@as_json
@click.pass_context
def sensitivity(context: click.Context, /, interpreter: str, **given: object) -> None:
    """Plant small faults in a copy of INTERPRETER, one at a time, and say which are noticed.

    A faulty interpreter is asked the vectors and then generated cases, until a departure is confirmed. INTERPRETER is
    a CPython or a PyPy; for `ourselves` the faults are planted in our own modules, and our tests are to notice them.
    Exit code: 0 it was measured; 1 a check failed; 2 usage; 3 nothing could be judged.
    """
    options = msgspec.convert({**given, "sampling": given, "telling": given}, _Options)
    options.telling.ready()
    if interpreter == OURSELVES:
        _without(context, OURSELVES, _FOR_OTHERS)
        finish(show_ourselves(options.sampling, options.telling, jobs=options.jobs))
    if options.examples:
        unobserved(os.environ)
    if options.unchanged is not None:
        _without(context, "--unchanged", _FOR_FAULTS)
    item = _implementation(interpreter)
    base = _original(item)
    plant = partial(planted, base)
    try:
        if options.unchanged is not None:
            finish(_unchanged(item, plant, options, options.unchanged))
        if options.keep is not None:
            command = kept(base, _one(options.sampling.drawn(places(base))), _new(options.keep))
            write(f"{command}\n")
            _examined(str(command))
            finish(Exit.NOTHING_NEW)
        measured = _measured(_Measured(item, base, plant), options)
    except AdapterError as error:
        raise IncompleteError(str(error), error.hint) from error
    wrong = complaints(measured, options.telling.floor, options.telling.least)
    code = options.telling.told(measured, view(measured), wrong)
    if measured.total.drawn == measured.total.unfit:
        remark("nothing was judged: no faulty interpreter started")
        code = Exit.INCOMPLETE
    finish(code)


def _without(context: click.Context, what: str, names: Sequence[str]) -> None:
    """What somebody said is of use.

    Raises:
        CommandError: an option says nothing there.
    """
    for option in context.command.params:
        if option.name in names and context.get_parameter_source(option.name) is ParameterSource.COMMANDLINE:
            raise CommandError(f"{option.opts[0]} cannot go with {what}", "leave it out")


def _original(item: Implementation) -> Original:
    try:
        return original(item.identity.command)
    except AdapterError as error:
        raise CommandError(str(error), error.hint) from error


def _examined(command: str) -> None:
    """Say so where it is no interpreter: its fault is one that everybody notices."""
    with workspace() as place:
        try:
            found([command], place, built(os.environ))
        except (AdapterError, CommandError) as error:
            remark(f"it does not start: {error}")


def _implementation(spec: str) -> Implementation:
    with workspace() as place:
        implementations = found([spec], place, built(os.environ), base=True).implementations
    if len(implementations) != 1:
        raise CommandError(f"{spec}: expected one interpreter", "name one by its path or version")
    return implementations[0]


def _new(directory: Path) -> Path:
    """The directory, which is new or empty.

    Raises:
        CommandError: it is neither.
    """
    if directory.is_dir() and any(directory.iterdir()):
        raise CommandError(f"{directory}: expected a new or an empty directory", "one is made for each interpreter")
    return directory


def _one(faults: Sequence[Fault]) -> Fault:
    if len(faults) != 1:
        raise CommandError(f"--keep: {len(faults)} faults, expected one", "name it by --fault ID, or draw --sample 1")
    return faults[0]


def _bench(item: Implementation, options: _Options, seed: int) -> Bench:
    asked = series(item.identity, vectors().values(), examples=options.examples, seed=seed)
    return Bench(item, asked, Judgements(Predicted.judge, kept=KEPT).of, built(os.environ))


def _measured(subject: _Measured, options: _Options) -> Report:
    item, plant = subject.item, subject.plant
    there = places(subject.base)
    drawn = options.sampling.drawn(there)
    said = classes(item.identity)
    results = _tried(plant, drawn, _bench(item, options, options.sampling.seed), options.jobs)
    noticed = _own(item, plant, drawn, options) if options.own_tests else None
    return report(item.identity, options.sampling.seed, there, entries(results, said, noticed), said)


def _tried(plant: Plant, faults: Sequence[Fault | None], bench: Bench, jobs: int) -> list[Tried]:
    label = "faulty interpreters"
    with Progress(remarks(), len(faults), label) as progress:
        return tried(plant, faults, bench, jobs=jobs, told=lambda _: progress.advance())


def _own(item: Implementation, plant: Plant, faults: Sequence[Fault], options: _Options) -> dict[str, bool]:
    tests = OwnTests(plant, built(os.environ), options.tests)
    with Progress(remarks(), len(faults), f"own tests of {item.identity.label}") as progress:
        told = own(tests, faults, jobs=options.jobs, told=lambda _: progress.advance())
    return {result.fault: result.killed for result in told}


def _unchanged(item: Implementation, plant: Plant, options: _Options, times: int) -> Exit:
    """Whether the unchanged interpreter, asked in the same way, is ever said to depart."""
    bad: list[tuple[int, str]] = []
    for seed in range(options.sampling.seed, options.sampling.seed + times):
        (result,) = _tried(plant, [None], _bench(item, options, seed), 1)
        trial = result.trial
        told = _word(trial.kill) if trial.kill is not None else trial.reason
        write(
            f"{item.identity.label}, seed {seed}: {trial.outcome.value} after {trial.cases:,} cases {told}".rstrip()
            + "\n"
        )
        if told:
            bad.append((seed, told))
    return Exit.NEWS if bad else Exit.NOTHING_NEW


def _word(kill: Kill) -> str:
    return f"by {kill.clause} ({kill.verdict.value}) in {kill.origin} {kill.case}"
