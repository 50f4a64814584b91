"""Clauses, values, observations and predictions."""

import pytest

from harness.model.clauses import Clause, Level
from harness.model.observation import Identity, Observation
from harness.model.prediction import Exactly, Expected, OneOf, Unspecified, certain
from harness.model.values import ABSENT, Value, kind


def clause(*, since: str = "", until: str = "") -> Clause:
    """A clause in force between two versions."""
    return Clause("a.b", "a", "core", "It holds.", "A document", since, until, Level.MUST, "yes", seed=False)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        pytest.param("", "", (True, True, True), id="always"),
        pytest.param("3.10", "", (False, True, True), id="since"),
        pytest.param("", "3.10", (True, False, False), id="until"),
        pytest.param("3.9", "3.12", (True, True, False), id="between"),
        pytest.param("3.9.1", "3.10.1", (False, True, False), id="three numbers"),
    ],
)
def test_a_clause_holds_between_its_versions(since: str, until: str, expected: tuple[bool, ...]) -> None:
    """``since`` is the first version in force, ``until`` the first that is not; 3.9 comes before 3.10."""
    found = clause(since=since, until=until)
    assert expected == tuple(found.holds(language) for language in [(3, 9), (3, 10), (3, 12)])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "None"),
        (True, "bool"),
        (1, "int"),
        ("module", "str"),
        (("module", "a"), "module"),
        (ABSENT, "absent"),
        ((), "tuple"),
    ],
)
def test_kind_of_a_value(value: Value, expected: str) -> None:
    """The kind says what a value is, never what it holds."""
    assert expected == kind(value)


def test_an_observation_without_outcome() -> None:
    """The outcome of an observation that has none is absent."""
    assert [ABSENT, "raised"] == [Observation({}).outcome, Observation({"outcome": "raised"}).outcome]


def test_label_of_an_identity() -> None:
    """An implementation is shown by its name and its own version."""
    assert "pypy 7.3.11" == Identity("pypy", "7.3.11", (3, 9), ("pypy3",)).label


def test_clauses_of_a_prediction() -> None:
    """Every clause that decided a fact, whichever way, counts once."""
    facts: dict[str, Expected] = {"a": Exactly(1, ("x", "y")), "b": OneOf((1, 2), ("y",)), "c": Unspecified(("z",))}
    assert {"x", "y", "z"} == certain(facts).clauses()
