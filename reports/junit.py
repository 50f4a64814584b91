"""A summary as JUnit XML: a suite for each implementation, a test for each clause it was judged by."""

import textwrap
from collections.abc import Container, Iterator, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from harness.diff import Verdict
from harness.model.clauses import Clause
from reports.records import Finding
from reports.showing import last_words, program_listing, tree_listing
from reports.stating import contrast
from reports.tally import Summary, Tally
from reports.wording import caused, departed, instead, raised, visible

NO_PROGRAM: Final = "no program was found that tells who departs from who does not\n"
"""What stands in place of a program where each that was tried tells too little."""


def junit(summary: Summary) -> bytes:
    """The document. A clause fails where something departs from it that no expectation names; what is known is skipped.

    So is what was not asked, by its reasons.
    A suite takes as long as its implementation was asked, a clause its part of that by the cases that exercised it.
    Where programs were tried, the first that shows a failure of a clause stands there too, or that none was found. What
    was read from a run file has neither times nor programs.
    """
    root = ET.Element("testsuites", name="import-conformance")
    for place, tally in enumerate(summary.tallies):
        root.append(_suite(summary, place, tally))
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _suite(summary: Summary, place: int, tally: Tally) -> ET.Element:
    header = summary.header
    label = visible(header.implementations[place].label)
    failures = _findings(summary, place, {Verdict.DIVERGES, Verdict.DOCS_SUSPECT})
    known = _findings(summary, place, {Verdict.KNOWN})
    suite = ET.Element("testsuite", name=label)
    clauses = sorted(tally.clauses | failures.keys() | known.keys())
    skipped = 0
    for clause in clauses:
        test = ET.SubElement(suite, "testcase", classname=label, name=header.clauses[clause].id)
        for _, finding in failures.get(clause, []):
            failure = ET.SubElement(test, "failure", message=caused(header, finding), type=finding.verdict.value)
            failure.text = _told(finding, departed(header, finding, summary.linked))
        if clause in known and clause not in failures:
            skipped += 1
            known_by = (reason for _, finding in known[clause] for reason in finding.expectation.splitlines())
            reasons = "; ".join(dict.fromkeys(known_by))
            ET.SubElement(test, "skipped", message=f"known: {visible(reasons)}")
        for program in _program(summary, failures.get(clause, [])):
            ET.SubElement(test, "system-out").text = visible(program)
    wanting = header.implementations[place].wanting
    for module in wanting:
        test = ET.SubElement(suite, "testcase", classname=label, name=f"import {module}")
        lost = "it cannot be imported; no case of it is judged"
        ET.SubElement(test, "failure", message=lost, type=Verdict.DIVERGES.value)
    left_out = list(summary.left_out(place, {Verdict.UNSUPPORTED}))
    for number, told in enumerate(left_out, 1):
        test = ET.SubElement(suite, "testcase", classname=label, name=f"not asked {number}")
        ET.SubElement(test, "skipped", message=visible(told))
    errors = tally.verdicts[Verdict.HARNESS_FAULT] + tally.verdicts[Verdict.FLAKY]
    for number in range(errors):
        test = ET.SubElement(suite, "testcase", classname=label, name=f"harness {number + 1}")
        ET.SubElement(test, "error", message="a fault of the suite, or an answer that does not repeat")
    tests = len(clauses) + len(wanting) + len(left_out) + errors
    counts = {"tests": tests, "failures": len(failures) + len(wanting), "errors": errors}
    for name, count in counts.items():
        suite.set(name, str(count))
    suite.set("skipped", str(skipped + len(left_out)))
    _time(suite, summary, place, clauses)
    return suite


def _program(summary: Summary, failures: Sequence[tuple[int, Finding]]) -> Iterator[str]:
    """What stands beside these failures, if any program was tried."""
    if tried := [summary.programs[at] for at, _ in failures if at in summary.programs]:
        yield next(filter(None, tried), NO_PROGRAM)


def _time(suite: ET.Element, summary: Summary, place: int, clauses: Sequence[int]) -> None:
    """Say how long the suite took, and each of its clauses, where that is known."""
    if place >= len(summary.seconds):
        return
    seconds, exercised = summary.seconds[place], summary.tallies[place].exercised
    suite.set("time", f"{seconds:.3f}")
    for clause, test in zip(clauses, suite, strict=False):
        test.set("time", f"{seconds * exercised[clause] / max(1, exercised.total()):.3f}")


def _findings(summary: Summary, place: int, verdicts: Container[Verdict]) -> dict[int, list[tuple[int, Finding]]]:
    """The findings of one implementation with these verdicts, each with its number, by the clause it departs from."""
    found: dict[int, list[tuple[int, Finding]]] = {}
    for number, finding in enumerate(summary.findings, 1):
        if str(place) in finding.cases and finding.verdict in verdicts:
            found.setdefault(finding.clause, []).append((number, finding))
    return found


def _told(finding: Finding, clause: Clause) -> str:
    told, expected, seen = contrast(finding)
    departs = f"{told}: expected {expected}, seen {seen}"
    said = "".join(f"\nit said:\n{words.text}" for words in last_words(finding.said))
    source = f"{clause.source} {clause.link}".rstrip()
    happens = "".join(f"{words}\n" for words in [instead(finding.text, finding.as_if)] if words)
    ended = f"\nraised: {raised(finding)}" * bool(raised(finding))
    listed = (*tree_listing(finding.minimal), program_listing(finding.minimal))
    case = "".join(f"\n{shown.title}\n{textwrap.indent(shown.text, '    ')}" for shown in listed)
    first = f"first case: {finding.first}"
    return visible(f"{clause.statement}\n{source}\n{happens}{departs}{ended}\n{first}{said}") + case
