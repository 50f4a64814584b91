"""What changes within a line of the language is judged by the version that an implementation has of it."""

from pathlib import Path

import pytest

from conformance.catalogue import read_clauses, read_expectations
from conformance.engine import Predictions
from generators import generate
from harness.diff import Verdict
from harness.model.case import Case
from harness.model.clauses import Clause
from harness.model.departure import Departure
from harness.model.observation import Observation
from harness.model.prediction import Exactly, Expected, Prediction, World
from harness.model.source import Source
from harness.model.tree import Root, Tree
from harness.model.versions import FIRST, LAST, Version, parsed
from harness.oracle import departure, predict

CASE = Case(Tree((Root(),)), Source())
CLAUSE = """
[[clause]]
id = "some.{name}"
area = "some"
tier = "language"
statement = "It is {name}."
source = "library/sys §sys.modules"
link = "https://docs.python.org/3.15/library/sys.html#sys.modules"
since = "{since}"
until = "{until}"
level = "must"
observable = "something"
seed = false
"""
EXPECTATION = """
[[expectation]]
clause = "module.loader-attribute"
departure = "absent"
versions = ">=3.15.2"
class = "bug"
reason = "As before."
"""


@pytest.fixture
def clauses(tmp_path: Path) -> tuple[Clause, ...]:
    """A catalogue in which something changes in 3.15.2."""
    old = CLAUSE.format(name="old", since="", until="3.15.2")
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "some.toml").write_text(old + CLAUSE.format(name="new", since="3.15.2", until=""))
    return tuple(read_clauses(tmp_path).values())


def predictions(clauses: tuple[Clause, ...]) -> Predictions:
    """What the clauses say: that ``binding/x`` is the id of the one in force; who departs has that of the first."""

    def answer(_case: Case, language: Version, otherwise: frozenset[Departure]) -> Prediction:
        (held,) = (clause for clause in clauses if clause.holds(language))
        value = clauses[0].id if otherwise else held.id
        since, until = parsed(held.since) if held.since else FIRST, parsed(held.until) if held.until else LAST
        facts: dict[str, Expected] = {"binding/x": Exactly(value, (held.id,))}
        return Prediction((World(facts, taken=tuple(otherwise)),), since, until, (KNOWN,))

    return Predictions(answer)


KNOWN = departure("module.loader-attribute", "absent")
AS_BEFORE = Observation({"binding/x": "some.old"})


def test_a_clause_of_three_numbers(clauses: tuple[Clause, ...]) -> None:
    """The same is right in 3.15.1, and wrong in 3.15.2."""
    found = predictions(clauses)
    languages = ((3, 15), (3, 15, 1), (3, 15, 2), (3, 16, 0))
    verdicts = [found.of("id", CASE, language).judge(AS_BEFORE).verdict for language in languages]
    assert [Verdict.CONFORMS, Verdict.CONFORMS, Verdict.DIVERGES, Verdict.DIVERGES] == verdicts


def test_an_expectation_of_three_numbers(clauses: tuple[Clause, ...], tmp_path: Path) -> None:
    """It is known of 3.15.2 and later, and of nothing before."""
    path = tmp_path / "expected.toml"
    path.write_text(EXPECTATION)
    found = predictions(clauses)
    verdicts = []
    for language in ((3, 15, 1), (3, 15, 2)):
        known = frozenset(entry.taken for entry in read_expectations(path) if entry.applies(language))
        verdicts.append(found.of("id", CASE, language, known).judge(AS_BEFORE).verdict)
    assert [Verdict.CONFORMS, Verdict.KNOWN] == verdicts


def test_one_prediction_for_a_line() -> None:
    """Versions between which no rule changes share what is predicted."""
    found = Predictions(predict)
    for number, case in enumerate(generate(seed=3, examples=30)):
        pair = [found.of(str(number), case, language) for language in ((3, 12, 3), (3, 12, 7))]
        assert pair[0] is pair[1]
