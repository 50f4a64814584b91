"""The few words of which generated trees and sources are made."""

from typing import Final

from harness.model.language import compound
from harness.model.permitted import LENT, SHADOWED
from harness.model.source import Items, Literal

MODULES: Final = ("a", "b", "c", "d", "e")
"""Names of modules and packages: none is a module of the standard library."""

MISSING: Final = "z"
"""The name of a module or an attribute that no tree has."""

ATTRIBUTES: Final = ("x", "y", "_p")
"""Names that sources assign; the last is not public."""

OTHERS: Final = ("v", "w", "_q")
"""Names that sources bind imported things to."""

FUNCTION: Final = "f"
"""The name of every function."""

CLASS: Final = compound.CLASS
"""The name of every class."""

COMPUTED: Final = ("g", "h")
"""Names that only a module ``__getattr__`` knows."""

HIDDEN: Final = ("__c.py", "_K__c.py")
"""Files of modules whose names mean something else inside a class, or are what is meant there."""

CAUGHT: Final = "caught"
"""The label of the mark with which every handler of a generated source begins."""

LIBRARY: Final = tuple(sorted(LENT))
"""Modules of the library that a program may import."""

SHADOWING: Final = tuple(sorted(SHADOWED))
"""Names of modules of the library that a tree may have."""

MAIN: Final = "main"
"""The name of a program that is a file; no tree has it."""

VALUES: Final[tuple[Literal, ...]] = (
    1,
    2,
    "s",
    None,
    True,
    Items((1, "s")),
    Items((), mutable=False),
    "\u00e9",
    "\ud800",
)
"""Values that are assigned."""
