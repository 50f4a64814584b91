"""The benchmark measures, shows and checks; how fast anything is no test says."""

import functools
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from conformance.bench import command, main
from conformance.bench.bare import KINDS, Bare
from conformance.bench.competitors import (
    BARE,
    BARE_WARM,
    CONTAINED,
    CONTAINED_FRESH,
    FORKED,
    FOUR_FORKED,
    FOUR_FRESH,
    FRESH,
    RATIOS,
    Bench,
)
from conformance.bench.figures import STAGES, Lasting, Report, Speeds, Stored, Work
from conformance.bench.memory import lasting, parts
from conformance.bench.racing import Competitor, race, ratio
from conformance.bench.tables import view
from conformance.bench.targets import LONG, STORED, checked
from conformance.stored import read_stored
from harness.model.codec import decode
from harness.model.observation import Identity
from harness.run import AdapterError, Implementation, Workspace, find
from harness.run import environment as built
from harness.tests.hosts import PYTHON

QUICK = (PYTHON, "--rounds", "1", "--seconds", "0.001")


def bench(*options: str) -> Result:
    """What the benchmark does with the interpreter that runs the tests, in next to no time."""
    return CliRunner().invoke(main, [*QUICK, *options])


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All figures, their text, and the stored cases; here the long run is a part of one."""
    kept = tmp_path_factory.mktemp("kept") / "cases.jsonl"
    options = ("--examples", "10", "--stored", "5", "--warmth", "--long", "5", "--keep", str(kept), "--json")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "lasting", functools.partial(lasting, shard="1/60"))
        result = bench(*options)
    return {**json.loads(result.stdout), "text": result.stdout.encode(), "kept": read_stored([kept])}


def test_speeds(told: dict[str, Any]) -> None:
    """Every competitor has a rate, and every ratio is there."""
    (speeds,) = told["speeds"]
    names = {FORKED, FRESH, FOUR_FORKED, FOUR_FRESH, BARE, BARE_WARM, CONTAINED, CONTAINED_FRESH}
    assert (set(speeds["rates"]), set(speeds["ratios"])) == (names, set(RATIOS))
    assert all(figure > 0 for figure in (*speeds["rates"].values(), *speeds["ratios"].values()))


def test_warmth(told: dict[str, Any]) -> None:
    """Every way to warm the bare loop is measured."""
    (found,) = told["warmth"].values()
    assert set(found) == set(KINDS)


def test_missing_bytecode(tmp_path: Path) -> None:
    """An interpreter whose standard library lacks bytecode is told of."""
    environment = built(os.environ)
    elsewhere = {**environment, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    with Workspace() as place:
        (item,) = find([PYTHON], place, environment=environment).implementations
        (told,) = Bench(place, elsewhere, rounds=1, seconds=0.001).remarks(item)
    assert "lacks bytecode" in told


def test_work(told: dict[str, Any]) -> None:
    """A run is measured by clock, CPU time and stage, and every stage is one that is shown."""
    work = told["matrix"]
    assert (work["observations"], set(work["stages"])) == (10, set(STAGES))
    assert min(work["seconds"], work["runner"], work["subjects"]) > 0


def test_stored(told: dict[str, Any]) -> None:
    """The stored cases are judged from a file, which is kept where that is wanted."""
    assert (told["stored"]["cases"], told["stored"]["alone"] > 0, len(told["kept"])) == (5, True, 5)


def test_tables(told: dict[str, Any]) -> None:
    """People get a table of each kind, each with a line that explains it."""
    console = Console(file=io.StringIO(), width=200)
    with console.capture() as captured:
        console.print(*view(decode(told["text"], Report)), sep="\n")
    shown = captured.get()
    titles = (
        "executions a second", "ratios", "milliseconds", "whole runs", "where the runner's time goes",
        "5 stored", "a long run of 5",
    )  # fmt: skip
    assert [title for title in titles if f"\n{title}" not in f"\n{shown}"] == []


def test_rounds() -> None:
    """Competitors take turns, each with as many executions as a round takes, whoever begins."""
    turns: list[str] = []

    def competitor(name: str, seconds: float) -> Competitor:
        def run(count: int) -> float:
            turns.append(f"{name}{count}")
            return count * seconds

        return run

    found = race({"a": competitor("a", 0.01), "b": competitor("b", 0.02)}, rounds=2, seconds=0.2)
    assert (turns[4:], ratio(found["a"], found["b"])) == (["a20", "b10", "b10", "a20"], 2.0)


SLOW = Speeds(
    "x 1", "cpython", {}, {"fork/fresh": 4.0, "fork/fresh, 4 modules": 6.0, "fork/bare": 0.7, "contained/fork": 0.6}
)
LEAKING = Lasting("x 1", LONG, 400.0, 100, 112, 5)
WORK = Work(1000, 60.0, 40.0, 60.0, 2, {})
MISSED = Report((SLOW,), WORK, {}, Stored(STORED, "x 1", 11.0, 2, 119.0), lasting=LEAKING)


def test_targets() -> None:
    """A figure that misses its target is named with it; the others are met."""
    assert [str(item) for item in checked(MISSED) if not item.met] == [
        "x 1, fork/fresh: 4.00, expected at least 5",
        "x 1, fork/bare: 0.70, expected at least 0.8",
        "x 1, contained/fork: 0.60, expected at least 0.7",
        "matrix, observations a minute: 1,000.00, expected at least 15,000",
        "matrix, the runner's share of the CPU time: 0.40, expected at most 0.3",
        "2,000 stored cases, seconds on x 1: 11.00, expected at most 10",
        "100,000 cases on x 1, memory late/early: 1.12, expected at most 1.1",
    ]


def test_memory_of_a_short_run() -> None:
    """What a short run needs says nothing of a long one."""
    assert [] == [*checked(Report((), lasting=Lasting("x 1", LONG - 1, 4.0, 100, 200, 5)))]


@pytest.mark.parametrize(
    ("samples", "found"),
    [
        pytest.param([9, 9, 3, 4, 5, 6, 1, 2], (4, 2), id="start and middle do not count"),
        pytest.param([1, 2, 3, 4, 5, 6, 7, 8, 9], (4, 9), id="the rest counts as late"),
        pytest.param([7], (7, 7), id="one look"),
    ],
)
def test_early_and_late(samples: list[int], found: tuple[int, int]) -> None:
    """The second quarter is compared with the last."""
    assert found == parts(samples)


def test_one_alone_is_no_matrix() -> None:
    """What a matrix must reach is not demanded of one implementation."""
    assert [str(item) for item in checked(Report((), WORK, {"x 1": WORK}))] == []


def test_pypy_must_do_better() -> None:
    """What is enough for CPython is not for PyPy; of others nothing is demanded but to keep up with the bare loop."""
    names = [[item.target for item in checked(Report((Speeds("x", name, {}, {"fork/fresh": 6.0}),)))] for name in (
        "cpython", "pypy", "rustpython")]  # fmt: skip
    assert names == [[5.0], [8.0], []]


def test_idle() -> None:
    """What is idle is what neither runner nor subjects used of all processors."""
    assert (WORK.share, round(WORK.idle, 3), WORK.rate) == (0.4, 0.167, 1000.0)


def test_check(tmp_path: Path) -> None:
    """With --check the exit code tells of missed targets, and standard error names each; tables are shown as ever."""
    result = bench("--examples", "2", "--stored", "0", "--check", "--keep", str(tmp_path / "none"))
    assert (result.exit_code == 1) == ("missed: " in result.stderr)
    assert ["executions a second", "ratios"] == [
        item for item in ("executions a second", "ratios") if item in result.stdout
    ]


def test_bare_loop_that_hangs(tmp_path: Path) -> None:
    """A bare loop that does not answer is given up, and ended."""
    identity = Identity("mute", "1", (3, 12), ("sh", "-c", "exec sleep 60"))
    loop = Bare(Implementation(identity, 0.0), tmp_path / "bare", {"PATH": os.defpath}, seconds=0.1)
    with pytest.raises(AdapterError, match=r"does not answer in 0\.1 seconds"):
        loop(1)
    loop.close()
