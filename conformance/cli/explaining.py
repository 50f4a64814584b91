"""``explain``: a clause with the cases that exercise it, or a case with what the documents say of it."""

import contextlib
import os
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import click
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from conformance.catalogue import catalogue, cited_clauses, vectors
from conformance.cli.cases import is_case, looked_into, opened, resolved
from conformance.cli.hints import perhaps
from conformance.cli.options import as_json, run_file
from conformance.cli.output import CommandError, say, write
from conformance.cli.selecting import cases_citing, unobserved
from conformance.coverage import exercised_by, languages, shown, shown_by
from generators import reduce_case
from harness.model.case import Case
from harness.model.clauses import Clause
from harness.model.codec import encode
from harness.model.exceptions import OLDEST
from harness.model.versions import Version, dotted, parsed, within
from harness.oracle import departures_of, predict
from reports.fitting import Unbroken
from reports.questions import questions_view
from reports.sidebyside import case_view, prediction_view
from reports.wording import plural

_LATEST: Final = (3, 15)
_NEXT: Final = (4, 0)

SAMPLE: Final = 200
"""How many generated cases are looked through for some that exercise a clause."""

_EFFORT: Final = 300
"""How many smaller cases are tried for the one that is shown."""

_FEW: Final = 8
"""How many vectors are named that notice one departure."""


@click.command(short_help="A clause and its cases, or what the documents say of a case.")
@click.argument("name", metavar="CLAUSE|CASE")
@click.option("--language", help="By the documents of that version; the newest one, or the last that has the clause.")
@run_file
@as_json
def explain(name: str, language: str | None, run_file: Path | None, *, as_json: bool) -> None:
    """Show a clause, its source and the cases that exercise it; or a case and what the documents say of it.

    CASE is as for replay. With --run a clause is looked for in that run.
    """
    version = _newest(catalogue().get(name)) if language is None else _version(language)
    run_file = looked_into(name, run_file)
    if name in catalogue():
        unobserved(os.environ)
        clause = catalogue()[name]
        if as_json:
            write(encode(clause) + b"\n")
        else:
            say(_clause_view(clause, version, run_file))
        return
    if not is_case(name, run_file):
        raise CommandError(
            f"{name}: there is no such clause, vector or case file",
            perhaps(name, [*catalogue(), *vectors()], "list clauses, or list vectors, shows what there is"),
        )
    case = resolved(name, run_file)
    prediction = predict(case, version)
    if as_json:
        write(encode(prediction) + b"\n")
    else:
        say(prediction_view(case, prediction), "", *_noticed(case, version))


def _noticed(case: Case, language: Version) -> list[str]:
    """What of an implementation the case brings to light, by the documents of that version."""
    found = shown(case, language)
    departures = [f"  {item}" for item in found.departures]
    questions = [f"  {clause}" for clause in sorted(found.questions)]
    return [
        f"departures noticed here: {len(departures) or 'none'}",
        *departures,
        *(["open questions answered here:", *questions] if questions else []),
    ]


def _newest(clause: Clause | None) -> Version:
    """The newest line of the language; if the clause is not in force there, the newest version in which it is."""
    if clause is None or clause.holds(_LATEST):
        return _LATEST
    return max(filter(clause.holds, languages()), default=_LATEST)


def _version(text: str) -> Version:
    with contextlib.suppress(ValueError):
        if within(version := parsed(text), OLDEST, _NEXT):
            return version
    message = f"--language {text}: expected a version from {dotted(OLDEST)} on, such as 3.12 or 3.15.2"
    raise CommandError(message, "versions are those of the language")


def _clause_view(clause: Clause, language: Version, run: Path | None) -> RenderableType:
    versions = [f"since {clause.since}"] * bool(clause.since) + [f"until {clause.until}"] * bool(clause.until)
    cited = "" if clause.id in cited_clauses() else "; the oracle does not cite it yet"
    return Group(
        Text(clause.id, style="bold"),
        clause.statement,
        "",
        f"source      {clause.source}",
        *([Unbroken(Text(f"link        {clause.link}"), 0)] * bool(clause.link)),
        f"level       {clause.level.value}{cited}",
        f"versions    {', '.join(versions) or 'all'}; what follows is by those of {dotted(language)}",
        f"observable  {clause.observable}",
        *([f"restates    {clause.restates}"] * bool(clause.restates)),
        *([f"untestable  {clause.untestable.value}: {clause.untestable_reason}"] if clause.untestable else []),
        *([f"awaits      {clause.awaits}"] * bool(clause.awaits)),
        *_departures(clause, language),
        *_exercised(clause, language, run),
    )


def _departures(clause: Clause, language: Version) -> list[RenderableType]:
    """What an implementation could do instead, with the vectors that notice it, or that tell an answer."""
    items = departures_of().get(clause.id, ())
    found = {name: shown_by(name, language, items) for name in vectors()}
    noticing = {item: [name for name, each in found.items() if item in each.departures] for item in items}
    told = [name for name, each in found.items() if clause.id in each.questions]
    return [
        *(["", "instead an implementation could do this:"] if items else []),
        *(_below(f"{item.name}: {item.text} (noticed by {_names(names)})") for item, names in noticing.items()),
        *(["", f"the answer is told by: {_names(told)}"] if told else []),
    ]


def _below(text: str) -> RenderableType:
    return Padding(text, (0, 0, 0, 2))


def _names(vectors: Sequence[str]) -> str:
    more = [f"and {len(vectors) - _FEW} more"] if len(vectors) > _FEW else []
    return ", ".join((*vectors[:_FEW], *more)) or "no vector"


def _exercised(clause: Clause, language: Version, run: Path | None) -> list[RenderableType]:
    written = [vector for vector in vectors().values() if clause.id in vector.clauses]
    parts: list[RenderableType] = ["", f"vectors written for it: {', '.join(item.name for item in written) or 'none'}"]
    if run is not None:
        return [*parts, _recorded(clause, run)]
    names = {item.name for item in written}
    others = [name for name in vectors() if name not in names and clause.id in exercised_by(name, language)]
    if others:
        parts.append(f"vectors that also exercise it: {_names(others)}")
    found = list(islice(cases_citing({clause.id}, [language], seed=0, examples=SAMPLE), SAMPLE))
    parts.append(f"generated cases that exercise it: {len(found)} of {SAMPLE}")
    if found:
        smallest = min(found, key=lambda case: len(encode(case)))
        small = reduce_case(smallest, lambda case: clause.id in predict(case, language).clauses(), budget=_EFFORT)
        parts += ["", "one of them, made small:", case_view(small)]
    return parts


def _recorded(clause: Clause, path: Path) -> RenderableType:
    exercised = differing = 0
    with opened(path) as run:
        at = {item.id: place for place, item in enumerate(run.header.clauses)}.get(clause.id)
        for record in (record for group in run.groups() for record in group.records if at in record.clauses):
            exercised += 1
            differing += any(at == item.clauses[-1] for item in record.departures)
        policies = [policy for policy in run.policies if policy.clause == at]
        told = f"in that run: {plural(exercised, 'answer')} exercised it, {differing:,} departed from it"
        return Group(told, *questions_view(run.header, policies, cases=True))
