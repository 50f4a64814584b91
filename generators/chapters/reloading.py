"""Source files that a program edits, and what it does then to have them executed."""

from typing import Final

from generators.chapters import binding, failing, from_import, names
from generators.choices import Roll
from generators.names import ATTRIBUTES, CAUGHT, MISSING, OTHERS, VALUES
from generators.scopes import Scope
from harness.model.language.expressions import Bind, Call, Place, Reference
from harness.model.source import Alias, Assign, Edit, Import, Mark, Read, Statement, Try, Uncache

_DOC: Final = "edited"


def edited(dice: Roll, scope: Scope) -> tuple[Statement, ...]:
    """``import a.b`` if need be, then another source for its file; mostly it is executed, and looked at."""
    files = {place.name: place.file for place in scope.layout.places if place.file}
    known = [(expression, name) for expression, name in scope.known if name in files]
    if not files:
        return names.assign(dice, scope)
    before: tuple[Statement, ...] = ()
    if known and dice.chance(70):
        expression, name = dice.pick(known)
    else:
        expression = name = dice.pick(tuple(files))
        before = () if dice.chance(20) else (Import((Alias(name),)),)
        if before:
            scope.bind_path(name)
    body = _source(dice, scope, name)
    edit = Edit(files[name], body, _DOC if dice.chance(10) else None)
    then = _then(dice, expression, name, files[name])
    return (*before, edit, *then, *_look(dice, scope, expression, body))


def _source(dice: Roll, scope: Scope, name: str) -> tuple[Statement, ...]:
    """What the file then holds: names, mostly, and now and then imports, or what is no Python."""
    inner = scope.inner()
    inner.own, inner.package, inner.bound, inner.known = name, scope.layout.package(name), [], []
    if dice.chance(8):
        return failing.broken(dice, inner)
    body: tuple[Statement, ...] = (Assign(dice.pick(ATTRIBUTES), dice.pick(VALUES)),)
    for _ in range(dice.below(3)):
        body += dice.pick((names.mark, names.assign, from_import.relative, *binding.ANYWHERE))(dice, inner)
    return body if not dice.chance(5) else (*body, *failing.fail(dice, inner))


def _then(dice: Roll, expression: str, name: str, file: str) -> tuple[Statement, ...]:
    """It is reloaded, run as a file, imported again, once it is removed or not; or nothing is done."""
    reloaded = Bind(Call("importlib.reload", (Reference(tuple(expression.split("."))),)))
    match dice.below(10):
        case 0:
            return ()
        case 1:
            return (Import((Alias(name),)),)
        case 2:
            return (Uncache(name), Import((Alias(name),)))
        case 3:
            return (Bind(Call("runpy.run_path", (Place(file),))),)
        case 4:
            return (Try((reloaded,), "Exception", (Mark(CAUGHT),)),)
        case _:
            return (reloaded,)


def _look(dice: Roll, scope: Scope, expression: str, body: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """A look at what the new source binds, or at what it does not."""
    if dice.chance(50):
        return ()
    bound = [found for statement in body for found in statement.bound() if not found.startswith("__")]
    first = expression.split(".", maxsplit=1)[0]
    name = dice.pick([other for other in OTHERS if other != first])
    scope.bind(name)
    return (Read(name, (*expression.split("."), dice.pick((*bound, MISSING)))),)
