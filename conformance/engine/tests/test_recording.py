"""What a run file says of an implementation is what was judged, field by field."""

import msgspec
import pytest

from conformance.catalogue import Class, Expectation, catalogue
from conformance.engine.causes import Explained
from conformance.engine.explaining import Reasons
from conformance.engine.judgements import Judgements
from conformance.engine.planning import Planned
from conformance.engine.predictions import Predicted, Predictions, predicted_outcome
from conformance.engine.recording import Table, group, implementations, record, table
from conformance.engine.verdicts import Finding, Ruling
from harness.diff import Divergence, Judgement, Verdict
from harness.model.case import Case
from harness.model.departure import Departure as Made
from harness.model.observation import Identity, Observation
from harness.model.prediction import Answer, Exactly, Expected, OneOf, Prediction, Unspecified, World, certain
from harness.model.source import Alias, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.model.versions import Version
from harness.oracle import departure, predict
from harness.run import HarnessError
from reports import CaseRecord, Departure, Implementation, Record
from reports.records import Taken

CASE = Case(Tree((Root(),)), Source())
PLANNED = Planned(7, "vector", "id", CASE)
TABLE = Table({"a": 0, "b": 1, "c": 2})
DIVERGENCE = Divergence("binding/x", ("c", "a"), (1, 2), 3, "signature", said="words")
JUDGEMENT = Judgement(
    Verdict.DIVERGES,
    facts=5,
    silent=2,
    clauses=("a", "c"),
    divergences=(DIVERGENCE,),
    unspecified=("open",),
    answers=(Answer("b", "there", "yes"),),
    taken=("a: absent",),
    excess=True,
    reason="why",
)


REASONS = Reasons(
    Explained((("a: absent", "b: other"),), ("b: none",)), ("c: none",), ("b",), "NameError: text", "runpy"
)


def ruling(judgement: Judgement, *findings: Finding) -> Ruling:
    """What is finally said, with a difference and the clause that is silent."""
    return Ruling(Verdict.DOCS_SUSPECT, judgement, findings, {"open": 4}, ("b",))


def test_record() -> None:
    """Everything that was judged is in the record, clauses by their places in the table."""
    found = record(PLANNED, 1, ruling(JUDGEMENT, Finding(DIVERGENCE, "", suspect=False)), REASONS, TABLE)
    assert found == Record(
        number=7,
        case="id",
        origin="vector",
        implementation=1,
        verdict=Verdict.DOCS_SUSPECT,
        facts=5,
        clauses=(0, 2),
        silent=2,
        departures=(Departure("binding/x", (2, 0), (1, 2), 3, "signature", said="words"),),
        differences={"open": 4},
        silences=(1,),
        answers=(Taken(1, "there", "yes"),),
        taken=("a: absent",),
        excess=True,
        reason="why",
        explained=(("a: absent", "b: other"),),
        weakly=("b: none",),
        refuted=("c: none",),
        consulted=(1,),
        words=("embedded",),
        raised="NameError: text",
        missing="runpy",
    )


@pytest.mark.parametrize(
    ("reason", "suspect", "told"),
    [
        pytest.param("", False, ("", False), id="plain"),
        pytest.param("", True, ("", True), id="suspect"),
        pytest.param("as it is", False, ("as it is", False), id="known"),
        pytest.param("as it is", True, ("as it is", False), id="known of everybody"),
    ],
)
def test_departure(reason: str, told: tuple[str, bool], *, suspect: bool) -> None:
    """A divergence is told as known, or else as suspect."""
    (found,) = record(PLANNED, 0, ruling(JUDGEMENT, Finding(DIVERGENCE, reason, suspect)), REASONS, TABLE).departures
    assert told == (found.expectation, found.suspect)


def test_a_clause_that_is_not_there() -> None:
    """A clause that the catalogue does not have is a fault of ours."""
    with pytest.raises(HarnessError, match=r"^the oracle cites the clause d, expected one of the catalogue$"):
        TABLE.of(["a", "d"])


def test_the_table_is_the_catalogue() -> None:
    """Clauses have the places at which the catalogue lists them."""
    names = list(catalogue())
    assert (0, len(names) - 1) == table(catalogue()).of([names[0], names[-1]])


def who(name: str, version: str = "1.0", language: tuple[int, int] = (3, 12)) -> Identity:
    """An implementation."""
    return Identity(name, version, language, (name,), ("fork",))


def test_labels() -> None:
    """CPython is told by its version, others by that of the language too; the same command twice is numbered."""
    found = implementations([who("cpython"), who("pypy"), who("cpython"), who("cpython", "1.1"), who("cpython")])
    assert ["cpython 1.0", "pypy3.12 1.0", "cpython 1.0 #2", "cpython 1.1", "cpython 1.0 #3"] == [
        item.label for item in found
    ]
    assert Implementation("pypy3.12 1.0", "pypy", "1.0", (3, 12), ("fork",)) == found[1]


def test_unclassified() -> None:
    """What an implementation lacks stands beside its name, and what is expected of it and nobody has classed."""
    one, two = (
        Expectation("module.doc-attribute", name, "", Class.UNCLASSIFIED) for name in ("another value", "absent")
    )
    classed = Expectation("module.loader-attribute", "absent", "as it is", Class.BUG)
    lacking = msgspec.structs.replace(who("pypy"), lacking=("__doc__",))
    found = implementations([lacking, who("cpython")], [(one, classed, two), (classed,)])
    assert [(("fork",), ("__doc__",), (str(two.taken), str(one.taken))), (("fork",), (), ())] == [
        (item.capabilities, item.lacks, item.unclassified) for item in found
    ]
    with pytest.raises(ValueError, match="shorter"):
        implementations([lacking, who("cpython")], [(one,)])


@pytest.mark.parametrize(
    ("verdicts", "told"),
    [
        pytest.param((Verdict.CONFORMS, Verdict.ALLOWED, Verdict.UNSUPPORTED), False, id="nothing to say"),
        *(
            pytest.param((Verdict.CONFORMS, item), True, id=item.value)
            for item in (Verdict.DIVERGES, Verdict.KNOWN, Verdict.FLAKY, Verdict.UNSPECIFIED, Verdict.HARNESS_FAULT)
        ),
    ],
)
def test_group(verdicts: tuple[Verdict, ...], *, told: bool) -> None:
    """The case is told where there is anything to be said of it; records stand at the places of their subjects."""
    rulings = {place + 3: Ruling(said, Judgement(said), (), {}) for place, said in enumerate(verdicts)}
    found = group(PLANNED, rulings, dict.fromkeys(rulings, REASONS), TABLE)
    assert (CaseRecord("id", CASE) if told else None) == found.case
    assert [(place + 3, said) for place, said in enumerate(verdicts)] == [
        (item.implementation, item.verdict) for item in found.records
    ]


class TestJudgements:
    """What was judged once is not judged again."""

    def test_kept(self) -> None:
        """The same facts by the same prediction are judged once; by another prediction, or of another type, anew."""
        asked: list[tuple[Predicted, Observation]] = []

        def judge(predicted: Predicted, observation: Observation) -> Judgement:
            asked.append((predicted, observation))
            return predicted.judge(observation)

        judgements = Judgements(judge, kept=2)
        one, two = (
            Predicted(certain({"x": Exactly(1, ("a",))})),
            Predicted(certain({"x": Exactly(value=True, clauses=("a",))})),
        )
        right, wrong = Observation({"x": 1}), Observation({"x": True})
        said = [judgements.of(one, item).verdict for item in (right, Observation({"x": 1}), wrong)]
        assert ([Verdict.CONFORMS, Verdict.CONFORMS, Verdict.DIVERGES], 2) == (said, len(asked))
        assert (Verdict.CONFORMS, 3) == (judgements.of(two, wrong).verdict, len(asked))
        assert (Verdict.CONFORMS, 4) == (judgements.of(one, right).verdict, len(asked))


KNOWN = departure("module.loader-attribute", "absent")
IMPORTING = Case(Tree((Root((SourceFile("a.py"),)),)), Source((Import((Alias("a"),)),)))


class TestPredictions:
    """The oracle is asked once for all versions that agree."""

    def test_asked_once(self) -> None:
        """A version within the bounds of an answer needs no other; one outside does."""
        asked: list[tuple[Version, frozenset[Made]]] = []

        def answer(_case: Case, language: Version, otherwise: frozenset[Made]) -> Prediction:
            asked.append((language, otherwise))
            since, until = ((3, 0), (3, 12)) if language < (3, 12) else ((3, 12), (3, 14))
            return Prediction((World({}),), since, until)

        predictions = Predictions(answer, kept=2)
        found = [predictions.of("id", CASE, (3, minor)) for minor in (11, 8, 12, 13, 14)]
        assert [(3, 11), (3, 12), (3, 14)] == [language for language, _ in asked]
        assert (True, False, True) == (found[0] is found[1], found[1] is found[2], found[2] is found[3])
        for identifier, times in (("other", 4), ("id", 4), ("another", 5), ("other", 5), ("id", 6)):
            predictions.of(identifier, CASE, (3, 11))
            assert times == len(asked)

    def test_what_is_known(self) -> None:
        """What is known of an implementation is predicted where it could make a difference, once."""
        predictions = Predictions(predict)
        found = predictions.of("id", IMPORTING, (3, 12), frozenset({KNOWN}))
        assert found.known == predict(IMPORTING, (3, 12), frozenset({KNOWN}))
        assert found.documents == predict(IMPORTING, (3, 12))
        assert found is predictions.of("id", IMPORTING, (3, 12), frozenset({KNOWN}))
        assert predictions.of("id", IMPORTING, (3, 12)).known is None
        assert predictions.of("other", CASE, (3, 12), frozenset({KNOWN})).known is None


@pytest.mark.parametrize(
    ("worlds", "outcome"),
    [
        pytest.param([Exactly("raised", ("a",))], "raised", id="one"),
        pytest.param([Exactly("raised", ("a",)), Exactly("raised", ("b",))], "raised", id="all alike"),
        pytest.param([Exactly("raised", ("a",)), Exactly("completed", ("b",))], None, id="several"),
        pytest.param([OneOf(("raised", "completed"), ("a",))], None, id="a choice"),
        pytest.param([Unspecified(("a",))], None, id="silence"),
    ],
)
def test_predicted_outcome(worlds: list[Expected], outcome: str | None) -> None:
    """An outcome is predicted where every world has it."""
    assert outcome == predicted_outcome(Prediction(tuple(World({"outcome": item}) for item in worlds)))
