"""Reading Python literals without the compiler, whose parser of 3.11 fails now and then when threads use it at once."""

import re
from typing import Final

from harness.run.errors import ProtocolError

__all__ = ["Literal", "read"]

Literal = None | bool | int | str | bytes | tuple["Literal", ...]
"""What can be read."""

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<mark>[(),])|(?P<word>None|True|False)|(?P<number>-?\d+)|(?P<kind>b?)(?:'(?P<text>(?:[^'\\]|\\.)*)'"""
    r"""|"(?P<other>(?:[^"\\]|\\.)*)"))""",
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|.)", re.DOTALL)
_WORDS: Final = {"None": None, "True": True, "False": False}
_SHORT: Final = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "'": "'", '"': '"'}


def read(text: str) -> Literal:
    """The value of a literal as ``repr`` writes it: None, a bool, an integer, a string, bytes, or a tuple of such.

    Raises:
        ProtocolError: it is no such literal.
    """
    stack: list[list[Literal]] = [[]]
    place = 0
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            raise _refused(text[place:])
        place = token.end()
        if token["mark"] == "(":
            stack.append([])
        elif token["mark"] == ")" and len(stack) > 1:
            whole = tuple(stack.pop())
            stack[-1].append(whole)
        elif token["mark"] is None:
            stack[-1].append(_value(token))
    if len(stack) != 1 or len(stack[0]) != 1:
        raise _refused(text[place:])
    return stack[0][0]


def _value(token: re.Match[str]) -> Literal:
    if token["word"]:
        return _WORDS[token["word"]]
    if token["number"]:
        return int(token["number"])
    raw = token["text"] if token["text"] is not None else token["other"]
    text = _ESCAPE.sub(_character, raw) if "\\" in raw else raw
    try:
        return text.encode("latin-1") if token["kind"] else text
    except UnicodeEncodeError as error:
        raise _refused(raw) from error


def _character(match: re.Match[str]) -> str:
    found = match[1]
    if len(found) > 1:
        return chr(int(found[1:], 16))
    if found not in _SHORT:
        raise _refused(match[0])
    return _SHORT[found]


def _refused(where: str) -> ProtocolError:
    return ProtocolError(f"expected a literal, got {where[:20]!r}")
