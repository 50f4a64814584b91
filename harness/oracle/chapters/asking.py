"""What functions that are built in say of modules, specs and loaders (reference/import §5.2, §5.4.5; builtins)."""

from collections.abc import Iterator, Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.asking import MODULE_TYPE, IsInstance, Listed, LoaderRepr, OfSys, ReprShows, SameType
from harness.model.language.word import Word
from harness.oracle.attribute_facts import origin_of
from harness.oracle.authors import is_told
from harness.oracle.blocks import Block
from harness.oracle.chapters.names import ATTRIBUTE_ERRORS, reference
from harness.oracle.facts import listed
from harness.oracle.found import Dictionary, Method
from harness.oracle.hooks import Directory, answering, asking_fails
from harness.oracle.module_reprs import told
from harness.oracle.module_types import method
from harness.oracle.objects import (
    Items,
    ModuleObject,
    Namespace,
    Object,
    Portions,
    Raised,
    Scope,
    Spec,
    Unknown,
    Why,
)
from harness.oracle.scopes import ASSIGNED, bind
from harness.oracle.state import Rule, Silent, State

_SINCE: Final = {
    "importlib.machinery.NamespaceLoader": ("namespace.loader-public-name", (3, 11)),
    "importlib.machinery.NamespacePath": ("namespace.namespacepath-public", (3, 15)),
}
NOT_ONE: Final = {
    clause: Departure(clause, "is none", f"{what} is no instance of it")
    for clause, what in (
        ("module.single-type", "a module"),
        ("regular.all-packages-are-modules", "a package"),
        ("namespace.loader-public-name", "the loader of a namespace package"),
        ("namespace.namespacepath-public", "the path of a namespace package"),
    )
}
LIKE_OTHERS: Final = Departure(
    "namespace.loader-type", "the same", "a namespace package has a loader of the same type as regular packages"
)
NOT_SHOWN: Final = {
    clause: Departure(clause, "not shown", f"the repr does not show {what}")
    for clause, what in (
        ("repr.builtin", "that the module is built in"),
        ("repr.origin-without-location", "an origin that is no location"),
        ("repr.no-file-uses-loader", "the loader"),
    )
}
NOT_BUILT_IN: Final = {
    clause: Departure(clause, "another", "the origin of a module that is built in is another one")
    for clause in ("spec.origin-builtin", "spec.startup-modules-complete")
}
EXPOSED: Final = "spec.exposed-on-every-module"
NOT_EXPOSED: Final = Departure(EXPOSED, "none at start-up", "__spec__ of a module that is built in is None")
OF_THE_MODULE: Final = Departure(
    "module.dir-no-arguments", "of the module", "dir() in a function lists the names of the module"
)
NOT_SAID: Final = Departure(
    "module.class-repr", "not called", "the repr of a module is as without the __repr__ of its class"
)
_SYS: Final[Mapping[str, tuple[Object, Why]]] = {
    "__name__": ("sys", ("module.name-fully-qualified",)),
    "__spec__.name": ("sys", (EXPOSED, "spec.name-fully-qualified")),
    "__spec__.origin": ("built-in", ("spec.origin-builtin", "spec.startup-modules-complete")),
    "__spec__.parent": ("", (EXPOSED, "spec.parent-derivation")),
    "__spec__.has_location": (False, (EXPOSED, "spec.origin-builtin")),
    "__spec__.cached": (None, (EXPOSED, "spec.cached-none-without-bytecode")),
    "__spec__.submodule_search_locations": (
        None,
        (EXPOSED, "spec.search-locations-package"),
    ),
}


def _is_instance(state: State, scope: Scope, statement: IsInstance) -> None:
    """Whether it is one.

    Clauses: module.single-type, regular.all-packages-are-modules, namespace.loader-public-name,
    namespace.namespacepath-public.

    Raises:
        Raised: the version lacks the class.
    """
    value = reference(state, scope, statement.path).value
    clause, version = _SINCE.get(statement.kind, ("", (3, 0)))
    if clause and not state.since(*version):
        raise Raised(state.error("AttributeError", ATTRIBUTE_ERRORS), state.why("scope.attribute-missing"))
    found = _instance_of(state, value, statement.kind)
    bind(state, scope, statement.name, found, (*ASSIGNED, *state.why()))


def _instance_of(state: State, value: Object, kind: str) -> Object:
    match value:
        case ModuleObject() if kind == MODULE_TYPE:
            package = "__path__" in value.namespace.values
            clauses = ["module.single-type", *(["regular.all-packages-are-modules"] if package else [])]
        case Unknown(spec=Spec(locations=Portions())) if kind.endswith("Loader"):
            clauses = ["namespace.loader-public-name"]
            if not state.since(3, 11):
                return Unknown(("namespace.loader-type",))
        case Portions() if kind.endswith("NamespacePath"):
            clauses = ["namespace.namespacepath-public"]
        case Spec() if kind.endswith("ModuleSpec"):
            state.cite("spec.exposed-on-every-module")
            return True
        case _:
            return Unknown(("scope.builtin-attributes",))
    state.cite(*clauses)
    return state.decide(*(NOT_ONE[clause] for clause in clauses)) is None


def _same_type(state: State, scope: Scope, statement: SameType) -> None:
    """Clauses: module.single-type, namespace.loader-type."""
    one, other = (reference(state, scope, path).value for path in (statement.path, statement.other))
    found: Object = Unknown(("scope.builtin-attributes",))
    match one, other:
        case ModuleObject(), ModuleObject() if one.namespace.kind is other.namespace.kind:
            state.cite("module.single-type")
            found = not state.departs(NOT_ONE["module.single-type"])
        case Unknown(spec=Spec(locations=first)), Unknown(spec=Spec(locations=second)) if first and second:
            if isinstance(first, Portions) is not isinstance(second, Portions):
                state.cite("namespace.loader-type")
                found = state.departs(LIKE_OTHERS)
        case _:
            pass
    bind(state, scope, statement.name, found, (*ASSIGNED, *state.why()))


def _repr_shows(state: State, scope: Scope, statement: ReprShows) -> None:
    """Whether the repr surely shows that; what it shows beside it no document says.

    Clauses: repr.builtin, repr.origin-without-location, repr.no-file-uses-loader. That of a module that is built in
    shows the origin of its spec: one with another origin does not show that it is. Before 3.12 its loader may give the
    repr (reference/import §5.4.6, "module_repr()").
    """
    value = reference(state, scope, statement.of).value if statement.of else None
    module = reference(state, scope, statement.path).value if statement.path else None
    _may_raise(module)
    clause = ""
    if not statement.path:
        clause = "" if statement.of or statement.text not in "(built-in)" else "repr.builtin"
    elif isinstance(module, ModuleObject) and (said := method(module, "__repr__")) is not None:
        _said(state, scope, statement, module, said)
        return
    elif isinstance(module, ModuleObject) and module.namespace.kind is None:
        parts = _parts(state, module)
        clause = next((why for part, why in parts if _shows(part, statement.text, value)), "")
    if not clause:
        bind(state, scope, statement.name, Unknown(("repr.namespace",)), ASSIGNED)
        return
    state.cite(clause)
    shown = clause not in NOT_SHOWN or not state.departs(NOT_SHOWN[clause])
    if clause == "repr.builtin" and state.since(3, 12) and state.decide(*NOT_BUILT_IN.values()) is not None:
        shown = False
    bind(state, scope, statement.name, shown, (*ASSIGNED, *state.why()))


def _said(state: State, scope: Scope, statement: ReprShows, module: ModuleObject, said: Method) -> None:
    """Whether the repr that the class of a module gives shows that: it is the text and the name of the module.

    Clauses: module.class-repr.

    Raises:
        Silent: the module has no text for a name.
    """
    name = module.namespace.values.get("__name__")
    if not isinstance(name, str):
        raise Silent("scope.operand-types")
    state.cite(NOT_SAID.clause)
    shown: Object = Unknown(("repr.namespace",)) if statement.of else statement.text in said.text + name
    if shown is True and state.departs(NOT_SAID):
        shown = False
    bind(state, scope, statement.name, shown, (*ASSIGNED, *state.why()))


def _may_raise(module: Object) -> None:
    """What the repr of a module makes of a ``__spec__`` that is none is not said.

    Raises:
        Silent: it has such a one.
    """
    if isinstance(module, ModuleObject) and not isinstance(module.namespace.values.get("__spec__"), Spec | None):
        raise Silent("repr.uses-spec")


def _shows(part: Object, text: str, value: Object) -> bool:
    return text in part if isinstance(part, str) and value is None else part is value and value is not None


def _parts(state: State, module: ModuleObject) -> Iterator[tuple[Object, str]]:
    """What the repr of a module shows, as texts or objects whose repr it shows, and by which clause."""
    held = module.namespace.values
    loader = told(state, module.namespace)
    if loader is not None and loader.used:
        yield loader.text, loader.clause
        return
    spec, name, file = held.get("__spec__"), held.get("__name__"), held.get("__file__")
    if isinstance(spec, Spec):
        origin = origin_of(spec)
        yield spec.name, "repr.uses-spec"
        if isinstance(origin, str):
            yield origin if spec.file else f"({origin})", "repr.source-module" if spec.file else _PARENTHESES
    elif spec is None and not _asked_for_spec(module.namespace) and "__file__" not in module.namespace.open:
        if isinstance(name, str):
            yield name, "repr.name-only"
        if isinstance(file, str):
            yield file, "repr.no-spec-uses-file"
        elif held.get("__loader__") is not None:
            yield held["__loader__"], "repr.no-file-uses-loader"


def _asked_for_spec(namespace: Namespace) -> bool:
    """Whether a module ``__getattr__`` says more of the ``__spec__`` than that there is none."""
    return answering(namespace, "__spec__") is not None or asking_fails(namespace, "__spec__")


_PARENTHESES: Final = "repr.origin-without-location"


def _loader_repr(state: State, scope: Scope, statement: LoaderRepr) -> None:
    bind(state, scope, "module_repr", Method("module_repr", statement.text), ASSIGNED)


def _of_sys(state: State, scope: Scope, statement: OfSys) -> None:
    """What ``sys``, which is built in, says of itself.

    Clauses: spec.origin-builtin, spec.startup-modules-complete, spec.exposed-on-every-module; whether it has a
    ``__file__`` is a choice (module.file-absent-for-builtin).

    Raises:
        Raised: it has none, or no spec.
    """
    if statement.attribute == "__file__":
        clause = "module.file-absent-for-builtin"
        if state.policy(clause, "absent", "set", choice=True) == "absent":
            raise Raised(state.error("AttributeError", ATTRIBUTE_ERRORS), state.why(clause, "scope.attribute-missing"))
        bind(state, scope, statement.name, Unknown((clause,)), ASSIGNED)
        return
    value, why = _SYS[statement.attribute]
    if statement.attribute.startswith("__spec__."):
        state.cite(EXPOSED)
        if state.departs(NOT_EXPOSED):
            raise Raised("AttributeError", state.why(EXPOSED))
    if any(clause in NOT_BUILT_IN for clause in why):
        taken = state.decide(*(NOT_BUILT_IN[clause] for clause in why if clause in NOT_BUILT_IN))
        value = value if taken is None else True if value is False else None
    bind(state, scope, statement.name, value, (*ASSIGNED, *why))


def _listed(state: State, scope: Scope, statement: Listed) -> None:
    """What ``dir`` or ``sorted`` gives; the names of a module beside its own are not said.

    Clauses: module.dir-no-arguments, module.dir-sorted, getattr.dir-override, module.annotations.
    """
    found: Object = Unknown(("module.dir-no-arguments",))
    if not statement.path:
        if scope.block is not Block.FUNCTION or (scope.outer is not None and scope.outer.block is Block.FUNCTION):
            _kept(state, scope, statement.name, found, ASSIGNED)
            return
        state.cite("module.dir-no-arguments")
        held = scope.module if state.departs(OF_THE_MODULE) else scope.namespace
        found = Items([*sorted(filter(is_told, held.values))], mutable=True)
    else:
        found = _of(state, reference(state, scope, statement.path).value, keys=statement.keys)
    _kept(state, scope, statement.name, found, (*ASSIGNED, *state.why()))


def _kept(state: State, scope: Scope, name: str, value: Object, why: Why) -> None:
    """Bind what was asked, if there is a name."""
    if name:
        bind(state, scope, name, value, why)


def _of(state: State, value: Object, *, keys: bool) -> Object:
    match value:
        case Dictionary(keys=held) if keys:
            return Items([*sorted(held)], mutable=True)
        case ModuleObject(namespace=namespace) if not keys and namespace.kind is None:
            declared = namespace.values.get("__dir__")
            if not isinstance(declared, Directory):
                return Unknown(("module.dir-no-arguments",))
            state.cite("module.dir-sorted", "getattr.dir-override")
            return Items([*listed(state, declared)], mutable=True)
        case _:
            raise Silent("scope.builtin-attributes")


STATEMENTS: Final[Mapping[type[Word], Rule]] = {
    IsInstance: _is_instance,
    SameType: _same_type,
    ReprShows: _repr_shows,
    LoaderRepr: _loader_repr,
    OfSys: _of_sys,
    Listed: _listed,
}
