"""The rules of all chapters."""

from types import MappingProxyType
from typing import Final

from harness.model.held import held_modules
from harness.oracle.chapters import (  # noqa: F401 - they are found by what this module holds
    asking,
    attributes,
    binding,
    caching,
    compound,
    dunder_import,
    expressions,
    failing,
    from_import,
    launching,
    library,
    module_classes,
    module_hooks,
    names,
    paths,
    reloading,
    star,
    walking,
)
from harness.oracle.state import Rules

CHAPTERS: Final = held_modules(globals())
"""Every chapter of the language.

Its table ``STATEMENTS`` says what its statements do, by their type, ``FUNCTIONS`` what its functions do, by their key,
``LACKING`` in which versions there are none of them, and ``HELD`` what the library holds, by its key.
"""


RULES: Final = Rules(
    MappingProxyType(
        {word: rule for chapter in CHAPTERS for word, rule in vars(chapter).get("STATEMENTS", {}).items()}
    ),
    MappingProxyType({key: rule for chapter in CHAPTERS for key, rule in vars(chapter).get("FUNCTIONS", {}).items()}),
    MappingProxyType({key: rule for chapter in CHAPTERS for key, rule in vars(chapter).get("LACKING", {}).items()}),
    MappingProxyType({key: rule for chapter in CHAPTERS for key, rule in vars(chapter).get("HELD", {}).items()}),
)
"""The rule of each statement that can be said, of each documented function, and of what else the library holds."""
