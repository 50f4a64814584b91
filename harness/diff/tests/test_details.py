"""What is counted of an observation, what is known of an implementation, and what a divergence tells."""

import json
from typing import Final

import pytest

from harness.diff import MEANINGS, Divergence, Judgement, Verdict, can_show, fits, judge
from harness.model.codec import encode
from harness.model.departure import Departure
from harness.model.observation import Observation, too_many_events
from harness.model.prediction import ANOTHER, Answer, Ending, Exactly, Expected, OneOf, Prediction, Unspecified, World
from harness.model.values import ABSENT, Value

WHY: Final = ("first.clause", "some.clause")
MADE: Final = Departure("some.clause", "made")
ALSO: Final = Departure("other.clause", "made too")


def facts(**values: Value) -> dict[str, Expected]:
    """Facts of these values, and a program that comes to its end; ``__`` in a key stands for ``/``."""
    given: dict[str, Value] = {"outcome": "completed", **values}
    return {key.replace("__", "/"): Exactly(value, WHY) for key, value in given.items()}


def seen(**values: Value) -> Observation:
    """An observation of a program that came to its end."""
    given: dict[str, Value] = {"outcome": "completed", **values}
    return Observation({key.replace("__", "/"): value for key, value in given.items()})


def answer(option: str, clause: str = "a.question", *, choice: bool = False) -> Answer:
    """The option that a world takes."""
    return Answer(clause, "", option, choice)


def test_words() -> None:
    """Each verdict has the word that run files have, and a meaning."""
    words = "conforms diverges allowed unspecified known inconsistent unexpected-pass docs-suspect unsupported flaky"
    assert [*words.split(), "harness-fault"] == [item.value for item in Verdict]
    assert set(Verdict) == set(MEANINGS)
    assert len(set(MEANINGS.values())) == len(Verdict)
    assert all(
        text.isprintable() and text[0].islower() and text.split()[0] in _BEGINNINGS for text in MEANINGS.values()
    )


_BEGINNINGS: Final = frozenset({"every", "a", "implementations", "it", "expectations", "the"})


def test_as_machines_read_it() -> None:
    """What differs is spelled like this for machines; what was not judged counts nothing."""
    divergence = Divergence("binding/x", WHY, (1,), 2, "signature")
    nothing: dict[str, object] = {"verdict": "conforms", "facts": 0, "silent": 0, "clauses": [], "divergences": []}
    nothing |= {"unspecified": [], "answers": [], "taken": [], "excess": False, "reason": "", "unsupported": 0}
    assert nothing == json.loads(encode(Judgement(Verdict.CONFORMS)))
    assert (b'"fact":"binding/x"' in encode(divergence), divergence.said) == (True, "")
    assert 1 == len({divergence, Divergence("binding/x", WHY, (1,), 2, "signature")})


class TestCounted:
    """What is counted of an observation."""

    def test_everything(self) -> None:
        """Facts, silences and clauses are counted, and that there are more worlds is told."""
        world = World({**facts(binding__x=1), "open": Unspecified(("other.clause",))}, (answer("yes"),))
        expected = Judgement(
            Verdict.CONFORMS,
            facts=2,
            silent=1,
            clauses=("a.question", "first.clause", "other.clause", "some.clause"),
            unspecified=("open",),
            answers=(answer("yes"),),
            excess=True,
        )
        assert expected == judge(Prediction((world,), excess=True), seen(binding__x=1))

    @pytest.mark.parametrize(
        ("observed", "answers"),
        [
            pytest.param({"x": 1}, (answer("yes", "b.question"),), id="one world"),
            pytest.param({"x": 2}, (), id="both"),
        ],
    )
    def test_answers_that_all_agree_on(self, observed: dict[str, Value], answers: tuple[Answer, ...]) -> None:
        """An answer counts where every world that fits gives it."""
        one = World({"x": Exactly(1, WHY)}, (answer("yes", "b.question"),))
        two = World({"x": OneOf((2, 3), WHY)}, (answer("no"), answer("yes", "b.question")))
        three = World({"x": OneOf((2, 4), WHY)}, (answer("yes"), answer("no", "b.question")))
        assert answers == judge(Prediction((one, two, three)), Observation(observed)).answers

    def test_no_answers_of_who_departs(self) -> None:
        """Who fits no world answers nothing."""
        world = World(facts(binding__x=1), (answer("yes"),))
        assert () == judge(Prediction((world,)), seen(binding__x=2)).answers

    def test_answers_are_sorted(self) -> None:
        """Answers have an order of their own."""
        world = World(facts(), (answer("yes", "z.question"), answer("no")))
        assert (answer("no"), answer("yes", "z.question")) == judge(Prediction((world,)), seen()).answers

    def test_another_option_of_another_question(self) -> None:
        """Where a world takes the option that is none of the others, those of other questions do not count."""
        worlds = World(facts(), (answer(ANOTHER),)), World(facts(), (answer("yes", "b.question"),))
        assert () == judge(Prediction(worlds), seen()).answers
        worlds = World(facts(), (answer(ANOTHER),)), World(facts(), (answer("yes"),))
        assert (answer("yes"),) == judge(Prediction(worlds), seen()).answers


class TestChosen:
    """Another choice than the usual one is allowed, and told."""

    @pytest.mark.parametrize(
        ("value", "choice", "verdict"),
        [
            pytest.param(1, True, Verdict.CONFORMS, id="usual"),
            pytest.param(2, True, Verdict.ALLOWED, id="other"),
            pytest.param(2, False, Verdict.CONFORMS, id="open question"),
        ],
    )
    def test_choice(self, value: int, verdict: Verdict, *, choice: bool) -> None:
        """An answer to an open question is no choice."""
        worlds = (
            World(facts(binding__x=1), (answer("one", choice=choice),)),
            World(facts(binding__x=2), (answer("two", choice=choice),)),
        )
        assert verdict is judge(Prediction(worlds), seen(binding__x=value)).verdict

    def test_a_choice_that_only_one_world_has(self) -> None:
        """A question that does not come up in the usual world has no usual answer to differ from."""
        worlds = World(facts(binding__x=1)), World(facts(binding__x=2), (answer("two", choice=True),))
        assert Verdict.CONFORMS is judge(Prediction(worlds), seen(binding__x=2)).verdict


KNOWN: Final = Prediction((World(facts(binding__x=2, binding__y=2), taken=(MADE, ALSO)),))
DOCUMENTS: Final = Prediction((World(facts(binding__x=1, binding__y=1)),))
TAKEN: Final = ("other.clause: made too", "some.clause: made")


class TestKnown:
    """What is known of an implementation is known as a whole."""

    def test_as_expected(self) -> None:
        """What is a world of what is known is told from the documents, with the departures that were made."""
        found = judge(DOCUMENTS, seen(binding__x=2, binding__y=2), KNOWN)
        assert (Verdict.KNOWN, TAKEN) == (found.verdict, found.taken)
        assert [("binding/x", (1,), 2), ("binding/y", (1,), 2)] == [
            (item.fact, item.expected, item.seen) for item in found.divergences
        ]

    def test_half_of_it(self) -> None:
        """What departs in one of two facts that depart together is told from the nearest world of all."""
        found = judge(DOCUMENTS, seen(binding__x=2, binding__y=1, binding__z=1), KNOWN)
        assert (Verdict.DIVERGES, ["binding/x"]) == (found.verdict, [item.fact for item in found.divergences])

    def test_more_than_it(self) -> None:
        """What departs as is known and in another fact diverges in that fact alone."""
        known = Prediction((World({**facts(binding__x=2, binding__y=2, binding__z=1)}, taken=(MADE,)),))
        documents = Prediction((World(facts(binding__x=1, binding__y=1, binding__z=1)),))
        found = judge(documents, seen(binding__x=2, binding__y=2, binding__z=3), known)
        assert (Verdict.DIVERGES, ("some.clause: made",)) == (found.verdict, found.taken)
        assert [("binding/z", (1,), 3)] == [(item.fact, item.expected, item.seen) for item in found.divergences]

    def test_unexpected_pass(self) -> None:
        """What conforms where nothing that is known conforms is unexpected, and names what was expected."""
        found = judge(DOCUMENTS, seen(binding__x=1, binding__y=1), KNOWN)
        assert (Verdict.UNEXPECTED_PASS, (), TAKEN) == (found.verdict, found.divergences, found.taken)

    def test_no_pass_where_the_documents_are_silent(self) -> None:
        """What begins as the documents say, and goes on where they are silent, does not pass, whatever is known."""
        silent = World({"binding/x": Exactly(1, WHY)}, ending=Ending.SILENT)
        assert judge(Prediction((silent,)), seen(binding__x=1), KNOWN).verdict is not Verdict.UNEXPECTED_PASS
        whole = World(facts(binding__x=1, binding__y=1))
        both = judge(Prediction((silent, whole)), seen(binding__x=1, binding__y=1), KNOWN)
        assert both.verdict is Verdict.UNEXPECTED_PASS

    def test_a_pass_that_may_be(self) -> None:
        """What conforms where something known conforms too is as it should be; answers count if both agree."""
        documents = Prediction((World(facts(binding__x=1), (answer("yes"),)),))
        known = Prediction((World(facts(binding__x=2), taken=(MADE,)), World(facts(binding__x=1), (answer("no"),))))
        found = judge(documents, seen(binding__x=1), known)
        assert (Verdict.CONFORMS, (), ()) == (found.verdict, found.taken, found.answers)

    def test_known_up_to_a_point(self) -> None:
        """What begins as a known world of which no more is predicted accuses nobody, and is not known as a whole."""
        known = Prediction((World({"binding/x": Exactly(2, WHY)}, ending=Ending.SILENT, taken=(MADE,)),))
        documents = Prediction((World(facts(binding__x=1)),))
        found = judge(documents, seen(binding__x=2), known)
        assert (Verdict.UNSPECIFIED, (), (str(MADE),)) == (found.verdict, found.divergences, found.taken)

    def test_another_beginning(self) -> None:
        """What begins as neither the documents nor the known world say diverges, however little is known of it."""
        known = Prediction((World({"binding/x": Exactly(2, WHY)}, ending=Ending.SILENT, taken=(MADE,)),))
        documents = Prediction((World(facts(binding__x=1)),))
        found = judge(documents, seen(binding__x=3), known)
        assert (Verdict.DIVERGES, [("binding/x", 3)]) == (
            found.verdict,
            [(item.fact, item.seen) for item in found.divergences],
        )

    def test_a_crash_where_no_more_is_known(self) -> None:
        """A process that is gone is accused although the known world is silent about the end."""
        known = Prediction((World({"outcome": Unspecified(WHY)}, ending=Ending.SILENT, taken=(MADE,)),))
        documents = Prediction((World(facts(outcome="completed")),))
        assert judge(documents, seen(outcome=("crashed", 11)), known).verdict is Verdict.DIVERGES

    def test_answers_of_what_is_known(self) -> None:
        """Who departs as is known answers the questions that come up there."""
        known = Prediction((World(facts(binding__x=2), (answer("yes"),), taken=(MADE,)),))
        found = judge(Prediction((World(facts(binding__x=1)),)), seen(binding__x=2), known)
        assert (answer("yes"),) == found.answers


class TestTold:
    """What a divergence tells."""

    def test_all_values(self) -> None:
        """What is allowed is what the fact has in any world."""
        worlds = World(facts(binding__x=1, binding__y=1)), World(facts(binding__x=2, binding__y=2))
        found = judge(Prediction(worlds), seen(binding__x=3, binding__y=1))
        assert [("binding/x", (1, 2), 3)] == [(item.fact, item.expected, item.seen) for item in found.divergences]

    def test_a_value_of_another_world(self) -> None:
        """Where what was seen is allowed elsewhere, what is told is what is allowed with the rest."""
        worlds = (
            World(facts(binding__x=1, binding__y=1, binding__z=1)),
            World(facts(binding__x=2, binding__y=2, binding__z=2)),
        )
        found = judge(Prediction(worlds), seen(binding__x=2, binding__y=1, binding__z=1))
        assert [("binding/x", (1,), 2, WHY)] == [
            (item.fact, item.expected, item.seen, item.clauses) for item in found.divergences
        ]

    def test_an_end_that_nothing_decides(self) -> None:
        """Where nothing is said of the outcome, what is allowed are the two that a program can have."""
        found = judge(Prediction((World({"outcome": Unspecified(WHY)}),)), Observation({"outcome": ("crashed", 6)}))
        assert [(("completed", "raised"), "some.clause · outcome · completed → crashed")] == [
            (item.expected, item.signature) for item in found.divergences
        ]

    def test_a_world_without_an_outcome(self) -> None:
        """The same holds where the outcome is not even mentioned; then it is the order of statements that is broken."""
        found = judge(Prediction((World({}),)), Observation({"outcome": "timed-out"}))
        assert [("outcome", ("scope.statements-in-order",), ("completed", "raised"))] == [
            (item.fact, item.clauses, item.expected) for item in found.divergences
        ]

    def test_before_it_began(self) -> None:
        """A process that ended before its program began is told as such, whatever else is missing."""
        world = World(facts(trace__0000=("event", "m", "a"), binding__x=1))
        found = judge(Prediction((world,)), Observation({"outcome": ("unbegun", 1)}))
        assert [("outcome", ("unbegun", 1))] == [(item.fact, item.seen) for item in found.divergences]

    @pytest.mark.parametrize(("outcome", "shown"), [("completed", "absent"), ("raised", "absent, raised KeyError")])
    def test_what_came_instead_of_an_event(self, outcome: str, shown: str) -> None:
        """An event that is missing because something was raised is told with the exception."""
        world = World(facts(trace__0000=("event", "m", "a")))
        observation = Observation({"outcome": outcome, "exception/type": "KeyError"})
        (found,) = judge(Prediction((world,)), observation).divergences
        assert f"some.clause · trace/* · event → {shown}" == found.signature

    def test_a_fact_of_a_program_that_raised(self) -> None:
        """Of the final state nothing but the two values is told, whatever was raised."""
        world = World({"outcome": Exactly("raised", WHY), "binding/x": Exactly(1, WHY)})
        observation = Observation({"outcome": "raised", "exception/type": "KeyError", "binding/x": "1"})
        (found,) = judge(Prediction((world,)), observation).divergences
        assert "some.clause · binding/* · int → str" == found.signature


class TestNearest:
    """Where a case fits no world, the nearest is the one that differs least."""

    def test_fewer_facts(self) -> None:
        """On the course of both, it is the one in which fewer facts differ."""
        worlds = (
            World(facts(binding__x=1, binding__y=1, binding__z=1)),
            World(facts(binding__x=2, binding__y=2, binding__z=2)),
        )
        found = judge(Prediction(worlds), seen(binding__x=2, binding__y=2, binding__z=1))
        assert ["binding/z"] == [item.fact for item in found.divergences]

    def test_on_the_course(self) -> None:
        """A world whose course it kept is nearer than one whose course it left, however many facts differ."""
        kept = World(facts(binding__x=1, binding__y=1, binding__z=1))
        left = World(facts(outcome="raised", binding__x=2, binding__y=2, binding__z=2))
        for worlds in ((kept, left), (left, kept)):
            found = judge(Prediction(worlds), seen(binding__x=2, binding__y=2, binding__z=2))
            assert ["binding/x", "binding/y", "binding/z"] == [item.fact for item in found.divergences]


class TestEndless:
    """A program that never ends is seen in one of three ways."""

    @pytest.mark.parametrize(
        ("outcome", "error", "fit"),
        [
            pytest.param("raised", "RecursionError", True, id="too deep"),
            pytest.param("raised", "KeyError", False, id="another error"),
            pytest.param("completed", "RecursionError", False, id="an end"),
            pytest.param("timed-out", ABSENT, True, id="late"),
            pytest.param(("crashed", 11), ABSENT, True, id="crash"),
            pytest.param(("crashed", 2), ABSENT, True, id="interrupted"),
            pytest.param(("exited", 1), ABSENT, True, id="exit"),
            pytest.param(("unbegun", 1), ABSENT, False, id="not begun"),
            pytest.param(too_many_events(), ABSENT, True, id="too many events"),
        ],
    )
    def test_seen(self, outcome: Value, error: Value, *, fit: bool) -> None:
        """RecursionError, a lost process, or events without end; nothing else."""
        observation = Observation({"outcome": outcome, "exception/type": error})
        assert fit is fits(World({}, ending=Ending.ENDLESS), observation)


class TestDeep:
    """What goes deeper than it is followed may never end; how it begins is known."""

    @pytest.mark.parametrize(
        ("outcome", "value", "fit"),
        [
            pytest.param("timed-out", 2, True, id="late"),
            pytest.param(("crashed", 11), 2, True, id="crash"),
            pytest.param("completed", 1, True, id="an end"),
            pytest.param("completed", 2, False, id="another beginning"),
        ],
    )
    def test_seen(self, outcome: Value, value: int, *, fit: bool) -> None:
        """A lost process fits, and so does what begins as predicted."""
        world = World({"binding/x": Exactly(1, WHY)}, ending=Ending.DEEP)
        assert fit is fits(world, Observation({"outcome": outcome, "binding/x": value}))


class TestUnasked:
    """More events than are observed are an answer, unless so many are predicted that nobody knows."""

    @pytest.mark.parametrize(
        ("endings", "verdict"),
        [
            pytest.param((Ending.SILENT, Ending.SILENT), Verdict.UNSUPPORTED, id="silent"),
            pytest.param((Ending.SILENT, Ending.DEEP), Verdict.UNSUPPORTED, id="silent or deep"),
            pytest.param((Ending.SILENT, Ending.COMPLETED), Verdict.CONFORMS, id="one has an end"),
        ],
    )
    def test_silent_worlds(self, endings: tuple[Ending, ...], verdict: Verdict) -> None:
        """One world that has an end makes it an answer."""
        worlds = tuple(World({"binding/x": Exactly(1, WHY)}, ending=ending) for ending in endings)
        found = judge(Prediction(worlds), Observation({"outcome": too_many_events(), "binding/x": 1}))
        assert verdict is found.verdict


@pytest.mark.parametrize(
    ("signature", "shown"),
    [
        ("some.clause · binding/* · int → absent", True),
        ("some.clause · binding/* · str → absent", False),
        ("some.clause · outcome · completed → raised", True),
        ("other.clause · binding/* · int → absent", False),
        ("other.clause · binding/* · None → int", True),
        ("some.clause · module/* · int → absent", False),
    ],
)
def test_can_show(signature: str, *, shown: bool) -> None:
    """A case can show a signature if some fact of some world begins like it."""
    other = World({"binding/y": Exactly(None, ("other.clause",))})
    assert shown is can_show(Prediction((World(facts(binding__x=1)), other)), signature)
