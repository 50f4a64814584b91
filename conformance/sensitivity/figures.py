"""What a sample of faulty interpreters comes to."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

import msgspec

from conformance.sensitivity.classes import MOST, Classes
from conformance.sensitivity.faults import Fault
from conformance.sensitivity.judging import Outcome, Trial
from conformance.sensitivity.trials import Tried
from harness.model.observation import Identity
from reports.wording import plural


class Entry(msgspec.Struct, frozen=True):
    """A fault with all that is known of it.

    ``invisible`` is the kind of reason why no document lets anybody see it, ``waits`` the machinery that cases would
    need; both are empty of a fault that today's cases can show. ``own``: whether the implementation's own tests, which
    pass without the fault, fail with it, if they were run.
    """

    fault: Fault
    trial: Trial
    invisible: str = ""
    waits: str = ""
    own: bool | None = None

    @property
    def judged(self) -> bool:
        """Whether the interpreter was asked, and the fault counts."""
        return self.trial.outcome is not Outcome.UNFIT and not self.invisible

    @property
    def killed(self) -> bool:
        """Whether the interpreter was seen to depart."""
        return self.trial.outcome is Outcome.KILLED

    @property
    def expressible(self) -> bool:
        """Whether today's cases can show the fault: one that was seen can be seen."""
        return self.judged and (self.killed or not self.waits)


class Figures(msgspec.Struct, frozen=True):
    """Counts of a module, or of the whole sample; ``own`` counts the judged faults that the own tests fail with."""

    drawn: int
    unfit: int
    invisible: int
    killed: int
    survived: int
    expressible: int
    own: int | None = None

    @property
    def waiting(self) -> int:
        """Of those that survived, how many today's cases cannot show."""
        return self.killed + self.survived - self.expressible

    @property
    def share(self) -> float | None:
        """Of the faults that today's cases can show, the part that is killed; None if there are none."""
        return self.killed / self.expressible if self.expressible else None


class Report(msgspec.Struct, frozen=True):
    """A sample of one interpreter that was judged.

    ``median`` has the seconds to a kill; ``mistaken`` the faults that were called invisible and were seen; ``stale``
    the ids that the file of classes has and the interpreter does not.
    """

    label: str
    seed: int
    places: int
    total: Figures
    modules: Mapping[str, Figures]
    median: float | None
    entries: tuple[Entry, ...]
    mistaken: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()

    @property
    def classed(self) -> float:
        """The part of the sample that is called invisible."""
        return self.total.invisible / self.total.drawn if self.total.drawn else 0.0


def entries(tried: Iterable[Tried], classes: Classes, own: Mapping[str, bool] | None = None) -> tuple[Entry, ...]:
    """The faults of a sample with what was said of them by hand; ``own`` tells by their ids who fails own tests."""
    faulty = [(item.fault, item.trial) for item in tried if item.fault is not None]
    reached = {(fault.module, fault.function) for fault, trial in faulty if trial.outcome is Outcome.KILLED}
    found = []
    for fault, trial in faulty:
        said = classes.invisibility(fault)
        waits = "" if said else classes.machinery(fault, reached)
        found.append(Entry(fault, trial, said, waits, (own or {}).get(fault.id)))
    return tuple(found)


def figures(given: Sequence[Entry]) -> Figures:
    """The counts of these faults."""
    judged = [entry for entry in given if entry.judged]
    owned = [entry.own for entry in judged if entry.own is not None]
    return Figures(
        len(given),
        sum(entry.trial.outcome is Outcome.UNFIT for entry in given),
        sum(bool(entry.invisible) and entry.trial.outcome is not Outcome.UNFIT for entry in given),
        sum(entry.killed for entry in judged),
        sum(not entry.killed for entry in judged),
        sum(entry.expressible for entry in given),
        sum(owned) if owned else None,
    )


def report(identity: Identity, seed: int, faults: Sequence[Fault], given: Sequence[Entry], classes: Classes) -> Report:
    """All figures of a sample; ``faults`` are all those there are.

    Of another version than the classes were made for no entry is stale: its lines are elsewhere.
    """
    modules = dict.fromkeys(sorted(entry.fault.module for entry in given))
    seconds = [entry.trial.seconds for entry in given if entry.killed]
    return Report(
        identity.label,
        seed,
        len(faults),
        figures(given),
        {name: figures([entry for entry in given if entry.fault.module == name]) for name in modules},
        round(median(seconds), 2) if seconds else None,
        tuple(given),
        tuple(entry.fault.id for entry in given if entry.killed and entry.invisible),
        tuple(classes.stale(faults)) if classes.version == identity.version else (),
    )


def complaints(given: Report, floor: float | None, least: int | None = None) -> list[str]:
    """Why a measure is not good enough: its classes are wrong or too many, or less is killed than ``floor`` says.

    The ``least`` number holds too where a share does not: of a function in which nothing is seen any more, faults wait.
    """
    found = [f"{name}: called invisible, and seen" for name in given.mistaken]
    found += [f"{name}: classed, and not there, or its text is another" for name in given.stale]
    if given.classed > MOST:
        found.append(f"{given.classed:.0%} of the sample are called invisible, expected at most {MOST:.0%}")
    share = given.total.share
    if floor is not None and (share is None or 100 * share < floor):
        reached = "nothing" if share is None else f"{share:.1%}"
        found.append(f"of what can be expressed {reached} is killed, expected at least {floor:g} %")
    if least is not None and given.total.killed < least:
        found.append(f"{plural(given.total.killed, 'fault')} killed, expected at least {least:,}")
    return found
