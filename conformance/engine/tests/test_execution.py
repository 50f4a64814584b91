"""The engine, driven with implementations that are not there."""

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import count, pairwise

import pytest

from conformance.catalogue import Class, Expectation
from conformance.engine import INTERRUPTED, Shard, Shrinker
from conformance.engine.judging import COLD, WARM
from conformance.engine.tests.fakes import Member, Plant, run, standing
from generators import reduce_case
from harness.diff import Verdict
from harness.model.case import Case
from harness.model.codec import decode, encode
from harness.model.language.expressions import Bind, Call, Constant
from harness.model.observation import Observation
from harness.model.source import Alias, Assign, Import, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.model.values import Value
from harness.oracle import predict
from harness.run import Stopped
from reports import CaseRecord, ExpectationRecord, Finding, Group
from reports.merging import told_once
from reports.records import Aim

Facts = Mapping[str, Value]
GOOD = {Verdict.CONFORMS, Verdict.ALLOWED}
PLAIN = Case(Tree((Root((SourceFile("a.py", Source((Assign("x", 1),))),)),)), Source((Import((Alias("a"),)),)))


def right(_case: Case, facts: Facts) -> Facts:
    """Says what the documents say."""
    return facts


def nameless(_case: Case, facts: Facts) -> Facts:
    """Forgets the ``__name__`` of modules called a."""
    return {**facts, "module/a/__name__": "b"} if "module/a/__name__" in facts else facts


def test_everybody_conforms() -> None:
    """Right implementations conform in every case, no case is kept, and everything planned is executed."""
    outcome = run(Member(), Member(language=(3, 9)))
    assert {record.verdict for record in outcome.records} <= GOOD
    assert (outcome.footer.planned, outcome.footer.executed, outcome.footer.reasons) == (40, 40, {})
    assert [line for line in outcome.lines if isinstance(line, CaseRecord | Finding)] == []


def test_divergence() -> None:
    """A fault is told of the implementation that has it alone, with its case, and found once."""
    outcome = run(Member(), Member(nameless), cases=[PLAIN])
    assert [record.verdict for record in outcome.records] == [Verdict.CONFORMS, Verdict.DIVERGES]
    (finding,) = (line for line in outcome.lines if isinstance(line, Finding))
    assert (finding.fact, finding.seen, finding.expected, finding.cases) == ("module/a/__name__", "b", ("a",), {"1": 1})


def test_finding_is_shrunk() -> None:
    """The case of a finding is made as small as it gets while it has the signature."""
    outcome = run(Member(nameless), cases=[PLAIN])
    (finding,) = (line for line in outcome.lines if isinstance(line, Finding))
    assert finding.minimal == Case(Tree((Root((SourceFile("a.py"),)),)), Source((Import((Alias("a"),)),)))


def test_what_is_shrunk_calls_the_function() -> None:
    """Where no departure is listed the smaller case still calls the functions that the case calls."""

    def dies(_case: Case, facts: Facts) -> Facts:
        return {**facts, "outcome": ("crashed", 11)}

    called = Bind(Call("importlib.import_module", (Constant("a"),)))
    case = Case(PLAIN.tree, Source((Import((Alias("a"),)), called, Assign("x", 1))))
    for asked, kept in ((PLAIN, ()), (case, (called,))):
        with standing((Member(dies),), 1, lambda: "") as ground:
            predicted = ground.predictions.of("", asked, (3, 12))
            (differs, *_) = predicted.judge(Observation({**dies(asked, {})})).divergences
            aim = Aim(signature=differs.signature)
            steps = Shrinker(ground, reduce_case)(asked, 0, aim, frozenset())
        assert asked == steps[0].case
        assert kept == steps[-1].case.program.statements
        assert all(one.case.size >= other.case.size for one, other in pairwise(steps))


def test_what_was_raised() -> None:
    """The exception that ended the smallest case stands in its finding, and nowhere else."""

    def failing(_case: Case, facts: Facts) -> Facts:
        return {"trace/length": 0, "outcome": "raised", "exception/type": "OSError"} if "module/a" in facts else facts

    outcome = run(Member(failing), cases=[PLAIN])
    (finding,) = (line for line in outcome.lines if isinstance(line, Finding))
    assert "OSError" == finding.raised
    assert {""} == {item.raised for record in outcome.records for item in record.departures}


def test_flaky() -> None:
    """A difference that a re-run does not show is FLAKY and no divergence."""
    calls = count()
    outcome = run(Member(lambda case, facts: nameless(case, facts) if next(calls) == 0 else facts), cases=[PLAIN])
    (record,) = outcome.records
    assert (record.verdict, record.departures) == (Verdict.FLAKY, ())
    assert record.reason == "re-run 1 of 3: __name__ of module a was 'b', then as predicted"


@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        pytest.param("unsupported", Verdict.UNSUPPORTED, id="unsupported"),
        pytest.param("fault", Verdict.HARNESS_FAULT, id="fault"),
    ],
)
def test_not_executed(word: str, verdict: Verdict) -> None:
    """What could not be judged is no execution, and its reason is counted."""
    outcome = run(Member(lambda _case, _facts: {"outcome": (word, "no reason")}), cases=[PLAIN])
    assert [record.verdict for record in outcome.records] == [verdict]
    assert (outcome.footer.executed, outcome.footer.reasons) == (0, {f"{verdict.value}: no reason": 1})


def test_fault_of_a_re_run() -> None:
    """A re-run that fails for a reason of ours is a fault of ours."""
    calls = count()
    broken = {"outcome": ("fault", "broken")}
    outcome = run(Member(lambda case, facts: nameless(case, facts) if next(calls) == 0 else broken), cases=[PLAIN])
    assert [record.verdict for record in outcome.records] == [Verdict.HARNESS_FAULT]


UNLOADED = Expectation("module.loader-attribute", "absent", "as it is", Class.BUG)


def test_known() -> None:
    """What departs as expectations say, and in nothing else, is KNOWN with the reason, and counted."""
    outcome = run(Member(expected=(UNLOADED,), otherwise=frozenset({UNLOADED.taken})), cases=[PLAIN] * 3)
    assert {(item.verdict, item.departures[0].expectation) for item in outcome.records} == {(Verdict.KNOWN, "as it is")}
    told = ExpectationRecord(0, "module.loader-attribute", "absent", "as it is", "bug", 3)
    assert [line for line in outcome.lines if isinstance(line, ExpectationRecord)] == [told]


def test_beside_what_is_known() -> None:
    """A fault beside a known departure is told for itself, and the known one with it."""
    outcome = run(Member(nameless, expected=(UNLOADED,), otherwise=frozenset({UNLOADED.taken})), cases=[PLAIN])
    (record,) = outcome.records
    assert [item.fact for item in record.departures] == ["module/a/__name__"]
    assert (record.verdict, record.taken) == (Verdict.DIVERGES, ("module.loader-attribute: absent",))


def test_unexpected_pass() -> None:
    """What conforms where it is expected not to is an unexpected pass of that case."""
    outcome = run(Member(expected=(UNLOADED,)), cases=[PLAIN])
    (record,) = outcome.records
    assert (record.verdict, record.taken) == (Verdict.UNEXPECTED_PASS, ("module.loader-attribute: absent",))


def test_everybody_disagrees() -> None:
    """When three implementations of two kinds agree against the prediction, the documents are suspected."""
    outcome = run(Member(nameless), Member(nameless), Member(nameless, language=(3, 9)), cases=[PLAIN])
    assert {record.verdict for record in outcome.records} == {Verdict.DOCS_SUSPECT}


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([(nameless, (3, 12))], id="two"),
        pytest.param([(nameless, (3, 12)), (nameless, (3, 12))], id="one kind"),
        pytest.param([(nameless, (3, 9)), (right, (3, 9))], id="one is right"),
    ],
)
def test_not_everybody(others: list[tuple[Plant, tuple[int, int]]]) -> None:
    """Two implementations, three of one kind, or three of which one is right: no reason to suspect the documents."""
    outcome = run(Member(nameless), *(Member(plant, language=language) for plant, language in others), cases=[PLAIN])
    assert Verdict.DOCS_SUSPECT not in {record.verdict for record in outcome.records}


@pytest.mark.parametrize("jobs", [1, 3])
def test_same_lines(jobs: int) -> None:
    """The lines do not depend on how many subjects there are."""
    one = run(Member(nameless), Member(language=(3, 15)), examples=40)
    other = run(Member(nameless), Member(language=(3, 15)), examples=40, jobs=jobs)
    assert [encode(line) for line in one.lines] == [encode(line) for line in other.lines]


def test_shards() -> None:
    """Shards have the records of the whole run, each once; what is refuted in several is told in the first of them."""
    whole = run(Member(nameless), examples=30).records
    parts = [run(Member(nameless), examples=30, shard=Shard(index, 3)).records for index in (1, 2, 3)]
    records = sorted((item for part in parts for item in part), key=lambda item: item.number)
    refuted: dict[int, set[str]] = {}
    assert list(whole) == [item for record in records for item in told_once(Group(None, (record,)), refuted).records]


@pytest.mark.parametrize("reason", [INTERRUPTED, "budget spent"])
def test_stop(reason: str) -> None:
    """A run that is stopped accounts for everything that was planned, and says why."""
    asked = count()
    outcome = run(Member(), examples=150, stop=lambda: reason if next(asked) > 1 else "")
    footer = outcome.footer
    assert (footer.planned, footer.accounted, list(footer.reasons)) == (150, True, [reason])
    assert (footer.executed > 0, footer.interrupted) == (True, reason == INTERRUPTED)


def silence(value: Value) -> Callable[[Case, Facts], Facts]:
    """Answers ``value`` wherever the documents are silent."""
    return lambda _case, facts: {key: value if item == "silence" else item for key, item in facts.items()}


def test_silent_differences() -> None:
    """Where the documents are silent implementations may differ, which is told and held against nobody."""
    outcome = run(Member(silence(1)), Member(silence(2)), examples=60)
    found = Counter(record.verdict for record in outcome.records)
    differing = [record.differences for record in outcome.records if record.verdict is Verdict.UNSPECIFIED]
    assert found.keys() <= {*GOOD, Verdict.UNSPECIFIED}
    assert {value for differences in differing for value in differences.values()} == {1, 2}


def test_unconfirmed_difference() -> None:
    """A difference whose repetition was cut short by the end of the run is counted against nobody."""
    calls = count()
    ended: list[str] = []

    def ending(case: Case, facts: Facts) -> Facts:
        if next(calls) == 1:
            ended.append(INTERRUPTED)
            raise Stopped
        return nameless(case, facts)

    outcome = run(Member(ending), cases=[PLAIN], stop=lambda: ended[0] if ended else "")
    assert (outcome.records, outcome.footer.reasons) == ((), {INTERRUPTED: 1})


@pytest.mark.parametrize("reason", [INTERRUPTED, "budget spent"])
def test_beginning(reason: str) -> None:
    """A run that is stopped tells of its first cases, without a gap, whatever was answered of later ones."""
    calls = count()
    ended: list[str] = []

    def ending(_case: Case, facts: Facts) -> Facts:
        if next(calls) == 9:
            ended.append(reason)
            raise Stopped
        return facts

    outcome = run(Member(ending), Member(), examples=60, stop=lambda: ended[0] if ended else "", jobs=3)
    numbers = sorted({record.number for record in outcome.records})
    assert (numbers, len(outcome.records)) == (list(range(len(numbers))), 2 * len(numbers))
    assert (outcome.footer.accounted, list(outcome.footer.reasons)) == (True, [reason])


@pytest.mark.parametrize("reason", [INTERRUPTED, "budget spent"])
def test_stop_while_it_shrinks(reason: str) -> None:
    """Findings are as small as they got until then, and the run is not taken for one that came to its end."""
    calls: list[Case] = []
    larger = Case(PLAIN.tree, Source((*PLAIN.program.statements, *PLAIN.program.statements, Assign("y", 1))))

    def counting(case: Case, facts: Facts) -> Facts:
        calls.append(case)
        return nameless(case, facts)

    asked = 2 + WARM + COLD
    outcome = run(Member(counting), cases=[larger], stop=lambda: reason if len(calls) > asked else "")
    (finding,) = (line for line in outcome.lines if isinstance(line, Finding))
    assert (len(encode(finding.minimal)) < len(encode(larger)), finding.minimal != PLAIN) == (True, True)
    assert outcome.footer.interrupted or outcome.footer.reasons == {reason: 0}


OTHER = """{"tree": {"roots": [{"entries": [
  {"type": "source-file", "path": "pkg/__init__.py"},
  {"type": "source-file", "path": "pkg/mod.py", "source": {"statements": [
    {"type": "assign", "name": "__package__", "value": "other"},
    {"type": "bind", "value": {"type": "call", "function": "importlib.__import__", "arguments": [
      {"type": "constant", "value": "sub"}, {"type": "names"}], "keywords": [
      ["level", {"type": "constant", "value": 1}]]}, "name": "v"}]}},
  {"type": "source-file", "path": "other/__init__.py"},
  {"type": "source-file", "path": "other/sub.py"}]}]},
 "program": {"statements": [
  {"type": "import", "names": [{"name": "other"}]},
  {"type": "import", "names": [{"name": "pkg.mod"}]}]}}"""


def test_a_smaller_case_is_as_certain() -> None:
    """What the documents leave open is not brought in by making a case smaller."""
    given = decode(OTHER, Case)

    def amiss(case: Case, facts: Facts) -> Facts:
        wrong = all(word in encode(case) for word in (b"importlib.__import__", b"__package__", b'"pkg.mod"'))
        return {**facts, "outcome": "raised", "exception/type": "KeyError"} if wrong else facts

    outcome = run(Member(amiss), cases=[given])
    (finding,) = (line for line in outcome.lines if isinstance(line, Finding))
    worlds = [len(predict(case, (3, 12)).worlds) for case in (given, finding.minimal)]
    assert (len(encode(finding.minimal)) < len(encode(given)), worlds[1] <= worlds[0]) == (True, True), finding.minimal
