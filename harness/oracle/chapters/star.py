"""Star imports (reference/simple_stmts §7.11; tutorial/modules §6.4.1)."""

import unicodedata
from collections.abc import Mapping
from typing import Final, NamedTuple

from harness.model.departure import Departure
from harness.model.language.caching import SLOTS
from harness.model.language.star import StarImport
from harness.model.language.word import Word
from harness.oracle import replacing
from harness.oracle.built_in import is_of_library
from harness.oracle.chapters.from_import import held_names, import_fallback
from harness.oracle.departing import refused
from harness.oracle.found import Computed
from harness.oracle.hooks import answering
from harness.oracle.loading import import_module
from harness.oracle.lookup import asked_again, attribute, attribute_or_none
from harness.oracle.module_types import Found, beside_namespace
from harness.oracle.objects import Items, ModuleObject, Object, Raised, Scope, SubstituteObject, Unknown
from harness.oracle.ordering import take_and_bind
from harness.oracle.public_names import name_aside, take_public
from harness.oracle.relative import absolute_name
from harness.oracle.search import package_path
from harness.oracle.siblings import submodules
from harness.oracle.state import Rule, Silent, State
from harness.oracle.substitutes import named
from harness.oracle.targets import bind_public, leave_out, module_aside
from harness.oracle.unnamed import goes_on, unnamed
from harness.oracle.wanted import Wanted, full_name

ALL_FROM_GETATTR: Final = Departure(
    "star.all-in-namespace", "from __getattr__", "a star import takes __all__ from a module __getattr__ or its class"
)
SUBMODULES_FROM_GETATTR: Final = Departure(
    "star.all-in-namespace",
    "submodules from __getattr__",
    "the submodules of a package that an __all__ from its __getattr__ or class names are imported, whatever is bound",
)
ALL_IGNORED: Final = Departure(
    "star.all-controls-exports", "ignored", "the public names are bound although there is an __all__"
)
TUPLE_REFUSED: Final = refused("star.all-tuple-accepted")
ITEMS_SKIPPED: Final = Departure("star.all-items-must-be-str", "skipped", "items that are no strings are passed over")
NO_SEQUENCE_LEFT: Final = Departure(
    "star.all-must-be-sequence", "public names instead", "an __all__ that is no sequence is as none at all"
)
NO_SEQUENCE_EMPTY: Final = Departure(
    "star.all-must-be-sequence", "nothing", "of a module whose __all__ is no sequence no name is bound"
)
NORMALISED: Final = Departure(
    "star.all-nfkc", "normalised", "a name of __all__ is found and bound in the form NFKC, however it is written"
)
LOADED: Final = Departure(
    "star.package-no-all-loads-no-submodules", "loaded", "the submodules of a package without __all__ are imported"
)
NOT_IMPORTED: Final = Departure(
    "star.all-imports-package-submodules", "not imported", "submodules that __all__ names are not imported"
)
SHADOWED_IMPORTED: Final = Departure(
    "star.all-shadowed-submodule", "imported", "a submodule is imported although the package defines the name"
)
MISSING_SKIPPED: Final = Departure(
    "star.all-names-required-to-exist", "skipped", "names of __all__ that do not exist are passed over"
)
PUBLIC_INSTEAD: Final = Departure(
    "star.all-names-required-to-exist",
    "public names instead",
    "where a module lacks a name of __all__ its public names are bound, as if there were no __all__",
)
GETATTR_LEFT: Final = Departure(
    "getattr.star-import-all", "not called", "a star import does not call the __getattr__ of the module"
)


_SEQUENCE_ERROR: Final = "star.all-sequence-exception"
_ATTRIBUTES: Final = "attributes"
_DICTIONARY: Final = "own dictionary"
_WITH_SUBMODULES: Final = "own dictionary, submodules imported first"
_REFUSING: Final = ("AttributeError", "ImportError", "TypeError")
_TAKEN_BACK: Final = PUBLIC_INSTEAD.name
"""Stands for the type of an exception that never leaves the statement: the public names are bound for it."""


class Starred(NamedTuple):
    """The module of a star import, the name it was asked for by, and its namespace."""

    module: Object
    asked: str
    names: Mapping[str, Object]

    def wanted(self, name: str) -> Wanted:
        """One name of its ``__all__``."""
        return Wanted(self.asked, name, name, name)


def star_statement(state: State, scope: Scope, statement: StarImport) -> None:
    """Bind the public names of a module.

    Clauses: star.all-controls-exports, star.no-all-binds-public, star.does-not-bind-module, star.overwrites.
    """
    state.form = "star import"
    given = replacing.asked(state, scope, statement.module, None, statement.level)
    asked = statement.module if given else absolute_name(state, scope, statement.module, statement.level)
    module = given.value if given else import_module(state, asked)
    _take_public(state, scope, module, asked)
    module_aside(state, scope, "star.does-not-bind-module", statement.module, statement.level)


def _take_public(state: State, scope: Scope, module: Object, asked: str) -> None:
    """Bind what ``__all__`` lists, or what does not begin with an underscore."""
    if is_of_library(module):
        raise Silent("scope.builtin-attributes")
    names = _namespace(state, module, asked)
    if isinstance(module, ModuleObject):
        kind = module.namespace.kind
        if kind is not None and any(isinstance(held, Computed) for held in kind.namespace.values.values()):
            raise Silent("module.class-assignable")
        name_aside(state, names)
    if "__all__" in names and not state.departs(ALL_IGNORED):
        taken = _listed(state, scope, Starred(module, asked, names), names["__all__"])
    else:
        taken = "__all__" not in names and _listed_elsewhere(state, scope, Starred(module, asked, names))
    if not taken:
        _submodules_left(state, module, asked)
        take_public(state, scope, module, names)


def _listed_elsewhere(state: State, scope: Scope, starred: Starred) -> bool:
    """Whether names are taken from an ``__all__`` that is an attribute of the module, but not in its namespace.

    Clauses: star.all-in-namespace.

    Raises:
        Raised: it is no sequence.
    """
    module = starred.module
    found = beside_namespace(state, module, "__all__") if isinstance(module, ModuleObject) else None
    if found is None:
        return False
    state.cite("star.all-in-namespace")
    taken = state.decide(ALL_FROM_GETATTR, *([SUBMODULES_FROM_GETATTR] if package_path(state, module) else []))
    if taken is not None and isinstance(found.value, Unknown):
        attribute(state, module, "__all__")
        raise Silent(*found.value.why)
    if taken is not None and not isinstance(found.value, Items | str):
        raise Raised("TypeError", state.why())
    if taken is SUBMODULES_FROM_GETATTR:
        _import_listed(state, starred, found.value)
    elif taken is ALL_FROM_GETATTR:
        return _listed(state, scope, starred, found.value)
    return False


def _submodules_left(state: State, module: Object, asked: str) -> None:
    """Submodules that nobody has imported yet stay so (star.package-no-all-loads-no-submodules)."""
    if not isinstance(module, ModuleObject):
        return
    left = [name for name in submodules(state, module.spec) if name not in module.namespace.values]
    if left and state.departs(LOADED):
        for name in left:
            import_fallback(state, module, Wanted(asked, name, name, name))


def _namespace(state: State, module: Object, asked: str) -> Mapping[str, Object]:
    """The namespace in which public names are looked for.

    What that is of an object that is no module is open (star.namespace-of-object): what its own dictionary holds, the
    attributes that it has by its class, or nothing at all. The dictionary of an instance holds the submodules that were
    bound there; those that its ``__all__`` names may be imported into it first.

    Raises:
        Raised: the object has no such namespace.
        Silent: the object is no instance of the program's.
    """
    question = "star.namespace-of-object"
    match module:
        case ModuleObject(namespace=namespace):
            namespace.looks += 1
            return namespace.values
        case SubstituteObject(attributes=attributes) if SLOTS in attributes:
            raise Silent(question)
        case SubstituteObject(attributes=attributes, own=own):
            listed = "__all__" in attributes
            usual: tuple[str, ...] = (_ATTRIBUTES, _DICTIONARY) if listed else (_DICTIONARY, _ATTRIBUTES)
            about = "its class has __all__" if listed else "no __all__"
            about += f", {named(module)}"
            if listed and "__path__" in attributes:
                about += ", a __path__"
                usual = (*usual, _WITH_SUBMODULES)
            option = goes_on(state, question, usual, *_REFUSING, about=about)
            if option == _WITH_SUBMODULES:
                _import_listed(state, Starred(module, asked, own), attributes["__all__"])
            return attributes if option == _ATTRIBUTES else own
        case None | bool() | int() | str() | Items():
            goes_on(state, question, (_DICTIONARY,), *_REFUSING, about="of a built-in type")
            return {}
        case _:
            raise Silent(question)


def _items(state: State, starred: Starred, listed: Object) -> list[Object]:
    """What ``__all__`` lists.

    Clauses: star.all-must-be-sequence; star.all-sequence-exception leaves open what is raised.

    Raises:
        Raised: it is no sequence.
    """
    match listed:
        case Items(items=items):
            return items
        case str():
            return list(listed)
        case None | bool() | int():
            about = "" if isinstance(starred.module, ModuleObject) else "of an object that is no module"
            errors = ("TypeError", "AttributeError", "ImportError")
            raise unnamed(state, _SEQUENCE_ERROR, *errors, clauses=(NO_SEQUENCE_LEFT.clause,), about=about)
        case _:
            raise Silent(_SEQUENCE_ERROR)


def _import_listed(state: State, starred: Starred, listed: Object) -> None:
    """Import the submodules that ``__all__`` names and the object has no attribute of."""
    for item in _items(state, starred, listed):
        name = _name(state, starred, item)
        if attribute_or_none(state, starred.module, name) is None:
            _attempt(state, starred, name)


def _listed(state: State, scope: Scope, starred: Starred, listed: Object) -> bool:
    """Bind the names of ``__all__``, submodules imported where the package has no such attribute.

    Whether that is all: an implementation that departs may go on with the public names.
    """
    if listed is None or isinstance(listed, int):
        taken = state.decide(NO_SEQUENCE_LEFT, NO_SEQUENCE_EMPTY)
        if taken is not None:
            leave_out(scope, starred.names if taken is NO_SEQUENCE_EMPTY else (), taken.clause)
            return taken is NO_SEQUENCE_EMPTY
    items = _items(state, starred, listed)
    state.cite("star.all-controls-exports")
    if isinstance(listed, Items) and not listed.mutable:
        state.cite("star.all-tuple-accepted")
        if state.departs(TUPLE_REFUSED):
            raise Raised("TypeError", state.why())
    if not items:
        state.cite("star.empty-all")
    strings = [item for item in items if isinstance(item, str)]
    if len(strings) < len(items) and state.departs(ITEMS_SKIPPED):
        items = [*strings]
    listed_names = set(strings)
    leave_out(scope, starred.names.keys() - listed_names, "star.all-controls-exports")
    try:
        if items:
            take_and_bind(state, scope, _Items(state, scope, starred), items, about="star")
    except Raised as error:
        if error.error != _TAKEN_BACK:
            raise
        return False
    return True


class _Items(NamedTuple):
    """The items of an ``__all__``, to be taken from a module."""

    state: State
    scope: Scope
    starred: Starred

    def attempt(self, item: Object) -> None:
        """Import the submodule; what is no string fails before any name is taken."""
        if package_path(self.state, self.starred.module) is not None:
            name = _name(self.state, self.starred, item)
            if attribute_or_none(self.state, self.starred.module, name) is None:
                _attempt(self.state, self.starred, name)

    def take(self, item: Object, *, attempt: bool) -> Found | None:
        """What is bound to the name."""
        return _value(self.state, self.starred, _name(self.state, self.starred, item), attempt=attempt)

    def bind(self, item: Object, value: Found | None) -> None:
        """Bind the name."""
        if value is not None and isinstance(item, str):
            held = item.isascii() or item in held_names(self.starred.module) or not self.state.departs(NORMALISED)
            name = item if held else unicodedata.normalize("NFKC", item)
            bind_public(self.state, self.scope, name, value.value, self.state.why(*value.why))

    def attempted(self, item: Object) -> bool:
        """Whether a submodule is imported for the name, or tried to be."""
        package = package_path(self.state, self.starred.module) is not None
        return package and item not in held_names(self.starred.module)

    def lasting(self, item: Object, value: Found | None) -> bool:
        """Whether the module surely gives the same value now."""
        held = held_names(self.starred.module)
        return value is not None and isinstance(item, str) and item in held and held[item] is value.value

    def early(self, item: Object, error: Raised) -> bool:
        """Whether the submodule raises, or the item is no string and submodules are imported at all."""
        if "from.submodule-exception-propagates" in error.why:
            return True
        return not isinstance(item, str) and package_path(self.state, self.starred.module) is not None


def _attempt(state: State, starred: Starred, name: str) -> bool:
    """Import the submodule that ``__all__`` names if there is one; whether there is."""
    if package_path(state, starred.module) is None or state.departs(NOT_IMPORTED):
        return False
    return import_fallback(state, starred.module, starred.wanted(name))


def _name(state: State, starred: Starred, item: Object) -> str:
    """The item, which must be a string.

    Clauses: star.all-items-must-be-str; star.all-item-exception leaves open what is raised.
    """
    if isinstance(item, str):
        return item
    question = "star.all-item-exception"
    about = "" if isinstance(starred.module, ModuleObject) else "of an object that is no module"
    errors = ("TypeError", "AttributeError", "ImportError")
    raise unnamed(state, question, *errors, clauses=("star.all-items-must-be-str",), about=about)


def _value(state: State, starred: Starred, name: str, *, attempt: bool) -> Found | None:
    """The attribute ``name``, imported first where it is a submodule the package does not hold yet.

    Only where an implementation departs there may be none.

    Clauses: star.all-imports-package-submodules, star.all-shadowed-submodule, getattr.star-import-all,
    star.all-names-required-to-exist. Whether a cached submodule that is no attribute will do is open
    (star.all-cached-submodule), and with which exception a name fails (star.missing-name-exception; a ``None`` entry
    has one of its own, by cache.none-raises-mnfe).
    """
    module, wanted = starred.module, starred.wanted(name)
    package, found = package_path(state, module) is not None, attribute_or_none(state, module, name)
    computed = isinstance(module, ModuleObject) and answering(module.namespace, name) is not None
    if computed and state.departs(GETATTR_LEFT):
        found = None
    elif attempt and (found is not None or not package):
        found = asked_again(state, module, name, found, package=package)
    if found is not None:
        if not name.isascii():
            found = Found(found.value, (*found.why, NORMALISED.clause))
        if not package:
            return found
        if state.departs(SHADOWED_IMPORTED) and import_fallback(state, module, wanted):
            found = attribute_or_none(state, module, name) or found
        return Found(found.value, (*found.why, "star.all-shadowed-submodule"))
    if attempt and (_attempt(state, starred, name) or name in held_names(module)):
        found = attribute_or_none(state, module, name)
        if found is not None:
            return Found(found.value, (*found.why, "star.all-imports-package-submodules"))
    elif attempt and package:
        asked_again(state, module, name, None, package=True)
    normal = None if name.isascii() else attribute_or_none(state, module, unicodedata.normalize("NFKC", name))
    if normal is not None:
        state.cite(NORMALISED.clause)
        if state.departs(NORMALISED):
            return normal
    return _without(state, module, full_name(state, module, wanted))


def _without(state: State, module: Object, full: str) -> Found | None:
    """What is bound where the module has no such attribute: nothing, unless the cache has the submodule ``full``."""
    held = state.cache.values.get(full)
    question = "star.all-cached-submodule"
    if held is not None and state.policy(question, "fails", "cached submodule") == "cached submodule":
        return Found(held, (question,))
    if state.departs(MISSING_SKIPPED):
        return None
    question = "star.missing-name-exception"
    none = held is None and full in state.cache.values and package_path(state, module) is not None
    if isinstance(module, ModuleObject) and not none and state.departs(PUBLIC_INSTEAD):
        raise Raised(_TAKEN_BACK, state.why(PUBLIC_INSTEAD.clause))
    also = ("ModuleNotFoundError",) if none else ()
    about = "None entry in a package" if none else ""
    errors = ("AttributeError", "ImportError", *also)
    raise unnamed(state, question, *errors, clauses=("star.all-names-required-to-exist",), about=about)


STATEMENTS: Final[Mapping[type[Word], Rule]] = {StarImport: star_statement}
