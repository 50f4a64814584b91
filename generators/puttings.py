"""Where statements can be put that stood elsewhere, and how those of several programs follow each other."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from generators.names import CAUGHT, CLASS, FUNCTION
from harness.model.language.compound import Body
from harness.model.language.expressions import Bind, Call, Reference
from harness.model.source import Alias, Class, Exec, Function, Import, Invoke, Mark, Try

Putting: TypeAlias = Callable[[Body], Body]
"""What the statements of a body become."""

Sequel: TypeAlias = Callable[[Sequence[Body], str], Body]
"""How several bodies become one; the name is that of a module at hand."""


def _plain(body: Body) -> Body:
    return body


def _tried(body: Body) -> Body:
    return (Try(body, "BaseException", (Mark(CAUGHT),)),) if body else ()


def _function(body: Body) -> Body:
    return (Function(FUNCTION, body), Invoke((FUNCTION,)))


def _class(body: Body) -> Body:
    return (Class(CLASS, body),)


def _exec(body: Body) -> Body:
    return (Exec(body),)


PUTTINGS: Final[Mapping[str, Putting]] = MappingProxyType(
    {"plain": _plain, "try": _tried, "function": _function, "class": _class, "exec": _exec}
)
"""By name, where a body is put; the simplest first."""


def _after(bodies: Sequence[Body], module: str) -> Body:
    del module
    return tuple(statement for body in bodies for statement in body)


def _reversed(bodies: Sequence[Body], module: str) -> Body:
    return _after([*reversed(bodies)], module)


def _twice(bodies: Sequence[Body], module: str) -> Body:
    return _after([*bodies, *bodies], module)


def _again(bodies: Sequence[Body], module: str) -> Body:
    """The first of them once more in the end."""
    return _after([*bodies, bodies[0]], module)


def _reload(bodies: Sequence[Body], module: str) -> Body:
    """The module is imported and reloaded before the last of them."""
    reloaded = (Import((Alias(module),)), Bind(Call("importlib.reload", (Reference((module,)),))))
    return _after([*bodies[:-1], reloaded, bodies[-1]], module)


def _reloaded_between(bodies: Sequence[Body], module: str) -> Body:
    """All of them twice, with a reload between."""
    return _reload([_after(bodies, module)] * 2, module)


SEQUELS: Final[Mapping[str, Sequel]] = MappingProxyType(
    {
        "after": _after,
        "reversed": _reversed,
        "twice": _twice,
        "again": _again,
        "reload": _reload,
        "reload-between": _reloaded_between,
    }
)
"""By name, how bodies follow each other; the simplest first."""
