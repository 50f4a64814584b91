"""Statements that hold others, in one another too, and names that built-ins have."""

from typing import Final

from generators.chapters import binding, from_import, names
from generators.choices import Roll, weighted
from generators.names import CAUGHT, CLASS, FUNCTION, MISSING, OTHERS, VALUES
from generators.scopes import Scope, Writer, attribute, missing, target
from harness.model.source import (
    Alias,
    Assign,
    Class,
    Delete,
    Exec,
    Extend,
    FromImport,
    Function,
    Guard,
    Import,
    Invoke,
    Items,
    Literal,
    Mark,
    ModuleGetattr,
    Raise,
    Read,
    SetPath,
    StarImport,
    Statement,
    Try,
)

_ERRORS: Final = weighted(
    (8, "ImportError"), (5, "ModuleNotFoundError"), (5, "Exception"), (1, "AttributeError"), (1, "KeyError")
)


def attempt(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``try`` around an import, with a handler that leaves a mark and sometimes imports something else."""
    error = dice.pick(_ERRORS)
    handler: tuple[Statement, ...] = (Mark(CAUGHT),)
    if dice.chance(25):
        handler += dice.pick((names.assign, binding.plain, from_import.taken))(dice, scope.inner())
    body: tuple[Statement, ...]
    if dice.chance(45):
        name = missing(dice, scope) if dice.chance(50) else target(dice, scope)
        body = (Import((Alias(name),)),) if dice.chance(50) else (FromImport(name, (Alias(MISSING),)),)
    else:
        body = dice.pick(binding.ANYWHERE)(dice, scope)
    return (Try(body, error, handler),)


def attempt_read(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``try: v = a.z`` with a handler for what a missing attribute raises."""
    if not scope.known:
        return attempt(dice, scope)
    expression, name = dice.pick(scope.known)
    place = scope.layout.index.get(name)
    found = dice.pick((MISSING, *(place.contents if place else ())))
    path = (*expression.split("."), found)
    return (Try((Read(dice.pick(OTHERS), path),), dice.pick(("AttributeError", "Exception")), (Mark(CAUGHT),)),)


def function(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A function that imports, with or without ``global``, called at once or left for others."""
    inner = scope.inner()
    body = dice.pick(binding.ANYWHERE)(dice, inner)
    body += dice.pick((names.mark, names.assign, names.read))(dice, inner) if dice.chance(30) else ()
    bound = tuple(sorted(_bound(body)))
    scope.bind(FUNCTION)
    scope.functions.append((FUNCTION,))
    declared = bound if dice.chance(50) else ()
    call: tuple[Statement, ...] = ()
    if not dice.chance(20):
        call = (Invoke((FUNCTION,)),)
        for name in declared:
            scope.bind(name)
    return (Function(FUNCTION, body, declared), *call)


def invoke(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A call of a function, one's own or another module's."""
    if scope.functions:
        return (Invoke(dice.pick(scope.functions)),)
    owners = [place.name for place in scope.layout.places if FUNCTION in place.exports and place.name != scope.own]
    if not owners:
        return function(dice, scope)
    owner = dice.pick(owners)
    scope.bind_path(owner)
    return (Import((Alias(owner),)), Invoke((*owner.split("."), FUNCTION)))


def klass(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A class whose body imports."""
    body = dice.pick(binding.ANYWHERE)(dice, scope.inner())
    scope.bind(CLASS)
    return (Class(CLASS, body),)


def guard(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``if __name__ == "__main__"`` around an import or a mark."""
    return (Guard(dice.pick((names.mark, *binding.ANYWHERE))(dice, scope.inner())),)


def _bound(body: tuple[Statement, ...]) -> set[str]:
    found: set[str] = set()
    for statement in body:
        match statement:
            case Assign(name=name) | Read(name=name):
                found.add(name)
            case Import(names=names):
                found.update(alias.asname or alias.name.split(".")[0] for alias in names)
            case FromImport(names=names):
                found.update(alias.asname or alias.name for alias in names)
            case _:
                pass
    return found


_INNER: Final = "g"
_SPACE: Final = "s"


_LOCALS: Final = ("x", "v")


_BUILTIN: Final = ("len", "ImportError", "type")


_CAUGHT: Final = weighted(
    (4, "Exception"),
    (3, "ImportError"),
    (3, "NameError"),
    (2, "UnboundLocalError"),
    (1, "BaseException"),
    (1, "SystemExit"),
    (1, "LookupError"),
    (1, "TypeError"),
)


_CAUSES: Final = weighted((3, ""), (2, "None"), (2, "KeyError"), (1, "ImportError"))
_RAISED: Final = ("ValueError", "ImportError", "KeyError", "SystemExit", "NameError", "LookupError", "OSError")


def enclosed(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A function that binds a name, and in it a function or a class that looks the name up, binds or declares it."""
    name = dice.pick(_LOCALS)
    before = _binding(dice, scope, name) if dice.chance(70) else ()
    inner = dice.pick((_reading, _rebinding, _declaring, _declaring))(dice, scope, name)
    after = () if dice.chance(70) else (Delete(name),) if before else _binding(dice, scope, name)
    if dice.chance(50):
        nested = (Function(_INNER, *inner), *after, Invoke((_INNER,)))
    else:
        nested = (Class(CLASS, inner[0]), *after)
    scope.bind(FUNCTION)
    outside = (Assign(name, 2),) if dice.chance(50) else ()
    return (*outside, Function(FUNCTION, (*before, *nested)), _ended(dice, Invoke((FUNCTION,))))


def unbound(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A function or a class that looks a name up before it binds it, or a function that is given it."""
    if dice.chance(35):
        return given(dice, scope)
    name = dice.pick(_LOCALS)
    last = (
        (Extend(name, Items((1,))),) if dice.chance(40) else dice.pick((_binding(dice, scope, name), (Delete(name),)))
    )
    body = last if dice.chance(30) else (Read("w", (name,)), *last)
    outside = (Assign(name, dice.pick(VALUES)),) if dice.chance(60) else ()
    scope.bind(name)
    if dice.chance(40):
        return (*outside, _ended(dice, Class(CLASS, body)))
    declared = (name,) if dice.chance(25) else ()
    return (*outside, Function(FUNCTION, body, declared), _ended(dice, Invoke((FUNCTION,))))


def given(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A function with parameters, called with as many arguments, or not."""
    name, other = dice.pick(_LOCALS), "arg"
    parameters = dice.pick(((name,), (name, other), (other, name)))
    body: tuple[Statement, ...] = dice.pick(
        (
            (Read("w", (name,)),),
            (Read("w", (name,)), *_binding(dice, scope, name)),
            (Delete(name), Read("w", (name,))),
            (Function(_INNER, *_reading(dice, scope, name)), Invoke((_INNER,))),
            (),
        )
    )
    arguments: tuple[Literal, ...] = tuple(dice.pick(VALUES) for _ in parameters)
    arguments = dice.pick((arguments, arguments, arguments, arguments[1:], (*arguments, 1)))
    outside = (Assign(name, 2),) if dice.chance(50) else ()
    scope.bind(FUNCTION)
    declared = ("w",) if dice.chance(50) else ()
    return (*outside, Function(FUNCTION, body, declared, (), parameters), _ended(dice, Invoke((FUNCTION,), arguments)))


def method(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A class with names and a function in it that does not see them, called from the class or from outside."""
    name = dice.pick(_LOCALS)
    inside = _reading(dice, scope, name)
    body: tuple[Statement, ...] = (*_binding(dice, scope, name), Function(FUNCTION, *inside))
    outside = (Assign(name, 2),) if dice.chance(60) else ()
    scope.bind(CLASS)
    if dice.chance(40):
        return (*outside, _ended(dice, Class(CLASS, (*body, Invoke((FUNCTION,))))))
    return (*outside, Class(CLASS, body), _ended(dice, Invoke((CLASS, FUNCTION))))


def local(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """What a module says of itself, said in a function or a class, where it only binds a name of theirs."""
    named: tuple[Statement, ...] = dice.pick(
        (
            (SetPath(()),),
            (Read("v", ("__path__",)), SetPath(())),
            (Assign("__all__", Items(("x",))),),
            (Assign("__package__", "a"),),
            (ModuleGetattr((MISSING,), 1),),
            (Assign("__path__", Items(())), Read("v", ("__path__",))),
            (Read("v", ("__file__",)), Assign("__file__", None)),
        )
    )
    if dice.chance(40):
        return (_ended(dice, Class(CLASS, named)),)
    first = named[0]
    declared = (first.name,) if isinstance(first, Assign) and dice.chance(50) else ()
    scope.bind(FUNCTION)
    return (Function(FUNCTION, named, declared), _ended(dice, Invoke((FUNCTION,))))


def nested_attempt(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``try`` in ``try``, in a handler, in a function or in a class, around imports and what is raised."""
    error = dice.pick(_RAISED)
    failing: tuple[Statement, ...] = dice.pick(
        (
            (Raise(error),),
            (Import((Alias(MISSING),)),),
            dice.pick(binding.ANYWHERE)(dice, scope.inner()),
            (Read("v", (MISSING,)),),
            (Assign("x", 1), Extend("x", Items((1,)))),
        )
    )
    inner = Try(failing, dice.pick(_CAUGHT), (Mark(CAUGHT),))
    match dice.below(6):
        case 0:
            return (Try((inner,), dice.pick(_CAUGHT), (Mark(CAUGHT),)),)
        case 1:
            return (Try((Import((Alias(MISSING),)),), "ImportError", (Mark(CAUGHT), inner)),)
        case 2:
            raised = Raise(dice.pick(_RAISED), dice.pick(_CAUSES))
            again = Try(failing, dice.pick(_CAUGHT), (Mark(CAUGHT), raised))
            return (again if dice.chance(40) else Try((again,), dice.pick(_CAUGHT), (Mark(CAUGHT),)),)
        case 3:
            scope.bind(FUNCTION)
            return (Function(FUNCTION, (inner, Mark("m"))), _ended(dice, Invoke((FUNCTION,))))
        case 4:
            scope.bind(CLASS)
            return (_ended(dice, Class(CLASS, (inner, Guard(failing)))),)
        case _:
            return (inner,)


def builtin(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A name that built-ins have: bound, taken from a module, deleted, or looked for where only a module is asked."""
    name = dice.pick(_BUILTIN)
    asked = target(dice, scope)
    match dice.below(8):
        case 0:
            return (Assign(name, dice.pick(VALUES)),)
        case 1:
            return (Try((FromImport(asked, (Alias(name),)),), "ImportError", (Mark(CAUGHT),)),)
        case 2 | 5:
            return (FromImport(asked, (Alias(name, dice.pick(OTHERS)),)),)
        case 3 | 6:
            read = Read("v", ("w", name))
            return (Import((Alias(asked, "w"),)), Try((read,), "AttributeError", (Mark(CAUGHT),)))
        case 4:
            return (Assign(name, dice.pick(VALUES)), Delete(name))
        case _:
            return (Try((Delete(name),), "NameError", (Mark(CAUGHT),)), StarImport(asked))


def _ended(dice: Roll, statement: Statement) -> Statement:
    if dice.chance(60):
        return Try((statement,), dice.pick(_CAUGHT), (Mark(CAUGHT),))
    return statement


def _binding(dice: Roll, scope: Scope, name: str) -> tuple[Statement, ...]:
    asked = target(dice, scope)
    place = scope.layout.index.get(asked)
    return dice.pick(
        (
            (Assign(name, dice.pick(VALUES)),),
            (Import((Alias(asked, name),)),),
            (FromImport(asked, (Alias(attribute(dice, scope, place), name),)),),
            (Import((Alias(asked),)), Assign(name, 1)),
        )
    )


def _reading(dice: Roll, scope: Scope, name: str) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    del scope
    body: tuple[Statement, ...] = (Read("w", (name,)),)
    return ((*body, Mark("m")) if dice.chance(30) else body, ())


def _rebinding(dice: Roll, scope: Scope, name: str) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    body = (Read("w", (name,)), *_binding(dice, scope, name))
    return (body if dice.chance(60) else body[::-1], ())


def _declaring(dice: Roll, scope: Scope, name: str) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    body, _ = dice.pick((_reading, _rebinding))(dice, scope, name)
    return (body, (name,))


def outward(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A function that declares a name nonlocal and binds it, in one that binds it and looks at it then."""
    name = dice.pick(_LOCALS)
    first = (Delete(name),) if dice.chance(20) else _binding(dice, scope, name)
    inner = Function(_INNER, first, (), (name,))
    scope.bind(FUNCTION)
    body = (Assign(name, 1), inner, Invoke((_INNER,)), Read("w", (name,)))
    return (Function(FUNCTION, body), _ended(dice, Invoke((FUNCTION,))))


def executed(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """A text that is executed as the code of some module of the tree, or of none, with a look at what it binds."""
    places = scope.layout.places
    name = dice.pick(places).name if places and not dice.chance(10) else MISSING
    package = scope.layout.package(name)
    inner = scope.inner()
    inner.own, inner.package, inner.bound, inner.known = name, package, [], []
    body = dice.pick((from_import.relative, *binding.ANYWHERE))(dice, inner)
    body += dice.pick((names.mark, names.assign, names.read, from_import.relative))(dice, inner)
    given: tuple[tuple[str, Literal], ...] = (("__name__", name),)
    given += (("__package__", package),) if dice.chance(70) else ()
    bound = _SPACE if dice.chance(70) else ""
    if bound:
        scope.bind(bound)
    return (_ended(dice, Exec(body, given, bound)),)


NESTED: Final[tuple[tuple[int, Writer], ...]] = (
    (4, enclosed),
    (4, unbound),
    (4, method),
    (7, local),
    (6, nested_attempt),
    (3, outward),
    (6, executed),
)
"""Writers of bodies inside bodies, with weights."""
