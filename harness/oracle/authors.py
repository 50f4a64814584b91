"""Which names of a namespace are its author's, and not an implementation's."""

import functools
from typing import Final

from harness.oracle.objects import is_special

AUTHORS: Final = frozenset({"__all__", "__main__"})
"""Special names that nobody but the author of a module binds in it."""


@functools.lru_cache(maxsize=4096)
def is_told(name: str) -> bool:
    """Whether a name is told among those of a namespace: special names are not, but for those that are the author's."""
    return not is_special(name) or name in AUTHORS
