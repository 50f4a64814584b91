"""What is told of the causes of answers, by what is said of them."""

from typing import Final

import msgspec
import pytest

from conformance.engine.causes import Explained
from conformance.engine.explaining import Explainer, Reasons
from conformance.engine.predictions import Predicted, Predictions
from conformance.engine.verdicts import Answer
from harness.diff import Verdict
from harness.model.case import Case
from harness.model.departure import Departure
from harness.model.language.expressions import Bind, Call, Reference
from harness.model.observation import Identity, Observation
from harness.model.prediction import Exactly, Prediction, World
from harness.model.source import Source
from harness.model.tree import Root, SourceFile, Tree
from harness.model.values import Value
from harness.model.versions import Version
from harness.oracle import departure
from reports import Record

MADE: Final = departure("meta.exhausted-raises-mnfe", "raises KeyError")
OTHER: Final = departure("submodule.bound-on-parent", "not bound")
KNOWN: Final = departure("failure.failing-module-removed", "kept")
CASE: Final = Case(Tree(), Source())
VALUES: Final[dict[Departure, Value]] = {MADE: 2, OTHER: 3, KNOWN: 4}
NOTHING: Final[frozenset[Departure]] = frozenset()


class Oracle:
    """Predicts one fact, of which it is asked in what version and with which departures; from 3.13 on it is another."""

    def __init__(self) -> None:
        self.asked: list[tuple[Case, Version, frozenset[Departure]]] = []

    def __call__(self, case: Case, language: Version, otherwise: frozenset[Departure]) -> Prediction:
        """The one world."""
        self.asked.append((case, language, otherwise))
        value = next((value for item, value in VALUES.items() if item in otherwise), 1)
        world = World({"binding/x": Exactly(value, ("a.rule", "a.fact"))}, taken=tuple(otherwise))
        since, until = ((3, 13), (3, 99)) if language >= (3, 13) else ((3, 8), (3, 13))
        return Prediction((world,), since, until, (OTHER, MADE, KNOWN))


def answer(
    value: Value, language: Version = (3, 12), verdict: Verdict | None = None, known: frozenset[Departure] = NOTHING
) -> Answer:
    """What was seen, and what is said of it."""
    documents = Oracle()(CASE, language, NOTHING)
    predicted = Predicted(documents, Oracle()(CASE, language, known) if known else None)
    seen = Observation({"outcome": "completed", "binding/x": value})
    judgement = predicted.judge(seen)
    judgement = msgspec.structs.replace(judgement, verdict=verdict or judgement.verdict)
    return Answer(Identity("one", "1", language, ("one",)), predicted, seen, judgement)


CLAUSES: Final = (KNOWN.clause, MADE.clause, OTHER.clause)
REFUTED: Final = tuple(map(str, (KNOWN, MADE, OTHER)))


def explainer(*known: frozenset[Departure]) -> Explainer:
    """One for implementations that are known to make these departures."""
    return Explainer(Oracle(), known or (NOTHING,))


def test_what_diverges() -> None:
    """It is explained; the clauses are told that could have mattered and decide nothing."""
    told = explainer().of(CASE, {0: answer(2)})
    assert {0: Reasons(Explained(((str(MADE),),)), consulted=CLAUSES)} == told


def test_what_decides_is_not_told_again() -> None:
    """A clause that decides a fact is none of those that could have mattered."""
    one = answer(2)
    judgement = msgspec.structs.replace(one.judgement, clauses=(MADE.clause,))
    told = explainer().of(CASE, {0: msgspec.structs.replace(one, judgement=judgement)})
    assert (KNOWN.clause, OTHER.clause) == told[0].consulted


@pytest.mark.parametrize("verdict", list(Verdict))
def test_verdicts(verdict: Verdict) -> None:
    """What is as expected refutes, in order; all else does not."""
    told = explainer().of(CASE, {0: answer(1, verdict=verdict)})
    orderly = verdict in {Verdict.CONFORMS, Verdict.ALLOWED, Verdict.KNOWN}
    assert {0: Reasons(refuted=REFUTED if orderly else (), consulted=CLAUSES)} == told


def test_refuted_once() -> None:
    """What was refuted of an implementation is not told of it again, and is of another."""
    told = explainer(NOTHING, NOTHING)
    assert [REFUTED, ()] == [told.of(CASE, {0: answer(1)})[0].refuted for _ in range(2)]
    assert {0: (), 1: REFUTED} == {at: item.refuted for at, item in told.of(CASE, {0: answer(1), 1: answer(1)}).items()}


def test_refuted_earlier() -> None:
    """What was told earlier is not told again."""
    told = explainer(NOTHING, NOTHING)
    told.recall(Record(0, "", "generated", 1, Verdict.CONFORMS, refuted=(str(MADE),)))
    found = told.of(CASE, {0: answer(1), 1: answer(1)})
    assert (REFUTED, (str(KNOWN), str(OTHER))) == (found[0].refuted, found[1].refuted)


def test_not_refuting() -> None:
    """If nothing is to be refuted, nothing is, now or later; what diverges is explained."""
    told = explainer(NOTHING, NOTHING)
    found = told.of(CASE, {0: answer(1), 1: answer(3)}, refuting=False)
    assert ((), ((str(OTHER),),)) == (found[0].refuted, found[1].explained.fully)
    assert REFUTED == told.of(CASE, {0: answer(1)})[0].refuted


def test_beside_what_is_known() -> None:
    """What is known of an implementation is made beside what explains, and not refuted."""
    known = frozenset({KNOWN})
    oracle = Oracle()
    told = Explainer(oracle, (NOTHING, known))
    assert ((str(MADE),),) == told.of(CASE, {1: answer(2, known=known)})[1].explained.fully
    assert {(CASE, (3, 12), known | {MADE}), (CASE, (3, 12), known | {OTHER})} == set(oracle.asked)


def test_each_of_what_is_known() -> None:
    """Implementations that are known to depart otherwise each have a world of their own, and one for all is kept."""
    oracle = Oracle()
    found = Predictions(oracle)
    asked = [
        found.of("case", CASE, language, frozenset({made})) for made in (MADE, OTHER) for language in ((3, 11), (3, 12))
    ]
    values = [item.known.worlds[0].facts["binding/x"] for item in asked if item.known is not None]
    assert [Exactly(value, ("a.rule", "a.fact")) for value in (2, 2, 3, 3)] == values
    assert (3, 1) == (len(oracle.asked), len({id(item.documents) for item in asked}))


def test_asked_once() -> None:
    """The oracle is asked once for all versions of which it says the same, and anew for others."""
    oracle = Oracle()
    told = Explainer(oracle, (NOTHING,) * 3)
    languages: tuple[Version, ...] = ((3, 11), (3, 12), (3, 13))
    found = told.of(CASE, {at: answer(2, language) for at, language in enumerate(languages)})
    assert [((str(MADE),),)] * 3 == [item.explained.fully for item in found.values()]
    assert sorted([(3, 11), (3, 13)] * 3) == sorted(language for _, language, _ in oracle.asked)


def test_what_was_raised() -> None:
    """The exception that ended a program which was not to end with it is told, and which own module was missing."""
    documents = Prediction((World({"outcome": Exactly("completed", ("a.rule",))}),))
    seen = Observation(
        {"outcome": "raised", "exception/type": "ModuleNotFoundError", "exception/name": "own.part"},
        {"message": "no 'x'"},
    )
    who = Identity("one", "1", (3, 12), ("one",), modules=frozenset({"own"}))
    predicted = Predicted(documents)
    told = explainer().of(CASE, {0: Answer(who, predicted, seen, predicted.judge(seen))})[0]
    assert ("ModuleNotFoundError: no 'x'", "own.part") == (told.raised, told.missing)


def test_a_function_that_is_not_there() -> None:
    """A module of its own that lacks a function which the case calls is as good as missing; any other is not."""
    call = Bind(Call("importlib.reload", (Reference(("m",)),)))
    case = Case(Tree((Root((SourceFile("m.py"),)),)), Source((call,)))
    documents = Prediction((World({"outcome": Exactly("completed", ("a.rule",))}),))
    who = Identity("one", "1", (3, 12), ("one",), modules=frozenset({"importlib"}))
    predicted = Predicted(documents)
    for name, missing in (("reload", "importlib"), ("other", "")):
        message = f"module 'importlib' has no attribute '{name}'"
        seen = Observation({"outcome": "raised", "exception/type": "AttributeError"}, {"message": message})
        told = explainer().of(case, {0: Answer(who, predicted, seen, predicted.judge(seen))})[0]
        assert missing == told.missing


@pytest.mark.parametrize(
    ("documented", "message", "told"),
    [
        pytest.param("NameError", "name 'm' is not defined", "", id="the one it was to end with"),
        pytest.param(
            "NameError", "name 'spec' is not defined", "NameError: name 'spec' is not defined", id="no name of it"
        ),
        pytest.param("KeyError", "name 'm' is not defined", "NameError: name … is not defined", id="another"),
        pytest.param("KeyError", "can't find 'm' or 'spec'", "NameError: can't find … or 'spec'", id="an apostrophe"),
    ],
)
def test_what_was_raised_in_its_place(documented: str, message: str, told: str) -> None:
    """One of the documented type is another one if it quotes what is no name of the case; its own are left out."""
    case = Case(Tree((Root((SourceFile("m.py"),)),)), Source())
    documents = {"trace/0000": Exactly(1, ("a.rule",)), "exception/type": Exactly(documented, ("a.rule",))}
    predicted = Predicted(Prediction((World({"outcome": Exactly("raised", ("a.rule",)), **documents}),)))
    seen = Observation({"outcome": "raised", "exception/type": "NameError"}, {"message": message})
    who = Identity("one", "1", (3, 12), ("one",))
    found = explainer().of(case, {0: Answer(who, predicted, seen, predicted.judge(seen))})[0]
    assert told == found.raised
