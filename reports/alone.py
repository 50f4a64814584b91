"""Lines of a run file as they can be read without it: clauses by their ids, implementations by their labels."""

from collections.abc import Mapping

import msgspec

from reports.records import Difference, ExpectationRecord, Finding, Header, Policy, UnexpectedPass
from reports.wording import Linked, departed, unlinked

__all__ = ["difference_alone", "expectation_alone", "finding_alone", "passed_alone", "policy_alone"]

Alone = Mapping[str, object]
"""The fields of a line, each by its name."""


def finding_alone(header: Header, number: int, finding: Finding, linked: Linked = unlinked) -> Alone:
    """A finding with its number in the run, and with what the clause says, and where."""
    clause = departed(header, finding, linked)
    cases = {_label(header, int(place)): count for place, count in finding.cases.items()}
    told = {"statement": clause.statement, "source": clause.source, "link": clause.link}
    clauses = [header.clauses[place].id for place in finding.clauses]
    fields = {**msgspec.structs.asdict(finding), "clause": clause.id, "clauses": clauses, "cases": cases}
    return {"number": number, **fields, **told}


def policy_alone(header: Header, policy: Policy) -> Alone:
    """The answers of an implementation to an open question, with what the clause says."""
    clause = header.clauses[policy.clause]
    fields = {**msgspec.structs.asdict(policy), "clause": clause.id, "statement": clause.statement}
    return {**fields, "implementation": _label(header, policy.implementation)}


def difference_alone(header: Header, item: Difference) -> Alone:
    """Where implementations differ and the documents leave it open."""
    clause = header.clauses[item.clause]
    return {**msgspec.structs.asdict(item), "clause": clause.id, "statement": clause.statement}


def passed_alone(header: Header, item: UnexpectedPass) -> Alone:
    """What an implementation does as documented although it is expected not to."""
    return {**msgspec.structs.asdict(item), "implementation": _label(header, item.implementation)}


def expectation_alone(header: Header, item: ExpectationRecord) -> Alone:
    """What became of an expectation; ``class`` is why it is one."""
    fields = msgspec.structs.asdict(item)
    return {**fields, "class": fields.pop("kind"), "implementation": _label(header, item.implementation)}


def _label(header: Header, place: int) -> str:
    return header.implementations[place].label
