"""``run``: the main job."""

import atexit
import contextlib
import gc
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click
import msgspec

import generators
from conformance.catalogue import Knowledge
from conformance.cli.interpreters import behind, found, labelled, workspace
from conformance.cli.job import Job, perform
from conformance.cli.keeping import keeping, written
from conformance.cli.keeping import kept as kept_file
from conformance.cli.options import MOST, as_json, base, contain, finite, parsed_shard
from conformance.cli.output import Exit, IncompleteError, finish, remark, say, write, write_file
from conformance.cli.proving import changes, examined
from conformance.cli.selecting import material, plan, stored, unobserved
from conformance.cli.stopping import Stop, say_stopping
from conformance.cli.strangers import files, introduced, strangers
from conformance.cli.trying import tried
from conformance.cli.updating import about, kept, update
from conformance.engine import Shard, Way, standing
from conformance.stored import digest
from generators import Variety
from harness.model.case import Case
from harness.run import Contain, Implementation, Mode, Stopped, Workspace
from harness.run import environment as built
from reports import Arguments, Summary
from reports.junit import junit
from reports.machine import summary_json
from reports.terminal import summary_view
from reports.wording import visible

EXAMPLES: Final = 1000
"""How many cases are generated unless the user says."""

JOBS: Final = 1000
"""How many subjects an implementation has at most."""

_SWITCH: Final = 0.0005
"""Seconds a thread computes before others get their turn: those that wait for subjects are many and brief."""

_YOUNG: Final = 500_000
"""So many more objects there are before cycles are looked for: a batch makes nearly as many, and leaves hardly any."""


def set_up() -> None:
    """Make this process one that judges: that is many threads which wait, and many objects which stay."""
    sys.setswitchinterval(_SWITCH)
    gc.set_threshold(_YOUNG)
    atexit.register(gc.freeze)  # the last look at all that stays would find nothing


class _Options(msgspec.Struct, frozen=True):
    """What the options of ``run`` say."""

    clauses: tuple[str, ...]
    cases: tuple[Path, ...]
    examples: int | None
    seed: int
    budget: float | None
    vectors_only: bool
    mix: Variety
    fresh: bool
    contain: Contain
    sparse: int
    jobs: int | None
    shard: Shard
    out: Path | None
    resume: bool
    base: bool
    as_json: bool
    names: tuple[str, ...]
    known: tuple[str, ...]
    update: Path | None
    junit: Path | None

    @property
    def pattern(self) -> str:
        """The globs of clauses, all clauses if there are none."""
        return ",".join(self.clauses) if self.clauses else "*"

    def arguments(self, cases: tuple[Case, ...]) -> Arguments:
        """Those that decide which cases there are, with these stored ``cases``."""
        wanted = (0 if cases else EXAMPLES) if self.examples is None else self.examples
        examples = 0 if self.vectors_only else wanted
        return Arguments(
            examples,
            self.pattern,
            self.vectors_only,
            self.fresh,
            str(self.shard),
            self.sparse,
            digest(cases),
            self.mix.value if examples else "",
        )


@click.command(short_help="Judge interpreters, and write a run file.")
@click.argument("interpreters", nargs=-1, required=True, metavar="INTERPRETER...")
@click.option(
    "--clauses",
    multiple=True,
    metavar="GLOB",
    help="Only cases decided by such clauses; also AREA, CHAPTER (again for more).",
)
@click.option(
    "--cases",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The cases of that file (a case file, one case a line, or a run file) in place of the vectors; generated ones "
    "only if --examples is given.",
)
@click.option(
    "--examples", type=click.IntRange(0, MOST), help=f"Cases to generate.  [default: {EXAMPLES}; with --cases: 0]"
)
@click.option(
    "--seed", default=0, type=click.IntRange(-MOST, MOST), metavar="N", help="What cases are made from.  [default: 0]"
)
@click.option(
    "--budget",
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    callback=finite,
    help="Stop after that time.",
)
@click.option("--vectors-only", is_flag=True, help="Generate nothing.")
@click.option(
    "--mix",
    default=Variety.BOTH.value,
    show_default=True,
    type=click.Choice([item.value for item in Variety]),
    help="Generate what programs mostly do; what they hardly ever do; both, a third of the trees for the latter; or "
    "merge vectors.",
)
@click.option("--fresh", is_flag=True, help="A fresh process for each case, also where the implementation can fork.")
@click.option(
    "--sparse", default=1, type=click.IntRange(1, MOST), metavar="N", help="One case in N for those that cannot fork."
)
@click.option("-j", "jobs", type=click.IntRange(1, JOBS), metavar="N", help="Subjects of each implementation.")
@click.option("--shard", default="1/1", metavar="I/N", callback=parsed_shard, help="Only the Ith of N parts.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="RUN.jsonl",
    help="Write the run file there.  [default: kept, for list findings and replay]",
)
@click.option("--resume", is_flag=True, help="Go on with the run file that --out names, where it ends.")
@strangers
@click.option(
    "--update-expectations",
    "update",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What FILE expects of the first INTERPRETER is known; what is new is written behind it, for you to class.",
)
@click.option(
    "--junit",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write JUnit XML, with times and with programs that were tried, which no run file has.",
)
@contain
@base
@as_json
def run(interpreters: tuple[str, ...], **given: object) -> None:
    """Ask each INTERPRETER what cases do, and say who departs from which clause.

    INTERPRETER is a path, a command, or a spec such as 3.12, pypy3.11, all. Exit code: 0 nothing new; 1 a divergence
    that no expectation names, an unexpected pass, two answers to one open question, or a module of the library that
    cannot be imported and is not known to be lacking; 2 usage; 3 harness fault or incomplete run.
    """
    options = msgspec.convert(given, _Options)
    if options.resume and options.out is None:
        message = "--resume goes on with a run file: name it by --out"
        raise click.UsageError(message)
    if options.cases and options.vectors_only:
        message = "--cases leaves the vectors out, --vectors-only everything else"
        raise click.UsageError(message)
    set_up()
    summary = _summary(interpreters, options)
    if options.junit is not None:
        write_file(options.junit, junit(summary))
    if options.update is not None:
        update(options.update, summary)
    _show(summary, options)
    finish(_code(summary))


def _summary(interpreters: tuple[str, ...], options: _Options) -> Summary:
    stop = Stop(time.monotonic, options.budget, say_stopping)
    try:
        with stop.listening(), stop.outlasted(workspace()) as place:
            known = (*files(options.known), *kept(options.update))
            with ThreadPoolExecutor(1) as beside:
                reading = beside.submit(stored, options.cases, stop)
                implementations = _willing(interpreters, options, place, stop, known)
                cases = reading.result()
            job = _job(options, cases, implementations, stop)
            way = Way(
                _crew_size(options.jobs, len(implementations)),
                Mode.FRESH if options.fresh else Mode.AUTO,
                options.sparse,
            )
            environment = built(os.environ)
            with (
                standing(
                    implementations, place, environment, way=way, clock=time.monotonic, stop=stop, files=known
                ) as ground,
                _kept(job, interpreters) as job_,
            ):
                summary = perform(
                    job_, ground, stop, lambda: changes(implementations, place, environment, stop.overdue)
                )
                if options.junit is not None:
                    summary.programs = tried(summary, ground, implementations, stopped=lambda: bool(stop()))
                return summary
    except Stopped as error:
        raise stop.unbegun() from error


@contextlib.contextmanager
def _kept(job: Job, interpreters: Sequence[str]) -> Iterator[Job]:
    """The same, with a place for its run file, if there is any."""
    if job.out is not None:
        yield job
        written(job.out, os.environ, datetime.now(UTC), [name for name in interpreters if "/" in name])
        return
    path = kept_file(os.environ, datetime.now(UTC))
    with keeping(path):
        yield msgspec.structs.replace(job, out=path, spare=True)


def _job(options: _Options, cases: tuple[Case, ...], implementations: Sequence[Implementation], stop: Stop) -> Job:
    arguments = options.arguments(cases)
    if arguments.examples:
        unobserved(os.environ)
    chosen = plan(
        pattern=options.pattern,
        examples=arguments.examples,
        make=lambda examples: generators.generate(
            seed=options.seed, examples=examples, variety=options.mix, material=material(options.mix)
        ),
        shard=options.shard,
        languages=[item.identity.language for item in implementations],
        cases=cases,
        stop=stop,
    )
    return Job(chosen, arguments, options.seed, options.out, options.resume)


def _willing(
    interpreters: tuple[str, ...], options: _Options, place: Workspace, stop: Stop, known: tuple[Knowledge, ...]
) -> tuple[Implementation, ...]:
    """Those that are named, once it is seen that every adapter works before anything is said of an implementation.

    Raises:
        Stopped: somebody asked to stop, or the time is over.
        IncompleteError: one does not pass the trivial cases, which import nothing.
    """
    environment = built(os.environ)
    stopped = lambda: bool(stop())  # noqa: E731 - the same for both
    result = found(interpreters, place, environment, base=options.base, stopped=stopped)
    for error in result.refused:
        remark(f"left out: {error}")
    result = behind(result, place, environment, options.contain if options.cases else Contain.OFF, stopped=stopped)
    named = introduced(result.implementations, options.names, known)
    if options.update is not None:
        about(options.update, named[0].identity.name)
    for item in examined(named, place, environment, stopped=stopped):
        if not item.healthy:
            message = f"{item.identity.label}: its adapter does not work: {item.trouble}"
            raise IncompleteError(message, "doctor tells more; leave it out, or mend the adapter")
    for label, command in labelled([item.identity for item in named]):
        if command:
            remark(f"{label}: {visible(command)}")
    return named


def _crew_size(jobs: int | None, implementations: int) -> int:
    """How many subjects of each implementation: ``jobs``, or what keeps the processors of this machine busy."""
    return jobs or max(1, (os.cpu_count() or 1) // implementations)


def _show(summary: Summary, options: _Options) -> None:
    if options.as_json:
        write(summary_json(summary))
    else:
        say(summary_view(summary))


def _code(summary: Summary) -> Exit:
    if not summary.complete:
        return Exit.INCOMPLETE
    return Exit.NEWS if summary.news else Exit.NOTHING_NEW
