"""Where statements can be put that stood elsewhere, and how those of several programs follow each other."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from generators.names import CAUGHT, CLASS, FUNCTION
from harness.model.language.compound import Body
from harness.model.language.expressions import Bind, Call, Constant, Expression, Place, Reference
from harness.model.source import Alias, Class, Exec, Function, Import, Invoke, Mark, StarImport, Try, Uncache

Putting: TypeAlias = Callable[[Body], Body]
"""What the statements of a body become."""

Hosting: TypeAlias = Callable[[str, str], Body]
"""What executes the module of that name, whose file lies at that place."""

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


def _removed(bodies: Sequence[Body], module: str) -> Body:
    """The module is imported, and taken out of ``sys.modules`` before the last of them."""
    return _after([*bodies[:-1], (Import((Alias(module),)), Uncache(module)), bodies[-1]], module)


SEQUELS: Final[Mapping[str, Sequel]] = MappingProxyType(
    {
        "after": _after,
        "reversed": _reversed,
        "twice": _twice,
        "again": _again,
        "reload": _reload,
        "reload-between": _reloaded_between,
        "removed": _removed,
    }
)
"""By name, how bodies follow each other; the simplest first."""


def _called(function: str, argument: Expression) -> Body:
    return (Bind(Call(function, (argument,))),)


HOSTINGS: Final[Mapping[str, Hosting]] = MappingProxyType(
    {
        "import": lambda name, _: (Import((Alias(name),)),),
        "star": lambda name, _: (StarImport(name),),
        "import_module": lambda name, _: _called("importlib.import_module", Constant(name)),
        "run_module": lambda name, _: _called("runpy.run_module", Constant(name)),
        "run_path": lambda _, place: _called("runpy.run_path", Place(place)),
    }
)
"""By name, what executes a module that does what a program did; the simplest first."""
