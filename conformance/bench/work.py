"""Whole runs: the engine with all its parts, by the clock and by the CPU time of the runner and of its subjects."""

import io
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from conformance.bench.figures import Stored, Work
from conformance.engine import Engine, Plan, Shrinker, Way, standing
from conformance.stored import stored_cases
from generators import generate, reduce_case
from harness.model.case import Case
from harness.run import HarnessError, Implementation, Workspace
from reports import RunWriter

TOP: Final = Path(__file__).parents[2]
"""From where ``python -m conformance`` is found."""

JUDGED: Final = (0, 1)
"""The exit codes of a run that came to its end."""


def worked(
    implementations: Sequence[Implementation],
    place: Workspace,
    environment: Mapping[str, str],
    *,
    examples: int,
    seed: int,
    jobs: int,
) -> Work:
    """The engine over generated cases, ``jobs`` subjects of each implementation; the run file goes to memory."""
    runner, subjects = _cpu(resource.RUSAGE_SELF), _cpu(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    plan = Plan((), lambda: generate(seed=seed, examples=examples), examples)
    with standing(implementations, place, environment, way=Way(jobs), clock=time.perf_counter) as ground:
        writer = RunWriter(io.BytesIO())
        shrink = Shrinker(ground, reduce_case)
        for line in Engine(ground, plan).lines(shrink, shrink.answering):
            with ground.timing.stage("records"):
                writer.write(line)
        stages = dict(ground.timing.stages)
    return Work(
        plan.total * len(implementations),
        time.perf_counter() - began,
        _cpu(resource.RUSAGE_SELF) - runner,
        _cpu(resource.RUSAGE_CHILDREN) - subjects,
        os.cpu_count() or 1,
        stages,
    )


def stored(
    labels: Sequence[str], implementations: Sequence[Implementation], cases: Sequence[Case], place: Workspace
) -> Stored:
    """The command ``run --cases`` from its start to its end, on the first implementation and on all of them."""
    path = place.fresh("cases")
    path.write_bytes(b"".join(stored_cases(cases)))
    alone = _commanded(implementations[:1], path)
    together = _commanded(implementations, path) if len(implementations) > 1 else None
    return Stored(len(cases), labels[0], alone, len(implementations), together)


def _commanded(implementations: Sequence[Implementation], path: Path) -> float:
    specs = [" ".join(item.identity.command) for item in implementations]
    command = [sys.executable, "-m", "conformance", "run", *specs, "--cases", str(path), "--json"]
    began = time.perf_counter()
    ended = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    if ended.returncode not in JUDGED:
        message = f"run --cases ended with {ended.returncode}: {ended.stderr[-500:]}"
        raise HarnessError(message)
    return time.perf_counter() - began


def _cpu(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime
