"""Facts as people read them: what each is about, in words, instead of the key that machines compare."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from harness.model.exceptions import widest
from harness.model.rendering import ahead
from harness.model.values import ABSENT, Value, same
from reports.records import Finding
from reports.wording import choice, phrase, statement, visible

NONE: Final[Mapping[str, int]] = MappingProxyType({})
"""No statement is ahead of those of a case."""

_WHOLE: Final = {
    "outcome": "how the program ends",
    "names": "the names that the program binds",
    "modules": "the keys of sys.modules",
    "warnings": "what is warned of",
    "argv0": "sys.argv[0]",
    "path0": "sys.path[0]",
    "trace/*": "what happens",
    "trace/length": "how many steps there are",
    "exception/type": "the exception that ends the program",
    "exception/message-name": "whether the exception's message has its name",
    "exception/message-path": "whether the exception's message has its path",
    "exception/repr-name": "whether the exception's repr has its name",
    "exception/repr-path": "whether the exception's repr has its path",
}
"""What one fact of every case is about."""

_RAISING: Final = {"cause": "__cause__", "context": "__context__"}
_PARTS: Final = {
    "repr": "the repr of {}",
    "names": "the names in {}",
    "dir": "dir() of {}",
    "same-path": "whether __path__ is what the spec lists, of {}",
    "spec.exposed": "whether {} is the spec of the module of its name",
}
_WORDS: Final = {
    "outcome": {"completed": "completed", "raised": "raised an exception", "timed-out": "not ended in time"},
    "__loader__": {"spec.loader": "the loader of its spec", "other": "another loader than that of its spec"},
    "__spec__": {"present": "a spec"},
    "spec.loader": {"present": "a loader"},
}
"""What is said of values that stand for something, by what their fact is about."""

_TYPES: Final = frozenset({"exception/type", "exception/cause", "exception/context"})
"""The facts whose values are names of exceptions."""

_SIGNED: Final = 3
"""So many parts the signature of a divergence has."""

_STEP: Final = re.compile(r"trace/(\d+)")
_HELD: Final = re.compile(r"(module|binding)/([^/]+)(?:/(.+))?", re.DOTALL)
_NOTHING: Final = {"trace": "nothing more", "exception/type": "no exception"}
"""What is said where there is none of it."""


def about(fact: str) -> str:
    """What the fact of this key is about; of one that has no words the key."""
    if step := _STEP.fullmatch(fact):
        return f"what happens, step {int(step[1]) + 1}"
    if held := _HELD.fullmatch(fact):
        whole = {"module": f"module {held[2]}", "binding": held[2]}[held[1]]
        bare = {"module": f"sys.modules[{held[2]!r}]", "binding": f"the name {held[2]}"}[held[1]]
        return visible(_of(held[3], whole) if held[3] else bare)
    kind, _, rest = fact.partition("/")
    if fact not in _WHOLE and kind == "exception" and rest:
        return visible(f"{_RAISING.get(rest, rest)} of the exception")
    if kind == "main" and rest:
        return visible(_of(rest, "the program's own module"))
    return _WHOLE.get(fact, visible(fact))


def way(signature: str) -> str:
    """A way to depart from a clause, as a signature has it, without the key of its fact; other texts as they are."""
    parts = signature.split(" · ")
    return f"{parts[0]}: {about(parts[1])}, {parts[2]}" if len(parts) == _SIGNED else signature


def _of(part: str, whole: str) -> str:
    kind, _, rest = part.partition("/")
    if kind == "value" and rest:
        name, _, field = rest.partition("/")
        return _of(field, f"{name} in {whole}") if field else f"{name} in {whole}"
    return _PARTS[part].format(whole) if part in _PARTS else f"{part.replace('/', ' ')} of {whole}"


def told(fact: str, value: Value, ahead: Mapping[str, int] = NONE) -> str:
    """The value of a fact in a few words; statements are counted as they are shown: so many others are ``ahead``."""
    if same(value, ABSENT):
        return _nothing(fact)
    words = _WORDS.get(fact.rpartition("/")[2], {}).get(value, "") if isinstance(value, str) else ""
    return words or (visible(value) if isinstance(value, str) and fact in _TYPES else phrase(_counted(value, ahead)))


def allowed(fact: str, values: Iterable[Value], ahead: Mapping[str, int] = NONE) -> str:
    """What the documents allow of a fact, in a few words, as :func:`told` has it; a base tells of what is derived."""
    given = tuple(values)
    if fact in _TYPES:
        told_apart = widest(value for value in given if isinstance(value, str))
        given = tuple(value for value in given if not isinstance(value, str) or value in told_apart)
    return " or ".join(told(fact, value, ahead) for value in given) if given else choice(given)


def contrast(finding: Finding) -> tuple[str, str, str]:
    """What the fact of a finding is about, what was expected, and what was seen in its smallest case.

    Where a statement was not done it is about that statement, and the exception was seen instead.
    """
    shown = ahead(finding.minimal)
    fact, expected = finding.fact, allowed(finding.fact, finding.expected, shown)
    match [_counted(value, shown) for value in finding.expected]:
        case [("event", str() as label, int() as number)] if type(number) is int and same(finding.seen, ABSENT):
            error = finding.raised.partition(":")[0]
            return visible(statement(label, number)), "done", visible(error) or "not done"
        case _:
            return about(fact), expected, told(fact, finding.seen, shown)


def _counted(value: Value, ahead: Mapping[str, int]) -> Value:
    match value:
        case ("event", str() as label, int() as number) if type(number) is int:
            return ("event", label, number + ahead.get(label, 0))
        case _:
            return value


def _nothing(fact: str) -> str:
    return _NOTHING.get(fact) or _NOTHING.get(fact.partition("/")[0]) or phrase(ABSENT)
