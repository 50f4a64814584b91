"""Executing the code of a module once more (area reload): library/importlib §importlib.reload."""

from typing import Final

from harness.model.language.documented import Documented, Kind, Parameter

FUNCTIONS: Final = (
    Documented(
        "importlib",
        "reload",
        (Parameter("module", Kind.OBJECT),),
        1,
        first='_host["importlib"].reload(_host["errno"])',
    ),
)
"""The documented functions of the chapter."""
