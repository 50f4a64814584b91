"""Calls of documented functions: what imports without an import statement."""

from typing import Final

from generators.choices import Roll
from generators.names import ATTRIBUTES, CLASS, MISSING, OTHERS
from generators.scopes import Scope, missing, target
from harness.model.language.caching import Recache
from harness.model.language.constants import Items
from harness.model.language.dunder_import import ReplaceImport
from harness.model.language.expressions import Bind, Call, Constant, Expression, Instance, Names, Place, Reference
from harness.model.source import Alias, Import, Read, Statement

_IMPORTS: Final = ("builtins.__import__", "importlib.__import__")
_LEVELS: Final = (1, 1, 1, 2, 3)


def imported(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``v = import_module("a.b")``, sometimes for its effect alone, sometimes relative to a package that is given."""
    name = target(dice, scope)
    return (_bound(dice, scope, Call("importlib.import_module", _named(dice, name)), name),)


def dunder(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``v = __import__("a.b")``, or with a fromlist."""
    name = target(dice, scope)
    keywords = (("fromlist", _taken(dice, scope, name)),) if dice.chance(50) else ()
    call = Call(dice.pick(_IMPORTS), (Constant(name),), keywords)
    return (_bound(dice, scope, call, name if keywords else name.partition(".")[0]),)


def relative(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``v = __import__("b", globals(), level=1)``, mostly of a module that the package has."""
    below = scope.layout.below(scope.package) if scope.package else ()
    inner = dice.pick(below).name.rpartition(".")[2] if below and dice.chance(80) else MISSING
    level = -1 if dice.chance(4) else dice.pick(_LEVELS)
    keywords: tuple[tuple[str, Expression], ...] = (("level", Constant(level)),)
    if dice.chance(30):
        keywords = (("fromlist", Constant(Items((dice.pick(("x", MISSING)),)))), *keywords)
    return (Bind(Call(dice.pick(_IMPORTS), (Constant(inner), Names()), keywords), dice.pick(OTHERS)),)


def found(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``v = find_spec("a.b")``, sometimes relative to a package, or the spec of a module that is imported."""
    if scope.known and dice.chance(50):
        expression, _ = dice.pick(scope.known)
        value: Expression = Reference((*expression.split("."), "__spec__"))
    else:
        value = Call("importlib.util.find_spec", _named(dice, target(dice, scope)))
    name = dice.pick(OTHERS)
    scope.bind(name)
    return (Bind(value, name),)


def resolved(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``v = resolve_name(".b", "a")``."""
    name = target(dice, scope)
    package = dice.pick((name, name.rpartition(".")[0] or name, None))
    dots = dice.pick(("", ".", "..", "..."))
    call = Call("importlib.util.resolve_name", (Constant(f"{dots}{name}"), Constant(package)))
    bound = dice.pick(OTHERS)
    scope.bind(bound)
    return (Bind(call, bound),)


def replaced(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A function in the place of ``__import__``, mostly one that records calls and proceeds."""
    names = tuple(dict.fromkeys(target(dice, scope) for _ in range(dice.pick((1, 2, 3)))))
    result = tuple(dice.pick(scope.known)[0].split(".")) if scope.known and dice.chance(60) else ()
    error = dice.pick(("ImportError", "ValueError")) if not result and dice.chance(15) else ""
    return (ReplaceImport("hook", names, result, error, inside=dice.chance(30)),)


def by_hand(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A module made of its spec, or of a file by any name; mostly put into sys.modules, and executed."""
    spec, module = dice.pick(((OTHERS[0], OTHERS[1]), (OTHERS[1], OTHERS[2])))
    files = [place.file for place in scope.layout.places if place.file]
    name = target(dice, scope)
    made: Expression = Call("importlib.util.find_spec", (Constant(name),))
    if files and dice.chance(60):
        name = dice.pick((MISSING, name))
        place = Place(dice.pick(files), pathlike=dice.chance(20))
        made = Call("importlib.util.spec_from_file_location", (Constant(name), place))
    scope.bind(spec)
    if dice.chance(15):
        return (Bind(made, spec),)
    scope.bind(module)
    found = (Bind(made, spec), Bind(Call("importlib.util.module_from_spec", (Reference((spec,)),)), module))
    kept = (Recache(name, module),) if dice.chance(75) else ()
    executed = Bind(Call("importlib.abc.Loader.exec_module", (Reference((spec, "loader")), Reference((module,)))))
    return (*found, *kept, executed) if dice.chance(85) else (*found, *kept)


def made(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``v = a.K()``, and sometimes what the instance has."""
    if not scope.known:
        return (Bind(Instance((CLASS,)), OTHERS[0]),)
    expression, _ = dice.pick(scope.known)
    name = dice.pick(OTHERS)
    scope.bind(name)
    found = Bind(Instance((*expression.split("."), CLASS)), name)
    return (found, Read(dice.pick(OTHERS), (name, dice.pick(ATTRIBUTES)))) if dice.chance(50) else (found,)


def reloaded(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``import a.b`` if need be, then ``v = reload(a.b)``."""
    if not scope.known or dice.chance(10):
        name = missing(dice, scope) if dice.chance(5) else target(dice, scope)
        return (Import((Alias(name),)), Bind(Call("importlib.reload", (Reference(tuple(name.split("."))),))))
    expression, name = dice.pick(scope.known)
    call = Call("importlib.reload", (Reference(tuple(expression.split("."))),))
    return (_bound(dice, scope, call, name),)


def _named(dice: Roll, name: str) -> tuple[Expression, ...]:
    """The name of a module as an argument, sometimes relative to a package that is given too."""
    package, _, tail = name.rpartition(".")
    if package and dice.chance(40):
        return (Constant(f".{tail}"), Constant(package))
    if dice.chance(10):
        return (Constant(f"{dice.pick(('.', '..'))}{tail}"), *dice.pick(((), (Constant(name),))))
    return (Constant(name),)


def _taken(dice: Roll, scope: Scope, name: str) -> Constant:
    below = [place.name.rpartition(".")[2] for place in scope.layout.below(name)] if name in scope.layout.index else []
    names = (dice.pick(below) if below and dice.chance(70) else dice.pick(("x", "y", MISSING)),)
    return Constant(Items(names, mutable=not dice.chance(30)))


def _bound(dice: Roll, scope: Scope, value: Expression, name: str) -> Statement:
    """The value, mostly bound to a name that then refers to that module."""
    if dice.chance(25):
        return Bind(value)
    bound = dice.pick(OTHERS)
    scope.bind_module(bound, name) if name in scope.layout.index else scope.bind(bound)
    return Bind(value, bound)
