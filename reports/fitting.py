"""Tables of words that are as wide as the terminal at most, and break no word: not a version, not an id."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from reports.folding import Cell

_GAP: Final = 2
_INDENT: Final = 4
_WORD: Final = re.compile(r"\S+")
_NAME: Final = 30
"""What is in the first column and not longer stands on one line."""

_LONG: Final = 24
"""A word that is longer, such as the path of a file, may be broken behind a slash or a comma."""


class Fitted:
    """A table that breaks lines between words; columns for which there is no room stand below, beside the first one.

    Where one has no room even there, each row stands below the other, a line for each of its columns.
    """

    def __init__(self, heads: Sequence[str], rows: Sequence[Sequence[Cell]], *, bare: bool = False) -> None:
        """``bare``: without a line of heads."""
        self._heads = heads
        self._bare = bare
        self._columns = [[_text(cell) for cell in column] for column in zip(*rows, strict=True)] or [[] for _ in heads]

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """The parts for a terminal so wide."""
        room = options.max_width - self._least(0) - _GAP
        if any(_piece(word) > room for column in self._columns[1:] for cell in column for word in cell.plain.split()):
            yield from self._lines()
            return
        for number, columns in enumerate(self._parts(options.max_width)):
            if number:
                yield ""
            yield self._table(columns, options.max_width)

    def _parts(self, room: int) -> Iterator[list[int]]:
        """The columns that stand beside each other."""
        first, *others = range(len(self._heads))
        part, used = [first], self._least(first)
        for column in others:
            if len(part) > 1 and used + _GAP + self._least(column) > room:
                yield part
                part, used = [first], self._least(first)
            part.append(column)
            used += _GAP + self._least(column)
        yield part

    def _lines(self) -> Iterator[Text | Padding]:
        """Each row as lines: its first column, and below it the others, further to the right."""
        rows = list(zip(*self._columns, strict=True))
        for cells in rows if self._bare else [tuple(Text(head, style="bold") for head in self._heads), *rows]:
            yield cells[0]
            yield from (Padding(cell, (0, 0, 0, _INDENT)) for cell in cells[1:] if cell.plain)

    def _table(self, columns: Sequence[int], room: int) -> Table:
        widths = self._widths(columns, room)
        table = Table(
            box=None if self._bare else box.SIMPLE_HEAD, show_header=not self._bare, pad_edge=False,
            padding=(0, _GAP, 0, 0) if self._bare else (0, 1, 0, 0), header_style="bold", show_edge=False,
        )  # fmt: skip
        for column, width in zip(columns, widths, strict=True):
            table.add_column(self._heads[column], width=width, overflow="fold")
        for cells in zip(*(self._columns[column] for column in columns), strict=True):
            table.add_row(*(_broken(cell, width) for cell, width in zip(cells, widths, strict=True)))
        return table

    def _widths(self, columns: Sequence[int], room: int) -> list[int]:
        """As wide as each needs to be, where there is room; what is left goes to those that need little first."""
        found = {column: self._least(column) for column in columns}
        left = room - sum(found.values()) - _GAP * (len(columns) - 1)
        if left < 0:
            found[columns[-1]] = max(1, found[columns[-1]] + left)
        wanted = {column: max(0, self._most(column) - found[column]) for column in columns}
        for number, column in enumerate(sorted(columns, key=lambda item: wanted[item])):
            more = max(0, min(wanted[column], left // (len(columns) - number)))
            found[column] += more
            left -= more
        return [found[column] for column in columns]

    def _most(self, column: int) -> int:
        lines = [line for cell in self._columns[column] for line in cell.plain.split("\n")]
        return max(map(cell_len, (self._head(column), *lines)), default=1)

    def _least(self, column: int) -> int:
        words = [word for cell in self._columns[column] for word in cell.plain.split()]
        names = [cell.cell_len for cell in self._columns[column] if not column and cell.cell_len <= _NAME]
        return max((*map(_indivisible, (*words, *self._head(column).split())), *names), default=1)

    def _head(self, column: int) -> str:
        return "" if self._bare else self._heads[column]


class Unbroken:
    """Lines that stay as they are, however narrow the terminal: a link that is to be followed, a program."""

    def __init__(self, text: Text, indent: int) -> None:
        """``indent`` in columns."""
        self._text = text
        self._indent = indent

    def __rich_console__(self, console: Console, _options: ConsoleOptions) -> RenderResult:
        """The lines as they are."""
        for line in self._text.split("\n", allow_blank=True):
            yield Segment(" " * self._indent)
            yield from line.render(console)
            yield Segment.line()


def _text(cell: Cell) -> Text:
    return cell if isinstance(cell, Text) else Text(cell)


def _indivisible(word: str) -> int:
    """How much of a word is to stand on a line."""
    return max(min(cell_len(word), _LONG), _piece(word))


def _piece(word: str) -> int:
    """How much of a word has to stand on a line."""
    return max(map(cell_len, re.findall(r"[^/,]+[/,]?|[/,]", word)))


def _broken(cell: Text, width: int) -> Text:
    """The same, with words that are wider than the column broken where that spoils least."""
    cuts = []
    for word in _WORD.finditer(cell.plain):
        start = word.start()
        while cell_len(cell.plain[start : word.end()]) > width:
            piece = cell.plain[start : start + width]
            start += max(piece.rfind(sign) for sign in "/,") + 1 or width
            cuts.append(start)
    return Text("\n").join(cell.divide(cuts)) if cuts else cell
