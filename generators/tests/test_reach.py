"""Whatever the oracle predicts, some generated case has; and cases are spread over it rather than piled up."""

from itertools import islice
from typing import get_args

import pytest

from generators.tests.features import FEATURES, RARE, SHARE
from generators.tests.wide_features import WIDE_FEATURES, WIDE_RARE, WIDE_SHARE, is_wide
from harness.model.case import Case, sources
from harness.model.language.compound import Statement, statements
from harness.model.language.documented import FUNCTIONS
from harness.model.language.expressions import Bind, calls


def reaches(cases: tuple[Case, ...], name: str, percent: float) -> bool:
    """Whether so many of a hundred cases have the feature."""
    wanted = max(1, int(len(cases) * percent / 100))
    feature = (FEATURES | WIDE_FEATURES)[name]
    return sum(1 for _ in islice(filter(feature, cases), wanted)) == wanted


@pytest.mark.parametrize("name", FEATURES)
def test_feature(generated: tuple[Case, ...], name: str) -> None:
    """The feature keeps its share of the plain mix."""
    assert reaches(generated, name, RARE.get(name, SHARE))


@pytest.mark.parametrize("name", FEATURES)
def test_feature_among_all(mixed: tuple[Case, ...], name: str) -> None:
    """The feature keeps its share where all mixes are drawn."""
    assert reaches(mixed, name, RARE.get(name, SHARE))


@pytest.mark.parametrize("name", WIDE_FEATURES)
def test_wide_feature(mixed: tuple[Case, ...], name: str) -> None:
    """The feature keeps its share of all mixes together."""
    assert reaches(mixed, name, WIDE_RARE.get(name, WIDE_SHARE))


def test_every_statement(mixed: tuple[Case, ...]) -> None:
    """Whatever can be said is generated."""
    found = {type(item) for case in mixed for source in sources(case) for item in statements(source.statements)}
    assert set(get_args(Statement)) == found


def test_every_function(mixed: tuple[Case, ...]) -> None:
    """Whatever can be called is called."""
    every = (item for case in mixed for source in sources(case) for item in statements(source.statements))
    assert set(FUNCTIONS) == {call.function for item in every if isinstance(item, Bind) for call in calls(item.value)}


def test_two_thirds_of_the_cases_are_plain(mixed: tuple[Case, ...]) -> None:
    """Where all mixes are drawn about a third of the cases have something that the plain one has not."""
    assert 1 / 4 < sum(map(is_wide, mixed[::16])) / len(mixed[::16]) < 2 / 5


def test_plain_cases_are_plain(generated: tuple[Case, ...]) -> None:
    """The plain mix has nothing of what the others are for."""
    assert not any(map(is_wide, generated[::4]))


def test_launches_are_mostly_embedded(generated: tuple[Case, ...]) -> None:
    """About six cases in a hundred are launched as a file, since those are slow."""
    files = sum(not FEATURES["embedded"](case) for case in generated)
    assert 0.04 < files / len(generated) < 0.08


def test_trees_hold_several_modules(generated: tuple[Case, ...]) -> None:
    """Half of all trees have at least four entries."""
    sizes = sorted(sum(len(root.entries) for root in case.tree.roots) for case in generated)
    assert sizes[len(sizes) // 2] >= 4
