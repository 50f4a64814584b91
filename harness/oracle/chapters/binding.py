"""The first form of the import statement (reference/simple_stmts §7.11): what it imports, and binds."""

from collections.abc import Mapping
from typing import Final

from harness.model.departure import Departure
from harness.model.language.binding import Alias, Import
from harness.model.language.word import Word
from harness.oracle.chapters.from_import import failed, take
from harness.oracle.departing import raises
from harness.oracle.loading import import_module, top_package
from harness.oracle.mangling import module_name, private
from harness.oracle.objects import ModuleObject, Object, Raised, Scope, Unknown, Why
from harness.oracle.replacing import Given, asked
from harness.oracle.siblings import absolute
from harness.oracle.state import Rule, Silent, State
from harness.oracle.targets import bind_imported
from harness.oracle.wanted import Wanted

THROUGH_ATTRIBUTES: Final = Departure(
    "bind.import-dotted-as-direct",
    "through attributes",
    "import a.b as x binds what the attribute b of a is, or else what sys.modules holds, not the module a.b",
)
MANGLED_ATTRIBUTES: Final = Departure(
    "mangling.dotted-module",
    "through mangled attributes",
    "import a.__b as x in a class binds what the attribute of a is that has the mangled name",
)
TOP_ERRORS: Final = raises("bind.import-dotted-as-direct", "ImportError")
BOUND_TOGETHER: Final = Departure(
    "bind.comma-clauses-independent", "bound together", "nothing is bound before all modules are imported"
)
FIRST_ALONE: Final = Departure(
    "bind.comma-multiple-modules", "the first alone", "of several modules the first alone is imported, and bound"
)
NOTHING_BOUND: Final = Departure("bind.import-toplevel-binds-name", "not bound", "no name is bound")
NAME_AS_WELL: Final = Departure(
    "bind.import-as-binds-alias-only", "name as well", "the name of the module is bound besides the one after as"
)
TOP_AS: Final = Departure(
    "bind.import-dotted-as-binds-submodule", "top-level package", "the name after as is bound to the top-level package"
)
SUBMODULE_BOUND: Final = Departure(
    "bind.import-dotted-binds-top-package", "submodule", "the first part of the name is bound to the submodule"
)
TOP_NOT_BOUND: Final = Departure("bind.import-dotted-binds-top-package", "not bound", "no name is bound")
CONTENTS_BOUND: Final = Departure(
    "bind.contents-need-qualification", "contents bound", "the public names of the module are bound too"
)


IN_CYCLE: Final = Departure(
    "circular.import-form-works", "fails", "a module that is being executed cannot be imported: ImportError"
)
DOTTED_IN_CYCLE: Final = Departure(
    "circular.dotted-as-supported", "AttributeError", "import a.b as x of a module that is being executed fails"
)


def import_statement(state: State, scope: Scope, statement: Import) -> None:
    """Each name in turn, as if it stood in a statement of its own (bind.comma-clauses-independent)."""
    several = len(statement.names) > 1
    names = statement.names[:1] if several and state.departs(FIRST_ALONE) else statement.names
    imported = (_imported(state, scope, alias, several=several) for alias in names)
    for alias, name, module in list(imported) if several and state.departs(BOUND_TOGETHER) else imported:
        if isinstance(module, Given):
            _bind_given(state, scope, alias, module)
            continue
        _works_in_cycle(state, module, dotted=bool(alias.asname) and "." in alias.name)
        if alias.asname:
            _bind_alias(state, scope, alias, name, module)
        elif "." in alias.name:
            package = top_package(state, name)
            state.cite("bind.import-dotted-binds-top-package")
            taken = state.decide(SUBMODULE_BOUND, TOP_NOT_BOUND)
            if taken is not TOP_NOT_BOUND:
                held = package if taken is None else module
                bind_imported(state, scope, alias.name.partition(".")[0], held, state.why())
        else:
            state.cite(*_repeated(module), "bind.import-toplevel-binds-name")
            if not state.departs(NOTHING_BOUND):
                bind_imported(state, scope, alias.name, module, state.why())
        if isinstance(module, ModuleObject) and state.departs(CONTENTS_BOUND):
            for inner, value in list(module.namespace.values.items()):
                if not inner.startswith("_"):
                    bind_imported(state, scope, inner, value, state.why())


def _bind_given(state: State, scope: Scope, alias: Alias, given: Given) -> None:
    """Bind what a function in the place of ``__import__`` has returned (dunder-import.replacement-return-value-bound).

    Raises:
        Silent: how the module that a dotted name names is had from that, no document says.
    """
    if alias.asname and "." in alias.name:
        raise Silent("bind.import-dotted-as-direct")
    name = alias.asname or alias.name.partition(".")[0]
    bind_imported(state, scope, name, given.value, state.why("dunder-import.replacement-return-value-bound"))


def _imported(state: State, scope: Scope, alias: Alias, *, several: bool) -> tuple[Alias, str, Object | Given]:
    """The module that one of the names of an import statement names, and its name; or what is given instead."""
    if several:
        state.cite("bind.comma-multiple-modules", "bind.comma-clauses-independent")
    state.form = "import as" if alias.asname else "import"
    name = module_name(state, alias.name, scope.owner)
    try:
        return alias, name, asked(state, scope, name, (), 0) or import_module(state, absolute(state, scope, name))
    except Raised:
        failed(state, scope, alias.asname or alias.name.partition(".")[0])
        raise


def _works_in_cycle(state: State, module: Object, *, dotted: bool) -> None:
    """A module that is being executed can be imported, be it bound to another name.

    Clauses: circular.import-form-works, circular.dotted-as-supported.

    Raises:
        Raised: an implementation departs.
    """
    if not isinstance(module, ModuleObject) or not module.executing or module.name == "__main__":
        return
    unknown = Unknown((IN_CYCLE.clause,))
    state.cite(IN_CYCLE.clause)
    if state.departs(IN_CYCLE):
        raise Raised("ImportError", state.why(), name=unknown, path=unknown)
    if dotted:
        state.cite(DOTTED_IN_CYCLE.clause)
        if state.departs(DOTTED_IN_CYCLE):
            raise Raised("AttributeError", state.why())


def _bind_alias(state: State, scope: Scope, alias: Alias, name: str, module: Object) -> None:
    dotted = "." in alias.name
    state.cite("bind.import-dotted-as-binds-submodule" if dotted else "bind.import-as-binds-alias-only")
    if not _spelt(state, name, module):
        state.cite("bind.import-dotted-as-direct")
        if state.departs(THROUGH_ATTRIBUTES):
            module = _through_attributes(state, name)
    if dotted:
        module = _through_mangled(state, scope, name, module)
    if dotted and state.departs(TOP_AS):
        module = top_package(state, name)
    why = state.why()
    bind_imported(state, scope, alias.asname, module, why)
    if not dotted and alias.asname != alias.name and state.departs(NAME_AS_WELL):
        bind_imported(state, scope, alias.name, module, why)


def _through_mangled(state: State, scope: Scope, name: str, module: Object) -> Object:
    """The module, or what attributes lead to of which a name that is as written in a class is mangled all the same."""
    top, *rest = name.split(".")
    mangled = ".".join([top, *(private(state, part, scope.owner) for part in rest)])
    return _through_attributes(state, mangled) if mangled != name and state.departs(MANGLED_ATTRIBUTES) else module


def _spelt(state: State, name: str, module: Object) -> bool:
    """Whether the attributes that the dotted name spells lead to the module that it names."""
    top, *rest = name.split(".")
    if top not in state.cache.values:
        return False
    held = state.cache.values[top]
    for part in rest:
        if not isinstance(held, ModuleObject) or part not in held.namespace.values:
            return False
        held = held.namespace.values[part]
    return held is module


def _through_attributes(state: State, name: str) -> Object:
    """What the attributes lead to that a dotted name spells, as a from-import takes them.

    The top-level package is imported anew where the cache lacks it.
    """
    top, *rest = name.split(".")
    if top in state.cache.values and state.cache.values[top] is None:
        unknown = Unknown(("errors.name-attribute",))
        error = state.error("ModuleNotFoundError", TOP_ERRORS)
        raise Raised(error, state.why("errors.mnfe-for-none", "cache.none-raises-mnfe"), name=unknown, path=unknown)
    held = top_package(state, name) if top in state.cache.values else import_module(state, top)
    for part in rest:
        held = take(state, held, Wanted(top, part, part, part), attempt=False).value
        top = f"{top}.{part}"
    return held


def _repeated(module: Object) -> Why:
    return ("circular.noop-import",) if isinstance(module, ModuleObject) and module.executing else ()


STATEMENTS: Final[Mapping[type[Word], Rule]] = {Import: import_statement}
