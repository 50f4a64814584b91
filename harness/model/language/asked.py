"""The text of a module's ``__getattr__``: the names that it knows, and what it says of all others (PEP 562)."""

import functools
from collections.abc import Iterator
from typing import Final, NamedTuple

from harness.model.language.admitting import Reach, check_bound, check_looked_up
from harness.model.language.constants import Items
from harness.model.language.formatted import Field, formatted
from harness.model.language.reading import Reader, Unread
from harness.model.language.retelling import formatted_sign
from harness.model.language.spelling import INDENT, Spelling, constant
from harness.model.permitted import HOST, is_special
from harness.model.refusal import need, refuse

PARAMETER: Final = "name"
"""The name by which a ``__getattr__`` asks what it is asked for."""

GLOBALS: Final = "builtins.globals"
DEPRECATED: Final = 'f"{name} is deprecated"'
"""What is said where a deprecated name is asked for."""

_MISSING: Final = 'f"module {__name__!r} has no attribute {name!r}"'
_SHORTEST: Final = 2
_FIELDS: Final = frozenset({PARAMETER, "__name__"})


class Asked(NamedTuple):
    """What a ``__getattr__`` tests: its parameter, and the names or the name of a list; the block, what follows."""

    name: str
    names: tuple[str, ...]
    known: str
    found: Reader
    rest: Reader


def asked_for(text: Reader) -> Asked:
    """``def __getattr__(name):`` and ``if name in NAMES:``.

    Raises:
        Unread: there is something else.
    """
    text.expect("def", "__getattr__", "(")
    name = text.called(PARAMETER)
    text.expect(")")
    inner = text.block()
    inner.expect("if")
    inner.called(PARAMETER, name)
    inner.expect("in")
    names, known = inner.either(_literally, _by_name)
    return Asked(name, names, known, inner.block(), inner)


def _literally(text: Reader) -> tuple[tuple[str, ...], str]:
    names = text.constant()
    if not isinstance(names, Items):
        raise Unread
    return only_texts(names), ""


def only_texts(items: Items) -> tuple[str, ...]:
    """The items, which are texts.

    Raises:
        Unread: one is something else.
    """
    found = tuple(item for item in items.items if isinstance(item, str))
    if len(found) < len(items.items):
        raise Unread
    return found


def _by_name(text: Reader) -> tuple[tuple[str, ...], str]:
    return (), text.name()


def asking(names: tuple[str, ...], known: str = "") -> Iterator[str]:
    """Its text so far: with ``known`` it looks for the name in the list of that name."""
    yield f"def __getattr__({PARAMETER}):"
    yield f"{INDENT}if {PARAMETER} in {known or constant(Items(names))}:"


def refusing(host: Spelling) -> str:
    """The line by which all other names raise AttributeError."""
    return f"{INDENT}raise {host.builtin('AttributeError')}({_MISSING})"


def refused(asked: Asked) -> None:
    """The line is the last one; whatever it says of the name, or the name alone.

    Raises:
        Unread: something else follows.
    """
    inner = asked.rest
    if not inner.follows("raise"):
        raise Unread
    inner.builtin({"AttributeError"})
    inner.expect("(")
    message(inner, asked.name, _MISSING)
    inner.expect(")")
    inner.last()


def message(text: Reader, name: str, told: str) -> None:
    """The name, or a text with it and that of the module: it could be the text that is ``told`` as well.

    Raises:
        Unread: there is something else.
    """
    since = text.place
    text.either(functools.partial(_alone, name=name), functools.partial(_said, name=name))
    text.instead(since, formatted_sign(formatted(told) or ()))


def _alone(text: Reader, name: str) -> str:
    text.called(PARAMETER, name)
    return ""


def _said(text: Reader, name: str) -> str:
    found = text.formatted(name, PARAMETER)
    if any(isinstance(part, Field) and part.name not in _FIELDS for part in found):
        raise Unread
    return ""


def own(host: Spelling, prefix: str = "") -> str:
    """The text of ``globals()[name]``, with the prefix before the name."""
    key = f'f"{ascii(prefix)[1:-1]}{{{PARAMETER}}}"' if prefix else PARAMETER
    return f"{host.function(*GLOBALS.split('.'))}()[{key}]"


def read_own(text: Reader, name: str) -> str:
    """The prefix, if there is one.

    Raises:
        Unread: there is something else.
    """
    text.function((GLOBALS,))
    text.expect("(", ")", "[")
    prefix = text.either(functools.partial(_alone, name=name), functools.partial(_prefix, name=name))
    text.expect("]")
    return prefix


def _prefix(text: Reader, name: str) -> str:
    match text.formatted(name, PARAMETER):
        case (str(prefix), Field(name=found, repr=False)) if found == PARAMETER and prefix:
            return prefix
        case _:
            raise Unread


def check_known(place: str, names: tuple[str, ...], known: str) -> None:
    """The list is the case's own, and instead of names.

    Raises:
        Refused: it is not.
    """
    check_looked_up(place, (known,))
    need(place, known, lambda text: text != PARAMETER, "a name that is not that of its parameter")
    if names:
        refuse(place, "no names beside those of a list", names)


def check_prefix(place: str, prefix: str, reached: Reach) -> None:
    """What other names begin with: none of them is a special one or one of the suite, whatever is asked for.

    Nor is a special name what stands behind it: what is bound to the other would be what the module says of itself.

    Raises:
        Refused: it may be.
    """
    check_bound(place, prefix)
    if len(prefix) < _SHORTEST or prefix[:2] == "__" or any(name.startswith(prefix) for name in HOST):
        refuse(place, "a beginning that no special name has, nor one of the suite", prefix)
    for name in sorted(reached.said):
        if name.startswith(prefix) and is_special(name[len(prefix) :]):
            refuse(place, "no special name behind what others begin with", name)
