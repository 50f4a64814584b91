"""A summary as people read it on a terminal. It gives things that rich can show; it prints nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from harness.diff import Verdict
from harness.model.versions import line
from reports.causing import INDENT, cause_view, indented
from reports.fitting import Fitted
from reports.folding import Cell, Folded
from reports.listing import listing
from reports.questions import contradictions_view, questions_view
from reports.records import Finding, Header, Implementation
from reports.showing import last_words, program_listing, tree_listing
from reports.stating import contrast
from reports.tally import Summary
from reports.wording import (
    ON_UNLISTED,
    Linked,
    bare,
    caused,
    departed,
    plural,
    raised,
    rest,
    takers,
    unlinked,
    visible,
    wanted,
)

SHOWN: Final = 12
"""How many findings are shown in full unless told otherwise."""

CLAUSES: Final = 30
"""How many clauses that something diverges from are shown."""

REASONS: Final = 8
"""So many reasons why cases of an implementation were not judged are shown."""

ID: Final = 12
"""So much of the id of a case tells it from others."""

_COLUMNS: Final = (
    (Verdict.CONFORMS, "conforms", True),
    (Verdict.ALLOWED, "allowed", False),
    (Verdict.UNSPECIFIED, "unspecified", False),
    (Verdict.KNOWN, "known", False),
    (Verdict.UNEXPECTED_PASS, "unexpected", False),
    (Verdict.DIVERGES, "diverges", True),
    (Verdict.DOCS_SUSPECT, "suspect", False),
    (Verdict.UNSUPPORTED, "unsupported", False),
    (Verdict.FLAKY, "flaky", False),
    (Verdict.HARNESS_FAULT, "fault", False),
)
_NAMED: Final = 3
"""So many departures that nobody classed are named."""
_STYLES: Final = {
    Verdict.CONFORMS: "green",
    Verdict.DIVERGES: "bold red",
    Verdict.DOCS_SUSPECT: "bold magenta",
    Verdict.FLAKY: "bold yellow",
    Verdict.HARNESS_FAULT: "bold yellow",
}


def summary_view(summary: Summary, *, shown: int = SHOWN, policies: bool = False) -> RenderableType:
    """The whole summary: a line for each implementation, divergences by clause, findings, and what was not executed.

    With ``policies`` also what each implementation answers where the documents leave a question open.
    """
    parts: list[RenderableType] = [implementations_table(summary)]
    if any(summary.diverging):
        parts += ["", clauses_table(summary)]
    if summary.differing:
        parts += ["", silences_table(summary)]
    findings = summary.open_findings
    parts += [item for view in findings_view(summary.header, findings[:shown], summary.linked) for item in ("", view)]
    if len(findings) > shown:
        parts += [
            "",
            Text(f"{plural(len(findings) - shown, 'finding')} more; list findings shows all of them", style="dim"),
        ]
    parts += contradictions_view(summary.header, summary.inconsistent, summary.relatives)
    if policies and summary.policies:
        told = "what the documents leave open, and who takes which option; explain CLAUSE --run shows a case of each"
        parts += ["", Text(told, style="bold")]
        parts += questions_view(summary.header, summary.policies)
    parts += ["", *_remarks(summary)]
    return Group(*parts)


def implementations_table(summary: Summary) -> Folded:
    """A line for each implementation; columns in which nothing was counted are left out."""
    columns = [item for item in _COLUMNS if item[2] or summary.count(item[0])]
    rows: list[Sequence[Cell]] = []
    for implementation, tally in zip(summary.header.implementations, summary.tallies, strict=True):
        counts = [_count(tally.verdicts[verdict], _STYLES.get(verdict, "")) for verdict, _, _ in columns]
        facts = f"{tally.facts:,}", f"{len(tally.clauses):,}"
        rows.append((implementation.label, f"{tally.cases:,}", *counts, *facts))
    return Folded(("implementation", "cases", *(name for _, name, _ in columns), "facts", "clauses"), rows)


def _count(count: int, style: str) -> Text:
    return Text(f"{count:,}" if count else "·", style=style if count else "dim")


def short_labels(implementations: Sequence[Implementation]) -> tuple[str, ...]:
    """Names for narrow columns: the language version, with the name where it is not CPython, and who is who."""
    return tuple(
        f"{'' if item.name == 'cpython' else item.name + ' '}{line(item.language)}"
        + item.label.removeprefix(bare(item.label))
        for item in implementations
    )


def clauses_table(summary: Summary) -> Folded:
    """The clauses that something unnamed diverges from, with the number of cases on each implementation."""
    labels = short_labels(summary.header.implementations)
    diverging = summary.diverging
    places = [place for place, counts in enumerate(diverging) if counts]
    clauses = sorted({clause for counts in diverging for clause in counts})
    clauses.sort(key=lambda item: -max(counts[item] for counts in diverging))
    rows: list[Sequence[Cell]] = []
    for clause in clauses[:CLAUSES]:
        counts = [_count(diverging[place][clause], "red") for place in places]
        rows.append((summary.header.clauses[clause].id, *counts))
    if len(clauses) > CLAUSES:
        rows.append((Text(f"{len(clauses) - CLAUSES} more", style="dim"), *("" for _ in places)))
    return Folded(("diverges by clause", *(labels[place] for place in places)), rows)


def silences_table(summary: Summary) -> Folded:
    """By what documents leave open: the number of cases in which implementations differ there, and the smallest one."""
    found = list(summary.differing.items())[:CLAUSES]
    rows = [(summary.header.clauses[clause].id, f"{count:,}", identity[:ID]) for clause, (count, identity) in found]
    return Folded(("implementations differ where it is open", "cases", "replay"), rows)


def findings_view(
    header: Header, findings: Sequence[tuple[int, Finding]], linked: Linked = unlinked
) -> Iterator[RenderableType]:
    """Each finding by its number, ``linked`` to the documents of who departs.

    What words of ours mean is said once, at the first that has them.
    """
    first = next((number for number, finding in findings if not finding.departure), None)
    for number, finding in findings:
        yield finding_view(header, finding, number, explained=number == first, linked=linked)


def known_table(header: Header, findings: Sequence[tuple[int, Finding]]) -> Fitted:
    """A line for each of these, which are known: its number, its cause, and in how many cases who makes it."""
    places = sorted({int(place) for _, finding in findings for place in finding.cases})
    labels = short_labels(header.implementations)
    rows: list[Sequence[Cell]] = [
        (
            f"{number}. {visible(caused(header, finding))}",
            *(_count(finding.cases.get(str(place), 0), "") for place in places),
        )
        for number, finding in findings
    ]
    return Fitted(("known", *(labels[place] for place in places)), rows)


def finding_view(
    header: Header, finding: Finding, number: int, *, explained: bool = False, linked: Linked = unlinked
) -> RenderableType:
    """One finding: its cause, what was expected and seen, why it is known if it is, and the smallest case.

    ``explained``: what it means that a cause is not listed is said as well.
    """
    case = finding.minimal
    return Group(
        _title(header, finding, number),
        *cause_view(caused(header, finding), departed(header, finding, linked), finding.text, finding.as_if),
        *([indented(f"({ON_UNLISTED})", "dim")] * explained),
        Padding(_contrast(finding), (0, 0, 0, INDENT)),
        *(indented(f"raised: {words}") for words in [raised(finding)] if words),
        *(indented(f"known: {visible(reason)}") for reason in finding.expectation.splitlines()),
        *listing((*tree_listing(case), program_listing(case), *last_words(finding.said)), INDENT),
    )


def _title(header: Header, finding: Finding, number: int) -> Text:
    style = _STYLES.get(finding.verdict, "")
    return Text.assemble((f"{number}. ", "bold"), (finding.verdict.value, style), "  ", _who(header, finding))


def _who(header: Header, finding: Finding) -> str:
    cases = {header.implementations[int(place)].label: count for place, count in finding.cases.items()}
    beside = f", and {plural(finding.beside, 'case')} beside" if finding.beside else ""
    return takers(cases, len(header.implementations)) + beside


def _contrast(finding: Finding) -> Text:
    told, expected, seen = contrast(finding)
    return Text.assemble(f"{told}: expected ", (expected, "green"), ", seen ", (seen, "red"))


def _remarks(summary: Summary) -> Iterator[Text]:
    for place, item in enumerate(summary.header.implementations):
        yield from (
            Text(visible(f"{item.label}: {told}"), style="yellow") for told in summary.left_out(place, most=REASONS)
        )
    yield from news_view(summary)
    excess = max((tally.excess for tally in summary.tallies), default=0)
    if excess:
        yield Text(f"in {plural(excess, 'case')} the documents leave more worlds than were looked at", style="yellow")
    differing = max((tally.differences for tally in summary.tallies), default=0)
    if differing:
        silent = max(tally.silent for tally in summary.tallies)
        yield Text(
            f"the documents are silent on {plural(silent, 'fact')}; where they are silent, or leave a question open, "
            f"implementations differ on {differing:,}",
            style="dim",
        )
    for label in summary.unjudged:
        yield Text(f"{label}: nothing was judged", style="bold yellow")
    for what in summary.missing:
        yield Text(f"missing: {visible(what)}", style="bold yellow")
    footer = summary.footer
    if footer is None:
        yield Text("the run has no end: it was cut", style="bold yellow")
        return
    shares = footer.shares
    if shares.generated:
        completed, raised = shares.completed / shares.generated, shares.raised / shares.generated
        yield Text(f"generated programs: {completed:.0%} reach the end, {raised:.0%} raise", style="dim")
    yield from (Text(visible(f"changed while it was judged: {item}"), style="bold red") for item in footer.changed)
    left = "".join(f", {visible(text)}" for text in rest(_summed(footer.reasons)))
    yield Text(f"planned {footer.planned:,}, executed {footer.executed:,}{left}", style="dim")


def news_view(summary: Summary) -> Iterator[Text]:
    """What is news and no finding: what cannot be imported, what nobody classed, what is as documented unexpectedly."""
    for item in summary.header.implementations:
        if item.wanting:
            yield Text(visible(f"{item.label}: departs: {wanted(item.wanting)}"), style="bold red")
        if item.unclassified:
            more = len(item.unclassified) - _NAMED
            named = ", ".join(item.unclassified[:_NAMED]) + (f" and {more} more" if more > 0 else "")
            told = f"{item.label}: {len(item.unclassified)} unclassified, give each a class: {named}"
            yield Text(visible(told), style="bold yellow")
    for passed in summary.unexpected:
        label = summary.header.implementations[passed.implementation].label
        yield Text(
            f"{label}: unexpected pass: {plural(passed.cases, 'case')} not as expected, the first {passed.first}: "
            + visible(", ".join(passed.departures)),
            style="bold yellow",
        )


def _summed(reasons: Mapping[str, int]) -> Mapping[str, int]:
    """The reasons, those why somebody cannot be asked as one: each was told of whom it is."""
    found: Counter[str] = Counter()
    for reason, count in reasons.items():
        kind, _, why = reason.partition(": ")
        found[kind if why and kind == Verdict.UNSUPPORTED.value else reason] += count
    return found
