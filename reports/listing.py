"""Titled texts one below the other: short ones beside their titles."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reports.showing import Shown
from reports.wording import visible

_SHORT: Final = 80


def listing(files: Sequence[Shown]) -> Iterator[RenderableType]:
    """Each text with its title; texts that fit on a line stand beside it, in one column."""
    short = [item for item in files if _fits(item)]
    width = max((len(item.title) for item in short), default=0)
    for item in files:
        if _fits(item):
            yield Text.assemble((f"{item.title:{width}}", "cyan"), "  ", item.text)
        else:
            yield Text(item.title, style="cyan")
            yield Padding(Text(item.text), (0, 0, 0, 4))


def plain_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table whose last column takes the room there is."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*map(visible, row))
    return table


def _fits(item: Shown) -> bool:
    return "\n" not in item.text and len(item.title) + len(item.text) <= _SHORT
