"""A program with the assertion of what it is to do, line by line."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from harness.model.exceptions import BASES, descends, widest
from harness.model.language.spelling import INDENT
from reports.plain.checks import Inside, check
from reports.plain.sights import Sight
from reports.plain.spelling import Text
from reports.plain.ways import Way

_APART: Final = frozenset({"BaseException", "SystemExit", "KeyboardInterrupt", "GeneratorExit"})
"""The exceptions that are no Exception."""


class Lines(NamedTuple):
    """A program, line by line: what ends well, however it goes on, and the rest."""

    before: Sequence[str]
    rest: Sequence[str]


def body(sight: Sight, way: Way, inside: Inside, program: Lines, *, capture: str = "") -> list[str]:
    """The program and its assertion; what it prints is captured by that name, or else by others."""
    text = inside.text
    made = check(sight.of(way.fact) if way.fact != sight.fact else sight, inside) if way.fact else None
    if way.ending:
        return _ending(sight, inside, program)
    lines = _guarded(sight, inside, program, raised=made is not None and made.raised)
    if made is None:
        return _captured(way, text, lines, capture) if capture else lines
    if made.warned:
        lines = _warned(inside, lines)
    return [made.line, *lines] if made.early else [*lines, made.line]


def _ending(sight: Sight, inside: Inside, program: Lines) -> list[str]:
    """The program is to end as it is documented; where it is to end well, an exception tells enough."""
    wanted, text = sight.wanted, inside.text
    types = [text.builtin(name) for name in wanted if name]
    if sight.lost:
        types = [text.builtin("Exception")] if sight.ends_anyhow else types
        return _except(program, types) if types else [*program.before, *program.rest]
    if sight.ends_well_instead:
        return [*_raising(sight, inside, program), f"assert {inside.raised} is not None"]
    if not types and sight.ended not in _APART:
        return [*program.before, *program.rest]
    other = sight.ended not in _APART and not any(descends(sight.ended, name) for name in wanted)
    if types and "" not in wanted and program.rest and other:
        return _raised(program, [text.builtin(name) for name in widest(wanted)], text.builtin("AssertionError"))
    kind = f"{text.builtin('type')}({inside.raised})"
    tests = [f"{inside.raised} is None"] if "" in wanted else []
    if {"ImportError", "ModuleNotFoundError"} == set(wanted):
        tests.append(f"{text.builtin('isinstance')}({inside.raised}, {text.builtin('ImportError')})")
    elif types:
        tests.append(f"{kind} is {types[0]}" if len(types) == 1 else f"{kind} in ({', '.join(types)})")
    assertion = f"assert {' or '.join(tests)}, {text.builtin('repr')}({inside.raised})"
    return [*_raising(sight, inside, program), assertion]


def _guarded(sight: Sight, inside: Inside, program: Lines, *, raised: bool) -> list[str]:
    """The program, which may end in an exception."""
    if raised:
        return _raising(sight, inside, program)
    types = (
        ["Exception"] if sight.ends_anyhow else sorted(widest(name for name in (*sight.wanted, sight.ended) if name))
    )
    return (
        _except(program, [inside.text.builtin(name) for name in types]) if types else [*program.before, *program.rest]
    )


def _except(program: Lines, types: Sequence[str]) -> list[str]:
    if not program.rest:
        return list(program.before)
    caught = types[0] if len(types) == 1 else f"({', '.join(types)})"
    return [*program.before, "try:", *indented(program.rest), f"except {caught}:", f"{INDENT}pass"]


def _raised(program: Lines, types: Sequence[str], error: str) -> list[str]:
    """The program, which is to raise one of these: another exception ends it with its own traceback."""
    return [*_except(program, types), "else:", f'{INDENT}raise {error}("no exception")']


def _raising(sight: Sight, inside: Inside, program: Lines) -> list[str]:
    """The program, and a name for the exception that ends it."""
    text = inside.text
    apart = any(name in _APART or name not in BASES for name in (*sight.wanted, sight.ended) if name)
    caught, error = text.builtin("BaseException" if apart else "Exception"), text.names.free("error")
    head = [*program.before, f"{inside.raised} = None", "try:", *indented(program.rest)]
    return [*head, f"except {caught} as {error}:", f"{INDENT}{inside.raised} = {error}"]


def _captured(way: Way, text: Text, lines: Sequence[str], name: str) -> list[str]:
    head = [f"{name} = {text.module('io')}.StringIO()", f"with {text.module('contextlib')}.redirect_stdout({name}):"]
    return [*head, *indented(lines), printed(way, f"{name}.getvalue()", f"{name}.getvalue()")]


def printed(way: Way, output: str, shown: str) -> str:
    """The assertion of what is printed."""
    holds = f"{output}.splitlines() == {ascii(list(way.printed))}" if way.printed else f"not {output}"
    return f"assert {holds}, {shown}"


def _warned(inside: Inside, lines: Sequence[str]) -> list[str]:
    warnings = inside.text.module("warnings")
    head = f"with {warnings}.catch_warnings(record=True) as {inside.warned}:"
    return [head, *indented([f'{warnings}.simplefilter("always")', *lines])]


def indented(lines: Sequence[str]) -> Iterator[str]:
    """The lines, one level deeper."""
    yield from (f"{INDENT}{line}" for line in lines or ["pass"])
