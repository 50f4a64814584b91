"""Whatever the oracle predicts, some generated case has; and cases are spread over it rather than piled up."""

import pytest

from generators.tests.features import FEATURES
from harness.model.case import Case


@pytest.mark.parametrize("name", FEATURES)
def test_feature(generated: tuple[Case, ...], name: str) -> None:
    """The feature is found."""
    assert any(map(FEATURES[name], generated))


def test_launches_are_mostly_embedded(generated: tuple[Case, ...]) -> None:
    """About six cases in a hundred are launched as a file, since those are slow."""
    files = sum(not FEATURES["embedded"](case) for case in generated)
    assert 0.04 < files / len(generated) < 0.08


def test_trees_hold_several_modules(generated: tuple[Case, ...]) -> None:
    """Half of all trees have at least four entries."""
    sizes = sorted(sum(len(root.entries) for root in case.tree.roots) for case in generated)
    assert sizes[len(sizes) // 2] >= 4
