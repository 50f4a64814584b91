"""What a run file is made of: one line each, JSON, in an order that depends on the seed and the arguments alone.

Nothing in it tells of the machine: no time, no path, no command.
"""

from typing import Final, TypeAlias, Union

import msgspec

from harness.diff import Verdict
from harness.model.case import Case
from harness.model.clauses import Clause
from harness.model.values import Value

RUN_SCHEMA: Final = 2
"""The version of the run file; raised whenever an older reader would misunderstand it."""


class Arguments(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What decides which cases a run has. ``shard`` is such as ``2/4``; empty for the whole run.

    Implementations that cannot fork are asked one case in ``sparse``. ``cases`` stands for the stored cases: a digest.
    """

    examples: int
    clauses: str = "*"
    vectors_only: bool = False
    fresh: bool = False
    shard: str = ""
    sparse: int = 1
    cases: str = ""


class Implementation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who was asked. ``label`` is its name in tables, distinct within the run."""

    label: str
    name: str
    version: str
    language: tuple[int, int]
    capabilities: tuple[str, ...] = ()


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="header"):
    """The first line. Records name clauses and implementations by their positions in its tables."""

    schema: int
    suite: str
    seed: int
    arguments: Arguments
    implementations: tuple[Implementation, ...]
    clauses: tuple[Clause, ...]


class CaseRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="case"):
    """A case that some implementation departs on, ahead of the records about it."""

    id: str
    case: Case


UNEXECUTED: Final = (Verdict.UNSUPPORTED, Verdict.HARNESS_FAULT)
"""The verdicts of a case that was not executed."""


class Departure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One fact that differs from its prediction; ``expectation`` is the reason given for it, where one is.

    ``suspect``: all implementations agree on it, so that the documents are suspected.
    """

    fact: str
    clauses: tuple[int, ...]
    expected: tuple[Value, ...]
    seen: Value
    signature: str
    expectation: str = ""
    suspect: bool = False


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="record", omit_defaults=True):
    """What one case says of one implementation.

    ``number`` is the place of the case in the whole run, whatever the shard; ``origin`` the name of its vector,
    ``stored`` or ``generated``. ``facts`` counts the judged facts, ``silent`` those on which the documents are silent;
    ``differences`` holds, of the silent ones, those on which implementations differ, and ``silences`` the clauses that
    say about what the documents are silent.
    """

    number: int
    case: str
    origin: str
    implementation: int
    verdict: Verdict
    facts: int = 0
    clauses: tuple[int, ...] = ()
    silent: int = 0
    departures: tuple[Departure, ...] = ()
    differences: dict[str, Value] = {}
    silences: tuple[int, ...] = ()
    reason: str = ""

    @property
    def unexecuted(self) -> str:
        """Why the case was not executed, as the footer counts it; empty if it was."""
        return f"{self.verdict.value}: {self.reason}" if self.verdict in UNEXECUTED else ""


class Finding(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="finding", omit_defaults=True):
    """All divergences of one signature.

    ``samples`` counts the cases, ``cases`` those of each implementation, by its position; ``first`` is the id of the
    first case and ``minimal`` the smallest case found that still has the signature.
    """

    signature: str
    verdict: Verdict
    fact: str
    clauses: tuple[int, ...]
    expected: tuple[Value, ...]
    seen: Value
    samples: int
    cases: dict[str, int]
    first: str
    minimal: Case
    expectation: str = ""


class ExpectationRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="expectation", omit_defaults=True):
    """What became of one expectation of one implementation, in a run that was not stopped.

    ``happened`` counts the cases that diverged as expected, ``exercised`` those that had the fact, up to ``enough``:
    so many must have had it before the absence of a divergence tells something; 0 where its vectors alone decide, of
    which ``failed`` names those that were judged and did not diverge.
    """

    implementation: int
    clause: str
    fact: str
    reason: str
    kind: str = msgspec.field(name="class")
    enough: int = 0
    exercised: int = 0
    happened: int = 0
    failed: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the expectation no longer happens."""
        return bool(self.failed) or bool(self.enough and not self.happened and self.exercised >= self.enough)


class UnexpectedPass(msgspec.Struct, frozen=True, tag="unexpected-pass"):
    """An expectation of an implementation that no longer happens; no line of a run file, but what follows from one."""

    implementation: int
    clause: str
    fact: str
    reason: str


class Shares(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Of the generated programs, by what the documents say: how many reach the end, how many raise inside the case."""

    generated: int = 0
    completed: int = 0
    raised: int = 0


class Footer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="footer"):
    """The last line: what was planned is what was executed and, with its reason, what was not."""

    planned: int
    executed: int
    reasons: dict[str, int]
    shares: Shares
    interrupted: bool = False

    @property
    def accounted(self) -> bool:
        """Whether every planned question was asked or has its reason."""
        return self.planned == self.executed + sum(self.reasons.values())


Line: TypeAlias = Union[Header, CaseRecord, Record, Finding, ExpectationRecord, Footer]
"""A line of a run file."""
