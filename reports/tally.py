"""What a run says of each implementation, counted once and here."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from harness.diff import Verdict
from harness.model.case import words
from reports.records import (
    UNEXECUTED,
    Difference,
    ExpectationRecord,
    Finding,
    Footer,
    Header,
    Line,
    Policy,
    Record,
    UnexpectedPass,
)
from reports.wording import Linked, plural, unlinked

_DEPARTING: Final = frozenset({Verdict.DIVERGES, Verdict.DOCS_SUSPECT})


class Relative(msgspec.Struct, frozen=True):
    """A finding, by its number, and the functions that it shares with something else, if any."""

    number: int
    functions: tuple[str, ...]

    @property
    def told(self) -> str:
        """What that may mean."""
        calls = f"most cases depart that call {', '.join(self.functions)}"
        why = (
            calls
            if self.functions
            else "after one of the answers the documents leave all open, and so it fits anything"
        )
        return f"perhaps by the fault of finding {self.number}: {why}"


class Tally(msgspec.Struct):
    """The counts of one implementation.

    ``clauses`` are the positions of those its facts were decided by, ``differences`` the facts on which implementations
    differ where the documents are silent, ``silences`` the cases by the clause that says about what, ``reasons`` those
    not judged, ``excess`` those of which the documents leave more worlds than were looked at, ``unsupported`` the facts
    that the implementation gives no means to observe, ``exercised`` the cases by the clauses that decided a fact. Of
    the cases that call a function ``called`` counts those that were judged, ``failing`` those that depart. ``open`` are
    the numbers of the cases that are unspecified.
    """

    verdicts: Counter[Verdict] = msgspec.field(default_factory=Counter)
    facts: int = 0
    silent: int = 0
    differences: int = 0
    clauses: set[int] = msgspec.field(default_factory=set)
    silences: Counter[int] = msgspec.field(default_factory=Counter)
    reasons: Counter[str] = msgspec.field(default_factory=Counter)
    excess: int = 0
    unsupported: int = 0
    exercised: Counter[int] = msgspec.field(default_factory=Counter)
    called: Counter[str] = msgspec.field(default_factory=Counter)
    failing: Counter[str] = msgspec.field(default_factory=Counter)
    open: set[int] = msgspec.field(default_factory=set)

    @property
    def cases(self) -> int:
        """How many cases there is a record of."""
        return self.verdicts.total()

    @property
    def conforming(self) -> int:
        """The cases in which every judged fact conforms."""
        conforming = (Verdict.CONFORMS, Verdict.ALLOWED, Verdict.UNSPECIFIED, Verdict.UNEXPECTED_PASS)
        return sum(self.verdicts[item] for item in conforming)

    def add(self, record: Record) -> None:
        """Count one record."""
        self.exercised.update(record.clauses)
        self.verdicts[record.verdict] += 1
        self.facts += record.facts
        self.silent += record.silent
        self.differences += len(record.differences)
        self.clauses.update(record.clauses)
        self.silences.update(record.silences)
        self.excess += record.excess
        self.unsupported += record.unsupported
        if record.verdict is Verdict.UNSPECIFIED:
            self.open.add(record.number)
        if record.verdict not in UNEXECUTED:
            self.called.update(_functions(record.words))
        if record.verdict in _DEPARTING:
            self.failing.update(_functions(record.words))
        if record.reason:
            self.reasons[f"{record.verdict.value}: {record.reason}"] += 1


def _functions(said: Iterable[str]) -> list[str]:
    """The functions of the library among the words of a case."""
    return [word for word in said if "." in word]


class Summary:
    """A run as it is counted line by line; reading a whole file and following a run give the same.

    ``missing`` tells what is not there of a run of which only some is counted. ``seconds``: for how long each
    implementation was asked, and ``programs``, by the number of a finding, what was tried and shows it, empty where
    nothing does: no run file tells either, nothing where it was read from one. ``linked`` gives clauses the links that
    are shown.
    """

    def __init__(self, header: Header, linked: Linked = unlinked) -> None:
        self.header = header
        self.linked = linked
        self.tallies = tuple(Tally() for _ in header.implementations)
        self.findings: list[Finding] = []
        self.policies: list[Policy] = []
        self.differences: list[Difference] = []
        self._unexpected: dict[tuple[int, tuple[str, ...]], UnexpectedPass] = {}
        self.footer: Footer | None = None
        self.missing: tuple[str, ...] = ()
        self.expectations: list[ExpectationRecord] = []
        self.seconds: tuple[float, ...] = ()
        self.programs: Mapping[int, str] = MappingProxyType({})

    def add(self, *lines: Line) -> None:
        """Count lines of the run."""
        for line in lines:
            match line:
                case Record():
                    self.tallies[line.implementation].add(line)
                    self._passed(line)
                case Finding():
                    self.findings.append(line)
                case ExpectationRecord():
                    self.expectations.append(line)
                case Policy():
                    self.policies.append(line)
                case Difference():
                    self.differences.append(line)
                case Footer():
                    self.footer = line
                case _:
                    pass

    def _passed(self, record: Record) -> None:
        if record.verdict is Verdict.UNEXPECTED_PASS:
            key = record.implementation, record.taken
            known = self._unexpected.get(key) or UnexpectedPass(*key, 0, record.case)
            self._unexpected[key] = msgspec.structs.replace(known, cases=known.cases + 1)

    @property
    def unexpected(self) -> tuple[UnexpectedPass, ...]:
        """What is as documented although it is expected not to be."""
        return tuple(self._unexpected.values())

    @property
    def differing(self) -> dict[int, tuple[int, str]]:
        """By the clauses that say what the documents leave open: in how many cases implementations differ there.

        Behind that the id of the smallest one; where the run tells of none, nothing.
        """
        smallest = {item.clause: item.id for item in self.differences}
        clauses = sorted({clause for tally in self.tallies for clause in tally.silences})
        counts = {clause: max(tally.silences[clause] for tally in self.tallies) for clause in clauses}
        ordered = sorted(counts.items(), key=lambda item: -item[1])
        return {clause: (count, smallest.get(clause, "")) for clause, count in ordered}

    @property
    def inconsistent(self) -> tuple[Policy, ...]:
        """The questions that one implementation answers in more than one way in like situations."""
        return tuple(policy for policy in self.policies if not policy.consistent)

    @property
    def open_findings(self) -> list[tuple[int, Finding]]:
        """The findings that no expectation names, with their numbers in the run (from 1)."""
        numbered = enumerate(self.findings, 1)
        return [(number, item) for number, item in numbered if item.verdict in _DEPARTING]

    def relatives(self, policy: Policy) -> tuple[Relative, ...]:
        """The open findings of that implementation that are perhaps of one fault with its answers.

        A case of both calls a function, and most cases that call it depart: what is left of those may answer by chance.
        So may a case that is unspecified, for anything fits it: then it is the finding that explains most.
        """
        tally = self.tallies[policy.implementation]
        called = {name for option in policy.options for name in _functions(words(option.shown))}
        amiss = {name for name in called if 2 * tally.failing[name] > tally.called[name]}
        place = str(policy.implementation)
        mine = [(number, item) for number, item in self.open_findings if place in item.cases]
        found = tuple(
            Relative(number, tuple(shared))
            for number, item in mine
            if (shared := sorted(amiss.intersection(words(item.minimal))))
        )
        if found or not mine or tally.open.isdisjoint(option.number for option in policy.options):
            return found
        return (Relative(max(mine, key=lambda each: each[1].cases[place])[0], ()),)

    @property
    def diverging(self) -> tuple[Counter[int], ...]:
        """For each implementation how many cases are explained by departures from each clause, of the open findings."""
        found: tuple[Counter[int], ...] = tuple(Counter() for _ in self.tallies)
        for _, finding in self.open_findings:
            for place, cases in finding.cases.items():
                found[int(place)][finding.clause] += cases
        return found

    @property
    def clauses(self) -> set[int]:
        """The positions of the clauses that any fact was decided by."""
        return set().union(*(tally.clauses for tally in self.tallies))

    def count(self, verdict: Verdict) -> int:
        """How many records have that verdict."""
        return sum(tally.verdicts[verdict] for tally in self.tallies)

    def left_out(
        self, place: int, among: Container[Verdict] = tuple(Verdict), most: int | None = None
    ) -> Iterator[str]:
        """What the implementation at a position was not judged by, in words: cases by their reasons, and facts.

        ``among`` are the verdicts on such cases that are told; of their reasons ``most`` are, those of most cases.
        """
        tally, lacks = self.tallies[place], self.header.implementations[place].lacks
        reasons = [pair for pair in tally.reasons.most_common() if Verdict(pair[0].partition(":")[0]) in among]
        shown = reasons[:most]
        yield from (f"{plural(count, 'case')} {reason}" for reason, count in shown)
        if rest := reasons[len(shown) :]:
            cases = plural(sum(count for _, count in rest), "case")
            yield f"{cases} more, for {plural(len(rest), 'reason')} more"
        yield from [f"{plural(tally.unsupported, 'fact')} unsupported: it has no {', '.join(lacks)}"] * bool(lacks)

    @property
    def unjudged(self) -> list[str]:
        """The labels of the implementations of which no case was judged."""
        pairs = zip(self.header.implementations, self.tallies, strict=True)
        return [item.label for item, tally in pairs if all(verdict in UNEXECUTED for verdict in tally.verdicts)]

    @property
    def complete(self) -> bool:
        """Whether everything planned was judged or has a reason that is no fault, and of everybody something was.

        FLAKY is no judgement.
        """
        footer = self.footer
        whole = (
            footer is not None
            and footer.accounted
            and not footer.interrupted
            and not footer.changed
            and not self.missing
        )
        unjudged = self.count(Verdict.HARNESS_FAULT) + self.count(Verdict.FLAKY)
        somebody = bool(self.tallies) and not self.unjudged
        return whole and somebody and unjudged == 0 and not self._broken()

    def _broken(self) -> bool:
        reasons: Iterable[str] = self.footer.reasons if self.footer else ()
        return any(reason.startswith(Verdict.HARNESS_FAULT.value) for reason in reasons)

    @property
    def news(self) -> bool:
        """Whether there is a divergence that no expectation names and classes, an unexpected pass, a contradiction.

        A module of the library that cannot be imported is one too.
        """
        unnamed = self.count(Verdict.DIVERGES) + self.count(Verdict.DOCS_SUSPECT)
        told = any(item.unclassified or item.wanting for item in self.header.implementations)
        return bool(unnamed or self.unexpected or self.inconsistent or told)
