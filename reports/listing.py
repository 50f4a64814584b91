"""Titled texts one below the other: short ones beside their titles."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from reports.fitting import Fitted, Unbroken
from reports.showing import Shown
from reports.wording import visible

_SHORT: Final = 72
_INDENT: Final = 4


def listing(files: Sequence[Shown], indent: int = 0) -> Iterator[RenderableType]:
    """Each text with its title, so far to the right; texts that fit on a line stand beside it, in one column.

    No line of a file or a program is broken: it would be another one.
    """
    short = [item for item in files if _fits(item)]
    width = max((len(item.title) for item in short), default=0)
    for item in files:
        if _fits(item) and width + len(item.text) <= _SHORT:
            yield Unbroken(Text.assemble((f"{item.title:{width}}", "cyan"), "  ", item.text), indent)
        else:
            yield Padding(Text(item.title, style="cyan"), (0, 0, 0, indent))
            yield _body(item, indent + _INDENT)


def _body(item: Shown, indent: int) -> RenderableType:
    text = Text(item.text)
    return Padding(text, (0, 0, 0, indent)) if item.prose else Unbroken(text, indent)


def plain_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Fitted:
    """A table of words, whatever they hold."""
    return Fitted(columns, [[visible(cell) for cell in row] for row in rows])


def _fits(item: Shown) -> bool:
    return "\n" not in item.text and len(item.title) + len(item.text) <= _SHORT
