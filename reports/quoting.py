"""Texts in Markdown, so that nothing in them is taken for markup."""

import re
from typing import Final

from reports.wording import visible

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
"""What may be markup anywhere in a line."""

_HEAD: Final = re.compile(r"^(\s*\d*)([-+=.)])")
"""What may be markup at the beginning of one."""

_QUOTED: Final = r"(?<![\w\[(])'[^'`|\s\\]+'(?!\w)"
_HELD: Final = r"(?<![\w.\\])[\w.]+\[[^\]`|\s\\]*\](?:\.\w+)*"
_NAMED: Final = r"(?<![\w.\\])[\w.]*_[\w.]*\w(?:\([^()`|\\]*\))?(?!\w)"
_SPREAD: Final = r"\[\*[^\[\]`|\\]*\]"
_CODE: Final = re.compile(rf"`([^`|]+)`|({_SPREAD}|{_QUOTED}|{_HELD}|{_NAMED})", re.ASCII)
"""What is code in prose: between backticks or quotes, an item of something, a name with an underscore, ``[*…]``."""


def line(text: str) -> str:
    """The text on one line."""
    return visible(text).replace("\n", "\\n")


def prose(text: str) -> str:
    """The text on one line of prose, or of a table: what is code is shown so, all else that could be markup escaped."""
    parts = _CODE.split(line(text))
    between = [_MARKUP.sub(r"\\\1", part) for part in parts[::3]]
    between[0] = _HEAD.sub(r"\1\\\2", between[0])
    spans = [code(quoted or named) for quoted, named in zip(parts[1::3], parts[2::3], strict=True)]
    return "".join(part for pair in zip(between, [*spans, ""], strict=True) for part in pair)


def code(text: str) -> str:
    """The text as code within a line."""
    shown = line(text)
    fence = "`" * (_longest_run(shown) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def block(text: str, language: str = "text") -> str:
    """The text as a block of code; nothing in it ends it."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _longest_run(text: str) -> int:
    longest = current = 0
    for char in text:
        current = current + 1 if char == "`" else 0
        longest = max(longest, current)
    return longest
