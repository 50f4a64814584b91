"""Import-related attributes on module objects (reference/datamodel §3.2.9.1; reference/import §5.4)."""

from typing import Final

from harness.oracle.objects import ModuleObject, Namespace, Perhaps, Portions, Spec
from harness.oracle.state import State

CACHED: Final = "__pycache__"
SET: Final = "set"
NOT_SET: Final = "not set"


def bytecode_path(file: str) -> str:
    """Where the bytecode of a source file belongs (PEP 3147), for the facts that hold a path."""
    directory, _, name = file.rpartition("/")
    return f"{directory}/{CACHED}/{name.removesuffix('.py')}.<tag>.pyc"


def initialise(state: State, module: ModuleObject) -> None:
    """Set what a module holds before its code runs (loading.attributes-set-before-exec)."""
    spec = module.spec
    bind = module.namespace.bind
    bind("__name__", module.name, ("module.name-fully-qualified", *_init(spec)))
    bind("__doc__", None, ("module.doc-attribute",))
    if spec is None:
        return
    bind("__spec__", spec, ("spec.exposed-on-every-module",))
    set_from_spec(state, module.namespace, spec)
    if spec.locations is not None:
        namespace = isinstance(spec.locations, Portions)
        why = (
            ("namespace.path-custom-type", "namespace.multiple-portions")
            if namespace
            else ("dpath.regular-package-value",)
        )
        bind("__path__", spec.locations, why)
    else:
        module.namespace.why["__path__"] = ("module.path-only-on-packages",)
    if spec.file is not None:
        package = ("module.file-of-package-is-init",) if spec.locations is not None else ()
        bind("__file__", spec.file, ("module.file-is-source-path", *package))
    else:
        module.namespace.open["__file__"] = Perhaps("module.namespace-file", None, ("module.namespace-no-file",))


def set_from_spec(state: State, namespace: Namespace, spec: Spec) -> None:
    """Bind ``__loader__``, ``__package__`` and ``__cached__`` as the spec has them.

    Clauses: module.loader-attribute, module.cached-set, module.cached-not-set-315, spec.cached-none-without-bytecode.
    """
    namespace.bind("__loader__", spec.loader, ("module.loader-attribute",))
    set_package(state, namespace, spec.parent, _package_clauses(spec))
    if state.since(3, 15):
        namespace.unbind("__cached__", ("module.cached-not-set-315",))
    elif spec.file is None:
        namespace.unbind("__cached__", ("spec.cached-none-without-bytecode",))
    else:
        namespace.open["__cached__"] = Perhaps("module.cached-set", bytecode_path(spec.file))


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
    if state.policy(question.clause, SET, NOT_SET) == SET:
        namespace.bind(name, question.value, (question.clause,))
    else:
        namespace.unbind(name, question.against or (question.clause,))


def _init(spec: Spec | None) -> tuple[str, ...]:
    return ("init.dunder-name-is-package",) if spec is not None and spec.locations is not None and spec.origin else ()


def _package_clauses(spec: Spec) -> tuple[str, ...]:
    if spec.locations is not None:
        return ("namespace.package-attribute",) if spec.origin is None else ("module.package-for-package",)
    return ("module.package-for-submodule",) if "." in spec.name else ("module.package-top-level-empty",)
