"""Rulings as lines of a run file."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from conformance.catalogue import Class, Expectation
from conformance.engine import verdicts
from conformance.engine.explaining import Reasons
from conformance.engine.labels import labels
from conformance.engine.planning import Planned
from conformance.engine.verdicts import Ruling
from harness.diff import Divergence, Verdict
from harness.model.case import words
from harness.model.clauses import Clause, silent
from harness.model.observation import Identity
from harness.run import HarnessError
from reports import CaseRecord, Departure, Group, Implementation, Record
from reports.records import Taken

PLAIN: Final = frozenset({Verdict.CONFORMS, Verdict.ALLOWED, Verdict.UNSUPPORTED})
"""The verdicts that a case need not be told for."""


class Table(msgspec.Struct, frozen=True):
    """The clause table of a run: positions by ids, and the ids of those that leave something open."""

    places: Mapping[str, int]
    silent: frozenset[str] = frozenset()

    def of(self, clauses: Sequence[str]) -> tuple[int, ...]:
        """The positions of ``clauses``.

        Raises:
            HarnessError: the oracle cites a clause that the catalogue does not have.
        """
        try:
            return tuple(self.places[clause] for clause in clauses)
        except KeyError as error:
            message = f"the oracle cites the clause {error.args[0]}, expected one of the catalogue"
            raise HarnessError(message) from error


def table(clauses: Mapping[str, Clause]) -> Table:
    """The table of the catalogue, in its order."""
    return Table({identifier: place for place, identifier in enumerate(clauses)}, silent(clauses.values()))


def implementations(
    identities: Sequence[Identity], expected: Sequence[Sequence[Expectation]] = ()
) -> tuple[Implementation, ...]:
    """Who is asked, without what belongs to this machine but what tells those apart that would be called alike.

    ``expected``: what is expected of each of them; what of it nobody has classed stands beside the name.
    """
    return tuple(
        Implementation(label, item.name, item.version, item.language, item.capabilities, item.lacking, unclassified)
        for label, item, unclassified in zip(
            labels(identities), identities, map(_unclassified, expected or [()] * len(identities)), strict=True
        )
    )


def _unclassified(expected: Sequence[Expectation]) -> tuple[str, ...]:
    return tuple(sorted(str(item.taken) for item in expected if item.kind is Class.UNCLASSIFIED))


def record(planned: Planned, place: int, ruling: Ruling, reasons: Reasons, known: Table) -> Record:
    """The line about one case and the implementation at ``place``."""
    judgement = ruling.judgement
    return Record(
        planned.number,
        planned.identifier,
        planned.origin,
        place,
        ruling.verdict,
        judgement.facts,
        known.of(judgement.clauses),
        judgement.silent,
        tuple(departure(finding, known) for finding in ruling.findings),
        ruling.differences,
        known.of(ruling.silences),
        tuple(Taken(known.of([item.clause])[0], item.situation, item.option) for item in judgement.answers),
        judgement.taken,
        judgement.excess,
        judgement.reason,
        reasons.explained.fully,
        reasons.explained.weakly,
        reasons.refuted,
        known.of(reasons.consulted),
        judgement.unsupported,
        words(planned.case),
        reasons.raised,
        reasons.missing,
    )


def departure(finding: verdicts.Finding, known: Table) -> Departure:
    """The part of a record about one divergence."""
    found = bare(finding.divergence, known)
    if finding.reason:
        return msgspec.structs.replace(found, expectation=finding.reason)
    return msgspec.structs.replace(found, suspect=True) if finding.suspect else found


def bare(item: Divergence, known: Table) -> Departure:
    """A divergence of which nothing is known."""
    shown = item.fact, known.of(item.clauses), item.expected, item.seen
    return Departure(*shown, item.signature, said=item.said, raised=item.raised)


def group(planned: Planned, rulings: Mapping[int, Ruling], reasons: Mapping[int, Reasons], known: Table) -> Group:
    """The lines about one case: records by the positions of implementations, and the case if anything is to be said."""
    records = tuple(record(planned, place, ruling, reasons[place], known) for place, ruling in rulings.items())
    dull = all(ruling.verdict in PLAIN for ruling in rulings.values())
    return Group(None if dull else CaseRecord(planned.identifier, planned.case), records)
