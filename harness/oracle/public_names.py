"""The public names of a module that lists none (reference/simple_stmts §7.11; tutorial/modules §6.4.1)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.oracle.hooks import Getattr
from harness.oracle.lookup import attribute_or_none, in_namespace, unbound_submodules
from harness.oracle.module_types import Found
from harness.oracle.objects import ModuleObject, Object, Raised, Scope, Unknown, is_special
from harness.oracle.search import package_path
from harness.oracle.state import State
from harness.oracle.targets import bind_public, leave_out

MODULES_LEFT: Final = Departure("star.no-all-binds-public", "no modules", "names that hold modules are not bound")
PUBLIC_LEFT: Final = Departure("star.no-all-binds-public", "nothing bound", "without __all__ no name is bound")
NAME_ASKED_FOR: Final = Departure(
    "star.no-all-binds-public", "__name__ asked for", "from a module that has no __name__ nothing is bound"
)
NAME_A_TEXT: Final = Departure(
    "star.no-all-binds-public",
    "__name__ asked for as text",
    "a star import from a module whose __name__ is no text raises TypeError, whatever it would bind",
)
UNDERSCORED_BOUND: Final = Departure(
    "star.no-all-skips-underscore", "bound too", "names that begin with one underscore are bound too"
)


def take_public(state: State, scope: Scope, module: Object, names: Mapping[str, Object]) -> None:
    """Bind what in the namespace does not begin with an underscore.

    Clauses: star.no-all-binds-public, star.no-all-skips-underscore, star.package-no-all-binds-init-names,
    star.package-includes-loaded-submodules.
    """
    state.cite("star.no-all-skips-underscore", "star.no-all-binds-public")
    why = state.why()
    if package_path(state, module) is not None:
        why = (*why, "star.package-no-all-binds-init-names", "star.package-includes-loaded-submodules")
    public = _public(state, module, names)
    leave_out(scope, names.keys() - set(public), "star.no-all-skips-underscore")
    taken = state.decide(MODULES_LEFT, PUBLIC_LEFT) if public else None
    for name in public if taken is not PUBLIC_LEFT else ():
        found = _held(state, module, name)
        if found is not None and not (taken is MODULES_LEFT and isinstance(found.value, ModuleObject)):
            bind_public(state, scope, name, found.value, (*found.why, *why))


def name_aside(state: State, names: Mapping[str, Object]) -> None:
    """What a module is called, be it by its ``__getattr__``, has no part in what its public names are."""
    hook = names.get("__getattr__")
    computed = isinstance(hook, Getattr) and "__name__" in hook.names
    name = names.get("__name__", hook.value if isinstance(hook, Getattr) and computed else None)
    if "__name__" not in names and not computed:
        if state.departs(NAME_ASKED_FOR):
            raise Raised("AttributeError", state.why(NAME_ASKED_FOR.clause))
    elif not isinstance(name, str | Unknown) and state.departs(NAME_A_TEXT):
        raise Raised("TypeError", state.why(NAME_A_TEXT.clause))


def _held(state: State, module: Object, name: str) -> Found | None:
    return (
        in_namespace(state, module, name)
        if isinstance(module, ModuleObject)
        else attribute_or_none(state, module, name)
    )


def _public(state: State, module: Object, namespace: Mapping[str, Object]) -> list[str]:
    names = [name for name in namespace if not name.startswith("_")]
    underscored = [name for name in namespace if name.startswith("_") and not is_special(name)]
    names += underscored if underscored and state.departs(UNDERSCORED_BOUND) else []
    if not isinstance(module, ModuleObject):
        return names
    unbound = [*module.executing_submodules, *unbound_submodules(state, module)]
    pending = [name for name in unbound if name not in names and not name.startswith("_")]
    return names + [name for name in pending if in_namespace(state, module, name) is not None]
