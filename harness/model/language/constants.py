"""The constants of the language."""

from collections.abc import Iterator
from typing import TypeAlias, Union

import msgspec


class Items(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="items", omit_defaults=True):
    """A list display, or a tuple display when ``mutable`` is false."""

    items: tuple["Literal", ...] = ()
    mutable: bool = True


Literal: TypeAlias = Union[None, bool, int, str, Items]
"""A constant: ``None``, a bool, an int, a str, or a list or tuple of constants."""


def texts(value: Literal) -> Iterator[str]:
    """Every text in a constant."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Items):
        for item in value.items:
            yield from texts(item)
