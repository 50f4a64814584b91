"""The facts of the import-related attributes of a module (reference/datamodel §3.2.9.1; reference/import §5.4.5)."""

from collections.abc import Iterator
from typing import Final, Protocol

from harness.model.departure import Departure
from harness.model.prediction import Exactly, Expected, OneOf, Unspecified
from harness.model.values import ABSENT, Value
from harness.oracle.archives import BY_NAME, archive, loads_by_name
from harness.oracle.attributes import NOT_SET, SET, bytecode_path, settle
from harness.oracle.departing import given
from harness.oracle.hooks import answering, asking_fails
from harness.oracle.module_reprs import Told, told
from harness.oracle.objects import Items, ModuleObject, Namespace, Object, Portions, Spec, Unknown, Why
from harness.oracle.search import without_parent
from harness.oracle.state import State

GIVEN: Final = given(
    "module.doc-attribute",
    "dpath.reflects-spec-list",
    "module.loader-attribute",
    "repr.uses-spec",
    "repr.name-only",
    "repr.defaults-for-missing",
    "repr.no-spec-uses-file",
    "spec.cached-none-without-bytecode",
    "spec.cached-path",
    "spec.exposed-on-every-module",
    "spec.finder-loader-always-set",
    "spec.has-location-controls-file",
    "spec.has-location-false-otherwise",
    "spec.name-fully-qualified",
    "spec.namespace-origin-none",
    "spec.namespace-search-locations-special",
    "spec.no-sync-with-module",
    "spec.origin-source-file",
    "spec.parent-derivation",
    "spec.search-locations-package",
)
REPR_RAISES: Final = Departure(
    "repr.spec-failure-falls-back",
    "raises",
    "the repr of a namespace package whose path cannot be recomputed raises what that raises",
)
REPR_WITHOUT_ORIGIN: Final = Departure(
    "repr.source-module", "without the origin", "the repr of a module with a location does not show its origin"
)
_UNUSABLE: Final[tuple[Value, ...]] = tuple(
    ("raised", error) for error in ("AttributeError", "KeyError", "ModuleNotFoundError", "RecursionError", "TypeError")
)
"""What is observed of a repr that raises."""

_BY_STATEMENTS: Final = frozenset({"scope.assignment-binds", "scope.del-unbinds"})
_SHOWN: Final = ("__name__", "__file__")
_PLAIN: Final = ("__name__", "__doc__", "__package__", "__path__", "__file__", "__cached__")


class Speller(Protocol):
    """Makes facts of values."""

    @property
    def state(self) -> State:
        """The world the values are of."""

    def fact(self, value: Object, why: Why) -> Expected:
        """The expected fact that a value makes."""


def attribute_facts(values: Speller, namespace: Namespace, prefix: str) -> Iterator[tuple[str, Expected]]:
    """What a module holds under the names that relate to the import system, and its repr."""
    yield from held_facts(values, namespace, prefix)
    yield from _repr(values, namespace, namespace.values.get("__spec__"), prefix)


def held_facts(values: Speller, namespace: Namespace, prefix: str) -> Iterator[tuple[str, Expected]]:
    """What a namespace holds under the names that relate to the import system; what no rule decides is left out.

    Assignment updates the namespace, whatever the spec says.

    Clauses: module.attribute-lookup-is-dict, spec.no-sync-with-module.
    """
    for name in _PLAIN:
        found = _attribute(values, namespace, name)
        if found is not None:
            yield prefix + name, found
    spec = namespace.values.get("__spec__")
    why = namespace.why.get("__spec__", ())
    if isinstance(spec, Unknown):
        yield f"{prefix}__spec__", Unspecified(why)
    elif "__spec__" in namespace.values or why:
        yield (
            f"{prefix}__spec__",
            Exactly(ABSENT if "__spec__" not in namespace.values else None if spec is None else "present", why),
        )
    if "__loader__" in namespace.values or "__loader__" in namespace.why:
        yield f"{prefix}__loader__", _loader(namespace, spec)
    if isinstance(spec, Spec):
        yield from _spec(values, namespace, spec, prefix)


def _attribute(values: Speller, namespace: Namespace, name: str) -> Expected | None:
    """The expected value of a name, absent where it is not bound; ``None`` where no rule says whether it is."""
    question = namespace.open.get(name)
    if question is not None:
        if not question.about and not values.state.answered(question.clause):
            return OneOf((question.value, ABSENT), (*question.against, question.clause), (SET, NOT_SET))
        settle(values.state, namespace, name)
    if name in namespace.values:
        return values.fact(namespace.values[name], _why(namespace, name))
    return Exactly(ABSENT, _why(namespace, name)) if name in namespace.why else None


def _why(namespace: Namespace, name: str) -> Why:
    why = namespace.why[name]
    return why if _BY_STATEMENTS.isdisjoint(why) else (*why, "spec.no-sync-with-module")


def _loader(namespace: Namespace, spec: Object) -> Expected:
    """What ``__loader__`` is: whether it is the loader of the spec (module.loader-attribute)."""
    why = _why(namespace, "__loader__")
    if "__loader__" not in namespace.values:
        return Exactly(ABSENT, why)
    loader = namespace.values["__loader__"]
    if loader is None:
        return Exactly(None, why)
    if isinstance(loader, Unknown) and loader.why == (BY_NAME,):
        return Unspecified(why)
    if isinstance(spec, Spec):
        return Exactly("spec.loader" if loader is spec.loader else "other", why)
    return Exactly("other", why) if spec is None else Unspecified(why)


def spec_facts(values: Speller, spec: Spec, prefix: str, why: Why) -> Iterator[tuple[str, Expected]]:
    """The attributes of a spec that is the value of a name, which has it by ``why``.

    Clauses: spec.finder-loader-always-set, spec.exposed-on-every-module.
    """
    yield from _fields(values, spec, prefix)
    yield f"{prefix}spec.submodule_search_locations", _locations(values, spec)
    loader = ("spec.finder-loader-always-set",)
    if spec.made and not (spec.used and spec.loader is None):
        yield f"{prefix}spec.loader", Exactly(None if spec.loader is None else "present", ("spec.made-by-hand",))
    else:
        yield f"{prefix}spec.loader", Unspecified(loader) if spec.file is None else Exactly("present", loader)
    module = values.state.cache.values.get(spec.name)
    exposed = isinstance(module, ModuleObject) and module.namespace.values.get("__spec__") is spec
    yield f"{prefix}spec.exposed", Exactly(exposed, (*why, "spec.exposed-on-every-module"))


def _fields(values: Speller, spec: Spec, prefix: str) -> Iterator[tuple[str, Expected]]:
    """What a spec says of its module, but for the locations: what the program gave it before all else."""
    if not spec.given:
        yield from _found(values.state, spec, prefix)
        return
    for key, expected in _found(values.state, spec, prefix):
        given = spec.given.get(key.rpartition(".")[2])
        yield key, expected if given is None else values.fact(*given)


def _found(state: State, spec: Spec, prefix: str) -> Iterator[tuple[str, Expected]]:
    yield f"{prefix}spec.name", Exactly(spec.name, ("spec.name-fully-qualified",))
    yield f"{prefix}spec.parent", Exactly(spec.parent, ("spec.parent-derivation",))
    if spec.file is None:
        yield f"{prefix}spec.origin", Exactly(None, ("spec.namespace-origin-none",))
        yield f"{prefix}spec.has_location", Exactly(False, ("spec.has-location-false-otherwise",))  # noqa: FBT003 - a value
        yield f"{prefix}spec.cached", Exactly(None, ("spec.cached-none-without-bytecode",))
    else:
        yield f"{prefix}spec.origin", Exactly(spec.file, ("spec.origin-source-file",))
        yield f"{prefix}spec.has_location", Exactly(True, ("spec.has-location-controls-file",))  # noqa: FBT003 - a value
        yield f"{prefix}spec.cached", _cached(spec.file, archived=archive(state, spec.origin) is not None)


def _spec(values: Speller, namespace: Namespace, spec: Spec, prefix: str) -> Iterator[tuple[str, Expected]]:
    yield from _fields(values, spec, prefix)
    locations = _locations(values, spec)
    yield f"{prefix}spec.submodule_search_locations", locations
    path = _attribute(values, namespace, "__path__")
    if isinstance(path, Exactly) and isinstance(locations, Exactly):
        held, listed = path.value, locations.value
        if isinstance(held, tuple) and isinstance(listed, tuple) and held != ABSENT:
            yield f"{prefix}same-path", Exactly(held[1:] == listed[1:], (*path.clauses, "dpath.reflects-spec-list"))


def origin_of(spec: Spec) -> Object:
    """The origin that a spec has."""
    return spec.given["origin"][0] if "origin" in spec.given else spec.file


def _cached(file: str, *, archived: bool) -> Expected:
    """Where bytecode of the module is kept, if it is kept: of what lies in an archive no document says where."""
    if archived or not file.endswith(".py"):
        return Unspecified(("spec.cached-path",))
    return OneOf((bytecode_path(file), None), ("spec.cached-path",), (SET, NOT_SET))


def _locations(values: Speller, spec: Spec) -> Expected:
    """The locations of a package, which its ``__path__`` is set from (dpath.reflects-spec-list)."""
    given = spec.given.get("submodule_search_locations")
    if given is not None:
        return values.fact(*given)
    match spec.locations:
        case None:
            return Exactly(None, ("spec.is-package-empty-locations" if spec.made else "spec.search-locations-package",))
        case Portions():
            return values.fact(spec.locations, ("spec.namespace-search-locations-special",))
        case Items():
            if spec.made:
                return values.fact(spec.locations, ("spec.is-package-empty-locations",))
            altered = spec.file is None or spec.locations.items != [spec.file.rpartition("/")[0]]
            if altered and loads_by_name(values.state, spec.origin):
                return Unspecified((BY_NAME,))  # load_module() sets __path__, whether to that list is not said
            clauses = ("dpath.regular-package-value", "dpath.reflects-spec-list", "spec.search-locations-package")
            return values.fact(spec.locations, clauses)


def _said(loader: Told, namespace: Namespace, spec: Object) -> Expected:
    """What is shown of a repr that is what the loader says."""
    held = [spec.name, origin_of(spec)] if isinstance(spec, Spec) else [*map(namespace.values.get, _SHOWN)]
    parts = (isinstance(part, str) and part in loader.text for part in held)
    return Exactly(("repr", *parts), (loader.clause,))


def _repr(values: Speller, namespace: Namespace, spec: Object, prefix: str) -> Iterator[tuple[str, Expected]]:
    """Whether the repr shows the name and the origin: of the spec, or else ``__name__`` and ``__file__``.

    Clauses: repr.uses-spec, repr.source-module, repr.namespace, repr.no-spec-uses-file, repr.name-only,
    repr.spec-failure-falls-back (the path of a namespace package may be one that cannot be recomputed),
    repr.origin-without-location, repr.no-file-uses-loader, repr.defaults-for-missing.
    """
    key = f"{prefix}repr"
    if namespace.kind is not None:
        return
    loader = told(values.state, namespace)
    if loader is not None and loader.used:
        yield key, _said(loader, namespace, spec)
        return
    if isinstance(spec, Spec):
        if isinstance(spec.locations, Portions) and origin_of(spec) is not None and not values.state.since(3, 10):
            return  # a loader that defines module_repr is asked first; whether that of a namespace does is not said
        located = ("repr.namespace" if spec.file is None else "repr.source-module",)
        if isinstance(origin_of(spec), str) and spec.file is None:
            located = ("repr.origin-without-location",)
        failing = not isinstance(values.fact(spec.locations, ()), Exactly)
        gone = isinstance(spec.locations, Portions) and without_parent(values.state, spec.locations)
        if failing and values.state.departs(REPR_RAISES):
            shown: tuple[Value, ...] = () if gone else (("repr", True, spec.file is not None),)
            yield key, OneOf((*_UNUSABLE, *shown), (REPR_RAISES.clause,))  # whether it can be recomputed is open
            return
        fallen = ("repr.spec-failure-falls-back",) if failing else ()
        origin = isinstance(origin_of(spec), str) and not values.state.departs(REPR_WITHOUT_ORIGIN)
        aside = () if loader is None else (loader.clause,)
        yield key, Exactly(("repr", True, origin), (*aside, *located, "repr.uses-spec", *fallen))
        return
    if spec is None:
        yield from _repr_by_names(namespace, key)


def _repr_by_names(namespace: Namespace, key: str) -> Iterator[tuple[str, Expected]]:
    """The same of a module that has no spec, not by its ``__getattr__`` either."""
    hook = answering(namespace, "__spec__")
    if asking_fails(namespace, "__spec__") or (hook is not None and hook.value is not None):
        return
    file = namespace.values.get("__file__")
    name = namespace.values.get("__name__")
    clause = "repr.no-spec-uses-file" if isinstance(file, str) else "repr.name-only"
    clause = clause if isinstance(name, str) else "repr.defaults-for-missing"
    if "__file__" not in namespace.open:
        yield key, Exactly(("repr", isinstance(name, str), isinstance(file, str)), (clause,))
