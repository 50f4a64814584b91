"""Of the cases of one implementation: which departures explain them, what is beside those, and what is in common."""

from typing import Final, TypeAlias

import msgspec
import pytest

from harness.diff import Verdict
from harness.model.values import Value
from reports import Departure, Record
from reports.causes import Evidence

CLAUSES: Final = ("a.one", "a.two", "b.three", "c.four", "scope.statements-in-order", *(f"d.{n}" for n in range(40)))
ONE, TWO, THREE, FOUR, ORDER = range(5)
SHARING: Final = (((("a.one: no",),), (FOUR,)), ((), (FOUR,)), ((), ()))
TEXT: Final = "KeyError: 'cache'"


def wrong(
    *explained: tuple[str, ...],
    close: tuple[int, ...] = (ONE,),
    asked: tuple[int, ...] = (),
    fact: str = "outcome",
    expected: tuple[Value, ...] = (1,),
    **told: object,
) -> Record:
    """What is said of a case that departs in a fact that those clauses decide, where others were asked too."""
    shown = Departure(fact, close, expected, 2, f"x · {fact} · {close}")
    record = Record(0, "", "generated", 0, Verdict.DIVERGES, 1, close, departures=(shown,), explained=explained)
    return msgspec.structs.replace(record, consulted=asked, **told)


def right(*asked: int, refuted: tuple[str, ...] = ()) -> Record:
    """What is said of a case that conforms, in which these clauses were asked."""
    return Record(0, "", "generated", 0, Verdict.CONFORMS, 1, asked, refuted=refuted)


Causes: TypeAlias = dict[tuple[str, str], tuple[list[int], list[int]]]


def causes(*records: Record, silent: frozenset[str] = frozenset()) -> Causes:
    """Each cause, by its clause and what it is called: the numbers of cases that it explains, and of those beside."""
    evidence = Evidence(CLAUSES, silent)
    for number, record in enumerate(records):
        evidence.take(msgspec.structs.replace(record, number=number))
    return {
        (CLAUSES[item.clause], item.departure.partition(": ")[2]): (
            [record.number for record in item.records],
            [record.number for record in item.beside],
        )
        for item in evidence.causes()
    }


class TestExceptions:
    """One exception of a clause is no other."""

    @pytest.mark.parametrize(
        ("seen", "documented", "fact", "listed"),
        [
            pytest.param("KeyError", "LookupError", "exception/type", True, id="a kind of the documented one"),
            pytest.param("LookupError", "KeyError", "exception/type", True, id="the documented one is of its kind"),
            pytest.param("KeyError", "KeyError", "exception/type", True, id="the same"),
            pytest.param("KeyError", "OSError", "exception/type", False, id="another"),
            pytest.param("KeyError", "Own", "exception/type", False, id="one of the case"),
            pytest.param("Own", "Own", "exception/type", False, id="two of the case"),
            pytest.param("KeyError", "LookupError", "outcome", False, id="of another fact"),
            pytest.param("KeyError", 1, "exception/type", False, id="none"),
        ],
    )
    def test_where_another_is_refuted(self, seen: str, documented: Value, fact: str, *, listed: bool) -> None:
        """It explains nothing, unless who expects the documented one may catch it."""
        made = f"a.one: raises {seen}"
        found = causes(
            wrong((made,), fact=fact, expected=(documented,)), right(refuted=("a.one: raises ZeroDivisionError",))
        )
        assert {("a.one", f"raises {seen}" if listed else "")} == found.keys()

    def test_refuted_itself(self) -> None:
        """One that is refuted itself explains nothing, whatever is documented."""
        case = wrong(("a.one: raises KeyError",), fact="exception/type", expected=("LookupError",))
        assert {("a.one", "")} == causes(case, right(refuted=("a.one: raises KeyError",))).keys()

    def test_of_another_clause(self) -> None:
        """What is refuted of one clause says nothing of another's."""
        case = wrong(("a.two: raises KeyError",), close=(TWO,))
        assert {("a.two", "raises KeyError")} == causes(case, right(refuted=("a.one: raises OSError",))).keys()

    def test_what_is_documented_of_another_case(self) -> None:
        """What another departure explains documents nothing of this one."""
        other = wrong(("a.two: no",), close=(TWO,), fact="exception/type", expected=("LookupError",))
        one = wrong(("a.one: raises KeyError",), fact="exception/type", expected=("OSError",))
        found = causes(one, other, right(refuted=("a.one: raises ZeroDivisionError",)))
        assert {("a.one", ""), ("a.two", "no")} == found.keys()


def test_another_value() -> None:
    """What does not say which value there is gives way to what does, where both explain as many."""
    some = (("a.one: another value",), ("a.one: of its name",))
    assert {("a.one", "of its name")} == causes(wrong(*some)).keys()
    assert {("a.one", "another value")} == causes(wrong(*some), wrong(*some[:1])).keys()


def test_refuted_by_its_whole_name() -> None:
    """What is called as another begins is not refuted with that."""
    assert {("a.one", "not")} == causes(wrong(("a.one: not",)), right(refuted=("a.one: not at all",))).keys()


def test_expected() -> None:
    """Of what expectations name the cases are told that show it, and nothing of what diverges beside it."""
    evidence = Evidence(CLAUSES)
    known = wrong(taken=("a.one: no",), verdict=Verdict.KNOWN)
    for record in (known, msgspec.structs.replace(known, departures=()), wrong(taken=("a.one: no",))):
        evidence.take(record)
    assert [("a.one: no", (known,))] == list(evidence.expected())


class TestBest:
    """Which departure is taken first."""

    def test_most(self) -> None:
        """That which explains most is, whatever it is called."""
        found = causes(wrong(("a.one: no",), ("b.three: no",)), *(wrong(("b.three: no",), close=(THREE,)),) * 2)
        assert {("b.three", "no"): ([0, 1, 2], [])} == found

    def test_alone(self) -> None:
        """What explains a case alone goes before what explains more of them together with something else."""
        pair = ("a.one: x", "a.two: y")
        found = causes(wrong(pair, ("b.three: z",)), wrong(pair, ("c.four: z",)))
        assert {("b.three", "z"): ([0], []), ("c.four", "z"): ([1], [])} == found

    def test_of_two_alike(self) -> None:
        """Of two that explain as much it is that of the clause that is asked less elsewhere."""
        both = wrong(("a.one: no",), ("b.three: no",), close=(ONE, THREE))
        assert {("b.three", "no")} == causes(both, both, right(ONE)).keys()
        assert {("a.one", "no")} == causes(both, both, right(THREE)).keys()
        assert {("a.one", "no")} == causes(both, both).keys()

    def test_of_a_clause_that_was_not_asked(self) -> None:
        """A departure from what was asked goes before one from what was not."""
        state = wrong(("a.one: no",), ("b.three: no",), close=(THREE,), fact="binding/x")
        assert {("b.three", "no")} == causes(state, right(THREE)).keys()


class TestEnough:
    """What explains far less than a clause has in common is no cause."""

    @pytest.mark.parametrize(("explained", "listed"), [(8, False), (9, True), (10, True)])
    def test_part(self, explained: int, *, listed: bool) -> None:
        """It is one from nine of 25 cases on."""
        some, rest = wrong(("a.one: no",), close=(TWO,)), wrong(close=(TWO,))
        found = causes(*(some,) * explained, *(rest,) * (25 - explained))
        assert listed is (("a.one", "no") in found)

    def test_its_own_clause(self) -> None:
        """It is if that clause is its own."""
        found = causes(wrong(("a.one: no",)), *(wrong(),) * 9)
        assert {("a.one", "")} == found.keys()
        assert {("a.one", ""): (list(range(1, 10)), [0])} == found

    @pytest.mark.parametrize(("elsewhere", "listed"), [(0, False), (4, True)])
    def test_asked_elsewhere(self, elsewhere: int, *, listed: bool) -> None:
        """It is if the clause in common goes well elsewhere."""
        some, rest = wrong(("a.one: no",), close=(TWO,)), wrong(close=(TWO,))
        assert listed is (("a.one", "no") in causes(some, *(rest,) * 9, *(right(TWO),) * elsewhere))

    def test_something_else_in_common(self) -> None:
        """It is then, whatever else half of the cases have in common."""
        some, most, rest = (wrong(*item, close=(TWO, *more)) for item, more in SHARING)
        assert ("a.one", "no") in causes(some, *(most,) * 5, *(rest,) * 4, right(TWO), *(right(),) * 4)

    @pytest.mark.parametrize(("outside", "listed"), [(0, False), (1, False), (2, True)])
    def test_outside(self, outside: int, *, listed: bool) -> None:
        """It is if half of what it explains has nothing to do with that clause."""
        inside = wrong(("c.four: no",), close=(TWO,))
        other = wrong(("c.four: no",), close=(THREE,))
        found = causes(*(inside,) * 2, *(other,) * outside, *(wrong(close=(TWO,)),) * 30)
        assert listed is (("c.four", "no") in found)

    def test_little_in_common(self) -> None:
        """A clause that half tells the cases from others is something in common."""
        few = (wrong(("c.four: no",), close=(TWO,)), *(wrong(close=(TWO,)),) * 3)
        others = [wrong(close=(5 + n // 3,)) for n in range(12)]
        assert ("c.four", "no") not in causes(*few, *others)
        assert ("c.four", "no") in causes(*few, *others, wrong(close=(9,)))


class TestBeside:
    """What a departure does not explain may stand beside it."""

    @pytest.mark.parametrize(("explained", "beside"), [(9, False), (10, True), (20, True)])
    def test_few(self, explained: int, *, beside: bool) -> None:
        """One case beside ten does, where the clause is asked and is what all have in common."""
        some, other = wrong(("a.one: no",)), wrong(close=(THREE,), asked=(ONE,))
        found = causes(*(some,) * explained, other)
        assert ([explained] if beside else []) == found["a.one", "no"][1]
        assert beside is (("b.three", "") not in found)

    def test_not_asked(self) -> None:
        """Where its clause was not asked it does not."""
        found = causes(*(wrong(("a.one: no",)),) * 10, wrong(close=(THREE,)))
        assert {("a.one", "no"): (list(range(10)), []), ("b.three", ""): ([10], [])} == found

    def test_not_in_common(self) -> None:
        """Where its clause goes well elsewhere it does not."""
        some, other = wrong(("a.one: no",)), wrong(close=(THREE,), asked=(ONE,))
        found = causes(*(some,) * 10, other, *(right(ONE),) * 3)
        assert {("a.one", "no"): (list(range(10)), []), ("b.three", ""): ([10], [])} == found

    def test_weakly(self) -> None:
        """A case that it explains in its beginning does; one that another explains so does not."""
        half = wrong(close=(THREE,), weakly=("a.one: no",))
        other = wrong(close=(THREE,), weakly=("a.two: no",))
        found = causes(wrong(("a.one: no",)), half, other)
        assert {("a.one", "no"): ([0], [1]), ("b.three", ""): ([2], [])} == found

    @pytest.mark.parametrize(
        ("rest", "expected"),
        [
            pytest.param(1, {("a.one", "no"): ([0, 1], [2])}, id="fewer"),
            pytest.param(2, {("a.one", "no"): ([0, 1], [2, 3])}, id="as many"),
            pytest.param(3, {("a.one", ""): ([2, 3, 4], [0, 1])}, id="more"),
        ],
    )
    def test_one_clause(self, rest: int, expected: Causes) -> None:
        """What departs from one clause, in a way listed and in one not listed, is one cause: that of most cases."""
        found = causes(*(wrong(("a.one: no",)),) * 2, *(wrong(),) * rest)
        assert expected == found

    def test_two_of_one_clause(self) -> None:
        """Two departures from one clause are two causes."""
        found = causes(wrong(("a.one: no",)), wrong(("a.one: late",)))
        assert {("a.one", "no"): ([0], []), ("a.one", "late"): ([1], [])} == found


@pytest.mark.parametrize(
    ("pair", "listed"),
    [
        pytest.param(("a.one: no", "b.three: late"), True, id="of two departures"),
        pytest.param(("a.one: no", "b.three: raises KeyError"), False, id="of one that fails and an exception"),
    ],
)
def test_a_pair(pair: tuple[str, ...], *, listed: bool) -> None:
    """What leads to where it fails, and another exception there, would explain any exception."""
    found = causes(wrong(pair, close=(ONE,), asked=(THREE,)))
    assert listed == all(departure for _, departure in found)


class TestNamed:
    """Which clause a cause is called by that is not listed."""

    @pytest.mark.parametrize(
        ("beside", "elsewhere", "named"),
        [
            pytest.param((), 0, "a.one", id="the first"),
            pytest.param((THREE,), 0, "b.three", id="a larger part of another area"),
            pytest.param((5, 6), 0, "a.one", id="more, and a smaller part"),
            pytest.param((TWO, THREE), 0, "a.one", id="the whole of each"),
            pytest.param((TWO, THREE), 1, "a.one", id="a part that tells a little less"),
            pytest.param((TWO, THREE), 3, "b.three", id="a part that tells far less"),
        ],
    )
    def test_alike(self, beside: tuple[int, ...], elsewhere: int, named: str) -> None:
        """Of clauses that tell the cases alike it is one of the area of which the largest part nearly does."""
        case = wrong(close=(ORDER,), asked=(ONE, *beside))
        found = causes(*(case,) * 9, *(right(TWO),) * elsewhere, *(right(FOUR),) * 30)
        assert {(named, "")} == found.keys()

    @pytest.mark.parametrize(
        ("function", "named"),
        [
            pytest.param("importlib.import_module", "a.one", id="which imports by name"),
            pytest.param("runpy.run_module", "b.three", id="which does something else"),
        ],
    )
    def test_function(self, function: str, named: str) -> None:
        """Of functions that fail alike that comes first with which programs import by name, however few call it."""
        most = wrong(close=(THREE,), raised=TEXT, words=("pkgutil.resolve_name",))
        some = wrong(raised=TEXT, words=(function,))
        assert {(named, ""): ([0, 1, 2, 3, 4], [])} == causes(*(most,) * 3, *(some,) * 2)


@pytest.mark.parametrize("clauses", [(FOUR, ORDER), (ORDER,)])
def test_a_state_of_which_nothing_is_said(clauses: tuple[int, ...]) -> None:
    """Where nothing but the order of statements gives what differs it is of what the cases have in common."""
    state = wrong(close=clauses, asked=(TWO, THREE), fact="binding/v")
    assert {("a.two", "")} == causes(*(state,) * 5, *(right(THREE, FOUR, ORDER),) * 20).keys()


def test_a_course_of_which_nothing_is_said() -> None:
    """Where nothing but the order of statements is close to what differs it is of what else was asked."""
    assert {("b.three", "")} == causes(wrong(close=(ORDER,), asked=(THREE,)), *(right(THREE, ORDER),) * 20).keys()


def test_a_launch_that_fails() -> None:
    """What nothing explains of a program that does not begin is about how it is launched."""
    clauses = ("a.one", "a.other", "dashm.two", "scope.statements-in-order")
    shown = Departure("outcome", (3,), ("completed",), ("unbegun", 1), "x")
    record = Record(
        9, "", "generated", 0, Verdict.DIVERGES, 1, (0, 2, 3), departures=(shown,), explained=(("a.one: no",),)
    )
    told = []
    for refuted in ((), ("a.one: no",)):
        evidence = Evidence(clauses)
        for number in range(9):
            evidence.take(
                Record(number, "", "generated", 0, Verdict.CONFORMS, 1, (0, 2)[: 1 + number % 2], refuted=refuted)
            )
        evidence.take(record)
        told.append([clauses[cause.clause] for cause in evidence.causes()])
    assert [["a.one"], ["dashm.two"]] == told


def test_a_launch_by_the_name_of_a_module() -> None:
    """Where a program does not begin that -m names, that is the clause by which it would."""
    clauses = ("dashm.argv0", "dashm.executes-as-main", "scope.statements-in-order")
    shown = Departure("outcome", (2,), ("completed",), ("unbegun", 1), "x")
    evidence = Evidence(clauses)
    evidence.take(Record(0, "", "generated", 0, Verdict.DIVERGES, 1, (0, 1, 2), departures=(shown,)))
    assert ["dashm.executes-as-main"] == [clauses[cause.clause] for cause in evidence.causes()]


@pytest.mark.parametrize(
    ("silent", "clause"),
    [(frozenset[str](), "a.two"), (frozenset({"a.two"}), "b.three"), (frozenset(CLAUSES), "a.two")],
)
def test_what_is_left_open(silent: frozenset[str], clause: str) -> None:
    """Nobody departs from a clause by which something is not said, where another has nearly as much in common."""
    records = (wrong(close=(TWO, THREE)), *(right(THREE) for _ in range(5)))
    assert [(clause, "")] == [*causes(*records, silent=silent)]
