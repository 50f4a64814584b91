"""The facts of the state in which a case ends."""

from collections.abc import Iterator
from typing import Final

from harness.model.departure import Departure
from harness.model.prediction import Exactly, Expected, OneOf, Unspecified
from harness.model.values import ABSENT, Value
from harness.oracle.archives import exception_type, situation
from harness.oracle.attribute_facts import attribute_facts, held_facts, spec_facts
from harness.oracle.authors import is_told
from harness.oracle.departing import given
from harness.oracle.found import (
    Computed,
    Dictionary,
    FinderObject,
    InfoObject,
    LibraryObject,
    Method,
    TraversableObject,
)
from harness.oracle.hooks import Directory, Getattr
from harness.oracle.lookup import unbound_submodules
from harness.oracle.missing_names import NO_PLACE
from harness.oracle.nesting import UNREADABLE
from harness.oracle.objects import (
    SOME,
    BuiltinObject,
    ClassObject,
    FunctionObject,
    Globals,
    InstanceObject,
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
)
from harness.oracle.search import refresh
from harness.oracle.state import Silent, State, Undecided

GIVEN: Final = given(
    "getattr.dir-override",
    "errors.name-attribute",
    "errors.extension-path-attribute",
    "errors.message-full-name",
    "errors.repr-shows-name-path",
    "from.error-shows-module-and-file",
)
LAST_PART: Final = Departure(
    "errors.name-attribute", "last part", "name is only the last part of the name of a module that cannot be located"
)
NO_FILE_IN_CYCLE: Final = Departure(
    "from.error-shows-module-and-file", "no file in a cycle", "no file is shown of a module that is being executed"
)
UNSORTED: Final = Departure("module.dir-sorted", "as given", "dir() keeps the order of what __dir__ gives")
GIVEN_ONES: Final = "errors.constructor-keywords"
"""Why an ImportError has a name that a statement gave it."""
SHOWN: Final[Value] = True
"""That it is shown."""

MAIN: Final = "__main__"
REUSED: Final = "reload.same-loader-reused"
SAME_LOADER: Final = "the same loader"
_DEPTH: Final = 4
"""Items nested deeper are observed by their type alone."""


class Values:
    """Spells objects as values; numbers the modules that no key holds in the order they are met."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.keys: dict[int, str] = {}
        for key in sorted(state.cache.values, reverse=True):
            held = state.cache.values[key]
            if isinstance(held, ModuleObject) and key != MAIN:
                self.keys[id(held)] = key
        self.strays: dict[str, list[int]] = {}
        self.recomputed: dict[int, Why] = {}

    def fact(self, value: Object, why: Why) -> Expected:
        """The expected fact that ``value`` makes."""
        if value is None or isinstance(value, (str, int)):
            return Exactly(value, why)
        if isinstance(value, ModuleObject):
            return Exactly(self._module(value), why)
        loader = self._loader(value) if isinstance(value, Unknown) and value.spec is not None else ()
        if loader:
            return OneOf(loader, (*why, "module.loader-attribute")) if loader[1:] else Exactly(loader[0], why)
        silent = self._silent(value)
        if silent:
            return Unspecified(silent)
        return Exactly(self.spell(value), (*why, *value.why) if isinstance(value, Portions) else why)

    def _loader(self, loader: Unknown) -> tuple[Value, ...]:
        """What is told of the loader of a spec that a module has: by its key, or that of one that could share it.

        Nothing of one that no module has, or of that of a namespace package, which may be none. Whether a module that
        was reloaded has the loader which loaded it first is open (reload.same-loader-reused).
        """
        spec = loader.spec
        if spec is None or spec.file is None:
            return ()
        held = {key: _spec_of(module) for key, module in self.state.cache.values.items()}
        keys = sorted(key for key, other in held.items() if other is not None and key != MAIN)
        own = next((key for key in keys if held[key] is spec), None)
        again = {key for key in keys if _reloaded(held[key], spec)}
        about = situation(self.state, spec.origin)
        if again and self.state.policy(REUSED, "another loader", SAME_LOADER, about=about) == SAME_LOADER:
            own = min(again if own is None else {own, *again})
            again = set()
        if own is None:
            return ()
        return tuple(("loader", key) for key in (own, *(key for key in keys if key < own and key not in again)))

    def _silent(self, value: Object) -> Why:
        """The clauses by which the documents are silent about a value, or about something in it.

        The path of a namespace package is what a new search for portions gives, wherever it is looked at
        (namespace.path-recomputed-on-sys-path-change).
        """
        match value:
            case Unknown(why=why):
                return why
            case Items(items=items):
                return next(filter(None, map(self._silent, items)), ())
            case Portions():
                if id(value) not in self.recomputed:
                    self.recomputed[id(value)] = _recomputed(self.state, value)
                return self.recomputed[id(value)]
            case _:
                return ()

    def spell(self, value: Object, depth: int = 0) -> Value:
        """The value of ``value``."""
        match value:
            case None | bool() | int() | str():
                return value
            case bytes():
                return ("bytes", value.decode("latin-1"))
            case Items():
                kind = "list" if value.mutable else "tuple"
                return ("object", kind) if depth >= _DEPTH else (kind, *self._items(value.items, depth + 1))
            case Portions(items=portions):
                return ("iterable", *portions)
            case ModuleObject():
                return self._module(value)
            case FunctionObject() | Getattr() | Directory() | Method():
                return ("function", _function(value))
            case InfoObject(name=name, package=package):
                return ("module-info", name, package)
            case ClassObject(name=name) | BuiltinObject(name=name):
                return ("class", name)
            case InstanceObject() | SubstituteObject() | Globals() | FinderObject() | Dictionary() | Computed():
                return ("object", _type(value))
            case Spec(name=name):
                return ("spec", name)
            case Unknown() | LibraryObject() | TraversableObject():
                return ABSENT

    def _items(self, items: list[Object], depth: int) -> tuple[Value, ...]:
        """What is in a list; of ModuleInfo it is not said in which order they come: they are told by name."""
        if items and all(isinstance(item, InfoObject) for item in items):
            items = sorted(items, key=lambda item: item.name if isinstance(item, InfoObject) else "")
        return tuple(self.spell(item, depth) for item in items)

    def _module(self, module: ModuleObject) -> Value:
        if id(module) in self.keys:
            return ("module", self.keys[id(module)])
        name = module.namespace.values.get("__name__")
        shown = name if isinstance(name, str) else ""
        seen = self.strays.setdefault(shown, [])
        if id(module) not in seen:
            seen.append(id(module))
        return ("stray", shown, seen.index(id(module)))


def _function(function: FunctionObject | Getattr | Directory | Method) -> str:
    """The name of a function."""
    match function:
        case FunctionObject(name=name) | Method(name=name):
            return name
        case Getattr():
            return "__getattr__"
        case Directory():
            return "__dir__"


def _spec_of(module: Object) -> Spec | None:
    """The spec that a module has, if it is one."""
    spec = module.namespace.values.get("__spec__") if isinstance(module, ModuleObject) else None
    return spec if isinstance(spec, Spec) else None


def _reloaded(held: Spec | None, spec: Spec) -> bool:
    """Whether a module has been reloaded by one of these that was loaded by the other."""
    return held is not None and (held.replaces(spec) or spec.replaces(held))


def _recomputed(state: State, path: Portions) -> Why:
    """Recompute the path of a namespace package; the clauses by which it is not known what that gives."""
    silent = ("namespace.path-recomputed-on-sys-path-change",)
    try:
        refresh(state, path)
    except (Silent, Raised):
        return silent
    except Undecided as undecided:
        if undecided.question[0] != UNREADABLE:
            raise
        return silent  # nothing the program did depends on it
    finally:
        state.reasons.clear()
    return () if path.certain else silent


def listing(namespace: Namespace) -> Expected:
    """The names of a namespace, the special ones that may be an implementation's left out."""
    names = sorted(filter(is_told, namespace.values))
    why = [clause for name in names for clause in namespace.why[name]]
    return Exactly(("list", *names), tuple(dict.fromkeys((*why, "bind.contents-need-qualification"))))


def bindings(
    values: Values, namespace: Namespace, prefix: str, *, inner: bool = False
) -> Iterator[tuple[str, Expected]]:
    """Each name and its value; the names that clauses say are not bound, as absent.

    Of a dictionary that is the value of a name its names are told too, unless it is the value of an ``inner`` one.
    """
    for name in sorted(filter(is_told, namespace.values)):
        value, why = namespace.values[name], namespace.why[name]
        yield prefix + name, values.fact(value, why)
        if isinstance(value, Spec):
            yield from spec_facts(values, value, f"{prefix}{name}/", why)
        if isinstance(value, Globals) and not inner:
            yield from _names(values, value.namespace, f"{prefix}{name}/")
    for name in sorted(filter(is_told, namespace.why.keys() - namespace.values.keys())):
        yield prefix + name, Exactly(ABSENT, namespace.why[name])


def _names(values: Values, namespace: Namespace, prefix: str) -> Iterator[tuple[str, Expected]]:
    """What is in a dictionary of names."""
    yield f"{prefix}names", listing(namespace)
    yield from bindings(values, namespace, f"{prefix}value/", inner=True)
    yield from held_facts(values, namespace, prefix)


def exception(values: Values, error: Raised) -> Iterator[tuple[str, Expected]]:
    """The facts of the exception that ended the program."""
    if error.error == SOME:
        yield "exception/type", Unspecified(error.why)
        return
    yield "exception/type", exception_type(error)
    yield from _chain(error)
    if error.is_a("ImportError"):
        file = "errors.extension-path-attribute"
        absent = error.is_a("ModuleNotFoundError")
        missing = LAST_PART.clause if absent or file in error.why else "from.error-name-path-attributes"
        missing = GIVEN_ONES if GIVEN_ONES in error.why else missing
        name = error.name
        if (
            absent
            and missing == LAST_PART.clause
            and isinstance(name, str)
            and "." in name
            and values.state.departs(LAST_PART)
        ):
            name = name.rpartition(".")[2]
        yield "exception/name", values.fact(name, (*error.why, missing))
        yield "exception/path", values.fact(error.path, (*error.why, file if file in error.why else missing))
        yield from _shown(values.state, error, missing)


def _shown(state: State, error: Raised, missing: str) -> Iterator[tuple[str, Expected]]:
    """What the text and the repr of an ImportError show of its name and its path.

    Clauses: errors.message-full-name, from.error-shows-module-and-file, errors.repr-shows-name-path.
    """
    given = {"name": error.name, "path": error.path}
    for key, held in given.items():
        if not isinstance(held, str) or held == NO_PLACE:
            continue  # no document says whether what stands for no path is shown
        if missing == GIVEN_ONES:
            if state.since(3, 15):
                yield f"exception/repr-{key}", Exactly(SHOWN, (*error.why, "errors.repr-shows-name-path"))
        elif missing == LAST_PART.clause and key == "name" and error.is_a("ModuleNotFoundError"):
            yield "exception/message-name", Exactly(SHOWN, (*error.why, "errors.message-full-name"))
        elif missing == "from.error-name-path-attributes" and NO_FILE_IN_CYCLE.clause in error.why:
            cycle = "circular.from-form-fails" in error.why
            hidden = key == "path" and (error.file_hidden or (cycle and state.departs(NO_FILE_IN_CYCLE)))
            yield f"exception/message-{key}", Exactly(not hidden, (*error.why, NO_FILE_IN_CYCLE.clause))


def _chain(error: Raised) -> Iterator[tuple[str, Expected]]:
    """The cause and the context, where a document says what they are: of what a ``raise`` statement raises."""
    for name, link in (("cause", error.cause), ("context", error.context)):
        if link is not None:
            yield f"exception/{name}", Exactly(link.error, (*error.why, link.clause))


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
        if isinstance(held, ModuleObject) and values.keys[id(held)] == key and not held.of_library:
            yield from module_facts(state, values, held, f"module/{key}/")


def warnings(state: State) -> Iterator[tuple[str, Expected]]:
    """The categories of which there is a warning, where a document says that there is one.

    No document says that there is none, so nothing is said where no rule warns, or keeps from warning, or where the
    program itself does.
    """
    why = tuple(dict.fromkeys((*(clause for found in state.warned.values() for clause in found), *state.not_warned)))
    if why and not state.warned_otherwise:
        yield "warnings", Exactly(("list", *sorted(state.warned)), why)


def _entry(values: Values, held: Object, why: Why) -> Expected:
    """What a key of the cache holds: ``None``, a module, or something else by the name of its type."""
    match held:
        case None | ModuleObject() | Unknown():
            return values.fact(held, why)
        case Portions():
            return Unspecified(("namespace.path-custom-type",))
        case _:
            return Exactly(("object", _type(held)), why)


def _type(held: Object) -> str:
    match held:
        case FunctionObject() | Getattr() | Directory() | Method():
            return "function"
        case ClassObject() | BuiltinObject():
            return "type"
        case InstanceObject(kind=kind):
            return kind.name
        case SubstituteObject():
            return "Substitute"
        case Spec():
            return "ModuleSpec"
        case Items(mutable=mutable):
            return "list" if mutable else "tuple"
        case Globals() | Dictionary():
            return "dict"
        case FinderObject() | Computed():
            return "FileFinder" if isinstance(held, FinderObject) else "property"
        case _:
            return type(held).__name__


def module_facts(state: State, values: Values, module: ModuleObject, prefix: str) -> Iterator[tuple[str, Expected]]:
    """The attributes, the spec, the repr and the namespace of a module."""
    namespace = module.namespace
    yield from attribute_facts(values, namespace, prefix)
    unbound = unbound_submodules(state, module)
    silent = Unspecified(("submodule.attribute-while-cached",))
    yield f"{prefix}names", silent if unbound else listing(namespace)
    yield from bindings(values, namespace, f"{prefix}value/")
    yield from ((f"{prefix}value/{name}", silent) for name in unbound)
    declared = namespace.values.get("__dir__")
    if isinstance(declared, Directory) and namespace.kind is None:
        yield f"{prefix}dir", _directory(state, declared)


def listed(state: State, declared: Directory) -> list[str]:
    """What ``dir()`` gives of a module with a ``__dir__``: what that returns, sorted (module.dir-sorted).

    Raises:
        Raised: it raises.
    """
    names = declared.body()
    ordered = sorted(names)
    return names if ordered != names and state.departs(UNSORTED) else ordered


def _directory(state: State, declared: Directory) -> Expected:
    state.reasons.clear()
    try:
        return Exactly(("list", *listed(state, declared)), ("module.dir-sorted", "getattr.dir-override"))
    except Raised as error:
        return Exactly(("raised", error.error), (*error.why, "getattr.dir-override"))
    except Silent as silent:
        return Unspecified(silent.clauses)
