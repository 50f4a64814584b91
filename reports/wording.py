"""Values and verdicts as people read them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from signal import Signals
from typing import Final, TypeAlias

from harness.model.clauses import Clause
from harness.model.rendering import PROGRAM
from harness.model.saying import LEFT_OUT
from harness.model.values import TAG, TREE, Value
from harness.model.versions import Version
from reports.records import Finding, Header

Linked: TypeAlias = Callable[[Clause, Version], Clause]
"""A clause with the link to the documents of a version, where they are known to have the section."""

UNLISTED: Final = "in a way not listed"
"""How somebody departs from a clause who makes none of its departures."""

ON_UNLISTED: Final = (
    f"{UNLISTED}: no departure listed for the clause (explain CLAUSE shows them) explains these cases together; "
    "they have the clause in common, and cases that are as documented hardly ask it"
)
"""What that means."""
_SIGNALS: Final = {int(item): item.name for item in Signals}


_SHOWN: Final = {
    (True, True): "shows name and origin",
    (True, False): "shows the name without an origin",
    (False, True): "shows the origin without the name",
    (False, False): "shows neither name nor origin",
}
"""What is said of a repr."""

_OF: Final = {
    "loader": "the loader of",
    "module": "module",
    "object": "object of type",
    "raised": "raises",
    "spec": "the spec of",
    "unloaded": "not yet executed (LazyLoader): module",
}
"""What stands before the name that a value of that kind has."""

_ALONE: Final = {"lazy": "a lazy import that was not used yet", "unobserved": "not observed"}
"""What is said of a value of a kind of which there is but one."""

_FILE: Final = re.compile(r"r\d+/")
"""So begins the label of an event that tells of a file of the tree; another is what a program prints."""

_PLACES: Final = re.compile("|".join(map(re.escape, (TREE, TAG, "<place of the tree>"))))
"""What stands in a text for what is another each time: the directory of a case, the tag of bytecode files."""


def phrase(value: Value) -> str:
    """A value of a fact in a few words, on one line."""
    match value:
        case str():
            return placeless(visible(repr(value)))
        case tuple() if value:
            return _kinds(value[0], value[1:])
        case _:
            return repr(value)


def _kinds(kind: object, rest: tuple[Value, ...]) -> str:
    match kind, rest:
        case str() as held, () if held in _ALONE:
            return _ALONE[held]
        case "event", (str() as label, told):
            return visible(_event(label, told))
        case "stray", (name, int() as number):
            which = f" (number {number + 1} of them)" * (number > 0)
            return visible(f"module {name} that is not in sys.modules{which}")
        case "bytes", (str() as held,):
            return repr(held.encode("latin-1", "replace"))
        case "module-info", (name, package):
            return f"ModuleInfo(…, {phrase(name)}, {phrase(package)})"
        case "list" | "iterable", items:
            listed = ", ".join(map(phrase, items))
            return f"[{listed}]" if kind == "list" else f"an iterable of {listed or 'nothing'}"
        case "tuple", items:
            return f"({', '.join(phrase(item) for item in items)}{',' * (len(items) == 1)})"
        case str() as held, (name,) if held in _OF:
            return visible(f"{_OF[held]} {name}")
        case "exited", (status,):
            return f"exited with status {phrase(status)}"
        case "unbegun", (status,):
            return f"ended with status {phrase(status)} before it began"
        case "crashed", (int() as number,):
            return f"crashed, {_SIGNALS.get(number, 'signal')} ({number})"
        case "repr", (shows_name, shows_origin):
            return _SHOWN[bool(shows_name), bool(shows_origin)]
        case _, items:
            return visible(" ".join([str(kind), *(item if isinstance(item, str) else phrase(item) for item in items)]))


def _event(label: str, told: Value) -> str:
    """What happens in a step: a statement is done, a file is executed by a name, or a program prints."""
    if type(told) is int and (label == PROGRAM or _FILE.match(label)):
        return f"{statement(label, told)} is done"
    name = told if isinstance(told, str) else phrase(told)
    return f"{label} runs as {name}" if _FILE.match(label) else f"it prints {label} {name}"


def statement(label: str, number: int) -> str:
    """A statement, by its place in the source of that label."""
    return f"statement {number} of {'the program' if label == PROGRAM else label}"


def placeless(text: str) -> str:
    """The text for people: what stands in it for the directory of a case is left out."""
    return _PLACES.sub(LEFT_OUT, text)


def visible(text: str) -> str:
    """The text with everything that does not print, line ends apart, written as its escape."""
    return "".join(char if char.isprintable() or char == "\n" else ascii(char)[1:-1] for char in text)


def caused(header: Header, finding: Finding) -> str:
    """The cause of a finding: the clause it departs from, and how, if that is known."""
    clause = header.clauses[finding.clause].id
    if finding.as_if:
        return clause
    return f"{clause}: {visible(finding.departure)}" if finding.departure else f"{clause}, {UNLISTED}"


def instead(text: str, as_if: Sequence[str] = ()) -> str:
    """What happens instead, in words, or as if what; nothing where neither is known."""
    if as_if:
        listed = [item for item in as_if if item]
        return visible(f"as if: {'; or: '.join([*listed, *[UNLISTED] * (len(listed) < len(as_if))])}")
    return visible(f"instead: {text}") if text else ""


def unlinked(clause: Clause, _version: Version) -> Clause:
    """The clause with the link that it has."""
    return clause


def departed(header: Header, finding: Finding, linked: Linked = unlinked) -> Clause:
    """The clause of a finding, linked to the documents of the first version that departs from it."""
    clause = header.clauses[finding.clause]
    return linked(clause, header.implementations[min(map(int, finding.cases))].language) if finding.cases else clause


def choice(values: Iterable[Value]) -> str:
    """The values the documents allow."""
    return " or ".join(phrase(value) for value in values) or "anything"


def bare(label: str) -> str:
    """The label without what tells it from those of others with the same name and version."""
    return label.partition(" (")[0].partition(" #")[0]


def raised(finding: Finding) -> str:
    """The exception that ended the smallest case, with what it says, where the process did not say that itself."""
    return "" if finding.said else placeless(visible(finding.raised.rstrip(": ")))


def wanted(names: Iterable[str]) -> str:
    """That modules cannot be imported that the documents describe."""
    return f"it cannot import {', '.join(names)}; no case of that is judged"


def plural(count: int, noun: str) -> str:
    """``1 case``, ``2 cases``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def rest(reasons: Mapping[str, int]) -> Iterator[str]:
    """What was not executed, by its reason; one that counts nothing ended the run while findings were made smaller."""
    for reason, count in reasons.items():
        yield f"{count:,} {reason}" if count else f"{reason} before all findings were as small as they get"


def takers(cases: Mapping[str, int], everybody: int) -> str:
    """Of so many implementations these, in how many cases each: ``all 5 implementations (4 to 6 cases each)``."""
    low, high = min(cases.values()), max(cases.values())
    counted = plural(high, "case") if low == high else f"{low:,} to {high:,} cases"
    each = " each" if len(cases) > 1 else ""
    who = f"all {everybody} implementations" if len(cases) == everybody > 2 else ", ".join(cases)  # noqa: PLR2004 - a few
    return f"{who} ({counted}{each})"
