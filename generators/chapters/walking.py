"""Extending the path of a package, and finding objects and data of packages by functions of `pkgutil`."""

from typing import Final

from generators.chapters import names
from generators.choices import Roll, weighted
from generators.layouts import Kind
from generators.names import CAUGHT, OTHERS
from generators.scopes import Scope, attribute, target
from harness.model.language.expressions import Bind, Call, Constant, Expression, Hook, Place, Reference
from harness.model.language.walking import ExtendPath
from harness.model.source import Alias, Import, Mark, Statement, Try

_RESOURCES: Final = weighted((4, "a.txt"), (4, "b.txt"), (2, "c.txt"), (2, "a"), (2, "b"), (1, "a/b.txt"))


def extended(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``__path__ = extend_path(__path__, __name__)``, mostly in a package; not beside private modules."""
    if scope.layout.hidden:
        return names.mark(dice, scope)
    found = ExtendPath()
    if (scope.own and scope.own == scope.package) or dice.chance(10):
        return (found,)
    return (Try((found,), "NameError", (Mark(CAUGHT),)),)


def resolved(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``v = resolve_name("a.b:x")``, with a colon or without, mostly in one of the forms of such names."""
    name = target(dice, scope)
    taken = attribute(dice, scope, scope.layout.index.get(name))
    forms = (f"{name}:{taken}", f"{name}.{taken}", f"{name}:", name, f"{name}:{taken}.{taken}")
    text = dice.pick((f"{name}:{taken}:", f".{name}", f"{name}.", "")) if dice.chance(10) else dice.pick(forms)
    return _called(dice, scope, Call("pkgutil.resolve_name", (Constant(text),)), ("AttributeError", "ImportError"))


def data(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``v = get_data("a", "b.txt")``, mostly of a package that is imported."""
    name = target(dice, scope)
    call = Call("pkgutil.get_data", (Constant(name), Constant(dice.pick(_RESOURCES))))
    first: tuple[Statement, ...] = ()
    if dice.chance(70):
        scope.bind_path(name)
        first = (Import((Alias(name),)),)
    return (*first, *_called(dice, scope, call, ("OSError", "Exception")))


def _called(dice: Roll, scope: Scope, call: Call, errors: tuple[str, ...]) -> tuple[Statement, ...]:
    """What the call gives, mostly bound to a name; where that name is used no more, what it raises may be caught."""
    if dice.chance(40):
        return (Try((Bind(call, dice.pick(OTHERS)),), dice.pick(errors), (Mark(CAUGHT),)),)
    if dice.chance(15):
        return (Bind(call),)
    name = dice.pick(OTHERS)
    scope.bind(name)
    return (Bind(call, name),)


def listed(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``v = [*iter_modules(a.__path__, "a.")]`` of a package, or of ``sys.path``; or ``walk_packages``."""
    packages = [place.name for place in scope.layout.places if place.kind is not Kind.MODULE]
    if not packages or dice.chance(15):
        return _called(dice, scope, Call("pkgutil.iter_modules"), ("Exception",))
    name = dice.pick(packages)
    path = Reference((*name.split("."), "__path__"))
    scope.bind_path(name)
    if dice.chance(40):
        call = Call("pkgutil.iter_modules", (path, *dice.pick(((), (Constant(f"{name}."),)))))
    else:
        call = Call("pkgutil.walk_packages", (path, Constant(f"{name}."), *dice.pick(((), (Hook("failed"),)))))
    return (Import((Alias(name),)), *_called(dice, scope, call, ("Exception",)))


def compared(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``v = contains([*iter_importers("a.b")], get_importer("a"))``, or whether that is the same as another time."""
    found = [
        (place.name, each) for place in scope.layout.places for each in place.path if place.kind is not Kind.MODULE
    ]
    if not found:
        return names.mark(dice, scope)
    name, directory = dice.pick(found)
    finder = Call("pkgutil.get_importer", (Place(directory),))
    if dice.chance(50):
        other: Expression = Call("pkgutil.get_importer", (Place(dice.pick(found)[1]),))
        call = Call("operator.is_", (finder, other))
    else:
        importers = Call("pkgutil.iter_importers", (Constant(f"{name}.{dice.pick(('a', 'b'))}"),))
        call = Call("operator.contains", (importers, finder))
    return _called(dice, scope, call, ("Exception",))


def resources(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``v = files("a").joinpath("b.txt").read_text()``, or whether that is a file, or ``is_resource``."""
    anchor, name = Constant(target(dice, scope)), Constant(dice.pick(_RESOURCES))
    if dice.chance(30):
        return _called(dice, scope, Call("importlib.resources.is_resource", (anchor, name)), ("Exception",))
    found = Call("importlib.resources.files", (anchor,))
    place = Call("importlib.resources.abc.Traversable.joinpath", (found, name))
    method = dice.pick(("read_text", "is_file"))
    call = Call(f"importlib.resources.abc.Traversable.{method}", (place,))
    return _called(dice, scope, call, ("Exception",))
