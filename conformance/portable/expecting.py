"""The facts of a vector that the documents allow, as the exported format spells them (``portable.md``)."""

import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

import msgspec

from harness.model.case import Case, Embedded, every, written_tree
from harness.model.exceptions import introduced
from harness.model.language.compound import Class, Function, Try, bodies
from harness.model.language.failing import Broken, Raise
from harness.model.language.scoped import standing
from harness.model.language.star import StarImport
from harness.model.prediction import Ending, Exactly, OneOf, World, allowed
from harness.model.rendering import PROGRAM
from harness.model.values import ABSENT, Value
from harness.model.versions import LAST, Version
from harness.oracle import predict

Facts: TypeAlias = dict[str, tuple[str | None, ...]]
"""What each may be, as JSON; None: it is not there."""

_OLDEST: Final[Version] = (3, 8)
_LEFT_OUT: Final = frozenset({"__loader__", "same-path", "repr", "dir"})
_MODULES: Final = "modules"
_TELLING: Final = frozenset({"argv0", "path0", _MODULES, "outcome"})
_UNFIT: Final = (("object", "list"), ("object", "tuple"), "present")
_KINDS: Final = (("loader",), ("bytes",))
_PLACE: Final = "<place of the tree>"
_BEGUN: Final = ("completed", "raised")
_UNBEGUN: Final = "unbegun"


class Expected(msgspec.Struct, frozen=True):
    """What is allowed from one version of the language on, and before another: ``always``, and in some one world."""

    since: Version
    until: Version
    always: Facts
    worlds: tuple[Facts, ...]


def expected(case: Case) -> tuple[Expected, ...]:
    """What the documents allow, version by version; nothing is said of those that lack what the case speaks of."""
    found: list[Expected] = []
    version = _OLDEST
    while version < LAST:
        prediction = predict(case, version)
        if _has_all(case, version):
            worlds = [facts for world in prediction.worlds for facts in _worlds(case, world)]
            part = Expected(version, prediction.until, *_divided(worlds))
            last = found[-1] if found else None
            if last is not None and (last.until, last.always, last.worlds) == (version, part.always, part.worlds):
                found[-1] = msgspec.structs.replace(last, until=part.until)
            else:
                found.append(part)
        version = prediction.until
    return tuple(found)


def is_told(key: str) -> bool:
    """Whether the exported format tells a fact of an observation."""
    return bool(_key(key)) or key.startswith("trace/")


def _has_all(case: Case, version: Version) -> bool:
    """Whether that version has every exception of which the case speaks."""
    return all(introduced(item.error, version) for item in every(case) if isinstance(item, Raise | Try))


def _divided(worlds: list[Facts]) -> tuple[Facts, tuple[Facts, ...]]:
    """The facts that are the same in all worlds, and the others of each, no two of them alike."""
    always = {key: some for key, some in worlds[0].items() if all(world.get(key) == some for world in worlds)}
    others: list[Facts] = []
    for world in worlds:
        own = {key: some for key, some in world.items() if key not in always}
        if own not in others:
            others.append(own)
    return always, tuple(others)


def _worlds(case: Case, world: World) -> Iterator[Facts]:
    """The facts of a world: of one for each answer to what is asked of single facts."""
    asked: dict[str, tuple[str, ...]] = {}
    for item in world.facts.values():
        if isinstance(item, OneOf) and item.options:
            asked[item.clauses[-1]] = tuple(dict.fromkeys((*asked.get(item.clauses[-1], ()), *item.options)))
    for options in itertools.product(*asked.values()):
        yield _facts(case, world, dict(zip(asked, options, strict=True)))


def _facts(case: Case, world: World, answers: Mapping[str, str]) -> Facts:
    first = world.facts.get("trace/0000")
    if _is_no_python(case) or (isinstance(first, Exactly) and first.value == ABSENT):
        return {"outcome": (json.dumps(_UNBEGUN),)}
    found: dict[str, tuple[Value, ...]] = {}
    for key, item in world.facts.items():
        if isinstance(item, OneOf) and answers.get(item.clauses[-1]) in item.options:
            found[key] = (item.values[item.options.index(answers[item.clauses[-1]])],)
        else:
            found[key] = allowed(item)
    said: Facts = {} if found.get("outcome") else {"outcome": tuple(map(json.dumps, _BEGUN))}
    said.update(_output(case, found, ended=world.ending is Ending.COMPLETED))
    for key, values in found.items():
        name = _key(key)
        if name and values and not any(map(_unfit, values)):
            said[name] = tuple(_spelt(value, names=name == _MODULES or name.endswith("/")) for value in values)
    return said


def _is_no_python(case: Case) -> bool:
    """Whether the program is executed by us, and is no Python."""
    if not isinstance(case.launch, Embedded):
        return False
    every = tuple(standing(case.program.statements))
    inner = (body for item in every if isinstance(item, Class | Function) for body in bodies(item))
    starred = any(isinstance(item, StarImport) for body in inner for item in standing(body))
    return starred or any(isinstance(item, Broken) for item in every)


def _output(case: Case, found: Mapping[str, tuple[Value, ...]], *, ended: bool) -> Facts:
    """What is printed, line by line: the events, but for the ends of statements."""
    roots = enumerate(written_tree(case).roots)
    labels = {PROGRAM, *(f"r{number}/{entry.path}" for number, root in roots for entry in root.entries)}
    trace = [values for key, values in sorted(found.items()) if key.startswith("trace/") and key != "trace/length"]
    printed = [values for values in trace if not values or _is_printed(values[0], labels)]
    lines = [tuple(map(_line, values)) for values in printed]
    said: Facts = {f"output {number}": line for number, line in enumerate(lines) if line and None not in line}
    return {**said, "output": (json.dumps(len(lines)),)} if ended else said


def _is_printed(event: Value, labels: set[str]) -> bool:
    """Whether it is an event, and not the end of a statement."""
    return isinstance(event, tuple) and event != ABSENT and not (type(event[2]) is int and event[1] in labels)


def _line(event: Value) -> str | None:
    """The line of an event, as JSON; None where it shows what is no constant."""
    _, label, told = event if isinstance(event, tuple) else ("", "", ("object",))
    try:
        return json.dumps(f"{label} {_shown(told)}")
    except ValueError:
        return None


def _shown(value: Value) -> object:
    """The constant that a value stands for.

    Raises:
        ValueError: it stands for none.
    """
    match value:
        case ("list", *items):
            return [_shown(item) for item in items]
        case ("tuple", *items):
            return tuple(_shown(item) for item in items)
        case tuple():
            raise ValueError(value)
        case _:
            return value


def _key(key: str) -> str:
    """The name of a fact in the exported format; empty where it is left out."""
    kind, _, rest = key.partition("/")
    match kind:
        case "exception":
            return "" if "-" in rest else {"type": "error", "cause": "", "context": ""}.get(rest, f"error.{rest}")
        case "names":
            return "program/"
        case "binding":
            return "" if "/" in rest else f"program/{rest}"
        case "main":
            return _attribute("program", rest)
        case "module":
            name, _, rest = rest.partition("/")
            return _attribute(f"module {name}", rest)
        case _:
            return key if key in _TELLING else ""


def _attribute(prefix: str, rest: str) -> str:
    if rest == "names":
        return f"{prefix}/"
    if rest.startswith("value/"):
        return "" if "/" in rest.removeprefix("value/") else f"{prefix}/{rest.removeprefix('value/')}"
    if rest.startswith("spec."):
        return f"{prefix}/__spec__.{rest.removeprefix('spec.')}"
    return "" if rest in _LEFT_OUT else f"{prefix}/{rest}".removesuffix("/")


def _unfit(value: Value) -> bool:
    """Whether the runner does not see the value as it is spelt here."""
    inner = any(map(_unfit, value)) if isinstance(value, tuple) else isinstance(value, str) and _PLACE in value
    return inner or value in _UNFIT or (isinstance(value, tuple) and value[:1] in _KINDS)


def _spelt(value: Value, *, names: bool = False) -> str | None:
    """The value as JSON; None where there is none."""
    if value == ABSENT:
        return None
    return json.dumps(_plain(value[1:] if names and isinstance(value, tuple) else value))


def _plain(value: Value) -> object:
    match value:
        case ("stray", *_):
            return ["stray"]
        case ("spec", *_):
            return ["object", "ModuleSpec"]
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value
