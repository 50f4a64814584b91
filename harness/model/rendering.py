"""Python text of a source.

The text uses three names the agent (or a reproducer) puts into ``builtins`` beforehand: ``_mark(label, name)`` adds an
event to the trace, ``_tree`` is the directory of the case, and ``_finish(name, namespace, error)`` ends a main program.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias, assert_never

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
_MODULES: Final = '__import__("sys").modules'
_Simple: TypeAlias = Mark | Assign | Extend | Delete | Read | Import | FromImport | StarImport | Raise | Broken | Invoke
_System: TypeAlias = Uncache | Block | Substitute | Recache | SetPath | PathEdit


def render_program(source: Source, *, steps: bool = False) -> str:
    """The text of a program that the agent executes; with ``steps`` it adds the end of each statement to the trace."""
    return _text(_docstring(source), _top(source, PROGRAM if steps else None))


def render_module(source: Source, label: str, *, agent: str | None = None, steps: bool = False) -> str:
    """The text of a module that adds an event with ``label`` to the trace as soon as it is executed.

    With ``agent`` it loads that file first if nothing did: some packages are executed before a main program. With
    ``steps`` it adds the end of each statement to the trace.
    """
    load = () if agent is None else _load(agent)
    return _text(_docstring(source), iter([*load, _event(label)]), _top(source, label if steps else None))


def render_main(source: Source, label: str, *, agent: str, steps: bool = False) -> str:
    """The text of a program that the interpreter itself starts: it loads the agent (a file) and reports to it."""
    body = [_INDENT + line for line in (_event(label), *_top(source, label if steps else None))]
    frame = [*_load(agent), "try:", *body]
    frame += ["except BaseException as _error:", f"{_INDENT}_finish(__name__, globals(), _error)", f"{_INDENT}raise"]
    frame += ["else:", f"{_INDENT}_finish(__name__, globals(), None)"]
    return _text(_docstring(source), iter(frame))


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


def _top(source: Source, label: str | None) -> Iterator[str]:
    """The statements of a source; with a label each one's end as an event ``(label, N)``, counted from 1."""
    for number, statement in enumerate(source.statements, 1):
        yield from _lines(statement)
        if label is not None and is_step(statement):
            yield f"_mark({ascii(label)}, {number})"


def _block(body: tuple[Statement, ...], indent: str) -> Iterator[str]:
    for statement in body:
        for line in _lines(statement):
            yield indent + line


def _suite(body: tuple[Statement, ...]) -> Iterator[str]:
    yield from _block(body, _INDENT) if body else iter([f"{_INDENT}pass"])


def _lines(statement: Statement) -> Iterator[str]:
    match statement:
        case Try(body=body, error=error, handler=handler):
            yield from ("try:", *_suite(body), f"except {error}:", *_suite(handler))
        case Function(name=name, body=body, globals=globals_):
            yield f"def {name}():"
            if globals_:
                yield f"{_INDENT}global {', '.join(globals_)}"
            yield from _suite(body)
        case Class(name=name, body=body):
            yield from (f"class {name}:", *_suite(body))
        case Guard(body=body):
            yield from ('if __name__ == "__main__":', *_suite(body))
        case ModuleGetattr(names=names, value=value):
            yield from _getattr(names, value)
        case ModuleDir(names=names):
            yield from ("def __dir__():", f"{_INDENT}return {_literal(Items(names))}")
        case Uncache() | Block() | Substitute() | Recache() | SetPath() | PathEdit():
            yield _system(statement)
        case _:
            yield _simple(statement)


def _simple(statement: _Simple) -> str:
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
            return f'raise {error}("raised")'
        case Broken():
            return "this is no Python"
        case Invoke(path=path):
            return f"{'.'.join(path)}()"
        case _:
            assert_never(statement)


def _system(statement: _System) -> str:
    match statement:
        case Uncache(key=key):
            return f"del {_MODULES}[{ascii(key)}]"
        case Block(key=key):
            return f"{_MODULES}[{ascii(key)}] = None"
        case Substitute(key=key, attributes=attributes):
            inner = ", ".join(f"{ascii(name)}: {_literal(value)}" for name, value in attributes)
            return f'{_MODULES}[{ascii(key)}] = type("Substitute", (), {{{inner}}})()'
        case Recache(key=key, name=name):
            return f"{_MODULES}[{ascii(key)}] = {name}"
        case SetPath(entries=entries):
            return f"__path__ = [{', '.join(_place(entry) for entry in entries)}]"
        case PathEdit(root=root, remove=remove):
            return f'__import__("sys").path.{"remove" if remove else "append"}({_place(f"r{root}")})'
        case _:
            assert_never(statement)


def _getattr(names: tuple[str, ...], value: Literal) -> Iterator[str]:
    yield "def __getattr__(name):"
    yield f"{_INDENT}if name in {_literal(Items(names))}:"
    yield f"{_INDENT * 2}return {_literal(value)}"
    yield f"{_INDENT}raise AttributeError(name)"


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
