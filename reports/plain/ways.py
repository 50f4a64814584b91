"""What of a program is looked at to show that a fact differs, the nearest to the fact first."""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from harness.model.case import Embedded, written_tree
from harness.model.rendering import PROGRAM
from harness.model.values import ABSENT, Value
from reports.plain.sights import COURSE, Sight
from reports.plain.spelling import Names

_Event: TypeAlias = tuple[str, Value]


class Way(msgspec.Struct, frozen=True):
    """How the program ends, or what it prints, if the events of these ``marks`` are told.

    A ``fact`` is one that an assertion tells of.
    """

    fact: str = ""
    printed: tuple[str, ...] | None = None
    seen: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    named: bool = False

    @property
    def ending(self) -> bool:
        """Whether it is the end that is looked at."""
        return not self.fact and self.printed is None

    def mirrored(self) -> "Way":
        """The same, as if what was seen were what is expected."""
        if self.printed is None:
            return self
        return msgspec.structs.replace(self, printed=self.seen, seen=self.printed)


def ways(sight: Sight) -> Iterator[Way]:
    """What can be looked at."""
    ends = sight.ends_otherwise or sight.fact in {"outcome", "exception/type"}
    if ends:
        yield Way()
    if sight.fact.startswith(COURSE):
        if not ends and isinstance(sight.case.launch, Embedded):
            yield from map(Way, _cached(sight))
        printed = _printed(sight)
        if printed is not None and not sight.lost:
            yield printed
    for fact in () if ends else sight.differing():
        if not fact.startswith(COURSE):
            yield Way(fact)


def _cached(sight: Sight) -> Iterator[str]:
    """The facts by which the cache tells which modules are executed, as well as what they would print."""
    labels = {f"r{number}/{entry.path}" for number, root in enumerate(sight.case.tree.roots) for entry in root.entries}
    every = [values[0] for key, values in sight.world.items() if key.startswith("trace/") and values]
    wanted = dict(_executed(every, labels))
    seen = dict(_executed((value for key, value in sight.observed.items() if key.startswith("trace/")), labels))
    keys = [_keys(value) for value in (*sight.allowed("modules"), sight.held("modules"))]
    if len(keys) == 2:  # noqa: PLR2004 - what is wanted, and what is seen
        missing, more = ([key for key in one if key not in other] for one, other in (keys, keys[::-1]))
        if (missing or more) and {*missing, *more} <= wanted.keys() ^ seen.keys():
            yield "modules"
    for name in wanted.keys() & seen.keys():
        fact = f"module/{name}/__file__"
        if wanted[name] != seen[name] and fact in sight.differing():
            yield fact


def _executed(events: Iterable[Value], labels: Container[str]) -> Iterator[tuple[str, str]]:
    """The modules that these events tell to be executed, by their names, and from which file."""
    for event in events:
        if isinstance(event, tuple) and event[0] == "event" and event[1] in labels and isinstance(event[2], str):
            yield event[2], str(event[1])


def _keys(value: Value) -> tuple[Value, ...]:
    return value[1:] if isinstance(value, tuple) and value[0] == "list" else ()


def _printed(sight: Sight) -> Way | None:
    """What is printed, where that differs and is known to the end: no more than makes the difference."""
    if "trace/length" not in sight.world:
        return None
    names = Names(sight.case)
    wanted = [sight.allowed(f"trace/{at:04}")[0] for at in range(_length(sight.allowed("trace/length")[0]))]
    seen = [sight.held(f"trace/{at:04}") for at in range(_length(sight.held("trace/length")))]
    roots = enumerate(written_tree(sight.case).roots)
    labels = {PROGRAM, *(f"r{number}/{entry.path}" for number, root in roots for entry in root.entries)}
    both = [[_event(each, names) for each in events if _is_printed(each, labels)] for events in (wanted, seen)]
    every = {label for label, _ in (*both[0], *both[1])}
    marks = {label for label in every if _of(label, both[0]) != _of(label, both[1])} or every
    launch = sight.case.launch
    if not isinstance(launch, Embedded) and not _of(names.short(launch.path), both[0]):
        marks = marks & {names.short(launch.path)} or marks  # what is not to begin tells of itself
    told = [[event for event in events if event[0] in marks] for events in both]
    modules = {label: {name for other, name in (*told[0], *told[1]) if other == label} for label in marks}
    named = any(len(held) > 1 and all(isinstance(name, str) for name in held) for held in modules.values())
    lines = [tuple(_line(event, named=named) for event in events) for events in told]
    return Way("", lines[0], lines[1], frozenset(marks), named) if lines[0] != lines[1] else None


def _event(event: Value, names: Names) -> _Event:
    _, label, told = event if isinstance(event, tuple) else ("", "", "")
    return names.short(label) if "/" in label else label, told


def _of(label: str, events: Sequence[_Event]) -> list[_Event]:
    return [event for event in events if event[0] == label]


def _length(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _is_printed(event: Value, labels: set[str]) -> bool:
    """Whether it is an event, and not the end of a statement."""
    return isinstance(event, tuple) and event != ABSENT and not (type(event[2]) is int and event[1] in labels)


def _line(event: _Event, *, named: bool) -> str:
    """What is printed."""
    label, told = event
    if isinstance(told, str):
        return f"{label} {told}" if named else label
    return f"{label} {_shown(told)}"


def _shown(value: Value) -> object:
    match value:
        case ("list", *items):
            return [_shown(item) for item in items]
        case ("tuple", *items):
            return tuple(_shown(item) for item in items)
        case _:
            return value
