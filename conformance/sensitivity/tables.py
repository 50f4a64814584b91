"""A measured sample for people, in lines of at most eighty characters."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from conformance.sensitivity.figures import Entry, Figures, Report
from conformance.sensitivity.judging import Outcome
from reports.wording import plural, visible

WIDTH: Final = 80
_HEADS: Final = ("drawn", "unfit", "invisible", "killed", "survived", "waiting", "share")
_MODULE: Final = 20
_CHANGE: Final = 3
"""So many lines of a change are shown."""


def view(report: Report) -> Iterator[str]:
    """The figures by module, what kills, and who survives."""
    total = report.total
    yield f"{report.label}: {plural(total.drawn, 'fault')} of {report.places:,}, drawn by the seed {report.seed}"
    yield ""
    yield from table({**report.modules, "all": total})
    yield ""
    yield from wrapped(_summary(report))
    yield from _killers(report.entries)
    yield from _survivors(report.entries)
    yield from _unfit(report.entries)


def table(rows: dict[str, Figures]) -> Iterator[str]:
    """Figures in columns; the last row sums up the others."""
    lines = [("", *_HEADS), *((_short(name), *_row(item)) for name, item in rows.items())]
    widths = [max(len(line[at]) for line in lines) for at in range(len(_HEADS) + 1)]
    for number, line in enumerate(lines):
        if number in {1, len(lines) - 1}:
            yield "─" * (sum(widths) + 2 * len(_HEADS))
        cells = [
            line[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)),
        ]
        yield "  ".join(cells).rstrip()


def _row(item: Figures) -> tuple[str, ...]:
    counts = (item.drawn, item.unfit, item.invisible, item.killed, item.survived, item.waiting)
    return (*(f"{count or '·'}" for count in counts), "·" if item.share is None else f"{item.share:.1%}")


def _summary(report: Report) -> str:
    total = report.total
    parts = [f"{total.killed:,} killed"]
    if report.median is not None:
        parts.append(f"a median of {report.median:.1f} s after the interpreter was made")
    text = ", ".join(parts)
    text += f"; share: of the {plural(total.expressible, 'fault')} that today's cases can show."
    if total.own is not None:
        text += f" Its own tests notice {total.own:,} of those that are neither unfit nor invisible."
    return text


def _killers(entries: Sequence[Entry]) -> Iterator[str]:
    kills = [entry.trial.kill for entry in entries if entry.trial.kill is not None]
    origins = Counter("a generated case" if kill.origin == "generated" else "a vector" for kill in kills)
    clauses = Counter(kill.clause for kill in kills)
    if kills:
        yield ""
        text = "; ".join(f"by {name} {count:,}" for name, count in sorted(origins.items(), reverse=True))
        most = ", ".join(f"{clause} {count:,}" for clause, count in clauses.most_common(8))
        yield from wrapped(f"killed {text}. By clauses, most of all: {most}")


def _survivors(entries: Iterable[Entry]) -> Iterator[str]:
    alive = [entry for entry in entries if entry.judged and not entry.killed]
    for title, chosen in _groups(alive):
        yield ""
        yield f"{title}: {len(chosen):,}"
        for entry in chosen:
            yield from changed(entry)


def _groups(alive: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Survivors that today's cases can show first, then by what they wait for, most of all first."""
    machinery = Counter(entry.waits for entry in alive if entry.waits)
    for name in ["", *(name for name, _ in machinery.most_common())]:
        chosen = [entry for entry in alive if entry.waits == name]
        if chosen:
            yield (f"survived, waiting for {name}" if name else "survived, though today's cases can show it"), chosen


def changed(entry: Entry) -> Iterator[str]:
    """A fault by its id, with what it takes and what it gives."""
    fault = entry.fault
    yield from wrapped(f"{fault.id}", "  ", "    ")
    yield from _change("- ", fault.before)
    yield from _change("+ ", fault.after)


def _change(mark: str, text: str) -> Iterator[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()] or ["nothing"]
    shown = [*lines[: _CHANGE - 1], "…"] if len(lines) > _CHANGE else lines
    for line in shown:
        room = WIDTH - 4 - len(mark)
        told = visible(line)
        yield f"    {mark}{told if len(told) <= room else told[: room - 1] + '…'}"


def _unfit(entries: Iterable[Entry]) -> Iterator[str]:
    chosen = [entry for entry in entries if entry.trial.outcome is Outcome.UNFIT]
    if chosen:
        yield ""
        yield f"unfit, neither started nor passed a program that imports nothing: {len(chosen):,}"
        reasons = Counter(entry.fault.module for entry in chosen)
        yield from wrapped(", ".join(f"{name} {count:,}" for name, count in reasons.most_common()), "  ", "  ")


def _short(module: str) -> str:
    return module.removeprefix("importlib.")[:_MODULE]


def wrapped(text: str, first: str = "", later: str = "") -> Iterator[str]:
    """A text in lines that fit."""
    yield from textwrap.wrap(
        visible(text), WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False
    )
