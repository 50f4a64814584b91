"""Python text of a source.

The text refers to what is not its own only by names that no case can bind (``permitted.HOST``). The agent, or a
reproducer, puts them into ``builtins`` beforehand: ``_mark(label, name)`` adds an event to the trace, ``_tree`` is the
directory of the case, ``_finish(name, namespace, error)`` ends a main program; ``_sys`` is that module; ``_type``,
``_globals`` and ``_ValueError``, as every exception, are built in without the underscore. Spelt plainly, for people,
they stand without it: the same, unless the case binds such a name (``rebinds``).
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from harness.model.case import Case
from harness.model.exceptions import BASES
from harness.model.language.compound import Try
from harness.model.language.failing import Raise
from harness.model.language.spelling import INDENT, JUDGED, PLAIN, Spelling, event
from harness.model.source import Source

PROGRAM: Final = "program"
"""The label of the steps of a program that belongs to no file."""

_REBOUND: Final = BASES.keys() | {"__import__", "globals", "type"}
_PARTS: Final = re.compile(r"[./]")


def render_program(source: Source, *, steps: bool = False, plain: bool = False) -> str:
    """The text of a program that the agent executes; with ``steps`` it adds the end of each statement to the trace."""
    return _text(_docstring(source), _top(source, PROGRAM if steps else None, _spelling(plain=plain)))


def render_module(
    source: Source, label: str, *, agent: str | None = None, steps: bool = False, plain: bool = False
) -> str:
    """The text of a module that adds an event with ``label`` to the trace as soon as it is executed.

    With ``agent`` it loads that file first if nothing did: some packages are executed before a main program. With
    ``steps`` it adds the end of each statement to the trace.
    """
    load = () if agent is None else _load(agent)
    top = _top(source, label if steps else None, _spelling(plain=plain))
    return _text(_docstring(source), iter([*load, event(label)]), top)


def render_main(source: Source, label: str, *, agent: str, steps: bool = False, plain: bool = False) -> str:
    """The text of a program that the interpreter itself starts: it loads the agent (a file) and reports to it."""
    host = _spelling(plain=plain)
    body = [INDENT + line for line in (event(label), *_top(source, label if steps else None, host))]
    frame = [*_load(agent), "try:", *body, f"except {host.built_in}BaseException as _error:"]
    frame += [f"{INDENT}_finish(__name__, {host.built_in}globals(), _error)", f"{INDENT}raise"]
    frame += ["else:", f"{INDENT}_finish(__name__, {host.built_in}globals(), None)"]
    return _text(_docstring(source), iter(frame))


def rebinds(case: Case) -> bool:
    """Whether the case may bind a name of the plain spelling, so that it says something else than the judged one."""
    return not _REBOUND.isdisjoint(_words(case))


def _words(value: object) -> Iterator[str]:
    """Every name that may be bound: in statements, in the texts of an ``__all__``, and those of files."""
    if isinstance(value, str):
        yield from _PARTS.split(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _words(item)
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            if not (field == "error" and isinstance(value, Raise | Try)):
                yield from _words(getattr(value, field))


def _spelling(*, plain: bool) -> Spelling:
    return PLAIN if plain else JUDGED


def _load(agent: str) -> tuple[str, ...]:
    read = f"(lambda file: (file.read(), file.close()))(open({ascii(agent)}))[0]"
    load = f'exec({read}, {{"__name__": "import_conformance_agent"}})'
    return ("try:", f"{INDENT}_mark", "except NameError:", INDENT + load)


def _text(*parts: Iterator[str]) -> str:
    lines = [line for part in parts for line in part]
    return "".join(f"{line}\n" for line in lines)


def _docstring(source: Source) -> Iterator[str]:
    if source.doc is not None:
        yield ascii(source.doc)


def _top(source: Source, label: str | None, host: Spelling) -> Iterator[str]:
    """The statements of a source; with a label each one's end as an event ``(label, N)``, counted from 1."""
    for number, statement in enumerate(source.statements, 1):
        yield from statement.lines(host)
        if label is not None and statement.may_raise:
            yield f"_mark({ascii(label)}, {number})"
