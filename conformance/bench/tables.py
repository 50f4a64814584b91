"""The figures for people."""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from conformance.bench.bare import KINDS
from conformance.bench.competitors import BARE, BARE_WARM, FORKED, FOUR_FORKED, FOUR_FRESH, FRESH, RATIOS
from conformance.bench.figures import STAGES, Lasting, Report, Speeds, Stored, Work
from reports.listing import plain_table

_LARGE: Final = 20
_MILLION: Final = 1_000_000


def view(report: Report) -> Iterator[RenderableType]:
    """Every table, each under a line that says what it shows."""
    yield from _speeds(report.speeds)
    if report.warmth:
        yield from _titled(
            "milliseconds of an execution of the bare loop, by what was warmed before it forks",
            ("implementation", *KINDS),
            [(label, *(f"{found[kind]:.2f}" for kind in KINDS)) for label, found in report.warmth.items()],
        )
    if report.matrix is not None:
        together = {} if report.side_by_side is None else {"side by side": report.side_by_side}
        yield from _work({**report.runs, **together})
    if report.stored is not None:
        yield from _stored(report.stored)
    if report.lasting is not None:
        yield from _lasting(report.lasting)


def _titled(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[RenderableType]:
    yield Text(title)
    yield plain_table(columns, rows)
    yield ""


def _speeds(speeds: Sequence[Speeds]) -> Iterator[RenderableType]:
    names = (FORKED, FRESH, FOUR_FORKED, FOUR_FRESH, BARE, BARE_WARM)
    yield from _titled(
        "executions a second by one subject: generated cases, a case of four modules, and a bare loop that forks and "
        "imports four modules",
        ("implementation", *names),
        [(item.label, *(_number(item.rates.get(name)) for name in names)) for item in speeds],
    )
    yield from _titled(
        "ratios, medians over rounds in which all take turns; bare is compared on the case of four modules",
        ("implementation", *RATIOS),
        [(item.label, *(_number(item.ratios.get(name)) for name in RATIOS)) for item in speeds],
    )
    for item in speeds:
        for remark in item.remarks:
            yield Text(f"{item.label}: {remark}")
            yield ""


def _work(runs: dict[str, Work]) -> Iterator[RenderableType]:
    yield from _titled(
        "whole runs of the engine over generated cases: the CPU is the runner's or the subjects', idle what both leave",
        ("implementation", "observations", "a minute", "runner's CPU", "runner ms each", "subject ms each", "idle"),
        [(label, *_run(work)) for label, work in runs.items()],
    )
    yield from _titled(
        "where the runner's time goes in these runs; while it waits nothing else could be done",
        ("implementation", *STAGES),
        [(label, *(f"{_part(work, stage):.0%}" for stage in STAGES)) for label, work in runs.items()],
    )


def _run(work: Work) -> tuple[str, ...]:
    return (
        f"{work.observations:,}",
        f"{work.rate:,.0f}",
        f"{work.share:.0%}",
        f"{1000 * work.runner / work.observations:.2f}",
        f"{1000 * work.subjects / work.observations:.2f}",
        f"{work.idle:.0%}",
    )


def _stored(stored: Stored) -> Iterator[RenderableType]:
    rows = [(stored.one, f"{stored.alone:.1f}")]
    if stored.together is not None:
        rows.append((f"all {stored.implementations} side by side", f"{stored.together:.1f}"))
    title = f"{stored.cases:,} stored cases by `run --cases`, from the start of the command to its end"
    yield from _titled(title, ("implementations", "seconds"), rows)


def _lasting(lasting: Lasting) -> Iterator[RenderableType]:
    figures = (lasting.early, lasting.late, lasting.written)
    yield from _titled(
        f"a long run of {lasting.cases:,} generated cases and the vectors by `run --out`: the most memory that the "
        "runner had in the second and in the last quarter, and the run file",
        ("implementation", "seconds", "MB early", "MB late", "late/early", "run file MB"),
        [
            (
                lasting.label,
                f"{lasting.seconds:,.0f}",
                *(f"{figure / _MILLION:,.0f}" for figure in figures[:2]),
                f"{lasting.growth:.2f}",
                f"{figures[2] / _MILLION:,.1f}",
            )
        ],
    )


def _number(figure: float | None) -> str:
    """A figure, to two places where it is small."""
    match figure:
        case None:
            return "·"
        case large if large >= _LARGE:
            return f"{large:,.0f}"
        case small:
            return f"{small:.2f}"


def _part(work: Work, stage: str) -> float:
    return work.stages.get(stage, 0.0) / max(sum(work.stages.values()), 1e-9)
