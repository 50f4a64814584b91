"""Who takes which option where the documents leave one, as people read it."""

import io
from collections.abc import Iterable

import msgspec
import pytest
from rich.console import Console, RenderableType

from harness.diff import Verdict
from harness.model.case import Case
from harness.model.clauses import Clause, Level
from harness.model.language.expressions import Bind, Call, Constant
from harness.model.source import Source
from harness.model.tree import Tree
from reports import RUN_SCHEMA, Arguments, Finding, Footer, Header, Implementation, Record, Shares, Summary
from reports.markdown import markdown
from reports.questions import contradictions_view, questions_view
from reports.records import Option, Policy
from reports.terminal import summary_view

CASE = Case(Tree(), Source())
CLAUSE = Clause("a.b", "a", "language", "It is open.", "a document", "", "", Level.UNSPECIFIED, "a name", seed=False)
WHO = tuple(Implementation(label, label, "1", (3, 12)) for label in ("x", "y", "z"))
HEADER = Header(RUN_SCHEMA, "1.0", 7, Arguments(10), WHO, (CLAUSE,))


def taken(place: int, situation: str, option: str, cases: int) -> Policy:
    """What an implementation answers."""
    return Policy(place, 0, situation, (Option(option, cases, 0, CASE),))


def shown(*policies: Policy) -> list[str]:
    """The lines on a terminal."""
    file = io.StringIO()
    Console(file=file, width=80).print(*questions_view(HEADER, policies), sep="\n")
    return [line.rstrip() for line in file.getvalue().splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("policies", "told"),
    [
        pytest.param([taken(1, "", "no", 1)], "no  y (1 case)", id="one"),
        pytest.param([taken(0, "", "no", 2), taken(2, "", "no", 2)], "no  x, z (2 cases each)", id="some"),
        pytest.param([taken(at, "", "no", 4 + at) for at in range(3)], "no  all 3 (4 to 6 cases each)", id="all"),
    ],
)
def test_who(policies: list[Policy], told: str) -> None:
    """Each option is told with those who take it, in how many cases each."""
    assert shown(*policies) == ["a.b  It is open.", f"   {told.replace('all 3', 'all 3 implementations')}"]


def test_question_is_told_once() -> None:
    """A question stands there once, whatever the situations in which it is asked."""
    found = shown(taken(0, "here", "no", 1), taken(0, "there", "yes", 1), taken(1, "here", "yes", 1))
    options = ["   here: no  x (1 case)", "   here: yes  y (1 case)", "   there: yes  x (1 case)"]
    assert found == ["a.b  It is open.", *options]


def coloured(lines: Iterable[RenderableType]) -> str:
    """The lines on a terminal that has colours."""
    file = io.StringIO()
    Console(file=file, width=80, force_terminal=True, color_system="standard", no_color=False).print(*lines, sep="\n")
    return file.getvalue()


@pytest.mark.parametrize(
    ("failing", "right", "said"),
    [
        pytest.param(2, 1, True, id="most of its calls"),
        pytest.param(1, 1, False, id="half of them"),
        pytest.param(0, 3, False, id="none"),
    ],
)
def test_relatives(failing: int, right: int, *, said: bool) -> None:
    """Two answers point to a finding of that implementation if both call a function with which most cases depart."""
    case = Case(Tree(), Source((Bind(Call("runpy.run_module", (Constant("a"),)), "v"),)))
    calls = ("embedded", "runpy.run_module")
    summary = Summary(HEADER)
    for verdict, count in ((Verdict.DIVERGES, failing), (Verdict.CONFORMS, right), (Verdict.UNSUPPORTED, 9)):
        summary.add(*(Record(at, "c", "generated", 0, verdict, words=calls) for at in range(count)))
    finding = Finding("s", Verdict.DIVERGES, 0, "", "", "f", (0,), (1,), 2, 1, {"0": 1}, "c", case)
    mine = Policy(0, 0, "", (Option("yes", 1, 0, CASE), Option("no", 1, 1, case)))
    summary.add(finding, mine, msgspec.structs.replace(mine, implementation=1), Footer(0, 0, {}, Shares()))
    words = "finding 1: most cases depart that call runpy.run_module"
    file = io.StringIO()
    Console(file=file, width=200).print(summary_view(summary))
    assert [said] * 2 == [
        words in file.getvalue(),
        words.replace("runpy.run_module", "`runpy.run_module`") in markdown(summary),
    ]
    assert int(said) == file.getvalue().count(words)


@pytest.mark.parametrize("verdict", [Verdict.UNSPECIFIED, Verdict.CONFORMS])
def test_an_answer_after_which_all_is_open(verdict: Verdict) -> None:
    """An answer that fits anything points to the finding that explains most, if there is one."""
    summary = Summary(HEADER)
    summary.add(Record(1, "c", "generated", 0, verdict))
    findings = [Finding("s", Verdict.DIVERGES, 0, "", "", "f", (0,), (1,), 2, n, {"0": n}, "c", CASE) for n in (2, 5)]
    mine = Policy(0, 0, "", (Option("yes", 1, 0, CASE), Option("no", 1, 1, CASE)))
    summary.add(*findings, mine, msgspec.structs.replace(mine, implementation=1), Footer(0, 0, {}, Shares()))
    told = [[item.number for item in summary.relatives(policy)] for policy in summary.inconsistent]
    assert [[2] if verdict is Verdict.UNSPECIFIED else [], []] == told


def test_colours() -> None:
    """What a question is about and what is answered can be told from the rest at a glance."""
    policy = Policy(0, 0, "", (Option("yes", 1, 0, CASE), Option("no", 2, 1, CASE)))
    asked = coloured(questions_view(HEADER, [policy]))
    assert [True, True] == [words in asked for words in ("\x1b[1ma.b\x1b[0m  It", "   \x1b[32myes\x1b[0m  x")]
    contradicted = coloured(contradictions_view(HEADER, [policy]))
    expected = (
        "\n\x1b[1;31minconsistent\x1b[0m  x\n",
        "   \x1b[1ma.b\x1b[0m  It is open.",
        "   \x1b[31myes\x1b[0m  in 1 case",
    )
    assert [True] * 3 == [words in contradicted for words in expected]


def test_markdown() -> None:
    """So it is in Markdown; and what passes against expectation has a column there."""
    summary = Summary(HEADER)
    summary.add(Record(0, "one", "generated", 0, Verdict.UNEXPECTED_PASS, 9, (0,), taken=("a.b: no",)))
    summary.add(taken(0, "here", "no", 1), taken(0, "there", "yes", 1), Footer(1, 1, {}, Shares()))
    lines = markdown(summary).splitlines()
    assert " | unexpected-pass | " in next(line for line in lines if line.startswith("|"))
    told = ["* a.b: It is open.", "    * here: `no`: x (1 case)", "    * there: `yes`: x (1 case)"]
    assert lines[lines.index("## What the documents leave open") + 2 :][:3] == told
