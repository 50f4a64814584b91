"""A summary as Markdown, for a pull request or a page."""

from collections.abc import Iterator

from harness.diff import Verdict
from harness.model.clauses import Clause
from reports.questions import answered, questions
from reports.quoting import block, cell, code, line
from reports.records import Finding, Header
from reports.showing import Shown, last_words, program_listing, tree_listing
from reports.tally import Summary
from reports.wording import caused, choice, phrase, plural, rest, takers, visible

_COLUMNS = (Verdict.ALLOWED, Verdict.UNSPECIFIED, Verdict.KNOWN, Verdict.DIVERGES, Verdict.DOCS_SUSPECT)
_ODD = (Verdict.UNEXPECTED_PASS, Verdict.UNSUPPORTED, Verdict.FLAKY, Verdict.HARNESS_FAULT)


def markdown(summary: Summary) -> str:
    """The table of implementations, every finding that no expectation names, and what the documents leave open."""
    parts = (*_table(summary), *_findings(summary), *_contradictions(summary), *_questions(summary), *_end(summary))
    return "\n".join(parts) + "\n"


def _table(summary: Summary) -> Iterator[str]:
    odd = tuple(verdict for verdict in _ODD if summary.count(verdict))
    columns = (*_COLUMNS, *odd)
    named = " | ".join(verdict.value for verdict in columns)
    yield f"| implementation | cases | conforms | {named} | facts | clauses |"
    yield "|---|" + "--:|" * (len(columns) + 4)
    for implementation, tally in zip(summary.header.implementations, summary.tallies, strict=True):
        counts = (tally.cases, tally.verdicts[Verdict.CONFORMS], *(tally.verdicts[verdict] for verdict in columns))
        cells = (*counts, tally.facts, len(tally.clauses))
        yield f"| {cell(implementation.label)} | {' | '.join(f'{count:,}' for count in cells)} |"


def _findings(summary: Summary) -> Iterator[str]:
    for number, finding in summary.open_findings:
        clause = summary.header.clauses[finding.clause]
        yield f"\n## {number}. {line(caused(summary.header, finding))}\n"
        yield f"{_who(summary.header, finding)}: **{finding.verdict.value}**.\n"
        yield f"> {visible(clause.statement)}\n>\n> — {_linked(clause)}\n"
        if finding.text:
            yield f"Instead: {line(finding.text)}.\n"
        expected, seen = choice(finding.expected), phrase(finding.seen)
        yield f"The fact {code(finding.fact)}: expected {code(expected)}, seen {code(seen)}.\n"
        yield from _fenced((*tree_listing(finding.minimal), program_listing(finding.minimal)))
        for words in last_words(finding.said):
            yield f"\nIt said:\n\n{block(words.text)}"


def _contradictions(summary: Summary) -> Iterator[str]:
    for policy in summary.inconsistent:
        clause = summary.header.clauses[policy.clause]
        label = summary.header.implementations[policy.implementation].label
        yield f"\n## {clause.id}: two answers\n"
        yield f"{visible(label)}: **{Verdict.INCONSISTENT.value}**.\n"
        yield f"> {visible(clause.statement)}\n>\n> — {visible(clause.source)}\n"
        for option in policy.options:
            yield f"{code(option.option)} in {plural(option.cases, 'case')}:\n"
            yield from _fenced((*tree_listing(option.case), program_listing(option.case)))


def _questions(summary: Summary) -> Iterator[str]:
    if summary.policies:
        yield "\n## What the documents leave open\n"
        yield "| question | where | option | who |\n|---|---|---|---|"
    last = None
    for question in questions(summary.header, summary.policies):
        asked = "" if question.clause == last else cell(f"{question.clause.id}: {question.clause.statement}")
        last = question.clause
        for option, who in answered(summary.header, question).items():
            yield f"| {asked} | {cell(question.situation)} | {cell(option)} | {cell(who)} |"
            asked = ""


def _linked(clause: Clause) -> str:
    """The section that a clause is taken from, as a link where there is one."""
    return f"[{visible(clause.source)}]({clause.link})" if clause.link else visible(clause.source)


def _who(header: Header, finding: Finding) -> str:
    cases = {header.implementations[int(place)].label: count for place, count in finding.cases.items()}
    return visible(takers(cases, len(header.implementations)))


def _fenced(files: tuple[Shown, ...]) -> Iterator[str]:
    yield block("\n\n".join(f"# {item.title}\n{item.text}" for item in files), "python")


def _end(summary: Summary) -> Iterator[str]:
    for item in summary.unexpected:
        label = summary.header.implementations[item.implementation].label
        expected = ", ".join(map(code, item.departures))
        yield f"\n{visible(label)}: unexpected pass of {expected} ({plural(item.cases, 'case')}, first {item.first})."
    for label in summary.unjudged:
        yield f"\n{visible(label)}: nothing was judged."
    for what in summary.missing:
        yield f"\nMissing: {line(what)}."
    footer = summary.footer
    if footer is None:
        yield "\nThe run has no end: it was cut."
        return
    left = "".join(f", {line(text)}" for text in rest(footer.reasons))
    yield from (f"\n**Changed while it was judged:** {line(item)}" for item in footer.changed)
    yield f"\nSeed {summary.header.seed}, planned {footer.planned:,}, executed {footer.executed:,}{left}."
