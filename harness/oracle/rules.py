"""The rules of all chapters."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Protocol

from harness.model.language.word import Word
from harness.oracle.chapters import (
    binding,
    caching,
    compound,
    failing,
    from_import,
    module_hooks,
    names,
    paths,
    star,
)
from harness.oracle.state import Rule


class Chapter(Protocol):
    """A module of rules."""

    @property
    def STATEMENTS(self) -> Mapping[type[Word], Rule]:  # noqa: N802 - it is a constant of a module
        """What the statements of the chapter do, by their type."""
        ...


CHAPTERS: Final[tuple[Chapter, ...]] = (
    binding,
    caching,
    compound,
    failing,
    from_import,
    module_hooks,
    names,
    paths,
    star,
)
"""Every chapter of the language."""

STATEMENTS: Final[Mapping[type[Word], Rule]] = MappingProxyType(
    {word: rule for chapter in CHAPTERS for word, rule in chapter.STATEMENTS.items()}
)
"""The rule of each statement that can be said."""
