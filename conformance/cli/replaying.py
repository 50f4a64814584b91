"""``replay``: one case, all facts side by side."""

import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

import click
import msgspec

from conformance.catalogue import catalogue
from conformance.catalogue.sections import linked
from conformance.cli.cases import foreign, looked_into, opened, suspicion
from conformance.cli.interpreters import behind, found, labelled, workspace
from conformance.cli.options import as_json, base, contain, repro, run_file
from conformance.cli.output import CommandError, Exit, IncompleteError, finish, remark, say, write, write_file
from conformance.cli.strangers import files, introduced, strangers
from conformance.engine import Ground, Reply, Way, replies, standing, unexplained
from conformance.engine.causes import sentence
from conformance.reproducing import Asked, Run, Suspicion, investigated, runner
from harness.diff import Verdict
from harness.model.clauses import Clause
from harness.model.rendering import ahead
from harness.model.saying import closing, last_words
from harness.model.versions import Version
from harness.run import AdapterError, Contain, Implementation, Mode
from harness.run import environment as built
from reports.columns import Column
from reports.departing import Cause
from reports.machine import replay_json
from reports.sidebyside import side_by_side
from reports.wording import plural, visible

_NEW: Final = frozenset({Verdict.DIVERGES, Verdict.DOCS_SUSPECT})
"""The verdicts of who departs and is not known to."""

_MOST: Final = 3
"""So many implementations are named at most."""


class _Options(msgspec.Struct, frozen=True):
    run_file: Path | None
    repro: Path | None
    fresh: bool
    contain: Contain
    base: bool
    as_json: bool
    facts: bool
    names: tuple[str, ...]
    known: tuple[str, ...]


@click.command(short_help="One case on each interpreter: who departs in what.")
@click.argument("case", metavar="CASE")
@click.argument("interpreters", nargs=-1, required=True, metavar="INTERPRETER...")
@click.option("--fresh", is_flag=True, help="A fresh process, also where the implementation can fork.")
@click.option("--facts", is_flag=True, help="Every fact with its clause, those too in which nobody differs.")
@contain
@run_file
@repro
@strangers
@base
@as_json
def replay(case: str, interpreters: tuple[str, ...], **given: object) -> None:
    """Ask each INTERPRETER one CASE: show the case, who does what, and the facts that depart or differ with clauses.

    CASE is a case file, a directory (see case) or the name of a vector; else a finding of the last run by its number,
    or a case of it by the beginning of its id; with --run RUN.jsonl of that run. Exit code: 0 nobody diverges, 1
    somebody does and no expectation says so, 2 usage, 3 harness fault, a repetition that disagreed, or nobody can be
    asked this.
    """
    options = msgspec.convert(given, _Options)
    run_file = looked_into(case, options.run_file)
    options = msgspec.structs.replace(options, run_file=run_file)
    wanted = suspicion(case, run_file)
    contained = options.contain if foreign(case, run_file) else Contain.OFF
    columns, news, text = _asked(wanted, interpreters, options, contained)
    if options.repro is not None and text:
        write_file(options.repro, text.encode())
    if options.as_json:
        write(replay_json(wanted.case, columns))
    else:
        departing = min(columns, key=lambda item: (item.verdict not in _NEW, not item.judgement.divergences)).language
        cause = _cause(case, wanted, departing)
        say(side_by_side(wanted.case, columns, _clauses(departing), sentence, cause, every=options.facts))
    if options.repro is not None:
        _check(columns, text)
    finish(
        Exit.INCOMPLETE
        if _incomplete({column.verdict for column in columns})
        else Exit.NEWS
        if news
        else Exit.NOTHING_NEW
    )


def _clauses(language: Version) -> dict[str, Clause]:
    """All of them, linked to the documents of that version."""
    return {name: linked(clause, language) for name, clause in catalogue().items()}


def _cause(number: str, wanted: Suspicion, language: Version) -> Cause | None:
    """What a finding departs from, as the run that found it has it; of another case nothing."""
    if wanted.clause is None:
        return None
    clause = linked(wanted.clause, language)
    whose = " and ".join(wanted.whose) if len(wanted.whose) <= _MOST else plural(len(wanted.whose), "implementation")
    title = visible(f"finding {number} of the run, in {whose}")
    return Cause(wanted.cause, clause, wanted.text, title, as_if=wanted.as_if, fact=wanted.fact)


def _incomplete(verdicts: AbstractSet[Verdict]) -> bool:
    """Whether a fault or a repetition that disagreed left somebody unjudged, or nobody was judged at all."""
    return bool(verdicts & {Verdict.HARNESS_FAULT, Verdict.FLAKY}) or verdicts <= {Verdict.UNSUPPORTED}


def _asked(
    wanted: Suspicion, interpreters: Sequence[str], options: _Options, contained: Contain
) -> tuple[tuple[Column, ...], bool, str]:
    """What each does, whether that is news, and the reproducer if one is asked for and tells them apart."""
    environment = built(os.environ)
    known = files(options.known)
    with workspace() as place:
        result = behind(found(interpreters, place, environment, base=options.base), place, environment, contained)
        named = introduced(result.implementations, options.names, known)
        _called_otherwise(options.run_file, named)
        mode = Mode.FRESH if options.fresh else Mode.AUTO
        try:
            with standing(named, place, environment, way=Way(mode=mode), clock=time.monotonic, files=known) as stand:
                replied = replies(wanted.case, stand)
                run = runner(place, environment, sys.executable)
                text = _repro(wanted, replied, stand, named, run) if options.repro else ""
        except AdapterError as error:
            raise IncompleteError(str(error), error.hint) from error
    columns = tuple(_columns(named, replied, ahead(wanted.case)))
    return columns, unexplained(replied), text


def _called_otherwise(run_file: Path | None, named: Sequence[Implementation]) -> None:
    """Say it where the case is of a run in which nobody was called as those are who are asked now."""
    if run_file is None:
        return
    with opened(run_file) as read:
        before = {item.name for item in read.header.implementations}
    if before.isdisjoint(item.identity.name for item in named):
        told = visible(" and ".join(sorted(before)))
        remark(f"{run_file} is about {told}: with --name what is expected of that name is expected")


def _repro(
    wanted: Suspicion, replied: Sequence[Reply], stand: Ground, present: Sequence[Implementation], run: Run
) -> str:
    """What shows what is wanted, or else the first divergence, of the first who has any; empty where nothing does.

    Who is not known to depart goes first.
    """
    for at, reply in sorted(enumerate(replied), key=lambda item: item[1].ruling.verdict not in _NEW):
        if reply.answer.judgement.divergences:
            language = reply.answer.identity.language
            clause = wanted.clause and linked(wanted.clause, language)
            shown = msgspec.structs.replace(wanted, clause=clause)
            told = investigated(shown, at, Asked(wanted.case, stand), present, _clauses(language), run)
            return told.reproducer.text if told and told.reproducer else ""
    return ""


def _check(columns: Sequence[Column], text: str) -> None:
    """There is a reproducer, as was asked for.

    Raises:
        CommandError: nobody diverges.
        IncompleteError: somebody does, and no program shows it.
    """
    if not any(column.judgement.divergences for column in columns):
        message = "nobody diverges: there is nothing to reproduce"
        raise CommandError(message, "name an interpreter that diverges")
    if not text:
        message = "no program was found that tells who departs from who does not"
        raise IncompleteError(message, "name an interpreter that conforms beside the one that diverges")


def _columns(named: Sequence[Implementation], replied: Sequence[Reply], shown: Mapping[str, int]) -> Iterator[Column]:
    """What each did, with the command of those that are called alike."""
    called = labelled([item.identity for item in named])
    for (label, command), reply in zip(called, replied, strict=True):
        yield msgspec.structs.replace(_column(label, command, reply), ahead=shown)


def _column(label: str, command: str, reply: Reply) -> Column:
    answer = reply.answer
    warned = next((item.said for item in answer.judgement.divergences if item.said), "")
    return Column(
        label,
        answer.identity.language,
        reply.ruling.verdict,
        answer.predicted.documents,
        answer.observation,
        answer.judgement,
        closing(last_words(answer.observation)) or warned,
        reply.reasons.raised,
        reply.reasons.explained.fully,
        reply.reasons.explained.weakly,
        command,
        "\n".join(dict.fromkeys(item.reason for item in reply.ruling.findings if item.reason)),
    )
