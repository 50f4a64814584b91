"""A summary as Markdown, for a pull request or a page."""

import re
from collections.abc import Iterable, Iterator

from harness.diff import Verdict
from harness.model.clauses import Clause
from reports.heading import asked, command
from reports.questions import answered, questions
from reports.quoting import block, code, prose
from reports.records import Finding, Header
from reports.showing import EMPTY, NO_STATEMENT, Shown, last_words, program_listing, tree_listing
from reports.stating import contrast
from reports.tally import Summary
from reports.wording import ON_UNLISTED, caused, departed, instead, plural, raised, rest, takers, wanted

_COLUMNS = (Verdict.ALLOWED, Verdict.UNSPECIFIED, Verdict.KNOWN, Verdict.DIVERGES, Verdict.DOCS_SUSPECT)
_LINK = re.compile(r"https://[\w./#%?=~-]+", re.ASCII)
_ODD = (Verdict.UNEXPECTED_PASS, Verdict.UNSUPPORTED, Verdict.FLAKY, Verdict.HARNESS_FAULT)


def markdown(summary: Summary) -> str:
    """Who was asked, what each does, every finding, those that are known with the reasons, and what is left open."""
    parts = (
        *_heading(summary.header),
        *_table(summary),
        *_findings(summary),
        *_contradictions(summary),
        *_known(summary),
        *_questions(summary),
        *_differences(summary),
        *_end(summary),
    )
    return "\n".join(_spaced(parts)) + "\n"


def _spaced(parts: Iterable[str]) -> Iterator[str]:
    """The same with one blank line where two parts ask for one."""
    blank = False
    for part in parts:
        yield part.removeprefix("\n") if blank else part
        blank = part.endswith("\n")


def _heading(header: Header) -> Iterator[str]:
    yield "# How implementations of Python import\n"
    yield f"{prose(asked(header))}.\n"
    yield f"{code(command(header))}, {prose(f'import-conformance {header.suite}')}.\n"


def _table(summary: Summary) -> Iterator[str]:
    odd = tuple(verdict for verdict in _ODD if summary.count(verdict))
    columns = (*_COLUMNS, *odd)
    named = " | ".join(verdict.value for verdict in columns)
    yield f"| implementation | cases | conforms | {named} | facts | clauses |"
    yield "|---|" + "--:|" * (len(columns) + 4)
    for implementation, tally in zip(summary.header.implementations, summary.tallies, strict=True):
        counts = (tally.cases, tally.verdicts[Verdict.CONFORMS], *(tally.verdicts[verdict] for verdict in columns))
        cells = (*counts, tally.facts, len(tally.clauses))
        yield f"| {prose(implementation.label)} | {' | '.join(f'{count:,}' for count in cells)} |"


def _findings(summary: Summary) -> Iterator[str]:
    first = next((number for number, finding in summary.open_findings if not finding.departure), None)
    for number, finding in summary.open_findings:
        clause = departed(summary.header, finding, summary.linked)
        yield f"\n## {number}. {prose(caused(summary.header, finding))}\n"
        yield f"{_who(summary.header, finding)}: **{finding.verdict.value}**.\n"
        yield from [f"{prose(ON_UNLISTED[0].upper() + ON_UNLISTED[1:])}.\n"] * (number == first)
        yield f"> {prose(clause.statement)}\n>\n> — {_linked(clause)}\n"
        if happens := instead(finding.text, finding.as_if):
            yield f"{prose(happens[0].upper() + happens[1:])}.\n"
        told, expected, seen = contrast(finding)
        yield f"{prose(told)}: expected {code(expected)}, seen {code(seen)}.\n"
        yield from (f"Raised: {code(words)}.\n" for words in [raised(finding)] if words)
        yield from _fenced((*tree_listing(finding.minimal), program_listing(finding.minimal)))
        for words in last_words(finding.said):
            yield f"It said:\n\n{block(words.text)}\n"


def _known(summary: Summary) -> Iterator[str]:
    """What expectations name, with the reasons."""
    known = [(number, item) for number, item in enumerate(summary.findings, 1) if item.verdict is Verdict.KNOWN]
    if known:
        yield "\n## Known\n"
    for number, item in known:
        clause = departed(summary.header, item, summary.linked)
        cause = f"{_linked(clause, clause.id)}{prose(f': {item.departure}') if item.departure else ''}"
        yield f"* finding {number}, {cause}. {_who(summary.header, item)}. {prose(_reasons(item))}"


def _reasons(finding: Finding) -> str:
    return "; ".join(finding.expectation.splitlines())


def _contradictions(summary: Summary) -> Iterator[str]:
    for policy in summary.inconsistent:
        who = summary.header.implementations[policy.implementation]
        clause, label = summary.linked(summary.header.clauses[policy.clause], who.language), who.label
        yield f"\n## {prose(clause.id)}: two answers\n"
        yield f"{prose(label)}: **{Verdict.INCONSISTENT.value}**.\n"
        yield f"> {prose(clause.statement)}\n>\n> — {_linked(clause)}\n"
        yield from (f"{prose(item.told[0].upper() + item.told[1:])}.\n" for item in summary.relatives(policy))
        for option in policy.options:
            yield f"{code(option.option)} in {plural(option.cases, 'case')}:\n"
            yield from _fenced((*tree_listing(option.shown), program_listing(option.shown)))


def _questions(summary: Summary) -> Iterator[str]:
    if summary.policies:
        yield "\n## What the documents leave open\n"
    last = None
    for question in questions(summary.header, summary.policies):
        if question.clause != last:
            yield f"* {_linked(question.clause, question.clause.id)}: {prose(question.clause.statement)}"
        last = question.clause
        where = f"{prose(question.situation)}: " if question.situation else ""
        for option, who in answered(summary.header, question).items():
            yield f"    * {where}{code(option)}: {prose(who)}"


def _differences(summary: Summary) -> Iterator[str]:
    if summary.differing:
        yield "\n## Where implementations differ and the documents leave it open\n"
    for place, (count, identity) in summary.differing.items():
        clause = summary.header.clauses[place]
        shown = f", the smallest {code(identity)}" if identity else ""
        yield f"* {_linked(clause, clause.id)}: {prose(clause.statement)} {plural(count, 'case')}{shown}"


def _linked(clause: Clause, text: str = "") -> str:
    """The text, or the section that a clause is taken from, as a link where there is one."""
    shown = prose(text or clause.source)
    return f"[{shown}]({clause.link})" if _LINK.fullmatch(clause.link) else shown


def _who(header: Header, finding: Finding) -> str:
    cases = {header.implementations[int(place)].label: count for place, count in finding.cases.items()}
    return prose(takers(cases, len(header.implementations)))


def _fenced(files: tuple[Shown, ...]) -> Iterator[str]:
    yield block("\n\n".join(_file(item) for item in files), "python") + "\n"


def _file(item: Shown) -> str:
    bare = item.text in {EMPTY, NO_STATEMENT}
    return f"# {item.title}  (empty)" if bare else f"# {item.title}\n{item.text}"


def _end(summary: Summary) -> Iterator[str]:
    for place, who in enumerate(summary.header.implementations):
        yield from (f"\n{prose(who.label)}: {prose(told)}." for told in summary.left_out(place))
        yield from [f"\n{prose(who.label)} **departs**: {prose(wanted(who.wanting))}."] * bool(who.wanting)
        nobody = ", ".join(map(code, who.unclassified))
        yield from [f"\n{prose(who.label)}: nobody classed {nobody}."] * bool(nobody)
    for item in summary.unexpected:
        label = summary.header.implementations[item.implementation].label
        expected = ", ".join(map(code, item.departures))
        told = f"{plural(item.cases, 'case')}, first {prose(item.first)}"
        yield f"\n{prose(label)}: unexpected pass of {expected} ({told})."
    for label in summary.unjudged:
        yield f"\n{prose(label)}: nothing was judged."
    for what in summary.missing:
        yield f"\nMissing: {prose(what)}."
    footer = summary.footer
    if footer is None:
        yield "\nThe run has no end: it was cut."
        return
    left = "".join(f", {prose(text)}" for text in rest(footer.reasons))
    yield from (f"\n**Changed while it was judged:** {prose(item)}" for item in footer.changed)
    yield f"\nSeed {summary.header.seed}, planned {footer.planned:,}, executed {footer.executed:,}{left}."
