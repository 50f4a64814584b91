"""A summary as JUnit XML: a suite for each implementation, a test for each clause it was judged by."""

from xml.etree import ElementTree as ET

from harness.diff import Verdict
from reports.records import Finding, Header
from reports.showing import last_words
from reports.tally import Summary, Tally
from reports.wording import caused, choice, phrase, visible


def junit(summary: Summary) -> bytes:
    """The document. A clause fails where something diverges from it that no expectation names."""
    root = ET.Element("testsuites", name="import-conformance")
    for place, tally in enumerate(summary.tallies):
        root.append(_suite(summary, place, tally))
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _suite(summary: Summary, place: int, tally: Tally) -> ET.Element:
    header = summary.header
    label = visible(header.implementations[place].label)
    failures = _failures(summary, place)
    suite = ET.Element("testsuite", name=label)
    clauses = sorted(tally.clauses | failures.keys())
    for clause in clauses:
        test = ET.SubElement(suite, "testcase", classname=label, name=header.clauses[clause].id)
        for finding in failures.get(clause, []):
            failure = ET.SubElement(test, "failure", message=caused(header, finding), type=finding.verdict.value)
            failure.text = _told(header, finding)
    errors = tally.verdicts[Verdict.HARNESS_FAULT] + tally.verdicts[Verdict.FLAKY]
    for number in range(errors):
        test = ET.SubElement(suite, "testcase", classname=label, name=f"harness {number + 1}")
        ET.SubElement(test, "error", message="a fault of the suite, or an answer that does not repeat")
    suite.set("tests", str(len(clauses) + errors))
    suite.set("failures", str(len(failures)))
    suite.set("errors", str(errors))
    return suite


def _failures(summary: Summary, place: int) -> dict[int, list[Finding]]:
    """The open findings of one implementation by the clause it departs from."""
    found: dict[int, list[Finding]] = {}
    for _, finding in summary.open_findings:
        if str(place) in finding.cases:
            found.setdefault(finding.clause, []).append(finding)
    return found


def _told(header: Header, finding: Finding) -> str:
    clause = header.clauses[finding.clause]
    contrast = f"{finding.fact}: expected {choice(finding.expected)}, seen {phrase(finding.seen)}"
    said = "".join(f"\nit said:\n{words.text}" for words in last_words(finding.said))
    source = f"{clause.source} {clause.link}".rstrip()
    instead = f"instead: {finding.text}\n" if finding.text else ""
    return visible(f"{clause.statement}\n{source}\n{instead}{contrast}\nfirst case: {finding.first}{said}")
