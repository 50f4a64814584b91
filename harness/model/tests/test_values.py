"""When two values are the same, and of which kind a value is."""

import pytest

from harness.model.values import ABSENT, Value, kind, same


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
        pytest.param(("list", int("1000")), ("list", int("1000")), True, id="equal inside"),
        pytest.param(("list", ("a", "b")), ("list", tuple("ab")), True, id="alike inside"),
        pytest.param(("a", "b"), tuple("ac"), False, id="another text inside"),
    ],
)
def test_same(left: Value, right: Value, told: bool) -> None:  # noqa: FBT001 - a column of the table
    """Equal values of one type are the same, all the way down."""
    assert (same(left, right), same(right, left)) == (told, told)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "None"),
        (True, "bool"),
        (1, "int"),
        ("text", "str"),
        (("module", "a"), "module"),
        (ABSENT, "absent"),
        ((), "tuple"),
    ],
)
def test_kind(value: Value, told: str) -> None:
    """The kind of a tuple is its first item, that of None its name, and that of all else its type."""
    assert told == kind(value)
