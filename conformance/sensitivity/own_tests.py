"""What the tests that come with an implementation say of a faulty one: the measure that ours is held against."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from conformance.engine import Clock
from conformance.sensitivity.faults import Fault
from conformance.sensitivity.trials import Plant, in_turn, standing
from harness.run import AdapterError, Limits, Workspace
from harness.run.processes import Task, execute
from harness.run.together import together

MODULES: Final = ("test_import", "test_importlib", "test_pkgutil", "test_runpy", "test_site", "test_zipimport")
"""The modules of tests about importing, each run in a process of its own."""

SECONDS: Final = 120.0
"""How long one module may take."""

ROUNDS: Final = 2
"""So often they are run without a fault: what fails then, even once, says nothing."""

_END: Final = "end"
_DRIVER: Final = """
import sys, unittest
out, known, name = sys.argv[1:]
if known:
    with open(known) as file:
        failing = set(file.read().splitlines())
class Result(unittest.TestResult):
    def tell(self, test):
        told = test.id().replace("\\n", " ")
        with open(out, "a") as file:
            file.write(told + "\\n")
        if known and told not in failing:
            self.stop()
    def addError(self, test, err):
        self.tell(test)
    def addFailure(self, test, err):
        self.tell(test)
    def addUnexpectedSuccess(self, test):
        self.tell(test)
    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.tell(subtest)
unittest.defaultTestLoader.loadTestsFromName("test." + name).run(Result())
with open(out, "a") as file:
    file.write("end\\n")
"""
"""Runs one module of tests inside the interpreter. Known failures are passed over, the first other one is the last."""


class Own(msgspec.Struct, frozen=True):
    """What own tests say of one fault: which fails first that passes without it, none if all do; after how long."""

    fault: str
    failing: str
    seconds: float

    @property
    def killed(self) -> bool:
        """Whether the fault was noticed."""
        return bool(self.failing)


class OwnTests(msgspec.Struct, frozen=True):
    """How own tests are run: ``folder`` holds a package ``test``, if the interpreter has none of its own."""

    plant: Plant
    environment: Mapping[str, str]
    folder: Path | None = None
    modules: Sequence[str] = MODULES
    seconds: float = SECONDS

    def failing(self) -> dict[str, frozenset[str]]:
        """By module the tests that fail without a fault.

        Raises:
            AdapterError: the interpreter has no tests, or they do not come to an end.
        """
        with standing(self.plant, None) as (place, command):
            return {name: self._failing(place, command, name) for name in self.modules}

    def asked(self, fault: Fault, known: Mapping[str, frozenset[str]], clock: Clock = time.monotonic) -> Own:
        """What they say of an interpreter with that fault, where ``known`` ones fail without it."""
        began = clock()
        with standing(self.plant, fault) as (place, command):
            found = (self._first(place, command, name, known[name]) for name in self.modules)
            failing = next(filter(None, found), "")
        return Own(fault.id, failing, round(clock() - began, 3))

    def _failing(self, place: Workspace, command: tuple[str, ...], name: str) -> frozenset[str]:
        found: set[str] = set()
        for _ in range(ROUNDS):
            *failed, last = self._told(place, command, name, None) or [""]
            if last != _END or any(item.startswith("unittest.loader.") for item in failed):
                raise AdapterError(" ".join(command), f"its own tests ({name}) cannot be run", "name their folder")
            found.update(failed)
        return frozenset(found)

    def _first(self, place: Workspace, command: tuple[str, ...], name: str, known: frozenset[str]) -> str:
        """The first test of a module that fails and is not known to, ``""`` if there is none."""
        listed = place.fresh("known")
        listed.write_text("".join(f"{item}\n" for item in sorted(known)), "utf-8")
        told = self._told(place, command, name, listed)
        news = [item for item in told if item != _END and item not in known]
        return news[0] if news else "" if told[-1:] == [_END] else f"{name} does not come to its end"

    def _told(self, place: Workspace, command: tuple[str, ...], name: str, known: Path | None) -> list[str]:
        out, directory = place.fresh("out"), place.fresh("tests")
        directory.mkdir()
        around = {key: value for key, value in self.environment.items() if key != "PYTHONDONTWRITEBYTECODE"}
        if self.folder is not None:
            around["PYTHONPATH"] = str(self.folder)
        task = Task((*command, "-c", _DRIVER, str(out), str(known or ""), name), str(directory), around)
        execute(task, seconds=self.seconds, limits=Limits(), scratch=place.path)
        return out.read_text("utf-8", "replace").splitlines() if out.exists() else []


def own(tests: OwnTests, faults: Sequence[Fault], *, jobs: int, told: Callable[[Own], None]) -> list[Own]:
    """What own tests say of each of the faults, ``jobs`` of them at once; ``told`` hears of each at its end.

    Raises:
        AdapterError: they cannot be run.
    """
    known = tests.failing()
    tests = msgspec.structs.replace(tests, plant=in_turn(tests.plant, threading.Lock()))

    def one(fault: Fault, _stopped: Callable[[], bool]) -> Own:
        result = tests.asked(fault, known)
        told(result)
        return result

    return together(one, faults, jobs=jobs)
