"""When two values are the same."""

import pytest

from harness.model.values import Value, same


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        pytest.param(1, 1, True, id="equal"),
        pytest.param(1, 2, False, id="different"),
        pytest.param(1, True, False, id="int-and-bool"),
        pytest.param(("list", 0), ("list", False), False, id="inside"),
        pytest.param(("list", 0), ("list", 0, 0), False, id="longer"),
        pytest.param("x", "x", True, id="texts"),
        pytest.param(None, False, False, id="none"),
    ],
)
def test_same(left: Value, right: Value, told: bool) -> None:  # noqa: FBT001 - a column of the table
    """Equal values of one type are the same, all the way down."""
    assert (same(left, right), same(right, left)) == (told, told)
