"""Attribute references on the objects of a case (reference/datamodel §3.2.9, §3.3.2.1; PEP 562)."""

from typing import Final

from harness.model.departure import Departure
from harness.oracle.attributes import NOT_SET, SET, bytecode_path, settle
from harness.oracle.authors import AUTHORS
from harness.oracle.built_in import is_of_library
from harness.oracle.departing import raises
from harness.oracle.finishing import UNBOUND
from harness.oracle.found import Computed
from harness.oracle.hooks import Getattr, answering
from harness.oracle.module_types import Found, annotate_function, computed, of_its_class
from harness.oracle.objects import (
    ClassObject,
    FunctionObject,
    InstanceObject,
    Items,
    ModuleObject,
    Namespace,
    Object,
    Raised,
    Scope,
    Spec,
    SubstituteObject,
    Unknown,
    is_special,
)
from harness.oracle.packages import imported_left_out
from harness.oracle.state import Silent, State

_OF_TYPES: Final = frozenset({"__class__", "__dict__", "__doc__"})
"""Special names under which every object may have an attribute that its type gives it."""

_OF_MODULES: Final = frozenset(
    {"__all__", "__cached__", "__file__", "__loader__", "__package__", "__path__", "__spec__"}
)
"""Special names that mean something on modules alone: a class holds under them what its body bound to them."""


_OF_CLASSES: Final = frozenset({"__name__", "__doc__"})
"""Special attributes of classes that the data model lists, and that say nothing of an implementation."""

NO_CLASS_ATTRIBUTES: Final = Departure(
    "scope.class-special-attributes", "not there", "a class has neither __name__ nor __doc__"
)
KEPT_CLASS: Final = "reload.existing-instances-keep-class"
"""Why an instance has what its class has, whatever class there is by that name now."""

NOT_CALLED: Final = Departure("getattr.called-for-missing", "not called", "a module __getattr__ is not called")
CALLED_FIRST: Final = Departure(
    "getattr.not-used-for-found", "called first", "a module __getattr__ is called for names that the module has too"
)
ASKED: Final = "getattr.asked-by-import"
"""For which attributes an import asks a module beside those that it takes, is an open question."""

TIMES: Final = "getattr.times-called"
"""How often a module ``__getattr__`` is called for one name of a from-import, is an open question."""

PRESENT: Final = Departure(
    "getattr.attributeerror", "None", "where a module __getattr__ raises AttributeError the attribute is None"
)
GETATTR_LEFT: Final = Departure(
    "getattr.from-import", "not called", "a from-import does not call the __getattr__ of the module"
)
GETATTR_LAST: Final = Departure(
    "getattr.preempts-submodule-import",
    "submodule first",
    "a submodule is imported although the __getattr__ of its package gives the name",
)
LAZY_ERRORS: Final = raises("getattr.lazy-submodule", "ImportError", "AttributeError")
NOT_FROM_DICT: Final = Departure(
    "module.attribute-lookup-is-dict", "not found", "what is in the namespace of a module is no attribute of it"
)


def known_special(namespace: Namespace, name: str) -> None:
    """Whether a special name is bound that no rule binds or unbinds is up to the loader.

    Raises:
        Silent: it is such a name.
    """
    if is_special(name) and name not in AUTHORS and name not in namespace.why:
        raise Silent("loading.loader-decides-namespace")


def attribute(state: State, owner: Object, name: str) -> Found | None:
    """The attribute ``name`` of ``owner``, or ``None`` where the reference raises AttributeError.

    Clauses: module.attribute-lookup-is-dict, getattr.called-for-missing, getattr.not-used-for-found,
    scope.class-special-attributes, scope.builtin-attributes (which attributes an object has by its type is not for the
    documents of importing to say; of numbers, texts and lists library/stdtypes has none whose name is one letter or
    begins with one underscore; ``None`` supports no operations, and a function has special ones alone by
    reference/datamodel §3.2.8.1).
    """
    match owner:
        case ModuleObject() if is_of_library(owner):
            own = True
        case ModuleObject():
            return _module_attribute(state, owner, name)
        case SubstituteObject(attributes=attributes):
            if name in attributes:
                return Found(attributes[name], ("cache.non-module-value-accepted",))
            own = _of_its_type(name)
        case ClassObject(namespace=namespace):
            if name in namespace.values and (not is_special(name) or name in _OF_MODULES):
                return Found(namespace.values[name], namespace.why[name])
            if name in _OF_CLASSES and name not in namespace.values:
                return _class_attribute(state, owner, name)
            own = _of_its_type(name) or name == "mro"
        case Unknown(why=why):
            raise Silent(*why)
        case InstanceObject():
            return _instance_attribute(owner, name)
        case Spec():
            return _spec_attribute(state, owner, name)
        case None | FunctionObject() | Getattr():
            own = _of_its_type(name)
        case bool() | int() | str() | Items():
            own = _of_its_type(name) or (len(name) > 1 and not name.startswith("_"))
        case _:
            own = True
    if own:
        raise Silent("scope.builtin-attributes")
    return None


def attribute_or_none(state: State, owner: Object, name: str) -> Found | None:
    """The attribute, or ``None`` where it is not there: an AttributeError says so, whoever raised it.

    Clauses: getattr.attributeerror.

    Raises:
        Silent: it is not known whether it is an AttributeError that is raised.
    """
    try:
        return attribute(state, owner, name)
    except Raised as error:
        if not error.may_be("AttributeError"):
            raise
        if not error.is_a("AttributeError"):
            raise Silent(*error.why) from error
        state.cite(PRESENT.clause)
        return Found(None, (PRESENT.clause,)) if state.departs(PRESENT) else None


def _of_its_type(name: str) -> bool:
    """Whether an object that is no module may have the attribute by its type.

    The import-related attributes are attributes of module objects (reference/datamodel §3.2.9.1, and ``__all__`` by
    reference/simple_stmts §7.11): other objects have them if the program gives them some.
    """
    return is_special(name) and name not in _OF_MODULES


def _class_attribute(state: State, owner: ClassObject, name: str) -> Found | None:
    """``__name__`` is the name of the class, ``__doc__`` its documentation string: no class of a case has one.

    What they are where the body of the class binds them is not said: as special attributes, or as what it holds.

    Clauses: scope.class-special-attributes.
    """
    if state.departs(NO_CLASS_ATTRIBUTES):
        return None
    return Found(owner.name if name == "__name__" else None, (NO_CLASS_ATTRIBUTES.clause,))


def _instance_attribute(owner: InstanceObject, name: str) -> Found | None:
    """What the class of an instance has; its functions are methods of it, of which nothing is said.

    Raises:
        Silent: it may have more.
    """
    held = owner.kind.namespace.values
    if (
        _of_its_type(name)
        or isinstance(held.get(name), FunctionObject | Computed)
        or (name not in held and "__getattr__" in held)
    ):
        raise Silent("scope.builtin-attributes")
    return Found(held[name], (*owner.kind.namespace.why[name], KEPT_CLASS)) if name in held else None


def _spec_attribute(state: State, spec: Spec, name: str) -> Found | None:
    """A documented attribute of a spec (library/importlib §importlib.machinery.ModuleSpec); ``None``: one of modules.

    Clauses: spec.cached-path, spec.cached-none-without-bytecode; ``loader_state`` is what the finder sets it to.

    Raises:
        Silent: it is none, and no document says that a spec has it not.
    """
    if name in _OF_MODULES:
        return None
    if name in spec.given:
        return Found(*spec.given[name])
    if name == "cached":
        return _spec_cached(state, spec)
    known: dict[str, tuple[Object, str]] = {
        "name": (spec.name, "spec.name-fully-qualified"),
        "parent": (spec.parent, "spec.parent-derivation"),
        "loader": (_spec_loader(spec), "module.loader-attribute"),
        "origin": (spec.file, "spec.namespace-origin-none" if spec.file is None else "spec.origin-source-file"),
        "loader_state": (Unknown(("scope.builtin-attributes",)), "scope.builtin-attributes"),
        "submodule_search_locations": (
            spec.locations,
            "spec.is-package-empty-locations" if spec.made else "spec.search-locations-package",
        ),
        "has_location": (
            spec.file is not None,
            "spec.has-location-false-otherwise" if spec.file is None else "spec.has-location-controls-file",
        ),
    }
    if name not in known:
        raise Silent("scope.builtin-attributes")
    value, clause = known[name]
    return Found(value, (clause,))


def _spec_loader(spec: Spec) -> Object:
    """The loader; whether one is filled in where a module is made of a spec that has none is not said."""
    return Unknown(("module.loader-attribute",)) if spec.loader is None and spec.used else spec.loader


def _spec_cached(state: State, spec: Spec) -> Found:
    """Where the bytecode of a source belongs, or ``None`` where the implementation stores none."""
    if spec.file is None:
        return Found(None, ("spec.cached-none-without-bytecode",))
    why = ("spec.cached-path",)
    if not spec.file.endswith(".py"):
        return Found(Unknown(why), why)
    return Found(bytecode_path(spec.file) if state.policy(*why, SET, NOT_SET) == SET else None, why)


def traced(module: Object, name: str) -> bool:
    """Whether it can be seen how often the module is asked for that attribute."""
    hook = answering(module.namespace, name) if isinstance(module, ModuleObject) else None
    return hook is not None and hook.told


def asked_again(state: State, module: Object, name: str, found: Found | None, *, package: bool) -> Found | None:
    """What a from-import has found, by a ``__getattr__`` that it may have called twice (getattr.times-called)."""
    if not traced(module, name):
        return found
    usual = ("twice", "once") if package else ("once", "twice")
    about = f"{'a missing name' if found is None else 'a name'} of a {'package' if package else 'module'}"
    if state.policy(TIMES, *usual, about=about) == "once":
        return found
    return attribute_or_none(state, module, name)


def not_asked(state: State, module: Object, name: str, *, package: bool) -> Departure | None:
    """How a from-import may pass over a module ``__getattr__`` that gives the name; it does not, as documented.

    Clauses: getattr.from-import, getattr.preempts-submodule-import.
    """
    if not isinstance(module, ModuleObject) or answering(module.namespace, name) is None:
        return None
    return state.decide(GETATTR_LEFT, *([GETATTR_LAST] if package else []))


def unbound_submodules(state: State, module: ModuleObject) -> list[str]:
    """The names under which submodules are cached that the package, cached too, does not hold.

    Section 5.4.2 of reference/import says that each must be an attribute of the package, and not who would bind it
    (submodule.attribute-while-cached). Submodules being executed are another question.
    """
    if state.cache.values.get(module.name) is not module:
        return []
    head = f"{module.name}."
    found = [key[len(head) :] for key, held in state.cache.values.items() if key.startswith(head) and held is not None]
    if not found:
        return []
    departed = {name for name, why in module.namespace.why.items() if why == UNBOUND}
    known = module.namespace.values.keys() | module.executing_submodules.keys() | departed
    return [name for name in found if "." not in name and name not in known]


def in_namespace(state: State, module: ModuleObject, name: str) -> Found | None:
    """What the module's namespace holds under ``name``, submodules that may be bound there included."""
    namespace = module.namespace
    namespace.looks += 1
    settle(state, namespace, name)
    if name in module.executing_submodules and namespace.values.get(name) is not module.executing_submodules[name]:
        submodule = module.executing_submodules[name]
        if state.policy("submodule.bound-after-execution", "bound after", "bound before") == "bound before":
            return Found(submodule, ("submodule.bound-after-execution",))
    if name in namespace.values:
        if state.departs(NOT_FROM_DICT) or imported_left_out(state, module, name):
            return None
        return Found(namespace.values[name], (*namespace.why[name], "module.attribute-lookup-is-dict"))
    if name in unbound_submodules(state, module):
        question = "submodule.attribute-while-cached"
        if state.policy(question, "absent", "present") == "present":
            return Found(state.cache.values[f"{module.name}.{name}"], (question,))
    return None


def _module_attribute(state: State, module: ModuleObject, name: str) -> Found | None:
    given = computed(state, module, name)
    if given is not None:
        return given
    found = in_namespace(state, module, name)
    hook = module.namespace.values.get("__getattr__")
    found = found or of_its_class(state, module, name) or annotate_function(state, module, name)
    known = isinstance(hook, Getattr) and hook.knows(name)
    if found is not None and not (known and state.departs(CALLED_FIRST)):
        return found
    called = isinstance(hook, Getattr) and _tested(state, hook, name)
    if isinstance(hook, Getattr) and called and not state.departs(NOT_CALLED):
        return _computed(state, module, hook, name)
    if isinstance(hook, Getattr) and not called and state.departs(PRESENT):
        return Found(None, (PRESENT.clause,))
    if name in _OF_TYPES:
        raise Silent("scope.builtin-attributes")
    known_special(module.namespace, name)
    return None


def _tested(state: State, hook: Getattr, name: str) -> bool:
    """Whether a module ``__getattr__`` that is called finds that it knows the name.

    Clauses: getattr.called-for-missing.

    Raises:
        Raised: there is no list of those that it knows.
        Silent: the name is a special one, of which nobody says that the import system does not ask for it.
    """
    if is_special(name) and hook.knows(name) and hook.fails(name):
        raise Silent(ASKED)
    if hook.test is None:
        return name in hook.names
    state.cite(NOT_CALLED.clause)
    try:
        with state.inside(NOT_CALLED.clause):
            return hook.test(name)
    except Raised as error:
        if state.departs(NOT_CALLED):
            return False
        error.why = (*error.why, NOT_CALLED.clause)
        raise


def _computed(state: State, module: ModuleObject, hook: Getattr, name: str) -> Found:
    """What a module ``__getattr__`` returns for a name that it knows.

    Clauses: getattr.called-for-missing, getattr.lazy-submodule.

    Raises:
        Raised: it raises, or imports a submodule, and that fails.
        Silent: it imports one of a module that is called by what is no text.
    """
    clause = "getattr.called-for-missing"
    if hook.deprecated:
        state.warned.setdefault("DeprecationWarning", (clause,))
    if hook.body is not None:
        state.cite(clause)
        with state.inside(clause):
            return Found(hook.body(name), (clause,))
    if not hook.lazy:
        return Found(hook.value, (clause,))
    package = module.namespace.values.get("__name__")
    if not isinstance(package, str):
        raise Silent("scope.operand-types")
    taken = state.error("", LAZY_ERRORS)
    if taken:
        raise Raised(taken, state.why(LAZY_ERRORS[0].clause))
    given = {"name": f".{name}", "package": package}
    form = state.form
    try:
        value = state.rules.functions["importlib.import_module"](
            state, Scope(module.namespace, module.namespace), given
        )
    finally:
        state.form = form
    return Found(value, (clause, LAZY_ERRORS[0].clause))
