"""Tables of numbers that are narrower than the terminal, however many columns they have."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

Cell: TypeAlias = str | Text

_GAP: Final = 2


class Folded:
    """A table whose columns stand below each other where there is no room beside; each part has the first column."""

    def __init__(self, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        self._heads = heads
        self._rows = rows

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """The parts for a terminal so wide."""
        for number, part in enumerate(self._parts(options.max_width)):
            if number:
                yield ""
            yield part

    def _parts(self, room: int) -> Iterator[Table]:
        first, *widths = (max(map(_width, column)) for column in zip(self._heads, *self._rows, strict=True))
        taken: list[int] = []
        used = first
        for column, width in enumerate(widths, 1):
            if taken and used + _GAP + width > room:
                yield self._table(taken)
                taken, used = [], first
            taken.append(column)
            used += _GAP + width
        yield self._table(taken)

    def _table(self, columns: Sequence[int]) -> Table:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold", show_edge=False)
        table.add_column(self._heads[0], no_wrap=True)
        for column in columns:
            table.add_column(self._heads[column], justify="right", no_wrap=True)
        for row in self._rows:
            table.add_row(row[0], *(row[column] for column in columns))
        return table


def _width(cell: Cell) -> int:
    return cell.cell_len if isinstance(cell, Text) else cell_len(cell)
