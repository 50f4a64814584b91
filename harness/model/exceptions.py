"""The built-in exceptions, as the Library Reference lists them (library/exceptions, Exception hierarchy).

This is the one table: what a case may raise and catch, what its text and a name lookup refer to, and who catches what.
"""

import functools
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from harness.model.versions import Version, reaches

_TREE: Final = """
BaseException
  BaseExceptionGroup
  GeneratorExit
  KeyboardInterrupt
  SystemExit
  Exception
    ArithmeticError
      FloatingPointError
      OverflowError
      ZeroDivisionError
    AssertionError
    AttributeError
    BufferError
    EOFError
    ExceptionGroup BaseExceptionGroup
    ImportError
      ImportCycleError
      ModuleNotFoundError
    LookupError
      IndexError
      KeyError
    MemoryError
    NameError
      UnboundLocalError
    OSError
      BlockingIOError
      ChildProcessError
      ConnectionError
        BrokenPipeError
        ConnectionAbortedError
        ConnectionRefusedError
        ConnectionResetError
      FileExistsError
      FileNotFoundError
      InterruptedError
      IsADirectoryError
      NotADirectoryError
      PermissionError
      ProcessLookupError
      TimeoutError
    ReferenceError
    RuntimeError
      NotImplementedError
      PythonFinalizationError
      RecursionError
    StopAsyncIteration
    StopIteration
    SyntaxError
      IndentationError
        TabError
    SystemError
    TypeError
    ValueError
      UnicodeError
        UnicodeDecodeError
        UnicodeEncodeError
        UnicodeTranslateError
    Warning
      BytesWarning
      DeprecationWarning
      EncodingWarning
      FutureWarning
      ImportWarning
      PendingDeprecationWarning
      ResourceWarning
      RuntimeWarning
      SyntaxWarning
      UnicodeWarning
      UserWarning
"""
"""Each class below its first base; another base stands behind it."""

ALIASES: Final[Mapping[str, str]] = MappingProxyType({"EnvironmentError": "OSError", "IOError": "OSError"})
"""Other names of built-in exceptions, on every platform."""

OLDEST: Final[Version] = (3, 8)
"""The oldest version of the language that is spoken of."""

SINCE: Final[Mapping[str, Version]] = MappingProxyType(
    {
        "BaseExceptionGroup": (3, 11),
        "EncodingWarning": (3, 10),
        "ExceptionGroup": (3, 11),
        "ImportCycleError": (3, 15),
        "PythonFinalizationError": (3, 13),
    }
)
"""The version of the language that introduced what is newer than 3.8."""

_OF_MORE: Final = frozenset(
    {"BaseExceptionGroup", "ExceptionGroup", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeTranslateError"}
)


def _bases() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    above: list[str] = []
    for line in _TREE.strip().splitlines():
        name, *others = line.split()
        del above[(len(line) - len(line.lstrip())) // 2 :]
        found[name] = (*above[-1:], *others)
        above.append(name)
    return found


BASES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(_bases())
"""Each built-in exception with its base classes."""

RAISED: Final = frozenset(BASES) - _OF_MORE
"""Those that can be made of one text; the others are made of more than that, or of something else."""


OF_LIBRARY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"ZipImportError": ("ImportError",)})
"""Exceptions that documented functions of the library raise and that are not built in."""


@functools.cache
def descends(error: str, ancestor: str) -> bool:
    """Whether an exception is that built-in one, or of a class derived from it."""
    return error == ancestor or any(descends(base, ancestor) for base in BASES.get(error) or OF_LIBRARY.get(error, ()))


def akin(error: str, other: str) -> bool:
    """Whether who expects one of two built-in exceptions may catch the other."""
    return {error, other}.issubset(BASES) and (descends(error, other) or descends(other, error))


def widest(errors: Iterable[str]) -> tuple[str, ...]:
    """These exceptions, without those of which another one is a base; a text that is none stays."""
    found = tuple(dict.fromkeys(errors))
    return tuple(one for one in found if not any(one != other and descends(one, other) for other in found))


def introduced(error: str, language: Version) -> bool:
    """Whether that version of the language has the built-in exception."""
    return error in BASES and reaches(language, SINCE.get(error, OLDEST))
