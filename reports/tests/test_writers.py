"""Markdown, JUnit, JSON and comparisons of runs, whose names try to be more than names."""

import json
from xml.etree import ElementTree as ET

import msgspec

from harness.diff import Verdict
from harness.model.case import Case
from harness.model.clauses import Clause, Level
from harness.model.source import Assign, Source
from harness.model.tree import DataFile, Root, Tree
from reports import (
    RUN_SCHEMA,
    Arguments,
    Departure,
    Finding,
    Footer,
    Group,
    Header,
    Implementation,
    Record,
    Shares,
    Summary,
)
from reports.changes import Comparison, answers, compare
from reports.junit import junit
from reports.machine import summary_json
from reports.markdown import markdown

NASTY = "```|</x>\x1b\x00\udcff"
SHOWN = r"```|</x>\x1b\x00\udcff"
CASE = Case(Tree((Root((DataFile("data", NASTY),)),)), Source((Assign("x", NASTY),)))
CLAUSE = Clause("a.b", "a", "language", "It <holds>.", "a document", "", "", Level.MUST, "something", seed=False)
WHO = (Implementation("x|1", "x", "1", (3, 12)), Implementation("y 2", "y", "2", (3, 11)))
HEADER = Header(RUN_SCHEMA, "1.0", 7, Arguments(10), WHO, (CLAUSE,))


def departing(signature: str) -> tuple[Departure, ...]:
    """What a record says of one divergence."""
    return (Departure(f"binding/{NASTY}", (0,), (1,), NASTY, signature),)


FINDING = Finding(
    f"s {NASTY}", Verdict.DIVERGES, 0, "", "", f"binding/{NASTY}", (0,), (1,), NASTY, 2, {"1": 2}, "one", CASE
)
RECORDS = (
    Record(0, "one", "generated", 0, Verdict.CONFORMS, 9, (0,)),
    Record(0, "one", "generated", 1, Verdict.DIVERGES, 9, (0,), departures=departing("s")),
    Record(1, "two", "generated", 0, Verdict.CONFORMS, 9, (0,)),
    Record(1, "two", "generated", 1, Verdict.DIVERGES, 9, (0,), departures=departing("s")),
    Record(2, "six", "generated", 0, Verdict.DIVERGES, 9, (0,), departures=departing("t")),
    Record(2, "six", "generated", 1, Verdict.FLAKY, 9, (0,), reason="it changed"),
)
GROUPS = tuple(Group(None, RECORDS[at : at + 2]) for at in (0, 2, 4))
FOOTER = Footer(6, 6, {}, Shares())


def summary() -> Summary:
    """A run of two implementations."""
    result = Summary(HEADER)
    result.add(*RECORDS, FINDING, FOOTER)
    return result


def test_markdown_table() -> None:
    """Every implementation has a row of as many cells as there are columns."""
    head, _, *rows = markdown(summary()).splitlines()[:4]
    assert [row.replace("\\|", "").count("|") for row in rows] == [head.count("|")] * 2


def test_markdown_code() -> None:
    """A text cannot end the code it stands in."""
    text = markdown(summary())
    fences = [line for line in text.splitlines() if line.startswith("````")]
    assert (len(fences), SHOWN in text, "\x1b" in text) == (2, True, False)


def test_junit() -> None:
    """The document parses, a clause that something departs from fails, and what is flaky is an error."""
    root = ET.fromstring(junit(summary()))  # noqa: S314 - we wrote it
    suites = [(suite.get("name"), suite.get("failures"), suite.get("errors")) for suite in root]
    assert suites == [("x|1", "0", "0"), ("y 2", "1", "1")]
    (failure,) = root.iter("failure")
    assert ((failure.text or "").splitlines()[0], SHOWN in (failure.text or "")) == ("It <holds>.", True)


def test_json() -> None:
    """The counts of each implementation are there for machines."""
    told = json.loads(summary_json(summary()))
    assert [item["verdicts"] for item in told["implementations"]] == [
        {"conforms": 2, "diverges": 1},
        {"diverges": 2, "flaky": 1},
    ]


def test_compare() -> None:
    """What only one side shows is gone or new, and verdicts that changed are counted."""
    found = compare(*answers(HEADER, GROUPS))
    assert ([item.signature for item in found.gone], [item.signature for item in found.new]) == (["t"], ["s"])
    assert (found.shared, found.new[0].cases, found.new[0].first, found.new[0].clause) == (3, 2, "one", "a.b")
    assert found.verdicts == {"conforms → diverges": 2, "diverges → flaky": 1}


def test_compare_by_name() -> None:
    """A vector is the same case on both sides whatever its id is, and is named; what has no name goes by its id."""
    sides = []
    for place, case in enumerate(("two", "2")):
        records = tuple(msgspec.structs.replace(record, case=case, origin="vector") for record in RECORDS[2:4])
        sides.append(answers(HEADER, [Group(None, records), Group(None, RECORDS[:2])])[place])
    found = compare(*sides)
    assert (["vector", "one"], 2, "vector") == (list(sides[0]), found.shared, found.new[0].first)


def test_compare_with_itself() -> None:
    """A run is like itself."""
    said, _ = answers(HEADER, GROUPS)
    found = compare(said, said)
    assert (found, found.same) == (Comparison(3, 3, (), (), {}), True)
