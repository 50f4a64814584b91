"""One run from its header to its footer, on the terminal and in its file."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from conformance import VERSION
from conformance.catalogue import catalogue
from conformance.cli.output import CommandError, IncompleteError, remarks
from conformance.cli.progress import Progress
from conformance.cli.stopping import Stop
from conformance.engine import Engine, Ground, Plan, Shrinker, implementations
from generators import reduce_case
from harness.run import AdapterError, HarnessError
from reports import RUN_SCHEMA, Arguments, Header, Line, Record, RunWriter, Summary


class Job(msgspec.Struct, frozen=True):
    """What a run is to do, and where its file goes."""

    plan: Plan
    arguments: Arguments
    seed: int
    out: Path | None


def perform(job: Job, ground: Ground, stop: Stop) -> Summary:
    """The run, counted; its file is written line by line.

    Raises:
        IncompleteError: the file cannot be written, or the suite failed.
    """
    identities = [crew.identity for crew in ground.crews]
    clauses = tuple(catalogue().values())
    header = Header(RUN_SCHEMA, VERSION, job.seed, job.arguments, implementations(identities), clauses)
    summary = Summary(header)
    engine = Engine(ground, job.plan)
    shrink = Shrinker(ground.crews, ground.predictions, ground.workspace, reduce_case)
    total = max(1, job.plan.total * len(identities))
    with _file(job.out) as writer, Progress(remarks(), total, "run") as progress, stop.listening():

        def take(line: Line) -> None:
            summary.add(line)
            if writer is not None:
                writer.write(line)
            if isinstance(line, Record):
                progress.advance()

        with _told(job.out):
            take(header)
            try:
                for line in engine.lines(shrink):
                    take(line)
            finally:
                take(engine.footer())
    return summary


@contextlib.contextmanager
def _file(path: Path | None) -> Iterator[RunWriter | None]:
    if path is None:
        yield None
        return
    try:
        file: BinaryIO = path.open("wb")
    except OSError as error:
        message = f"{path}: cannot be written ({error.strerror})"
        raise CommandError(message, "name another place for the run file") from error
    with contextlib.closing(file):
        yield RunWriter(file)


@contextlib.contextmanager
def _told(out: Path | None) -> Iterator[None]:
    """Turns what can go wrong on the way into one message."""
    try:
        yield
    except AdapterError as error:
        raise IncompleteError(str(error), error.hint) from error
    except HarnessError as error:
        raise IncompleteError(f"fault of the suite: {error}", "please report it") from error
    except KeyboardInterrupt as error:
        kept = f"; what was recorded is in {out}" if out else ""
        raise IncompleteError(f"interrupted{kept}", "") from error
    except OSError as error:
        raise _unwritable(out or Path(), error) from error


def _unwritable(path: Path, error: OSError) -> IncompleteError:
    hint = "name another place, or make room; what was written before stays readable"
    return IncompleteError(f"{path}: cannot write the run file ({error.strerror})", hint)
