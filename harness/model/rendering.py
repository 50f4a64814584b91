"""Python text of a source.

The text refers to what is not its own only by names that no case can bind (``permitted.HOST``). The agent, or a
reproducer, puts them into ``builtins`` beforehand: ``_mark(label, name)`` adds an event to the trace, ``_tree`` is the
directory of the case, ``_finish(name, namespace, error)`` ends a main program; ``_sys`` is that module; ``_type``,
``_globals`` and ``_ValueError``, as every exception, are built in without the underscore. Spelt plainly, for people,
they stand without it: the same, unless the case binds such a name (``rebinds``).
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias, assert_never

import msgspec

from harness.model.case import Case
from harness.model.exceptions import BASES
from harness.model.source import (
    Alias,
    Assign,
    Block,
    Broken,
    Class,
    Delete,
    Extend,
    FromImport,
    Function,
    Guard,
    Import,
    Invoke,
    Items,
    Literal,
    Mark,
    ModuleDir,
    ModuleGetattr,
    PathEdit,
    Raise,
    Read,
    Recache,
    SetPath,
    Source,
    StarImport,
    Statement,
    Substitute,
    Try,
    Uncache,
    is_step,
)

PROGRAM: Final = "program"
"""The label of the steps of a program that belongs to no file."""

_INDENT: Final = "    "
_Simple: TypeAlias = Mark | Assign | Extend | Delete | Read | Import | FromImport | StarImport | Raise | Broken | Invoke
_System: TypeAlias = Uncache | Block | Substitute | Recache | SetPath | PathEdit


class _Spelling(NamedTuple):
    """How a text refers to its host: what stands before a built-in name, and the module ``sys``."""

    built_in: str
    sys: str


_JUDGED: Final = _Spelling("_", "_sys")
_PLAIN: Final = BASES.keys() | {"__import__", "globals", "type"}
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
    return _text(_docstring(source), iter([*load, _event(label)]), top)


def render_main(source: Source, label: str, *, agent: str, steps: bool = False, plain: bool = False) -> str:
    """The text of a program that the interpreter itself starts: it loads the agent (a file) and reports to it."""
    host = _spelling(plain=plain)
    body = [_INDENT + line for line in (_event(label), *_top(source, label if steps else None, host))]
    frame = [*_load(agent), "try:", *body, f"except {host.built_in}BaseException as _error:"]
    frame += [f"{_INDENT}_finish(__name__, {host.built_in}globals(), _error)", f"{_INDENT}raise"]
    frame += ["else:", f"{_INDENT}_finish(__name__, {host.built_in}globals(), None)"]
    return _text(_docstring(source), iter(frame))


def rebinds(case: Case) -> bool:
    """Whether the case may bind a name of the plain spelling, so that it says something else than the judged one."""
    return not _PLAIN.isdisjoint(_words(case))


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


def _spelling(*, plain: bool) -> _Spelling:
    return _Spelling("", '__import__("sys")') if plain else _JUDGED


def _load(agent: str) -> tuple[str, ...]:
    read = f"(lambda file: (file.read(), file.close()))(open({ascii(agent)}))[0]"
    load = f'exec({read}, {{"__name__": "import_conformance_agent"}})'
    return ("try:", f"{_INDENT}_mark", "except NameError:", _INDENT + load)


def _text(*parts: Iterator[str]) -> str:
    lines = [line for part in parts for line in part]
    return "".join(f"{line}\n" for line in lines)


def _docstring(source: Source) -> Iterator[str]:
    if source.doc is not None:
        yield ascii(source.doc)


def _event(label: str) -> str:
    return f"_mark({ascii(label)}, __name__)"


def _top(source: Source, label: str | None, host: _Spelling) -> Iterator[str]:
    """The statements of a source; with a label each one's end as an event ``(label, N)``, counted from 1."""
    for number, statement in enumerate(source.statements, 1):
        yield from _lines(statement, host)
        if label is not None and is_step(statement):
            yield f"_mark({ascii(label)}, {number})"


def _suite(body: tuple[Statement, ...], host: _Spelling) -> Iterator[str]:
    for statement in body:
        for line in _lines(statement, host):
            yield _INDENT + line
    if not body:
        yield f"{_INDENT}pass"


def _lines(statement: Statement, host: _Spelling) -> Iterator[str]:
    match statement:
        case Try(body=body, error=error, handler=handler):
            yield from ("try:", *_suite(body, host), f"except {host.built_in}{error}:", *_suite(handler, host))
        case Function(name=name, body=body, globals=globals_):
            yield f"def {name}():"
            if globals_:
                yield f"{_INDENT}global {', '.join(globals_)}"
            yield from _suite(body, host)
        case Class(name=name, body=body):
            yield from (f"class {name}:", *_suite(body, host))
        case Guard(body=body):
            yield from ('if __name__ == "__main__":', *_suite(body, host))
        case ModuleGetattr(names=names, value=value):
            yield from _getattr(names, value, host)
        case ModuleDir(names=names):
            yield from ("def __dir__():", f"{_INDENT}return {_literal(Items(names))}")
        case Uncache() | Block() | Substitute() | Recache() | SetPath() | PathEdit():
            yield _system(statement, host)
        case _:
            yield _simple(statement, host)


def _simple(statement: _Simple, host: _Spelling) -> str:
    match statement:
        case Mark(label=label):
            return _event(label)
        case Assign(name=name, value=value):
            return f"{name} = {_literal(value)}"
        case Extend(name=name, value=value):
            return f"{name} += {_literal(value)}"
        case Delete(name=name):
            return f"del {name}"
        case Read(name=name, path=path):
            return f"{name} = {'.'.join(path)}"
        case Import(names=names):
            return f"import {_aliases(names)}"
        case FromImport(module=module, names=names, level=level):
            return f"from {'.' * level}{module} import {_aliases(names)}"
        case StarImport(module=module, level=level):
            return f"from {'.' * level}{module} import *"
        case Raise(error=error):
            return f'raise {host.built_in}{error}("raised")'
        case Broken():
            return "this is no Python"
        case Invoke(path=path):
            return f"{'.'.join(path)}()"
        case _:
            assert_never(statement)


def _system(statement: _System, host: _Spelling) -> str:
    match statement:
        case Uncache(key=key):
            return f"del {host.sys}.modules[{ascii(key)}]"
        case Block(key=key):
            return f"{host.sys}.modules[{ascii(key)}] = None"
        case Substitute(key=key, attributes=attributes):
            inner = ", ".join(f"{ascii(name)}: {_literal(value)}" for name, value in attributes)
            return f'{host.sys}.modules[{ascii(key)}] = {host.built_in}type("Substitute", (), {{{inner}}})()'
        case Recache(key=key, name=name):
            return f"{host.sys}.modules[{ascii(key)}] = {name}"
        case SetPath(entries=entries):
            return f"__path__ = [{', '.join(_place(entry) for entry in entries)}]"
        case PathEdit(root=root, remove=remove):
            return f"{host.sys}.path.{'remove' if remove else 'append'}({_place(f'r{root}')})"
        case _:
            assert_never(statement)


def _getattr(names: tuple[str, ...], value: Literal, host: _Spelling) -> Iterator[str]:
    yield "def __getattr__(name):"
    yield f"{_INDENT}if name in {_literal(Items(names))}:"
    yield f"{_INDENT * 2}return {_literal(value)}"
    yield f"{_INDENT}raise {host.built_in}AttributeError(name)"


def _aliases(names: tuple[Alias, ...]) -> str:
    return ", ".join(f"{alias.name} as {alias.asname}" if alias.asname else alias.name for alias in names)


def _place(path: str) -> str:
    return f"_tree + {ascii('/' + path)}"


def _literal(value: Literal) -> str:
    if not isinstance(value, Items):
        return ascii(value)
    inner = ", ".join(_literal(item) for item in value.items)
    if value.mutable:
        return f"[{inner}]"
    return f"({inner},)" if len(value.items) == 1 else f"({inner})"
