"""Calling ``__import__`` (area dunder-import): library/functions §__import__, library/importlib."""

from typing import Final

from harness.model.language.documented import Documented, Kind, Parameter

_PARAMETERS: Final = (
    Parameter("name", Kind.NAME),
    Parameter("globals", Kind.NAMESPACE),
    Parameter("locals", Kind.NAMESPACE),
    Parameter("fromlist", Kind.NAMES),
    Parameter("level", Kind.LEVEL),
)

FUNCTIONS: Final = (
    Documented("builtins", "__import__", _PARAMETERS, 1),
    Documented("importlib", "__import__", _PARAMETERS, 1),
)
"""The documented functions of the chapter."""
