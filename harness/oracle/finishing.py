"""What an import yields once a module has been executed, and where it is bound (reference/import §5.4, §5.4.2)."""

from typing import Final

from harness.model.departure import Departure
from harness.model.language.caching import SLOTS
from harness.model.prediction import ANOTHER
from harness.oracle.archives import how_loaded
from harness.oracle.module_types import set_by_others
from harness.oracle.objects import ModuleObject, Object, Portions, Raised, SubstituteObject, Unknown
from harness.oracle.packages import not_bound_yet
from harness.oracle.state import Silent, State
from harness.oracle.unnamed import unnamed

EXECUTED: Final = "executed module"

NOT_BOUND: Final = Departure("submodule.bound-on-parent", "not bound", "a submodule is not bound in its parent")
UNBOUND: Final = (NOT_BOUND.clause,)
"""Why a submodule is not bound in its parent where that is a departure."""

ATTRIBUTE_KEPT: Final = Departure(
    "submodule.overrides-same-name", "kept", "an attribute that the parent has by that name stays as it is"
)


FORMER_KEPT: Final = Departure(
    "submodule.rebound-after-reimport",
    "kept",
    "the attribute of the parent stays the submodule that was taken out of sys.modules",
)


NOT_TOLERATED: Final = Departure(
    "submodule.parent-setattr-failure-tolerated",
    "AttributeError",
    "the import of a submodule fails where its parent takes no attribute",
)


def imported_by(state: State, *, below: int) -> str:
    """What imports a module: the form of the statement; or it is a parent, ``below`` names above what is asked for."""
    if below > 1:
        return "imported as a parent of a parent"
    return "imported as a parent" if below else state.form


def finished(state: State, name: str, module: ModuleObject, owner: Object, asked: str) -> Object:
    """The object the import yields, bound in the parent's namespace; ``asked`` is what imports it.

    Clauses: loading.returned-module-may-differ, submodule.bound-on-parent, submodule.overrides-same-name.

    Raises:
        Raised: what the cache now holds makes the import fail.
    """
    result = _yielded(state, name, module, asked)
    parent, _, tail = name.rpartition(".")
    if parent:
        _bind(state, _holder(state, parent, owner), tail, result)
    return result


def _yielded(state: State, name: str, module: ModuleObject, asked: str) -> Object:
    """What the cache holds, or the module that was executed.

    That the cache is asked again, so that a module may replace itself in it, is specific to an implementation
    (reference/import §5.4, footnote 2: cache.module-may-replace-itself, failure.self-removal-without-error).
    """
    about = how_loaded(state, module.spec.origin if module.spec is not None else None)
    if name not in state.cache.values:
        question = "failure.self-removal-without-error"
        errors = ("KeyError", "ImportError")
        if EXECUTED in state.course(question, (*errors, ANOTHER), (EXECUTED,), about=about):
            return module
        raise unnamed(state, question, *errors, about=about)
    held = state.cache.values[name]
    if held is module:
        return module
    question = "cache.module-may-replace-itself"
    if held is not None:
        return module if state.policy(question, "replacement", EXECUTED, about=about) == EXECUTED else held
    situation = f"None{' in place of a submodule' if '.' in name else ''}, {asked}{about and f', {about}'}"
    option = state.policy(question, "None", EXECUTED, "ModuleNotFoundError", about=situation)
    if option == "ModuleNotFoundError":
        why = state.why("errors.mnfe-for-none", "cache.none-raises-mnfe", question)
        raise Raised("ModuleNotFoundError", why, name=name, path=Unknown(("errors.extension-path-attribute",)))
    return module if option == EXECUTED else None


def _holder(state: State, parent: str, owner: Object) -> Object:
    """The parent in whose namespace a submodule is bound; ``None`` where it is bound nowhere.

    Where the program took the parent out of the cache meanwhile, or put another object there, no document says which of
    them is the parent module (submodule.parent-changed-meanwhile).
    """
    if parent in state.cache.values and state.cache.values[parent] is owner:
        return owner
    question = "submodule.parent-changed-meanwhile"
    if parent not in state.cache.values:
        option = state.policy(question, "KeyError", "former parent", "nowhere", about="removed")
        if option == "KeyError":
            raise Raised("KeyError", state.why(question))
        return owner if option == "former parent" else None
    present = state.cache.values[parent]
    if not isinstance(present, ModuleObject | SubstituteObject):
        raise Silent(question)
    option = state.policy(question, "present parent", "former parent", about="replaced")
    return owner if option == "former parent" else present


def _refused(state: State) -> None:
    """The parent takes no attribute: the import succeeds all the same, perhaps with a warning.

    Clauses: submodule.parent-setattr-failure-tolerated.

    Raises:
        Raised: an implementation departs.
        Silent: it is before 3.9.
    """
    if not state.since(3, 9):
        raise Silent("cache.non-module-package")
    state.cite(NOT_TOLERATED.clause)
    state.warned_otherwise = True  # that it warns is not said
    if state.departs(NOT_TOLERATED):
        raise Raised("AttributeError", state.why())


def _bind(state: State, parent: Object, tail: str, result: Object) -> None:
    match parent:
        case ModuleObject(namespace=namespace):
            set_by_others(parent, tail)
            why = ["submodule.bound-on-parent", "submodule.invariant-modules-and-attribute"]
            why += ["submodule.overrides-same-name"] if tail in namespace.values else []
            if isinstance(namespace.values.get("__path__"), Portions):
                why.append("submodule.namespace-parent-bound")
            former = namespace.values.get(tail)
            again = isinstance(former, ModuleObject) and former is not result and former in state.removed.values()
            why += [FORMER_KEPT.clause] if again else []
            if again and state.departs(FORMER_KEPT):
                return
            if state.departs(NOT_BOUND) or not_bound_yet(state, parent):
                namespace.why.update({} if tail in namespace.values else {tail: UNBOUND})
            elif tail not in namespace.values or not state.departs(ATTRIBUTE_KEPT):
                namespace.bind(tail, result, tuple(why))
        case SubstituteObject(attributes=attributes) if SLOTS in attributes:
            _refused(state)
        case SubstituteObject(attributes=attributes, own=own):
            attributes[tail] = own[tail] = result
        case _:
            pass
