"""The words a comparison answers in."""

import enum
from typing import Final

import msgspec

from harness.model.prediction import Answer
from harness.model.values import Value


class Verdict(enum.Enum):
    """What is said of one case on one implementation."""

    CONFORMS = "conforms"
    DIVERGES = "diverges"
    ALLOWED = "allowed"
    UNSPECIFIED = "unspecified"
    KNOWN = "known"
    INCONSISTENT = "inconsistent"
    UNEXPECTED_PASS = "unexpected-pass"
    DOCS_SUSPECT = "docs-suspect"
    UNSUPPORTED = "unsupported"
    FLAKY = "flaky"
    HARNESS_FAULT = "harness-fault"


MEANINGS: Final = {
    Verdict.CONFORMS: "every predicted fact was seen",
    Verdict.DIVERGES: "a fact differs from what the documents say",
    Verdict.ALLOWED: "every fact conforms, one of them by a choice the documents leave",
    Verdict.UNSPECIFIED: "implementations differ where the documents are silent, or a known departure leads there",
    Verdict.KNOWN: "it diverges as a whole as expectations say, which give the reason",
    Verdict.INCONSISTENT: "a question the documents leave open has two answers in like situations",
    Verdict.UNEXPECTED_PASS: "expectations say that it diverges, and it does not",
    Verdict.DOCS_SUSPECT: "every implementation agrees against the prediction",
    Verdict.UNSUPPORTED: "the implementation cannot be asked this case",
    Verdict.FLAKY: "a re-run gave other facts",
    Verdict.HARNESS_FAULT: "the suite or the adapter failed, nothing is said of the implementation",
}


class Divergence(msgspec.Struct, frozen=True):
    """One fact that differs from its prediction.

    ``expected`` holds the values the documents allow, ``seen`` what was observed. ``clauses`` decide the fact: the last
    one gives it, those before it lead there. Cases with one ``signature`` are samples of one finding. ``said`` is what
    the process wrote that ended without an answer, ``raised`` the exception that ended the program: both are shown and
    never compared.
    """

    fact: str
    clauses: tuple[str, ...]
    expected: tuple[Value, ...]
    seen: Value
    signature: str
    said: str = ""
    raised: str = ""

    @property
    def clause(self) -> str:
        """The clause that gives the fact."""
        return self.clauses[-1]


class Judgement(msgspec.Struct, frozen=True):
    """What one case says of one implementation.

    ``facts`` counts the facts that were judged, ``silent`` those on which the documents are silent, ``unsupported``
    those that the implementation gives no means to observe; ``clauses`` are the ones that decided them, ``divergences``
    the facts that differ (the one that differs first, and nothing that merely follows from it), ``unspecified`` the
    keys of the facts on which the documents are silent. ``answers`` are the options that the implementation is seen to
    take, ``taken`` the departures known of it that it makes here. ``excess``: there are more worlds than were looked
    at. ``reason`` says why a case was not judged.
    """

    verdict: Verdict
    facts: int = 0
    silent: int = 0
    clauses: tuple[str, ...] = ()
    divergences: tuple[Divergence, ...] = ()
    unspecified: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    taken: tuple[str, ...] = ()
    excess: bool = False
    reason: str = ""
    unsupported: int = 0
