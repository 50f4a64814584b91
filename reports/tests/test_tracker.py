"""A report for a tracker tells who departs, and shows names as they are."""

from collections.abc import Sequence

import msgspec
import pytest

from harness.model.clauses import Clause, Level
from reports.tracker import Standing, Tracked, conforming, departing, not_applicable, told_apart, tracked

LINK = "https://docs.python.org/3/reference/import.html#the-module-cache"
NASTY = "```|<b>\x1b\x00\udcff [x](y) *z*"


def clause(link: str = LINK, statement: str = "It holds.", until: str = "") -> Clause:
    """A clause."""
    return Clause(
        "a.b", "a", "language", statement, "a document §1", "", until, Level.MUST, "something", link=link, seed=False
    )


def standing(label: str, language: tuple[int, ...], forked: str, fresh: str = "") -> Standing:
    """What somebody does."""
    return Standing(label, label.split(maxsplit=1)[0].rstrip("0123456789."), language, forked, fresh or forked)


EVERYBODY = [
    standing("pypy3.9 7.3", (3, 9), "departs so"),
    standing("cpython 3.12.1", (3, 12, 1), "departs so"),
    standing("cpython 3.14.0", (3, 14), "as documented"),
    standing("cpython 3.8.18", (3, 8, 18), "departs so"),
    standing("cpython 3.15.0", (3, 15), "departs so"),
    standing("mine 1", (3, 12), "departs otherwise"),
    standing("pypy3.11 8.0", (3, 11), "as documented", "departs so"),
]


def test_who_departs() -> None:
    """Of an implementation the first and the last version that do, as far as all between them do."""
    assert departing(EVERYBODY) == ("CPython 3.8 to 3.12, 3.15", "PyPy 7.3 (3.9), 8.0 (3.11)")


def test_who_conforms() -> None:
    """Who does as documented, however it is asked."""
    assert conforming(EVERYBODY) == ("CPython 3.14",)


def test_at_odds() -> None:
    """Whoever the reproducer ends otherwise on is named neither as one who departs nor as one who conforms."""
    items = [msgspec.structs.replace(item, at_odds=True) for item in EVERYBODY]
    assert ((), ()) == (departing(items), conforming(items))


def test_one_of_two_builds_ends_a_range() -> None:
    """A range tells of whole versions only."""
    both = [standing("cpython 3.12.1", (3, 12), "departs so"), standing("cpython 3.12.1 #2", (3, 12), "as documented")]
    around = [standing(f"cpython 3.{minor}.0", (3, minor), "as documented") for minor in (10, 11, 13, 14)]
    assert conforming(told_apart([*both, *around], 0)) == ("CPython 3.10 to 3.11, 3.12 (another build), 3.13 to 3.14",)


def test_two_builds() -> None:
    """Of two of the same name and version it is said which is which."""
    both = [standing("cpython 3.12.1", (3, 12), "departs so"), standing("cpython 3.12.1 #2", (3, 12), "as documented")]
    told = told_apart(both, 0)
    assert (departing(told), conforming(told)) == (("CPython 3.12 (this build)",), ("CPython 3.12 (another build)",))


def test_which_build() -> None:
    """Of more than two, where their labels have a part of their commands, so has what is said of them."""
    both = [standing("c 3.12.1 (old)", (3, 12), "departs so"), standing("c 3.12.1 (new)", (3, 12), "as documented")]
    more = [*both, standing("c 3.12.1 (odd)", (3, 12), "as documented")]
    labels = [[item.label for item in told_apart(each, 1)][:2] for each in (both, more)]
    assert [
        ["c 3.12.1 (another build)", "c 3.12.1 (this build)"],
        ["c 3.12.1 (another build, old)", "c 3.12.1 (this build, new)"],
    ] == labels


@pytest.mark.parametrize(
    ("others", "whose", "said"),
    [
        pytest.param([], (), "CPython 3.12 (this build)", id="nobody else is asked"),
        pytest.param([(3, 13)], ("cpython 3.12.1 (new)",), "CPython 3.12 (this build)", id="another in the run"),
        pytest.param([(3, 13)], ("cpython 3.12.1",), "CPython 3.12", id="none but it"),
    ],
)
def test_a_build_alone(others: list[tuple[int, int]], whose: tuple[str, ...], said: str) -> None:
    """What only one build was seen to do is not said of its version."""
    rest = [standing(f"cpython {major}.{minor}.0", (major, minor), "as documented") for major, minor in others]
    assert (said,) == departing(told_apart([standing("cpython 3.12.1", (3, 12), "departs so"), *rest], 0, whose))


def test_builds_that_do_alike() -> None:
    """Where all of one version depart they are told together, at the end of a range too."""
    both = [standing("cpython 3.12.1", (3, 12), "departs so"), standing("cpython 3.12.1 #2", (3, 12), "departs so")]
    older = standing("cpython 3.8.1", (3, 8), "departs so")
    assert departing(told_apart(both, 1)) == ("CPython 3.12 (2 builds)",)
    assert departing(told_apart([older, *both], 1)) == ("CPython 3.8 to 3.12",)


def report(
    told: Clause,
    *,
    everybody: Sequence[Standing] = EVERYBODY,
    **changes: str | bool | tuple[str, ...] | tuple[tuple[str, str], ...],
) -> str:
    """A report, with these changes."""
    where, *others = everybody
    item = Tracked(
        told, "It is not so", "", "a.x", "1", "None", where, tuple(others), "x = 1\n", plain=True, control="", said="",
        raised="", surroundings=("Linux",), command="replay 1",
    )  # fmt: skip
    return tracked(msgspec.structs.replace(item, **changes))


def test_report() -> None:
    """It has what the documents say, what happens, the program, who else, and where."""
    text = report(clause())
    heads = [line for line in text.splitlines() if line.startswith("#")]
    assert heads == [
        "# It is not so",
        "## What the documents say",
        "## What happens",
        "## How to see it",
        "## Who else",
        "## Where this was seen",
    ]
    assert f"[a document §1]({LINK})" in text
    assert "```python\nx = 1\n```" in text
    assert "* departs so: CPython 3.8 to 3.12, 3.15; PyPy 7.3 (3.9)" in text


def test_what_is_not_sure() -> None:
    """As if what was so is no title, and told where it is told what happens, if it is one of those that are listed."""
    text, other = (
        report(clause(), text="", title="a.x is None", as_if=("It is not so", what)) for what in ("It is", "")
    )
    assert "# a.x is None" == text.partition("\n")[0]
    assert ("It is as if: It is not so; or: It is.\n" in text, "as if" in other) == (True, False)


def test_the_case() -> None:
    """Where the program is not a plain one the case stands beside it; and how often it is seen."""
    listing = (("r0/a.py", "x = 1"), ("program", "import a\nimport b"))
    general, plain = (report(clause(), plain=each, listing=listing, frequency="Often.") for each in (False, True))
    shown = "r0/a.py\n    x = 1\nprogram\n    import a\n    import b\n"
    assert ([True, False], [1, 1]) == (
        [shown in text for text in (general, plain)],
        [general.count("Often."), plain.count("Often.")],
    )


def test_its_end() -> None:
    """The traceback stands behind the program, if there is one."""
    assert [True, False] == ["It ends with:" in report(clause(), traceback=text) for text in ("KeyError: 1", "")]


@pytest.mark.parametrize(("forked", "told"), [("as documented", False), ("departs otherwise", True)])
def test_meanings(forked: str, *, told: bool) -> None:
    """What the words mean is said where it is not plain."""
    everybody = [standing("cpython 3.12.1", (3, 12), "departs so"), standing("cpython 3.14.0", (3, 14), forked)]
    assert told == ("*departs so*: as was seen above" in report(clause(), everybody=everybody))


@pytest.mark.parametrize("unlisted", [True, False])
def test_not_listed(*, unlisted: bool) -> None:
    """It is said how the sentence was found where no departure that is listed explains it."""
    assert unlisted == ("found by comparing" in report(clause(), unlisted=unlisted))


def test_who_else() -> None:
    """Each thing that is said of somebody is a line, and what the words mean stands below; nothing is said twice."""
    gone = standing("cpython 3.16.0", (3, 16), not_applicable(clause(until="3.16")))
    odd = msgspec.structs.replace(EVERYBODY[2], at_odds=True)
    lines = report(clause(), everybody=[*EVERYBODY[:2], odd, *EVERYBODY[3:], gone]).splitlines()
    at = lines.index("## Who else")
    assert lines[at + 2 : at + 8] == [
        "* departs so: CPython 3.8 to 3.12, 3.15; PyPy 7.3 (3.9)",
        "* departs so in a fresh process, as documented in a forked one: PyPy 8.0 (3.11)",
        "* as documented, but `repro.py` ends otherwise there: CPython 3.14",
        "* not applicable (until 3.16): CPython 3.16",
        "* departs otherwise: mine 1 (3.12)",
        "",
    ]
    assert ["departs so", "as documented", "not applicable", "departs otherwise", "forked"] == [
        part.strip("* ").partition("*")[0] for part in lines[at + 8].split("; ")
    ]


def test_title() -> None:
    """It is named by what is done instead, if that is known and brief, or else by what is seen; never by the clause."""
    long = "a" * 81
    heads = [report(clause(), text=text).splitlines()[0] for text in ("", "It is a_b", long)]
    assert ["# It is not so", "# It is `a_b`", "# It is not so"] == heads
    assert f"\n{long}.\n" in report(clause(), text=long)


def test_a_title_says_who() -> None:
    """That an exception is raised says nothing of what raises it: it stands below the title."""
    text = report(clause(), text="OSError is raised")
    assert ("# OSError is raised" in text, "\nOSError is raised.\n" in text) == (False, True)


def test_no_quotation() -> None:
    """What the suite says of the documents is no quotation of them."""
    text = report(clause())
    assert f"\nIn short, in the words of import-conformance: It holds. ([a document §1]({LINK}))\n" in text
    assert [] == [line for line in text.splitlines() if line.startswith(">")]


def test_what_was_raised() -> None:
    """What the exception said is told, once."""
    raised = "TypeError: it is None"
    assert [1, 1] == [report(clause(), raised=raised, seen=seen).count(raised) for seen in ("None", raised)]
    assert "It ended with" not in report(clause())


def test_what_is_given() -> None:
    """What is known and happens as well is told in words, with its name."""
    given = (("a.b: so", "It can be so"), ("a.c: odd", ""))
    assert "and is known: It can be so (`a.b: so`); `a.c: odd`.\n" in report(clause(), given=given)


def test_what_cannot_be_imported() -> None:
    """Beside the finding stands what the build cannot import."""
    assert "\nBeside this, it cannot import a, b; no case of that is judged.\n" in report(clause(), wanting=("a", "b"))
    assert "Beside this" not in report(clause())


def test_who_was_not_asked() -> None:
    """Of whom the case was not asked to its end it is said why, and that this says nothing of him."""
    contained = standing("cpython 3.13.0", (3, 13), "not asked (contained: the case makes a socket)")
    else_ = standing("mine 1", (3, 12), "departs in something else")
    text = report(clause(), everybody=[EVERYBODY[0], contained, else_])
    assert "\n* not asked (contained: the case makes a socket): CPython 3.13\n" in text
    assert ["departs so", "departs in something else", "contained"] == [
        part.strip("* ").partition("*")[0]
        for part in text.splitlines()[text.splitlines().index("## Who else") + 6].split("; ")
    ]


def test_no_reproducer() -> None:
    """Where none tells who departs it says so."""
    assert "No program was found" in report(clause(), reproducer="")


def test_control() -> None:
    """Where nobody conforms it says who was asked, and how else the program was tried."""
    everybody, nobody = (report(clause(), control="x ends it", everybody=who) for who in (EVERYBODY, EVERYBODY[:1]))
    assert "\nNone of 6 other implementations asked does as is documented here. That it" in everybody
    assert "\nNobody else was asked. That it does not merely fail was seen in another way: x ends it.\n" in nobody


def test_texts_are_no_markup() -> None:
    """Nothing in a text is markup, nor speaks to a terminal."""
    text = report(clause(statement=NASTY), said=NASTY, seen=NASTY, reproducer=f"'{NASTY[:3]}'\n")
    assert [] == [char for char in text if not char.isprintable() and char != "\n"]
    assert (True, False, False) == (r"\<b\>" in text, "\n> ```" in text, "[x](y) \\*z" in text)


@pytest.mark.parametrize("link", ["javascript:x", "https://a b", "https://a)b", "http://a", "https://\x1b", ""])
def test_only_a_link_is_one(link: str) -> None:
    """A run file may be anybody's: what is no plain address of a document is not linked."""
    assert "](" not in report(clause(link))
