"""Whoever a reproducer names was tried with it."""

import os
import time
from pathlib import Path

import msgspec

from conformance.catalogue import catalogue, vectors
from conformance.engine import standing
from conformance.reproducing import Asked, Investigated, Suspicion, investigated, runner, showing
from conformance.reproducing.investigating import MICRO, can_run
from harness.run import Implementation, Workspace, find
from harness.run import environment as built
from harness.run.launching import Runner
from harness.run.tests.fakes import fake
from harness.tests.hosts import PYTHON

NAME = "import-dotted-as-hidden-by-attribute"
"""A case on which every CPython departs."""

AS_DOCUMENTED = "import-as-overwrites-name"
"""One on which none does."""


def told(place: Path, *, others: int) -> Investigated:
    """What is told of the case, where programs end with 1 here, and so with somebody else, who departs as well."""
    environment = built(os.environ)
    other = " ".join(fake(place, "sys.implementation.name = 'other'\nhonest()\n"))

    def run(item: Implementation, text: str, runner: Runner) -> int:
        if "import a.b as" not in text or runner is Runner.HOST:
            return 0
        return others if item.identity.name == "other" else 1

    with Workspace() as workspace:
        present = find([PYTHON, other], workspace, environment=environment).implementations
        with standing(present, workspace, environment, clock=time.monotonic) as ground:
            case = vectors()[NAME].case
            found = investigated(Suspicion(case), 0, Asked(case, ground), present, catalogue(), run)
    assert found is not None
    assert found.reproducer is not None
    return found


def shown(place: Path, name: str, fact: str, *places: int) -> int | None:
    """At which place a case is seen to depart in that fact, where the second of two ends when it imports ``a``."""
    environment = built(os.environ)
    other = " ".join(
        fake(place, "on_import('a', STOP)\non_import('a.b', STOP)\nhonest()\n".replace("STOP", "lambda: os._exit(3)"))
    )
    with Workspace() as workspace:
        present = find([PYTHON, other], workspace, environment=environment).implementations
        with standing(present, workspace, environment, clock=time.monotonic) as ground:
            case = vectors()[name].case
            return showing(Suspicion(case, fact=fact), places, Asked(case, ground))


def named(found: Investigated) -> list[str]:
    """Who departs, by the head of the program."""
    text = found.reproducer.text if found.reproducer else ""
    return next(line for line in text.splitlines() if line.startswith("Departs:")).partition(":")[2].split("; ")


def test_named(tmp_path: Path) -> None:
    """Who departs is named where the program ends with 1 on him, and else said to be at odds with it."""
    alike, odd = (told(tmp_path, others=status) for status in (1, 0))
    assert [2, 1] == [len(named(alike)), len(named(odd))]
    assert [False, True] == [found.others[0].at_odds for found in (alike, odd)]


def test_who_can_run_a_program() -> None:
    """Who says that it is MicroPython has not the library that a program needs, by whatever name it goes."""
    with Workspace() as workspace:
        (item,) = find([PYTHON], workspace, environment=built(os.environ)).implementations
    micro = msgspec.structs.replace(item, told=msgspec.structs.replace(item.identity, name=MICRO))
    assert [True, False] == [can_run(item), can_run(micro)]


def test_shown_by_who_departs_so(tmp_path: Path) -> None:
    """Of those who may show a finding the one is taken who departs in that fact, or else at all."""
    assert 0 == shown(tmp_path, NAME, "binding/x", 1, 0)
    assert [1, None] == [shown(tmp_path, AS_DOCUMENTED, "binding/x", *places) for places in ((0, 1), (0,))]


APPENDED = """
import importlib._bootstrap_external as external
external._NamespacePath.append = lambda self, item: self._path.append(item + "x")
honest()
"""
"""Who appends something else to the path of a namespace package; the documents let nobody append to it."""


ANOTHER_PACKAGE = """
import runpy
real = runpy._run_module_code
runpy._run_module_code = lambda *given, **more: real(*given, **{**more, "pkg_name": "."})
honest()
"""
"""Who gives a file that run_path executes another package than every CPython does; by the documents it has none."""


def beside(place: Path, body: str, suspicion: Suspicion, *others: str) -> Investigated:
    """What is told of a fake beside others, an interpreter that departs as it is known to."""
    environment = built(os.environ)
    with Workspace() as workspace:
        present = find([" ".join(fake(place, body)), *others], workspace, environment=environment).implementations
        with standing(present, workspace, environment, clock=time.monotonic) as ground:
            asked, run = Asked(suspicion.case, ground), runner(workspace, environment, PYTHON)
            found = investigated(suspicion, 0, asked, present, catalogue(), run)
    assert found is not None
    assert found.reproducer is not None
    assert [True, *(True for _ in others)] == [found.where.departs, *(item.conforms for item in found.others)]
    return found


def test_beside_what_is_known(tmp_path: Path) -> None:
    """What departs only beside what is known is told beside that, and who does what is known alone conforms."""
    case = vectors()["namespace-path-appended-unhandled"].case
    places = ("iterable", "<tree>/r0/ns", "<tree>/r1/other")
    seen = (*places[:2], f"{places[2]}x")
    found = beside(
        tmp_path, APPENDED, Suspicion(case, fact="module/ns/__path__", seen=seen, expected=(places,)), PYTHON
    )
    assert (("namespace.path-read-only: appended",), (places,)) == (found.given, found.divergence.expected)


def test_in_another_way_than_is_known(tmp_path: Path) -> None:
    """What departs where everybody is known to, and otherwise, is told beside that: so it is told from them."""
    case = vectors()["run-path-named-in-package"].case
    found = beside(
        tmp_path, ANOTHER_PACKAGE, Suspicion(case, fact="binding/v/value/z", seen=".", expected=(None,)), PYTHON
    )
    known = "runpy.path-script-specials-none: of its name"
    assert ((known,), ("pkg",)) == (found.given, found.divergence.expected)
    assert found.reproducer is not None
    assert "\nKnown:    __package__ of a file that is executed directly" in found.reproducer.text


def test_alone(tmp_path: Path) -> None:
    """Where nobody else is asked nothing is taken as given, and what is seen is said of that build alone."""
    case = vectors()["run-path-named-in-package"].case
    found = beside(tmp_path, ANOTHER_PACKAGE, Suspicion(case, fact="binding/v/value/z", seen=".", expected=(None,)))
    assert ((), (None,)) == (found.given, found.divergence.expected)
    assert all("(this build)" in name for name in named(found))
