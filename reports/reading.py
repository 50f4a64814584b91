"""A run file read case by case: however long it is, little of it is held."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from harness.model.clauses import silent
from reports.accounts import Account
from reports.gathering import Findings
from reports.groups import Group, Placed, grouped
from reports.records import (
    CaseRecord,
    Difference,
    ExpectationRecord,
    Finding,
    Footer,
    Header,
    Line,
    Policy,
    Record,
    Step,
)
from reports.runfile import RunFileError, read_lines


class Reading:
    """A run file that is read once from its beginning; of a cut file everything up to its last whole line.

    What stands after the cases is known when :meth:`groups` is through: ``findings`` (where the run ended before
    them, those that follow from the records), ``steps``, ``policies``, ``differences``, ``expectations`` and
    ``footer``; ``unreached`` tells why the run did not come to its end, and ``flaw`` in what the records are not those
    of the footer.
    """

    def __init__(self, path: Path, file: BinaryIO) -> None:
        """Read the header.

        Raises:
            RunFileError: there is none of this version.
        """
        self.path = path
        self._lines = read_lines(path, file)
        first, _ = next(self._lines, (None, 0))
        if not isinstance(first, Header):
            raise RunFileError(path, "expected a run file, which begins with a header line")
        self.header = first
        self.findings: tuple[Finding, ...] = ()
        self.policies: tuple[Policy, ...] = ()
        self.steps: tuple[Step, ...] = ()
        self.differences: tuple[Difference, ...] = ()
        self.expectations: tuple[ExpectationRecord, ...] = ()
        self.footer: Footer | None = None
        self.unreached = self.flaw = ""
        self._last: Line = first

    def groups(self) -> Iterator[Group]:
        """What the file says case by case.

        Raises:
            RunFileError: the file cannot be read, or a line is malformed.
        """
        account = Account(self.header)
        findings = Findings([clause.id for clause in self.header.clauses], silent(self.header.clauses))
        for group in grouped(self._followed()):
            account.take(group)
            findings.take(group)
            yield group
        self._end()
        self.unreached = account.unreached(self.footer)
        if not self.findings and (self.footer is None or self.unreached):
            self.findings = tuple(findings.lines())
        self.flaw = self.flaw or account.flaw(self.footer)

    def to_end(self) -> None:
        """Read what is left, for what stands after the cases.

        Raises:
            RunFileError: as :meth:`groups`.
        """
        for _ in self.groups():
            pass

    @property
    def whole(self) -> bool:
        """Whether the run came to its end and everything planned is there."""
        return not (self.unreached or self.flaw)

    def _end(self) -> None:
        """Take in what stands after the cases."""
        found: list[Finding] = []
        steps: list[Step] = []
        policies: list[Policy] = []
        differences: list[Difference] = []
        expectations: list[ExpectationRecord] = []
        if not isinstance(self._last, Header | CaseRecord | Record):
            self._lines = _after((self._last, 0), self._lines)
        last: Line | None = None
        for last, _ in self._lines:
            match last:
                case Finding():
                    found.append(last)
                case Step():
                    steps.append(last)
                case Policy():
                    policies.append(last)
                case Difference():
                    differences.append(last)
                case ExpectationRecord():
                    expectations.append(last)
                case Footer():
                    pass
                case _:
                    self.flaw = "records stand after the last case"
        self.findings, self.policies, self.expectations = tuple(found), tuple(policies), tuple(expectations)
        self.steps, self.differences = tuple(steps), tuple(differences)
        self.footer = last if isinstance(last, Footer) else None

    def _followed(self) -> Iterator[Placed]:
        """The lines; the last one taken is remembered."""
        for line, end in self._lines:
            self._last = line
            yield line, end


def _after(line: Placed, lines: Iterator[Placed]) -> Iterator[Placed]:
    yield line
    yield from lines


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Reading]:
    """The run file ``path``, open as long as the block.

    Raises:
        RunFileError: it cannot be read, or does not begin with a header of this version.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise RunFileError(path, error.strerror or str(error)) from error
    with file:
        yield Reading(path, file)
