"""Choices: one draw each, even, simplest first."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from generators.choices import Draw, Roll, counts, roll, weighted

_QUIET = settings(database=None, max_examples=400)


@st.composite
def digits(draw: Draw, *limits: int) -> tuple[int, ...]:
    """One number below each limit, all out of one draw."""
    dice = roll(draw)
    return tuple(dice.below(limit) for limit in limits)


def test_nothing_but_zero_in_the_simplest() -> None:
    """The simplest draw chooses the first of everything."""
    assert find(digits(5, 100, 7), lambda _: True, settings=_QUIET) == (0, 0, 0)


def test_what_comes_after_is_the_simplest() -> None:
    """Shrinking keeps the choice that matters and makes those after it zero."""
    assert find(digits(10, 10, 10), lambda found: found[0] == 7, settings=_QUIET) == (7, 0, 0)


def test_choices_are_even() -> None:
    """Each of ten choices is taken 60 to 140 times in a thousand, whatever else the runner has loaded."""
    found: Counter[int] = Counter()

    @settings(database=None, max_examples=9, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.tuples(*[digits(10)] * 300))
    def collect(drawn: tuple[tuple[int, ...], ...]) -> None:
        found.update(digit for (digit,) in drawn[1:] if any(first for (first,) in drawn))

    collect()
    total = sum(found.values())
    assert all(0.06 < found[digit] / total < 0.14 for digit in range(1, 10))


@pytest.mark.parametrize(("low", "high"), [(0, 0), (1, 3), (5, 9)])
def test_counts_stay_in_range(low: int, high: int) -> None:
    """Both bounds are reached and none is crossed."""
    assert find(counts(low, high), lambda _: True, settings=_QUIET) == low
    assert find(counts(low, high), lambda number: number == high, settings=_QUIET) == high


@given(word=st.integers(0, (1 << 96) - 1), limit=st.integers(1, 1000))
@settings(database=None)
def test_below(word: int, limit: int) -> None:
    """A number below the limit, the larger the larger the word."""
    assert Roll(word).below(limit) == word * limit >> 96


def test_chance() -> None:
    """False is simpler than true; never and always are what they say."""
    assert [Roll(0).chance(99), Roll(0).chance(100), Roll((1 << 96) - 1).chance(1), Roll((1 << 96) - 1).chance(0)] == [
        False,
        True,
        True,
        False,
    ]


def test_weighted() -> None:
    """Each item as often as it weighs."""
    assert weighted((2, "a"), (1, "b")) == ("a", "a", "b")
