"""How a sample is counted, and how it is shown."""

from collections.abc import Sequence

import pytest

from conformance.sensitivity.classes import Classes, Said
from conformance.sensitivity.faults import Fault
from conformance.sensitivity.figures import Report, complaints, entries, report
from conformance.sensitivity.judging import Trial
from conformance.sensitivity.tables import WIDTH, view
from conformance.sensitivity.tests.samples import KILLED, SURVIVED, UNFIT, fault
from conformance.sensitivity.trials import Tried
from harness.model.observation import Identity

SAID = Classes(
    (Said("nobody calls it", kind="dead code", where="*:dead"),),
    (Said("a tree holds none", machinery="zip archives", where="zipimport:*"),),
)
SAMPLE: list[tuple[Fault, Trial]] = [
    (fault("a", 1), KILLED),
    (fault("b", 2), SURVIVED),
    (fault("dead", 3), SURVIVED),
    (fault("d", 4), UNFIT),
    (fault("a", 5, module="zipimport"), SURVIVED),
    (fault("b", 6, module="zipimport"), KILLED),
    (fault("b", 7, module="zipimport"), SURVIVED),
]


IDENTITY = Identity("cpython", "3.12.1", (3, 12), ("python",))


def reported(sample: Sequence[tuple[Fault, Trial]] = SAMPLE, own: dict[str, bool] | None = None) -> Report:
    """The report of a sample."""
    found = entries([Tried(item, trial) for item, trial in sample], SAID, own)
    return report(IDENTITY, 1, [item for item, _ in sample], found, SAID)


def test_counts_add_up() -> None:
    """A fault is unfit, invisible, killed or survived; of the survivors some wait, and the share leaves those out."""
    total = reported().total
    assert (7, 1, 1, 2, 3, 1, 4) == (
        total.drawn,
        total.unfit,
        total.invisible,
        total.killed,
        total.survived,
        total.waiting,
        total.expressible,
    )
    assert 0.5 == total.share


def test_modules_add_up() -> None:
    """The figures of the modules are those of the whole."""
    found = reported()
    assert ["runpy", "zipimport"] == list(found.modules)
    assert found.total.killed == sum(item.killed for item in found.modules.values())


def test_the_unchanged_one_is_not_counted() -> None:
    """What has no fault is no part of a sample."""
    assert () == entries([Tried(None, SURVIVED)], SAID)


def test_median() -> None:
    """The median is of the seconds to a kill."""
    assert 1.5 == reported().median
    assert reported(SAMPLE[1:3]).median is None


def test_own_tests_are_counted_beside() -> None:
    """Own tests are counted over the faults that are judged, and unknown where they were not run."""
    own = {item.id: True for item, _ in SAMPLE}
    assert (5, None) == (reported(own=own).total.own, reported().total.own)


@pytest.mark.parametrize(
    ("sample", "floor", "telling"),
    [
        pytest.param([SAMPLE[0]], 90, [], id="nothing"),
        pytest.param([(fault("dead", 3), KILLED)], None, ["called invisible, and seen", "100%"], id="mistaken"),
        pytest.param([SAMPLE[0], SAMPLE[1]], 90, ["50.0% is killed, expected at least 90 %"], id="floor"),
        pytest.param([SAMPLE[3]], 10, ["nothing is killed"], id="nothing judged"),
    ],
)
def test_complaints(sample: Sequence[tuple[Fault, Trial]], floor: float | None, telling: Sequence[str]) -> None:
    """Wrong or too many classes, and too few kills, are complained of, and nothing else."""
    found = complaints(reported(sample), floor)
    assert len(telling) == len(found)
    assert all(words in text for words, text in zip(telling, found, strict=True))


@pytest.mark.parametrize(
    ("least", "telling"), [(1, []), (2, ["1 fault killed, expected at least 2"]), (None, [])], ids=str
)
def test_kills_are_counted_too(least: int | None, telling: list[str]) -> None:
    """Fewer kills are complained of though all that can be shown is killed: of what is seen no more, faults wait."""
    assert telling == complaints(reported([SAMPLE[0]]), 90, least)


@pytest.mark.parametrize(("version", "stale"), [("3.12.1", ("gone",)), ("3.12.2", ())])
def test_stale_entries_are_told_of_the_version_they_are_for(version: str, stale: tuple[str, ...]) -> None:
    """Where a line of the version that was classed is gone the entry is stale; another version has other lines."""
    said = Classes((Said("x", kind="dead code", fault="gone", before="a is b", after="a is not b"),), version=version)
    assert stale == report(IDENTITY, 1, [fault()], (), said).stale


def test_view_is_narrow() -> None:
    """No line has more than eighty characters, however long a text is."""
    long = fault("f" * 90, 9, before=" and ".join(["something is nothing"] * 20))
    lines = list(view(reported([*SAMPLE, (long, SURVIVED)], {long.id: True})))
    assert max(map(len, lines)) <= WIDTH


def test_view_lists_survivors_by_what_they_wait_for() -> None:
    """Survivors that today's cases can show come first, then those that wait, each with its change."""
    lines = list(view(reported()))
    first = lines.index("survived, though today's cases can show it: 2")
    waiting = lines.index("survived, waiting for zip archives: 1")
    assert first < waiting
    assert ["  runpy:b:2:swapped-comparison:1", "    - a is b", "    + a is not b"] == lines[first + 1 : first + 4]
    assert ["  zipimport:a:5:swapped-comparison:1"] == lines[waiting + 1 : waiting + 2]
