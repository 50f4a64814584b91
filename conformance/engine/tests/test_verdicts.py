"""The table of verdicts: from what each implementation did to what is said of all of them."""

import sys
from concurrent.futures import Future
from pathlib import Path
from types import ModuleType
from typing import Final

import msgspec
import pytest

from conformance.catalogue import Class, Expectation
from conformance.engine import Way, causes, explaining, grounds, judging, predictions, recording
from conformance.engine import verdicts as table
from conformance.engine.crews import Crew
from conformance.engine.judging import Asked, Pending, begin, confirmed, finish
from conformance.engine.predictions import Predicted
from conformance.engine.tests.fakes import Fake
from conformance.engine.verdicts import Answer, Ruling, reasons, rule
from harness.diff import Divergence, Judgement, Verdict
from harness.model.case import Case
from harness.model.observation import Identity, Observation
from harness.model.prediction import Exactly, Expected, Unspecified, certain
from harness.model.source import Source
from harness.model.tree import Tree
from harness.model.values import ABSENT, Value
from harness.run import Mode, Subject, Workspace

WHY = ("first.clause", "last.clause")
FACTS: dict[str, Expected] = {
    "outcome": Exactly("completed", WHY),
    "binding/x": Exactly(1, WHY),
    "binding/y": Exactly(1, WHY),
    "open": Unspecified(WHY),
    "silent": Unspecified(("other.clause",)),
}
PREDICTED = Predicted(certain(FACTS))
PLACES = (("one", (3, 12)), ("two", (3, 11)), ("three", (3, 12)), ("four", (3, 12)))
OTHER_REASON = Expectation("bind.import-dotted-as-direct", "through attributes", "another reason", Class.BUG)
TAKEN = Expectation("module.loader-attribute", "absent", "as it is", Class.BUG)


def seen(**changes: Value) -> Observation:
    """What an implementation did that is right but for the changes; ``__`` in a key stands for ``/``."""
    facts = {key.replace("__", "/"): value for key, value in changes.items()}
    right: dict[str, Value] = {"outcome": "completed", "binding/x": 1, "binding/y": 1, "open": 1, "silent": 1}
    return Observation({key: value for key, value in {**right, **facts}.items() if value != ABSENT})


def ruled(*observations: Observation, kinds: tuple[tuple[str, tuple[int, int]], ...] = PLACES) -> tuple[Ruling, ...]:
    """What is said of implementations that did this."""
    pairs = zip(kinds, observations, strict=False)
    identities = [(Identity(name, "1", language, (name,)), item) for (name, language), item in pairs]
    return rule([Answer(identity, PREDICTED, item, PREDICTED.judge(item)) for identity, item in identities])


def verdicts(*observations: Observation) -> list[Verdict]:
    """The verdicts alone."""
    return [ruling.verdict for ruling in ruled(*observations)]


WRONG, WORSE = seen(binding__x=2), seen(binding__x=2, binding__y=2)


MODULES: Final = (
    causes,
    explaining,
    grounds,
    judging,
    predictions,
    recording,
    table,
    sys.modules[Expectation.__module__],
)


@pytest.mark.parametrize("module", MODULES, ids=[module.__name__ for module in MODULES])
def test_values(module: ModuleType) -> None:
    """What is said of an answer, and what it is judged by, is said once and for all."""
    records = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
    assert {True} == {kind.__struct_config__.frozen for kind in records if kind.__module__ == module.__name__}


def test_usual_way() -> None:
    """Unless it is wanted otherwise one subject is asked every case, as it can be."""
    assert Way(size=1, mode=Mode.AUTO, sparse=1) == Way() == grounds.ALONE


def test_each_prediction_is_one() -> None:
    """Predictions are told apart by what they are, not by what they say."""
    assert Predicted(PREDICTED.documents) != Predicted(PREDICTED.documents)


class TestSuspects:
    """What all of at least three implementations of more than one kind do against the documents is suspect."""

    def test_all_of_three(self) -> None:
        """Each divergence is suspect, and so is each verdict."""
        found = ruled(WRONG, WRONG, WRONG)
        assert [Verdict.DOCS_SUSPECT] * 3 == [item.verdict for item in found]
        assert [[True]] * 3 == [[finding.suspect for finding in item.findings] for item in found]

    def test_one_differs_in_more(self) -> None:
        """Of who differs in more than all do the rest is a divergence, and so is the case."""
        found = ruled(WRONG, WORSE, WRONG)
        assert [Verdict.DOCS_SUSPECT, Verdict.DIVERGES, Verdict.DOCS_SUSPECT] == [item.verdict for item in found]
        assert [("binding/x", True), ("binding/y", False)] == [
            (item.divergence.fact, item.suspect) for item in found[1].findings
        ]

    def test_other_values(self) -> None:
        """They differ in one fact, and in other values: they do not agree."""
        assert [Verdict.DIVERGES] * 3 == verdicts(WRONG, seen(binding__x=3), WRONG)
        zero = seen(binding__x=0)
        assert [Verdict.DIVERGES] * 3 == verdicts(zero, seen(binding__x=False), zero)

    def test_two_are_too_few(self) -> None:
        """Two do not make the documents suspect."""
        assert [Verdict.DIVERGES] * 2 == verdicts(WRONG, WRONG)

    @pytest.mark.parametrize(
        ("kinds", "verdict"),
        [
            pytest.param((("one", (3, 12)),) * 3, Verdict.DIVERGES, id="one kind"),
            pytest.param((("one", (3, 12)), ("one", (3, 11)), ("one", (3, 12))), Verdict.DOCS_SUSPECT, id="versions"),
            pytest.param((("one", (3, 12)), ("two", (3, 12)), ("one", (3, 12))), Verdict.DOCS_SUSPECT, id="names"),
        ],
    )
    def test_kinds(self, kinds: tuple[tuple[str, tuple[int, int]], ...], verdict: Verdict) -> None:
        """Implementations are of one kind if name and language are the same."""
        assert [verdict] * 3 == [item.verdict for item in ruled(WRONG, WRONG, WRONG, kinds=kinds)]

    def test_who_was_not_judged_has_no_voice(self) -> None:
        """One that could not be asked neither counts nor contradicts."""
        unasked = Observation({"outcome": ("unsupported", "no fork")})
        assert [Verdict.DIVERGES, Verdict.DIVERGES, Verdict.UNSUPPORTED] == verdicts(WRONG, WRONG, unasked)
        assert [*[Verdict.DOCS_SUSPECT] * 3, Verdict.UNSUPPORTED] == verdicts(WRONG, WRONG, WRONG, unasked)

    def test_one_is_right(self) -> None:
        """One that does as documented is enough."""
        assert [*[Verdict.DIVERGES] * 3, Verdict.CONFORMS] == verdicts(WRONG, WRONG, WRONG, seen())


class TestSilence:
    """Where the documents are silent implementations may differ, which is told."""

    def test_they_differ(self) -> None:
        """Each has its own value of what differs, and the clauses that are silent, each once."""
        found = ruled(seen(), seen(open=2, silent=ABSENT))
        assert [Verdict.UNSPECIFIED] * 2 == [item.verdict for item in found]
        assert [{"open": 1, "silent": 1}, {"open": 2, "silent": ABSENT}] == [item.differences for item in found]
        assert [("last.clause", "other.clause")] * 2 == [item.silences for item in found]

    def test_they_agree(self) -> None:
        """What all do alike is no difference."""
        assert [(Verdict.CONFORMS, {}, ())] * 2 == [
            (item.verdict, item.differences, item.silences) for item in ruled(seen(open=2), seen(open=2))
        ]

    def test_values_of_another_type_differ(self) -> None:
        """True is not 1."""
        assert [{"open": 1}, {"open": True}] == [item.differences for item in ruled(seen(), seen(open=True))]

    def test_a_divergence_outweighs_it(self) -> None:
        """What departs from the documents diverges, wherever else they are silent."""
        assert [Verdict.DIVERGES, Verdict.UNSPECIFIED, Verdict.UNSPECIFIED] == verdicts(
            seen(binding__x=2, open=2), seen(), seen(open=3)
        )

    def test_who_diverges_is_not_compared(self) -> None:
        """What somebody does who departs says nothing of those who do not, wherever the documents are silent."""
        found = ruled(seen(binding__x=2, open=2), seen())
        assert [(Verdict.DIVERGES, {}), (Verdict.CONFORMS, {})] == [(item.verdict, item.differences) for item in found]

    @pytest.mark.parametrize("verdict", [Verdict.KNOWN, Verdict.UNEXPECTED_PASS, Verdict.UNSPECIFIED])
    def test_what_is_said_already_outweighs_it(self, verdict: Verdict) -> None:
        """What is known, or passes unexpectedly, is so, wherever else implementations differ."""
        answers = [
            Answer(Identity(name, "1", language, (name,)), PREDICTED, item, PREDICTED.judge(item))
            for (name, language), item in zip(PLACES, (seen(), seen(open=2)), strict=False)
        ]
        said = msgspec.structs.replace(answers[0].judgement, verdict=verdict)
        found = rule([msgspec.structs.replace(answers[0], judgement=said), answers[1]])
        assert verdict is found[0].verdict

    def test_who_was_not_judged_does_not_differ(self) -> None:
        """What could not be asked differs from nobody."""
        unasked = Observation({"outcome": ("unsupported", "no fork")})
        found = ruled(seen(), unasked)
        assert [(Verdict.CONFORMS, {}), (Verdict.UNSUPPORTED, {})] == [
            (item.verdict, item.differences) for item in found
        ]


class TestKnown:
    """What is known of an implementation is told with the reason."""

    def test_reasons(self) -> None:
        """The reasons are those of the departures taken, each once, a line each, in the order of the expectations."""
        twice = Expectation("module.loader-attribute", "another value", "as it is", Class.BUG)
        expected = [TAKEN, twice, OTHER_REASON]
        assert "as it is\nanother reason" == reasons(expected, [str(item.taken) for item in expected])
        assert "another reason" == reasons(expected, [str(OTHER_REASON.taken)])
        assert "" == reasons(expected, [])

    @pytest.mark.parametrize(
        ("verdict", "reason", "suspect"),
        [
            pytest.param(Verdict.KNOWN, "as it is", False, id="known"),
            pytest.param(Verdict.DIVERGES, "", True, id="diverges"),
        ],
    )
    def test_a_known_divergence(self, verdict: Verdict, reason: str, *, suspect: bool) -> None:
        """What is known has its reason and is not suspect, although everybody does it; else it is the other way."""
        divergence = Divergence("binding/x", WHY, (1,), 2, "signature")
        judgement = Judgement(verdict, 3, divergences=(divergence,), taken=(str(TAKEN.taken),))
        answers = [
            Answer(Identity(name, "1", language, (name,)), PREDICTED, WRONG, judgement, (TAKEN,))
            for name, language in PLACES[:3]
        ]
        assert [(reason, suspect)] * 3 == [
            (item.findings[0].reason, item.findings[0].suspect) for item in rule(answers)
        ]
        said = Verdict.DOCS_SUSPECT if suspect else Verdict.KNOWN
        assert [said] * 3 == [item.verdict for item in rule(answers)]


@pytest.mark.parametrize(
    ("observation", "known", "modes"),
    [
        pytest.param(WRONG, None, [Mode.AUTO, Mode.AUTO, Mode.FRESH], id="diverges"),
        pytest.param(WRONG, WRONG, [Mode.AUTO], id="known"),
        pytest.param(seen(), WRONG, [Mode.AUTO, Mode.AUTO, Mode.FRESH], id="unexpected pass"),
        pytest.param(seen(), None, [], id="conforms"),
    ],
)
def test_repeated(tmp_path: Path, observation: Observation, known: Observation | None, modes: list[Mode]) -> None:
    """What departs is repeated twice as before and once in a fresh process; what is known once, the rest not at all."""
    facts = {} if known is None else {key: Exactly(value, WHY) for key, value in known.facts.items()}
    predicted = Predicted(PREDICTED.documents, certain(facts) if known is not None else None)
    identity = Identity("one", "1", (3, 12), ("one",))
    started: list[Mode] = []

    def start(mode: Mode) -> Subject:
        started.append(mode)
        return Fake(identity, lambda _case, told: told)

    with Workspace(tmp_path) as place:
        case = place.place(Case(Tree(), Source()))
        crew = Crew(identity, start)
        pending = begin(Asked(lambda: case, crew, predicted), observation)
        assert [1] * len(modes) == [len(item.result()) for item in pending.again]
        crew.close()
    assert (list(dict.fromkeys(modes)), observation) == (started, pending.observation)
    assert predicted.judge(observation) == pending.judgement


class TestConfirmed:
    """A judgement stands if every re-run gives the same."""

    FIRST = PREDICTED.judge(WRONG)

    def test_the_same(self) -> None:
        """Then it is as it was."""
        assert self.FIRST == confirmed(PREDICTED, self.FIRST, [WRONG, WRONG])

    @pytest.mark.parametrize(
        ("again", "reason"),
        [
            pytest.param(seen(), "re-run 2 of 3: the name x was 2, then as predicted", id="right"),
            pytest.param(seen(binding__x=3), "re-run 2 of 3: the name x was 2, then 3", id="another value"),
            pytest.param(WORSE, "re-run 2 of 3: the name y was as predicted, then 2", id="another fact"),
            pytest.param(Observation({"outcome": ("unsupported", "no fork")}), "re-run 2 of 3: no fork", id="unasked"),
        ],
    )
    def test_another(self, again: Observation, reason: str) -> None:
        """Otherwise it is flaky, and nothing is held against anybody; the reason says what changed, and when."""
        found = confirmed(PREDICTED, self.FIRST, [WRONG, again, WRONG])
        counts = (self.FIRST.facts, self.FIRST.silent, self.FIRST.clauses)
        assert Judgement(Verdict.FLAKY, *counts, reason=reason) == found

    def test_true_is_not_one(self) -> None:
        """Values that Python calls equal are told apart, however deep in another they lie."""
        first = PREDICTED.judge(seen(binding__x=("list", ("tuple", 1))))
        found = confirmed(PREDICTED, first, [seen(binding__x=("list", ("tuple", True)))])
        reason = "re-run 1 of 1: the name x was [(1,)], then [(True,)]"
        assert (Verdict.FLAKY, reason) == (found.verdict, found.reason)

    def test_another_verdict(self) -> None:
        """Where nothing but the verdict changes the reason names both."""
        first = Judgement(Verdict.UNEXPECTED_PASS)
        assert "re-run 1 of 1: unexpected-pass, then conforms" == confirmed(PREDICTED, first, [seen()]).reason

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            pytest.param({"signature": "t"}, "the name x departs in another way", id="signature"),
            pytest.param({"expected": (3,)}, "the name x was to be 1, then 3", id="expected"),
        ],
    )
    def test_another_way(self, changes: dict[str, object], reason: str) -> None:
        """Where it departs by the same facts, seen the same, the reason says in which it does so otherwise."""
        (told,) = self.FIRST.divergences
        again = msgspec.structs.replace(self.FIRST, divergences=(msgspec.structs.replace(told, **changes),))
        assert f"re-run 1 of 1: {reason}" == judging._difference(self.FIRST, again, "re-run 1 of 1")

    def test_a_fault_of_ours(self) -> None:
        """A re-run that fails for a reason of ours is a fault of ours."""
        broken = Observation({"outcome": ("fault", "broken")})
        assert Judgement(Verdict.HARNESS_FAULT, reason="broken") == confirmed(PREDICTED, self.FIRST, [broken])

    @pytest.mark.parametrize(
        ("observations", "verdict"),
        [
            pytest.param([[WRONG], [WRONG]], Verdict.DIVERGES, id="all"),
            pytest.param([[WRONG], [seen()]], Verdict.FLAKY, id="one differs"),
            pytest.param([[WRONG], [None]], None, id="one is missing"),
            pytest.param([], Verdict.DIVERGES, id="none"),
        ],
    )
    def test_finished(self, observations: list[list[Observation | None]], verdict: Verdict | None) -> None:
        """Where a re-run was left undone nothing is said at all."""
        again: list[Future[list[Observation | None]]] = []
        for made in observations:
            again.append(Future())
            again[-1].set_result(made)
        found = finish(PREDICTED, Pending(WRONG, self.FIRST, tuple(again)))
        assert verdict == (found.verdict if found is not None else None)

    @pytest.mark.parametrize(("again", "said"), [("boom", "boom"), ("another", "")])
    def test_said(self, again: str, said: str) -> None:
        """What a process said each time that ended without an answer is told with what differs."""
        first, second = (Observation({"outcome": ("crashed", 11)}, {"stderr": f"{text}\n"}) for text in ("boom", again))
        repeated: Future[list[Observation | None]] = Future()
        repeated.set_result([second])
        judgement = PREDICTED.judge(first)
        told = tuple(msgspec.structs.replace(item, said=said) for item in judgement.divergences)
        expected = msgspec.structs.replace(judgement, divergences=told)
        assert expected == finish(PREDICTED, Pending(first, judgement, (repeated,)))


def test_what_nobody_expects_to_be_warned_of() -> None:
    """What is warned of unduly is said beside the fact, and what is to be warned of is not."""
    predicted = Predicted(certain({**FACTS, "warnings": Exactly(("list", "A"), WHY)}))
    warned = Observation({**seen(warnings=("list", "A", "B")).facts}, {"warnings": "A: no\nB: so"})
    found = finish(predicted, Pending(warned, predicted.judge(warned)))
    assert [("warnings", "B: so")] == [(item.fact, item.said) for item in found.divergences] if found else False
