"""Python text of a source, in one of two spellings.

The judged one refers to what is not its own only by names that no case can bind (``permitted.HOST``). The agent, or a
reproducer, puts them into ``builtins`` beforehand: ``_mark(label, name)`` adds an event to the trace, ``_tree`` is the
directory of the case, ``_finish(name, namespace, error)`` ends a main program; ``_sys`` is that module, ``_host`` has
the others; ``_type``, ``_globals`` and ``_ValueError``, as every exception, are built in without the underscore.

The plain one is for people (``plainly``): it imports at its top what it needs, by a name that the case does not bind.
It says the same, but that those names (``added``) are bound in the modules it is of, and wherever they are taken from.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from harness.model.case import Case, Embedded, Module, sources, written_tree
from harness.model.language.compound import Edit, statements
from harness.model.language.editing import futures
from harness.model.language.expressions import Call
from harness.model.language.shapes import Library
from harness.model.language.spelling import INDENT, JUDGED, Plain, Spelling
from harness.model.language.word import Word
from harness.model.source import Source
from harness.model.tree import SourceFile

PROGRAM: Final = "program"
"""The label of the steps of a program that belongs to no file."""

UP: Final = "../"
"""The way from where a module works that is run with ``-m`` to its tree."""

_PARTS: Final = re.compile(r"[./]")


def render_program(source: Source, *, label: str = PROGRAM, steps: bool = False, host: Spelling = JUDGED) -> str:
    """The text of a program that the agent executes; with ``steps`` it adds the end of each statement to the trace."""
    return _text(source, [], _top(source, label if steps else None, host))


def render_module(
    source: Source, label: str, *, agent: str | None = None, steps: bool = False, host: Spelling = JUDGED
) -> str:
    """The text of a module that adds an event with ``label`` to the trace as soon as it is executed.

    With ``agent`` it loads that file first if nothing did: some packages are executed before a main program. With
    ``steps`` it adds the end of each statement to the trace.
    """
    load = () if agent is None else _load(agent)
    return _text(source, [*load, JUDGED.marked(label)], _top(source, label if steps else None, host))


def render_main(source: Source, label: str, *, agent: str, steps: bool = False, host: Spelling = JUDGED) -> str:
    """The text of a program that the interpreter itself starts: it loads the agent (a file) and reports to it."""
    body = [INDENT + line for line in (JUDGED.marked(label), *_top(source, label if steps else None, host))]
    frame = [*_load(agent), "try:", *body, f"except {JUDGED.builtin('BaseException')} as _error:"]
    frame += [f"{INDENT}_finish(__name__, {JUDGED.builtin('globals')}(), _error)", f"{INDENT}raise"]
    frame += ["else:", f"{INDENT}_finish(__name__, {JUDGED.builtin('globals')}(), None)"]
    return _text(source, [], frame)


def plainly(case: Case, *, traced: bool = False, telling: bool = False) -> Plain:
    """The plain spelling of a case; with ``traced`` its marks are still events, with ``telling`` edits have them."""
    directory = UP if isinstance(case.launch, Module) else ""
    return Plain(frozenset(words(case)), directory=directory, traced=traced, telling=telling)


def added(case: Case) -> frozenset[str]:
    """The names that the plain spelling of a case binds and that the case does not."""
    host = plainly(case)
    for source in sources(case):
        edits = (item for item in statements(source.statements) if isinstance(item, Edit))
        for statement in (*source.statements, *(inner for edit in edits for inner in edit.body)):
            for _ in statement.lines(host):
                pass
    return host.names()


def ahead(case: Case) -> dict[str, int]:
    """How many statements the plain spelling puts ahead of those of a source, by its label: what it imports there."""
    host = plainly(case)
    held = {PROGRAM: case.program} if isinstance(case.launch, Embedded) else {}
    for number, root in enumerate(written_tree(case).roots):
        held |= {f"r{number}/{item.path}": item.source for item in root.entries if isinstance(item, SourceFile)}
    return {label: _imported(source, host.anew()) for label, source in held.items()}


def _imported(source: Source, host: Spelling) -> int:
    for statement in source.statements:
        for _ in statement.lines(host):
            pass
    return sum(1 for _ in host.imports())


def words(value: object) -> Iterator[str]:
    """Every name that may be bound: in statements, in the texts of an ``__all__``, and those of files.

    What a statement calls in the library by its full name is none.
    """
    match value:
        case str():
            yield from _PARTS.split(value)
        case tuple():
            for item in value:
                yield from words(item)
        case Call(arguments=arguments, keywords=keywords):
            yield from words((*arguments, *(held for _, held in keywords)))
        case Word():
            yield from words(tuple(value.own()))
        case Library():
            pass
        case msgspec.Struct():
            for field in value.__struct_fields__:
                yield from words(getattr(value, field))
        case _:
            pass


def _load(agent: str) -> tuple[str, ...]:
    read = f"(lambda file: (file.read(), file.close()))(open({ascii(agent)}))[0]"
    names = f'{{"__name__": "import_conformance_agent", "__file__": {ascii(agent)}}}'
    load = f"exec({read}, {names})"
    return ("try:", f"{INDENT}_mark", "except NameError:", INDENT + load)


def _text(source: Source, first: list[str], then: list[str]) -> str:
    """The docstring and the future statements at the top of a source, before which nothing may stand, and the rest."""
    docstring = [] if source.doc is None else [ascii(source.doc)]
    directives = [
        line for statement in source.statements[: futures(source.statements)] for line in statement.lines(JUDGED)
    ]
    return "".join(f"{line}\n" for line in (*docstring, *directives, *first, *then))


def _top(source: Source, label: str | None, host: Spelling) -> list[str]:
    """The statements of a source; with a label each one's end as an event ``(label, N)``, counted from 1."""
    own = host.anew()
    body: list[str] = []
    first = futures(source.statements)
    for number, statement in enumerate(source.statements[first:], first + 1):
        body += statement.lines(own)
        if label is not None and statement.may_raise:
            body.append(f"_mark({ascii(label)}, {number})")
    return [*own.imports(), *body]
