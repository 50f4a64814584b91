"""Functions of the library that import and find modules (area importlib-api): library/importlib."""

from typing import Final

from harness.model.language.documented import Documented, Kind, Parameter

FUNCTIONS: Final = (
    Documented("importlib", "import_module", (Parameter("name", Kind.NAME), Parameter("package", Kind.PACKAGE)), 1),
)
"""The documented functions of the chapter."""
