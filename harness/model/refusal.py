"""Saying no to what a stranger's case says, and the rules for its paths, its texts and its constants."""

import functools
import re
from collections.abc import Callable
from typing import Final, NoReturn

from harness.model.language.constants import Items, Literal
from harness.model.permitted import FUTURE, is_reserved, is_special, is_text

DEEPEST: Final = 16
"""How deep statements and constants may lie in one another."""

LONGEST_TEXT: Final = 10_000
"""How many characters a text may have."""

LONGEST_PATH: Final = 1000
"""How many characters a path, or a dotted name, may have."""

MOST_ROOTS: Final = 16
"""How many roots a tree may have."""

IN_ROOT: Final = re.compile(r"r(0|[1-9][0-9]?)(?:/(.+))?", re.DOTALL)
"""A path in a root: the number of the root, and the path in it."""

_PART: Final = 200
_NUMBERS: Final = (-(2**63), 2**64)
_FILES: Final = frozenset({"__init__", "__main__", FUTURE})


class Refused(Exception):  # noqa: N818 - it names an event; callers of the front door get a CodecError
    """Something of the case is not let in."""


def refuse(place: str, expected: str, found: object) -> NoReturn:
    """Refuse what was found at that place.

    Raises:
        Refused: always.
    """
    message = f"{place}: expected {expected}, got {ascii(found):.80}"
    raise Refused(message)


def need(place: str, found: str, rule: Callable[[str], bool], expected: str) -> None:
    """Refuse what the rule does not hold of.

    Raises:
        Refused: it does not.
    """
    if not rule(found):
        refuse(place, expected, found)


def check_path(place: str, path: str) -> None:
    """A path below a root: plain names, none that implementations keep for compiled files, or that is a special name.

    Raises:
        Refused: it is none.
    """
    expected = _expected(path)
    if expected:
        refuse(place, expected, path)


@functools.lru_cache(maxsize=4096)
def _expected(path: str) -> str:
    """What is expected of a path that is none; nothing of one that is."""
    parts = path.split("/")
    plain = path.isprintable() and len(path) <= LONGEST_PATH and ":" not in path and "\\" not in path
    if not plain or any(part in {"", ".", "..", "__pycache__"} or len(part.encode()) > _PART for part in parts):
        return "a path of plain names"
    for name in (part.partition(".")[0] for part in parts):
        if is_reserved(name) or (is_special(name) and name not in _FILES):
            return "a path without special names but __init__, __main__ and __future__"
    return ""


def check_text(place: str, text: str) -> None:
    """Text that stands for nothing outside the tree, be it taken for a path or for a name.

    Raises:
        Refused: it may stand for such a thing.
    """
    if len(text) > LONGEST_TEXT or text == "..":
        refuse(place, "text that is no path", text)
    if not is_text(text):
        refuse(place, "text that is no name of the language's own", text)
    if "/" in text and text != "./":
        found = IN_ROOT.fullmatch(text.removeprefix("./").removesuffix("/"))
        if found is None or not found[2]:
            refuse(place, "text that is no path, or one in a root of the tree", text)
        check_path(place, found[2])


def check_constant(place: str, value: Literal, depth: int = 0) -> None:
    """A constant of bounded size, of texts that may be said.

    Raises:
        Refused: it is not.
    """
    if isinstance(value, Items):
        if depth == DEEPEST or len(value.items) > LONGEST_TEXT:
            refuse(place, "a smaller list or tuple", value)
        for item in value.items:
            check_constant(place, item, depth + 1)
    elif isinstance(value, str):
        check_text(place, value)
    elif isinstance(value, int) and not _NUMBERS[0] <= value < _NUMBERS[1]:
        refuse(place, "a number of at most 64 bits", "a larger one")
