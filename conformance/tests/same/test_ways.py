"""What is observed does not depend on the way of asking: forked, fresh, in a replay, by a reproducer."""

import contextlib
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.catalogue import vectors
from conformance.engine import Ground, Way, replies, standing
from generators import generate
from harness.diff import Divergence
from harness.model.case import Case, Embedded, Launch, Module, Script, case_id
from harness.model.source import Alias, Assign, FromImport, Import, Items, Source
from harness.model.tree import Root, SourceFile, Tree
from harness.model.values import Value
from harness.run import Mode, Workspace, find
from harness.run.tests.fakes import ENVIRONMENT
from harness.tests.hosts import PYTHON
from reports.reproducer import reproducer

_LAUNCHES: Final[tuple[Launch, ...]] = (Embedded(), Script("r0/main.py"), Module("main", "r0/main.py"))
_PLACES: Final = ("", ".", "r0", "r0/d", "d", "r1", "./r1/d", "../r1/d", "nowhere")

Facts = dict[str, Value]


class Ways:
    """Every way to ask one interpreter."""

    def __init__(self, directory: Path, grounds: Mapping[Mode, Ground]) -> None:
        self._directory = directory
        self._grounds = grounds

    def facts(self, case: Case, mode: Mode) -> Facts:
        """What a replay of the case observes."""
        (reply,) = replies(case, self._grounds[mode])
        return reply.answer.observation.facts

    def reproduced(self, case: Case, facts: Facts) -> str:
        """What a reproducer says that expects these facts, where it does not say that each is as expected."""
        path = self._directory / "repro.py"
        divergences = [Divergence(fact, (), (value,), None, "") for fact, value in facts.items()]
        path.write_text(reproducer(case, divergences, {}, (3, 12)), "utf-8")
        ended = subprocess.run([PYTHON, str(path)], capture_output=True, text=True, check=False)
        return "" if ended.returncode == 0 else ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ways]:
    """The interpreter at hand, to be asked in every way."""
    with Workspace() as workspace, contextlib.ExitStack() as stack:
        found = find([PYTHON], workspace, environment=ENVIRONMENT).implementations

        def ground(mode: Mode) -> Ground:
            return stack.enter_context(
                standing(found, workspace, ENVIRONMENT, way=Way(mode=mode), clock=time.monotonic)
            )

        yield Ways(tmp_path_factory.mktemp("repro"), {mode: ground(mode) for mode in Mode})


@st.composite
def relative(draw: st.DrawFn) -> Case:
    """A package whose path has relative entries, with a submodule in some of the places they can mean."""
    places = draw(st.lists(st.sampled_from(["", "d/", "r0/", "r0/d/", "r1/"]), unique=True, max_size=4))
    modules = [SourceFile(f"{place}sub.py", Source((Assign("x", place),))) for place in places]
    entries = draw(st.lists(st.sampled_from(_PLACES), min_size=1, max_size=3))
    package = SourceFile("pkg/__init__.py", Source((Assign("__path__", Items(tuple(entries))),)))
    program = Source((FromImport("pkg.sub", (Alias("x"),)), Import((Alias("pkg"),))))
    other = SourceFile("d/sub.py", Source((Assign("x", "other"),)))
    return Case(Tree((Root((package, *modules)), Root((other,)))), program, draw(st.sampled_from(_LAUNCHES)))


def _some() -> list[Case]:
    stored = [vector.case for vector in vectors().values()]
    return [*stored[::29], *generate(seed=7, examples=12)]


@pytest.mark.parametrize("case", [pytest.param(case, id=case_id(case)) for case in _some()])
def test_every_way(case: Case, ways: Ways) -> None:
    """Whatever the case: each way makes the same facts."""
    forked, fresh = (ways.facts(case, mode) for mode in Mode)
    assert forked == fresh
    assert ways.reproduced(case, forked) == ""


@given(case=relative())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_relative_entries(case: Case, ways: Ways) -> None:
    """Also where entries of a path are relative: every way has one working directory."""
    forked, fresh = (ways.facts(case, mode) for mode in Mode)
    assert forked == fresh
    assert ways.reproduced(case, forked) == ""
