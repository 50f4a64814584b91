"""One comparison: what conforms, what differs, and which of the differences count."""

from typing import Final

import pytest

from harness.diff import Judgement, Verdict, judge
from harness.model.observation import Observation, too_many_events
from harness.model.prediction import (
    ANOTHER,
    Answer,
    Ending,
    Exactly,
    Expected,
    OneOf,
    Prediction,
    Unspecified,
    World,
    certain,
)
from harness.model.values import ABSENT, UNOBSERVED, Value

WHY: Final = ("some.clause",)
SILENT: Final = Unspecified(WHY)
COMPLETES: Final = Exactly("completed", WHY)


def judged(expected: dict[str, Expected], seen: dict[str, Value]) -> Judgement:
    """What is said of an implementation that showed ``seen`` where ``expected`` was predicted."""
    return judge(certain(expected), Observation({"outcome": "completed", **seen}))


def exactly(**values: Value) -> dict[str, Expected]:
    """A prediction of these values; ``__`` in a key stands for ``/``."""
    return {key.replace("__", "/"): Exactly(value, WHY) for key, value in values.items()}


def differing(expected: dict[str, Expected], seen: dict[str, Value]) -> list[str]:
    """The keys of the divergences."""
    return [divergence.fact for divergence in judged(expected, seen).divergences]


class TestVerdicts:
    """Every predicted fact is compared, and nothing else."""

    def test_equal_facts_conform(self) -> None:
        """A case of which every predicted fact was seen conforms."""
        assert judged(exactly(outcome="completed", binding__x=1), {"binding/x": 1}).verdict is Verdict.CONFORMS

    def test_another_value_diverges(self) -> None:
        """One fact that differs makes the case diverge."""
        assert judged(exactly(binding__x=1), {"binding/x": 2}).verdict is Verdict.DIVERGES

    def test_a_missing_fact_is_absent(self) -> None:
        """A fact that is predicted and not seen counts as absent."""
        assert judged(exactly(binding__x=1), {}).divergences[0].seen == ABSENT

    def test_an_exit_is_what_differs(self) -> None:
        """Where the process ended without an answer, what it could not tell any more is no divergence of its own."""
        expected: dict[str, Expected] = {"outcome": Unspecified(WHY), "trace/0000": Exactly(("event", "x", "x"), WHY)}
        (divergence,) = judge(certain(expected), Observation({"outcome": ("exited", 1)})).divergences
        assert (divergence.fact, divergence.seen) == ("outcome", ("exited", 1))

    def test_before_the_program_begins(self) -> None:
        """Where nothing is predicted a process may end before the program begins; where something is, it may not."""
        found = [judged({"outcome": item}, {"outcome": ("unbegun", 1)}).verdict for item in (SILENT, COMPLETES)]
        assert found == [Verdict.CONFORMS, Verdict.DIVERGES]

    def test_what_cannot_be_observed(self) -> None:
        """Of what an implementation gives no means to observe nothing is said."""
        assert judged({"warnings": Exactly(("list",), WHY)}, {"warnings": UNOBSERVED}).verdict is Verdict.CONFORMS

    def test_what_can_be_observed(self) -> None:
        """That nothing was observed of a fact that everybody shows is no excuse."""
        assert judged(exactly(binding__x=1), {"binding/x": UNOBSERVED}).verdict is Verdict.DIVERGES

    def test_what_was_not_observed_is_not_counted(self) -> None:
        """A fact that was not observed is none that was judged."""
        judgement = judged({"warnings": Exactly(("list",), WHY)}, {"warnings": UNOBSERVED})
        assert (judgement.facts, judgement.silent, judgement.unsupported) == (0, 0, 1)

    def test_what_was_not_observed_is_no_choice(self) -> None:
        """Where the documents leave a choice, who gives no means to observe it takes none of them."""
        choice = OneOf((None, "a text"), WHY)
        assert judged({"module/m/__doc__": choice}, {"module/m/__doc__": UNOBSERVED}).verdict is Verdict.CONFORMS

    def test_a_predicted_absence_conforms(self) -> None:
        """A fact that is predicted to be absent may be missing."""
        assert judged(exactly(binding__x=ABSENT), {}).verdict is Verdict.CONFORMS

    def test_an_unpredicted_fact_is_not_judged(self) -> None:
        """What is seen and not predicted says nothing."""
        assert judged({}, {"binding/x": 1}) == Judgement(Verdict.CONFORMS)

    @pytest.mark.parametrize(
        ("outcome", "verdict"),
        [
            pytest.param(("unsupported", "no fork"), Verdict.UNSUPPORTED, id="unsupported"),
            pytest.param(("fault", "no fork"), Verdict.HARNESS_FAULT, id="fault"),
        ],
    )
    def test_a_case_that_was_not_run_is_not_judged(self, outcome: Value, verdict: Verdict) -> None:
        """Its reason is told, no fact of it is counted."""
        assert judge(certain(exactly(binding__x=1)), Observation({"outcome": outcome})) == Judgement(
            verdict, reason="no fork"
        )

    @pytest.mark.parametrize("outcome", [("crashed", 11), ("exited", 3), "timed-out"])
    def test_the_end_of_a_process_is_an_observation(self, outcome: Value) -> None:
        """A crash, an exit and a deadline that passed are compared like any outcome."""
        judgement = judge(certain(exactly(outcome="completed")), Observation({"outcome": outcome}))
        assert [(item.fact, item.seen) for item in judgement.divergences] == [("outcome", outcome)]


class TestValues:
    """Values are equal if they are of one type and shape."""

    @pytest.mark.parametrize(
        ("expected", "seen"),
        [
            pytest.param(True, 1, id="true"),
            pytest.param(0, False, id="false"),
            pytest.param(("list", 1), ("list", True), id="nested"),
            pytest.param(("list", "a"), ("tuple", "a"), id="kind"),
            pytest.param(("list", "a"), ("list", "a", "b"), id="longer"),
            pytest.param(("list", "a"), ("list",), id="shorter"),
            pytest.param("1", 1, id="text"),
            pytest.param(None, ABSENT, id="none"),
        ],
    )
    def test_different(self, expected: Value, seen: Value) -> None:
        """Values that only resemble each other differ."""
        assert judged(exactly(binding__x=expected), {"binding/x": seen}).verdict is Verdict.DIVERGES

    @pytest.mark.parametrize("value", [None, True, 0, "", ("list",), ("tuple", ("list", 1), None)])
    def test_same(self, value: Value) -> None:
        """A value equals itself."""
        assert judged(exactly(binding__x=value), {"binding/x": value}).verdict is Verdict.CONFORMS


class TestChoices:
    """Where the documents leave a choice, every one of its values conforms."""

    CHOICE: Final[dict[str, Expected]] = {"exception/type": OneOf(("ImportError", "ModuleNotFoundError"), WHY)}

    @pytest.mark.parametrize(
        ("seen", "verdict"),
        [
            pytest.param("ImportError", Verdict.CONFORMS, id="first"),
            pytest.param("ModuleNotFoundError", Verdict.ALLOWED, id="second"),
            pytest.param("KeyError", Verdict.DIVERGES, id="neither"),
        ],
    )
    def test_one_of(self, seen: str, verdict: Verdict) -> None:
        """The first value is the usual one; another is allowed, and said to be."""
        assert judged(self.CHOICE, {"exception/type": seen}).verdict is verdict

    def test_a_divergence_outweighs_a_choice(self) -> None:
        """A case that takes a choice and differs elsewhere diverges."""
        expected = {**self.CHOICE, **exactly(binding__x=1)}
        assert judged(expected, {"exception/type": "ModuleNotFoundError"}).verdict is Verdict.DIVERGES

    def test_the_choice_is_shown(self) -> None:
        """A divergence tells all that would have been allowed."""
        (divergence,) = judged(self.CHOICE, {"exception/type": "KeyError"}).divergences
        assert divergence.expected == ("ImportError", "ModuleNotFoundError")


class TestAnswers:
    """Where single facts answer an open question, they all give the same answer."""

    OPEN: Final[dict[str, Expected]] = {
        f"module/{name}/__cached__": OneOf((name, ABSENT), WHY, ("set", "not set")) for name in ("a", "b")
    }

    def test_answer(self) -> None:
        """The answer is told once."""
        judgement = judged(self.OPEN, {"module/a/__cached__": "a", "module/b/__cached__": "b"})
        assert judgement.answers == (Answer("some.clause", "", "set"),)

    @pytest.mark.parametrize(("seen", "option"), [("KeyError", "KeyError"), ("TypeError", ANOTHER)])
    def test_another(self, seen: str, option: str) -> None:
        """The option that is none of the others counts where none of them fits."""
        worlds = tuple(
            World({"exception/type": item}, (Answer("some.clause", "", answer),))
            for item, answer in ((Exactly("KeyError", WHY), "KeyError"), (SILENT, ANOTHER))
        )
        judgement = judge(Prediction(worlds), Observation({"outcome": "raised", "exception/type": seen}))
        assert judgement.answers == (Answer("some.clause", "", option),)

    def test_contradiction(self) -> None:
        """Two answers within one case are no world."""
        judgement = judged(self.OPEN, {"module/a/__cached__": "a"})
        assert [item.fact for item in judgement.divergences] == ["module/b/__cached__"]


class TestSilence:
    """Where the documents are silent nothing is judged and nothing is hidden."""

    @pytest.mark.parametrize("seen", [None, 1, ABSENT, ("list", "a")])
    def test_any_value_conforms(self, seen: Value) -> None:
        """No value of an unspecified fact is a divergence."""
        assert judged({"binding/x": Unspecified(WHY)}, {"binding/x": seen}).verdict is Verdict.CONFORMS

    @pytest.mark.parametrize(
        ("outcome", "verdict"),
        [
            pytest.param(("unbegun", 1), Verdict.CONFORMS, id="ended before"),
            pytest.param(("exited", 1), Verdict.DIVERGES, id="exit"),
            pytest.param(("unbegun", -2), Verdict.CONFORMS, id="interrupted before"),
            pytest.param(("crashed", 2), Verdict.DIVERGES, id="interrupted"),
            pytest.param(("crashed", 11), Verdict.DIVERGES, id="crash"),
            pytest.param("timed-out", Verdict.DIVERGES, id="late"),
        ],
    )
    def test_a_crash_is_never_silent(self, outcome: Value, verdict: Verdict) -> None:
        """Where nothing is said of the end, an end before the beginning conforms; no other does."""
        assert judge(certain({"outcome": Unspecified(WHY)}), Observation({"outcome": outcome})).verdict is verdict

    @pytest.mark.parametrize(
        ("outcome", "verdict"),
        [
            pytest.param("timed-out", Verdict.CONFORMS, id="late"),
            pytest.param(("crashed", 11), Verdict.CONFORMS, id="crash"),
            pytest.param("completed", Verdict.CONFORMS, id="an end"),
        ],
    )
    def test_what_may_have_no_end_may_end_in_any_way(self, outcome: Value, verdict: Verdict) -> None:
        """Where what is executed goes deeper than it is followed nobody is accused of a deadline that passed."""
        prediction = Prediction((World({"outcome": SILENT}, ending=Ending.DEEP),))
        assert judge(prediction, Observation({"outcome": outcome})).verdict is verdict

    @pytest.mark.parametrize(
        ("event", "verdict"),
        [
            pytest.param("a", Verdict.UNSUPPORTED, id="as predicted"),
            pytest.param("b", Verdict.DIVERGES, id="another"),
        ],
    )
    def test_too_many_events(self, event: str, verdict: Verdict) -> None:
        """More events than are observed, of which only the beginning is predicted, are unsupported if they begin so."""
        facts: dict[str, Expected] = {"trace/0000": Exactly(("event", "m", "a"), WHY), "outcome": SILENT}
        prediction = Prediction((World(facts, ending=Ending.SILENT),))
        seen: dict[str, Value] = {"trace/0000": ("event", "m", event), "outcome": too_many_events()}
        assert judge(prediction, Observation(seen)).verdict is verdict

    def test_it_is_counted_apart(self) -> None:
        """Unspecified facts are named and not counted as judged."""
        judgement = judged({**exactly(outcome="completed"), "binding/x": Unspecified(("other.clause",))}, {})
        assert (judgement.facts, judgement.unspecified) == (1, ("binding/x",))

    def test_all_clauses_are_told(self) -> None:
        """The clauses of a case are those of all its facts, sorted."""
        judgement = judged({**exactly(outcome="completed"), "binding/x": Unspecified(("other.clause",))}, {})
        assert judgement.clauses == ("other.clause", "some.clause")


class TestCourse:
    """A case that leaves the documented course is one divergence: where it leaves it."""

    def test_the_course_before_the_state(self) -> None:
        """With another event, no fact of the state is a divergence."""
        expected = exactly(trace__0000=("event", "r0/a.py", "a"), binding__x=1, modules=("list", "a"))
        assert differing(expected, {}) == ["trace/0000"]

    def test_the_first_event(self) -> None:
        """Of several events that differ the first one counts."""
        expected = exactly(
            trace__0000=("event", "m", "a"), trace__0001=("event", "m", "b"), trace__0002=("event", "m", "c")
        )
        assert differing(expected, {"trace/0000": ("event", "m", "a")}) == ["trace/0001"]

    def test_a_late_event(self) -> None:
        """However late an event is, it is one of the course."""
        expected = exactly(trace__1000=("event", "m", "a"), trace__1001=("event", "m", "b"), binding__x=1)
        assert differing(expected, {}) == ["trace/1000"]

    def test_an_event_before_the_exception(self) -> None:
        """What happened earlier is told before how it ended."""
        expected = exactly(outcome="completed", exception__type="KeyError", trace__0000=("event", "m", "a"))
        assert differing(expected, {"outcome": "raised"}) == ["trace/0000"]

    def test_the_exception_before_the_outcome(self) -> None:
        """The type of the exception tells more than that there was one."""
        expected = exactly(outcome="raised", exception__type="KeyError", exception__name="a")
        assert differing(expected, {}) == ["exception/type"]

    def test_an_outcome_before_events_too_many(self) -> None:
        """Events that follow the predicted ones count only if nothing else is wrong with the course."""
        expected = exactly(outcome="raised", trace__length=1)
        assert differing(expected, {"trace/length": 2}) == ["outcome"]

    def test_events_too_many(self) -> None:
        """A module that is executed once more is a divergence although every predicted event was seen."""
        expected = exactly(outcome="completed", trace__length=1, binding__x=1)
        assert differing(expected, {"trace/length": 2}) == ["trace/length"]

    def test_details_of_the_exception(self) -> None:
        """The name an exception carries is judged where its type is right."""
        expected = exactly(exception__type="KeyError", exception__name="a", binding__x=1)
        assert differing(expected, {"exception/type": "KeyError"}) == ["exception/name"]

    @pytest.mark.parametrize("outcome", [("crashed", 11), ("crashed", 2), ("exited", 1), "timed-out"])
    def test_a_lost_process_is_told_as_one(self, outcome: Value) -> None:
        """A process that is gone tells nothing, and how it went is the divergence."""
        expected = exactly(outcome="completed", trace__0000=("event", "m", "a"), binding__x=1)
        assert differing(expected, {"outcome": outcome}) == ["outcome"]


class TestState:
    """On the documented course each fact of the state stands for itself, but not what follows from it."""

    def test_each_fact_counts(self) -> None:
        """Two facts that differ are two divergences."""
        assert differing(exactly(binding__x=1, binding__y=2), {}) == ["binding/x", "binding/y"]

    @pytest.mark.parametrize(
        ("cause", "consequence"),
        [
            pytest.param("module/a", "module/a/__name__", id="attribute of a missing module"),
            pytest.param("module/a", "module/a/value/x", id="name in a missing module"),
            pytest.param("module/a", "modules", id="list of modules"),
            pytest.param("binding/x", "names", id="list of names"),
            pytest.param("module/a/value/x", "module/a/names", id="list of names in a module"),
            pytest.param("module/a/__spec__", "module/a/spec.name", id="detail of a missing spec"),
        ],
    )
    def test_a_consequence_does_not(self, cause: str, consequence: str) -> None:
        """What differs only because another fact does is left out."""
        expected: dict[str, Expected] = {consequence: Exactly(1, WHY), cause: Exactly(1, WHY)}
        assert differing(expected, {}) == [cause]

    @pytest.mark.parametrize("key", ["modules", "names", "module/a/names", "module/a/spec.name", "module/a/__name__"])
    def test_alone_it_counts(self, key: str) -> None:
        """The same fact is a divergence where nothing explains it: one name too many, say."""
        assert differing({key: Exactly(1, WHY), "module/b": Exactly(1, WHY)}, {"module/b": 1}) == [key]

    def test_another_module_explains_nothing(self) -> None:
        """A module that is missing does not explain the attribute of one whose name begins alike."""
        expected: dict[str, Expected] = {"module/a": Exactly(1, WHY), "module/ab/__name__": Exactly(1, WHY)}
        assert differing(expected, {}) == ["module/a", "module/ab/__name__"]

    def test_a_submodule_explains_no_list_of_names(self) -> None:
        """The list of the program's names is explained by its bindings alone."""
        expected = exactly(names=1, module__a__value__x=1)
        assert differing(expected, {}) == ["names", "module/a/value/x"]


class TestSignatures:
    """Divergences of one signature are samples of one finding."""

    def signature(self, key: str, expected: Expected, seen: dict[str, Value]) -> str:
        """The signature of the one divergence."""
        (divergence,) = judged({key: expected}, seen).divergences
        return divergence.signature

    @pytest.mark.parametrize(
        ("key", "expected", "seen", "signature"),
        [
            pytest.param("binding/x", 1, 2, "some.clause · binding/* · int → int", id="values"),
            pytest.param("binding/x", None, True, "some.clause · binding/* · None → True", id="constants"),
            pytest.param("binding/x", ("module", "a"), 1, "some.clause · binding/* · module → int", id="kinds"),
            pytest.param("module/a.b/value/x", 1, "1", "some.clause · module/*/value/* · int → str", id="module"),
            pytest.param(
                "module/a/__name__", "a", ABSENT, "some.clause · module/*/__name__ · str → absent", id="absent"
            ),
            pytest.param("module/a", None, ABSENT, "some.clause · module/* · None → absent", id="key"),
            pytest.param("outcome", "raised", "completed", "some.clause · outcome · raised → completed", id="outcome"),
            pytest.param("outcome", "raised", ("crashed", 6), "some.clause · outcome · raised → crashed", id="crash"),
            pytest.param(
                "exception/type", "KeyError", "A", "some.clause · exception/type · KeyError → A", id="exception"
            ),
            pytest.param("exception/context", "A", "B", "some.clause · exception/context · A → B", id="context"),
        ],
    )
    def test_names_are_left_out(self, key: str, expected: Value, seen: Value, signature: str) -> None:
        """The names of one case are no part of it, the shapes of the two values are."""
        assert self.signature(key, Exactly(expected, WHY), {key: seen}) == signature

    def test_the_last_clause_gives_the_fact(self) -> None:
        """Of several clauses the last one names the finding; the others led there."""
        (divergence,) = judged({"binding/x": Exactly(1, ("first.clause", "last.clause"))}, {}).divergences
        assert (divergence.clause, divergence.signature.partition(" ")[0]) == ("last.clause", "last.clause")

    def test_two_events_are_one_place(self) -> None:
        """Where in the trace it happened is no part of the signature, what happened instead is."""
        seen: dict[str, Value] = {"outcome": "raised", "exception/type": "KeyError"}
        event = Exactly(("event", "m", "a"), WHY)
        signatures = {self.signature(key, event, seen) for key in ("trace/0000", "trace/0007")}
        assert signatures == {"some.clause · trace/* · event → absent, raised KeyError"}

    def test_of_a_choice_the_usual_value(self) -> None:
        """A signature shows one value where several were allowed."""
        assert self.signature("exception/type", OneOf(("A", "B"), WHY), {"exception/type": "C"}).endswith("A → C")
