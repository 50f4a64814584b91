"""Where every choice comes from: one drawn integer holds all choices of one statement.

Drawing is what costs time, so a statement is one draw and the choices in it are the digits of that one integer, the
most significant first. A smaller integer is a simpler statement: what a table lists first is what shrinking prefers.
Hypothesis shrinks the integers; what is left to simplify within a statement then is up to :mod:`generators.reducing`.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

_T = TypeVar("_T")

_WIDTH: Final = 96
_MASK: Final = (1 << _WIDTH) - 1

# Hypothesis mixes integer literals of the modules it finds loaded into what it draws, and prefers small numbers. No
# literal lies in a range so far out, and there it draws evenly: cases depend on the seed and on nothing else.
_OFFSET: Final = 1 << 200

# It also prefers both ends of a range: the two numbers at the far end stand for the two simplest statements.
_WORDS: Final = st.integers(_OFFSET, _OFFSET + _MASK + 2)

Draw: TypeAlias = DrawFn
"""The function that a composite strategy draws with."""


class Roll:
    """The choices that one drawn integer holds, taken one after another."""

    __slots__ = ("_left",)

    def __init__(self, word: int) -> None:
        self._left = word

    def below(self, limit: int) -> int:
        """A number from 0 to ``limit - 1``; 0 is the simplest."""
        product = self._left * limit
        self._left = product & _MASK
        return product >> _WIDTH

    def pick(self, table: Sequence[_T]) -> _T:
        """One item of ``table``; the first is the simplest."""
        return table[self.below(len(table))]

    def chance(self, percent: int) -> bool:
        """True in ``percent`` of a hundred draws; false is the simplest."""
        return self.below(100) >= 100 - percent


def roll(draw: Draw) -> Roll:
    """The choices of one more statement: a single draw."""
    return Roll(draw(_WORDS) - _OFFSET & _MASK)


def counts(low: int, high: int) -> SearchStrategy[int]:
    """Whole numbers from ``low`` to ``high``, evenly."""
    return st.integers(_OFFSET + low, _OFFSET + high).map(lambda number: number - _OFFSET)


def weighted(*rows: tuple[int, _T]) -> tuple[_T, ...]:
    """A table to pick from that holds each item as often as its weight says, in the order given."""
    return tuple(item for weight, item in rows for _ in range(weight))
