"""JSON as people read it: what fits a line stands in one."""

import json
from collections.abc import Iterator
from typing import Final

_WIDTH: Final = 120


def readable(data: bytes) -> bytes:
    """The same JSON in lines, where it can be of at most 120 characters, indented by one space a level."""
    return "\n".join(_lines(json.loads(data), "", "", "")).encode() + b"\n"


def _lines(value: object, indent: str, before: str, after: str) -> Iterator[str]:
    """The lines of a value that stands behind ``before`` and ahead of ``after``."""
    whole = f"{indent}{before}{_text(value)}{after}"
    if not isinstance(value, dict | list) or not value or (len(whole) <= _WIDTH and indent):
        yield whole
        return
    if isinstance(value, dict):
        first, last, items = "{", "}", [(f"{_text(key)}: ", item) for key, item in value.items()]
    else:
        first, last, items = "[", "]", [("", item) for item in value]
    yield f"{indent}{before}{first}"
    for number, (name, item) in enumerate(items, 1):
        yield from _lines(item, f"{indent} ", name, "," if number < len(items) else "")
    yield f"{indent}{last}{after}"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
