"""What a process said that ended without an answer, and so much of it as does not tell of the machine or the moment."""

import re
from collections.abc import Sequence
from typing import Final

from harness.model.observation import Observation

__all__ = ["agreed", "last_words"]

_UNANSWERED: Final = frozenset({"crashed", "exited", "unbegun"})
_FIRST: Final = 3
_LAST: Final = 9
_WIDEST: Final = 200
_LEFT_OUT: Final = "…"
_PASSING: Final = (
    (re.compile(r"\x1b\[[0-9;?]*[A-Za-z]"), ""),
    (re.compile(r"(?<![\w.<>…])(?:/[^\s/:'\"(),;<>]+)+/(?=[^\s/])"), "…/"),
    (re.compile(r"0x[0-9a-fA-F]+"), "0x"),
    (re.compile(r"@[0-9a-f]{5,}\b"), "@"),
    (re.compile(r"(?i)\b(pid|process|thread|tid)([ =:#]+)\d+\b"), r"\1\2N"),
    (re.compile(r"==\d+=="), "==N=="),
    (re.compile(r"\[\d{3,}\]"), "[N]"),
    (re.compile(r"\b\d{1,2}:\d\d:\d\d(?:[.,]\d+)?"), "…"),
    (re.compile(r"\b\d{5,}\b"), "N"),
)
"""What differs from one process to the next, or from one machine to another, and what stands for it: colours, places
of files outside the tree, addresses, numbers of processes, times."""


def last_words(observation: Observation) -> str:
    """What the process wrote to its standard error, or else to its output; nothing where it gave an answer."""
    outcome = observation.outcome
    ended = isinstance(outcome, tuple) and bool(outcome) and outcome[0] in _UNANSWERED
    if not ended and outcome != "timed-out":
        return ""
    return observation.notes.get("stderr", "").strip("\n") or observation.notes.get("stdout", "").strip("\n")


def agreed(observations: Sequence[Observation]) -> str:
    """The lines that each of them said, in order and at most a dozen: the first and the last ones.

    Nothing of it tells of the machine, or of one process, as far as that can be seen.
    """
    said = [_lasting(last_words(item)) for item in observations]
    shared = [line for line in said[0] if all(line in other for other in said[1:])] if said else []
    if len(shared) > _FIRST + _LAST:
        shared = [*shared[:_FIRST], _LEFT_OUT, *shared[-_LAST:]]
    return "\n".join(shared)


def _lasting(text: str) -> list[str]:
    for pattern, instead in _PASSING:
        text = pattern.sub(instead, text)
    return [line.rstrip()[:_WIDEST] for line in text.splitlines() if line.strip()]
