"""What a from-import wants of a module, and the name of the submodule it may be (reference/simple_stmts §7.11)."""

from typing import NamedTuple

from harness.oracle.hooks import Getattr
from harness.oracle.objects import (
    BuiltinObject,
    ClassObject,
    FunctionObject,
    InstanceObject,
    ModuleObject,
    Object,
    SubstituteObject,
    Unknown,
)
from harness.oracle.state import Silent, State


class Wanted(NamedTuple):
    """One name of a from-import: of which module, as an attribute, as a submodule, and what it is bound to.

    ``written`` is the name as it stands in the statement. ``relative`` tells whether the statement names the module
    relative to its package.
    """

    module: str
    name: str
    submodule: str
    bound: str
    written: str = ""
    aliased: bool = False
    relative: bool = False


def own_name(module: Object, asked: str) -> Object:
    """What a module says is its name."""
    return module.namespace.values.get("__name__") if isinstance(module, ModuleObject) else asked


def one_name(state: State, clause: str, own: Object, asked: str) -> Object:
    """The name of a module: as it was asked for, or its own; where they differ no document says which."""
    if own == asked or _as_asked(state, clause):
        return asked
    return own if isinstance(own, str) else Unknown((clause,))


def _as_asked(state: State, clause: str) -> bool:
    return state.policy(clause, "as asked", "__name__", about="name of the module") == "as asked"


def full_name(state: State, module: Object, wanted: Wanted) -> str:
    """The name of the submodule that is wanted.

    Raises:
        Silent: the module has no name that one could be made of.
    """
    name = one_name(state, "from.submodule-fallback", own_name(module, wanted.module), wanted.module)
    if not isinstance(name, str) or not name:
        raise Silent("from.submodule-fallback")
    return f"{name}.{wanted.submodule}"


def attempted_name(state: State, module: Object, wanted: Wanted) -> str:
    """The name of the submodule that an import is tried of; an object that is no module may call itself otherwise.

    Raises:
        Silent: it calls itself by what is no text.
    """
    own = _calls_itself(module)
    if isinstance(module, SubstituteObject) and not isinstance(module.attributes.get("__name__", ""), str):
        raise Silent("from.submodule-fallback")
    if isinstance(module, ModuleObject) or own == wanted.module or not own or not isinstance(own, str):
        return full_name(state, module, wanted)
    return f"{wanted.module if _as_asked(state, 'from.submodule-fallback') else own}.{wanted.submodule}"


def _lasting_name(state: State, wanted: Wanted) -> bool:
    """Whether a private name that was imported as it is written is looked for as it is written too.

    No document says so (mangling.attempted-submodule); it is asked where ``sys.modules`` has either.
    """
    tails = {key.rpartition(".")[2] for key in state.cache.values}
    if tails.isdisjoint((wanted.name, wanted.submodule)):
        return True
    return state.policy("mangling.attempted-submodule", "mangled", "as written", about="in sys.modules") == "as written"


def sought(state: State, module: Object, wanted: Wanted) -> str:
    """The key that is looked for when all else failed; empty where what was imported is no module and has no name.

    Where it names itself otherwise than it was asked for no document says which of the two names counts.
    """
    if wanted.name != wanted.submodule and not _lasting_name(state, wanted):
        wanted = wanted._replace(submodule=wanted.name)
    if isinstance(module, ModuleObject):
        return full_name(state, module, wanted)
    own = _calls_itself(module)
    asked, named = f"{wanted.module}.{wanted.submodule}", f"{own}.{wanted.submodule}" if isinstance(own, str) else ""
    if asked == named or state.cache.values.keys().isdisjoint((asked, named)):
        return asked
    return asked if _as_asked(state, "from.submodule-fallback") else named


def _calls_itself(module: Object) -> Object:
    """What the attribute ``__name__`` of an object that is no module gives; ``None`` where it has none."""
    match module:
        case SubstituteObject(attributes=attributes):
            return attributes.get("__name__")
        case ClassObject(name=name) | FunctionObject(name=name) | BuiltinObject(name=name):
            return name
        case InstanceObject(kind=kind):
            return kind.namespace.values.get("__name__")
        case Getattr():
            return "__getattr__"
        case _:
            return None
