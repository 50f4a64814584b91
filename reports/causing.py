"""A cause as people read it on a terminal: the clause, what it says and where, and what is done instead."""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from harness.model.clauses import Clause
from reports.fitting import Unbroken
from reports.wording import instead, visible

INDENT: Final = 3
"""How far what is told of something stands to the right of it, in columns."""


def indented(text: str | Text, style: str = "") -> Padding:
    """The text, so far to the right."""
    return Padding(Text(text, style=style) if isinstance(text, str) else text, (0, 0, 0, INDENT))


def documents_view(clause: Clause, label: str = "") -> Iterator[RenderableType]:
    """What the clause says, behind the label, where, and its link, which stays on one line."""
    yield indented(f"{label}{clause.statement}")
    yield indented(clause.source, "dim")
    if clause.link:
        yield Unbroken(Text(clause.link, style="dim"), INDENT)


def cause_view(cause: str, clause: Clause, text: str, as_if: Sequence[str] = ()) -> Iterator[RenderableType]:
    """The cause by its name, what the documents say, and in words what happens instead, or as if what."""
    yield indented(visible(cause), "bold")
    yield from documents_view(clause, "the documents: ")
    yield from (indented(words) for words in [instead(text, as_if)] if words)
