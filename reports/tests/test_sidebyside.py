"""One case and what everybody does with it: a page that is read once."""

import re
from collections.abc import Sequence

import msgspec
import pytest

from harness.diff import Divergence, Judgement, Verdict
from harness.model.observation import Observation
from harness.model.prediction import Exactly, OneOf, Prediction, Unspecified, World, certain
from harness.model.values import UNOBSERVED, Value
from reports.columns import Column
from reports.departing import MORE, OPEN, Cause
from reports.sidebyside import prediction_view, side_by_side
from reports.tests.test_terminal import CASE, CLAUSE, NASTY, SHOWN, shown
from reports.wording import UNLISTED

LINKED = msgspec.structs.replace(CLAUSE, link="https://example.org/a")
OTHER = msgspec.structs.replace(CLAUSE, id="a.c", statement="Another.")
CLAUSES = {"a.b": LINKED, "a.c": OTHER}
WRONG = Divergence("d", ("a.b",), (NASTY,), 3, "signature")


def column(label: str, facts: dict[str, Value], divergences: Sequence[Divergence] = ()) -> Column:
    """What an implementation did, by a prediction of one fact of each kind."""
    prediction = certain(
        {
            "a": Exactly(1, ("a.b",)),
            "b": OneOf((1, 2), ("a.b",)),
            "c": Unspecified(("a.b",)),
            "d": Exactly(NASTY, ("a.b",)),
        }
    )
    verdict = Verdict.DIVERGES if divergences else Verdict.CONFORMS
    judgement = Judgement(verdict, 3, 1, ("a.b",), tuple(divergences), ("c",))
    return Column(label, (3, 12), verdict, prediction, Observation(facts), judgement)


def page(*columns: Column, cause: Cause | None = None, every: bool = False) -> list[str]:
    """The lines of the page, with two spaces between columns."""
    view = side_by_side(CASE, columns, CLAUSES, lambda name: f"so {name}", cause, every=every)
    return [re.sub(r" {2,}", "  ", line.strip()) for line in shown(view).splitlines()]


RIGHT = column("one 1", {"a": 1, "b": 1, "c": 1, "d": NASTY, "e": 7})
DEPARTS = column("two 2", {"a": 1, "b": 2, "c": 2, "d": 3, "e": 7}, [WRONG])


def test_order() -> None:
    """The case, who does what, what departs with its clause and link, what each does; then what differs besides."""
    lines = page(RIGHT, DEPARTS)
    heads = (
        "program, with sys.path", "one 1  conforms", "two 2  diverges  in a way", "what departs: d", "a.b",
        LINKED.statement, "a document", LINKED.link, "the documents  ", "one 1", "two 2",
        "other facts that differ", "b",
    )  # fmt: skip
    at = -1
    for head in heads:
        at = next((place for place in range(at + 1, len(lines)) if lines[place].startswith(head)), len(lines))
    assert at < len(lines)
    assert not any("\x1b" in line for line in lines)


def test_each_thing_once() -> None:
    """A clause is told once, and the documents have one row in what departs."""
    lines = page(RIGHT, DEPARTS)
    assert (1, 1) == (lines.count("a.b"), lines.count(LINKED.link))
    main = lines[
        lines.index("what departs: d") : lines.index("other facts that differ; they follow from that, or are left open")
    ]
    assert 1 == sum(line.startswith("the documents") for line in main)


def test_where_all_is_as_documented() -> None:
    """Of what conforms no fact is shown unless all are asked for, but what the documents leave open."""
    sure = certain({key: value for key, value in RIGHT.prediction.facts.items() if key != "c"})
    assert "all 5 facts as documented: --facts shows them" in page(msgspec.structs.replace(RIGHT, prediction=sure))
    assert ["one 1  1", "what is left open: c"] == [
        line for line in page(RIGHT) if line.startswith(("what is left open", "one 1  1"))
    ][::-1]
    lines = page(RIGHT, every=True)
    assert [True, True] == [any(line.startswith(head) for line in lines) for head in ("a  1  a.b", "e  7  not told")]


def test_what_is_left_open() -> None:
    """Where nobody departs the facts come first that the documents leave open and that differ, with their clauses."""
    lines = page(RIGHT, column("two 2", {"a": 1, "b": 2, "c": 1, "d": NASTY, "e": 8}))
    at = lines.index("what is left open: b")
    assert ["a.b", LINKED.statement] == lines[at + 1 : at + 3]
    assert "the documents  1 or 2" in lines[at:]
    assert not any(line.startswith("e ") for line in lines)


def test_a_choice() -> None:
    """What is allowed shows what is not as it mostly is, though all do the same."""
    chosen = msgspec.structs.replace(column("one 1", {"a": 1, "b": 2, "d": NASTY}), verdict=Verdict.ALLOWED)
    assert "what is left open: b" in page(chosen)
    assert "what is left open: b" not in page(RIGHT)


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        pytest.param((2,), "two 2  1, which does not go with the rest; with that goes 2", id="in another world"),
        pytest.param((1, 2), "two 2  3", id="in none"),
    ],
)
def test_worlds(expected: tuple[Value, ...], told: str) -> None:
    """The documents are told once, by all their worlds; what departs only together with the rest is said to."""
    worlds = tuple(World({"b": Exactly(value, ("a.b",))}) for value in (1, 2))
    seen = 1 if expected == (2,) else 3
    judgement = Judgement(Verdict.DIVERGES, divergences=(Divergence("b", ("a.b",), expected, seen, "s"),))
    item = Column("two 2", (3, 12), Verdict.DIVERGES, Prediction(worlds), Observation({"b": seen}), judgement)
    lines = page(item)
    assert [True, True] == [line in lines for line in ("the documents  1 or 2", told)]


def test_versions() -> None:
    """Where the documents of two versions do not agree each has a row."""
    newer = msgspec.structs.replace(
        DEPARTS,
        label="three 3",
        language=(3, 13),
        prediction=Prediction((World({"d": Exactly(5, ("a.b",))}),), (3, 13)),
    )
    older = msgspec.structs.replace(DEPARTS, prediction=msgspec.structs.replace(DEPARTS.prediction, until=(3, 13)))
    rows = [line.split("  ")[0] for line in page(older, newer) if line.startswith("the documents")]
    assert 2 == len([row for row in rows if "(3.1" in row])


def test_a_silent_world() -> None:
    """Where one of the worlds says nothing, what the others say is told."""
    worlds = (World({"c": OneOf((8, 9), ("a.b",))}), World({}))
    judgement = Judgement(Verdict.DIVERGES, divergences=(Divergence("c", ("a.b",), (8, 9), 3, "s"),))
    item = Column("two 2", (3, 12), Verdict.DIVERGES, Prediction(worlds), Observation({"c": 3}), judgement)
    assert "the documents  8 or 9, or nothing is said" in page(item)


def test_the_function_that_is_called() -> None:
    """A step that departs is given by the clause of the function that is called in it; another fact by the last."""
    called = msgspec.structs.replace(LINKED, tier="library")
    for key, expected in (("trace/0001", "a.b"), ("binding/x", "a.c")):
        prediction = certain({key: Exactly(1, ("a.b", "a.c"))})
        judgement = Judgement(Verdict.DIVERGES, divergences=(Divergence(key, ("a.b", "a.c"), (1,), 3, "s"),))
        item = Column("two 2", (3, 12), Verdict.DIVERGES, prediction, Observation({key: 3}), judgement)
        view = side_by_side(CASE, [item], {"a.b": called, "a.c": OTHER}, str)
        assert expected == next(line.strip() for line in shown(view).splitlines() if line.strip() in CLAUSES)


@pytest.mark.parametrize(
    ("explained", "expected"),
    [
        pytest.param((("a.b: so",),), "a.b: so", id="of the function"),
        pytest.param((("a.c: so",),), UNLISTED, id="of something else"),
        pytest.param((("a.b: so", "a.c: so"),), UNLISTED, id="only with another"),
    ],
)
def test_an_exception_of_a_call(explained: tuple[tuple[str, ...], ...], expected: str) -> None:
    """What a call raises that is not to raise departs from a clause of the function, or in a way not listed."""
    clauses = {"a.b": msgspec.structs.replace(LINKED, tier="library"), "a.c": OTHER}
    judgement = Judgement(Verdict.DIVERGES, divergences=(Divergence("trace/0001", ("a.b", "a.c"), (1,), 3, "s"),))
    item = msgspec.structs.replace(DEPARTS, judgement=judgement, explained=explained, raised="KeyError: 'a'")
    lines = shown(side_by_side(CASE, [item], clauses, str)).splitlines()
    assert expected == next(line for line in lines if line.startswith("two 2")).partition("diverges")[2].strip()


@pytest.mark.parametrize("weakly", [("a.b: so",), ("a.b: so", "a.c: so")])
def test_how_it_begins(weakly: tuple[str, ...]) -> None:
    """What explains how it begins is told where it is one thing: several may be anything."""
    lines = page(msgspec.structs.replace(DEPARTS, weakly=weakly))
    told = next(line for line in lines if line.startswith("two 2"))
    assert (len(weakly) == 1) == ("a.b: so, in how it begins" in told)


def test_finding() -> None:
    """Of a finding its cause is told, and of the clause that gives the fact, if that is another, one sentence."""
    cause = Cause("a.c: so", OTHER, "instead of that", "finding 1 of the run")
    lines = page(DEPARTS, cause=cause)
    assert "finding 1 of the run: a.c: so" == lines[0]
    at = lines.index("what departs: d")
    assert ["a.c: so", "the documents: Another.", "a document", "instead: instead of that"] == lines[at + 1 : at + 5]
    assert f"this fact is given by a.b: {LINKED.statement}" in lines
    assert "nobody departs so here" in page(RIGHT, cause=cause)
    assert not any("is given by" in line for line in page(DEPARTS, cause=Cause("a.b: so", LINKED)))


def test_explained() -> None:
    """Without a finding what explains the case alone is told, with what then happens."""
    lines = page(msgspec.structs.replace(DEPARTS, explained=(("a.c: so",),), raised="OSError: why"))
    assert [True, True, True] == [
        line in lines for line in ("a.c: so", "as if: so a.c: so", "two 2 raised: OSError: why")
    ]
    assert "two 2  diverges  a.c: so" in lines
    either = page(msgspec.structs.replace(DEPARTS, explained=(("a.c: so",), ("a.b: so",))))
    assert ["a.c", "as if: so a.c: so; or: so a.b: so"] == [
        line for line in either if line in {"a.c", "a.c: so"} or "as if" in line
    ]
    several = page(msgspec.structs.replace(DEPARTS, explained=(("a.c: so", "a.b: so"),)))
    assert "two 2  diverges  a.c: so and a.b: so" in several
    assert "a.c: so" not in several


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("a.b: no", "a.b: no", id="what explains the case too"),
        pytest.param("a.c, in a way not listed", "a.c, in a way not listed", id="no departure that is listed"),
        pytest.param("a.c: other", "a.b: no or a.c: yes", id="what explains it no more"),
    ],
)
def test_explained_by_the_finding(name: str, told: str) -> None:
    """The cause that all cases of the run have goes before what may explain this one."""
    departs = msgspec.structs.replace(DEPARTS, explained=(("a.b: no",), ("a.c: yes",)))
    lines = page(departs, cause=Cause(name, LINKED, "", "finding 3 of the run"))
    assert f"two 2  diverges  {told}" in lines


def test_known() -> None:
    """Of what is known the departures and their reasons are told."""
    judgement = msgspec.structs.replace(DEPARTS.judgement, verdict=Verdict.KNOWN, taken=("a.c: so",))
    lines = page(msgspec.structs.replace(DEPARTS, verdict=Verdict.KNOWN, judgement=judgement, known="It asks."))
    assert ["two 2  known  a.c: so", "known to depart: d", "a.c: so", "known: It asks."] == [
        line for line in lines if line.startswith(("two 2  known", "known", "a.c"))
    ]


def test_a_crash() -> None:
    """Who ended without an answer has a row in that alone, and what it said stands below."""
    wrong = Divergence("outcome", ("a.b",), ("completed",), ("crashed", 11), "s")
    crashed = column("two 2", {"outcome": ("crashed", 11)}, [wrong])
    lines = page(
        column("one 1", {"a": 1, "outcome": "completed"}),
        msgspec.structs.replace(crashed, said="Segmentation fault"),
        column("three 3", {"a": 5, "outcome": "completed"}, [Divergence("a", ("a.b",), (1,), 5, "s")]),
    )
    assert "Segmentation fault" in lines
    assert ["two 2  crashed, SIGSEGV (11)"] == [
        line for line in lines if line.startswith("two 2  ") and "crash" in line
    ]
    assert [] == [line for line in lines[lines.index("what departs: a") :] if line.startswith("two 2  ")]


def test_what_is_not_there() -> None:
    """Of a module that somebody lacks no attribute is told, nor what could not be observed."""
    facts: dict[str, Value] = {"module/m": ("module", "m"), "module/m/__doc__": None, "module/m/__file__": "x"}
    prediction = certain({key: Exactly(value, ("a.b",)) for key, value in {**facts, "d": 1}.items()})
    asked: list[tuple[Column, dict[str, Value]]] = [
        (RIGHT, {**facts, "d": 1}),
        (DEPARTS, {"d": 3}),
        (DEPARTS, {**facts, "d": 3, "module/m/__doc__": UNOBSERVED}),
    ]
    one, two, three = (
        msgspec.structs.replace(item, prediction=prediction, observation=Observation(seen)) for item, seen in asked
    )
    assert "sys.modules['m']" in page(one, two)
    assert [] == [line for line in (*page(one, two), *page(one, three)) if "of module m" in line]


def test_many() -> None:
    """Of many facts some are shown, what is not as documented first, and how many there are more."""
    facts: dict[str, Value] = {f"binding/{number:03}": number for number in range(OPEN + MORE + 1)}
    prediction = certain({key: OneOf((value, "x"), ("a.b",)) for key, value in facts.items()})
    others: dict[str, Value] = dict.fromkeys(facts, "x")
    one, two = (
        msgspec.structs.replace(RIGHT, prediction=prediction, observation=Observation(seen)) for seen in (facts, others)
    )
    assert not any("more that differ" in line for line in page(one, one))
    assert "1 more that differs: --facts shows all" in page(one, msgspec.structs.replace(two, label="two 2"))


def test_what_matters() -> None:
    """Of what differs besides comes first what is not as documented, before what the documents leave to choose."""
    facts: dict[str, Value] = {"binding/0": 0, "binding/z": 0, "d": 1}
    prediction = certain(
        {
            key: OneOf((0, 1), ("a.b",)) if key == "binding/0" else Exactly(value, ("a.b",))
            for key, value in facts.items()
        }
    )
    others: dict[str, Value] = {"binding/0": 1, "binding/z": 2, "d": 3}
    one, two = (
        msgspec.structs.replace(item, prediction=prediction, observation=Observation(seen))
        for item, seen in ((RIGHT, facts), (DEPARTS, others))
    )
    assert ["the name z", "the name 0"] == [line for line in page(one, two) if line.startswith("the name")]


def test_beside_what_is_known() -> None:
    """Where somebody departs only beside what is known, it is told what is expected then; nothing else is."""
    prediction = Prediction((World({"d": Unspecified(("a.b",))}),))
    judgement = msgspec.structs.replace(DEPARTS.judgement, taken=("a.c: so",))
    departs = msgspec.structs.replace(DEPARTS, prediction=prediction, judgement=judgement)
    lines = page(departs)
    at = lines.index("beside what is known: a.c: so")
    assert ["", "the documents  nothing is said", f"beside what is known  '{SHOWN}'", "two 2  3"] == lines[
        at + 1 : at + 5
    ]


def test_who_departs_in_something_else() -> None:
    """What a finding departs from explains nobody who departs in another fact."""
    cause = Cause(f"a.c, {UNLISTED}", OTHER, "", "finding 1 of the run", fact="d")
    other = column("three 3", {"a": 5, "b": 1, "d": NASTY}, [Divergence("a", ("a.b",), (1,), 5, "s")])
    lines = page(DEPARTS, other, cause=cause)
    assert [f"two 2  diverges  a.c, {UNLISTED}", f"three 3  diverges  {UNLISTED}"] == [
        line for line in lines if "  diverges  " in line
    ]


def test_width() -> None:
    """On a terminal of 80 columns nothing but a link is wider, whatever the labels."""
    named = msgspec.structs.replace(DEPARTS, label=f"cpython 3.13.0 ({NASTY})", command=f"/usr/bin/{NASTY}")
    text = shown(side_by_side(CASE, (RIGHT, named), CLAUSES, str), width=80)
    assert max(map(len, text.splitlines())) <= 80
    assert f"cpython 3.13.0 ({SHOWN}): /usr/bin/{SHOWN}" in text


def test_prediction() -> None:
    """What the documents say is told fact by fact."""
    text = shown(prediction_view(CASE, column("one 1", {}).prediction))
    assert [word in text for word in ("1 or 2", "(silent)", "a.b", SHOWN)] == [True] * 4
