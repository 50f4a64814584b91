"""Markdown, JUnit, JSON and comparisons of runs, whose names try to be more than names."""

import itertools
import json
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import msgspec
import pytest

from harness.diff import Verdict
from harness.model.case import Case
from harness.model.clauses import Clause, Level
from harness.model.lacking import LIBRARY
from harness.model.source import Assign, Source
from harness.model.tree import DataFile, Root, Tree
from reports import (
    RUN_SCHEMA,
    Arguments,
    Departure,
    ExpectationRecord,
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
from reports.machine import MACHINE_SCHEMA, summary_json
from reports.markdown import markdown
from reports.records import Option, Policy
from reports.writers import WRITERS

README: Final = Path(__file__).resolve().parents[2] / "README.md"
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


@pytest.mark.parametrize("name", WRITERS)
def test_names_that_try_to_be_more(name: str) -> None:
    """No control character, and no lone surrogate, of what a run holds is in a file that any of them writes."""
    text = WRITERS[name].write(summary()).decode()
    assert (True, []) == (bool(text), [sign for sign in text if ord(sign) < ord(" ") and sign not in "\n\t"])


@pytest.mark.parametrize("name", WRITERS)
def test_offered(name: str) -> None:
    """README says by which option of ``report`` it is had."""
    (line,) = [line for line in README.read_text("utf-8").splitlines() if line.startswith("report [")]
    assert f"--{name}" in line


def test_markdown_table() -> None:
    """Every implementation has a row of as many cells as there are columns."""
    table = [line for line in markdown(summary()).splitlines() if line.startswith("|")]
    head, _, *rows = table[:4]
    assert [row.replace("\\|", "").count("|") for row in rows] == [head.count("|")] * 2


def test_markdown_code() -> None:
    """A text cannot end the code it stands in."""
    text = markdown(summary())
    fences = [line for line in text.splitlines() if line.startswith("````")]
    assert (len(fences), SHOWN in text, "\x1b" in text) == (2, True, False)


def test_markdown_blank_lines() -> None:
    """Every block of code ends with a blank line, whatever follows, and nowhere are there two."""
    result = Summary(HEADER)
    options = tuple(Option(name, 1, at, CASE) for at, name in enumerate("ab"))
    result.add(*RECORDS, FINDING, msgspec.structs.replace(FINDING, said="boom"), Policy(1, 0, "", options), FOOTER)
    fence, following = "", []
    lines = markdown(result).splitlines()
    for line, after in itertools.pairwise(lines):
        if fence and line == fence:
            fence = ""
            following.append(after)
        elif not fence and line.startswith("```"):
            fence = line.rstrip("abcdefghijklmnopqrstuvwxyz")
        elif not fence:
            assert (line, after) != ("", "")
    assert [""] * 5 == following


KNOWN = msgspec.structs.replace(
    FINDING,
    signature="k",
    verdict=Verdict.KNOWN,
    clause=1,
    departure="not _at_ all",
    text="so",
    expectation="why *not*",
)


def known() -> Summary:
    """A run that has a known finding beside the other."""
    spare = msgspec.structs.replace(CLAUSE, id="a.__c__", statement="`__all__` <b>and</b> __path__ | [x](y).")
    result = Summary(msgspec.structs.replace(HEADER, clauses=(CLAUSE, spare)))
    result.add(*RECORDS, FINDING, KNOWN, ExpectationRecord(1, "a.__c__", "not _at_ all", "why *not*", "bug", 2), FOOTER)
    return result


def test_markdown_heading() -> None:
    """It begins with who was asked, in which versions, and the command that asks the same cases."""
    title, _, who, _, how, *_ = markdown(summary()).splitlines()
    assert ("# ", r"x\|1 (Python 3.12); y 2 (Python 3.11).") == (title[:2], who)
    assert "`import-conformance run INTERPRETER1 INTERPRETER2 --seed 7 --examples 10`" in how


def test_markdown_known() -> None:
    """What is known stands there with its reason, and no text is taken for markup."""
    row = next(line for line in markdown(known()).splitlines() if "why" in line)
    assert r"* finding 2, `a.__c__`: not `_at_` all. y 2 (2 cases). why \*not\*" == row


def test_reasons() -> None:
    """Several reasons of what is known stand behind each other."""
    result = known()
    result.findings[:] = [msgspec.structs.replace(KNOWN, expectation="why\nwhy so")]
    assert "why; why so" in markdown(result)
    assert b'message="known: why; why so"' in junit(result)


def test_not_listed() -> None:
    """What it means that a cause is not listed is said once."""
    result = Summary(HEADER)
    result.add(*RECORDS, FINDING, FINDING, FOOTER)
    assert 1 == markdown(result).count("In a way not listed: ")


def test_not_sure() -> None:
    """As if what was so is told by each of them."""
    result = Summary(HEADER)
    result.add(*RECORDS, msgspec.structs.replace(FINDING, departure="kept", as_if=("It is *kept*", "")), FOOTER)
    assert r"As if: It is \*kept\*; or: in a way not listed." in markdown(result).splitlines()
    assert "as if: It is *kept*; or: in a way not listed\n" in junit(result).decode()


def test_markdown_statement() -> None:
    """What a clause says is shown as it is."""
    result = known()
    result.findings[:] = [msgspec.structs.replace(KNOWN, verdict=Verdict.DIVERGES)]
    assert r"> `__all__` \<b\>and\</b\> `__path__` \| \[x\](y)." in markdown(result).splitlines()


def test_what_was_raised() -> None:
    """The exception that ended the smallest case is told by each of them."""
    result = Summary(HEADER)
    result.add(*RECORDS, msgspec.structs.replace(FINDING, raised="KeyError: `x`"), FOOTER)
    assert "Raised: `` KeyError: `x` ``." in markdown(result).splitlines()
    assert b"\nraised: KeyError: `x`\n" in junit(result)
    assert "KeyError: `x`" == json.loads(summary_json(result))["findings"][0]["raised"]


def test_json_alone() -> None:
    """Clauses have their ids there, implementations their labels; it has a schema number and the arguments."""
    told = json.loads(summary_json(known()))
    assert (MACHINE_SCHEMA, "1.0", 7, 10) == (
        told["schema"], told["suite"], told["seed"], told["arguments"]["examples"]
    )  # fmt: skip
    first, second = told["findings"]
    assert (1, "a.b", ["a.b"], {"y 2": 2}, "It <holds>.") == (
        first["number"], first["clause"], first["clauses"], first["cases"], first["statement"]
    )  # fmt: skip
    assert ("a.__c__", "not _at_ all", "known") == (second["clause"], second["departure"], second["verdict"])
    assert [("y 2", "bug", 2)] == [
        (item["implementation"], item["class"], item["happened"]) for item in told["expectations"]
    ]


def test_junit_known() -> None:
    """A clause of which all departures are known is skipped, with the reason."""
    root = ET.fromstring(junit(known()))  # noqa: S314 - we wrote it
    (skipped,) = root.iter("skipped")
    assert ("known: why *not*", ["0", "1"]) == (skipped.get("message"), [suite.get("skipped") for suite in root])


def test_what_was_not_asked() -> None:
    """Cases that were not asked, and facts that nobody can observe there, are told with the reason."""
    who = (WHO[0], msgspec.structs.replace(WHO[1], lacks=("__doc__",)))
    result = Summary(msgspec.structs.replace(HEADER, implementations=who))
    left = Record(0, "one", "generated", 1, Verdict.UNSUPPORTED, reason="has no runpy")
    result.add(RECORDS[0], left, msgspec.structs.replace(RECORDS[3], unsupported=3), FOOTER)
    told = ["1 case unsupported: has no runpy", "3 facts unsupported: it has no __doc__"]
    root = ET.fromstring(junit(result))  # noqa: S314 - we wrote it
    assert (told, "2") == ([item.get("message") for item in root.iter("skipped")], root[1].get("skipped"))
    text = markdown(result).replace("`", "").replace("\\", "")
    assert [True, True] == [f"y 2: {words}." in text for words in told]


def test_junit_program() -> None:
    """Beside a failure stands a program that shows it, where one was tried; the case stands in its text anyway."""
    result = summary()
    assert [] == [item.text for item in ET.fromstring(junit(result)).iter("system-out")]  # noqa: S314 - we wrote it
    result.programs = {len(result.findings): "assert False\n"}
    root = ET.fromstring(junit(result))  # noqa: S314 - we wrote it
    (program,), (failure,) = root.iter("system-out"), root.iter("failure")
    assert ("assert False\n", True) == (program.text, f"\nr0/data\n    {SHOWN}" in (failure.text or ""))


def test_junit_no_program() -> None:
    """Where programs were tried and none shows any failure of a clause, that is said; one that shows a later does."""
    result = summary()
    result.add(FINDING)
    told = []
    for result.programs in ({1: "", 2: ""}, {1: "", 2: "assert False\n"}):
        told += [item.text for item in ET.fromstring(junit(result)).iter("system-out")]  # noqa: S314 - we wrote it
    assert ["no program was found that tells who departs from who does not\n", "assert False\n"] == told


def test_junit_times() -> None:
    """A suite takes as long as its implementation was asked, its clauses share that; a run file has no times."""
    result = summary()
    assert [None, None] == [suite.get("time") for suite in ET.fromstring(junit(result))]  # noqa: S314 - we wrote it
    result.seconds = (1.5, 2.0)
    root = ET.fromstring(junit(result))  # noqa: S314 - we wrote it
    assert [("1.500", "1.500"), ("2.000", "2.000")] == [(suite.get("time"), suite[0].get("time")) for suite in root]


def test_junit() -> None:
    """The document parses, a clause that something departs from fails, and what is flaky is an error."""
    root = ET.fromstring(junit(summary()))  # noqa: S314 - we wrote it
    suites = [(suite.get("name"), suite.get("failures"), suite.get("errors")) for suite in root]
    assert suites == [("x|1", "0", "0"), ("y 2", "1", "1")]
    (failure,) = root.iter("failure")
    assert ((failure.text or "").splitlines()[0], SHOWN in (failure.text or "")) == ("It <holds>.", True)


def test_what_cannot_be_imported() -> None:
    """A module of the library that cannot be imported is told by each writer, and fails."""
    capable = (*(name for name in LIBRARY if name != "runpy"), "embedded")
    who = msgspec.structs.replace(HEADER.implementations[0], capabilities=capable, unclassified=("a.b: so",))
    result = Summary(msgspec.structs.replace(HEADER, implementations=(who, HEADER.implementations[1])))
    result.add(*RECORDS, FINDING, FOOTER)
    text = markdown(result)
    assert "\nx\\|1 **departs**: it cannot import runpy; no case of that is judged." in text
    assert "\nx\\|1: nobody classed `a.b: so`." in text
    suite = ET.fromstring(junit(result))[0]  # noqa: S314 - we wrote it
    test = next(item for item in suite if item.get("name") == "import runpy")
    assert ("1", ["failure"]) == (suite.get("failures"), [item.tag for item in test])
    assert str(sum(1 for _ in suite.iter("testcase"))) == suite.get("tests")


def test_json() -> None:
    """The counts of each implementation are there for machines."""
    told = json.loads(summary_json(summary()))
    assert [item["verdicts"] for item in told["implementations"]] == [
        {"conforms": 2, "diverges": 1},
        {"diverges": 2, "flaky": 1},
    ]


def test_compare() -> None:
    """What only one side shows is gone or new, by its cause, and verdicts that changed are counted."""
    listed = tuple(msgspec.structs.replace(record, explained=(("a.b: no",),)) for record in RECORDS[4:5])
    groups = (*GROUPS[:2], Group(None, (*listed, RECORDS[5])))
    found = compare(*answers(HEADER, groups))
    changes = [item.signature for item in found.gone], [item.signature for item in found.new]
    assert (["a.b: no"], ["a.b: in a way not listed"]) == changes
    assert (found.shared, found.new[0].cases, found.new[0].first, found.new[0].clause) == (3, 2, "one", "a.b")
    assert found.verdicts == {"conforms → diverges": 2, "diverges → flaky": 1}


def test_compare_ways() -> None:
    """Where a case departs by the same cause in another way, that is gone and new; in the same way nothing is."""
    record = msgspec.structs.replace(RECORDS[1], implementation=0)
    one, other = (
        Group(None, (record, RECORDS[1])),
        (record, msgspec.structs.replace(RECORDS[1], departures=departing("t"))),
    )
    assert compare(*answers(HEADER, [one])).same
    found = compare(*answers(HEADER, [Group(None, other)]))
    assert (["s"], ["t"]) == ([item.signature for item in found.gone], [item.signature for item in found.new])


def test_compare_known() -> None:
    """What expectations name goes by that."""
    known = msgspec.structs.replace(RECORDS[1], verdict=Verdict.KNOWN, taken=("a.b: so",))
    found = compare(*answers(HEADER, [Group(None, (RECORDS[0], known))]))
    assert [("a.b: so", "a.b", 1)] == [(item.signature, item.clause, item.cases) for item in found.new]


def test_compare_how_others_tell_it() -> None:
    """A case that departs in the same way on both sides shows no change, though another case gives it another name."""
    case = msgspec.structs.replace(RECORDS[1], implementation=0, explained=(("a.b: no",),))
    refuting = msgspec.structs.replace(RECORDS[2], implementation=1, refuted=("a.b: no",))
    both = Group(None, (case, msgspec.structs.replace(case, implementation=1)))
    assert compare(*answers(HEADER, [both, Group(None, (RECORDS[2], refuting))])).same


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
