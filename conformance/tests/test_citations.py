"""What the oracle cites is in the catalogue, and in force."""

from typing import Final

from hypothesis import given, settings

from conformance.catalogue import catalogue, cited_clauses
from harness.model.case import Case
from harness.model.clauses import Level
from harness.model.prediction import Exactly
from harness.oracle import predict
from harness.oracle.tests.strategies import LANGUAGES, dense_cases

FEW: Final = settings(max_examples=100, deadline=None)


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_clauses_are_in_force(case: Case, language: tuple[int, int]) -> None:
    """Every clause that decides a fact is in the catalogue and holds in that version of the language."""
    cited = predict(case, language).clauses()
    assert cited - catalogue().keys() == set()
    assert [clause for clause in cited if not catalogue()[clause].holds(language)] == []


@FEW
@given(case=dense_cases, language=LANGUAGES)
def test_what_is_certain_rests_on_documents(case: Case, language: tuple[int, int]) -> None:
    """No fact is certain only because the documents do not specify it."""
    facts = predict(case, language).facts
    certain = {key: item.clauses for key, item in facts.items() if isinstance(item, Exactly)}
    levels = {key: {catalogue()[clause].level for clause in clauses} for key, clauses in certain.items()}
    assert [key for key, found in levels.items() if found == {Level.UNSPECIFIED}] == []


def test_rules_are_many() -> None:
    """The oracle cites what it says: a hundred clauses and more, most of them binding."""
    levels = [catalogue()[clause].level for clause in cited_clauses()]
    assert len(levels) > 150
    assert levels.count(Level.MUST) > 0.8 * len(levels)
