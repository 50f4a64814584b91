"""What a module holds by importing it: tables are gathered from chapters without a list beside their imports."""

from collections.abc import Mapping
from types import ModuleType

__all__ = ["held_modules"]


def held_modules(namespace: Mapping[str, object]) -> tuple[ModuleType, ...]:
    """The modules among the values of a namespace, in the order in which they were bound."""
    return tuple(value for value in namespace.values() if isinstance(value, ModuleType))
