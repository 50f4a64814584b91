"""One run from its header to its footer, on the terminal and in its file."""

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

import msgspec

from conformance import VERSION
from conformance.catalogue import catalogue
from conformance.catalogue.sections import linked
from conformance.cli.keeping import Spare
from conformance.cli.output import CommandError, IncompleteError, remark, remarks
from conformance.cli.progress import Progress
from conformance.cli.stopping import Stop
from conformance.engine import Engine, Ground, OtherRunError, Plan, Shrinker, implementations
from generators import reduce_case
from harness.run import AdapterError, HarnessError
from reports import RUN_SCHEMA, Arguments, Header, Line, Record, RunFileError, RunWriter, Summary
from reports.resuming import Recorded

ANOTHER = "without --resume the file is written anew; or name another"


class Job(msgspec.Struct, frozen=True):
    """What a run is to do, where its file goes, and whether that is to go on where it ends.

    ``spare``: the user did not ask for the file, and the run goes on without it, if need be.
    """

    plan: Plan
    arguments: Arguments
    seed: int
    out: Path | None
    resume: bool = False
    spare: bool = False


Changes: TypeAlias = Callable[[], tuple[str, ...]]
"""Who is another than before, and in what."""


class _Work(msgspec.Struct, frozen=True):
    """A run under way."""

    job: Job
    ground: Ground
    engine: Engine
    summary: Summary
    progress: Progress


def perform(job: Job, ground: Ground, stop: Stop, changes: Changes = tuple) -> Summary:
    """The run, counted; its file is written line by line.

    ``changes`` tells in the end who is another than in the beginning.

    Raises:
        CommandError: the file that is to go on holds another run.
        IncompleteError: the file cannot be written, the suite failed, or the time was over before anybody was asked.
    """
    identities = [crew.identity for crew in ground.crews]
    clauses = tuple(catalogue().values())
    asked = implementations(identities, ground.expected)
    header = Header(RUN_SCHEMA, VERSION, job.seed, job.arguments, asked, clauses)
    total = max(1, job.plan.total * len(identities))
    with Progress(remarks(), total, "run") as progress, _told(job):
        work = _Work(job, ground, Engine(ground, job.plan), Summary(header, linked), progress)
        with _held(job):
            end = _recalled(work, stop)
            if work.summary.footer is None:
                with _file(job, end) as writer:
                    _asked(work, writer, stop, changes, begun=end is not None)
    if job.out and work.summary.footer and work.summary.footer.interrupted:
        remark(_hint(job))
    work.summary.seconds = tuple(crew.busy for crew in ground.crews)
    return work.summary


def _asked(work: _Work, writer: RunWriter | Spare | None, stop: Stop, changes: Changes, *, begun: bool) -> None:
    """Ask what is not recorded yet."""
    changed: tuple[str, ...] = ()
    ground = work.ground
    shrink = Shrinker(ground, reduce_case)

    def take(line: Line) -> None:
        work.summary.add(line)
        if writer is not None:
            with stop.whole():
                writer.write(line)
        if isinstance(line, Record):
            work.progress.advance()

    if not begun:
        take(work.summary.header)
    try:
        for line in work.engine.lines(shrink, shrink.answering):
            take(line)
        changed = changes()
    finally:
        take(msgspec.structs.replace(work.engine.footer(), changed=changed))


def _recalled(work: _Work, stop: Stop) -> int | None:
    """Take in what the file holds; the offset after it, or ``None`` where there is nothing to go on with.

    Of a file that is whole the summary has a footer afterwards.
    """
    path = work.job.out
    if path is None or not work.job.resume or not path.is_file() or not path.stat().st_size:
        return None
    try:
        with path.open("rb") as file:
            recorded = Recorded(path, file, work.summary.header)
            for group in work.engine.recall(recorded.groups()):
                work.summary.add(*group.lines)
                work.progress.skip(len(group.records))
                if stop():
                    raise stop.unbegun()
        whole = work.engine.through and bool(recorded.tail) and work.engine.agrees(recorded.tail)
    except RunFileError as error:
        raise CommandError(str(error), ANOTHER) from error
    except OtherRunError as error:
        raise CommandError(f"{path}: expected the same run: {error}", ANOTHER) from error
    if whole:
        work.summary.add(*recorded.tail)
        work.progress.say(f"{path} is whole: nothing is left to ask")
    else:
        work.progress.say(f"{path}: {work.progress.done:,} answers are recorded")
    return recorded.end or None


@contextlib.contextmanager
def _held(job: Job) -> Iterator[None]:
    """The run file is of this run alone for as long as the block; nothing of it is changed here.

    Raises:
        CommandError: another run writes it, or it cannot be opened.
    """
    path = job.out
    if path is None or (path.exists() and not path.is_file()):
        yield
        return
    try:
        number = os.open(path, os.O_CREAT | (os.O_RDONLY if job.resume else os.O_WRONLY), 0o666)
    except OSError as error:
        raise _unopened(path, error) from error
    try:
        with contextlib.suppress(OSError):  # some file systems have no locks
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise CommandError(f"{path}: another run is writing it", "wait for its end, or name another") from error
        yield
    finally:
        os.close(number)


@contextlib.contextmanager
def _file(job: Job, end: int | None) -> Iterator[RunWriter | Spare | None]:
    """The run file: a new one, or what an earlier run wrote up to the offset ``end``."""
    path = job.out
    if path is None:
        yield None
        return
    try:
        file: BinaryIO = path.open("wb" if end is None else "r+b")
        if end is not None:
            file.truncate(end)
            file.seek(0, os.SEEK_END)
    except OSError as error:
        raise _unopened(path, error) from error
    with contextlib.closing(file):
        yield Spare(RunWriter(file), path) if job.spare else RunWriter(file)


@contextlib.contextmanager
def _told(job: Job) -> Iterator[None]:
    """Turns what can go wrong on the way into one message."""
    try:
        yield
    except AdapterError as error:
        raise IncompleteError(str(error), error.hint) from error
    except HarnessError as error:
        raise IncompleteError(f"fault of the suite: {error}", "please report it") from error
    except KeyboardInterrupt as error:
        raise IncompleteError("interrupted", _hint(job) if job.out else "") from error
    except OSError as error:
        raise _unwritable(job.out or Path(), error) from error


def _hint(job: Job) -> str:
    how = f"--resume --out {job.out}" if job.spare else "--resume"
    return f"what was recorded is in {job.out}; the same command with {how} goes on from there"


def _unopened(path: Path, error: OSError) -> CommandError:
    return CommandError(f"{path}: cannot be written ({error.strerror})", "name another place for the run file")


def _unwritable(path: Path, error: OSError) -> IncompleteError:
    hint = "name another place, or make room, and go on with --resume; what was written before stays readable"
    return IncompleteError(f"{path}: cannot write the run file ({error.strerror})", hint)
