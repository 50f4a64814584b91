"""Functions of the library that import and find modules (area importlib-api): library/importlib."""

from typing import Final

from harness.model.language.documented import Documented, Held, Kind, Parameter

_NAMED: Final = (Parameter("name", Kind.NAME), Parameter("package", Kind.PACKAGE))

_TWO: Final = (Parameter("a", Kind.VALUE), Parameter("b", Kind.VALUE))

HELD: Final = (Held("importlib.machinery", "PathFinder"),)
"""What the chapter refers to."""

FUNCTIONS: Final = (
    Documented("operator", "contains", _TWO, 2),
    Documented("operator", "is_", _TWO, 2),
    Documented("importlib", "import_module", _NAMED, 1),
    Documented("importlib.util", "find_spec", _NAMED, 1),
    Documented("importlib.util", "resolve_name", _NAMED, 2),
    Documented("importlib.util", "module_from_spec", (Parameter("spec", Kind.SPEC),), 1),
    Documented(
        "importlib.util",
        "spec_from_file_location",
        (
            Parameter("name", Kind.NAME),
            Parameter("location", Kind.PLACE),
            Parameter("loader", Kind.LOADER, keyword=True),
            Parameter("submodule_search_locations", Kind.LOCATIONS, keyword=True),
        ),
        2,
    ),
    Documented(
        "importlib.abc.Loader",
        "exec_module",
        (Parameter("self", Kind.LOADER), Parameter("module", Kind.MODULE)),
        2,
        method=True,
    ),
)
"""The documented functions of the chapter."""
