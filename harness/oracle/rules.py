"""The rules of all chapters."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Protocol

from harness.model.language.word import Word
from harness.oracle.chapters import (
    binding,
    caching,
    compound,
    dunder_import,
    expressions,
    failing,
    from_import,
    library,
    module_hooks,
    names,
    paths,
    reloading,
    star,
)
from harness.oracle.state import Meaning, Rule, Rules


class Saying(Protocol):
    """A chapter with statements."""

    @property
    def STATEMENTS(self) -> Mapping[type[Word], Rule]:  # noqa: N802 - it is a constant of a module
        """What the statements of the chapter do, by their type."""
        ...


class Calling(Protocol):
    """A chapter with documented functions."""

    @property
    def FUNCTIONS(self) -> Mapping[str, Meaning]:  # noqa: N802 - it is a constant of a module
        """What the functions of the chapter do, by their key."""
        ...


_SAYING: Final[tuple[Saying, ...]] = (
    binding,
    caching,
    compound,
    expressions,
    failing,
    from_import,
    module_hooks,
    names,
    paths,
    star,
)
_CALLING: Final[tuple[Calling, ...]] = (dunder_import, library, reloading)

CHAPTERS: Final[tuple[Saying | Calling, ...]] = (*_SAYING, *_CALLING)
"""Every chapter of the language."""

RULES: Final = Rules(
    MappingProxyType({word: rule for chapter in _SAYING for word, rule in chapter.STATEMENTS.items()}),
    MappingProxyType({key: meaning for chapter in _CALLING for key, meaning in chapter.FUNCTIONS.items()}),
)
"""The rule of each statement that can be said, and of each documented function."""
