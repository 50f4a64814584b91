"""What clauses cases have in common that nothing explains, and which groups of cases are one."""

import pytest

from harness.model.values import Value
from reports.common import Case, Common
from reports.records import Departure, Record
from reports.tests.test_evidence import FOUR, ONE, ORDER, TEXT, THREE, TWO, Causes, causes, right, wrong


class TestTelling:
    """A clause tells departing cases from others if it is hardly ever asked elsewhere."""

    @pytest.mark.parametrize(("conforming", "together"), [(1, False), (5, False), (6, True), (9, True)])
    def test_seldom(self, conforming: int, *, together: bool) -> None:
        """It may go well in a fifth of what would be expected of anything: the more conforms, the more often."""
        mine, others = wrong(), wrong(close=(THREE,), asked=(ONE,))
        found = causes(*(mine,) * 20, *(others,) * 20, right(ONE), *(right(),) * (conforming - 1))
        whole: Causes = {("a.one", ""): (list(range(40)), [])}
        parts: Causes = {("a.one", ""): (list(range(20)), []), ("b.three", ""): (list(range(20, 40)), [])}
        assert (whole if together else parts) == found

    def test_never(self) -> None:
        """Where nothing conforms every clause does."""
        found = causes(*(wrong(),) * 2, wrong(close=(THREE,), asked=(ONE,)))
        assert {("a.one", ""): ([0, 1, 2], [])} == found


@pytest.mark.parametrize(("rank", "named"), [(0.46, 1), (0.44, 0)])
def test_what_far_more_cases_ask(rank: float, named: int) -> None:
    """Of clauses that tell nearly alike it is the one that far more of the cases ask."""
    few, many = (Case(wrong(), frozenset({clause}), frozenset(), frozenset()) for clause in (0, 1))
    ranks = {0: 0.5, 1: rank}
    assert named == Common(("a.one", "a.two"), frozenset()).foremost(ranks, ranks, [few] * 2 + [many] * 5)


class TestCommon:
    """What nothing explains departs from the clause that tells its cases best from others."""

    def test_less_elsewhere(self) -> None:
        """Of two clauses it is the one that is asked less elsewhere, though that stands later."""
        both = wrong(close=(ONE, THREE))
        assert {("b.three", "")} == causes(both, both, right(ONE)).keys()

    def test_close(self) -> None:
        """Of two clauses that are asked alike it is the one that is close to what differs."""
        assert {("b.three", "")} == causes(wrong(close=(THREE,), asked=(ONE,))).keys()

    def test_asked_in_more(self) -> None:
        """The more cases there are, the more counts a clause that is asked in all of them, close or not."""
        few = [wrong(close=(n,), asked=(TWO,)) for n in (5, 5, 5, 6)]
        assert {("d.0", ""), ("d.1", "")} <= causes(*few, right(TWO)).keys()
        many = [wrong(close=(5 + n,), asked=(TWO,)) for n in range(20)]
        assert {("a.two", ""): (list(range(20)), [])} == causes(*many)

    @pytest.mark.parametrize(("close", "clause"), [(12, "a.one"), (8, "a.two")])
    def test_where_courses_differ(self, close: int, clause: str) -> None:
        """What leads to where the course of a third of them differs goes before what tells them a little better."""
        near = [wrong(close=(ONE,), asked=(TWO,))] * close
        far = [wrong(close=(5 + n,), asked=(ONE, TWO)) for n in range(30 - close)]
        assert {(clause, "")} == causes(*near, *far, *(right(ONE),) * 8).keys()

    def test_too_little(self) -> None:
        """What few of many cases have in common says nothing, though it is asked nowhere else."""
        shared = [wrong(close=(5 + n,), asked=(FOUR,)) for n in range(3)]
        assert 16 == len(causes(*shared, *(wrong(close=(8 + n,)) for n in range(13))))

    def test_close_where_nothing_tells(self) -> None:
        """What goes well elsewhere is no cause, if it is close to nothing that differs."""
        found = causes(*(wrong(close=(5 + n // 5,), asked=(FOUR,)) for n in range(20)), right(FOUR))
        assert {("d.0", ""), ("d.1", ""), ("d.2", ""), ("d.3", "")} == found.keys()

    def test_order_says_nothing(self) -> None:
        """That statements are executed in order is no cause, unless there is no other."""
        assert {("c.four", "")} == causes(*(wrong(close=(ORDER,), asked=(FOUR,)),) * 4).keys()
        assert {("scope.statements-in-order", "")} == causes(wrong(close=(ORDER,))).keys()

    def test_kin(self) -> None:
        """What asks a clause that half of the others ask, and nothing else does, is one with them."""
        mine = [wrong(close=(ONE,)), wrong(close=(ONE,), asked=(FOUR,))]
        other = wrong(close=(FOUR,))
        assert {("a.one", ""): ([0, 1, 2], [])} == causes(*mine, other)
        third = wrong(close=(ONE,))
        assert {("a.one", ""): ([0, 1, 3], []), ("c.four", ""): ([2], [])} == causes(*mine, other, third)

    def test_no_kin(self) -> None:
        """A clause that goes well elsewhere makes nothing one."""
        mine = [wrong(close=(ONE,)), wrong(close=(ONE,), asked=(FOUR,))]
        found = causes(*mine, wrong(close=(FOUR,)), right(FOUR))
        assert {("a.one", ""): ([0, 1], []), ("c.four", ""): ([2], [])} == found


class TestStates:
    """Where only a state differs, the clauses that give it count."""

    def test_among_others(self) -> None:
        """A state belongs to what most cases have in common, if the clause was asked there too."""
        course, state = wrong(), wrong(close=(THREE,), asked=(ONE,), fact="binding/x")
        assert {("a.one", ""): ([0, 1, 2, 3], [])} == causes(*(course,) * 3, state)

    @pytest.mark.parametrize(("asking", "clause"), [(60, "b.three"), (9, "a.one")])
    def test_explained_by_what_is_refuted(self, asking: int, clause: str) -> None:
        """A departure that explains all, though it is not made everywhere, tells where, if its clause tells more."""
        state = wrong(("b.three: no",), asked=(THREE,), fact="binding/x")
        other = right(TWO, refuted=("b.three: no",))
        orderly = *(right(ONE),) * asking, *(right(THREE),) * 3
        assert {(clause, ""): ([0, 1], [])} == causes(state, state, other, *orderly)

    def test_most(self) -> None:
        """Where most cases differ in a state it is a clause that gives one; where half of them do it may be any."""
        course, state = wrong(), wrong(close=(THREE,), asked=(ONE,), fact="binding/x")
        assert {("a.one", ""): ([0, 1, 2, 3], [])} == causes(*(course,) * 2, *(state,) * 2, right(THREE))
        parts: Causes = {("b.three", ""): ([2, 3, 4], []), ("a.one", ""): ([0, 1], [])}
        assert parts == causes(*(course,) * 2, *(state,) * 3, right(THREE))

    def test_near_the_best(self) -> None:
        """What gives a state goes before what tells the cases only a little better."""
        course, state = wrong(), wrong(close=(THREE,), asked=(ONE,), fact="binding/x")
        assert {("b.three", ""): ([0, 1, 2, 3], [])} == causes(*(course,) * 2, *(state,) * 2)

    def test_seldom_enough(self) -> None:
        """Where nothing tells the cases, what gives most states is the cause."""
        states = [wrong(close=(clause,), fact="binding/x") for clause in (ONE, THREE, THREE)]
        found = causes(*states, *(right(ONE, THREE),) * 9)
        assert {("b.three", "")} <= found.keys()


class TestFar:
    """What is close to what differs is no cause where something else tells a case far better that leads to it."""

    @pytest.mark.parametrize(
        ("fact", "clauses", "word", "clause"),
        [
            pytest.param("binding/x", (ONE, THREE), "import", "a.one", id="decides the fact"),
            pytest.param("binding/x", (THREE,), "pkgutil.get_data", "a.one", id="a function is called"),
            pytest.param("binding/x", (THREE,), "builtins.repr", "b.three", id="one of every program"),
            pytest.param("binding/x", (THREE,), "import", "b.three", id="asked only"),
            pytest.param("trace/0001", (THREE,), "pkgutil.get_data", "a.one", id="of a course"),
        ],
    )
    def test_leading(self, fact: str, clauses: tuple[int, ...], word: str, clause: str) -> None:
        """It decides the facts too, or a function of the library is called."""
        state = wrong(close=clauses, asked=(ONE,), fact=fact, words=(word,))
        assert {(clause, "")} == causes(state, right(ONE), *(right(THREE),) * 99).keys()

    @pytest.mark.parametrize(("elsewhere", "clause"), [(99, "a.one"), (9, "b.three")])
    def test_far(self, elsewhere: int, clause: str) -> None:
        """It does so twice as well."""
        state = wrong(close=(ONE, THREE), fact="binding/x")
        assert {(clause, "")} == causes(state, right(ONE), *(right(THREE),) * elsewhere).keys()

    def test_nearest(self) -> None:
        """Of several it is the one that is decided last before what differs."""
        state = wrong(close=(ONE, TWO, THREE), fact="binding/x")
        assert {("a.two", "")} == causes(state, right(ONE, TWO), *(right(THREE),) * 99).keys()

    def test_one_clause(self) -> None:
        """What departs from one clause, here close and there far better told, is one cause."""
        state = wrong(close=(ONE, THREE), fact="binding/x")
        far = wrong(close=(ONE, FOUR), fact="binding/y")
        orderly = right(ONE), *(right(THREE, FOUR),) * 99
        assert {("a.one", ""): ([0, 1], [])} == causes(state, far, *orderly)


def test_what_leads_there_in_most_cases() -> None:
    """What nearly all ask, and hardly any differs by, gives way to what tells them nearly as well and leads there."""
    most, some = (wrong(close=(clause,), asked=(THREE,)) for clause in (ONE, TWO))
    assert ("a.one", "") in causes(*(most,) * 80, *(some,) * 15, *(wrong(close=(THREE,)),) * 5, *(right(FOUR),) * 20)


class TestDead:
    """A process that died did not say where."""

    @pytest.mark.parametrize(
        ("seen", "clause"),
        [(("crashed", 11), "a.one"), (("exited", 1), "a.one"), ("raised", "b.three"), (("unbegun", 1), "b.three")],
    )
    def test_where(self, seen: Value, clause: str) -> None:
        """So every clause that was asked is as close; how the program was to end tells nothing."""
        shown = Departure("outcome", (THREE,), ("completed",), seen, "")
        died = wrong(close=(THREE,), asked=(ONE,), departures=(shown,))
        assert {(clause, "")} == causes(died, *(right(ONE),) * 4, *(right(THREE),) * 7).keys()

    def test_what_all_ask(self) -> None:
        """Of what tells them nearly as well it is what each of them asks."""
        shown = Departure("outcome", (THREE,), ("completed",), ("crashed", 6), "")
        some, all_ = (wrong(close=(THREE,), asked=asked, departures=(shown,)) for asked in ((ONE,), (ONE, TWO)))
        assert {("a.one", "")} == causes(some, *(all_,) * 19, *(right(ONE),) * 2, *(right(THREE),) * 9).keys()


class TestNames:
    """Departures that are called alike are one."""

    @pytest.mark.parametrize(
        ("one", "other", "together"),
        [
            pytest.param("a.one: no", "a.two: no", True, id="of one area"),
            pytest.param("a.one: no", "b.three: no", False, id="of two areas"),
            pytest.param("a.one: no", "a.two: yes", False, id="called otherwise"),
            pytest.param("a.one: absent", "a.two: absent", False, id="as any may be called"),
            pytest.param("a.one: raises KeyError", "b.three: raises KeyError", True, id="one exception"),
            pytest.param("a.one: raises KeyError", "a.two: raises OSError", False, id="two exceptions"),
        ],
    )
    def test_alike(self, one: str, other: str, *, together: bool) -> None:
        """Those of one area are, and one exception wherever it is raised, by the name of that of most cases."""
        cases = wrong((one,)), wrong((other,), close=(TWO,)), wrong((other,), close=(TWO,))
        found = causes(*cases)
        names = [name for _, name in found]
        assert (1 if together else 2) == len(found)
        if together:
            (clause, _), (records, _) = next(iter(found.items()))
            assert (other.partition(": ")[0], [0, 1, 2]) == (clause, records)
        assert set(names) <= {one.partition(": ")[2], other.partition(": ")[2]}


class TestOne:
    """Groups of cases that share what hardly ever goes well are one."""

    def test_half(self) -> None:
        """The departure that explains half of them or more is the cause, and the rest stands beside it."""
        listed, third, fourth, *_ = self.parts()
        assert {("a.one", "no"): ([1, 2], [0, 3])} == causes(third, listed, listed, fourth)

    def test_less_than_half(self) -> None:
        """Where it explains less, the cause is the clause that tells these cases best."""
        listed, third, fourth, fifth = self.parts()
        cases = (listed, third, listed, fourth, fifth)
        assert {("a.one", ""): ([0, 1, 2, 3, 4], [])} == causes(*cases)
        assert {("b.three", ""): ([0, 1, 2, 3, 4], [])} == causes(*cases, *(right(ONE),) * 7)

    def test_clause_of_these_cases(self) -> None:
        """That is a clause of these cases, whatever others ask."""
        listed, third, fourth, fifth = self.parts()
        others = (wrong(close=(7,), asked=(ONE,)),) * 2
        found = causes(listed, third, listed, fourth, fifth, *others, *(right(ONE),) * 9)
        assert {("b.three", ""): ([0, 1, 2, 3, 4], []), ("d.2", ""): ([5, 6], [])} == found

    def test_asked_by_all(self) -> None:
        """Of the clauses of its parts it is one that nearly all cases ask, if it tells them nearly best."""
        first = [wrong(close=(THREE,), asked=(ONE,), raised=TEXT)] * 5
        second = [wrong(close=(ONE,), raised=TEXT)] * 2
        elsewhere = *(right(ONE),) * 3, right(THREE)
        assert {("a.one", ""): ([*range(7)], [])} == causes(*first, *second, *elsewhere)

    @staticmethod
    def parts() -> tuple[Record, Record, Record, Record]:
        """A case that is explained, and three of other clauses that are not; all say the same."""
        third, fourth, fifth = (wrong(close=(clause,), raised=TEXT) for clause in (THREE, FOUR, 6))
        return wrong(("a.one: no",), raised=TEXT), third, fourth, fifth


class TestLost:
    """Who does not find a module of his own cannot be asked."""

    @pytest.mark.parametrize(("lost", "alone"), [(1, False), (20, False), (21, True)])
    def test_beside(self, lost: int, *, alone: bool) -> None:
        """Such cases stand beside the largest cause, unless that is hardly anything beside them."""
        own = wrong(close=(THREE,), missing="importlib")
        found = causes(*(wrong(),) * 2, wrong(close=(FOUR,)), *(own,) * lost)
        assert alone is (("b.three", "") in found)
        assert ([] if alone else list(range(3, 3 + lost))) == found["a.one", ""][1]
        assert ([2], []) == found["c.four", ""]

    def test_more_of_one_saying(self) -> None:
        """Where they are nearly all, those that end with the same words are one with them."""
        own = wrong(close=(THREE,), missing="importlib", raised=TEXT)
        found = causes(wrong(raised=TEXT), wrong(close=(FOUR,)), *(own,) * 11, *(right(TWO),) * 33)
        assert {("b.three", ""): ([0, *range(2, 13)], []), ("c.four", ""): ([1], [])} == found

    def test_nothing_else(self) -> None:
        """Where there is nothing else they are what there is."""
        assert {("b.three", ""): ([0], [])} == causes(wrong(close=(THREE,), missing="importlib"))
