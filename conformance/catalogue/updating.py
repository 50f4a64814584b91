"""Expectations that nobody has classed yet, written behind those that a file has."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from conformance.catalogue.expectations import SCHEMA, Class, Expectation
from harness.model.versions import Version, line

__all__ = ["added", "unclassed"]


def unclassed(clause: str, departure: str, text: str, language: Version) -> Expectation:
    """The expectation of a departure in all of a line of the language."""
    return Expectation(clause, departure, text or departure, Class.UNCLASSIFIED, f"=={line(language)}.*")


def added(path: Path, name: str, entries: Iterable[Expectation], lost: Sequence[str] = ()) -> None:
    """Write the entries behind all that the file has, which is not changed; or into a new file about ``name``.

    A new one offers, as a comment, to judge nothing about the attributes that are ``lost``.

    Raises:
        OSError: it cannot be written.
    """
    before = path.read_text("utf-8") if path.exists() else _head(name, lost)
    text = "".join(f"\n{line}" if line == "[[expectation]]\n" else line for item in entries for line in _lines(item))
    path.write_text(before + "\n" * (not before.endswith("\n")) + text, "utf-8")


def _head(name: str, lost: Sequence[str]) -> str:
    offered = f"# It has none of these; with this line nothing is judged about them:\n# lacks = {json.dumps(lost)}\n"
    return f"schema = {SCHEMA}\nname = {json.dumps(name)}\n{offered * bool(lost)}"


def _lines(entry: Expectation) -> Iterator[str]:
    yield "[[expectation]]\n"
    for key in ("clause", "departure", "versions", "reason"):
        yield f"{key} = {json.dumps(getattr(entry, key), ensure_ascii=False)}\n"
    yield f'class = "{entry.kind.value}"\n'
