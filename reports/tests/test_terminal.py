"""What people see of a run: it counts right, and nothing in a name can change how it looks."""

import io

import msgspec
import pytest
from rich.console import Console, RenderableType

from harness.diff import Verdict
from harness.model.case import Case
from harness.model.clauses import Clause, Level
from harness.model.source import Alias, Import, Source
from harness.model.tree import DataFile, Root, SourceFile, Tree
from harness.model.values import Value
from reports import (
    RUN_SCHEMA,
    Arguments,
    Departure,
    ExpectationRecord,
    Finding,
    Footer,
    Header,
    Implementation,
    Record,
    Shares,
    Summary,
)
from reports.terminal import finding_view, findings_view, known_table, summary_view
from reports.wording import UNLISTED, caused, choice, phrase

NASTY = "a[red]\x1b[31m\udcff\x00b"
SHOWN = r"a[red]\x1b[31m\udcff\x00b"
TREE = Tree((Root((SourceFile(f"{NASTY}.py".replace("\0", "")), DataFile("data", NASTY))),))
CASE = Case(TREE, Source((Import((Alias("a"),)),)))
CLAUSE = Clause("a.b", "a", "language", "It [holds].", "a document", "", "", Level.MUST, "something", seed=False)
WHO = (Implementation("cpython 3.12.1", "cpython", "3.12.1", (3, 12)), Implementation("x3.11 8", "x", "8", (3, 11)))
HEADER = Header(RUN_SCHEMA, "1.0", 7, Arguments(10), WHO, (CLAUSE,))
DEPARTURE = Departure(f"binding/{NASTY}", (0,), ((("module", NASTY)),), ("absent",), "signature")
FINDING = Finding(
    "signature", Verdict.DIVERGES, 0, "", "", f"binding/{NASTY}", (0,), (1,), NASTY, 1, {"1": 1}, "id", CASE
)
RECORDS = (
    Record(0, "id", "generated", 0, Verdict.CONFORMS, 9, (0,)),
    Record(0, "id", "generated", 1, Verdict.DIVERGES, 9, (0,), departures=(DEPARTURE,)),
    Record(1, "di", "generated", 1, Verdict.UNSUPPORTED, reason=f"no {NASTY}"),
)


def shown(*parts: RenderableType, width: int = 100) -> str:
    """What a terminal that knows markup and colours shows."""
    file = io.StringIO()
    Console(file=file, width=width, markup=False, highlight=False, emoji=False).print(*parts)
    return file.getvalue()


def summary(*, footer: bool = True) -> Summary:
    """A run with one of everything."""
    result = Summary(HEADER)
    result.add(*RECORDS, FINDING, ExpectationRecord(0, "a.b", "refused", "was broken", "bug", 9))
    if footer:
        result.add(Footer(4, 2, {"unsupported: x": 1, "interrupted": 1}, Shares(2, 1, 1)))
    return result


def test_counts() -> None:
    """Each implementation has a line with its counts, and each reason is told."""
    text = shown(summary_view(summary()))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "implementation cases conforms diverges unsupported facts clauses" in lines
    assert "cpython 3.12.1 1 1 · · 9 1" in lines
    assert "x3.11 8 2 · 1 1 9 1" in lines
    assert "generated programs: 50% reach the end, 50% raise" in lines
    assert "planned 4, executed 2, 1 unsupported, 1 interrupted" in lines


def test_names_are_shown_as_they_are() -> None:
    """Markup in a name stays text; what does not print is shown as its escape."""
    text = shown(summary_view(summary()))
    assert (SHOWN in text, "\x1b" in text, "\udcff" in text, "It [holds]." in text) == (True, False, False, True)


def test_the_reason_of_a_known_finding_is_shown() -> None:
    """What an expectation gives as the reason stands with the finding; where none does, nothing is said."""
    known = msgspec.structs.replace(FINDING, expectation=f"It asks {NASTY}.")
    told = [f"known: It asks {SHOWN}." in shown(finding_view(HEADER, item, 1)) for item in (known, FINDING)]
    assert (told, "known:" in shown(finding_view(HEADER, FINDING, 1))) == ([True, False], False)


def test_what_was_raised() -> None:
    """The exception that ended the case stands behind the fact, unless the process said it itself."""
    raised = msgspec.structs.replace(FINDING, raised=f"KeyError: {NASTY}")
    said = msgspec.structs.replace(raised, said="Traceback")
    lines = [shown(finding_view(HEADER, item, 1)).splitlines() for item in (raised, said)]
    told = [f"   raised: KeyError: {SHOWN}" in map(str.rstrip, found) for found in lines]
    assert [True, False] == told


def test_linked() -> None:
    """The link is to the documents of the first version that departs."""
    finding = msgspec.structs.replace(FINDING, cases={"1": 1, "0": 1})
    linked = lambda clause, version: msgspec.structs.replace(clause, link=f"https://x/{version}")  # noqa: E731 - short
    told = [shown(view) for view in findings_view(HEADER, [(1, FINDING), (2, finding)], linked)]
    assert [True, True] == ["https://x/(3, 11)" in told[0], "https://x/(3, 12)" in told[1]]


def test_reasons() -> None:
    """Each reason of what is known has a line of its own."""
    known = msgspec.structs.replace(FINDING, expectation="It asks.\nIt [tells].")
    lines = [line.rstrip() for line in shown(finding_view(HEADER, known, 1)).splitlines()]
    assert ["   known: It asks.", "   known: It [tells]."] == [line for line in lines if "known" in line]


def test_what_is_known() -> None:
    """What is known has a line each: its number, its cause, and in how many cases who makes it."""
    known = msgspec.structs.replace(FINDING, departure="kept", cases={"0": 3})
    other = msgspec.structs.replace(FINDING, departure="lost", cases={"1": 5})
    lines = [line.split() for line in shown(known_table(HEADER, [(4, known), (7, other)])).splitlines()]
    assert [["4.", "a.b:", "kept", "3", "·"], ["7.", "a.b:", "lost", "·", "5"]] == lines[-2:]


def test_what_is_not_listed() -> None:
    """What it means that a cause is not listed is said at the first such finding alone."""
    listed = msgspec.structs.replace(FINDING, departure="not at all")
    views = [shown(view) for view in findings_view(HEADER, list(enumerate((listed, FINDING, FINDING), 1)))]
    assert [0, 2, 1] == [view.count(UNLISTED) for view in views]


def test_what_is_not_sure() -> None:
    """Of a departure that the cases do not tell from others the clause is named, and as if what was so."""
    lines = []
    for as_if in (("It is *kept*", "It is not"), ("It is *kept*", "")):
        told = msgspec.structs.replace(FINDING, departure="kept", as_if=as_if)
        lines += [line.strip() for line in shown(finding_view(HEADER, told, 1)).splitlines() if "as if" in line]
        assert "kept" not in caused(HEADER, told)
    assert ["as if: It is *kept*; or: It is not", f"as if: It is *kept*; or: {UNLISTED}"] == lines


def test_a_link_stands_on_one_line() -> None:
    """However narrow the terminal, a link can be followed; every other line of a finding fits, but those of files."""
    link = "https://example.org/" + "long/" * 12
    header = msgspec.structs.replace(HEADER, clauses=(msgspec.structs.replace(CLAUSE, link=link),))
    file = io.StringIO()
    Console(file=file, width=60).print(finding_view(header, FINDING, 1), crop=False)
    lines = file.getvalue().splitlines()
    assert 1 == lines.count(f"   {link}")
    assert max(len(line) for line in lines if link not in line and "r0/" not in line) <= 60


def test_cut() -> None:
    """A run without an end is said to have none."""
    assert "the run has no end" in shown(summary_view(summary(footer=False)))


def test_end_of_who_cannot_be_asked() -> None:
    """In the last line all that nobody could be asked is one number."""
    result = summary(footer=False)
    result.add(Footer(9, 2, {"unsupported: x": 2, "unsupported: y": 4, "interrupted": 1}, Shares()))
    assert "planned 9, executed 2, 6 unsupported, 1 interrupted" in shown(summary_view(result))


def test_width() -> None:
    """Nothing is wider than the terminal."""
    assert max(map(len, shown(summary_view(summary()), width=100).splitlines())) <= 100


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param(("absent",), "absent", id="absent"),
        pytest.param(("module", "a.b"), "module a.b", id="module"),
        pytest.param(("stray", "a", 1), "module a that is not in sys.modules (number 2 of them)", id="stray"),
        pytest.param(("event", "r0/a.py", "a"), "r0/a.py runs as a", id="event"),
        pytest.param(("event", "caught", "program"), "it prints caught program", id="what a program prints"),
        pytest.param(("event", "hook", ("list", "m", 0)), "it prints hook ['m', 0]", id="a value that it prints"),
        pytest.param(("bytes", "one"), "b'one'", id="bytes"),
        pytest.param(("module-info", "a", True), "ModuleInfo(…, 'a', True)", id="what is found in a path"),
        pytest.param(("unobserved",), "not observed", id="what nobody sees"),
        pytest.param(("list", "<tree>/r0/a", "a"), "['…/r0/a', 'a']", id="a place in the tree"),
        pytest.param("<tree>/__pycache__/m.<tag>.pyc", "'…/__pycache__/m.….pyc'", id="bytecode"),
        pytest.param("a<place of the tree>/r0", "'a…/r0'", id="a place within a text"),
        pytest.param(("event", "program", 3), "statement 3 of the program is done", id="step"),
        pytest.param(("list", 1, "a"), "[1, 'a']", id="list"),
        pytest.param(("iterable", "a", "b"), "an iterable of 'a', 'b'", id="no list"),
        pytest.param(("iterable",), "an iterable of nothing", id="no list, and empty"),
        pytest.param(("tuple", 1), "(1,)", id="tuple"),
        pytest.param(("object", "T"), "object of type T", id="object"),
        pytest.param(("raised", "E"), "raises E", id="what raises"),
        pytest.param(("repr", True, False), "shows the name without an origin", id="repr"),
        pytest.param(("exited", 3), "exited with status 3", id="exited"),
        pytest.param(("unbegun", 1), "ended with status 1 before it began", id="unbegun"),
        pytest.param(("crashed", 11), "crashed, SIGSEGV (11)", id="a signal"),
        pytest.param(("crashed", 99), "crashed, signal (99)", id="a signal without a name"),
        pytest.param((), "()", id="nothing"),
        pytest.param(None, "None", id="none"),
        pytest.param(NASTY, f"'{SHOWN}'", id="nasty"),
    ],
)
def test_phrase(value: Value, words: str) -> None:
    """Every kind of value has its words."""
    assert phrase(value) == words


def test_choice() -> None:
    """Several values are a choice, none is anything."""
    assert (choice((1, None)), choice(())) == ("1 or None", "anything")


def test_many_reasons() -> None:
    """Of many reasons why cases were not judged those of most cases are shown, and the rest is counted."""
    result = Summary(HEADER)
    left = [f"reason {at}" for at in range(10) for _ in range(11 - at)]
    result.add(*(Record(at, "id", "generated", 1, Verdict.FLAKY, reason=why) for at, why in enumerate(left)))
    lines = [line for line in shown(summary_view(result)).splitlines() if line.startswith("x3.11 8: ")]
    told = [f"x3.11 8: {11 - at} cases flaky: reason {at}" for at in range(8)]
    assert [*told, "x3.11 8: 5 cases more, for 2 reasons more"] == [line.rstrip() for line in lines]
