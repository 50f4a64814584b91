"""Titled texts one below the other: short ones beside their titles."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from reports.fitting import Fitted
from reports.showing import Shown
from reports.wording import visible

_SHORT: Final = 72


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


def plain_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Fitted:
    """A table of words, whatever they hold."""
    return Fitted(columns, [[visible(cell) for cell in row] for row in rows])


def _fits(item: Shown) -> bool:
    return "\n" not in item.text and len(item.title) + len(item.text) <= _SHORT
