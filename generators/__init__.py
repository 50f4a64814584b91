"""Hypothesis strategies for cases, and ways to make many of them and to make one small.

What draws is loaded when it is asked for (PEP 562): Hypothesis takes long to load, and most commands draw nothing. The
strategies of launches, programs, trees and families lie in the modules that are called like them.
"""

import importlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from generators.reducing import reduce_case
from generators.varieties import Variety

if TYPE_CHECKING:
    from generators.bulk import generate, generate_families
    from generators.families import Family, Member, cases
    from generators.modules import sources
    from generators.survey import Shares, shares

__all__ = [
    "Family",
    "Member",
    "Shares",
    "Variety",
    "cases",
    "generate",
    "generate_families",
    "reduce_case",
    "shares",
    "sources",
]

_DRAWING: Final = MappingProxyType(
    {
        "Family": "families",
        "Member": "families",
        "Shares": "survey",
        "cases": "families",
        "generate": "bulk",
        "generate_families": "bulk",
        "shares": "survey",
        "sources": "modules",
    }
)
"""Where each of those is that draw."""


def __getattr__(name: str) -> object:
    """What draws, and so needs Hypothesis."""
    if name not in _DRAWING:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(importlib.import_module(f"{__name__}.{_DRAWING[name]}"), name)
