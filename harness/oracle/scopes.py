"""Names in scopes (reference/executionmodel §4.2), as far as import statements need them."""

from collections.abc import Iterator
from typing import Final

from harness.model.source import (
    Assign,
    Class,
    Delete,
    Extend,
    FromImport,
    Function,
    Guard,
    Import,
    Read,
    Statement,
    Try,
)
from harness.oracle.lookup import Found
from harness.oracle.objects import Namespace, Object, Raised, Scope, Why, is_special
from harness.oracle.state import Silent

_OF_BUILTINS: Final = frozenset({"__doc__", "__loader__", "__name__", "__package__", "__spec__"})
"""What the module of the built-in names, where names are looked up last, may hold of its own."""


def bind(scope: Scope, name: str, value: Object, why: Why) -> None:
    """Bind ``name`` where a statement in this scope binds it.

    Clauses: bind.function-local-scope, bind.class-scope, bind.global-declaration-respected.
    """
    if name in scope.declared:
        scope.module.bind(name, value, (*why, "bind.global-declaration-respected"))
    else:
        scope.namespace.bind(name, value, why)


def delete(scope: Scope, name: str) -> None:
    """Unbind ``name``.

    Raises:
        Raised: NameError (UnboundLocalError in a function) where it is not bound.
    """
    namespace = scope.module if name in scope.declared else scope.namespace
    if name not in namespace.values:
        _known(namespace, name)
        raise Raised("UnboundLocalError" if _local(scope, name) else "NameError", ("scope.del-unbound-nameerror",))
    namespace.unbind(name, ("scope.del-unbinds",))


def load(scope: Scope, name: str) -> Found:
    """What ``name`` refers to.

    Raises:
        Raised: NameError (UnboundLocalError for a local of a function) where it is not bound.
    """
    for namespace, final in _namespaces(scope, name):
        if name in namespace.values:
            return Found(namespace.values[name], namespace.why[name])
        if final:
            break
    else:
        namespace, final = scope.module, "outer"
    if final == "own":
        raise Raised("UnboundLocalError", (*namespace.why.get(name, ()), "scope.unbound-local"))
    _known(namespace, name)
    if name in _OF_BUILTINS:
        raise Silent("loading.loader-decides-namespace")
    raise Raised("NameError", (*namespace.why.get(name, ()), "scope.unbound-nameerror"))


def _known(namespace: Namespace, name: str) -> None:
    """Whether a special name is bound that no rule binds or unbinds is up to the loader; ``__all__`` is the author's.

    Raises:
        Silent: it is such a name.
    """
    special = is_special(name) and name != "__all__"
    if special and name not in namespace.why:
        raise Silent("loading.loader-decides-namespace")


def _local(scope: Scope, name: str) -> bool:
    return scope.bound is not None and name in scope.bound


def _namespaces(scope: Scope, name: str) -> Iterator[tuple[Namespace, str]]:
    """Where to look, in order; with ``own`` or ``outer`` where a miss ends the search."""
    if name in scope.declared:
        yield scope.module, "outer"
        return
    yield scope.namespace, "own" if _local(scope, name) else ""
    outer = scope.outer
    while outer is not None:
        if _local(outer, name):
            yield outer.namespace, "outer"
        outer = outer.outer
    yield scope.module, ""


def bound_names(body: tuple[Statement, ...]) -> Iterator[str]:
    """The names that statements of a function body bind, nested functions and classes left alone."""
    for statement in body:
        match statement:
            case Assign(name=name) | Extend(name=name) | Delete(name=name) | Read(name=name):
                yield name
            case Function(name=name) | Class(name=name):
                yield name
            case Import(names=names):
                yield from (alias.asname or alias.name.partition(".")[0] for alias in names)
            case FromImport(names=names):
                yield from (alias.asname or alias.name for alias in names)
            case Try(body=inner, handler=handler):
                yield from bound_names((*inner, *handler))
            case Guard(body=inner):
                yield from bound_names(inner)
            case _:
                pass
