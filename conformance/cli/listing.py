"""``list``: what there is."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.console import Group, RenderableType
from rich.text import Text

from conformance.catalogue import catalogue, cited_clauses, matching_clauses, vectors
from conformance.catalogue.sections import linked
from conformance.cli.cases import opened, summed
from conformance.cli.interpreters import found, workspace
from conformance.cli.keeping import latest
from conformance.cli.measures import EXAMPLES, list_expectations, list_silences
from conformance.cli.options import as_json
from conformance.cli.output import CommandError, say, write
from conformance.cli.selecting import wanted_clauses
from conformance.coverage import covers, decides, languages
from harness.diff import Verdict
from harness.model.clauses import Clause
from harness.model.codec import encode
from harness.model.versions import dotted
from harness.oracle import departures_of
from harness.run import environment as built
from reports import Finding, Summary
from reports.listing import plain_table
from reports.questions import contradictions_view
from reports.terminal import findings_view, known_table, news_view, silences_table
from reports.wording import plural

_MORE = "explain NUMBER tells more of one that is known"
_NUMBERS = 12
"""So many findings that are new are told by their numbers."""

KINDS = ("clauses", "vectors", "interpreters", "findings", "expectations", "silences")


@click.command(name="list", short_help="Clauses, vectors, interpreters, expectations, findings, silences.")
@click.argument("kind", type=click.Choice(KINDS), metavar="WHAT")
@click.argument("which", nargs=-1, metavar="[RUN.jsonl|AREA]...")
@click.option(
    "--uncovered",
    is_flag=True,
    help="Clauses that no vector covers in some version, or, with RUN, no case of that run exercises.",
)
@click.option("--masked", is_flag=True, help="Expectations: what each implementation's would hide of further faults.")
@click.option(
    "--examples",
    type=click.IntRange(1),
    default=EXAMPLES,
    show_default=True,
    help="So many cases, for silences and --masked.",
)
@as_json
def list_things(
    kind: str, which: tuple[str, ...], *, uncovered: bool, masked: bool, examples: int, as_json: bool
) -> None:
    """List clauses, vectors, interpreters, expectations, silences, or the findings of run files.

    Expectations are what is known of implementations; silences tell how much of generated cases (of the plain mix, from
    one seed) the documents leave open. The number before a finding is what replay and explain call it; without RUN they
    are those of the last run. AREA is an area or a chapter of the clauses, or a glob.
    """
    wanted, runs = _told_apart(which if kind == "clauses" else (), which)
    if uncovered and kind != "clauses":
        raise CommandError(f"--uncovered: {kind} are not covered by anything", "list clauses --uncovered")
    if runs and kind not in {"clauses", "findings"}:
        raise CommandError(f"{runs[0]}: no run tells of {kind}", f"list {kind} takes no run file")
    match kind:
        case "clauses":
            _clauses(wanted, runs, uncovered=uncovered, as_json=as_json)
        case "vectors":
            _vectors(as_json=as_json)
        case "interpreters":
            _interpreters(as_json=as_json)
        case "expectations":
            list_expectations(examples, hidden=masked, as_json=as_json)
        case "silences":
            list_silences(examples, as_json=as_json)
        case _:
            _findings(runs, as_json=as_json)


def _told_apart(names: tuple[str, ...], which: tuple[str, ...]) -> tuple[frozenset[str], tuple[Path, ...]]:
    """The clauses that ``names`` stand for, all if none does; and the run files among ``which``: the others."""
    found = {name: matching_clauses(name) or _none(name) for name in names}
    wanted = frozenset(clause for clauses in found.values() for clause in clauses)
    return wanted or frozenset(catalogue()), tuple(Path(name) for name in which if not found.get(name))


def _none(name: str) -> tuple[str, ...]:
    """No clause, if the name is that of a file.

    Raises:
        CommandError: it is no file either.
    """
    return () if os.path.exists(name) or name.endswith(".jsonl") else tuple(wanted_clauses(name))  # noqa: PTH110 - any


def _clauses(wanted: frozenset[str], runs: tuple[Path, ...], *, uncovered: bool, as_json: bool) -> None:
    known = tuple(clause for clause in catalogue().values() if clause.id in wanted)
    counts = _exercised(runs)
    if uncovered:
        known = tuple(clause for clause in known if (not counts[clause.id] if runs else not _covered(clause)))
    if as_json:
        write(encode(known) + b"\n")
        return
    if not runs:
        counts = Counter(clause for vector in vectors().values() for clause in vector.clauses)
    cited = cited_clauses()
    rows = [
        (
            clause.id,
            "yes" if clause.id in cited else "·",
            f"{len(departures_of().get(clause.id, ())) or '·'}",
            f"{counts[clause.id] or '·'}",
            f"{clause.statement} (It awaits {clause.awaits}.)" if clause.awaits else clause.statement,
        )
        for clause in sorted(known, key=lambda item: item.id not in cited)
    ]
    oracle = sum(clause.id in cited for clause in known)
    total = f"{plural(len(known), 'clause')}, of which the oracle cites {oracle:,}"
    columns = ("clause", "oracle", "departures", "cases" if runs else "vectors", "statement")
    say(plain_table(columns, rows), "", total)


def _exercised(runs: tuple[Path, ...]) -> Counter[str]:
    """How many cases of the runs exercised each clause."""
    counts: Counter[str] = Counter()
    for path in runs:
        cases: Counter[int] = Counter()
        with opened(path) as run:
            for group in run.groups():
                cases.update({place for record in group.records for place in record.clauses})
        counts.update({run.header.clauses[place].id: count for place, count in cases.items()})
    return counts


def _covered(clause: Clause) -> bool:
    """Whether the clause is covered in every version in which it is in force, or there is nothing in it to be."""
    if clause.id in cited_clauses() and not decides(clause):
        return True
    held = [language for language in languages() if clause.holds(language)]
    return clause.untestable is not None or all(covers(clause.id, language) for language in held)


def _vectors(*, as_json: bool) -> None:
    if as_json:
        write(encode(tuple(vectors().values())) + b"\n")
        return
    rows = [(vector.name, ", ".join(vector.clauses), vector.about) for vector in vectors().values()]
    say(plain_table(("vector", "clauses", "shows"), rows), "", plural(len(rows), "vector"))


def _interpreters(*, as_json: bool) -> None:
    environment = built(os.environ)
    with workspace() as place:
        result = found(["all"], place, environment)
    identities = [item.identity for item in result.implementations]
    if as_json:
        write(encode(identities) + b"\n")
        return
    rows = [(item.label, dotted(item.language), " ".join(item.command)) for item in identities]
    left = [Text(f"left out: {error}", style="dim") for error in result.refused]
    say(plain_table(("implementation", "language", "command"), rows), *left)


def _findings(runs: tuple[Path, ...], *, as_json: bool) -> None:
    for path in runs or (latest(os.environ),):
        with opened(path) as run:
            summary = summed(run)
        if as_json:
            write(encode(run.findings) + b"\n")
            continue
        summary.add(*run.findings, *run.policies, *run.differences)
        counted = _counted(run.findings) + _besides(summary) + ("" if run.whole else "; the run has no end")
        numbered = list(enumerate(run.findings, 1))
        new = [item for item in numbered if item[1].verdict is not Verdict.KNOWN]
        known = [item for item in numbered if item[1].verdict is Verdict.KNOWN]
        views = list(findings_view(run.header, new, linked)) + [known_table(run.header, known)] * bool(known)
        odd = (*news_view(summary), *contradictions_view(run.header, summary.inconsistent, summary.relatives))
        open_: list[RenderableType] = ["", silences_table(summary)] if summary.differing else []
        more = ["", _MORE] * bool(known)
        say(counted, "", Group(*_spaced(views)), *more, *["", counted] * bool(new), *odd, *open_)


def _counted(findings: Sequence[Finding]) -> str:
    """How many are new, by which numbers, and how many are known."""
    new = [number for number, item in enumerate(findings, 1) if item.verdict is not Verdict.KNOWN]
    known = len(findings) - len(new)
    if not known:
        return plural(len(new), "finding")
    listed = ", ".join(map(str, new[:_NUMBERS])) + ", …" * (len(new) > _NUMBERS)
    numbers = f" (number{'s' * (len(new) > 1)} {listed})" if new else ""
    return f"{plural(len(new), 'new finding')}{numbers}, and {known:,} that {'is' if known == 1 else 'are'} known"


def _besides(summary: Summary) -> str:
    """What else is news: two answers to one question, passes that are not expected, modules that cannot be imported."""
    several = len(summary.inconsistent)
    passes = sum(item.cases for item in summary.unexpected)
    told = [f"; {plural(several, 'inconsistent answer')}"] * bool(several)
    told += [f"; {passes:,} unexpected pass{'' if passes == 1 else 'es'}"] * bool(passes)
    wanting = sum(len(item.wanting) for item in summary.header.implementations)
    told += [f"; {plural(wanting, 'module')} that cannot be imported"] * bool(wanting)
    return "".join(told)


def _spaced(views: list[RenderableType]) -> Iterator[RenderableType]:
    for number, view in enumerate(views):
        if number:
            yield ""
        yield view
