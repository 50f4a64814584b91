"""Functions of the library that import and find modules (library/importlib)."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.oracle.departing import raises
from harness.oracle.loading import import_module, top_package
from harness.oracle.objects import ModuleObject, Object, Raised, Scope, Unknown
from harness.oracle.relative import seen_from
from harness.oracle.state import Argument, Meaning, Silent, State
from harness.oracle.unnamed import unnamed

TOP: Final = Departure(
    "api.import-module-returns-named", "top-level package", "import_module returns the top-level package"
)
ONE_MORE: Final = Departure("api.import-module-relative", "one level more", "one dot names the parent of the package")
BEYOND_ERRORS: Final = raises("api.import-module-error", "ValueError", "TypeError")
ATTRIBUTE: Final = Departure(
    "api.import-module-no-attr", "attribute", "import_module gives an attribute that a module has by that name"
)


def _import_module(state: State, scope: Scope, given: Mapping[str, Argument]) -> Object:
    """The module that is named.

    Clauses: api.import-module-returns-named, api.import-module-no-attr.

    Raises:
        Raised: the name is relative and leads nowhere, or the import fails.
    """
    del scope
    name, package = given["name"], given.get("package")
    if not isinstance(name, str):
        raise Silent("scope.operand-types")
    bare = name.lstrip(".")
    state.form = "import_module"
    asked = name if bare == name else _resolved(state, bare, len(name) - len(bare), package)
    try:
        module = import_module(state, asked)
    except Raised as error:
        held = _attribute(state, asked)
        if held is not None and error.name == asked and state.departs(ATTRIBUTE):
            return held
        error.why = (*error.why, "api.import-module-no-attr") if held is not None else error.why
        raise
    if "." in asked:
        state.cite("api.import-module-returns-named")
    return top_package(state, asked) if "." in asked and state.departs(TOP) else module


def _attribute(state: State, name: str) -> Object:
    """What a module that is loaded has as the attribute that the last part of the name is."""
    owner, _, tail = name.rpartition(".")
    module = state.cache.values.get(owner)
    return module.namespace.values.get(tail) if isinstance(module, ModuleObject) else None


def _resolved(state: State, bare: str, level: int, package: Argument) -> str:
    """The absolute name of one that is relative to a package (api.import-module-relative).

    Raises:
        Raised: there is no package, which must be given (api.import-module-relative-needs-package: no document says
            what is raised), or the name would lie above its top-level package (api.import-module-error).
    """
    if not isinstance(package, str) or not package:
        raise unnamed(state, "api.import-module-relative-needs-package", "TypeError", "ImportError", "ValueError")
    state.cite("api.import-module-relative")
    depth = package.count(".") + 1
    if level == 1 and depth > 1 and state.departs(ONE_MORE):
        level = 2
    if level > depth:
        unknown = Unknown(("relative.no-parent-package-error",))
        if not state.since(3, 9):
            raise unnamed(state, "api.import-module-error", "ValueError", "ImportError")
        error = state.error("ImportError", BEYOND_ERRORS)
        raise Raised(error, state.why("api.import-module-error"), name=unknown, path=unknown)
    return seen_from(package, bare, level)


FUNCTIONS: Final[Mapping[str, Meaning]] = {"importlib.import_module": _import_module}
