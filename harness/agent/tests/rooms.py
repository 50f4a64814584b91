"""The rooms of the agent, each with what it binds, what it refers to and what it says it needs."""

import ast
import builtins
import re
import subprocess
import symtable
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from harness.agent import AGENT, room

FOLDER: Final = AGENT.parent / "rooms"
NAMES: Final = tuple(sorted(path.stem for path in FOLDER.glob("[!_]*.py")))
"""The names of all rooms."""

_NEEDS: Final = re.compile(r"Needs: ([a-z]+(?:, [a-z]+)*)\.\s*\Z|Needs nothing\.\s*\Z")


@cache
def launches() -> dict[str, tuple[str, ...]]:
    """The rooms of each kind of launch, in order."""
    found: dict[str, Any] = {"__name__": "nobody", "__file__": str(AGENT)}
    exec(compile(AGENT.read_bytes(), AGENT, "exec"), found)
    return {launch: tuple(rooms.split()) for launch, rooms in found["_ROOMS"].items()}


def furnished(launch: str) -> str:
    """A text that puts the rooms of a launch into a namespace ``agent``, and starts nothing."""
    agent = f"agent = {{'__name__': 'nobody', '__file__': {str(AGENT)!r}}}; exec(open({str(AGENT)!r}).read(), agent)"
    return f"{agent}\nagent['_furnish']({launch!r})\n"


def told(program: str, directory: Path, python: str = sys.executable) -> str:
    """What a program prints that works in a directory."""
    given = (python, "-B", "-c", program)
    ended = subprocess.run(given, capture_output=True, text=True, check=True, cwd=directory, timeout=30)
    return ended.stdout


def text(name: str) -> str:
    """The text of a room."""
    return room(name)


def needed(room: str) -> frozenset[str]:
    """The rooms that the docstring names as needed.

    Raises:
        ValueError: it does not end with them.
    """
    found = _NEEDS.search(ast.get_docstring(ast.parse(text(room))) or "")
    if found is None:
        message = f"{room}: expected a docstring that ends with 'Needs: ROOM, ROOM.' or 'Needs nothing.'"
        raise ValueError(message)
    return frozenset((found[1] or "").split(", ")) - {""}


def bound(source: str) -> frozenset[str]:
    """The names that a text binds in the namespace in which it is executed."""
    table = symtable.symtable(source, "room", "exec")
    top = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    return frozenset(top | {name for name, symbol in _globals(table) if symbol.is_assigned()})


def referred(source: str) -> frozenset[str]:
    """The names of others to which it refers: those it does not bind, which are not built in."""
    table = symtable.symtable(source, "room", "exec")
    names = {name for name, symbol in _globals(table) if symbol.is_referenced()}
    return frozenset(names - bound(source) - set(dir(builtins)) - {"__file__"})


def _globals(table: symtable.SymbolTable) -> Iterator[tuple[str, symtable.Symbol]]:
    for symbol in table.get_symbols():
        if symbol.is_global() or table.get_type() == "module":
            yield symbol.get_name(), symbol
    for child in table.get_children():
        yield from _globals(child)
