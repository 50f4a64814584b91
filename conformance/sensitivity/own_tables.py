"""What our own tests say of faults in our own modules, as people read it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from conformance.sensitivity.figures import Entry, Figures, Report, figures
from conformance.sensitivity.judging import Outcome
from conformance.sensitivity.ourselves import Part
from conformance.sensitivity.tables import changed, table, wrapped
from reports.wording import plural

__all__ = ["OwnReport", "own_complaints", "own_report", "own_view"]


FEW: Final = 10
"""A group of fewer visible faults is too small to be held to a share of its own."""


class OwnReport(msgspec.Struct, frozen=True):
    """The figures of our own modules, and of each group of them.

    ``departures`` counts those that the rules of the oracle know of, ``unnoticed`` names those that no vector notices.
    """

    faults: Report
    groups: Mapping[str, Figures]
    members: Mapping[str, str]
    departures: int
    unnoticed: tuple[str, ...] = ()


def own_report(faults: Report, parts: Sequence[Part], departures: int, unnoticed: Sequence[str]) -> OwnReport:
    """The report of a sample, with the figures of each group of modules in it."""
    members = {part.module: part.group.value for part in parts}
    names = dict.fromkeys(members[entry.fault.module] for entry in faults.entries)
    groups = {
        name: figures([entry for entry in faults.entries if members[entry.fault.module] == name])
        for name in sorted(names)
    }
    return OwnReport(faults, groups, members, departures, tuple(unnoticed))


def own_complaints(report: OwnReport, floor: float | None) -> list[str]:
    """Why it is not good enough: a departure that no vector notices, a group of which less is caught than ``floor``."""
    found = [f"{name}: no vector notices that departure" for name in report.unnoticed]
    for name, item in report.groups.items():
        if floor is not None and item.share is not None and item.expressible >= FEW and 100 * item.share < floor:
            found.append(f"of the faults in {name} {item.share:.1%} are caught, expected at least {floor:g} %")
    return found


def own_view(report: OwnReport) -> Iterator[str]:
    """The figures by groups and modules, who survives, and what the vectors notice."""
    faults = report.faults
    yield f"ourselves: {plural(faults.total.drawn, 'fault')} of {faults.places:,}, drawn by the seed {faults.seed}"
    yield ""
    yield from table(dict(_rows(report)))
    yield ""
    late = sum(entry.killed and entry.trial.reason.endswith("come to an end") for entry in faults.entries)
    text = f"{faults.total.killed:,} caught by our tests, {late:,} of them because the tests do not come to an end"
    yield from wrapped(f"{text}; share: of those that are neither unfit nor invisible.")
    yield from _list("survived", [entry for entry in faults.entries if entry.judged and not entry.killed])
    yield from _list(
        "unfit, no module at all", [entry for entry in faults.entries if entry.trial.outcome is Outcome.UNFIT]
    )
    yield ""
    count = report.departures - len(report.unnoticed)
    yield from wrapped(f"{plural(report.departures, 'departure')} of the oracle's rules, {count:,} noticed by a vector")
    for name in report.unnoticed:
        yield from wrapped(name, "  ", "    ")


def _rows(report: OwnReport) -> Iterator[tuple[str, Figures]]:
    for group, total in report.groups.items():
        yield group, total
        for module, item in report.faults.modules.items():
            if report.members[module] == group:
                *_, package, name = module.split(".")
                yield f"  {package}.{name}", item
    yield "all", report.faults.total


def _list(title: str, entries: Sequence[Entry]) -> Iterator[str]:
    if entries:
        yield ""
        yield f"{title}: {len(entries):,}"
        for entry in entries:
            yield from changed(entry)
