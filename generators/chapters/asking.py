"""What is set, deleted and annotated in modules, what is made by hand, and what is asked of all that."""

from typing import Final

from generators.choices import Roll, weighted
from generators.names import ATTRIBUTES, CAUGHT, CLASS, MISSING, OTHERS, VALUES
from generators.scopes import Scope, target
from harness.model.language.asking import (
    CLASSES,
    MODULE_TYPE,
    SYS,
    IsInstance,
    Listed,
    LoaderRepr,
    OfSys,
    ReprShows,
    SameType,
)
from harness.model.language.attributes import DeleteAttribute, SetAttribute
from harness.model.language.expressions import Bind, Call, Constant, Expression, Instance, Reference
from harness.model.language.module_classes import NamingRepr, OwnClass, Property, TracedSetattr
from harness.model.source import (
    Alias,
    Assign,
    Class,
    Function,
    Import,
    Invoke,
    Items,
    Literal,
    Mark,
    Read,
    Recache,
    Statement,
    Try,
)

_OF_SPECS: Final[tuple[tuple[str, tuple[Literal, ...]], ...]] = weighted(
    (3, ("origin", ("s", None))),
    (2, ("loader_state", (1, None))),
    (1, ("cached", ("s", None))),
    (2, ("submodule_search_locations", (Items(()),))),
    (2, ("parent", ("s",))),
    (1, ("has_location", (False,))),
)
_ORIGINS: Final = ("s", "by hand", None)
_KINDS: Final = (MODULE_TYPE, MODULE_TYPE, *CLASSES)
_ASKED: Final = ("__annotations__", "__annotations__", "__annotate__")


def _known(dice: Roll, scope: Scope) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """A module that is known by now, or one more, with what imports it."""
    if scope.known:
        return (), tuple(dice.pick(scope.known)[0].split("."))
    name = target(dice, scope)
    scope.bind_path(name)
    return (Import((Alias(name),)),), tuple(name.split("."))


def _guarded(dice: Roll, error: str, *found: Statement) -> tuple[Statement, ...]:
    return (Try(found, error, (Mark(CAUGHT),)),) if dice.chance(60) else found


def changed(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``a.x = 1`` or ``del a.x``, mostly with something that looks at it."""
    first, path = _known(dice, scope)
    name = dice.pick(ATTRIBUTES)
    if dice.chance(30):
        return (*first, *_guarded(dice, "AttributeError", DeleteAttribute((*path, name))))
    if dice.chance(6):
        return (*first, *_guarded(dice, "AttributeError", SetAttribute((*path, "__dict__"), 1)))
    given = SetAttribute((*path, name), dice.pick(VALUES))
    if scope.known and dice.chance(20):
        given = SetAttribute((*path, name), None, tuple(dice.pick(scope.known)[0].split(".")))
    bound = dice.pick(OTHERS)
    scope.bind(bound)
    return (*first, given, Read(bound, (*path, name))) if dice.chance(60) else (*first, given)


def respecified(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``a.__spec__.origin = "s"``; what cannot be set raises."""
    first, path = _known(dice, scope)
    name, values = dice.pick(_OF_SPECS)
    return (*first, *_guarded(dice, "AttributeError", SetAttribute((*path, "__spec__", name), dice.pick(values))))


def made(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module made by its type, or of a spec made by hand, mostly put into sys.modules."""
    name = dice.pick((MISSING, target(dice, scope)))
    module = dice.pick(OTHERS)
    if dice.chance(50):
        doc: tuple[Expression, ...] = (Constant("s"),) if dice.chance(30) else ()
        found: tuple[Statement, ...] = (Bind(Call(MODULE_TYPE, (Constant(name), *doc)), module),)
    else:
        first, path = _known(dice, scope)
        spec = dice.pick(OTHERS)
        keywords: tuple[tuple[str, Expression], ...] = (("origin", Constant(dice.pick(_ORIGINS))),)
        keywords = (*keywords, ("is_package", Constant(True))) if dice.chance(30) else keywords  # noqa: FBT003 - a value
        call = Call(
            "importlib.machinery.ModuleSpec", (Constant(name), Reference((*path, "__spec__", "loader"))), keywords
        )
        kept = SetAttribute((spec, "cached"), "s")
        found = (*first, Bind(call, spec), *((kept,) if dice.chance(15) else ()))
        scope.bind(spec)
        if dice.chance(30):
            return found
        found = (*found, Bind(Call("importlib.util.module_from_spec", (Reference((spec,)),)), module))
    scope.bind(module)
    return (*found, Recache(name, module)) if dice.chance(70) else found


def classified(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``a.__class__ = K``, where K is derived from the type of modules, and what the module has then."""
    first, path = _known(dice, scope)
    name = dice.pick(ATTRIBUTES)
    bound = dice.pick(OTHERS)
    scope.bind(CLASS)
    scope.bind(bound)
    held = tuple(Assign(each, dice.pick(VALUES)) for each in ATTRIBUTES[: 1 + dice.below(3)])
    kind = Class(CLASS, (*held, *_methods(dice)), modules=True)
    return (*first, kind, SetAttribute((*path, "__class__"), None, (CLASS,)), Read(bound, (*path, name)))


def _methods(dice: Roll) -> tuple[Statement, ...]:
    """What a class may say of modules, or nothing."""
    named: tuple[Statement, ...] = (NamingRepr("s"),) if dice.chance(30) else ()
    told: tuple[Statement, ...] = (TracedSetattr("set"),) if dice.chance(30) else ()
    return (*named, *told, *((Property(dice.pick(ATTRIBUTES), dice.pick(VALUES)),) if dice.chance(30) else ()))


def verbose(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module that gives itself a class, which says something of it."""
    scope.bind(CLASS)
    found = _methods(dice) or (NamingRepr("s"),)
    return (Class(CLASS, found, modules=True), Try((OwnClass(CLASS),), "KeyError", (Mark(CAUGHT),)))


def loaded(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module whose loader is an object of the program's, which says what it is."""
    first, path = _known(dice, scope)
    loader = dice.pick(OTHERS)
    scope.bind(CLASS)
    scope.bind(loader)
    kind = Class(CLASS, (LoaderRepr("s"),))
    gone = (DeleteAttribute((*path, "__spec__")),) if dice.chance(50) else ()
    return (*first, kind, Bind(Instance((CLASS,)), loader), SetAttribute((*path, "__loader__"), None, (loader,)), *gone)


def asked(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """What a module is an instance of, what its repr shows, which names and annotations it has."""
    first, path = _known(dice, scope)
    bound = dice.pick(OTHERS)
    scope.bind(bound)
    match dice.below(7):
        case 0:
            return (*first, IsInstance(bound, path, dice.pick(_KINDS)))
        case 1:
            other = tuple(dice.pick(scope.known)[0].split(".")) if scope.known else path
            loaders = dice.chance(50)
            ends = ("__spec__", "loader") if loaders else ()
            return (*first, SameType(bound, (*path, *ends), (*other, *ends)))
        case 2:
            return (*first, ReprShows(bound, path, dice.pick((path[-1], MISSING))))
        case 3:
            return (ReprShows(bound, (), "built-in"), OfSys(bound, dice.pick(SYS)))
        case 4:
            return (*first, Listed(bound, path))
        case 5:
            inner = Function("f", (Listed(bound),), (bound,))
            return (inner, Invoke(("f",)))
        case _:
            found = Read(bound, (*path, dice.pick(_ASKED)))
            keys = Listed(bound, (*path, "__annotations__"), keys=True)
            return (*first, *_guarded(dice, "Exception", found, keys))
