"""What stands at the head of a reproducer."""

import textwrap
from typing import Final

import msgspec

from harness.model.clauses import Clause
from reports.plain.programs import Plain
from reports.wording import visible

_WIDTH: Final = 88
_LABEL: Final = "Expected: "
_LABELS: Final = ("Known:", "Expected:", "Seen:", "Departs:", "Conforms:")


class Heading(msgspec.Struct, frozen=True):
    """The clause, what is done instead, in words, and who departs from it and who does not, a line each.

    ``given`` is what is known to be done instead, and is taken as given in what is expected.
    """

    clause: Clause | None
    text: str = ""
    departing: tuple[str, ...] = ()
    conforming: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


def headed(plain: Plain, heading: Heading) -> str:
    """The whole text of a reproducer."""
    clause = heading.clause
    lines = [clause.statement, "", clause.source, clause.link, ""] if clause else ["Not as documented.", ""]
    about = f"{plain.about}: " if plain.about else ""
    lines += [f"Known:    {text}" for text in heading.given]
    lines += [f"Expected: {about}{plain.expected}", f"Seen:     {about}{plain.seen}", ""]
    lines += [f"Departs:  {'; '.join(heading.departing)}"] * bool(heading.departing)
    lines += [f"Conforms: {'; '.join(heading.conforming)}"] * bool(heading.conforming)
    text = "\n".join(_wrapped(visible(line).replace("\n", "\\n")) for line in lines)
    return f'"""{docstring(text)}\n"""\n\n{plain.code}'


def _wrapped(line: str) -> str:
    """The line, of no more than so many columns where it can be broken."""
    rest = " " * len(_LABEL) if line.startswith(_LABELS) else ""
    return textwrap.fill(line, _WIDTH, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)


def docstring(text: str) -> str:
    """The text as it can stand in a docstring that ends with a line of its own."""
    return text.replace("\\", "\\\\").replace('"""', "'''")
