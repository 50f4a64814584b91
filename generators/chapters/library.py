"""What importlib tells: loaders of their modules, where bytecode belongs, classes and what was removed."""

from typing import Final

from generators.chapters import names
from generators.choices import Roll
from generators.names import CAUGHT, OTHERS
from generators.scopes import Scope, target
from harness.model.language.documented import HELD
from harness.model.language.expressions import Bind, Bytes, Call, Constant, Expression, Library, Place, Reference
from harness.model.source import Literal, Mark, Statement, Try

_QUERIES: Final = (
    "importlib.abc.ExecutionLoader.get_filename",
    "importlib.abc.InspectLoader.is_package",
    "importlib.abc.InspectLoader.get_source",
)
_SOURCES: Final = ("x = 1\n", "x = 1\r\ny = 2", "x = 1\ry = 2\r", "# coding: latin-1\nx = '\xe9'\n", "")
_ABSTRACT: Final = tuple(key for key in HELD if key.startswith("importlib.abc.") and key.count(".") == 2)  # noqa: PLR2004
_LEVELS: Final[tuple[Literal, ...]] = ("", 1, 2, "x", "a-b")


def asked(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``v = a.__spec__.loader.get_filename("a")``, of a module that is known, mostly by its name."""
    if not scope.known:
        return names.mark(dice, scope)
    expression, name = dice.pick(scope.known)
    loader = Reference((*expression.split("."), "__spec__", "loader"))
    match dice.below(6):
        case 0:
            return _told(dice, scope, Call("importlib.util.spec_from_loader", (Constant(name), loader)))
        case 1:
            files = [place.file for place in scope.layout.places if place.file]
            if not files:
                return names.mark(dice, scope)
            return _told(dice, scope, Call("importlib.abc.ResourceLoader.get_data", (loader, Place(dice.pick(files)))))
        case 2:
            call = Call("importlib.abc.InspectLoader.get_code", (loader, Constant(target(dice, scope))))
            return (Try((Bind(call),), "ImportError", (Mark(CAUGHT),)),)
        case _:
            given = target(dice, scope) if dice.chance(20) else name
            return _told(dice, scope, Call(dice.pick(_QUERIES), (loader, Constant(given))))


def spelt(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """Where the bytecode of a file belongs, whose that is, or the text of a source."""
    files = [place.file for place in scope.layout.places if place.file]
    if not files or dice.chance(30):
        return _told(dice, scope, Call("importlib.util.decode_source", (Bytes(dice.pick(_SOURCES)),)))
    level: tuple[tuple[str, Expression], ...] = ()
    if dice.chance(50):
        level = (("optimization", Constant(dice.pick(_LEVELS))),)
    path = Place(dice.pick(files))
    found = Call("importlib.util.cache_from_source", (path,), level)
    if dice.chance(50):
        return _told(dice, scope, found)
    return _told(dice, scope, Call("importlib.util.source_from_cache", (found if dice.chance(80) else path,)))


_DEFAULTS: Final = (
    Call("importlib.abc.InspectLoader.source_to_code", (Constant("x = 1"),)),
    Call("importlib.abc.ExecutionLoader.is_package", (Constant(None), Constant("a"))),
    Call("importlib.abc.MetaPathFinder.invalidate_caches", (Constant(None),)),
    Call("importlib.util.LazyLoader", (Constant(None),)),
)


def held(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """Whether a class is a subclass of another one, what is built in, and what is there no more."""
    match dice.below(6):
        case 0:
            name = Constant(dice.pick(("sys", "builtins", "nowhere")))
            method = dice.pick(("get_code", "get_source", "is_package"))
            return _told(dice, scope, Call(f"importlib.machinery.BuiltinImporter.{method}", (name,)))
        case 1:
            listed: Expression = Call("importlib.machinery.all_suffixes")
            if dice.chance(50):
                listed = Library("importlib.machinery.SOURCE_SUFFIXES")
            return _told(dice, scope, Call("operator.contains", (listed, Constant(".py"))))
        case 2:
            return (Try((Bind(dice.pick(_DEFAULTS)),), "Exception", (Mark(CAUGHT),)),)
        case 3:
            return (Try((Bind(Library(dice.pick(sorted(HELD)))),), "AttributeError", (Mark(CAUGHT),)),)
        case _:
            pair = (Library(dice.pick(_ABSTRACT)), Library(dice.pick(_ABSTRACT)))
            return _told(dice, scope, Call("builtins.issubclass", pair))


def _told(dice: Roll, scope: Scope, call: Call) -> tuple[Statement, ...]:
    """What the call gives, by a name; what it raises is mostly caught."""
    name = dice.pick(OTHERS)
    if dice.chance(70):
        return (Try((Bind(call, name),), "Exception", (Mark(CAUGHT),)),)
    scope.bind(name)
    return (Bind(call, name),)
