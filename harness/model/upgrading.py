"""Cases of older schemas as they are written now.

Schema 2 says what schema 1 said; it calls some things otherwise, as their classes are called, and writes no field that
has its default value, which a reader need not know of.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

_RENAMED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "call": "invoke",
        "data": "data-file",
        "dir": "module-dir",
        "documented": "call",
        "from": "from-import",
        "getattr": "module-getattr",
        "pathedit": "path-edit",
        "setpath": "set-path",
        "source": "source-file",
        "star": "star-import",
    }
)
"""What schema 1 calls otherwise than schema 2."""

_NEW: Final = frozenset(_RENAMED.values()) - _RENAMED.keys()


def upgraded(case: object, schema: int) -> object:
    """The JSON of a case, read from a document of that schema, in the present one.

    Raises:
        ValueError: it says something that its schema did not know.
    """
    for upgrade in _UPGRADES[schema - 1 :]:
        case = upgrade(case)
    return case


def _from_first(value: object) -> object:
    if isinstance(value, dict):
        return {key: _renamed(item) if key == "type" else _from_first(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple([_from_first(item) for item in value])
    return value


def _renamed(name: object) -> object:
    if not isinstance(name, str):
        return name
    if name in _NEW:
        message = f"expected a type of schema 1, got {name!r}"
        raise ValueError(message)
    return _RENAMED.get(name, name)


_UPGRADES: Final[tuple[Callable[[object], object], ...]] = (_from_first,)
"""From each schema to the next."""
