"""The table of findings: a few for README, all for the document with the programs."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from conformance.found.rows import Row
from reports.quoting import block, prose

BEGIN: Final = "<!-- found: made by python -m conformance.found -->\n"
END: Final = "<!-- found: end -->\n"
_PROGRAM: Final = re.compile(r"^## (\S+)\n\n[^\n]*\n\n```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_PLACE: Final = "conformance/documentation/found.md"


def table(found: Sequence[Row], answers: Mapping[str, tuple[str, ...]]) -> str:
    """README's table: who, what with a program that shows it, what the documents say."""
    return _table([row for row in found if row.readme], answers, _PLACE)


def _table(found: Sequence[Row], answers: Mapping[str, tuple[str, ...]], place: str) -> str:
    head = "| who | what | the documents |\n|---|---|---|\n"
    return head + "".join(_line(row, answers[row.name], place) for row in found if row.name in answers)


def _line(row: Row, who: tuple[str, ...], place: str) -> str:
    """A row; what its file says is Markdown."""
    link = f"[{prose(row.name)}]({place}#{row.name})"
    return f"| {prose('; '.join(who))} | {row.what} ({link}) | {row.documents} |\n"


def document(found: Sequence[Row], answers: Mapping[str, tuple[str, ...]], programs: Mapping[str, str]) -> str:
    """All rows, and then the program of each."""
    head = (
        "# What was found, and programs that show it\n\n"
        "Made by `python -m conformance.found` of `conformance/found/found.toml`. Each program was tried:\n"
        "it ends with status 1 on who departs, and with 0 on who does not.\n\n"
    )
    return f"{head}{_table(found, answers, '')}" + "".join(
        _section(row, answers[row.name], programs.get(row.name, "")) for row in found if row.name in answers
    )


def _section(row: Row, who: tuple[str, ...], program: str) -> str:
    told = f"{'; '.join(who)}: {row.what}. The documents: {row.documents}."
    asked = (
        f"`import-conformance replay {row.vector or row.name} {row.on} --repro repro.py` writes a program that asks it."
    )
    shown = block(program.rstrip("\n"), "python") if program else asked
    return f"\n## {row.name}\n\n{told}\n\n{shown}\n"


def programs_in(text: str) -> dict[str, str]:
    """The programs of that document, by the names of their rows."""
    return dict(_PROGRAM.findall(text))


def replaced(text: str, made: str) -> str:
    """The text with that table between its marks.

    Raises:
        ValueError: the marks are not there.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        message = f"expected {BEGIN.strip()} and {END.strip()}"
        raise ValueError(message)
    return f"{before}{BEGIN}\n{made}\n{END}{after}"
