"""The table of built-in exceptions is the one that the documents have."""

import builtins
import re
from typing import Final

import pytest

from harness.model.exceptions import BASES, RAISED, SINCE, descends, introduced

DOCUMENT: Final = """
BaseException
 ├── BaseExceptionGroup
 ├── GeneratorExit
 ├── KeyboardInterrupt
 ├── SystemExit
 └── Exception
      ├── ArithmeticError
      │    ├── FloatingPointError
      │    ├── OverflowError
      │    └── ZeroDivisionError
      ├── AssertionError
      ├── AttributeError
      ├── BufferError
      ├── EOFError
      ├── ExceptionGroup [BaseExceptionGroup]
      ├── ImportError
      │    └── ImportCycleError
      │    └── ModuleNotFoundError
      ├── LookupError
      │    ├── IndexError
      │    └── KeyError
      ├── MemoryError
      ├── NameError
      │    └── UnboundLocalError
      ├── OSError
      │    ├── BlockingIOError
      │    ├── ChildProcessError
      │    ├── ConnectionError
      │    │    ├── BrokenPipeError
      │    │    ├── ConnectionAbortedError
      │    │    ├── ConnectionRefusedError
      │    │    └── ConnectionResetError
      │    ├── FileExistsError
      │    ├── FileNotFoundError
      │    ├── InterruptedError
      │    ├── IsADirectoryError
      │    ├── NotADirectoryError
      │    ├── PermissionError
      │    ├── ProcessLookupError
      │    └── TimeoutError
      ├── ReferenceError
      ├── RuntimeError
      │    ├── NotImplementedError
      │    ├── PythonFinalizationError
      │    └── RecursionError
      ├── StopAsyncIteration
      ├── StopIteration
      ├── SyntaxError
      │    └── IndentationError
      │         └── TabError
      ├── SystemError
      ├── TypeError
      ├── ValueError
      │    └── UnicodeError
      │         ├── UnicodeDecodeError
      │         ├── UnicodeEncodeError
      │         └── UnicodeTranslateError
      └── Warning
           ├── BytesWarning
           ├── DeprecationWarning
           ├── EncodingWarning
           ├── FutureWarning
           ├── ImportWarning
           ├── PendingDeprecationWarning
           ├── ResourceWarning
           ├── RuntimeWarning
           ├── SyntaxWarning
           ├── UnicodeWarning
           └── UserWarning
"""
"""The hierarchy as the documents of 3.15 print it (Built-in Exceptions, Exception hierarchy)."""

ADDED: Final = {
    "EncodingWarning": (3, 10),
    "BaseExceptionGroup": (3, 11),
    "ExceptionGroup": (3, 11),
    "PythonFinalizationError": (3, 13),
    "ImportCycleError": (3, 15),
}
"""What the same documents say was added since 3.8."""

_LINE: Final = re.compile(r"(?P<depth>[^A-Z]*)(?P<name>[A-Za-z]+)(?: \[(?P<other>[A-Za-z]+)\])?")


def documented() -> dict[str, tuple[str, ...]]:
    """Each class of the document with its bases."""
    found: dict[str, tuple[str, ...]] = {}
    above: dict[int, str] = {}
    for line in DOCUMENT.strip().splitlines():
        match = _LINE.fullmatch(line)
        assert match is not None
        depth = (len(match["depth"]) + 1) // 5
        found[match["name"]] = tuple(base for base in (above.get(depth - 1), match["other"]) if base)
        above[depth] = match["name"]
    return found


def test_hierarchy() -> None:
    """Every class of the document is there, with its bases, and no other."""
    assert documented() == dict(BASES)


def test_versions() -> None:
    """What is newer than the oldest version is introduced by the version that added it."""
    assert dict(SINCE) == ADDED


@pytest.mark.parametrize(
    ("error", "ancestor", "holds"),
    [
        pytest.param("KeyError", "KeyError", True, id="itself"),
        pytest.param("KeyError", "LookupError", True, id="base"),
        pytest.param("TabError", "Exception", True, id="far"),
        pytest.param("LookupError", "KeyError", False, id="derived"),
        pytest.param("KeyboardInterrupt", "Exception", False, id="no Exception"),
        pytest.param("ExceptionGroup", "BaseExceptionGroup", True, id="second base"),
        pytest.param("ExceptionGroup", "Exception", True, id="first base"),
    ],
)
def test_descends(error: str, ancestor: str, *, holds: bool) -> None:
    """A class descends from itself and from whatever its bases descend from."""
    assert descends(error, ancestor) == holds


def test_introduced() -> None:
    """A class is there from the version on that added it."""
    assert [introduced("ImportCycleError", (3, minor)) for minor in (14, 15, 16)] == [False, True, True]


def test_made_of_one_text() -> None:
    """Every exception that a case may raise is made of one text: where this Python has it, so it is."""
    there = [getattr(builtins, name) for name in sorted(RAISED) if hasattr(builtins, name)]
    assert [kind("raised").args for kind in there] == [("raised",)] * len(there)


@pytest.mark.parametrize("error", sorted(BASES.keys() - RAISED))
def test_made_of_more(error: str) -> None:
    """No other is."""
    with pytest.raises(TypeError):
        getattr(builtins, error)("raised")
