"""Import-related attributes on module objects (reference/datamodel §3.2.9.1; reference/import §5.4)."""

from harness.oracle.objects import ModuleObject, Namespace, Portions, Spec, Unknown
from harness.oracle.search import PREFIX
from harness.oracle.state import State

CACHED = "__pycache__"


def bytecode_path(origin: str) -> str:
    """Where the bytecode of a source file belongs (PEP 3147), for the facts that hold a path."""
    directory, _, file = origin.rpartition("/")
    return f"{PREFIX}{directory}/{CACHED}/{file.removesuffix('.py')}.<tag>.pyc"


def initialise(state: State, module: ModuleObject) -> None:
    """Set what a module holds before its code runs (loading.attributes-set-before-exec)."""
    spec = module.spec
    bind = module.namespace.bind
    bind("__name__", module.name, ("module.name-fully-qualified", *_init(spec)))
    bind("__doc__", None, ("module.doc-attribute",))
    if spec is None:
        return
    bind("__spec__", spec, ("spec.exposed-on-every-module",))
    set_package(state, module.namespace, spec)
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
    if spec.origin is not None:
        package = ("module.file-of-package-is-init",) if spec.locations is not None else ()
        bind("__file__", PREFIX + spec.origin, ("module.file-is-source-path", *package))
    else:
        bind("__file__", Unknown(("module.namespace-file", "module.namespace-no-file")), ())


def set_package(state: State, namespace: Namespace, spec: Spec) -> None:
    """Bind ``__package__``, which modules have until 3.15 (module.package-removed-315)."""
    if state.since(3, 15):
        namespace.why["__package__"] = ("module.package-removed-315",)
    else:
        namespace.bind("__package__", spec.parent, _package_clauses(spec))


def _init(spec: Spec | None) -> tuple[str, ...]:
    return ("init.dunder-name-is-package",) if spec is not None and spec.locations is not None and spec.origin else ()


def _package_clauses(spec: Spec) -> tuple[str, ...]:
    if spec.locations is not None:
        return ("namespace.package-attribute",) if spec.origin is None else ("module.package-for-package",)
    return ("module.package-for-submodule",) if "." in spec.name else ("module.package-top-level-empty",)
