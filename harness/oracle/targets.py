"""Where an import statement binds a name, and what it leaves as it was (reference/simple_stmts §7.11)."""

from collections.abc import Iterable
from typing import Final

from harness.model.departure import Departure
from harness.oracle.blocks import Block
from harness.oracle.mangling import private
from harness.oracle.objects import Object, Scope, Why, is_special
from harness.oracle.scopes import bind, home
from harness.oracle.state import State

IN_MODULE_TOO: Final = Departure(
    "bind.function-local-scope", "in the module too", "an import in a function binds the name in the module as well"
)
IN_MODULE: Final = Departure(
    "bind.class-scope", "in the module", "an import in the body of a class binds the name in the module instead"
)
KEPT: Final = Departure(
    "bind.overwrites-existing-name", "kept", "a from-import leaves a name as it is that is bound already"
)
MODULE_TOO: Final = {
    clause: Departure(clause, "bound too", "the name of the module is bound as well")
    for clause in ("from.does-not-bind-module", "star.does-not-bind-module")
}
KEPT_BY_STAR: Final = Departure(
    "star.overwrites", "kept", "a star import leaves names as they are that are bound already"
)


def bind_imported(state: State, scope: Scope, name: str, value: Object, why: Why) -> None:
    """Bind a name in the current namespace for the scope where the import statement occurs.

    Clauses: bind.function-local-scope, bind.class-scope, bind.global-declaration-respected.
    """
    local = home(scope, private(state, name, scope.owner)) is scope.namespace
    if scope.block is Block.CLASS and local:
        if state.departs(IN_MODULE):
            scope.module.bind(name, value, why)
            return
        why = (*why, IN_MODULE.clause)
    bind(state, scope, name, value, why)
    if scope.block is Block.FUNCTION and local and state.departs(IN_MODULE_TOO):
        scope.module.bind(name, value, why)


def bind_taken(state: State, scope: Scope, name: str, value: Object, why: Why) -> None:
    """Bind a name of a from-import, whatever it was bound to.

    Clauses: bind.overwrites-existing-name.
    """
    local = private(state, name, scope.owner)
    held = home(scope, local).values
    if local in held and held[local] is not value:
        why = (*why, KEPT.clause)
        if state.departs(KEPT):
            return
    bind_imported(state, scope, name, value, why)


def module_aside(state: State, scope: Scope, clause: str, module: str, level: int) -> None:
    """The module that names are taken from is not bound itself: by ``clause``, of an absolute name."""
    top = module.partition(".")[0]
    local = private(state, top, scope.owner)
    held = state.cache.values.get(top)
    namespace = home(scope, local)
    if level or held is None or namespace.values.get(local) is held:
        return
    if state.departs(MODULE_TOO[clause]):
        bind(state, scope, top, held, (clause,))
    elif local not in namespace.values:
        namespace.why.setdefault(local, (clause,))


def bind_public(state: State, scope: Scope, name: str, value: Object, why: Why) -> None:
    """Bind a public name of a star import, whatever it was bound to.

    Clauses: star.overwrites.
    """
    if name in scope.namespace.values and scope.namespace.values[name] is not value:
        why = (*why, KEPT_BY_STAR.clause)
        if state.departs(KEPT_BY_STAR):
            return
    scope.namespace.bind(name, value, why)


def leave_out(scope: Scope, names: Iterable[str], clause: str) -> None:
    """Note why a star import does not bind these names."""
    for name in names:
        if name not in scope.namespace.values and not is_special(name):
            scope.namespace.why.setdefault(name, (clause,))
