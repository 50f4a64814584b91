"""From-imports (reference/simple_stmts §7.11): what is imported, in which order, and what is bound."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from harness.model.departure import Departure
from harness.model.language.binding import Alias
from harness.model.language.from_import import FromImport
from harness.model.language.word import Word
from harness.oracle.cache import cached
from harness.oracle.departing import given
from harness.oracle.facts import GIVEN_ONES
from harness.oracle.loading import LOADED_ANEW, import_module, top_package
from harness.oracle.lookup import (
    GETATTR_LAST,
    GETATTR_LEFT,
    TIMES,
    asked_again,
    attribute_or_none,
    not_asked,
    traced,
)
from harness.oracle.mangling import listed_name, module_name, private, submodule_name
from harness.oracle.missing_names import missing
from harness.oracle.module_types import Found
from harness.oracle.objects import (
    ModuleObject,
    Object,
    Raised,
    Scope,
    SubstituteObject,
)
from harness.oracle.ordering import take_and_bind
from harness.oracle.packages import nothing_yet
from harness.oracle.relative import absolute_name
from harness.oracle.replacing import asked
from harness.oracle.scopes import bind, not_bound
from harness.oracle.search import package_path
from harness.oracle.siblings import absolute
from harness.oracle.state import Rule, Silent, State
from harness.oracle.substitutes import tries_submodules
from harness.oracle.targets import bind_taken, module_aside
from harness.oracle.wanted import Wanted, attempted_name, full_name, sought
from harness.oracle.withheld import not_withheld

_CACHED: Final = "cached submodule"
_NOT_LOADED: Final = ("bind.no-binding-on-failed-load",)

BOUND_TO_NONE: Final = Departure(
    "from.none-entry-is-no-submodule",
    "bound to None",
    "a name that is no attribute, and of which no import failed, is taken from sys.modules, None as well",
)
BOUND_ALL_THE_SAME: Final = Departure(
    "bind.no-binding-on-failed-load", "bound to None", "where loading fails the name is bound to None"
)
ALIAS_AS_WELL: Final = Departure("from.as-binds-alias", "name as well", "the name before as is bound too")
ALIAS_IGNORED: Final = Departure("from.as-binds-alias", "name instead", "the name before as is bound, the other is not")
ITEM_NOT_BOUND: Final = Departure("from.item-function-class-or-submodule", "not bound", "the name is not bound")
MODULE_FOR_ITEM: Final = Departure(
    "from.item-function-class-or-submodule", "the module", "the name is bound to the module that it is taken from"
)
SUBMODULE_FIRST: Final = Departure(
    "from.attribute-before-submodule", "submodule first", "a submodule is imported although there is such an attribute"
)
NOT_ATTEMPTED: Final = Departure("from.submodule-fallback", "not attempted", "no submodule is imported")
NOT_KEPT: Final = Departure(
    "getattr.relative-import-caches", "not kept", "what a module takes from its own __getattr__ is not bound in it"
)
SWALLOWED: Final = Departure(
    "from.submodule-exception-propagates", "swallowed", "a submodule that raises is as one that is missing"
)
MISSING_NONE: Final = Departure("from.missing-name-importerror", "bound to None", "what is missing is None")
NOT_FROM_CACHE: Final = {
    clause: Departure(clause, "not taken from sys.modules", "a submodule that is being loaded is not found")
    for clause in ("from.sys-modules-fallback-in-cycle", "circular.absolute-from-supported")
}
MEMBER_AS_WRITTEN: Final = Departure(
    "mangling.imported-member", "as written", "the member that a private name names is taken as it is written"
)
GIVEN: Final = given("from.error-name-path-attributes")


def failed(state: State, scope: Scope, name: str) -> None:
    """Loading failed: ``name`` is not bound (bind.no-binding-on-failed-load)."""
    if state.departs(BOUND_ALL_THE_SAME):
        bind(state, scope, name, None, _NOT_LOADED)
    else:
        not_bound(state, scope, name, _NOT_LOADED)


def from_statement(state: State, scope: Scope, statement: FromImport) -> None:
    """Import the module, then take each name from it.

    Clauses: from.attribute-before-submodule, from.submodule-fallback, from.missing-name-importerror,
    from.names-processed-in-order (the documents do not say when a name is bound if a later one fails).
    """
    state.form = "from-import"
    written = module_name(state, statement.module, scope.owner)
    try:
        given = asked(state, scope, written, _asked_for(state, scope, statement), statement.level)
        name = written if given else _named(state, scope, written, statement.level)
        module = given.value if given else _imported(state, name, statement)
    except Raised:
        for alias in statement.names:
            failed(state, scope, alias.asname or alias.name)
        raise
    wanted = [_wanted(state, scope, name, alias, relative=bool(statement.level)) for alias in statement.names]
    if given and package_path(state, module) is not None:
        for item in wanted:
            if traced(module, item.name):
                raise Silent(TIMES)
            if attribute_or_none(state, module, item.name) is None:
                raise Silent("from.submodule-fallback")  # who would import it, no document says
    take_and_bind(state, scope, _Members(state, scope, module), wanted)
    module_aside(state, scope, "from.does-not-bind-module", written, statement.level)


def _named(state: State, scope: Scope, written: str, level: int) -> str:
    return absolute_name(state, scope, written, level) if level else absolute(state, scope, written)


def _imported(state: State, name: str, statement: FromImport) -> Object:
    state.sought[name] = frozenset(alias.name for alias in statement.names)
    try:
        return import_module(state, name)
    finally:
        state.sought.pop(name, None)


def _asked_for(state: State, scope: Scope, statement: FromImport) -> Iterator[str]:
    return (listed_name(state, alias.name, scope.owner) for alias in statement.names)


class _Members(NamedTuple):
    """The names of a from-import, to be taken from a module."""

    state: State
    scope: Scope
    module: Object

    def attempt(self, item: Wanted) -> None:
        """Import the submodule; where its entry is ``None`` it fails before any name is taken."""
        package = package_path(self.state, self.module) is not None
        if package and attribute_or_none(self.state, self.module, item.submodule) is None:
            found = _attempt(self.state, self.module, item)
            found = found or item.name in held_names(self.module)
            if not found and full_name(self.state, self.module, item) in self.state.cache.values:
                _last_resort(self.state, self.module, item, failed=True)

    def take(self, item: Wanted, *, attempt: bool) -> Found:
        """What is bound to the name."""
        not_withheld(self.state, self.module, item.name)
        return take(self.state, self.module, item, attempt=attempt)

    def bind(self, item: Wanted, value: Found) -> None:
        """Bind the name."""
        _bind_name(self.state, self.scope, item, value, self.module)

    def attempted(self, item: Wanted) -> bool:
        """Whether a submodule is imported for the name, or tried to be."""
        return package_path(self.state, self.module) is not None and item.submodule not in held_names(self.module)

    def lasting(self, item: Wanted, value: Found) -> bool:
        """Whether the module surely gives the same value now."""
        held = held_names(self.module)
        return item.name in held and held[item.name] is value.value

    def early(self, item: Wanted, error: Raised) -> bool:
        """Whether the submodule raises, or its entry is ``None``: not that of one that it failed to import itself."""
        if "from.none-entry-is-no-submodule" in error.why and package_path(self.state, self.module) is not None:
            return full_name(self.state, self.module, item) in self.state.cache.values
        return "from.submodule-exception-propagates" in error.why


def held_names(module: Object) -> Mapping[str, Object]:
    """What an object surely has as attributes."""
    match module:
        case ModuleObject(namespace=namespace):
            return namespace.values
        case SubstituteObject(attributes=attributes):
            return attributes
        case _:
            return {}


def _wanted(state: State, scope: Scope, module: str, alias: Alias, *, relative: bool) -> Wanted:
    name = private(state, alias.name, scope.owner)
    if name != alias.name:
        state.cite("mangling.imported-member")
        name = alias.name if state.departs(MEMBER_AS_WRITTEN) else name
    bound = alias.asname or alias.name
    submodule = submodule_name(state, alias.name, scope.owner)
    return Wanted(module, name, submodule, bound, alias.name, aliased=bool(alias.asname), relative=relative)


def _bind_name(state: State, scope: Scope, wanted: Wanted, found: Found, module: Object) -> None:
    state.cite(*found.why, "from.as-binds-alias" if wanted.aliased else "from.item-function-class-or-submodule")
    why = (*found.why, state.reasons[-1])
    plain = not wanted.aliased or wanted.bound == wanted.written
    taken = state.decide(ITEM_NOT_BOUND, MODULE_FOR_ITEM) if plain else state.decide(ALIAS_AS_WELL, ALIAS_IGNORED)
    value = module if taken is MODULE_FOR_ITEM else found.value
    if _computed_here(scope, found, module) and state.departs(NOT_KEPT):
        return
    if taken not in {ITEM_NOT_BOUND, ALIAS_IGNORED}:
        bind_taken(state, scope, wanted.bound, value, why)
    if taken in {ALIAS_AS_WELL, ALIAS_IGNORED}:
        bind_taken(state, scope, wanted.written, value, why)


def _computed_here(scope: Scope, found: Found, module: Object) -> bool:
    """Whether a module imports from itself what its ``__getattr__`` gives (getattr.relative-import-caches)."""
    own = isinstance(module, ModuleObject) and module.namespace is scope.namespace
    return own and "getattr.called-for-missing" in found.why


def take(state: State, module: Object, wanted: Wanted, *, attempt: bool) -> Found:
    """The object a from-import gives for one name; ``attempt`` tells whether a submodule is still to be tried.

    Raises:
        Raised: ImportError where there is neither an attribute nor a submodule of that name.
    """
    found = _given_at_first(state, module, wanted)
    other = wanted.submodule != wanted.name
    lacking = attempt and (attribute_or_none(state, module, wanted.submodule) if other else found) is None
    absent = wanted.name not in held_names(module)
    imported = lacking and _attempt(state, module, wanted)
    if imported or (
        lacking and absent and wanted.name in held_names(module)
    ):  # it is checked again, however that ended
        found = attribute_or_none(state, module, wanted.name)
        if found is not None:
            return Found(found.value, ("from.submodule-fallback", *found.why))
    package = attempt and package_path(state, module) is not None
    if attempt and not imported:
        found = asked_again(state, module, wanted.name, found, package=package)
    if found is not None:
        if package and state.departs(SUBMODULE_FIRST) and import_fallback(state, module, wanted):
            found = attribute_or_none(state, module, wanted.name) or found
        return Found(found.value, ("from.attribute-before-submodule", *found.why))
    return _last_resort(state, module, wanted, failed=lacking and not imported and package)


def _given_at_first(state: State, module: Object, wanted: Wanted) -> Found | None:
    """The attribute of that name, before any submodule is imported."""
    held = held_names(module)
    taken = not_asked(state, module, wanted.name, package=package_path(state, module) is not None)
    if taken is GETATTR_LEFT or (taken is GETATTR_LAST and _attempt(state, module, wanted)):
        return attribute_or_none(state, module, wanted.name) if wanted.name in held else None
    return None if nothing_yet(state, module) else attribute_or_none(state, module, wanted.name)


def _attempt(state: State, module: Object, wanted: Wanted) -> bool:
    """Import the submodule that a from-import wants if there is one; whether there is."""
    return (
        package_path(state, module) is not None
        and not state.departs(NOT_ATTEMPTED)
        and import_fallback(state, module, wanted)
    )


def import_fallback(state: State, module: Object, wanted: Wanted) -> bool:
    """Import the submodule that is wanted if there is one; whether there is.

    Clauses: from.submodule-exception-propagates, from.nested-missing-dependency.

    Raises:
        Silent: its code has a statement that raises, and says of it that it is not found: whether that counts is open.
    """
    if package_path(state, module) is None:
        return False
    if isinstance(module, SubstituteObject) and not tries_submodules(state, module):
        return False
    full = attempted_name(state, module, wanted)
    present = state.cache.values.get(full.rpartition(".")[0])
    known = present is module or isinstance(module, SubstituteObject)
    if not known and state.taken.keys().isdisjoint(LOADED_ANEW):
        raise Silent("from.submodule-fallback")
    try:
        import_module(state, full)
    except Raised as error:
        if error.may_be("ModuleNotFoundError") and error.name == full:
            error = error.settled()
        if error.error == "ModuleNotFoundError" and error.name == full:
            if GIVEN_ONES in error.why:
                raise Silent("from.submodule-exception-propagates", "from.submodule-fallback") from None
            return False
        if state.departs(SWALLOWED):
            return False
        error.why = tuple(dict.fromkeys((*error.why, "from.submodule-exception-propagates")))
        raise error from None
    top_package(state, full)
    return True


def _last_resort(state: State, module: Object, wanted: Wanted, *, failed: bool) -> Found:
    """Inside a cycle the cached submodule; else ImportError. ``failed``: importing the submodule was tried, and failed.

    Clauses: from.sys-modules-fallback-in-cycle, circular.absolute-from-supported, circular.from-form-fails.
    """
    full = sought(state, module, wanted)
    held = state.cache.values.get(full)
    clause = "" if held is None else _cached_by(state, module, wanted)
    if clause:
        return Found(cached(state, full), (clause,))
    clauses = ["from.missing-name-importerror"]
    if held is None and full in state.cache.values:
        clauses.append("from.none-entry-is-no-submodule")
        failed = failed and full.rpartition(".")[2] == wanted.submodule
        if not failed and state.departs(BOUND_TO_NONE):
            return Found(None, state.why(*clauses))
    if isinstance(module, ModuleObject) and module.executing:
        clauses.append("circular.from-form-fails")
    if state.departs(MISSING_NONE):
        return Found(None, state.why(*clauses))
    raise missing(state, module, full or f"{wanted.module}.{wanted.submodule}", wanted, tuple(clauses))


def _cached_by(state: State, module: Object, wanted: Wanted) -> str:
    """The clause by which a submodule is taken out of the cache; empty where it is not.

    A cycle is where the submodule is being executed. Elsewhere the program has unbound it, or changed the cache.
    """
    if isinstance(module, ModuleObject) and wanted.submodule in module.executing_submodules:
        clause = "from.sys-modules-fallback-in-cycle" if wanted.relative else "circular.absolute-from-supported"
        return "" if state.departs(NOT_FROM_CACHE[clause]) else clause
    question = "from.cached-submodule-elsewhere"
    about = "of a module" if isinstance(module, ModuleObject) else "of an object that is none"
    return question if state.policy(question, _CACHED, "ImportError", about=about) == _CACHED else ""


STATEMENTS: Final[Mapping[type[Word], Rule]] = {FromImport: from_statement}
