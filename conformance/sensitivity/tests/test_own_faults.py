"""Our own modules with one small fault each, and our tests of them: shown on a module made up for it."""

import os
from pathlib import Path
from typing import Final

import pytest

from conformance.cli.output import CommandError
from conformance.cli.sampling import Sampling
from conformance.cli.sensing_ourselves import measured_ourselves
from conformance.sensitivity.classes import CLASSES, Classes, Said, read_classes
from conformance.sensitivity.faults import Fault
from conformance.sensitivity.figures import entries, report
from conformance.sensitivity.judging import Outcome
from conformance.sensitivity.ourselves import PARTS, TOP, Group, Part, own_places
from conformance.sensitivity.own_faults import Ourselves, own_tried
from conformance.sensitivity.own_tables import FEW, own_complaints, own_report, own_view
from conformance.sensitivity.tables import WIDTH
from conformance.sensitivity.tests.samples import KILLED, SURVIVED
from conformance.sensitivity.tests.samples import fault as made_up
from conformance.sensitivity.trials import Tried
from harness.model.observation import Identity
from harness.run import HarnessError, environment

_SOURCE: Final = '''"""A module."""
TABLE = {"x": 3}
LIMIT = TABLE["x"]


def smaller(number):
    """Whether the number is smaller than the limit."""
    return number < LIMIT


def counted(number):
    """How many numbers are smaller."""
    count = 0
    while count < number:
        count += 1
    return count


def untested(number):
    """Nobody asks."""
    return number == 1
'''
_TESTS: Final = """
from fake.inner import counted, smaller

def test_smaller():
    assert (smaller(2), smaller(3)) == (True, False)

def test_counted():
    assert counted(2) == 2
"""
_CRASHING: Final = """
import os, signal

def test_no_crash():
    with open({path!r}, "a+") as seen:
        seen.write("x")
        seen.seek(0)
        if len(seen.read()) <= {most}:
            os.kill(os.getpid(), signal.SIGKILL)
"""
FAKE: Final = Part("fake.inner", Group.VERDICTS, ("fake/tests",))


def checkout(top: Path, tests: str = _TESTS) -> Ourselves:
    """A checkout with a module and tests of it."""
    (top / "fake" / "tests").mkdir(parents=True)
    (top / "fake" / "__init__.py").write_text("")
    (top / "fake" / "inner.py").write_text(_SOURCE)
    (top / "fake" / "tests" / "test_inner.py").write_text(tests)
    return Ourselves(environment(os.environ), top, (FAKE,))


def fault(ourselves: Ourselves, function: str, kind: str) -> Fault:
    """The first fault of a kind in a function."""
    there = own_places(ourselves.top, ourselves.parts)
    return next(item for item in there if (item.function, item.kind) == (function, kind))


def test_each_has_its_outcome(tmp_path: Path) -> None:
    """A fault is caught by the first test that fails; one that no test asks about survives; nothing is written."""
    ourselves = checkout(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    wanted = [fault(ourselves, "smaller", "swapped-comparison"), fault(ourselves, "untested", "lost-return")]
    unfit = fault(ourselves, "<module>", "dropped-store")
    heard: list[Tried] = []
    found = own_tried(ourselves, [*wanted, unfit], jobs=2, told=heard.append)
    assert [Outcome.KILLED, Outcome.SURVIVED, Outcome.UNFIT] == [item.trial.outcome for item in found]
    assert ["fake/tests/test_inner.py::test_smaller", "", "NameError: name 'TABLE' is not defined"] == [
        item.trial.reason for item in found
    ]
    assert (3, before) == (len(heard), sorted(tmp_path.rglob("*")))


def test_tests_without_end(tmp_path: Path) -> None:
    """Tests that do not come to an end have caught the fault, and that is said."""
    ourselves = Ourselves(environment(os.environ), checkout(tmp_path).top, (FAKE,), seconds=2.0)
    endless = [item for item in own_places(tmp_path, (FAKE,)) if item.before == "count += 1"]
    trial = ourselves.trial(FAKE, endless[0])
    assert (Outcome.KILLED, "the tests do not come to an end") == (trial.outcome, trial.reason)


@pytest.mark.parametrize(
    ("crashes", "outcome"), [pytest.param(1, Outcome.SURVIVED, id="once"), pytest.param(9, Outcome.KILLED, id="always")]
)
def test_tests_that_a_signal_ends(tmp_path: Path, crashes: int, outcome: Outcome) -> None:
    """A signal that ends the tests once says nothing: they are run again."""
    ourselves = checkout(tmp_path, _CRASHING.format(path=str(tmp_path / "seen"), most=crashes))
    assert outcome is ourselves.trial(FAKE, fault(ourselves, "smaller", "swapped-comparison")).outcome


@pytest.mark.parametrize(
    ("tests", "words"),
    [
        pytest.param("def test_wrong():\n    assert False\n", "its tests fail without a fault", id="failing"),
        pytest.param("", "its tests cannot be run", id="none"),
    ],
)
def test_unsound_tests(tmp_path: Path, tests: str, words: str) -> None:
    """Tests that fail without a fault, or are not there, say nothing of one that has one."""
    ourselves = checkout(tmp_path, tests)
    with pytest.raises(HarnessError, match=rf"^fake\.inner: {words}"):
        own_tried(ourselves, [fault(ourselves, "smaller", "swapped-comparison")])


class TestMeasured:
    """The command counts, and shows who survived."""

    SAID = Classes((Said("nobody asks", kind="dead code", where="fake.inner:untested", before="number == 1"),))

    def test_report(self, tmp_path: Path) -> None:
        """What is said to be invisible is not counted; survivors are shown with what was changed."""
        ourselves = checkout(tmp_path)
        names = [item.id for item in own_places(tmp_path, (FAKE,)) if item.function in {"smaller", "untested"}]
        measured = measured_ourselves(ourselves, Sampling(9, 1, faults=tuple(names)), self.SAID)
        total = measured.total
        assert (len(names), 1, 0) == (total.drawn, total.invisible, total.unfit)
        own = own_report(measured, ourselves.parts, 3, ["some.clause: absent"])
        assert {"verdicts": total} == own.groups
        lines = list(own_view(own))
        assert [] == [line for line in lines if len(line) > WIDTH]
        assert ["  fake.inner" in text for text in lines].count(True) >= 1
        assert "3 departures of the oracle's rules, 2 noticed by a vector" in lines
        assert "  some.clause: absent" in lines
        survivors = [entry.fault for entry in measured.entries if entry.judged and not entry.killed]
        assert {"untested"} == {item.function for item in survivors}
        assert {item.id for item in survivors} <= {line.strip() for line in lines}

    @pytest.mark.parametrize(
        ("survivors", "floor", "complaints"),
        [
            pytest.param(1, 90, [], id="enough"),
            pytest.param(2, 90, ["of the faults in verdicts 80.0% are caught, expected at least 90 %"], id="too few"),
            pytest.param(2, None, [], id="no floor"),
            pytest.param(-1, 100, [], id="a small group"),
        ],
    )
    def test_complaints(self, survivors: int, floor: float | None, complaints: list[str]) -> None:
        """A departure that nobody notices is a complaint, and so is a group of which too little is caught."""
        lines = range(FEW if survivors >= 0 else FEW - 1)
        tried = [
            Tried(made_up(line=line, module="fake.inner"), SURVIVED if line < abs(survivors) else KILLED)
            for line in lines
        ]
        faults = report(Identity("ourselves", "", (3, 11), ()), 0, [], entries(tried, Classes()), Classes())
        own = own_report(faults, [FAKE], 3, ["some.clause: absent"])
        assert ["some.clause: absent: no vector notices that departure", *complaints] == own_complaints(own, floor)

    @pytest.mark.parametrize(
        ("asked", "words"),
        [
            pytest.param(Sampling(9, 1, modules=("none",)), "--module none", id="module"),
            pytest.param(Sampling(9, 1, faults=("none",)), "--fault none", id="fault"),
        ],
    )
    def test_nothing_to_draw(self, tmp_path: Path, asked: Sampling, words: str) -> None:
        """Modules and faults that are not there are refused."""
        with pytest.raises(CommandError, match=words):
            measured_ourselves(checkout(tmp_path), asked, Classes())

    def test_without_tests(self, tmp_path: Path) -> None:
        """A suite that was installed has no tests, which is said."""
        ourselves = Ourselves(environment(os.environ), tmp_path)
        with pytest.raises(CommandError, match="tests of the suite are not there"):
            measured_ourselves(ourselves, Sampling(9, 1), Classes())


def test_parts_are_there() -> None:
    """Every module is there with its tests, and has faults; every group has a module."""
    assert [] == [part.module for part in PARTS if not part.path().is_file()]
    assert [] == [test for part in PARTS for test in part.tests if not (TOP / test).exists()]
    assert {part.module for part in PARTS} == {item.module for item in own_places()}
    assert set(Group) == {part.group for part in PARTS}
    assert len(PARTS) == len({part.module for part in PARTS})


def test_only_functions_that_match(tmp_path: Path) -> None:
    """Of a module of which only some functions count, no other has a fault."""
    checkout(tmp_path)
    part = Part("fake.inner", Group.VERDICTS, ("fake/tests",), "s*")
    assert {"smaller"} == {item.function for item in own_places(tmp_path, (part,))}


def test_nothing_drawn() -> None:
    """A sample of nothing has no figures."""
    own = own_report(report(Identity("ourselves", "", (3, 11), ()), 0, [], [], Classes()), PARTS, 0, [])
    assert ({}, []) == (own.groups, own_complaints(own, 90))


def test_every_class_is_about_a_fault() -> None:
    """What is classed of our own modules is there: whoever moves its line mends the entry with it."""
    assert [] == read_classes(CLASSES / "ourselves.toml").stale(own_places())
