"""What a process said that ended without an answer, and so much of it as does not tell of the machine or the moment."""

import itertools
import re
from collections.abc import Container, Sequence
from typing import Final

from harness.model.observation import Observation

__all__ = ["LEFT_OUT", "agreed", "closing", "last_line", "last_words", "warned"]

_UNANSWERED: Final = frozenset({"crashed", "exited", "unbegun"})
_FIRST: Final = 3
_LAST: Final = 9
_WIDEST: Final = 200
_MOST: Final = 2000
_NUMBER: Final = re.compile(r"\d+")
_FRAME: Final = re.compile(r"\s+(?:at [\w.$/<>@-]+\(.*\)|\.\.\. \d+ (?:more|common frames omitted)|Suppressed: .*)")
"""A line of what a Java machine says below its exception: a call, or what else was under way."""
LEFT_OUT: Final = "…"
"""What stands for what is not told."""

_PASSING: Final = (
    (re.compile(r"\x1b\[[0-9;?]*[A-Za-z]"), ""),
    (re.compile(r"(?<![\w.<>…])(?:/[^\s/:'\"(),;<>]+)+/(?=[^\s/])"), "…/"),
    (re.compile(r"0x[0-9a-fA-F]+"), "0x"),
    (re.compile(r"@[0-9a-f]{5,}\b"), "@"),
    (re.compile(r"(?i)\b(pid|process|thread|tid)([ =:#]+)\d+\b"), r"\1\2N"),
    (re.compile(r"==\d+=="), "==N=="),
    (re.compile(r"\[\d{3,}\]"), "[N]"),
    (re.compile(r"\b\d{1,2}:\d\d:\d\d(?:[.,]\d+)?"), "…"),
)
"""What differs from one process to the next, or from one machine to another, and what stands for it: colours, places
of files outside the tree, addresses, numbers of processes, times."""


def last_words(observation: Observation) -> str:
    """What the process wrote to its standard error, or else to its output; nothing where it gave an answer.

    The calls below an exception of a Java machine are left out: so the exception is what it said last.
    """
    outcome = observation.outcome
    ended = isinstance(outcome, tuple) and bool(outcome) and outcome[0] in _UNANSWERED
    if not ended and outcome != "timed-out":
        return ""
    said = observation.notes.get("stderr", "").strip("\n") or observation.notes.get("stdout", "").strip("\n")
    return "\n".join(_without_calls(said))


def closing(text: str) -> str:
    """The last lines of what was written, as many as make 2,000 characters, and one at least; no calls either."""
    lines = _without_calls(text)
    lengths = itertools.accumulate(len(line) + 1 for line in reversed(lines))
    return "\n".join(lines[-max(1, sum(length <= _MOST for length in lengths)) :])


def agreed(observations: Sequence[Observation]) -> str:
    """The lines that each of them said, but for numbers, in order and at most a dozen: the first and the last ones.

    Nothing of it tells of the machine, or of one process, as far as that can be seen.
    """
    first, *others = [_lasting(last_words(item)) for item in observations]
    shared = [found for line in first if (found := _shared(line, others)) is not None]
    if len(shared) > _FIRST + _LAST:
        shared = [*shared[:_FIRST], LEFT_OUT, *shared[-_LAST:]]
    return "\n".join(shared)


def warned(observations: Sequence[Observation], expected: Container[str]) -> str:
    """The warnings that each of them tells of, a line each, whose categories are not ``expected``."""
    told = (_lasting(item.notes.get("warnings", "")) for item in observations)
    first, *others = [[line for line in lines if line.partition(":")[0] not in expected] for lines in told]
    return "\n".join(found for line in first if (found := _shared(line, others)) is not None)


def last_line(text: str) -> str:
    """The last line of what was said, without what differs from one process or machine to another."""
    return next(iter(reversed(_lasting(text))), "")


def _shared(line: str, others: Sequence[Sequence[str]]) -> str | None:
    """The line, with ``N`` for the numbers that are others in the lines like it; None where there is one without."""
    shape = _NUMBER.sub("N", line)
    alike = [next((item for item in other if _NUMBER.sub("N", item) == shape), None) for other in others]
    columns = zip(_NUMBER.findall(line), *(_NUMBER.findall(item) for item in alike if item is not None), strict=True)
    numbers = iter([found[0] if len(set(found)) == 1 else "N" for found in columns])
    return None if None in alike else _NUMBER.sub(lambda _: next(numbers), line)


def _without_calls(text: str) -> list[str]:
    return [line for line in text.split("\n") if not _FRAME.fullmatch(line)]


def _lasting(text: str) -> list[str]:
    for pattern, instead in _PASSING:
        text = pattern.sub(instead, text)
    return [line.rstrip()[:_WIDEST] for line in text.splitlines() if line.strip()]
