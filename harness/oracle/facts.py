"""The facts of the state in which a case ends."""

from collections.abc import Iterator
from typing import Final

from harness.model.prediction import Exactly, Expected, OneOf, Unspecified
from harness.model.values import ABSENT, Value
from harness.oracle.attributes import bytecode_path
from harness.oracle.departing import given
from harness.oracle.lookup import unbound_submodules
from harness.oracle.objects import (
    BuiltinObject,
    ClassObject,
    FunctionObject,
    Getattr,
    Items,
    ModuleObject,
    Namespace,
    Object,
    Portions,
    Raised,
    Spec,
    SubstituteObject,
    Unknown,
    Why,
    is_special,
)
from harness.oracle.search import PREFIX, parent_entries
from harness.oracle.state import FALLBACK, Silent, State

GIVEN: Final = given(
    "module.doc-attribute",
    "module.loader-attribute",
    "repr.uses-spec",
    "spec.cached-path",
    "spec.exposed-on-every-module",
    "spec.has-location-controls-file",
    "spec.name-fully-qualified",
    "spec.namespace-origin-none",
    "spec.origin-source-file",
    "spec.parent-derivation",
    "spec.search-locations-package",
)
MAIN: Final = "__main__"
_DEPTH: Final = 4
"""Items nested deeper are observed by their type alone."""


class Values:
    """Spells objects as values; numbers the modules that no key holds in the order they are met."""

    def __init__(self, cache: Namespace) -> None:
        self.keys: dict[int, str] = {}
        for key in sorted(cache.values, reverse=True):
            held = cache.values[key]
            if isinstance(held, ModuleObject) and key != MAIN:
                self.keys[id(held)] = key
        self.strays: dict[str, list[int]] = {}

    def spell(self, value: Object, depth: int = 0) -> Value:
        """The value of ``value``."""
        match value:
            case None | bool() | int() | str():
                return value
            case Items() if depth >= _DEPTH:
                return ("object", "list" if value.mutable else "tuple")
            case Items(items=items):
                return ("list" if value.mutable else "tuple", *(self.spell(item, depth + 1) for item in items))
            case Portions(items=portions):
                return ("iterable", *(PREFIX + item for item in portions))
            case ModuleObject():
                return self._module(value)
            case FunctionObject(name=name):
                return ("function", name)
            case ClassObject(name=name) | BuiltinObject(name=name):
                return ("class", name)
            case Getattr():
                return ("function", "__getattr__")
            case SubstituteObject():
                return ("object", "Substitute")
            case Spec():
                return ("object", "ModuleSpec")
            case Unknown():
                return ABSENT

    def _module(self, module: ModuleObject) -> Value:
        if id(module) in self.keys:
            return ("module", self.keys[id(module)])
        name = module.namespace.values.get("__name__")
        shown = name if isinstance(name, str) else ""
        seen = self.strays.setdefault(shown, [])
        if id(module) not in seen:
            seen.append(id(module))
        return ("stray", shown, seen.index(id(module)))


def certain(values: Values, value: Object, why: Why) -> Expected:
    """The expected fact that ``value`` makes."""
    if isinstance(value, Unknown):
        return Unspecified(value.why)
    return Exactly(values.spell(value), why)


def listing(namespace: Namespace) -> Expected:
    """The names of a namespace, those with two leading and trailing underscores left out."""
    names = sorted(name for name in namespace.values if not is_special(name))
    why = [clause for name in names for clause in namespace.why[name]]
    return Exactly(("list", *names), tuple(dict.fromkeys((*why, "bind.contents-need-qualification"))))


def bindings(values: Values, namespace: Namespace, prefix: str) -> Iterator[tuple[str, Expected]]:
    """Each name and its value; the names that clauses say are not bound, as absent."""
    for name in sorted(namespace.values):
        if not is_special(name):
            yield prefix + name, certain(values, namespace.values[name], namespace.why[name])
    for name in sorted(namespace.why.keys() - namespace.values.keys()):
        if not is_special(name):
            yield prefix + name, Exactly(ABSENT, namespace.why[name])


def exception(values: Values, error: Raised) -> Iterator[tuple[str, Expected]]:
    """The facts of the exception that ended the program."""
    yield "exception/type", Exactly(error.error, error.why)
    if error.is_a("ImportError"):
        missing = "errors.name-attribute" if error.is_a("ModuleNotFoundError") else "from.error-name-path-attributes"
        yield "exception/name", certain(values, error.name, (*error.why, missing))
        yield "exception/path", certain(values, error.path, (*error.why, missing))


def modules(state: State, values: Values) -> Iterator[tuple[str, Expected]]:
    """What the module cache holds, and every module in it."""
    cache = state.cache
    keys = sorted(key for key in cache.values if key != MAIN)
    why = tuple(dict.fromkeys(clause for key in keys for clause in cache.why[key]))
    yield "modules", Exactly(("list", *keys), why or ("cache.checked-first",))
    for key in sorted(cache.why.keys() - cache.values.keys()):
        yield f"module/{key}", Exactly(ABSENT, cache.why[key])
    for key in keys:
        held = cache.values[key]
        yield f"module/{key}", _entry(values, held, cache.why[key])
        if isinstance(held, ModuleObject) and values.keys[id(held)] == key:
            yield from module_facts(state, values, held, f"module/{key}/")


def _entry(values: Values, held: Object, why: Why) -> Expected:
    """What a key of the cache holds: ``None``, a module, or something else by the name of its type."""
    match held:
        case None | ModuleObject() | Unknown():
            return certain(values, held, why)
        case Portions():
            return Unspecified(("namespace.path-custom-type",))
        case _:
            return Exactly(("object", _type(held)), why)


def _type(held: Object) -> str:
    match held:
        case FunctionObject() | Getattr():
            return "function"
        case ClassObject() | BuiltinObject():
            return "type"
        case SubstituteObject():
            return "Substitute"
        case Spec():
            return "ModuleSpec"
        case Items(mutable=mutable):
            return "list" if mutable else "tuple"
        case _:
            return type(held).__name__


def module_facts(state: State, values: Values, module: ModuleObject, prefix: str) -> Iterator[tuple[str, Expected]]:
    """The attributes, the spec, the repr and the namespace of a module."""
    namespace = module.namespace
    yield f"{prefix}__name__", attribute_fact(values, namespace, "__name__")
    yield f"{prefix}__doc__", attribute_fact(values, namespace, "__doc__")
    if "__package__" in namespace.values or state.since(3, 15):
        yield f"{prefix}__package__", attribute_fact(values, namespace, "__package__")
    yield f"{prefix}__path__", _path(state, values, namespace)
    spec = namespace.values.get("__spec__")
    if isinstance(spec, Spec):
        yield from _loaded(state, values, module, spec, prefix)
    unbound = unbound_submodules(state, module)
    silent = Unspecified(("submodule.attribute-while-cached",))
    yield f"{prefix}names", silent if unbound else listing(namespace)
    yield from bindings(values, namespace, f"{prefix}value/")
    yield from ((f"{prefix}value/{name}", silent) for name in unbound)
    declared = namespace.values.get("__dir__")
    if isinstance(declared, Items):
        names = sorted(item for item in declared.items if isinstance(item, str))
        yield f"{prefix}dir", Exactly(("list", *names), ("getattr.dir-override", "module.dir-sorted"))


def attribute_fact(values: Values, namespace: Namespace, name: str) -> Expected:
    """The expected value of a name of a module, absent where it is not bound."""
    if name in namespace.values:
        return certain(values, namespace.values[name], namespace.why[name])
    return Exactly(ABSENT, namespace.why.get(name, FALLBACK))


def _path(state: State, values: Values, namespace: Namespace) -> Expected:
    path = namespace.values.get("__path__")
    if isinstance(path, Portions) and not _current(state, path):
        return Unspecified(("namespace.path-recomputed-on-sys-path-change",))
    return attribute_fact(values, namespace, "__path__")


def _current(state: State, path: Portions) -> bool:
    """Whether the portions are known to be those of the parent path as it is now."""
    try:
        return path.certain and parent_entries(state, path.module) == path.searched
    except (Silent, Raised):
        return False


def _loaded(
    state: State, values: Values, module: ModuleObject, spec: Spec, prefix: str
) -> Iterator[tuple[str, Expected]]:
    """The facts of a module that the import system loaded.

    Clauses: module.loader-attribute, repr.source-module, repr.namespace, module.cached-set, module.cached-not-set-315.
    """
    yield f"{prefix}__spec__", Exactly("present", ("spec.exposed-on-every-module",))
    yield f"{prefix}__loader__", Exactly("spec.loader", ("module.loader-attribute",))
    if spec.origin is None:
        silent = OneOf((None, ABSENT), ("module.namespace-no-file", "module.namespace-file"))
        yield f"{prefix}__file__", silent
        yield f"{prefix}repr", Unspecified(("repr.namespace",))
    else:
        yield f"{prefix}__file__", attribute_fact(values, module.namespace, "__file__")
        yield f"{prefix}repr", Exactly(("repr", True, True), ("repr.source-module", "repr.uses-spec"))
        yield f"{prefix}__cached__", _cached(state, spec.origin)
    yield from _spec(values, spec, f"{prefix}spec.", changed="__path__" not in module.namespace.values)


def _cached(state: State, origin: str) -> Expected:
    if state.since(3, 15):
        return Exactly(ABSENT, ("module.cached-not-set-315",))
    return OneOf((bytecode_path(origin), ABSENT), ("module.cached-set",))


def _spec(values: Values, spec: Spec, prefix: str, *, changed: bool) -> Iterator[tuple[str, Expected]]:
    yield f"{prefix}name", Exactly(spec.name, ("spec.name-fully-qualified",))
    yield f"{prefix}parent", Exactly(spec.parent, ("spec.parent-derivation",))
    if spec.origin is None:
        yield f"{prefix}origin", Exactly(None, ("spec.namespace-origin-none",))
        yield f"{prefix}submodule_search_locations", Unspecified(("spec.namespace-search-locations-special",))
        return
    yield f"{prefix}origin", Exactly(PREFIX + spec.origin, ("spec.origin-source-file",))
    yield f"{prefix}has_location", Exactly(True, ("spec.has-location-controls-file",))  # noqa: FBT003 - a value, not a flag
    yield f"{prefix}cached", Exactly(bytecode_path(spec.origin), ("spec.cached-path",))
    if spec.locations is None:
        yield f"{prefix}submodule_search_locations", Exactly(None, ("spec.search-locations-package",))
    elif not changed:
        path = values.spell(spec.locations)
        kinds = [(kind, *path[1:]) for kind in ("list", "tuple", "iterable")] if isinstance(path, tuple) else []
        yield f"{prefix}submodule_search_locations", OneOf(tuple(kinds), ("spec.search-locations-package",))
