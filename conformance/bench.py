"""How fast cases are judged, and where the time goes: ``python -m conformance.bench INTERPRETER…``.

For each interpreter, one after the other in one run: embedded cases a second by the fork server and by a fresh process
each, with one subject; then a whole run of the engine, with the share of each stage of the work. Stages overlap with
the work of the subjects: what is left for waiting is the time in which nothing else could be done.
"""

import io
import os
import time
from collections.abc import Mapping, Sequence
from typing import Final

import click
import msgspec
from rich.console import RenderableType
from rich.text import Text

from conformance.cli.interpreters import found, workspace
from conformance.cli.options import as_json
from conformance.cli.output import say
from conformance.engine import Engine, Plan, Shrinker, Way, implementations, standing
from generators import generate, reduce_case
from harness.model.case import Embedded
from harness.model.codec import encode
from harness.run import Implementation, Mode, Placed, Workspace, connect
from harness.run import environment as built
from reports import RunWriter
from reports.listing import plain_table

STAGES: Final = ("generation", "writing trees", "waiting for subjects", "oracle", "comparison", "records")
SLOWER: Final = 5
"""A fresh process is asked so many times fewer cases than the fork server."""


class Measured(msgspec.Struct, frozen=True):
    """Cases a second by fork server (0 where there is none), by fresh process, and of the engine; seconds by stage."""

    label: str
    forked: float
    fresh: float
    engine: float
    stages: dict[str, float]


@click.command()
@click.argument("interpreters", nargs=-1, required=True, metavar="INTERPRETER...")
@click.option("--examples", default=400, show_default=True, type=click.IntRange(10), help="Cases to generate.")
@click.option("--seed", default=0, show_default=True, help="What they are made from.")
@click.option("-j", "jobs", default=1, show_default=True, type=click.IntRange(1), help="Subjects of the engine.")
@as_json
def main(interpreters: tuple[str, ...], *, examples: int, seed: int, jobs: int, as_json: bool) -> None:
    """Measure each INTERPRETER."""
    environment = built(os.environ)
    with workspace() as place:
        given = found(interpreters, place, environment).implementations
        labels = [item.label for item in implementations([item.identity for item in given])]
        measured = [
            measure(label, item, place, environment, examples=examples, seed=seed, jobs=jobs)
            for label, item in zip(labels, given, strict=True)
        ]
    if as_json:
        click.echo(encode(measured))
    else:
        say(*_view(measured))


def measure(
    label: str,
    item: Implementation,
    place: Workspace,
    environment: Mapping[str, str],
    *,
    examples: int,
    seed: int,
    jobs: int,
) -> Measured:
    """All figures of one implementation."""
    cases = [case for case in generate(seed=seed, examples=examples) if isinstance(case.launch, Embedded)]
    placed = [place.place(case) for case in cases]
    forks = {"fork", "marshal"} <= set(item.identity.capabilities)
    forked = _speed(item, place, environment, placed, Mode.AUTO) if forks else 0.0
    fresh = _speed(item, place, environment, placed[: max(1, len(placed) // SLOWER)], Mode.FRESH)
    place.discard(placed)
    plan = Plan((), lambda: generate(seed=seed, examples=examples), examples)
    speed, stages = _engine(item, place, environment, plan, jobs)
    return Measured(label, forked, fresh, speed, stages)


def _speed(
    item: Implementation, place: Workspace, environment: Mapping[str, str], placed: Sequence[Placed], mode: Mode
) -> float:
    """Cases a second of one subject, after a first one that warms it."""
    subject = connect(item, place, environment=environment, mode=mode)
    try:
        subject.observe(placed[:1])
        began = time.perf_counter()
        subject.observe(placed)
        return len(placed) / (time.perf_counter() - began)
    finally:
        subject.close()


def _engine(
    item: Implementation, place: Workspace, environment: Mapping[str, str], plan: Plan, jobs: int
) -> tuple[float, dict[str, float]]:
    """Cases a second of a whole run, and seconds by stage."""
    with standing([item], place, environment, way=Way(jobs), clock=time.perf_counter) as ground:
        engine = Engine(ground, plan)
        writer = RunWriter(io.BytesIO())
        for line in engine.lines(Shrinker(ground.crews, ground.predictions, place, reduce_case)):
            with ground.timing.stage("records"):
                writer.write(line)
        return plan.total / ground.timing.elapsed, dict(ground.timing.stages)


def _view(measured: Sequence[Measured]) -> list[RenderableType]:
    rows = []
    for item in measured:
        forked = (f"{item.forked:.0f}", f"{item.forked / item.fresh:.1f}") if item.forked else ("·", "·")
        rows.append((item.label, forked[0], f"{item.fresh:.0f}", forked[1], f"{item.engine:.0f}"))
    shares = [(item.label, *(f"{_share(item, stage):.0%}" for stage in STAGES)) for item in measured]
    return [
        Text("cases a second"),
        plain_table(("implementation", "fork server", "fresh process", "ratio", "whole run"), rows),
        "",
        Text("where the time of a whole run goes"),
        plain_table(("implementation", *STAGES), shares),
    ]


def _share(item: Measured, stage: str) -> float:
    return item.stages.get(stage, 0.0) / sum(item.stages.values())


if __name__ == "__main__":
    main()
