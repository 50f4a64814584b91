"""Import-related attributes on module objects (reference/datamodel §3.2.9.1; reference/import §5.4)."""

import functools
from typing import Final

from harness.model.departure import Departure
from harness.oracle.archives import archive
from harness.oracle.layout import PREFIX
from harness.oracle.objects import Items, ModuleObject, Namespace, Portions, Spec, Unknown
from harness.oracle.perhaps import Perhaps
from harness.oracle.state import State

CACHED: Final = "__pycache__"
SET: Final = "set"
NOT_SET: Final = "not set"


LAST_COMPONENT: Final = Departure(
    "module.name-fully-qualified", "last component", "__name__ of a submodule is the last component of its name"
)
NAMED_INIT: Final = Departure(
    "init.dunder-name-is-package", "with __init__", "__name__ of a regular package ends in .__init__"
)
NO_PATH: Final = Departure("dpath.reflects-spec-list", "not set", "a package has no __path__, whatever its spec lists")
GIVEN_TO_MODULES: Final = Departure(
    "module.path-only-on-packages", "given to modules", "a module that is no package has an empty __path__"
)
FILE_OF_BYTECODE: Final = Departure(
    "module.file-is-source-path", "the bytecode", "__file__ is where the bytecode of the source belongs"
)
FILE_OF_ARCHIVE: Final = Departure(
    "zip.file-attribute", "the archive", "__file__ of what lies in an archive is the path of the archive"
)
FILE_OF_DIRECTORY: Final = Departure(
    "module.file-of-package-is-init", "the directory", "__file__ of a regular package is its directory"
)
FILE_OF_NAMESPACE: Final = Departure(
    "module.namespace-no-file", "the first portion", "__file__ of a namespace package is its first portion"
)
CACHED_SET: Final = Departure("module.cached-not-set-315", "set", "__cached__ is set as before 3.15")
NO_LOADER: Final = Departure("module.loader-none-set-post-load", "not set", "a module has no __loader__")
OTHER_LOADER: Final = Departure(
    "spec.namespace-loader-equals-dunder-loader", "another", "__loader__ of a namespace package is not that of its spec"
)
PACKAGE_ITSELF: Final = Departure(
    "module.package-equals-spec-parent", "its own name", "__package__ is the name of the module, whatever the spec says"
)
COPIED: Final = Departure(
    "spec.same-object-used-for-import", "a copy", "__spec__ is a copy of the spec of which the module was made"
)
PACKAGES: Final = {
    clause: Departure(clause, name, f"__package__ is {name}")
    for clause, name in (
        ("module.package-top-level-empty", "None"),
        ("module.package-for-submodule", "its own name"),
        ("module.package-for-package", "that of the parent"),
        ("namespace.package-attribute", "that of the parent"),
    )
}


@functools.lru_cache(maxsize=4096)
def bytecode_path(file: str) -> str:
    """Where the bytecode of a source file belongs (PEP 3147), for the facts that hold a path; bytecode is its own."""
    if file.endswith(".pyc"):
        return file
    directory, _, name = file.rpartition("/")
    return f"{directory}/{CACHED}/{name.removesuffix('.py')}.<tag>.pyc"


def initialise(state: State, module: ModuleObject) -> None:
    """Set what a module holds before its code runs (loading.attributes-set-before-exec)."""
    spec = module.spec
    bind = module.namespace.bind
    bind("__name__", _name(state, module), ("module.name-fully-qualified", *_init(spec)))
    bind("__doc__", None, ("module.doc-attribute",))
    if spec is None:
        return
    if state.departs(COPIED):
        made, spec = spec, Spec(spec.name, spec.origin, spec.locations, spec.file)
        spec.loader, spec.made, spec.given = made.loader, made.made, made.given
    bind("__spec__", spec, ("spec.exposed-on-every-module",))
    set_from_spec(state, module.namespace, spec)
    _set_path(state, module.namespace, spec)
    _set_file(state, module.namespace, spec)
    spec.used = True


def initialise_again(state: State, module: ModuleObject) -> None:
    """Set what concerns the import once more: ``__doc__`` stays what it is, or gone (reload.namespace-retained)."""
    namespace = module.namespace
    held, why = "__doc__" in namespace.values, namespace.why.get("__doc__", ())
    doc = namespace.values.get("__doc__")
    initialise(state, module)
    if held:
        namespace.bind("__doc__", doc, why)
    else:
        namespace.unbind("__doc__", why)


def _name(state: State, module: ModuleObject) -> str:
    if _init(module.spec) and state.departs(NAMED_INIT):
        return f"{module.name}.__init__"
    return module.name.rpartition(".")[2] if "." in module.name and state.departs(LAST_COMPONENT) else module.name


def _set_path(state: State, namespace: Namespace, spec: Spec) -> None:
    why: tuple[str, ...] = ("dpath.reflects-spec-list" if spec.made else "dpath.regular-package-value",)
    if isinstance(spec.locations, Portions):
        why = ("namespace.path-custom-type", "namespace.multiple-portions")
    if spec.locations is not None and state.departs(NO_PATH):
        namespace.why["__path__"] = ("dpath.reflects-spec-list",)
    elif spec.locations is not None:
        namespace.bind("__path__", spec.locations, why)
    elif state.departs(GIVEN_TO_MODULES):
        namespace.bind("__path__", Items([], mutable=True), ("module.path-only-on-packages",))
    else:
        namespace.why["__path__"] = ("module.path-only-on-packages",)


def _set_file(state: State, namespace: Namespace, spec: Spec) -> None:
    if spec.file is None:
        if spec.made:
            namespace.why["__file__"] = ("spec.has-location-controls-file",)
        elif isinstance(spec.locations, Portions) and state.departs(FILE_OF_NAMESPACE):
            namespace.bind("__file__", spec.locations.items[0], ("module.namespace-no-file",))
        else:
            about = "of a spec of which another module was made" if spec.used else ""
            namespace.open["__file__"] = Perhaps("module.namespace-file", None, ("module.namespace-no-file",), about)
        return
    package = ("module.file-of-package-is-init",) if spec.locations is not None else ()
    file = spec.file
    if archive(state, spec.origin) is not None:
        package = (*package, FILE_OF_ARCHIVE.clause)
        if state.departs(FILE_OF_ARCHIVE):
            namespace.bind("__file__", PREFIX + str(spec.origin).partition("/")[0], package)
            return
    if package and state.departs(FILE_OF_DIRECTORY):
        file = file.rpartition("/")[0]
    elif file.endswith(".py") and state.departs(FILE_OF_BYTECODE):
        file = bytecode_path(file)
    namespace.bind("__file__", file, ("module.file-is-source-path", *package))


def set_from_spec(state: State, namespace: Namespace, spec: Spec) -> None:
    """Bind ``__loader__``, ``__package__`` and ``__cached__`` as the spec has them.

    Clauses: module.loader-attribute, module.cached-set, module.cached-not-set-315, spec.cached-none-without-bytecode,
    module.cached-without-file.
    """
    _set_loader(state, namespace, spec)
    clause = _package_clause(spec)
    taken = state.decide(PACKAGES[clause], *([PACKAGE_ITSELF] if spec.parent != spec.name else []))
    if taken is not None:
        namespace.bind("__package__", spec.name if taken is PACKAGE_ITSELF else _other_package(spec), (taken.clause,))
    else:
        set_package(state, namespace, spec.parent, (clause,))
    if state.since(3, 15):
        if spec.file is not None and state.departs(CACHED_SET):
            namespace.bind("__cached__", bytecode_path(spec.file), ("module.cached-not-set-315",))
        elif "__cached__" not in namespace.values:  # else the program has set it
            namespace.unbind("__cached__", ("module.cached-not-set-315",))
    elif spec.file is None and isinstance(cached := spec.given.get("cached", (None, ()))[0], str):
        namespace.open["__cached__"] = Perhaps("module.cached-without-file", cached)
    elif spec.file is None:
        namespace.unbind("__cached__", ("spec.cached-none-without-bytecode",))
    elif spec.file.endswith((".py", ".pyc")) and archive(state, spec.origin) is None:
        namespace.open["__cached__"] = Perhaps("module.cached-set", bytecode_path(spec.file))
    else:
        namespace.bind("__cached__", Unknown(("module.cached-set",)), ("module.cached-set",))


def _set_loader(state: State, namespace: Namespace, spec: Spec) -> None:
    """Bind ``__loader__``.

    Clauses: module.loader-none-set-post-load, spec.namespace-loader-equals-dunder-loader.
    """
    taken = state.decide(NO_LOADER, *([OTHER_LOADER] if isinstance(spec.locations, Portions) else []))
    if taken is NO_LOADER:
        namespace.unbind("__loader__", (NO_LOADER.clause,))
    else:
        loader = spec.loader if taken is None else Unknown((OTHER_LOADER.clause,))
        namespace.bind("__loader__", loader, ("module.loader-attribute",))


def set_package(state: State, namespace: Namespace, package: str | None, why: tuple[str, ...]) -> None:
    """Bind ``__package__``; from 3.15 on it is an open question whether it is bound."""
    if state.since(3, 15):
        namespace.unbind("__package__", ("module.package-removed-315",))
        namespace.open["__package__"] = Perhaps("module.package-removed-315", package)
    else:
        namespace.bind("__package__", package, why)


def package_is_set(state: State) -> bool:
    """Whether the import system sets ``__package__`` and takes it into consideration.

    From 3.15 on the documents contradict each other: the data model removes it, What's New schedules its removal and
    runpy sets it (module.package-removed-315).
    """
    return not state.since(3, 15) or state.policy("module.package-removed-315", SET, NOT_SET) == SET


def settle(state: State, namespace: Namespace, name: str) -> None:
    """Bind ``name``, or not, where that is an open question: an implementation has one answer for all modules."""
    question = namespace.open.get(name)
    if question is None:
        return
    if state.policy(question.clause, SET, NOT_SET, about=question.about) == SET:
        namespace.bind(name, question.value, (question.clause,))
    else:
        namespace.unbind(name, question.against or (question.clause,))


def _init(spec: Spec | None) -> tuple[str, ...]:
    return ("init.dunder-name-is-package",) if spec is not None and spec.locations is not None and spec.origin else ()


def _other_package(spec: Spec) -> str | None:
    """What the departures :data:`PACKAGES` give."""
    if spec.locations is not None:
        return spec.name.rpartition(".")[0]
    return spec.name if "." in spec.name else None


def _package_clause(spec: Spec) -> str:
    if spec.locations is not None:
        namespace = spec.origin is None and not spec.made
        return "namespace.package-attribute" if namespace else "module.package-for-package"
    return "module.package-for-submodule" if "." in spec.name else "module.package-top-level-empty"
