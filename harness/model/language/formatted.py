"""Texts with names in them, and nothing else (reference/lexical_analysis, "Formatted string literals")."""

import ast
import warnings
from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

_AS_IT_IS: Final = -1
_REPR: Final = ord("r")


class Field(NamedTuple):
    """A name in a text, and whether it is shown by its ``repr``."""

    name: str
    repr: bool = False


Formatted: TypeAlias = tuple[str | Field, ...]
"""The parts of such a text, in order."""


def formatted(text: str) -> Formatted | None:
    """What the text of one or more literals, side by side, says; None where it is no such text, or holds more."""
    try:
        with warnings.catch_warnings(action="ignore"):  # of escapes that stand for themselves
            found = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    parts = found.values if isinstance(found, ast.JoinedStr) else [found]
    said = tuple(_parts(parts))
    return said if len(said) == len(parts) else None


def renamed(value: Formatted, name: str, other: str) -> Formatted | None:
    """The same, with the other name instead of that one; None where it holds the other already."""
    if name != other and any(isinstance(part, Field) and part.name == other for part in value):
        return None
    return tuple(Field(other, part.repr) if isinstance(part, Field) and part.name == name else part for part in value)


def _parts(found: list[ast.expr]) -> Iterator[str | Field]:
    for part in found:
        match part:
            case ast.Constant(value=str(text)):
                yield text
            case ast.FormattedValue(value=ast.Name(id=name), conversion=shown, format_spec=None):
                if shown in {_AS_IT_IS, _REPR}:
                    yield Field(name, shown == _REPR)
            case _:
                pass
