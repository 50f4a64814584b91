"""What a run file is made of: one line each, JSON, in an order that depends on the seed and the arguments alone.

Nothing in it tells of the machine: no time, no path, no command; but a part of their commands is in the labels of those
that have the same name and version.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias, Union

import msgspec

from harness.diff import Verdict
from harness.model.case import Case
from harness.model.clauses import Clause
from harness.model.lacking import LIBRARY
from harness.model.values import Value
from harness.model.versions import Version

RUN_SCHEMA: Final = 5
"""The version of the run file; raised whenever an older reader would misunderstand it, or the schema of cases is."""

READERS: Final[Mapping[int, str]] = MappingProxyType({3: "0.1", 4: "0.2"})
"""The version of the suite that reads run files of an older schema."""

GENERATED: Final = "generated"
"""The origin of a case that was made for its run."""

STORED: Final = "stored"
"""The origin of a case from a file that the user named."""


class Arguments(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What decides which cases a run has. ``shard`` is such as ``2/4``; empty for the whole run.

    Implementations that cannot fork are asked one case in ``sparse``. ``cases`` stands for the stored cases: a digest.
    ``mix`` is that of the generated cases: plain, wide, both or merged; empty where none are generated.
    """

    examples: int
    clauses: str = "*"
    vectors_only: bool = False
    fresh: bool = False
    shard: str = ""
    sparse: int = 1
    cases: str = ""
    mix: str = ""


class Implementation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who was asked. ``label`` is its name in tables, distinct within the run.

    ``lacks``: what it is known to be without, about which nothing is judged; ``unclassified``: the departures
    that are expected of it and that nobody has classed.
    """

    label: str
    name: str
    version: str
    language: Version
    capabilities: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    unclassified: tuple[str, ...] = ()

    @property
    def wanting(self) -> tuple[str, ...]:
        """The modules that documents describe and that it cannot import, though nobody knows it to be without them."""
        there = {*self.capabilities, *self.lacks}
        return tuple(name for name in LIBRARY if name not in there) if "embedded" in there else ()


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


UNEXECUTED: Final = frozenset({Verdict.UNSUPPORTED, Verdict.HARNESS_FAULT})
"""The verdicts of a case that was not executed."""


class Departure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One fact that differs from its prediction; ``expectation`` is the reason given for it, where it is known.

    ``suspect``: all implementations agree on it, so that the documents are suspected. ``said``: what the process wrote
    to its standard error, time after time, where it ended without an answer. ``raised`` is told of the smallest case
    of a finding alone, and stands there.
    """

    fact: str
    clauses: tuple[int, ...]
    expected: tuple[Value, ...]
    seen: Value
    signature: str
    expectation: str = ""
    suspect: bool = False
    said: str = ""
    raised: str = ""


class Taken(msgspec.Struct, frozen=True, array_like=True):
    """The option taken on a question that the documents leave open: ``clause`` is its position in the table."""

    clause: int
    situation: str
    option: str


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="record", omit_defaults=True):
    """What one case says of one implementation.

    ``number`` is the place of the case in the whole run, whatever the shard; ``origin`` the name of its vector,
    ``stored`` or ``generated``. ``facts`` counts the judged facts, ``silent`` those on which the documents are silent;
    ``differences`` holds, of the silent ones, those on which implementations differ, and ``silences`` the clauses that
    say about what the documents are silent. ``answers`` are the options that the implementation is seen to take on
    questions the documents leave open, ``taken`` the known departures it makes here, or beside which it diverges.
    ``excess``: the documents leave more worlds than were looked at. ``unsupported`` counts the facts of which the
    implementation gives no means to observe them.

    What diverges is explained by each of the sets of departures in ``explained``: with those that are known it is
    one of the worlds as a whole. ``weakly`` are those that explain how it begins, where nothing is said of the rest.
    ``refuted`` are those that the implementation would show here and does not, each told once in a run. ``consulted``
    are the clauses that could have made a difference and decide no fact. ``words`` is what the case says: statements,
    launch, functions. ``raised`` is the exception that ended a program which diverges and was not to end with it: its
    type and what it says. ``missing`` is the module of the implementation's own that was not found then, or
    lacks a function that is called.
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
    answers: tuple[Taken, ...] = ()
    taken: tuple[str, ...] = ()
    excess: bool = False
    reason: str = ""
    explained: tuple[tuple[str, ...], ...] = ()
    weakly: tuple[str, ...] = ()
    refuted: tuple[str, ...] = ()
    consulted: tuple[int, ...] = ()
    unsupported: int = 0
    words: tuple[str, ...] = ()
    raised: str = ""
    missing: str = ""

    @property
    def named(self) -> str:
        """What the case is called, in other runs too: its vector's name, whatever became of that case, or its id."""
        return self.case if self.origin in {GENERATED, STORED} else self.origin

    @property
    def asked(self) -> frozenset[int]:
        """The positions of the clauses that decide a fact, or could have mattered."""
        return frozenset((*self.clauses, *self.consulted))

    @property
    def unexecuted(self) -> str:
        """Why the case was not executed, as the footer counts it; empty if it was."""
        return f"{self.verdict.value}: {self.reason}" if self.verdict in UNEXECUTED else ""


class Finding(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="finding", omit_defaults=True):
    """A cause, with all divergences that it explains.

    It is a departure from ``clause``: the one that is called ``departure``, of which ``text`` says what then happens;
    or, where both are empty, one that is not listed. Where the cases do not tell whether it is that one ``text`` is
    empty, and ``as_if`` says what would then happen, and what with others that explain as much; an empty one stands for
    one that is not listed. ``samples`` counts the cases it explains, ``cases`` those of each implementation, by its
    position; ``first`` is the id of the case from which ``minimal`` was found, the smallest that
    it still explains. There ``fact``, which ``clauses`` decide, is the first that differs: ``seen``, not ``expected``;
    ``said`` is what the process wrote to its standard error, where it ended without an answer. ``beside`` counts
    the cases that have this cause and that it does not explain. ``raised`` is the exception that ended ``minimal`` and
    was not to end it so: its type and what it says.
    """

    signature: str
    verdict: Verdict
    clause: int
    departure: str
    text: str
    fact: str
    clauses: tuple[int, ...]
    expected: tuple[Value, ...]
    seen: Value
    samples: int
    cases: dict[str, int]
    first: str
    minimal: Case
    expectation: str = ""
    said: str = ""
    beside: int = 0
    raised: str = ""
    as_if: tuple[str, ...] = ()


class Aim(msgspec.Struct, frozen=True, array_like=True):
    """In what way smaller cases are to depart.

    All departures of ``made`` together explain each of them, the first one in any case; or, where there are none, the
    fact differs of which the ``signature`` is.
    """

    made: tuple[str, ...] = ()
    signature: str = ""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="step", omit_defaults=True):
    """A smaller case on which an implementation still departs in that way; told by shards, for who joins them.

    ``first`` is the id of the case of which it was made, ``departure`` the fact that differs. ``explaining`` are
    departures that explain it by themselves, but for those that are refuted, and ``asked`` the clauses that could have
    mattered.
    """

    implementation: int
    first: str
    aim: Aim
    case: Case
    departure: Departure
    explaining: tuple[str, ...] = ()
    asked: tuple[int, ...] = ()


class ExpectationRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="expectation", omit_defaults=True):
    """What became of one expectation of one implementation, in a run that was not stopped.

    ``happened`` counts the cases in which it departs as expected.
    """

    implementation: int
    clause: str
    departure: str
    reason: str
    kind: str = msgspec.field(name="class")
    happened: int = 0


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An option that an implementation takes: in how many cases, and the smallest of them, by its number in the run.

    ``smaller`` is one that was made of it, where the implementation takes several and it still takes this one there.
    """

    option: str
    cases: int
    number: int
    case: Case
    smaller: Case | None = None

    @property
    def shown(self) -> Case:
        """The smallest that is known."""
        return self.smaller or self.case


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="policy"):
    """What one implementation answers to a question that the documents leave open, in like situations.

    Several options are a contradiction: in like situations one implementation does one thing.
    """

    implementation: int
    clause: int
    situation: str
    options: tuple[Option, ...]

    @property
    def consistent(self) -> bool:
        """Whether there is one answer."""
        return len(self.options) == 1


class Difference(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="difference"):
    """The smallest case in which implementations differ about what ``clause`` says that the documents leave open.

    ``number`` is its place in the run.
    """

    clause: int
    number: int
    id: str
    case: Case


class UnexpectedPass(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="unexpected-pass"):
    """What an implementation does as documented although it is expected not to; no line, but what follows from them.

    ``departures`` are those that it was expected to make, ``cases`` counts where it did not, ``first`` is one of them.
    """

    implementation: int
    departures: tuple[str, ...]
    cases: int
    first: str


class Shares(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Of the generated programs, by what the documents say: how many reach the end, how many raise inside the case."""

    generated: int = 0
    completed: int = 0
    raised: int = 0


class Footer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="footer"):
    """The last line: what was planned is what was executed and, with its reason, what was not.

    ``changed``: who was another in the end than in the beginning, and in what.
    """

    planned: int
    executed: int
    reasons: dict[str, int]
    shares: Shares
    interrupted: bool = False
    changed: tuple[str, ...] = ()

    @property
    def accounted(self) -> bool:
        """Whether every planned question was asked or has its reason."""
        return self.planned == self.executed + sum(self.reasons.values())


Line: TypeAlias = Union[Header, CaseRecord, Record, Finding, Step, Policy, Difference, ExpectationRecord, Footer]
"""A line of a run file."""
