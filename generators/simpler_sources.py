"""Sources a little simpler than a given one."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, TypeVar

import msgspec

from generators.names import CLASS
from harness.model.source import (
    Alias,
    Assign,
    Class,
    Extend,
    FromImport,
    Function,
    Guard,
    Import,
    Items,
    Literal,
    ModuleDir,
    ModuleGetattr,
    PathEdit,
    Raise,
    Read,
    SetPath,
    Source,
    StarImport,
    Statement,
    Substitute,
    Try,
)

_T = TypeVar("_T")
_Body: TypeAlias = tuple[Statement, ...]

Rewrite: TypeAlias = Callable[[Statement], tuple[Statement, ...]]
"""What a simple statement becomes."""


def shorter(items: Sequence[_T]) -> Iterator[tuple[_T, ...]]:
    """``items`` without some of them: many first, those at the end first."""
    size = len(items)
    while size:
        for end in range(len(items), size - 1, -size):
            yield (*items[: end - size], *items[end:])
        size //= 2


def root_of(place: str) -> int:
    """The number of the root in which a place such as ``r1/a`` lies, or -1."""
    first = place.partition("/")[0]
    return int(first[1:]) if first[:1] == "r" and first[1:].isdecimal() else -1


def simpler(source: Source) -> Iterator[Source]:
    """Sources that do less than ``source``, or the same in fewer words."""
    if source.doc is not None:
        yield Source(source.statements)
    for body in _bodies(source.statements):
        yield Source(body, doc=source.doc)


def rewritten(source: Source, rewrite: Rewrite) -> Source:
    """``source`` with every statement that holds no others rewritten."""
    return Source(_rewritten(source.statements, rewrite), doc=source.doc)


def _rewritten(body: _Body, rewrite: Rewrite) -> _Body:
    found: list[Statement] = []
    for statement in body:
        match statement:
            case Try(body=inner, error=error, handler=handler):
                found.append(Try(_rewritten(inner, rewrite), error, _rewritten(handler, rewrite)))
            case Function(body=inner) | Class(body=inner) | Guard(body=inner):
                found.append(msgspec.structs.replace(statement, body=_rewritten(inner, rewrite)))
            case _:
                found += rewrite(statement)
    return tuple(found)


def _bodies(body: _Body) -> Iterator[_Body]:
    yield from shorter(body)
    for number, statement in enumerate(body):
        for instead in _instead(statement):
            yield (*body[:number], *instead, *body[number + 1 :])


def _instead(statement: Statement) -> Iterator[_Body]:
    match statement:
        case Try() | Function() | Class() | Guard():
            yield from _instead_of_block(statement)
        case Import() | FromImport() | StarImport():
            yield from _instead_of_import(statement)
        case _:
            yield from _instead_of_other(statement)


def _instead_of_block(statement: Try | Function | Class | Guard) -> Iterator[_Body]:
    match statement:
        case Try(body=body, error=error, handler=handler):
            yield body
            yield handler
            yield from ((Try(simple, error, handler),) for simple in _bodies(body))
            yield from ((Try(body, error, simple),) for simple in _bodies(handler))
            if error != "ImportError":
                yield (Try(body, "ImportError", handler),)
        case Function(name=name, body=body, globals=declared):
            yield body
            yield from ((Function(name, simple, declared),) for simple in _bodies(body))
            yield from ((Function(name, body, simple),) for simple in shorter(declared))
        case Class(name=name, body=body):
            yield body
            yield from ((Class(name, simple),) for simple in _bodies(body))
            if name != CLASS:
                yield (Class(CLASS, body),)
        case Guard(body=body):
            yield body
            yield from ((Guard(simple),) for simple in _bodies(body))


def _instead_of_import(statement: Import | FromImport | StarImport) -> Iterator[_Body]:
    match statement:
        case Import(names=names):
            yield from ((Import(simple),) for simple in _aliases(names))
        case FromImport(module=module, names=names, level=level):
            yield from ((FromImport(module, simple, level=level),) for simple in _aliases(names))
            if not level:
                yield (Import((Alias(module),)),)
        case StarImport(module=module, level=0):
            yield (Import((Alias(module),)),)
        case _:
            pass


def _instead_of_other(statement: Statement) -> Iterator[_Body]:
    match statement:
        case Assign(name=name, value=value):
            yield from ((Assign(name, simple),) for simple in _values(value))
        case Extend(name=name, value=value):
            yield from ((Extend(name, Items(items, mutable=value.mutable)),) for items in shorter(value.items))
        case Read(name=name, path=path) if len(path) > 1:
            yield (Read(name, path[:-1]),)
        case Raise(error=error) if error != "ImportError":
            yield (Raise("ImportError"),)
        case ModuleGetattr(names=names, value=value):
            yield from ((ModuleGetattr(simple, value),) for simple in shorter(names) if simple)
            yield from ((ModuleGetattr(names, simple),) for simple in _values(value))
        case ModuleDir(names=names):
            yield from ((ModuleDir(simple),) for simple in shorter(names))
        case Substitute(key=key, attributes=attributes):
            yield from ((Substitute(key, simple),) for simple in shorter(attributes))
            for number, (name, value) in enumerate(attributes):
                rest = (attributes[:number], attributes[number + 1 :])
                yield from ((Substitute(key, (*rest[0], (name, one), *rest[1])),) for one in _values(value))
        case SetPath(entries=entries):
            yield from ((SetPath(simple),) for simple in shorter(entries))
            for number, entry in enumerate(entries):
                root = root_of(entry)
                if root > 0:
                    yield (
                        SetPath(
                            (*entries[:number], entry.replace(str(root), str(root - 1), 1), *entries[number + 1 :])
                        ),
                    )
        case PathEdit(root=root, remove=remove) if root:
            yield (PathEdit(root - 1, remove=remove),)
        case _:
            pass


def _values(value: Literal) -> Iterator[Literal]:
    if isinstance(value, Items):
        for items in shorter(value.items):
            yield Items(items, mutable=value.mutable)
        for number, item in enumerate(value.items):
            if not isinstance(item, str):
                for simple in _values(item):
                    yield Items((*value.items[:number], simple, *value.items[number + 1 :]), mutable=value.mutable)
        if not value.mutable:
            yield Items(value.items)
    elif value is not None and (isinstance(value, str | bool) or value != 1):
        yield 1


def _aliases(names: tuple[Alias, ...]) -> Iterator[tuple[Alias, ...]]:
    yield from (simple for simple in shorter(names) if simple)
    for number, alias in enumerate(names):
        if alias.asname:
            yield (*names[:number], Alias(alias.name), *names[number + 1 :])
