"""Run files in memory, for tests that look at everything in them."""

from pathlib import Path

import msgspec

from reports import CaseRecord, ExpectationRecord, Finding, Footer, Group, Header, Record, reading
from reports.records import Difference, Policy, Step


class Run(msgspec.Struct, frozen=True):
    """A run file in memory."""

    header: Header
    groups: tuple[Group, ...]
    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]
    policies: tuple[Policy, ...]
    differences: tuple[Difference, ...]
    expectations: tuple[ExpectationRecord, ...]
    footer: Footer | None
    whole: bool

    @property
    def records(self) -> tuple[Record, ...]:
        """All records, in order."""
        return tuple(record for group in self.groups for record in group.records)

    @property
    def cases(self) -> tuple[CaseRecord, ...]:
        """The cases that are told."""
        return tuple(group.case for group in self.groups if group.case is not None)


def read_run(path: Path) -> Run:
    """The run in the file ``path``, all of it: for files that are not long.

    Raises:
        RunFileError: as :class:`Reading`.
    """
    with reading(path) as read:
        groups = tuple(read.groups())
        answers = read.policies, read.differences
        return Run(read.header, groups, read.findings, read.steps, *answers, read.expectations, read.footer, read.whole)
