"""``report`` and ``compare``: what run files say."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TypeAlias

import click
import msgspec
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from conformance.catalogue.sections import linked
from conformance.cli.cases import opened
from conformance.cli.keeping import latest
from conformance.cli.options import as_json
from conformance.cli.output import CommandError, Exit, finish, say, unwritable, write, write_file
from conformance.engine.causes import sentence
from harness.model.codec import encode
from reports import Header, Line, Reading, RunFileError, RunWriter, Summary, reading
from reports.causing import indented
from reports.changes import Answers, Change, Comparison, answers
from reports.changes import compare as compared
from reports.merging import few, lacking, merged, missing
from reports.stating import way
from reports.terminal import summary_view
from reports.wording import bare, plural, visible
from reports.writers import WRITERS

_Compared: TypeAlias = tuple[dict[str, Comparison], tuple[str, ...]]
"""What changed, by label, and the labels that are on one side only."""

_FILE = click.Path(dir_okay=False, path_type=Path)


def _writers(command: Callable[..., None]) -> Callable[..., None]:
    """A command with an option for each writer, whose name and file it is given."""
    for name, writer in reversed([*WRITERS.items()]):
        option = click.option(f"--{name}", name, type=_FILE, metavar="FILE", help=f"Write {writer.title}.")
        command = option(command)
    return command


@click.command(short_help="What a run says, or the shards of one run.")
@click.argument("runs", nargs=-1, type=_FILE, metavar="[RUN]...")
@_writers
@click.option(
    "--out", type=_FILE, metavar="RUN.jsonl", help="Write the run file of the whole run, from all its shards."
)
def report(runs: tuple[Path, ...], out: Path | None, **targets: Path | None) -> None:
    """Show what each RUN says (the last one that was kept), or write it to files; shards of one run are added up.

    Exit code: as that of the run itself.
    """
    wanted = {name: target for name, target in targets.items() if target is not None}
    for target in wanted.values():
        _spare(target)
    summary = _added(runs or (latest(os.environ),), out)
    for name, target in wanted.items():
        write_file(target, WRITERS[name].write(summary))
    if not wanted and out is None:
        say(summary_view(summary, policies=True))
    finish(Exit.INCOMPLETE if not summary.complete else Exit.NEWS if summary.news else Exit.NOTHING_NEW)


def _spare(target: Path) -> None:
    """Refuse to write a report over a run file, which is easily named in its place."""
    if target.is_file():
        with contextlib.suppress(RunFileError), reading(target):
            raise CommandError(f"{target} is a run file: it is not overwritten", "report RUN --markdown FILE")


def _added(paths: Sequence[Path], out: Path | None) -> Summary:
    """The sum of shards, written to ``out`` once it is known to be the whole run."""
    try:
        with contextlib.ExitStack() as stack:
            shards = [stack.enter_context(opened(path)) for path in paths]
            absent = missing(shards)
            if out is None:
                return _summed(shards, absent, lambda _line: None)
            if absent:
                raise CommandError(f"shards {few(absent)} are missing", "a whole run is made of all its shards")
            with _kept(out) as file:
                writer = RunWriter(file)
                summary = _summed(shards, absent, writer.write)
                _check(shards)
            return summary
    except RunFileError as error:
        raise CommandError(str(error), "report each run by itself") from error


def _summed(shards: Sequence[Reading], absent: Sequence[str], take: Callable[[Line], None]) -> Summary:
    header = shards[0].header
    if len(shards) > 1 and not absent:
        header = msgspec.structs.replace(header, arguments=msgspec.structs.replace(header.arguments, shard=""))
    summary = Summary(header, linked)
    for line in merged(shards, sentence):
        summary.add(line)
        take(line)
    summary.missing = tuple(lacking(shards, absent))
    return summary


def _check(shards: Sequence[Reading]) -> None:
    """Refuse what gives no whole run."""
    for shard in shards:
        if shard.unreached:
            message = f"{shard.path}: the run did not come to its end ({visible(shard.unreached)})"
            raise CommandError(message, "finish it by run --resume")
        if shard.flaw:
            raise CommandError(f"{shard.path}: {shard.flaw}", "run --resume asks anew what is lost")


@contextlib.contextmanager
def _kept(out: Path) -> Iterator[BinaryIO]:
    """Keeps what is written; at the end of the block, unless it fails, that becomes the file ``out``.

    Raises:
        IncompleteError: it cannot be written.
    """
    beside = out.parent if out.is_file() or not out.exists() else None
    try:
        with tempfile.TemporaryFile(dir=beside) as file:
            yield file
            file.seek(0)
            with out.open("wb") as target:
                shutil.copyfileobj(file, target)
    except OSError as error:
        raise unwritable(out, error) from error


@click.command(short_help="What changed between two runs.")
@click.argument("runs", nargs=-1, required=True, type=_FILE, metavar="RUN [RUN]")
@click.option("--interpreters", nargs=2, metavar="A B", help="Compare two implementations of one run, by their labels.")
@as_json
def compare(runs: tuple[Path, ...], interpreters: tuple[str, str] | None, *, as_json: bool) -> None:
    """Tell what changed between two runs, or how two implementations of one run differ.

    Exit code: 0 if nothing did, 1 if something did, 2 if they have nothing in common, 3 if nothing was judged on both
    sides of an implementation.
    """
    found, only = _two_implementations(runs, interpreters) if interpreters else _two_runs(runs)
    if not any(item.shared for item in found.values()):
        what = "case" if found else "implementation"
        raise CommandError(f"the two have no {what} in common", "compare runs of the same cases and implementations")
    if as_json:
        write(encode(found) + b"\n")
    else:
        say(*_view(found), *(Text(f"only in one of the runs: {visible(label)}", style="yellow") for label in only))
    if not all(item.judged for item in found.values()):
        finish(Exit.INCOMPLETE)
    finish(Exit.NOTHING_NEW if all(item.same for item in found.values()) else Exit.NEWS)


def _two_implementations(runs: tuple[Path, ...], labels: tuple[str, str]) -> _Compared:
    if len(runs) != 1:
        raise CommandError("--interpreters: expected one run file", "without it two runs are compared")
    with opened(runs[0]) as run:
        first, second = (_place(run.header, label) for label in labels)
        found = answers(run.header, run.groups())
    return {" → ".join(labels): compared(found[first], found[second])}, ()


def _place(header: Header, label: str) -> int:
    known = [item.label for item in header.implementations]
    near = [place for place, item in enumerate(known) if label in {item, item.rpartition(" ")[2]} or label in item]
    if len(near) != 1:
        raise CommandError(f"{label}: expected the label of one implementation", f"the run has {', '.join(known)}")
    return near[0]


def _two_runs(runs: tuple[Path, ...]) -> _Compared:
    if len(runs) != 2:  # noqa: PLR2004 - before and after
        raise CommandError("expected two run files", "or one, and --interpreters A B")
    before, after = (_by_label(path) for path in runs)
    paired = pairs(list(before), list(after))
    found = {new: compared(before[old], after[new]) for old, new in paired.items()}
    return found, tuple(label for label in (*before, *after) if label not in {*paired, *found})


def pairs(before: list[str], after: list[str]) -> dict[str, str]:
    """Whom of a run each of another is compared with: by its label, or by name and version where it is told alone."""
    found = {label: label for label in before if label in after}
    for old in before:
        left = [new for new in after if bare(new) == bare(old) and new not in found.values()]
        if old not in found and left and bare(old) in {old, left[0]}:
            found[old] = left[0]
    return found


def _by_label(path: Path) -> dict[str, Answers]:
    with opened(path) as run:
        found = answers(run.header, run.groups())
    labels: dict[str, Answers] = {}
    for item, said in zip(run.header.implementations, found, strict=True):
        labels.setdefault(item.label, said)
    return labels


def _view(found: dict[str, Comparison]) -> Iterator[RenderableType]:
    for label, item in found.items():
        yield Text.assemble((visible(label), "bold"), f"  {plural(item.shared, 'case')} in common")
        if not item.judged:
            yield Text("   nothing was judged on both sides", style="bold yellow")
        elif item.same:
            yield Text("   nothing changed", style="dim")
        for words, changes in (("gone", item.gone), ("new", item.new)):
            yield from (_line(words, change) for change in changes)
        for words, count in item.verdicts.items():
            yield Text(f"   {plural(count, 'case')}: {words}", style="dim")


def _line(words: str, change: Change) -> Padding:
    style = "green" if words == "gone" else "red"
    told = f"  {visible(way(change.signature))} ({plural(change.cases, 'case')}, first {change.first})"
    return indented(Text.assemble((words, style), told))
