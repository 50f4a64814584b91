"""Divergences gathered by cause, from nothing but the lines of a run file."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, TypeAlias

import msgspec

from harness.diff import Verdict
from harness.model.case import Case
from harness.model.codec import decode, encode
from reports.causes import Evidence
from reports.doubting import ABSENT, ANOTHER
from reports.groups import Group
from reports.kinship import is_attribute
from reports.records import Aim, Departure, Finding, Record, Step
from reports.samples import Plainest, Shrink, aims, differing, made, plainness, smallest, telling, unshrunk
from reports.wording import UNLISTED

_CONFORMING: Final = frozenset({Verdict.CONFORMS, Verdict.ALLOWED})


class Shown(msgspec.Struct, frozen=True):
    """A cause as one case shows it.

    In what ``aim`` says smaller cases are to depart, if any are made of it: those that ask ``clause``, if there is one,
    and that none of the ``others`` explains, which are other departures that the implementation makes.
    """

    signature: str
    departure: Departure
    aim: Aim | None
    others: frozenset[str]
    clause: int | None


Text: TypeAlias = Callable[[str], str]
"""What happens with a departure, in a sentence."""


def untold(_departure: str) -> str:
    """Nothing."""
    return ""


class Sample(msgspec.Struct, frozen=True):
    """A case that shows a cause, and what was said of the implementation that does so there."""

    case: Case
    record: Record
    shown: Shown


class _Found(msgspec.Struct):
    """A cause, with the records that it explains by the positions of implementations."""

    clause: int
    departure: str
    records: dict[int, tuple[Record, ...]] = {}
    beside: dict[int, tuple[Record, ...]] = {}
    doubts: frozenset[str] = frozenset()

    @property
    def told(self) -> set[tuple[int, str]]:
        """The cases that it explains, and how each shows it."""
        return {(item.number, item.departures[0].signature) for records in self.records.values() for item in records}

    @property
    def numbers(self) -> set[int]:
        """The cases that it explains."""
        return {item.number for records in self.records.values() for item in records}

    @property
    def verdict(self) -> Verdict:
        """The documents are suspected if they are in every case."""
        said = {item.verdict for records in self.records.values() for item in records}
        return said.pop() if len(said) == 1 else Verdict.DIVERGES


class Findings:
    """The divergences of a run so far; cases are taken in by their numbers, in order.

    ``clauses`` are the ids of the run's, in order; those that are ``silent`` say what is left open.
    """

    def __init__(self, clauses: Sequence[str], silent: AbstractSet[str] = frozenset()) -> None:
        self._clauses = clauses
        self._evidence: defaultdict[int, Evidence] = defaultdict(lambda: Evidence(clauses, silent))
        self._cases: dict[int, bytes] = {}
        self._plainest = Plainest()
        self._as_documented: set[int] = set()

    def take(self, group: Group) -> None:
        """Take in what was said of one case; where the case is not told there is nothing to be found."""
        if group.case is not None:
            self._cases[group.number] = encode(group.case.case)
            if any(record.verdict in _CONFORMING for record in group.records):
                self._as_documented.add(group.number)
        for record in group.records:
            if record.departures and group.case is None:
                continue
            if self._evidence[record.implementation].take(record):
                self._plainest.take(record, self._plain(record))

    def lines(self, shrink: Shrink = unshrunk, text: Text = untold) -> Iterator[Finding]:
        """One line a cause: behaviour before attributes, what explains most first; then what expectations name."""
        causes = list(self._found())
        found = [(item, self._sample(item, causes)) for item in causes]
        found.sort(
            key=lambda pair: (
                is_attribute(pair[1].shown.departure.fact),
                -len(pair[0].numbers),
                pair[1].shown.signature,
            )
        )
        for item, sample in found:
            yield _line(item, sample, _smaller(sample, shrink), text)
        for item in self._expected():
            sample = self._sample(item)
            yield _line(item, sample, None, text)

    def smaller(self, shrink: Shrink) -> Iterator[Step]:
        """What can be shown in place of cases, whatever the causes are of the run of which these are a part."""
        for record in self._plainest:
            case = decode(self._cases[record.number], Case)
            for aim in aims(record, self._evidence[record.implementation].refuted):
                yield from telling(shrink(case, record.implementation, aim))

    def _found(self) -> Iterator[_Found]:
        """The causes of all implementations. One that is not listed is the same where a case shows it alike."""
        found: dict[tuple[int, str], list[_Found]] = {}
        for place, evidence in sorted(self._evidence.items()):
            for cause in evidence.causes():
                told = {place: cause.records}, {place: cause.beside}, frozenset(cause.doubts)
                new = _Found(cause.clause, cause.departure, *told)
                known = found.setdefault((cause.clause, cause.departure), [])
                old = next((item for item in known if cause.departure or not item.told.isdisjoint(new.told)), None)
                if old is None:
                    known.append(new)
                else:
                    old.records[place] = cause.records
                    old.beside[place] = cause.beside
                    old.doubts |= new.doubts
        for known in found.values():
            yield from known

    def _expected(self) -> Iterator[_Found]:
        """The departures that expectations name, by the first cases that show them."""
        found: dict[str, _Found] = {}
        for place, evidence in sorted(self._evidence.items()):
            for name, records in evidence.expected():
                clause = self._clauses.index(name.partition(": ")[0])
                found.setdefault(name, _Found(clause, name)).records[place] = records
        yield from sorted(found.values(), key=lambda item: (min(item.numbers), item.departure))

    def _sample(self, found: _Found, among: Sequence[_Found] = ()) -> Sample:
        """The smallest of the cases that show it, and of those first that need nothing else to be explained.

        By a departure that is not listed a case shows a clause first where a fact of that clause differs, and then
        where the clause is asked at all. One in which somebody does as is documented goes before others, then one that
        is to end well before one that is to end in another exception.
        One that says fewer kinds of things goes before one that is shorter.
        """
        records = [record for item in found.records.values() for record in item]
        record = min(
            records,
            key=lambda item: (
                not any(found.departure in names for names in item.explained),
                len(item.taken) if item.verdict is Verdict.KNOWN else 0,
                _remote(item, found),
                not self._plainest.has(item),
                len(made(item, found.departure)),
                *self._plain(item),
                item.implementation,
            ),
        )
        clause = None if found.departure else found.clause
        departure = differing(record, clause)
        together = made(record, found.departure)
        others = {item.departure for item in among if record.implementation in item.records} - {*together, ""}
        shown = Shown(
            found.departure or f"{self._clauses[found.clause]}: {UNLISTED}",
            msgspec.structs.replace(departure, raised=record.raised),
            self._aim(record, Aim(together, "" if together else departure.signature)),
            frozenset(others),
            clause if clause in record.asked else None,
        )
        return Sample(decode(self._cases[record.number], Case), record, shown)

    def _aim(self, record: Record, aim: Aim) -> Aim | None:
        """The aim, if smaller cases are made of it whatever the causes are."""
        if not self._plainest.has(record):
            return None
        return aim if aim in aims(record, self._evidence[record.implementation].refuted) else None

    def _plain(self, record: Record) -> tuple[int, ...]:
        """How plain the case of a record is."""
        documented = record.number in self._as_documented
        return plainness(record, self._cases[record.number], as_documented=documented)


def _smaller(sample: Sample, shrink: Shrink) -> Step | None:
    """What is shown in place of the sample."""
    shown = sample.shown
    if shown.aim is None:
        return None
    return smallest(shrink(sample.case, sample.record.implementation, shown.aim), shown.others, shown.clause)


def _remote(record: Record, found: _Found) -> int:
    """How far a record is from a clause that is departed from in a way that is not listed."""
    if found.departure or found.clause in differing(record, found.clause).clauses:
        return 0
    return 1 if found.clause in record.asked else 2


def _generally(name: str) -> str:
    """What happens by a departure that any clause may have."""
    clause, _, called = name.partition(": ")
    held = {ABSENT: "is not there", ANOTHER: f"is {ANOTHER}"}.get(called)
    return f"what {clause} gives {held}" if held else name


def _line(found: _Found, sample: Sample, step: Step | None, text: Text) -> Finding:
    case, departure = (sample.case, sample.shown.departure) if step is None else (step.case, step.departure)
    guesses = (found.departure, *sorted(found.doubts)) if found.doubts else ()
    as_if = [name and (text(name) or _generally(name)) for name in guesses]
    return Finding(
        sample.shown.signature,
        found.verdict,
        found.clause,
        found.departure.partition(": ")[2],
        text(found.departure) if found.departure and not as_if else "",
        departure.fact,
        departure.clauses,
        departure.expected,
        departure.seen,
        len(found.numbers),
        {str(place): len(records) for place, records in sorted(found.records.items())},
        sample.record.case,
        case,
        sample.shown.departure.expectation,
        departure.said,
        len({item.number for records in found.beside.values() for item in records}),
        departure.raised,
        tuple(dict.fromkeys(as_if)),
    )
