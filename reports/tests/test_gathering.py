"""Findings are causes, and follow from the lines about cases."""

from typing import Final

import msgspec
import pytest

from harness.diff import Verdict
from harness.model.case import Case
from harness.model.source import Mark, Source
from harness.model.tree import Root, Tree
from reports import CaseRecord, Departure, Finding, Group, Record
from reports.gathering import Findings
from reports.records import Aim, Step

TREE = Tree((Root(),))
LARGE, SMALL, OTHER = Case(TREE, Source((Mark("x"), Mark("y")))), Case(TREE, Source()), Case(TREE, Source((Mark("z"),)))
CLAUSES: Final = ("a", "b", "c")
DIVERGES, KNOWN, SUSPECT = Verdict.DIVERGES, Verdict.KNOWN, Verdict.DOCS_SUSPECT
RIGHT: Final = Record(0, "", "generated", 0, Verdict.CONFORMS, clauses=(0, 1, 2))


def wrong(*explained: tuple[str, ...], clauses: tuple[int, ...] = (0, 1), fact: str = "outcome") -> Record:
    """What is said of one that departs, and what explains it."""
    shown = Departure(fact, clauses, (1,), 2, f"signature of {fact}")
    return Record(0, "", "generated", 0, DIVERGES, 1, clauses, departures=(shown,), explained=explained)


def refuting(*refuted: str, clauses: tuple[int, ...] = ()) -> Record:
    """What is said of one that does not depart, and would if it made these departures."""
    return msgspec.structs.replace(RIGHT, refuted=refuted, clauses=clauses)


def suspect(record: Record) -> Record:
    """The same, where everybody does so."""
    return msgspec.structs.replace(record, verdict=SUSPECT)


def known(*taken: str) -> Record:
    """What is said of one that departs as expected."""
    shown = Departure("outcome", (0,), (1,), 2, "signature", "as it is")
    return Record(0, "", "generated", 0, KNOWN, 1, (0,), departures=(shown,), taken=taken)


def group(number: int, case: Case | None, *records: Record) -> Group:
    """What is said of one case on one implementation after the other."""
    told = tuple(
        msgspec.structs.replace(item, number=number, case=f"case{number}", implementation=place)
        for place, item in enumerate(records)
    )
    return Group(None if case is None else CaseRecord(f"case{number}", case), told)


def found(*groups: Group) -> list[Finding]:
    """The findings, in order."""
    findings = Findings(CLAUSES)
    for item in groups:
        findings.take(item)
    return list(findings.lines(text=lambda name: f"{name} happens"))


def told(*groups: Group) -> list[tuple[str, int]]:
    """The causes, each with the number of its cases."""
    return [(line.signature, line.samples) for line in found(*groups)]


def test_a_cause() -> None:
    """It is told by its smallest case, with the number of all its cases and those of each implementation."""
    lines = found(
        group(4, LARGE, RIGHT, wrong(("b: no",))),
        group(6, SMALL, wrong(("b: no",), fact="binding/x"), wrong(("b: no",)), RIGHT),
        group(7, OTHER, RIGHT, wrong(("b: no",))),
    )
    shown = ("binding/x", (0, 1), (1,), 2)
    assert [Finding("b: no", DIVERGES, 1, "no", "b: no happens", *shown, 3, {"0": 1, "1": 3}, "case6", SMALL)] == lines


def test_without_sentences() -> None:
    """Where nobody says what happens with a departure, nothing is said of it."""
    findings = Findings(CLAUSES)
    findings.take(group(4, LARGE, wrong(("b: no",))))
    assert [""] == [line.text for line in findings.lines()]


def test_what_explains_most() -> None:
    """Of what explains a case that is taken which explains most cases."""
    assert [("a: no", 3)] == told(
        group(0, LARGE, wrong(("b: no",), ("a: no",))),
        group(1, SMALL, wrong(("a: no",))),
        group(2, OTHER, wrong(("a: no",), ("c: no",))),
    )


def test_what_is_refuted_explains_nothing() -> None:
    """A departure that some case would show and does not is no cause, however much it explains: only its clause is."""
    assert [("a: in a way not listed", 1), ("b: no", 1)] == told(
        group(0, LARGE, wrong(("a: no",), ("b: no",))),
        group(1, SMALL, wrong(("a: no",), clauses=(1, 2))),
        group(2, OTHER, refuting("a: no", clauses=(1,))),
    )


def test_refuted_of_another() -> None:
    """What one implementation does not do another may."""
    assert [("a: no", 1)] == told(group(0, LARGE, RIGHT, wrong(("a: no",))), group(1, SMALL, refuting("a: no"), RIGHT))


def test_one_exception_of_many() -> None:
    """Where the exception of a clause was seen to be the right one, no other one explains anything."""
    assert [("a: in a way not listed", 1)] == told(
        group(0, LARGE, wrong(("a: raises OSError",), clauses=(0,))),
        group(1, SMALL, refuting("a: raises KeyError", clauses=(1,))),
    )


def test_rounds() -> None:
    """What explains nothing by itself explains beside what is found first; such a case counts for both."""
    assert [("a: no", 3), ("b: no", 1)] == told(
        group(0, LARGE, wrong(("a: no", "b: no"))),
        group(1, SMALL, wrong(("a: no",))),
        group(2, OTHER, wrong(("a: no",))),
    )


def test_always_together() -> None:
    """Departures that are never seen alone are found together."""
    assert [("a: no", 2), ("b: no", 2)] == told(
        group(0, LARGE, wrong(("a: no", "b: no"))), group(1, SMALL, wrong(("a: no", "b: no")))
    )


def test_not_listed() -> None:
    """What nothing explains departs from the clause that departing cases have in common, and others have not."""
    assert [("b: in a way not listed", 2)] == told(
        group(0, LARGE, wrong(clauses=(0, 1, 2))),
        group(1, SMALL, wrong(clauses=(0, 1))),
        group(2, OTHER, refuting(clauses=(0, 2))),
    )


def test_not_listed_of_two() -> None:
    """It is one finding if some case shows it alike on both."""
    alike = (group(0, LARGE, wrong(), wrong()), group(1, SMALL, wrong(), RIGHT))
    unlike = (group(0, LARGE, wrong(), RIGHT), group(1, SMALL, RIGHT, wrong()))
    assert [[{"0": 2, "1": 1}], [{"0": 1}, {"1": 1}]] == [
        [line.cases for line in found(*item)] for item in (alike, unlike)
    ]


def test_the_clause_of_a_state() -> None:
    """Where only a state differs the clause is the one that gives it."""
    fact = "module/m/__file__"
    assert [("b: in a way not listed", 1)] == told(group(0, LARGE, wrong(clauses=(0, 2, 1), fact=fact)))


def test_where_somebody_does_as_documented() -> None:
    """It is shown by a case in which somebody conforms, however small others are."""
    alone = group(0, SMALL, wrong(("a: no",)), wrong(("b: no",)))
    lines = found(alone, group(1, LARGE, wrong(("a: no",)), RIGHT), group(2, LARGE, RIGHT, wrong(("b: no",))))
    assert {"a: no": "case1", "b: no": "case2"} == {line.signature: line.first for line in lines}


def test_order() -> None:
    """Behaviour stands before attributes, what explains more before what explains less, what is known last."""
    attribute = wrong(("a: absent",), fact="module/m/__file__")
    assert [("c: no", 2), ("b: no", 1), ("a: absent", 3), ("a: yes", 1), ("b: yes", 1)] == told(
        *(group(number, LARGE, attribute) for number in range(3)),
        group(3, SMALL, wrong(("b: no",))),
        *(group(number, LARGE, wrong(("c: no",))) for number in (4, 5)),
        group(6, OTHER, known("a: yes", "b: yes")),
    )


def test_order_of_what_is_shown() -> None:
    """What is shown by an attribute stands behind what is not, though some case of it departs in more."""
    attribute = wrong(("a: absent",), fact="module/m/__file__")
    more = (group(number, LARGE, wrong(("a: absent",))) for number in (1, 2))
    assert [("b: no", 1), ("a: absent", 3)] == told(
        group(0, SMALL, attribute), *more, group(3, OTHER, wrong(("b: no",)))
    )


@pytest.mark.parametrize(
    ("records", "said"),
    [
        pytest.param((wrong(("a: no",)), wrong(("a: no",))), DIVERGES, id="no"),
        pytest.param((suspect(wrong(("a: no",))), wrong(("a: no",))), DIVERGES, id="not always"),
        pytest.param((suspect(wrong(("a: no",))), suspect(wrong(("a: no",)))), SUSPECT, id="always"),
    ],
)
def test_suspect(records: tuple[Record, ...], said: Verdict) -> None:
    """The documents are suspected where everybody departs so in every case."""
    (line,) = found(*(group(number, LARGE, record) for number, record in enumerate(records)))
    assert said is line.verdict


def test_known() -> None:
    """A departure that expectations name is told with the reason."""
    (line,) = found(group(0, LARGE, known("a: no")))
    assert (KNOWN, 0, "no", "as it is") == (line.verdict, line.clause, line.departure, line.expectation)


def test_known_alone() -> None:
    """A departure that expectations name is shown by a case that has no other, however small those are that have."""
    alone, both = known("a: no"), known("a: no", "b: no")
    assert ["case1", "case0"] == [line.first for line in found(group(0, SMALL, both), group(1, LARGE, alone))]


def test_without_its_case() -> None:
    """Where the case is not told there is no finding."""
    assert [] == found(group(0, None, wrong(("a: no",))))


def test_what_conforms_needs_no_case() -> None:
    """What conforms refutes what it would show, whether its case is told or not."""
    assert [("a: in a way not listed", 1)] == told(
        group(0, LARGE, wrong(("a: no",), clauses=(0,))), group(1, None, refuting("a: no"))
    )


def test_sentences() -> None:
    """What happens is said of what is listed, and of nothing else."""
    lines = found(group(0, LARGE, wrong(("b: no",), clauses=(1,))), group(1, SMALL, wrong(clauses=(0,))))
    assert {"b: no": "b: no happens", "a: in a way not listed": ""} == {line.signature: line.text for line in lines}


def test_shown_as_a_whole() -> None:
    """What explains some case as a whole is shown by that, not by a smaller one of which it explains the beginning."""
    half = msgspec.structs.replace(wrong(clauses=(0,)), weakly=("a: no",))
    whole = [group(number, LARGE, wrong(("a: no",), clauses=(0,))) for number in range(2)]
    (line,) = found(*whole, group(2, SMALL, half))
    assert ("a: no", "case0", 1) == (line.signature, line.first, line.beside)


def test_shown_by_its_own_name() -> None:
    """One exception that two clauses raise is shown by a case of that of most cases, not by a smaller one."""
    mine, other = wrong(("b: raises KeyError",)), wrong(("a: raises KeyError",))
    (line,) = found(group(0, LARGE, mine), group(1, LARGE, mine), group(2, SMALL, other))
    assert ("b: raises KeyError", 3, "case0") == (line.signature, line.samples, line.first)


def test_a_listed_departure_is_shown_by_the_smallest_case() -> None:
    """What is listed explains whatever fact differs first, of its own clause or not."""
    other = wrong(("b: no",), clauses=(0,))
    (line,) = found(group(0, LARGE, wrong(("b: no",), clauses=(0, 1))), group(1, SMALL, other))
    assert ("b: no", "case1", SMALL) == (line.signature, line.first, line.minimal)
    both = msgspec.structs.replace(
        other, departures=(*other.departures, Departure("binding/x", (1,), (1,), 2, "of its clause"))
    )
    (line,) = found(group(0, SMALL, both))
    assert ("b: no", "outcome") == (line.signature, line.fact)


def test_made_alone_rather_than_together() -> None:
    """Of several explanations of one case the one of fewest departures is told."""
    findings = Findings(CLAUSES)
    asked: list[Aim] = []

    def shrink(_case: Case, _place: int, aim: Aim) -> tuple[Step, ...]:
        asked.append(aim)
        return ()

    findings.take(group(0, LARGE, wrong(("a: no", "b: no"), ("b: no",))))
    findings.take(group(1, SMALL, wrong(clauses=(2,))))
    list(findings.lines(shrink))
    assert [Aim(("b: no",)), Aim(signature="signature of outcome")] == sorted(asked, key=lambda aim: aim.signature)


def test_beside_of_two() -> None:
    """What stands beside a cause is counted of all implementations, each case once."""
    listed, other = wrong(("a: no",), clauses=(0,)), wrong(clauses=(0,))
    (line,) = found(group(0, LARGE, listed, other), group(1, SMALL, other, listed), group(2, OTHER, other, other))
    assert ("a: in a way not listed", 2, {"0": 2, "1": 2}) == (line.signature, line.beside, line.cases)


@pytest.mark.parametrize(
    ("others", "as_if"),
    [
        pytest.param((wrong(("a: no",), ("b: no",)),), ("a: no happens", "b: no happens"), id="another explains all"),
        pytest.param((wrong(("a: no",), ("b: no",)), refuting("b: no")), (), id="it is refuted"),
        pytest.param((wrong(("a: no",), ("b: no",)), wrong(("a: no",))), (), id="it explains less"),
        pytest.param((wrong(("a: no",), ("b: no", "c: no")),), (), id="it does not alone"),
        pytest.param((wrong(("a: no",)), wrong(clauses=(0,))), ("a: no happens", ""), id="half of them are not so"),
        pytest.param(
            (wrong(("a: no",)), msgspec.structs.replace(wrong(clauses=(0,)), weakly=("a: no",))), (), id="weak"
        ),
        pytest.param((*(wrong(("a: no",)) for _ in range(10)), wrong(clauses=(0,))), (), id="few are not so"),
        pytest.param((wrong(clauses=(0,)),), (), id="not listed"),
    ],
)
def test_what_is_not_sure(others: tuple[Record, ...], as_if: tuple[str, ...]) -> None:
    """Where another departure explains all as well, or much of the cause departs otherwise, it is told as a guess."""
    orderly = tuple(group(number, None, refuting()) for number in range(20, 40))
    (line,) = found(*(group(number, SMALL, item) for number, item in enumerate(others)), *orderly)
    happens = "a: no happens" if line.departure and not as_if else ""
    assert (as_if, happens) == (line.as_if, line.text)


def step(case: Case, told: Departure, aim: Aim, *explaining: str) -> Step:
    """A smaller case that was made of the first one, on the implementation that is wrong."""
    return Step(1, "case0", aim, case, told, explaining)


def test_shrunk() -> None:
    """What no expectation names is shrunk, on who shows it in the plainest case, by what explains it there."""
    asked: list[tuple[Case, int, Aim]] = []
    told = Departure("trace/0001", (2,), (1,), 9, "t")

    def shrink(case: Case, place: int, aim: Aim) -> tuple[Step, ...]:
        asked.append((case, place, aim))
        return (step(SMALL, told, aim),)

    findings = Findings(CLAUSES)
    both = wrong(("a: no", "b: no"))
    findings.take(group(0, LARGE, RIGHT, both))
    findings.take(group(1, LARGE, RIGHT, wrong(("a: no",))))
    findings.take(group(2, OTHER, known("a: yes"), RIGHT))
    lines = list(findings.lines(shrink))
    assert [(LARGE, 1, Aim(("a: no",))), (LARGE, 1, Aim(("b: no", "a: no")))] == asked
    assert [("a: no", 9, SMALL), ("b: no", 9, SMALL), ("a: yes", 2, OTHER)] == [
        (line.signature, line.seen, line.minimal) for line in lines
    ]


def test_no_other_cause_explains_what_is_shown() -> None:
    """Of ever smaller cases the smallest is shown that no other finding explains, though a smaller one has both."""
    told = Departure("trace/0001", (2,), (1,), 9, "t")

    def shrink(case: Case, _place: int, aim: Aim) -> tuple[Step, ...]:
        mine = case, OTHER, SMALL
        explaining = ((), ("c: no",), ("c: no", "a: no" if aim.made == ("b: no",) else "b: no"))
        return tuple(step(smaller, told, aim, *names) for smaller, names in zip(mine, explaining, strict=True))

    findings = Findings(CLAUSES)
    findings.take(group(0, LARGE, RIGHT, wrong(("a: no",))))
    findings.take(group(1, LARGE, RIGHT, wrong(("b: no",))))
    assert [("a: no", OTHER), ("b: no", OTHER)] == [(item.signature, item.minimal) for item in findings.lines(shrink)]


def test_raised() -> None:
    """What was raised is told of the smaller case where there is one, else of the case as it is."""
    findings = Findings(CLAUSES)
    findings.take(group(0, LARGE, msgspec.structs.replace(wrong(("a: no",)), raised="KeyError: no …")))
    aim = Aim(("a: no",))
    smaller = [Departure("outcome", (0,), (1,), 2, "s", raised=told) for told in ("KeyError: no 'x'", "")]
    lines = [
        *findings.lines(),
        *(line for one in smaller for line in findings.lines(lambda *_, one=one: (step(SMALL, one, aim),))),
    ]
    assert ["KeyError: no …", "KeyError: no 'x'", ""] == [line.raised for line in lines]
