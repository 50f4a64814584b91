"""``findings``: a folder for each finding of a run, ready for a tracker."""

import os
import platform
import re
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click
import msgspec

from conformance import VERSION
from conformance.cli.cases import opened, summed, whose
from conformance.cli.interpreters import behind, found, workspace
from conformance.cli.keeping import latest
from conformance.cli.options import LAST, as_json, contain
from conformance.cli.output import CommandError, Exit, finish, remark, remarks, say, unwritable, write
from conformance.cli.progress import Progress
from conformance.cli.strangers import files, introduced, strangers
from conformance.cli.trying import traced
from conformance.engine import Ground, implementations, standing
from conformance.engine.causes import sentence
from conformance.reproducing import Asked, Investigated, runner, traceback, whole_version
from harness.diff import Verdict
from harness.model.clauses import Clause
from harness.model.codec import encode, encode_document
from harness.model.rendering import ahead
from harness.run import Contain, Workspace
from harness.run import Implementation as Present
from harness.run import environment as built
from reports import Finding, Header, Summary
from reports.quoting import line
from reports.records import Implementation
from reports.showing import program_listing, tree_listing
from reports.stating import about, allowed
from reports.stating import told as stated
from reports.terminal import news_view
from reports.tracker import Tracked, tracked
from reports.wording import plural, visible

_NAME: Final = re.compile(r"[^0-9A-Za-z.-]+")
_LONGEST: Final = 60
_AHEAD: Final = 4
"""So many findings are asked of everybody while a program is sought for the one before."""


class _Options(msgspec.Struct, frozen=True):
    """What the options of ``findings`` say."""

    out: Path
    every: bool
    only: bool
    numbers: tuple[int, ...]
    contain: Contain
    as_json: bool
    names: tuple[str, ...]
    known: tuple[str, ...]


class Written(msgspec.Struct, frozen=True):
    """What became of a finding: its folder, how many lines its reproducer has, and why there is none, if so.

    There is no ``folder`` where nobody shows the finding. ``asked`` are those of whom the case was asked.
    """

    number: int
    folder: str
    lines: int = 0
    plain: bool = False
    reason: str = ""
    asked: tuple[str, ...] = ()


@click.command(name="findings", short_help="A folder for each finding of a run, ready for a tracker.")
@click.argument("run", metavar="RUN.jsonl", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("interpreters", nargs=-1, metavar="[INTERPRETER]...")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Where to.")
@click.option("--every", is_flag=True, help="Those too that expectations name.")
@click.option("--number", "numbers", type=int, multiple=True, metavar="N", help="That finding alone (again for more).")
@click.option("--only", is_flag=True, help="Ask nobody but those named.")
@contain
@strangers
@as_json
def findings(run: Path, interpreters: tuple[str, ...], **given: object) -> None:
    """Write a folder for each finding of RUN (-: the last one kept): report.md for a tracker, repro.py and case.json.

    Each case is asked of every implementation at hand, those named with INTERPRETER first: a build that is nowhere on
    PATH is found by its command alone. A reproducer is tried on who departs and on one who does not before it is
    written; a finding that nobody shows gets no folder. Exit code: 0 each has a reproducer, 2 usage, 3 one has none, or
    its implementation is not there.
    """
    options = msgspec.convert(given, _Options)
    summary, wanted = _read(latest(os.environ) if run == LAST else run, options)
    if options.only and not interpreters:
        message = "--only asks nobody but those named, and nobody is"
        raise CommandError(message, "name the INTERPRETER in which it was found, by its command, or leave --only out")
    out = options.out
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CommandError(f"{out}: expected a new or an empty directory", "what was written before is not mixed")
    written = []
    specs = [*interpreters, *([] if options.only else ["all"])]
    with Progress(remarks(), len(wanted), "tried", "findings") as progress:
        for item, held in _told(summary, wanted, specs, options):
            if item.folder:
                _write(out / item.folder, held)
            written.append(item)
            progress.advance()
    if options.as_json:
        write(encode(written) + b"\n")
    else:
        say(*(_line(item) for item in written), _summary(written, out), *news_view(summary))
    finish(Exit.INCOMPLETE if any(item.reason for item in written) else Exit.NOTHING_NEW)


def _read(path: Path, options: _Options) -> tuple[Summary, list[tuple[int, Finding]]]:
    """The run, and the findings that are asked for: those of the numbers, or all but those that expectations name.

    Raises:
        CommandError: there is none of that number.
    """
    with opened(path) as read:
        summary = summed(read)
    numbered = dict(enumerate(read.findings, 1))
    for number in options.numbers:
        if number not in numbered:
            raise CommandError(f"{path}: there is no finding {number}", "list findings shows them")
    wanted = set(options.numbers) or {
        number for number, item in numbered.items() if options.every or item.verdict is not Verdict.KNOWN
    }
    return summary, [(number, item) for number, item in numbered.items() if number in wanted]


def _summary(written: Sequence[Written], out: Path) -> str:
    """Where they are, and what was tried on whom."""
    if not written:
        return "no finding that no expectation names (--every: those too)"
    count = sum(bool(item.folder) for item in written)
    asked = ", ".join(dict.fromkeys(label for item in written for label in item.asked))
    made = f"{plural(count, 'folder')} in {out}" if count else "no folder"
    return visible(f"{made}; asked: {asked}" + "; each program was run on everybody it names" * bool(count))


def _line(item: Written) -> str:
    kind = f"{plural(item.lines, 'line')} of code{'' if item.plain else ', general'}"
    return f"{item.folder or f'finding {item.number}'}  {item.reason or kind}"


def _write(folder: Path, held: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True)
        for name, content in held.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise unwritable(folder, error) from error


def _told(
    summary: Summary, wanted: Sequence[tuple[int, Finding]], interpreters: Sequence[str], options: _Options
) -> Iterator[tuple[Written, dict[str, bytes]]]:
    """What becomes of each finding, and the files of its folder."""
    if not wanted:
        return
    environment = built(os.environ)
    known = files(options.known)
    with workspace() as place:
        everybody = behind(found(interpreters, place, environment), place, environment, options.contain)
        present = introduced(everybody.implementations, options.names, known)
        asked = tuple(item.label for item in implementations([item.identity for item in present]))
        for label in dict.fromkeys(label for _, item in wanted for label in whose(summary.header, item)):
            if label not in asked and not interpreters:
                told = f"{label} is not found by itself, and a run file tells no command: name it behind RUN.jsonl"
                remark(visible(told))
        told = f"asking {plural(len(present), 'implementation')} about {plural(len(wanted), 'finding')}"
        remark(told + " (--only: those named alone)" * (not options.only))
        with standing(present, place, environment, clock=time.monotonic, files=known) as ground:
            for one in _ahead(summary.header, wanted, present, ground):
                item, held = _one(one, summary, present, asked, place)
                yield msgspec.structs.replace(item, asked=asked), held


class _Begun(msgspec.Struct, frozen=True):
    """A finding, who may show it, and its case under way; nothing is asked where nobody does."""

    number: int
    finding: Finding
    places: tuple[int, ...]
    asked: Asked | None


def _ahead(
    header: Header, wanted: Sequence[tuple[int, Finding]], present: Sequence[Present], ground: Ground
) -> Iterator[_Begun]:
    """The findings in order; those that come next are already being asked."""
    waiting: deque[_Begun] = deque()
    for number, finding in wanted:
        places = _places(header, finding, present)
        waiting.append(_Begun(number, finding, places, Asked(finding.minimal, ground) if places else None))
        if len(waiting) > _AHEAD:
            yield waiting.popleft()
    yield from waiting


def _one(
    begun: _Begun, summary: Summary, present: Sequence[Present], labels: Sequence[str], place: Workspace
) -> tuple[Written, dict[str, bytes]]:
    number, finding, header = begun.number, begun.finding, summary.header
    if begun.asked is None:
        who = " or ".join(whose(header, finding))
        return Written(number, "", reason=line(f"nobody at hand is {who}: name its command behind RUN.jsonl")), {}
    run = runner(place, built(os.environ), sys.executable)
    at, clause, told = traced(header, finding, begun.places, begun.asked, present, run)
    if told is None:
        reason = _conforming(header, finding, [labels[item] for item in begun.places])
        return Written(number, "", reason=line(reason)), {}
    folder = f"{number:02}-{_NAME.sub('-', clause.id)[:_LONGEST]}"
    version = whole_version(present[at], place, built(os.environ))
    held = {"case.json": encode_document(finding.minimal)}
    made = told.reproducer
    ended = traceback(made, present[at], place, built(os.environ)) if made and made.plain else ""
    report = _surrounded(_tracked(finding, clause, told, version), finding, summary, ended)
    held["report.md"] = tracked(report).encode()
    if made is None:
        return Written(number, folder, reason="no program tells who departs from who does not"), held
    held["repro.py"] = made.text.encode()
    return Written(number, folder, made.lines, made.plain), held


def _conforming(header: Header, finding: Finding, asked: Sequence[str]) -> str:
    """What to say where none of those that were asked in its place departs so: it may have been another command."""
    wanted = whose(header, finding)
    where = f"not seen in {' or '.join(asked)}"
    if set(wanted).intersection(asked):
        return f"{where} any more; if it was found in another, name its command behind RUN.jsonl"
    return f"{where}; it was found in {' and '.join(wanted)}: name its command behind RUN.jsonl"


def _places(header: Header, finding: Finding, present: Sequence[Present]) -> tuple[int, ...]:
    """Where among those present they are that the finding is about; those that were named come first."""
    labels: list[Implementation] = list(implementations([item.identity for item in present]))
    wanted = [header.implementations[int(key)] for key in finding.cases]
    exact = [at for item in wanted for at, other in enumerate(labels) if other.label == item.label]
    alike = [
        at
        for item in wanted
        for at, other in enumerate(labels)
        if (other.name, other.version, other.language) == (item.name, item.version, item.language)
    ]
    return tuple(dict.fromkeys((*exact, *alike)))


def _tracked(finding: Finding, clause: Clause, told: Investigated, version: str) -> Tracked:
    made, divergence = told.reproducer, told.divergence
    program, shown = made.program if made else None, ahead(finding.minimal)
    return Tracked(
        clause,
        told.title,
        finding.text,
        program.about if program else about(divergence.fact),
        program.expected if program else allowed(divergence.fact, divergence.expected, shown),
        program.seen if program else stated(divergence.fact, divergence.seen, shown),
        told.where,
        told.others,
        made.text if made else "",
        program is not None,
        made.control if made else "",
        finding.said,
        told.message,
        (
            *([f"sys.version: {version}"] * bool(version)),
            f"{platform.system()} {platform.release()}, {platform.machine()}",
            f"import-conformance {VERSION}",
        ),
        "import-conformance replay case.json INTERPRETER",
        not finding.departure,
        given=tuple((name, sentence(name)) for name in told.given),
        as_if=finding.as_if,
    )


def _surrounded(item: Tracked, finding: Finding, summary: Summary, ended: str) -> Tracked:
    """The same with the traceback, with how often it is seen, and with the case."""
    listed = (*tree_listing(finding.minimal), program_listing(finding.minimal))
    asked = max(summary.tallies[int(place)].cases for place in finding.cases)
    return msgspec.structs.replace(
        item,
        traceback=ended,
        frequency=f"It explains {plural(finding.samples, 'case')} of {asked:,} of the run.",
        listing=tuple((shown.title, shown.text) for shown in listed),
        wanting=summary.header.implementations[min(map(int, finding.cases))].wanting,
    )
