"""Which case a finding is shown by."""

import msgspec

from harness.model.case import Case
from harness.model.source import Source
from harness.model.tree import Root, SourceFile, Tree
from reports import Departure, Record
from reports.records import Aim, Step
from reports.samples import Plainest, aims, smallest, telling
from reports.tests.test_gathering import LARGE, OTHER, SMALL, found, group, refuting, wrong


def test_shown_by_a_fact_of_its_clause() -> None:
    """What is not listed is shown by a fact of its clause, not by a smaller case or an earlier fact without it."""
    shown = Departure("module/m/__doc__", (1,), (None,), "absent", "signature of its own")
    aside = wrong(clauses=(0, 1), fact="exception/cause")
    aside = msgspec.structs.replace(
        aside, departures=tuple(msgspec.structs.replace(item, clauses=(0,)) for item in aside.departures)
    )
    both = msgspec.structs.replace(aside, departures=(*aside.departures, shown))
    right = (group(number, OTHER, refuting(clauses=(0, 2))) for number in range(6, 50))
    asides = (group(number, SMALL, aside) for number in range(5))
    (line,) = found(*asides, group(5, LARGE, both), *right)
    assert ("b: in a way not listed", 6, "module/m/__doc__", LARGE) == (
        line.signature,
        line.samples,
        line.fact,
        line.minimal,
    )


def test_shown_where_its_clause_is_asked() -> None:
    """Where no fact of its clause differs it is shown where that is asked, not by a smaller case without it."""
    asked = wrong(clauses=(1,))
    asked = msgspec.structs.replace(asked, departures=(msgspec.structs.replace(asked.departures[0], clauses=(0,)),))
    aside = msgspec.structs.replace(asked, clauses=(0,), raised="KeyError: no 'x'")
    asked = msgspec.structs.replace(asked, raised=aside.raised)
    right = (group(number, OTHER, refuting(clauses=(0, 2))) for number in range(9, 50))
    (line,) = found(*(group(number, LARGE, asked) for number in range(8)), group(8, SMALL, aside), *right)
    assert ("b: in a way not listed", 9, LARGE) == (line.signature, line.samples, line.minimal)


def test_shown_where_it_is_to_end_well() -> None:
    """That an exception is another one than is documented shows less of a clause than that there is one."""
    fails = wrong(fact="exception/type")
    fails = msgspec.structs.replace(
        fails, departures=(msgspec.structs.replace(fails.departures[0], expected=("OSError",)),)
    )
    (line,) = found(group(0, SMALL, fails), group(1, LARGE, wrong(fact="trace/0001")))
    assert LARGE == line.minimal


def test_an_ordinary_case_is_shown() -> None:
    """One without an archive, bytecode or namespace packages is shown, or that says less, though another is shorter."""
    odd = Case(Tree((Root((SourceFile("n/m.py"),)),)), Source())
    plain = Case(Tree((Root((SourceFile("n/__init__.py"), SourceFile("n/m.py"))),)), Source())
    (line,) = found(group(1, odd, wrong(("b: no",))), group(2, plain, wrong(("b: no",))))
    assert plain == line.minimal
    less, more = (
        msgspec.structs.replace(wrong(("b: no",)), words=words) for words in (("import",), ("class", "import"))
    )
    assert LARGE == found(group(1, LARGE, less), group(2, SMALL, more))[0].minimal


def numbered(number: int, record: Record) -> Record:
    """The record, of another case."""
    return msgspec.structs.replace(record, number=number)


def test_alike_is_made_smaller_once() -> None:
    """Of cases that depart alike the plainest is, whichever comes first; who departs otherwise is none of them."""
    first, second, other = (numbered(at, wrong(names)) for at, names in enumerate([("a: no",), ("a: no",), ("b: no",)]))
    for order in ((first, second, other), (second, other, first)):
        found = Plainest()
        for record in order:
            found.take(record, (record.number,))
        assert [first, other] == list(found)
        assert [True, False, True] == [found.has(record) for record in (first, second, other)]


def test_of_what_is_refuted_nothing_is_made() -> None:
    """By each departure that explains it, alone or with others, but those that are not made, and by each fact."""
    record = wrong(("a: no",), ("b: no",), ("b: no", "c: no"))
    fact = Aim(signature=record.departures[0].signature)
    assert [Aim(("a: no",)), Aim(("b: no",)), Aim(("c: no", "b: no")), fact] == list(aims(record, frozenset()))
    assert [Aim(("c: no", "b: no")), fact] == list(aims(record, {"a: no", "b: no"}))


def step(explaining: tuple[str, ...], asked: tuple[int, ...]) -> Step:
    """A smaller case."""
    return Step(0, "id", Aim(), SMALL, Departure("outcome", (0,), (1,), 2, "s"), explaining, asked)


STEPS = [
    step((), (0, 1, 2)),
    step((), (0, 1)),
    step(("a: no", "b: no"), (0, 1)),
    step(("a: no",), (0, 1)),
    step((), (0,)),
    step(("b: no",), (0,)),
]


def test_the_smallest_that_shows_it() -> None:
    """It asks the clause and no other cause explains it; where every one is explained it is the case itself."""
    assert STEPS[5] is smallest(STEPS, frozenset())
    assert STEPS[4] is smallest(STEPS, {"b: no"})
    assert [STEPS[1], STEPS[0], STEPS[0]] == [smallest(STEPS, {"a: no"}, clause) for clause in (1, 2, 3)]
    assert smallest([], frozenset()) is None


def test_what_may_be_shown_is_told() -> None:
    """A step is left out only where a smaller one is shown in its place, whatever is asked of them."""
    told = list(telling(STEPS))
    assert [*STEPS[:2], *STEPS[3:]] == told
    for others in (frozenset[str](), {"a: no"}, {"b: no"}, {"a: no", "b: no"}):
        for clause in (None, 0, 1, 2, 3):
            assert smallest(STEPS, others, clause) == smallest(told, others, clause)
    assert [] == list(telling([]))
