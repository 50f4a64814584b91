"""Sources that take nothing from anywhere by a name that an installed module could have.

A ``__path__`` that is None stands for ``sys.path``: whatever is imported below such a package may come from anywhere.
So all that such a case takes has one of the names that no module of anybody's has.
"""

from typing import Final

import msgspec

from generators.names import ATTRIBUTES, OTHERS
from generators.simpler_sources import rewritten
from harness.model.permitted import WORDS
from harness.model.source import Alias, Assign, Extend, FromImport, Items, Literal, Source, Statement

_INSTEAD: Final = {ATTRIBUTES[2]: ATTRIBUTES[1], OTHERS[2]: OTHERS[1]}


def closed(source: Source) -> Source:
    """The source with other names in the place of those that it must not take."""
    return rewritten(source, _closed)


def _closed(statement: Statement) -> tuple[Statement, ...]:
    match statement:
        case FromImport(names=names):
            return (msgspec.structs.replace(statement, names=tuple(map(_alias, names))),)
        case Assign(name="__all__", value=value):
            return (Assign("__all__", _value(value)),)
        case Extend(name=name, value=Items(items=items, mutable=mutable)):
            return (Extend(name, Items(tuple(map(_value, items)), mutable=mutable)),)
        case _:
            return (statement,)


def _alias(alias: Alias) -> Alias:
    return Alias(_word(alias.name), alias.asname)


def _value(value: Literal) -> Literal:
    if isinstance(value, Items):
        return Items(tuple(map(_value, value.items)), mutable=value.mutable)
    return _word(value) if isinstance(value, str) else value


def _word(name: str) -> str:
    return name if name in WORDS else _INSTEAD.get(name, ATTRIBUTES[0])
